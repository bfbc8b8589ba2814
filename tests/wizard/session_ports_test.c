/* The steps POP3, IMAP and SMTP: what is answered, looked at and listed. */
#include "session_fixture.h"

#include "../harness/mail_responder.h"

/* Nobody listens at port 9; 127.0.0.0/8 is this machine. */
#define WORLD                                                                  \
	"@ 300 SOA ns hostmaster 1 3600 600 86400 300\n"                       \
	"@ NS ns\n@ MX 10 mail\nns A 192.0.2.53\n"                             \
	"@ 300 TXT \"v=spf1 mx ~all\"\n"                                       \
	"mail._domainkey TXT \"v=DKIM1; k=ed25519; p="                         \
	"11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"\n"                     \
	"_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:dmarc@example.org\"\n"

static const char here[] = WORLD "mail A 127.0.0.2\n";

static bool
found(struct session *s, enum look_kind kind, const char *id)
{
	const struct look *look = session_look(s, kind);
	const struct finding *f = look->report.findings.first;

	for (; f != NULL; f = f->next)
		if (strcmp(finding_kinds[f->code].id, id) == 0)
			return true;
	return false;
}

static void
answer(struct session *s, enum field_id id, const char *text)
{
	const char *problem = session_answer(s, id, text);

	if (problem != NULL)
		fail_msg("%s: %s", text, problem);
}

static void
settle(struct session *s)
{
	assert_true(session_wait(s, WAIT));
}

/* POP3 at a closed port; the others are nobody's. */
static struct session *
with_closed_pop3(struct state *t)
{
	struct session *s = open_session(t, here, "example.org");

	answer(s, FIELD_IMAP4_USED, "no");
	answer(s, FIELD_SUBMISSION_USED, "no");
	answer(s, FIELD_POP3_PORT, "9:tls 9:starttls");
	settle(s);
	return s;
}

/* --- is it used -------------------------------------------------------------- */

/* Closed is right where nobody uses it: that has to be asked. */
static void
what_is_closed_is_a_question(void **state)
{
	struct session *s = with_closed_pop3(*state);
	const struct item *item;

	assert_int_equal(session_ports_state(s, MAIL_POP3), PORTS_NOT_ANSWERED);
	assert_int_equal(session_mark(s, WIZ_POP3), MARK_PROBLEM);
	assert_int_equal(session_mark(s, WIZ_IMAP4), MARK_SKIPPED);
	session_jump(s, WIZ_LIST);
	item = item_with(s, "POP3: nothing listens");
	assert_non_null(item);
	assert_int_equal(item->level, ITEM_TODO);
	assert_int_equal(item->step, WIZ_POP3);
	assert_non_null(item_with(s, "IMAP: not used"));
	assert_int_equal(session_exit_status(s), 1);
}

static void
used_and_closed_is_a_fault(void **state)
{
	struct session *s = with_closed_pop3(*state);

	answer(s, FIELD_POP3_USED, "yes");
	settle(s);
	assert_int_equal(session_ports_state(s, MAIL_POP3), PORTS_SEEN);
	assert_true(found(s, LOOK_POP3, "port-closed"));
	assert_int_equal(session_look(s, LOOK_POP3)->report.status, SEV_FAIL);
	assert_int_equal(session_mark(s, WIZ_POP3), MARK_PROBLEM);
	session_jump(s, WIZ_LIST);
	assert_int_equal(session_exit_status(s), 1);
}

/* "No" is an answer: nothing is looked at, and the list is green. */
static void
unused_is_settled(void **state)
{
	struct session *s = with_closed_pop3(*state);

	answer(s, FIELD_POP3_USED, "no");
	settle(s);
	assert_null(session_look(s, LOOK_POP3));
	assert_int_equal(session_mark(s, WIZ_POP3), MARK_SKIPPED);
	session_jump(s, WIZ_LIST);
	assert_non_null(item_with(s, "POP3: not used"));
	assert_int_equal(session_exit_status(s), 0);
}

static void
no_mail_needs_no_ports(void **state)
{
	struct session *s = open_session(*state, here, "example.org");

	answer(s, FIELD_RECEIVES_NOTHING, "yes");
	assert_int_equal(
	    session_ports_state(s, MAIL_IMAP), PORTS_NOTHING_TO_DO);
	assert_int_not_equal(
	    session_ports_state(s, MAIL_SMTP), PORTS_NOTHING_TO_DO);
	answer(s, FIELD_SENDS_NOTHING, "yes");
	settle(s);
	assert_int_equal(
	    session_ports_state(s, MAIL_SMTP), PORTS_NOTHING_TO_DO);
	assert_int_equal(session_mark(s, WIZ_SUBMISSION), MARK_SKIPPED);
	assert_non_null(item_with(s, "POP3: the domain receives no mail"));
	assert_non_null(item_with(s, "SMTP: the domain sends no mail"));
}

/* --- which host --------------------------------------------------------------- */

static void
the_host_is_asked_when_none_is_found(void **state)
{
	struct session *s = open_session(*state,
	    "@ MX 10 mx.example.net.\nmail A 127.0.0.2\n"
	    "mx.example.net. A 192.0.2.1\n",
	    "example.org");

	assert_int_equal(session_ports_state(s, MAIL_IMAP), PORTS_NO_HOST);
	assert_null(session_ports_host(s));
	assert_non_null(item_with(s, "IMAP: which host"));
	answer(s, FIELD_IMAP4_PORT, "9:tls");
	answer(s, FIELD_HOST, "mail.example.org");
	settle(s);
	assert_string_equal(session_ports_host(s), "mail.example.org");
	assert_int_equal(session_ports_state(s, MAIL_IMAP), PORTS_NOT_ANSWERED);
}

/* --- what is there ------------------------------------------------------------- */

static const struct mail_answer clear_text[] = {
	{ .command = "CAPABILITY",
	    .reply = "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n$ OK\r\n" },
	{ .command = "LOGOUT", .reply = "* BYE\r\n$ OK\r\n", .last = true },
	{ .command = NULL, .reply = "$ BAD\r\n" },
};
static const struct mail_step without_tls[] = {
	{ .act = M_SAY, .text = "* OK hello\r\n" },
	{ .act = M_SERVE, .answers = clear_text },
	{ .act = M_END },
};

static void
answer_port(struct session *s, enum field_id id, uint16_t port)
{
	char text[32];

	snprintf(text, sizeof(text), "%u:starttls", port);
	answer(s, id, text);
}

/* One line a port, the worst of all its addresses on it. */
static void
a_line_for_each_port(void **state)
{
	struct mail_responder *r =
	    mail_responder_start(&(struct mail_script){ .steps = without_tls });
	struct session *s = open_session(*state,
	    WORLD "mail A 127.0.0.2\nmail A 127.0.0.3\n", "example.org");
	struct arena *arena = arena_new();
	struct port_line *lines;
	char text[64];

	answer(s, FIELD_POP3_USED, "no");
	answer(s, FIELD_SUBMISSION_USED, "no");
	snprintf(text, sizeof(text), "9:tls %u:starttls", r->port);
	answer(s, FIELD_IMAP4_PORT, text);
	settle(s);
	assert_int_equal(session_ports_state(s, MAIL_IMAP), PORTS_SEEN);
	assert_int_equal(session_port_lines(s, arena, MAIL_IMAP, &lines), 2);
	assert_int_equal(lines[0].port.at.port, 9);
	assert_true(lines[0].port.implicit_tls);
	assert_true(lines[0].seen && lines[1].seen);
	assert_int_equal(lines[0].worst, SEV_FAIL); /* no port works */
	assert_int_equal(lines[1].port.at.port, r->port);
	assert_int_equal(lines[1].worst, SEV_FAIL);
	assert_string_equal(
	    finding_kinds[lines[1].finding->code].id, "starttls-missing");
	assert_non_null(strstr(lines[1].text, "127.0.0.2"));
	assert_null(strstr(lines[1].text, "port")); /* it stands beside */
	/* What the list shows is what the line points at. */
	assert_non_null(item_with(s, "does not offer STARTTLS"));
	assert_int_equal(session_port_lines(s, arena, MAIL_POP3, &lines), 0);
	arena_free(arena);
	mail_responder_stop(r);
}

/* Mended and looked at again. */
static void
looked_at_again_it_is_what_it_is_now(void **state)
{
	struct mail_responder *r =
	    mail_responder_start(&(struct mail_script){ .steps = without_tls });
	struct session *s = open_session(*state, here, "example.org");

	answer_port(s, FIELD_IMAP4_PORT, r->port);
	answer(s, FIELD_POP3_USED, "no");
	answer(s, FIELD_SUBMISSION_USED, "no");
	settle(s);
	assert_true(found(s, LOOK_IMAP4, "starttls-missing"));
	mail_responder_stop(r);
	session_server_done(s);
	settle(s);
	assert_false(found(s, LOOK_IMAP4, "starttls-missing"));
	assert_int_equal(session_ports_state(s, MAIL_IMAP), PORTS_NOT_ANSWERED);
}

/* Who says nothing is not waited for when the person moves on. */
static void
a_silent_server_is_left_at_once(void **state)
{
	static const struct mail_step silence[] = { { .act = M_WAIT },
		{ .act = M_END } };
	struct mail_responder *r =
	    mail_responder_start(&(struct mail_script){ .steps = silence });
	struct session *s = open_session(*state, here, "example.org");
	int64_t begin;

	answer(s, FIELD_POP3_USED, "no");
	answer(s, FIELD_SUBMISSION_USED, "no");
	answer_port(s, FIELD_IMAP4_PORT, r->port);
	assert_false(session_wait(s, 1000));
	assert_true(session_busy(s, LOOK_IMAP4));
	assert_int_equal(session_mark(s, WIZ_IMAP4), MARK_BUSY);
	begin = monotonic_ms();
	session_stop(s);
	assert_false(session_busy(s, LOOK_IMAP4));
	session_free(s);
	((struct state *)*state)->s = NULL;
	assert_true(monotonic_ms() - begin < 2000);
	mail_responder_stop(r);
}

/* --- the demo ------------------------------------------------------------------ */

/* Faults of three kinds, all mended by one visit to the server. */
static void
the_demo_is_mended_in_place(void **state)
{
	const struct session_options o = { .demo = true };
	char problem[PLAN_TEXT];
	struct session *s = session_new(&o, problem);

	(void)state;
	assert_non_null(s);
	assert_int_equal(session_next(s, NULL), MOVE_DONE);
	settle(s);
	assert_true(found(s, LOOK_POP3, "login-before-tls"));
	assert_int_equal(session_mark(s, WIZ_IMAP4), MARK_PROBLEM);
	assert_true(found(s, LOOK_SUBMISSION, "port-closed"));
	session_server_done(s);
	assert_true(session_demo_waits(s));
	assert_int_equal(session_mark(s, WIZ_POP3), MARK_PROBLEM);
	while (session_demo_waits(s)) {
		struct pollfd p = { .fd = session_fd(s), .events = POLLIN };

		poll(&p, 1, session_wait_ms(s));
		session_poll(s);
	}
	session_poll(s);
	settle(s);
	assert_int_equal(session_mark(s, WIZ_POP3), MARK_OK);
	assert_int_equal(session_mark(s, WIZ_IMAP4), MARK_OK);
	assert_int_equal(session_mark(s, WIZ_SUBMISSION), MARK_OK);
	session_free(s);
}

/* --- answers ------------------------------------------------------------------- */

static const struct {
	const char *typed;
	const char *value; /* NULL: refused */
} ports[] = {
	{ "995", "995:tls" },
	{ " 110 ", "110:starttls" },
	{ "587", "587:starttls" },
	{ "465", "465:tls" },
	{ "995:SSL", "995:tls" },
	{ "143:TLS", "143:tls" },
	{ "2110:stls", "2110:starttls" },
	{ "65535:STARTTLS", "65535:starttls" },
	{ "8995", NULL },
	{ "0:tls", NULL },
	{ "65536:tls", NULL },
	{ "-1:tls", NULL },
	{ "995:", "995:tls" },
	{ "995:ssh", NULL },
	{ "995:tls:tls", NULL },
	{ ":tls", NULL },
	{ "imap", NULL },
	{ "", "" },
};

static void
ports_are_judged(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(ports); i++) {
		struct judged judged;

		field_judge(FIELD_POP3_PORT, str_of(ports[i].typed), &judged);
		if (ports[i].value == NULL)
			assert_true(judged.problem[0] != '\0');
		else
			assert_string_equal(judged.value, ports[i].value);
		if ((judged.problem[0] != '\0') != (ports[i].value == NULL))
			fail_msg("%s: %s", ports[i].typed, judged.problem);
	}
}

/* As Windows copies it: blanks, and a mark that nobody sees. */
static void
thumbprints_are_cleaned(void **state)
{
	static const char typed[] =
	    "\xe2\x80\x8e"
	    "51 13 ae 02 33 a7 2f cc b7 5b 1d 01 98 62 86 75 33 3d 01 0e";
	struct judged judged;

	(void)state;
	field_judge(FIELD_EXCHANGE_THUMBPRINT, str_of(typed), &judged);
	assert_string_equal(
	    judged.value, "5113AE0233A72FCCB75B1D0198628675333D010E");
	assert_true(judged.told[0] != '\0');
	field_judge(FIELD_EXCHANGE_THUMBPRINT, str_of("5113"), &judged);
	assert_true(judged.problem[0] != '\0');
	field_judge(FIELD_EXCHANGE_THUMBPRINT,
	    str_of("5113AE0233A72FCCB75B1D0198628675333D010G"), &judged);
	assert_true(judged.problem[0] != '\0');
}

static void
answers_are_saved_at_once(void **state)
{
	struct state *t = *state;
	struct session *s = open_session(t, here, "example.org");
	char text[4096] = "";
	FILE *file;

	answer(s, FIELD_POP3_USED, "no");
	answer(s, FIELD_IMAP4_PORT, "993, 2143:starttls");
	answer(s, FIELD_DOVECOT_VERSION, "2.4");
	answer(s, FIELD_DOVECOT_CHAIN, "/etc/ssl/chain.pem");
	assert_non_null(session_answer(s, FIELD_DOVECOT_KEY, "key.pem"));
	file = fopen(plan_path(t), "r");
	assert_non_null(file);
	assert_true(fread(text, 1, sizeof(text) - 1, file) > 0);
	fclose(file);
	assert_non_null(strstr(text, "\npop3.used = no\n"));
	assert_non_null(strstr(
	    text, "\nimap4.port = 993:tls\nimap4.port = 2143:starttls\n"));
	assert_non_null(strstr(text, "\ndovecot.version = 2.4\n"));
	assert_non_null(strstr(text, "\ndovecot.chain = /etc/ssl/chain.pem\n"));
	assert_null(strstr(text, "dovecot.key"));
}

int
main(void)
{
#define UNIT(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
		UNIT(what_is_closed_is_a_question),
		UNIT(used_and_closed_is_a_fault),
		UNIT(unused_is_settled),
		UNIT(no_mail_needs_no_ports),
		UNIT(the_host_is_asked_when_none_is_found),
		UNIT(a_line_for_each_port),
		UNIT(looked_at_again_it_is_what_it_is_now),
		UNIT(a_silent_server_is_left_at_once),
		UNIT(the_demo_is_mended_in_place),
		UNIT(ports_are_judged),
		UNIT(thumbprints_are_cleaned),
		UNIT(answers_are_saved_at_once),
	};

	dns_library_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
