/*
 * A look at real servers, Dovecot and Postfix, in each way an admin sets them
 * up: what is found, exactly.  Certificates have a test of their own.
 */
#include "../harness/unit.h"

#include <string.h>

#include "../../checks/mailport_check.h"
#include "../../checks/mailport_many.h"
#include "../harness/mail_responder.h"
#include "../harness/own_certificate.h"
#include "../harness/postfix.h"

#define HOST	 "mail.example.org"
#define LIMIT_MS 40000

enum { POP3, POP3S, IMAP, IMAPS, SUBMISSION, SUBMISSIONS, PORTS };

struct world {
	struct dovecot *dovecot;
	struct postfix *postfix;
	struct port ports[PORTS];
	struct run run;
	struct port_facts facts[PORTS];
};

static struct port
port_of(enum mail_protocol protocol, const char *address, uint16_t number,
    bool implicit)
{
	struct port port = { .protocol = protocol,
		.at.port = number,
		.implicit_tls = implicit,
		.wanted = true };

	assert_true(ip_parse(str_of(address), &port.at.ip));
	return port;
}

static struct mail_options
options(enum mail_tls tls)
{
	return (struct mail_options){
		.chain = own_chain, .key = own_key, .tls = tls
	};
}

static void
look(struct world *w, const char *host)
{
	struct port_place places[PORTS];

	for (size_t i = 0; i < PORTS; i++)
		places[i] = (struct port_place){ .port = w->ports[i],
			.name = host,
			.injection_test = true };
	run_begin(&w->run, NULL, LIMIT_MS, -1);
	assert_int_equal(
	    mailport_look_many(&w->run, places, PORTS, w->facts), OK);
}

static void
begin_servers(struct world *w, const struct mail_options *dovecot,
    const struct mail_options *postfix, bool with_logins)
{
	struct dovecot *d = dovecot_start(dovecot);
	struct postfix *p = postfix_start(postfix, with_logins ? d : NULL);
	const struct port ports[PORTS] = {
		[POP3] = port_of(MAIL_POP3, d->address, d->pop3, false),
		[POP3S] = port_of(MAIL_POP3, d->address, d->pop3s, true),
		[IMAP] = port_of(MAIL_IMAP, d->address, d->imap, false),
		[IMAPS] = port_of(MAIL_IMAP, d->address, d->imaps, true),
		[SUBMISSION] =
		    port_of(MAIL_SMTP, p->address, p->submission, false),
		[SUBMISSIONS] =
		    port_of(MAIL_SMTP, p->address, p->submissions, true),
	};

	w->dovecot = d;
	w->postfix = p;
	memcpy(w->ports, ports, sizeof(ports));
}

static void
begin(struct world *w, const struct mail_options *both)
{
	begin_servers(w, both, both, true);
	look(w, HOST);
}

static void
end(struct world *w)
{
	run_end(&w->run);
	postfix_stop(w->postfix);
	dovecot_stop(w->dovecot);
}

/* "tls-old-version", "port-closed (note)"; nothing of certificates. */
static const char *
findings_at(struct world *w, size_t i)
{
	struct arena *arena = w->run.arena;
	const char *all = "";

	w->run.report = (struct report){ 0 };
	mailport_judge(&w->run, w->facts, PORTS, i);
	for (const struct finding *f = w->run.report.first; f != NULL;
	     f = f->next) {
		const char *id = finding_kinds[f->code].id;

		if (f->severity == SEV_PASS || strncmp(id, "cert-", 5) == 0)
			continue;
		all = arena_printf(arena, "%s%s%s%s", all,
		    all[0] == '\0' ? "" : " ", id,
		    f->severity == SEV_NOTE ? " (note)" : "");
	}
	return all;
}

static void
finds(struct world *w, const char *const wanted[static PORTS])
{
	for (size_t i = 0; i < PORTS; i++) {
		const char *found = findings_at(w, i);

		if (strcmp(found, wanted[i]) != 0)
			fail_msg("port %zu: \"%s\", not \"%s\"", i, found,
			    wanted[i]);
	}
}

static void
finds_nothing(struct world *w)
{
	static const char *const nothing[PORTS] = { "", "", "", "", "", "" };

	finds(w, nothing);
}

/* --- sound servers -------------------------------------------------------- */

static void
is_sound(const struct port_facts *f, bool plain_port)
{
	assert_int_equal(f->state, PORT_GREETED);
	assert_string_equal(
	    f->software, f->port.protocol == MAIL_SMTP ? "postfix" : "dovecot");
	assert_false(f->local);
	assert_int_equal(f->tls.version, TLS_1_3);
	assert_int_equal(f->accepts[TLS_1_0], TRI_NO);
	assert_int_equal(f->accepts[TLS_1_1], TRI_NO);
	assert_int_equal(f->accepts[TLS_1_2], TRI_YES);
	assert_int_equal(f->accepts[TLS_1_3], TRI_YES);
	assert_int_equal(f->tls.nder, 1);
	assert_true(f->after.known && f->after.login);
	assert_int_equal(
	    f->login_before_tls, plain_port ? TRI_NO : TRI_UNKNOWN);
	assert_int_equal(f->starttls, plain_port ? TRI_YES : TRI_UNKNOWN);
	assert_int_equal(f->injection, plain_port ? TRI_NO : TRI_UNKNOWN);
	assert_null(f->text_after);
}

static void
test_tls_required(void **state)
{
	struct mail_options o = options(MAIL_TLS_REQUIRED);
	struct world w;

	(void)state;
	NEED_MAIL_SERVERS();
	begin(&w, &o);
	finds_nothing(&w);
	for (size_t i = 0; i < PORTS; i++)
		is_sound(&w.facts[i], i % 2 == 0);
	assert_string_equal(w.facts[SUBMISSION].banner_name, HOST);
	end(&w);
}

static void
test_tls_optional(void **state)
{
	struct mail_options o = options(MAIL_TLS_OPTIONAL);
	struct world w;

	(void)state;
	NEED_MAIL_SERVERS();
	begin(&w, &o);
	finds_nothing(&w);
	for (size_t i = 0; i < PORTS; i++)
		is_sound(&w.facts[i], i % 2 == 0);
	end(&w);
}

static void
test_tls_1_3_alone(void **state)
{
	struct mail_options o = options(MAIL_TLS_REQUIRED);
	struct world w;

	(void)state;
	NEED_MAIL_SERVERS();
	o.oldest = "TLSv1.3";
	begin(&w, &o);
	finds_nothing(&w);
	for (size_t i = 0; i < PORTS; i++)
		assert_int_equal(w.facts[i].accepts[TLS_1_2], TRI_NO);
	end(&w);
}

/* The ports that TLS needs no asking at, and no others. */
static void
test_implicit_tls_alone(void **state)
{
	static const char *const wanted[PORTS] = { "port-closed (note)", "",
		"port-closed (note)", "", "port-closed (note)", "" };
	struct mail_options o = options(MAIL_TLS_IMPLICIT);
	struct world w;

	(void)state;
	NEED_MAIL_SERVERS();
	begin(&w, &o);
	finds(&w, wanted);
	for (size_t i = 1; i < PORTS; i += 2)
		is_sound(&w.facts[i], false);
	end(&w);
}

/* --- logins before TLS ---------------------------------------------------- */

static void
test_plain_login(void **state)
{
	static const char *const wanted[PORTS] = { "login-before-tls", "",
		"login-before-tls", "", "login-before-tls", "" };
	struct mail_options o = options(MAIL_TLS_OPTIONAL);
	struct world w;

	(void)state;
	NEED_MAIL_SERVERS();
	o.plain_login = true;
	begin(&w, &o);
	finds(&w, wanted);
	for (size_t i = 0; i < PORTS; i += 2)
		assert_int_equal(w.facts[i].starttls, TRI_YES);
	end(&w);
}

static void
test_no_tls(void **state)
{
	static const char *const wanted[PORTS] = { "starttls-missing",
		"port-closed", "starttls-missing", "port-closed",
		"starttls-missing", "port-closed" };
	static const char *const login[PORTS] = {
		"starttls-missing login-before-tls", "port-closed",
		"starttls-missing login-before-tls", "port-closed",
		"starttls-missing login-before-tls", "port-closed"
	};
	struct mail_options o = { .tls = MAIL_TLS_OFF };
	struct world w;

	(void)state;
	NEED_MAIL_SERVERS();
	begin(&w, &o);
	finds(&w, wanted);
	end(&w);
	o.plain_login = true;
	begin(&w, &o);
	finds(&w, login);
	end(&w);
}

/* POP3 has no need of CAPA; then USER itself is the question. */
static void
test_user_tells_the_truth(void **state)
{
	struct mail_options o = options(MAIL_TLS_OPTIONAL);

	(void)state;
	NEED_MAIL_SERVERS();
	for (int plain = 0; plain < 2; plain++) {
		struct dialogue d = { .protocol = MAIL_POP3 };
		struct dovecot *server;
		struct port port;
		struct run run;
		struct str line;

		o.plain_login = plain;
		server = dovecot_start(&o);
		port = port_of(MAIL_POP3, server->address, server->pop3, false);
		run_begin(&run, NULL, LIMIT_MS, -1);
		assert_int_equal(wire_open(&d.wire, &run, &port.at), TCP_OK);
		assert_int_equal(dialogue_greeting(&d, &line), MAIL_REPLY_YES);
		assert_int_equal(
		    dialogue_user(&d), plain ? MAIL_REPLY_YES : MAIL_REPLY_NO);
		dialogue_quit(&d);
		wire_close(&d.wire);
		run_end(&run);
		dovecot_stop(server);
	}
}

/* A server of the time before RFC 2449. */
static void
test_pop3_without_capa(void **state)
{
	static const struct mail_answer yes[] = {
		{ .command = "CAPA", .reply = "-ERR what?\r\n" },
		{ .command = "STLS", .reply = "+OK\r\n", .last = true },
		{ .command = NULL, .reply = "+OK\r\n" },
	};
	static const struct mail_answer no[] = {
		{ .command = "USER", .reply = "-ERR not before TLS\r\n" },
		{ .command = "CAPA", .reply = "-ERR what?\r\n" },
		{ .command = "STLS", .reply = "+OK\r\n", .last = true },
		{ .command = NULL, .reply = "+OK\r\n" },
	};
	struct mail_step steps[] = {
		{ .act = M_SAY, .text = "+OK old\r\n" },
		{ .act = M_SERVE, .answers = yes },
		{ .act = M_TLS },
		{ .act = M_SERVE, .answers = yes },
		{ .act = M_END },
	};

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct mail_responder *r;
		struct port_facts facts;
		struct port port;
		struct run run;

		steps[1].answers = i == 0 ? yes : no;
		r = mail_responder_start(&(struct mail_script){
		    .steps = steps, .chain = own_chain, .key = own_key });
		port = port_of(MAIL_POP3, r->address, r->port, false);
		run_begin(&run, NULL, LIMIT_MS, -1);
		mailport_look(&run, &port, HOST, false, &facts);
		assert_int_equal(facts.state, PORT_GREETED);
		assert_false(facts.before.known);
		assert_int_equal(
		    facts.login_before_tls, i == 0 ? TRI_YES : TRI_NO);
		assert_int_equal(facts.starttls, TRI_YES);
		run_end(&run);
		mail_responder_stop(r);
	}
}

/* At the server's own address Dovecot takes everybody for secured. */
static void
test_at_its_own_address(void **state)
{
	static const char *const wanted[PORTS] = { "login-local", "",
		"login-local", "", "", "" };
	struct mail_options o = options(MAIL_TLS_REQUIRED);
	struct world w;

	(void)state;
	NEED_MAIL_SERVERS();
	o.address = "127.0.0.1";
	begin(&w, &o);
	finds(&w, wanted);
	end(&w);
}

/* Nobody can log in to a Postfix that knows of no SASL. */
static void
test_nobody_may_log_in(void **state)
{
	static const char *const wanted[PORTS] = { "", "", "", "",
		"auth-missing", "auth-missing" };
	struct mail_options o = options(MAIL_TLS_REQUIRED);
	struct world w;

	(void)state;
	NEED_MAIL_SERVERS();
	begin_servers(&w, &o, &o, false);
	look(&w, HOST);
	finds(&w, wanted);
	end(&w);
}

/* --- TLS ------------------------------------------------------------------- */

static void
test_old_versions(void **state)
{
	static const char *const wanted[PORTS] = { "tls-old-version",
		"tls-old-version", "tls-old-version", "tls-old-version",
		"tls-old-version", "tls-old-version" };
	struct mail_options o = options(MAIL_TLS_REQUIRED);
	struct world w;

	(void)state;
	NEED_MAIL_SERVERS();
	o.oldest = "TLSv1";
	begin(&w, &o);
	finds(&w, wanted);
	for (size_t i = 0; i < PORTS; i++)
		assert_string_equal(w.facts[i].tls.cipher,
		    w.facts[IMAPS].tls.cipher); /* of TLS 1.3, still */
	end(&w);
	o.oldest = "TLSv1.1";
	begin(&w, &o);
	finds(&w, wanted);
	for (size_t i = 0; i < PORTS; i++) {
		assert_int_equal(w.facts[i].accepts[TLS_1_0], TRI_NO);
		assert_int_equal(w.facts[i].accepts[TLS_1_1], TRI_YES);
	}
	end(&w);
}

/* Dovecot has no setting for the newest version. */
static void
test_nothing_newer_than_1_1(void **state)
{
	static const char *const wanted[PORTS] = { "", "", "", "",
		"tls-too-old", "tls-too-old" };
	struct mail_options o = options(MAIL_TLS_REQUIRED), old = o;
	struct world w;

	(void)state;
	NEED_MAIL_SERVERS();
	old.oldest = "TLSv1";
	old.more = "smtpd_tls_protocols = >=TLSv1, <=TLSv1.1\n"
		   "smtpd_tls_mandatory_protocols = >=TLSv1, <=TLSv1.1\n";
	begin_servers(&w, &o, &old, true);
	look(&w, HOST);
	finds(&w, wanted);
	end(&w);
}

/* Who asks for a certificate does not insist on one. */
static void
test_client_certificate_asked_for(void **state)
{
	struct mail_options d = options(MAIL_TLS_REQUIRED), p = d;
	struct world w;
	char more[600];

	(void)state;
	NEED_MAIL_SERVERS();
	snprintf(more, sizeof(more),
	    strcmp(dovecot_version(), "2.4") < 0
		? "ssl_verify_client_cert = yes\nssl_ca = <%s\n"
		: "ssl_server_request_client_cert = yes\n"
		  "ssl_server_ca_file = %s\n",
	    own_chain);
	d.more = more;
	p.more = "smtpd_tls_ask_ccert = yes\n";
	begin_servers(&w, &d, &p, true);
	look(&w, HOST);
	finds_nothing(&w);
	for (size_t i = 0; i < PORTS; i++)
		assert_true(w.facts[i].tls.client_certificate);
	end(&w);
}

static void
test_client_certificate_insisted_on(void **state)
{
	static const char *const wanted[PORTS] = { "", "", "", "",
		"tls-client-certificate", "tls-client-certificate" };
	struct mail_options o = options(MAIL_TLS_REQUIRED), p = o;
	struct world w;

	(void)state;
	NEED_MAIL_SERVERS();
	p.more = "smtpd_tls_req_ccert = yes\n";
	begin_servers(&w, &o, &p, true);
	look(&w, HOST);
	finds(&w, wanted);
	end(&w);
}

/* --- mistaken ports and names ----------------------------------------------- */

static void
test_ports_mixed_up(void **state)
{
	static const char *const wanted[PORTS] = { "port-plain-not-tls",
		"port-tls-not-plain", "port-plain-not-tls",
		"port-tls-not-plain", "port-plain-not-tls",
		"port-tls-not-plain" };
	struct mail_options o = options(MAIL_TLS_REQUIRED);
	struct world w;

	(void)state;
	NEED_MAIL_SERVERS();
	begin_servers(&w, &o, &o, true);
	for (size_t i = 0; i < PORTS; i++)
		w.ports[i].implicit_tls = i % 2 == 0;
	look(&w, HOST);
	finds(&w, wanted);
	end(&w);
}

static void
test_protocols_mixed_up(void **state)
{
	static const char *const wanted[PORTS] = { "port-wrong-protocol",
		"port-wrong-protocol", "port-wrong-protocol",
		"port-wrong-protocol", "port-wrong-protocol",
		"port-wrong-protocol" };
	struct mail_options o = options(MAIL_TLS_REQUIRED);
	struct world w;

	(void)state;
	NEED_MAIL_SERVERS();
	begin_servers(&w, &o, &o, true);
	for (size_t i = 0; i < PORTS; i++)
		w.ports[i].protocol = w.ports[i].protocol == MAIL_POP3
		    ? MAIL_IMAP
		    : w.ports[i].protocol == MAIL_IMAP ? MAIL_SMTP
						       : MAIL_POP3;
	look(&w, HOST);
	finds(&w, wanted);
	end(&w);
}

static void
test_another_name(void **state)
{
	static const char *const wanted[PORTS] = { "", "", "", "",
		"banner-name-mismatch", "banner-name-mismatch" };
	struct mail_options o = options(MAIL_TLS_REQUIRED);
	struct world w;

	(void)state;
	NEED_MAIL_SERVERS();
	begin_servers(&w, &o, &o, true);
	look(&w, "imap.example.org");
	finds(&w, wanted);
	end(&w);
	o.name = "ex01.corp.local";
	begin_servers(&w, &o, &o, true);
	look(&w, NULL);
	finds(&w, wanted);
	end(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tls_required),
		cmocka_unit_test(test_tls_optional),
		cmocka_unit_test(test_tls_1_3_alone),
		cmocka_unit_test(test_implicit_tls_alone),
		cmocka_unit_test(test_plain_login),
		cmocka_unit_test(test_no_tls),
		cmocka_unit_test(test_user_tells_the_truth),
		cmocka_unit_test(test_pop3_without_capa),
		cmocka_unit_test(test_at_its_own_address),
		cmocka_unit_test(test_nobody_may_log_in),
		cmocka_unit_test(test_old_versions),
		cmocka_unit_test(test_nothing_newer_than_1_1),
		cmocka_unit_test(test_client_certificate_asked_for),
		cmocka_unit_test(test_client_certificate_insisted_on),
		cmocka_unit_test(test_ports_mixed_up),
		cmocka_unit_test(test_protocols_mixed_up),
		cmocka_unit_test(test_another_name),
	};

	return cmocka_run_group_tests(
	    tests, own_certificate_make, own_certificate_remove);
}
