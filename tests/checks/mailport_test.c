/* A look at mail ports: each fault is seen as what it is. */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../checks/mailport_check.h"
#include "../harness/mail_responder.h"
#include "../harness/own_certificate.h"

static const struct mail_answer imap[] = {
	{ .command = "CAPABILITY",
	    .reply = "* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\n"
		     "$ OK\r\n" },
	{ .command = "STARTTLS", .reply = "$ OK\r\n", .last = true },
	{ .command = NULL, .reply = "$ OK\r\n" },
};
static const struct mail_answer inside[] = {
	{ .command = "CAPABILITY",
	    .reply = "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n$ OK\r\n" },
	{ .command = NULL, .reply = "$ OK\r\n" },
};

/* Looks at a server of these steps; the run is to be ended. */
static void
look(struct run *run, enum mail_protocol protocol,
    const struct mail_step *steps, bool implicit, struct port_facts *facts)
{
	struct mail_responder *server =
	    mail_responder_start(&(struct mail_script){
		.steps = steps, .chain = own_chain, .key = own_key });
	struct port port = { .protocol = protocol,
		.at.port = server->port,
		.implicit_tls = implicit,
		.wanted = true };

	assert_true(ip_parse(str_of(server->address), &port.at.ip));
	run_begin(run, NULL, 25000, -1);
	mailport_look(run, &port, NULL, true, facts);
	mail_responder_stop(server);
}

/* Has an IMAP server of these steps this finding? */
static void
sees(const struct mail_step *steps, bool implicit, const char *id)
{
	struct port_facts facts;
	struct run run;
	const struct finding *f;

	look(&run, MAIL_IMAP, steps, implicit, &facts);
	mailport_judge(&run, &facts, 1, 0);
	for (f = run.report.first; f != NULL; f = f->next)
		if (strcmp(finding_kinds[f->code].id, id) == 0)
			break;
	if (f == NULL)
		fail_msg("no %s, but %s", id,
		    run.report.first == NULL
			? "nothing"
			: finding_kinds[run.report.first->code].id);
	if (facts.greeting != NULL)
		assert_null(strchr(facts.greeting, '\033'));
	run_end(&run);
}

static enum tri
injection_at(enum mail_protocol protocol, const struct mail_step *steps)
{
	struct port_facts facts;
	struct run run;

	look(&run, protocol, steps, false, &facts);
	run_end(&run);
	return facts.injection;
}

static void
a_sound_server_is_fine(void **state)
{
	static const struct mail_step steps[] = {
		{ .act = M_SAY, .text = "* OK \033[31mhello\r\n" },
		{ .act = M_SERVE, .answers = imap },
		{ .act = M_TLS },
		{ .act = M_SERVE, .answers = inside },
		{ .act = M_END },
	};
	static const struct mail_step wrapped[] = {
		{ .act = M_TLS },
		{ .act = M_SAY, .text = "* OK hello\r\n" },
		{ .act = M_SERVE, .answers = inside },
		{ .act = M_END },
	};

	(void)state;
	/* The harness takes every version from 1.0 on. */
	sees(steps, false, "tls-old-version");
	sees(wrapped, true, "tls-old-version");
	sees(wrapped, false, "port-tls-not-plain");
	sees(steps, true, "port-plain-not-tls");
}

static void
commands_slipped_in_are_seen(void **state)
{
	static const struct mail_step steps[] = {
		{ .act = M_SAY, .text = "* OK hello\r\n" },
		{ .act = M_SERVE, .answers = imap },
		{ .act = M_TLS_KEEP },
		{ .act = M_SERVE, .answers = inside },
		{ .act = M_END },
	};

	(void)state;
	sees(steps, false, "starttls-injection");
}

/* POP3 and SMTP have no tags; the number of answers tells. */
static void
commands_slipped_in_are_seen_without_tags(void **state)
{
	static const struct mail_answer pop3[] = {
		{ .command = "CAPA", .reply = "+OK\r\nSTLS\r\n.\r\n" },
		{ .command = "STLS", .reply = "+OK\r\n", .last = true },
		{ .command = NULL, .reply = "+OK\r\n" },
	};
	static const struct mail_answer pop3_inside[] = {
		{ .command = "CAPA", .reply = "+OK\r\nUSER\r\n.\r\n" },
		{ .command = "QUIT", .reply = "+OK\r\n", .last = true },
		{ .command = NULL, .reply = "+OK\r\n" },
	};
	static const struct mail_answer smtp[] = {
		{ .command = "EHLO", .reply = "250-m\r\n250 STARTTLS\r\n" },
		{ .command = "STARTTLS", .reply = "220 go\r\n", .last = true },
		{ .command = NULL, .reply = "221 bye\r\n" },
	};
	static const struct mail_answer smtp_inside[] = {
		{ .command = "EHLO", .reply = "250-m\r\n250 AUTH PLAIN\r\n" },
		{ .command = "NOOP", .reply = "250 ok\r\n" },
		{ .command = NULL, .reply = "221 bye\r\n", .last = true },
	};
	struct mail_step steps[] = {
		{ .act = M_SAY, .text = "+OK hello\r\n" },
		{ .act = M_SERVE, .answers = pop3 },
		{ .act = M_TLS_KEEP },
		{ .act = M_SERVE, .answers = pop3_inside },
		{ .act = M_END },
	};

	(void)state;
	assert_int_equal(injection_at(MAIL_POP3, steps), TRI_YES);
	steps[2].act = M_TLS;
	assert_int_equal(injection_at(MAIL_POP3, steps), TRI_NO);
	steps[0].text = "220 m ESMTP\r\n";
	steps[1].answers = smtp;
	steps[3].answers = smtp_inside;
	assert_int_equal(injection_at(MAIL_SMTP, steps), TRI_NO);
	steps[2].act = M_TLS_KEEP;
	assert_int_equal(injection_at(MAIL_SMTP, steps), TRI_YES);
}

static void
text_behind_the_answer_is_seen(void **state)
{
	static const struct mail_answer answers[] = {
		{ .command = "CAPABILITY",
		    .reply = "* CAPABILITY IMAP4rev1 STARTTLS\r\n$ OK\r\n" },
		{ .command = "STARTTLS",
		    .reply = "$ OK\r\n* CAPABILITY evil\r\n",
		    .last = true },
		{ .command = NULL, .reply = "$ OK\r\n" },
	};
	static const struct mail_step steps[] = {
		{ .act = M_SAY, .text = "* OK hello\r\n" },
		{ .act = M_SERVE, .answers = answers },
		{ .act = M_TLS },
		{ .act = M_SERVE, .answers = inside },
		{ .act = M_END },
	};

	(void)state;
	sees(steps, false, "starttls-extra-text");
	sees(steps, false, "login-before-tls");
}

static void
what_is_no_mail_server_is_named(void **state)
{
	static const struct mail_step endless[] = {
		{ .act = M_FLOOD, .text = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
		{ .act = M_END },
	};
	static const struct mail_step ssh[] = {
		{ .act = M_SAY, .text = "SSH-2.0-OpenSSH\r\n" },
		{ .act = M_WAIT },
		{ .act = M_END },
	};
	static const struct mail_step bye[] = {
		{ .act = M_SAY, .text = "* BYE Connection is closed.\r\n" },
		{ .act = M_END },
	};
	static const struct mail_step left[] = {
		{ .act = M_SAY, .text = "* OK hello\r\n" },
		{ .act = M_HEAR },
		{ .act = M_END },
	};
	static const struct mail_answer too_busy[] = {
		{ .command = NULL,
		    .reply = "* BYE too busy\r\n",
		    .last = true },
	};
	static const struct mail_step busy[] = {
		{ .act = M_SAY, .text = "* OK hello\r\n" },
		{ .act = M_SERVE, .answers = too_busy },
		{ .act = M_END },
	};
	static const struct mail_step slow[] = {
		{ .act = M_SLOW,
		    .text = "* OK hello, this is slow\r\n",
		    .ms = 1000 },
		{ .act = M_END },
	};

	(void)state;
	sees(endless, false, "port-talks-nonsense");
	sees(ssh, false, "port-wrong-protocol");
	sees(bye, false, "port-refused-greeting");
	sees(slow, false, "port-silent");
	sees(left, false, "port-refused-greeting");
	sees(busy, false, "port-refused-greeting");
}

/* The time is up in the middle of a dialogue: that is no verdict. */
static void
what_was_cut_short_is_not_judged(void **state)
{
	static const struct mail_step steps[] = {
		{ .act = M_SAY, .text = "* OK hello\r\n" },
		{ .act = M_WAIT },
		{ .act = M_END },
	};
	struct mail_responder *server =
	    mail_responder_start(&(struct mail_script){ .steps = steps });
	struct port port = { .protocol = MAIL_IMAP, .at.port = server->port };
	struct port_facts facts;
	struct run run;

	(void)state;
	assert_true(ip_parse(str_of(server->address), &port.at.ip));
	run_begin(&run, NULL, 500, -1);
	mailport_look(&run, &port, NULL, true, &facts);
	assert_int_equal(facts.state, PORT_NOT_SEEN);
	mailport_judge(&run, &facts, 1, 0);
	assert_string_equal(
	    finding_kinds[run.report.first->code].id, "port-timeout");
	run_end(&run);
	mail_responder_stop(server);
}

/* Whatever is said, in whatever protocol, ends and is printable. */
static void
recorded_octets_are_read(void **state)
{
	static const char said[] = "+OK hi\r\n-ERR\r\n+OK\r\n-ERR no\r\n";
	struct port port = { .protocol = MAIL_POP3 };
	struct port_facts facts;
	struct run run;

	(void)state;
	run_begin(&run, NULL, 1000, -1);
	mailport_replay(&run, &port, str_of(said), &facts);
	assert_int_equal(facts.state, PORT_GREETED);
	assert_int_equal(facts.login_before_tls, TRI_YES);
	assert_int_equal(facts.starttls, TRI_NO);
	run_end(&run);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sound_server_is_fine),
		cmocka_unit_test(commands_slipped_in_are_seen),
		cmocka_unit_test(commands_slipped_in_are_seen_without_tags),
		cmocka_unit_test(text_behind_the_answer_is_seen),
		cmocka_unit_test(what_is_no_mail_server_is_named),
		cmocka_unit_test(what_was_cut_short_is_not_judged),
		cmocka_unit_test(recorded_octets_are_read),
	};

	return cmocka_run_group_tests(
	    tests, own_certificate_make, own_certificate_remove);
}
