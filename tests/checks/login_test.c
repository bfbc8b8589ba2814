/* Logins at real servers, and at servers from a script, inside real TLS. */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../checks/certificate.h"
#include "../../checks/mail_login_inside.h"
#include "../harness/mail_responder.h"
#include "../harness/own_certificate.h"
#include "../harness/postfix.h"

#define USER	 "joe@example.org"
#define PASSWORD "secret"
#define PORTS	 6

static struct arena *arena;
static struct trust *trust;
static struct run run;

static int
setup(void **state)
{
	if (own_certificate_make(state) != 0)
		return -1;
	arena = arena_new();
	return trust_open(arena, own_chain, &trust) == NULL ? 0 : -1;
}

static int
teardown(void **state)
{
	trust_free(trust);
	arena_free(arena);
	return own_certificate_remove(state);
}

/* --- looking, and logging in ------------------------------------------------- */

struct tried {
	struct port_facts looked[PORTS];
	struct login_facts facts[PORTS];
	size_t n;
};

static void
add_port(struct tried *t, enum mail_protocol protocol, const char *address,
    uint16_t number, bool implicit_tls)
{
	struct port port = { .protocol = protocol,
		.at.port = number,
		.implicit_tls = implicit_tls };

	assert_true(ip_parse(str_of(address), &port.at.ip));
	mailport_look(
	    &run, &port, "mail.example.org", false, &t->looked[t->n++]);
}

static void
log_in(struct tried *t, const char *user, const char *password)
{
	struct login login = {
		.user = user, .password = password, .host = "mail.example.org"
	};

	mail_login_all(&run, &login, t->looked, t->n, t->facts);
	for (size_t i = 0; i < t->n; i++)
		mail_login_judge(&run, &login, &t->looked[i], &t->facts[i]);
	mail_login_judge_together(&run, &login, t->looked, t->facts, t->n);
}

static void
begin(void)
{
	run_begin(&run, NULL, 40000, -1);
	run.trust = trust;
}

static const struct finding *
found(enum finding_code code)
{
	for (const struct finding *f = run.report.first; f != NULL; f = f->next)
		if (f->code == code)
			return f;
	return NULL;
}

static void
assert_found(enum finding_code code)
{
	if (found(code) == NULL)
		fail_msg("no %s (%d), but %s", finding_kinds[code].id, code,
		    run.report.first == NULL
			? "nothing"
			: finding_title(run.arena, run.report.first));
}

/* --- Dovecot and Postfix ------------------------------------------------------ */

static void
everybody_gets_in(void **state)
{
	const struct mail_options options = { .chain = own_chain,
		.key = own_key };
	struct tried t = { .n = 0 };
	struct dovecot *d;
	struct postfix *p;

	(void)state;
	NEED_MAIL_SERVERS();
	d = dovecot_start(&options);
	p = postfix_start(&options, d);
	begin();
	add_port(&t, MAIL_POP3, d->address, d->pop3, false);
	add_port(&t, MAIL_POP3, d->address, d->pop3s, true);
	add_port(&t, MAIL_IMAP, d->address, d->imap, false);
	add_port(&t, MAIL_IMAP, d->address, d->imaps, true);
	add_port(&t, MAIL_SMTP, p->address, p->submission, false);
	add_port(&t, MAIL_SMTP, p->address, p->submissions, true);
	log_in(&t, USER, PASSWORD);
	for (size_t i = 0; i < t.n; i++)
		if (t.facts[i].end != LOGIN_IN)
			fail_msg("port %zu: %d %s %s", i, t.facts[i].end,
			    t.facts[i].why, t.facts[i].said);
	assert_int_equal(run.report.count[SEV_PASS], PORTS);
	run_end(&run);
	postfix_stop(p);
	dovecot_stop(d);
}

/* Once, and then nowhere else. */
static void
a_refusal_is_not_repeated(void **state)
{
	const struct mail_options options = { .chain = own_chain,
		.key = own_key,
		.more = "auth_verbose = yes\n" };
	struct tried t = { .n = 0 };
	const struct finding *f;
	struct dovecot *d;
	FILE *log;
	char line[1024];
	int attempts = 0;

	(void)state;
	NEED_MAIL_SERVERS();
	d = dovecot_start(&options);
	begin();
	add_port(&t, MAIL_IMAP, d->address, d->imaps, true);
	add_port(&t, MAIL_POP3, d->address, d->pop3s, true);
	add_port(&t, MAIL_POP3, d->address, d->pop3, false);
	log_in(&t, USER, "wrong guess");
	assert_int_equal(t.facts[0].end, LOGIN_REFUSED);
	assert_int_equal(t.facts[1].end, LOGIN_HELD_BACK);
	assert_int_equal(t.facts[2].end, LOGIN_HELD_BACK);
	assert_found(F_LOGIN_FAILED);
	f = found(F_LOGIN_HELD_BACK);
	assert_non_null(f);
	assert_non_null(strstr(f->detail[0], "(pop3)"));
	assert_null(strstr(f->detail[0], "(imap)"));
	run_end(&run);
	log = fopen(d->log, "r");
	assert_non_null(log);
	while (fgets(line, sizeof(line), log) != NULL)
		attempts += strstr(line, "assword mismatch") != NULL;
	fclose(log);
	assert_int_equal(attempts, 1);
	dovecot_stop(d);
}

/* Octets that each way of writing them has to mind. */
static const struct {
	const char *user, *password;
} odd[] = {
	{ "joe", "a \"quoted\\ one" },
	{ "j\xc3\xb3zef", "za\xc5\xbc\xc3\xb3\xc5\x82\xc4\x87" },
	{ "joe", " blanks at both ends " },
	{ "joe", "{3}+]% *()" },
	{ "jo e", "x" },
};

/* As if the server had offered this and nothing else. */
static void
get_in_by(enum mail_protocol protocol, const char *address, uint16_t port,
    const struct capabilities *offered, const struct login *login)
{
	struct dns_server at = { .port = port };
	struct tls_wish wish = { .limit_ms = 5000 };
	struct dialogue d = { .protocol = protocol };
	struct capabilities ignored;
	struct login_facts facts = { .end = LOGIN_NO_USE };
	struct tls_facts tls;
	struct str line;

	assert_true(ip_parse(str_of(address), &at.ip));
	assert_int_equal(wire_open(&d.wire, &run, &at), TCP_OK);
	assert_true(wire_start_tls(&d.wire, &wish, &tls));
	assert_int_equal(dialogue_greeting(&d, &line), MAIL_REPLY_YES);
	assert_int_equal(dialogue_capabilities(&d, &ignored), MAIL_REPLY_YES);
	login_talk(&d, offered, login, false, &facts);
	wire_close(&d.wire);
	if (facts.end != LOGIN_IN)
		fail_msg("%s %s: %d %s", mail_protocol_word(protocol),
		    login->password, facts.end, facts.said);
}

static void
every_way_writes_every_octet(void **state)
{
	static const struct capabilities plain = { .known = true,
		.plain = true };
	static const struct capabilities at_once = {
		.known = true, .plain = true, .sasl_ir = true
	};
	static const struct capabilities command = {
		.known = true, .login = true, .user = true
	};
	static const struct capabilities sasl_login = { .known = true,
		.sasl_login = true };

	(void)state;
	NEED_MAIL_SERVERS();
	for (size_t i = 0; i < COUNT(odd); i++) {
		struct mail_options options = { .chain = own_chain,
			.key = own_key,
			.user = odd[i].user,
			.password = odd[i].password,
			.more = "auth_mechanisms = plain login\n"
				"auth_username_chars =\n" };
		const struct login login = { .user = odd[i].user,
			.password = odd[i].password };
		struct dovecot *d = dovecot_start(&options);
		struct postfix *p;

		options.more = NULL;
		p = postfix_start(&options, d);
		begin();
		get_in_by(MAIL_IMAP, d->address, d->imaps, &plain, &login);
		get_in_by(MAIL_IMAP, d->address, d->imaps, &at_once, &login);
		get_in_by(MAIL_IMAP, d->address, d->imaps, &command, &login);
		get_in_by(MAIL_POP3, d->address, d->pop3s, &plain, &login);
		get_in_by(MAIL_POP3, d->address, d->pop3s, &command, &login);
		get_in_by(MAIL_POP3, d->address, d->pop3s, &sasl_login, &login);
		get_in_by(
		    MAIL_SMTP, p->address, p->submissions, &plain, &login);
		get_in_by(
		    MAIL_SMTP, p->address, p->submissions, &sasl_login, &login);
		run_end(&run);
		postfix_stop(p);
		dovecot_stop(d);
	}
}

/* A Postfix that knows nobody. */
static void
a_port_without_auth_is_left(void **state)
{
	const struct mail_options options = { .chain = own_chain,
		.key = own_key };
	struct tried t = { .n = 0 };
	struct postfix *p;

	(void)state;
	NEED_MAIL_SERVERS();
	p = postfix_start(&options, NULL);
	begin();
	add_port(&t, MAIL_SMTP, p->address, p->submissions, true);
	log_in(&t, USER, PASSWORD);
	assert_int_equal(t.facts[0].end, LOGIN_NO_USE);
	assert_null(run.report.first); /* mailport_judge() says auth-missing */
	run_end(&run);
	postfix_stop(p);
}

/* --- servers from a script ------------------------------------------------------ */

static const struct mail_answer before[] = {
	{ .command = "EHLO", .reply = "250-x\r\n250 STARTTLS\r\n" },
	{ .command = "STARTTLS", .reply = "220 go\r\n", .last = true },
	{ .command = NULL, .reply = "500 what\r\n" },
};

static char heard_file[300];

static const char *
heard(void)
{
	static char text[8192];
	FILE *in = fopen(heard_file, "r");
	size_t n = in != NULL ? fread(text, 1, sizeof(text) - 1, in) : 0;

	text[n] = '\0';
	if (in != NULL)
		fclose(in);
	return text;
}

static struct mail_responder *
serve(const struct mail_step *steps, int newest)
{
	snprintf(heard_file, sizeof(heard_file), "%s.heard", own_chain);
	unlink(heard_file);
	return mail_responder_start(&(struct mail_script){ .steps = steps,
	    .chain = own_chain,
	    .key = own_key,
	    .newest = newest,
	    .heard = heard_file });
}

/* Looks at that server and logs in. */
static enum login_end
visit(const struct mail_step *steps, enum mail_protocol protocol, bool tls,
    const char *host)
{
	struct mail_responder *r = serve(steps, 0);
	struct login login = {
		.user = USER, .password = PASSWORD, .host = host
	};
	struct tried t = { .n = 0 };

	add_port(&t, protocol, r->address, r->port, tls);
	mail_login_all(&run, &login, t.looked, t.n, t.facts);
	mail_login_judge(&run, &login, &t.looked[0], &t.facts[0]);
	mail_responder_stop(r);
	return t.facts[0].end;
}

static void
exchange_is_spoken_to_as_it_wants(void **state)
{
	static const struct mail_answer inside[] = {
		{ .command = "EHLO",
		    .reply = "250-x\r\n250 AUTH GSSAPI NTLM LOGIN\r\n" },
		{ .command = "AUTH LOGIN", .reply = "334 VXNlcm5hbWU6\r\n" },
		{ .command = "am9lQGV4YW1wbGUub3Jn",
		    .reply = "334 UGFzc3dvcmQ6\r\n" },
		{ .command = "c2VjcmV0",
		    .reply = "535 5.7.3 Authentication unsuccessful\r\n" },
		{ .command = NULL, .reply = "221 bye\r\n" },
	};
	static const struct mail_step steps[] = {
		{ .act = M_SAY,
		    .text = "220 ex Microsoft ESMTP MAIL Service ready\r\n" },
		{ .act = M_SERVE, .answers = before },
		{ .act = M_TLS },
		{ .act = M_SERVE, .answers = inside },
		{ .act = M_END },
	};
	const struct finding *f;

	(void)state;
	begin();
	assert_int_equal(visit(steps, MAIL_SMTP, false, "mail.example.org"),
	    LOGIN_REFUSED_EXCHANGE);
	f = found(F_LOGIN_EXCHANGE_SMTP);
	assert_non_null(f);
	assert_string_equal(
	    f->detail[0], "535 5.7.3 Authentication unsuccessful");
	run_end(&run);
}

static void
exchange_lets_in_and_has_no_mailbox(void **state)
{
	static const struct mail_answer inside[] = {
		{ .command = "CAPABILITY",
		    .reply = "* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=NTLM\r\n"
			     "$ OK CAPABILITY completed.\r\n" },
		{ .command = "AUTHENTICATE PLAIN", .reply = "+\r\n" },
		{ .command = "AGpvZUBleGFtcGxlLm9yZwBzZWNyZXQ=",
		    .reply = "a3 OK AUTHENTICATE completed.\r\n" },
		{ .command = "STATUS",
		    .reply = "$ BAD User is authenticated but not connected."
			     "\r\n" },
		{ .command = NULL, .reply = "$ OK\r\n" },
	};
	static const struct mail_step steps[] = {
		{ .act = M_TLS },
		{ .act = M_SAY,
		    .text = "* OK The Microsoft Exchange IMAP4 service is "
			    "ready.\r\n" },
		{ .act = M_SERVE, .answers = inside },
		{ .act = M_END },
	};

	(void)state;
	begin();
	assert_int_equal(
	    visit(steps, MAIL_IMAP, true, "mail.example.org"), LOGIN_MAILBOX);
	assert_found(F_LOGIN_MAILBOX);
	run_end(&run);
}

static const struct mail_answer willing[] = {
	{ .command = "CAPABILITY",
	    .reply = "* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n$ OK\r\n" },
	{ .command = NULL, .reply = "$ OK\r\n" },
};
static const struct mail_step willing_steps[] = {
	{ .act = M_TLS },
	{ .act = M_SAY, .text = "* OK hello\r\n" },
	{ .act = M_SERVE, .answers = willing },
	{ .act = M_END },
};

/* The wrong name in the certificate: not a word of the login. */
static void
nothing_is_sent_to_a_stranger(void **state)
{
	const struct finding *f;

	(void)state;
	begin();
	assert_int_equal(
	    visit(willing_steps, MAIL_IMAP, true, "other.example.org"),
	    LOGIN_UNVERIFIED);
	f = found(F_LOGIN_NOT_TRIED);
	assert_non_null(f);
	assert_non_null(strstr(f->detail[0], "other.example.org"));
	assert_non_null(strstr(heard(), "CAPABILITY"));
	assert_null(strcasestr(heard(), "AUTHENTICATE"));
	assert_null(strcasestr(heard(), "LOGIN"));
	run_end(&run);
}

static void
an_unknown_root_is_a_stranger(void **state)
{
	struct trust *known = trust;
	const char *problem = trust_open(arena, NULL, &trust);

	(void)state;
	if (problem != NULL) {
		trust = known;
		SKIP("%s", problem);
	}
	begin();
	assert_int_equal(
	    visit(willing_steps, MAIL_IMAP, true, "mail.example.org"),
	    LOGIN_UNVERIFIED);
	assert_null(strcasestr(heard(), "AUTHENTICATE"));
	trust_free(trust);
	trust = known;
	run.trust = known;
	assert_int_equal(
	    visit(willing_steps, MAIL_IMAP, true, "mail.example.org"),
	    LOGIN_IN);
	assert_non_null(strcasestr(heard(), "AUTHENTICATE PLAIN AGpv"));
	run_end(&run);
}

static void
nothing_is_sent_where_the_answer_was_added_to(void **state)
{
	static const struct mail_answer added[] = {
		{ .command = "EHLO", .reply = "250-x\r\n250 STARTTLS\r\n" },
		{ .command = "STARTTLS",
		    .reply = "220 go\r\n250 AUTH PLAIN\r\n",
		    .last = true },
		{ .command = NULL, .reply = "500 what\r\n" },
	};
	static const struct mail_answer inside[] = {
		{ .command = "EHLO", .reply = "250-x\r\n250 AUTH PLAIN\r\n" },
		{ .command = NULL, .reply = "235 ok\r\n" },
	};
	static const struct mail_step steps[] = {
		{ .act = M_SAY, .text = "220 x ready\r\n" },
		{ .act = M_SERVE, .answers = added },
		{ .act = M_TLS },
		{ .act = M_SERVE, .answers = inside },
		{ .act = M_END },
	};

	(void)state;
	begin();
	assert_int_equal(
	    visit(steps, MAIL_SMTP, false, "mail.example.org"), LOGIN_NO_TLS);
	assert_null(strcasestr(heard(), "AUTH"));
	run_end(&run);
}

static void
nothing_is_sent_without_tls(void **state)
{
	static const struct mail_answer plain[] = {
		{ .command = "CAPABILITY",
		    .reply = "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n$ OK\r\n" },
		{ .command = NULL, .reply = "$ OK\r\n" },
	};
	static const struct mail_step steps[] = {
		{ .act = M_SAY, .text = "* OK hello\r\n" },
		{ .act = M_SERVE, .answers = plain },
		{ .act = M_END },
	};

	(void)state;
	begin();
	assert_int_equal(
	    visit(steps, MAIL_IMAP, false, "mail.example.org"), LOGIN_NO_TLS);
	assert_found(F_LOGIN_NO_TLS);
	assert_null(strcasestr(heard(), "AUTHENTICATE"));
	run_end(&run);
}

/* Old TLS can be broken by those who stand in between. */
static void
nothing_is_sent_over_old_tls(void **state)
{
	struct mail_responder *r = serve(willing_steps, 0x0302); /* TLS 1.1 */
	struct tried t = { .n = 0 };

	(void)state;
	begin();
	add_port(&t, MAIL_IMAP, r->address, r->port, true);
	log_in(&t, USER, PASSWORD);
	assert_int_equal(t.facts[0].end, LOGIN_WEAK_TLS);
	assert_non_null(found(F_LOGIN_WEAK_TLS));
	assert_string_equal(found(F_LOGIN_WEAK_TLS)->detail[0], "TLSv1.1");
	assert_null(strcasestr(heard(), "AUTHENTICATE"));
	run_end(&run);
	mail_responder_stop(r);
}

/* A server without an end, or that repeats the password and control octets. */
static void
hostile_servers_do_no_harm(void **state)
{
	static const struct mail_answer echo[] = {
		{ .command = "CAPABILITY",
		    .reply = "* CAPABILITY IMAP4rev1\r\n$ OK\r\n" },
		{ .command = "LOGIN",
		    .reply = "$ NO \033[31m you said \"secret\"\r\n" },
		{ .command = NULL, .reply = "$ OK\r\n" },
	};
	static const struct mail_step steps[] = {
		{ .act = M_TLS },
		{ .act = M_SAY, .text = "* OK hello\r\n" },
		{ .act = M_SERVE, .answers = echo },
		{ .act = M_END },
	};
	static const struct mail_answer goes_on[] = {
		{ .command = "CAPABILITY",
		    .reply = "* CAPABILITY IMAP4rev1\r\n$ OK\r\n" },
		{ .command = "a3 LOGIN", .reply = "* x\r\n", .last = true },
		{ .command = NULL, .reply = "$ OK\r\n" },
	};
	static const struct mail_step endless[] = {
		{ .act = M_TLS },
		{ .act = M_SAY, .text = "* OK hello\r\n" },
		{ .act = M_SERVE, .answers = goes_on },
		{ .act = M_FLOOD, .text = "* x\r\n* y\r\n* z\r\n" },
		{ .act = M_END },
	};
	const struct finding *f;

	(void)state;
	begin();
	assert_int_equal(
	    visit(steps, MAIL_IMAP, true, "mail.example.org"), LOGIN_REFUSED);
	f = found(F_LOGIN_FAILED);
	assert_non_null(f);
	assert_null(strstr(f->detail[0], "secret"));
	assert_null(strchr(f->detail[0], '\033'));
	assert_non_null(strstr(heard(), "LOGIN \"" USER "\" \"" PASSWORD "\""));
	assert_int_equal(
	    visit(endless, MAIL_IMAP, true, "mail.example.org"), LOGIN_LOST);
	run_end(&run);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everybody_gets_in),
		cmocka_unit_test(a_refusal_is_not_repeated),
		cmocka_unit_test(every_way_writes_every_octet),
		cmocka_unit_test(a_port_without_auth_is_left),
		cmocka_unit_test(exchange_is_spoken_to_as_it_wants),
		cmocka_unit_test(exchange_lets_in_and_has_no_mailbox),
		cmocka_unit_test(nothing_is_sent_to_a_stranger),
		cmocka_unit_test(an_unknown_root_is_a_stranger),
		cmocka_unit_test(nothing_is_sent_where_the_answer_was_added_to),
		cmocka_unit_test(nothing_is_sent_without_tls),
		cmocka_unit_test(nothing_is_sent_over_old_tls),
		cmocka_unit_test(hostile_servers_do_no_harm),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
