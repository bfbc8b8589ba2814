/* A login that is tried from a step: when it can be, and what is left of it. */
#include "session_fixture.h"

#include "../harness/mail_responder.h"
#include "../harness/own_certificate.h"

static const char here[] = "@ 300 SOA ns hostmaster 1 3600 600 86400 300\n"
			   "@ NS ns\n@ MX 10 mail\nns A 192.0.2.53\n"
			   "mail A 127.0.0.2\n";

static const struct mail_answer inside[] = {
	{ .command = "CAPABILITY",
	    .reply = "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n$ OK\r\n" },
	{ .command = NULL, .reply = "$ OK\r\n" },
};
static const struct mail_step steps_of_imap[] = {
	{ .act = M_TLS },
	{ .act = M_SAY, .text = "* OK hello\r\n" },
	{ .act = M_SERVE, .answers = inside },
	{ .act = M_END },
};

/* Only IMAP is used, at that port. */
static struct session *
with_imap(struct state *t, uint16_t port)
{
	struct session *s = open_session(t, here, "example.org");
	char text[32];

	snprintf(text, sizeof(text), "%u:tls", port);
	assert_null(session_answer(s, FIELD_POP3_USED, "no"));
	assert_null(session_answer(s, FIELD_SUBMISSION_USED, "no"));
	assert_null(session_answer(s, FIELD_IMAP4_PORT, text));
	assert_true(session_wait(s, WAIT));
	return s;
}

static void
without_a_server_there_is_no_login(void **state)
{
	struct session *s = with_imap(*state, 9);

	assert_false(session_can_log_in(s, MAIL_IMAP));
	assert_false(session_can_log_in(s, MAIL_POP3));
	assert_non_null(session_log_in(s, MAIL_IMAP, "joe", "secret"));
	assert_false(session_busy(s, LOOK_LOGIN));
	assert_null(session_look(s, LOOK_LOGIN));
}

static void
half_an_answer_is_not_tried(void **state)
{
	struct mail_responder *r = mail_responder_start(&(struct mail_script){
	    .steps = steps_of_imap, .chain = own_chain, .key = own_key });
	struct session *s = with_imap(*state, r->port);

	assert_true(session_can_log_in(s, MAIL_IMAP));
	assert_non_null(session_log_in(s, MAIL_IMAP, "", "secret"));
	assert_non_null(session_log_in(s, MAIL_IMAP, "joe", ""));
	assert_non_null(session_log_in(s, MAIL_IMAP, "joe", "a\nb"));
	assert_null(session_look(s, LOOK_LOGIN));
	mail_responder_stop(r);
}

/* Nobody vouches for the certificate of that server. */
static void
an_unverified_server_hears_no_password(void **state)
{
	char heard[300], text[4096];
	struct mail_responder *r;
	const struct finding *f;
	struct session *s;
	FILE *in;

	snprintf(heard, sizeof(heard), "%s.heard", own_chain);
	r = mail_responder_start(&(struct mail_script){ .steps = steps_of_imap,
	    .chain = own_chain,
	    .key = own_key,
	    .heard = heard });
	s = with_imap(*state, r->port);
	assert_null(session_log_in(s, MAIL_IMAP, "joe", "secret"));
	assert_true(session_busy(s, LOOK_LOGIN));
	assert_true(session_wait(s, WAIT));
	mail_responder_stop(r);
	assert_non_null(session_look(s, LOOK_LOGIN));
	f = session_look(s, LOOK_LOGIN)->report.findings.first;
	assert_non_null(f);
	assert_int_equal(f->code, F_LOGIN_NOT_TRIED);
	assert_null(f->next); /* the ports have findings of their own */
	assert_null(session_look(s, LOOK_LOGIN)->question.login);
	in = fopen(heard, "r");
	assert_non_null(in);
	text[fread(text, 1, sizeof(text) - 1, in)] = '\0';
	fclose(in);
	unlink(heard);
	assert_non_null(strstr(text, "CAPABILITY"));
	assert_null(strstr(text, "AUTHENTICATE"));
	session_forget_login(s);
	assert_null(session_look(s, LOOK_LOGIN));
}

int
main(void)
{
#define UNIT(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
		UNIT(without_a_server_there_is_no_login),
		UNIT(half_an_answer_is_not_tried),
		UNIT(an_unverified_server_hears_no_password),
	};

	dns_library_begin();
	return cmocka_run_group_tests(
	    tests, own_certificate_make, own_certificate_remove);
}
