/* Logins over what servers said: what each answer means, and what is kept. */
#include "../harness/unit.h"

#include <string.h>

#include "../../checks/mail_login.h"

static struct run run;

static int
setup(void **state)
{
	(void)state;
	run_begin(&run, NULL, 5000, -1);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	run_end(&run);
	return 0;
}

static const struct login joe = { .user = "joe@example.org",
	.password = "correct horse",
	.host = "mail.example.org" };

static struct login_facts
replay(
    enum mail_protocol protocol, const char *octets, const struct login *login)
{
	struct login_facts facts;

	mail_login_replay(&run, protocol, str_of(octets), login, &facts);
	return facts;
}

/* --- what an answer means ---------------------------------------------------- */

static const struct {
	enum mail_protocol protocol;
	const char *said;
	enum login_end end;
} meanings[] = {
	/* Dovecot */
	{ MAIL_IMAP, "NO [AUTHENTICATIONFAILED] Authentication failed.",
	    LOGIN_REFUSED },
	{ MAIL_IMAP, "NO [UNAVAILABLE] Temporary authentication failure.",
	    LOGIN_LATER },
	{ MAIL_IMAP,
	    "NO [PRIVACYREQUIRED] Cleartext authentication disallowed on "
	    "non-secure (SSL/TLS) connections.",
	    LOGIN_TLS_WANTED },
	{ MAIL_IMAP, "NO [EXPIRED] Password expired.", LOGIN_EXPIRED },
	{ MAIL_IMAP, "NO [CONTACTADMIN] Ask.", LOGIN_ADMINISTRATOR },
	{ MAIL_IMAP, "NO [AUTHORIZATIONFAILED] No.", LOGIN_DISABLED },
	{ MAIL_IMAP, "no [authenticationfailed] x", LOGIN_REFUSED },
	{ MAIL_IMAP, "NO [LIMIT] x", LOGIN_TOO_MANY },
	{ MAIL_IMAP, "NO [INUSE] x", LOGIN_BUSY },
	{ MAIL_IMAP, "NO", LOGIN_REFUSED },
	{ MAIL_IMAP, "BAD Unknown command", LOGIN_MECHANISM },
	{ MAIL_IMAP, "BYE Closing.", LOGIN_LOST },
	{ MAIL_IMAP, "BYE Too many invalid commands.", LOGIN_TOO_MANY },
	{ MAIL_POP3, "-ERR [AUTH] Authentication failed.", LOGIN_REFUSED },
	{ MAIL_POP3, "-ERR [SYS/TEMP] Temporary failure", LOGIN_LATER },
	{ MAIL_POP3, "-ERR [SYS/PERM] Gone", LOGIN_ADMINISTRATOR },
	{ MAIL_POP3, "-ERR [IN-USE] Locked", LOGIN_BUSY },
	{ MAIL_POP3, "-ERR [LOGIN-DELAY] Wait", LOGIN_TOO_MANY },
	{ MAIL_POP3, "-ERR [AUTH] Plaintext authentication disallowed",
	    LOGIN_TLS_WANTED },
	{ MAIL_POP3, "-ERR no", LOGIN_REFUSED },
	/* Exchange */
	{ MAIL_POP3, "-ERR Logon failure: unknown user name or bad password.",
	    LOGIN_REFUSED_EXCHANGE },
	{ MAIL_POP3, "-ERR Command is not valid in this state.",
	    LOGIN_TLS_WANTED },
	{ MAIL_IMAP, "BAD Command received in Invalid state.",
	    LOGIN_TLS_WANTED },
	{ MAIL_SMTP, "535 5.7.3 Authentication unsuccessful",
	    LOGIN_REFUSED_EXCHANGE },
	{ MAIL_SMTP,
	    "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication "
	    "is disabled for the Mailbox.",
	    LOGIN_DISABLED },
	{ MAIL_SMTP, "504 5.7.4 Unrecognized Authentication Type",
	    LOGIN_MECHANISM },
	{ MAIL_SMTP, "454 4.7.0 Temporary authentication failure",
	    LOGIN_LATER },
	/* Postfix and others */
	{ MAIL_SMTP, "535 5.7.8 Error: authentication failed:", LOGIN_REFUSED },
	{ MAIL_SMTP, "534 5.7.9 Authentication mechanism is too weak",
	    LOGIN_OTHER_KIND },
	{ MAIL_SMTP, "538 5.7.11 Encryption required", LOGIN_TLS_WANTED },
	{ MAIL_SMTP, "530 5.7.0 Must issue a STARTTLS command first",
	    LOGIN_TLS_WANTED },
	{ MAIL_SMTP, "503 5.5.1 Error: authentication not enabled",
	    LOGIN_MECHANISM },
	{ MAIL_SMTP, "432 4.7.12 A password transition is needed",
	    LOGIN_EXPIRED },
	{ MAIL_SMTP, "421 4.3.2 Service not available", LOGIN_LATER },
	{ MAIL_SMTP, "454 4.7.0 Too many login attempts", LOGIN_TOO_MANY },
	{ MAIL_SMTP, "550 no", LOGIN_REFUSED },
	{ MAIL_SMTP,
	    "534-5.7.9 Application-specific password required. For more",
	    LOGIN_OTHER_KIND },
	{ MAIL_IMAP,
	    "NO [ALERT] Your account is not enabled for IMAP use. Please "
	    "visit",
	    LOGIN_DISABLED },
};

static void
answers_mean_what_they_say(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(meanings); i++) {
		enum login_end end = login_meaning(
		    meanings[i].protocol, str_of(meanings[i].said), false);

		if (end != meanings[i].end)
			fail_msg("%s: %d instead of %d", meanings[i].said, end,
			    meanings[i].end);
	}
}

static void
exchange_says_one_thing_to_all(void **state)
{
	(void)state;
	assert_int_equal(
	    login_meaning(MAIL_IMAP, str_of("NO AUTHENTICATE failed."), true),
	    LOGIN_REFUSED_EXCHANGE);
	assert_int_equal(
	    login_meaning(MAIL_SMTP, str_of("454 4.7.0 later"), true),
	    LOGIN_LATER);
}

/* --- dialogues ---------------------------------------------------------------- */

static const struct {
	const char *what;
	enum mail_protocol protocol;
	const char *octets;
	enum login_end end;
	const char *said; /* a part; NULL: nothing */
} dialogues[] = {
	{ "POP3, SASL", MAIL_POP3,
	    "+OK\r\n+OK\r\nSASL PLAIN\r\n.\r\n+ \r\n+OK\r\n+OK 0 0\r\n+OK\r\n",
	    LOGIN_IN, "+OK" },
	{ "POP3, USER", MAIL_POP3,
	    "+OK\r\n+OK\r\nUSER\r\n.\r\n+OK\r\n+OK\r\n+OK 0 0\r\n+OK\r\n",
	    LOGIN_IN, "+OK" },
	{ "POP3 without CAPA", MAIL_POP3,
	    "+OK\r\n-ERR\r\n+OK\r\n-ERR wrong\r\n+OK\r\n", LOGIN_REFUSED,
	    "-ERR wrong" },
	{ "POP3, the name is refused", MAIL_POP3,
	    "+OK\r\n-ERR\r\n-ERR [AUTH] who\r\n", LOGIN_REFUSED, "who" },
	{ "POP3, SASL LOGIN alone", MAIL_POP3,
	    "+OK\r\n+OK\r\nSASL LOGIN NTLM\r\n.\r\n+ VXNl\r\n+ UGFz\r\n"
	    "+OK\r\n+OK 0 0\r\n",
	    LOGIN_IN, "+OK" },
	{ "POP3, no password", MAIL_POP3,
	    "+OK\r\n+OK\r\nSASL GSSAPI NTLM\r\n.\r\n+OK\r\n", LOGIN_NO_WAY,
	    NULL },
	{ "IMAP, AUTHENTICATE", MAIL_IMAP,
	    "* OK\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\na1 OK\r\n+ \r\n"
	    "* CAPABILITY IMAP4rev1\r\na3 OK in\r\n* STATUS INBOX (MESSAGES "
	    "3)\r\na4 OK\r\n* BYE\r\na9 OK\r\n",
	    LOGIN_IN, "OK" },
	{ "IMAP, in one line", MAIL_IMAP,
	    "* OK\r\n* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\na1 OK\r\n"
	    "a3 OK in\r\na4 OK\r\n",
	    LOGIN_IN, "OK" },
	{ "IMAP, LOGIN", MAIL_IMAP,
	    "* OK\r\n* CAPABILITY IMAP4rev1\r\na1 OK\r\na3 NO LOGIN failed.\r\n",
	    LOGIN_REFUSED, "NO LOGIN failed." },
	{ "IMAP, in and not in", MAIL_IMAP,
	    "* OK\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\na1 OK\r\n+\r\n"
	    "a3 OK AUTHENTICATE completed.\r\n"
	    "a4 BAD User is authenticated but not connected.\r\n",
	    LOGIN_MAILBOX, "not connected" },
	{ "IMAP, a farewell", MAIL_IMAP,
	    "* OK\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\na1 OK\r\n+\r\n"
	    "* BYE Connection is closed. 13\r\n",
	    LOGIN_LOST, "Connection is closed. 13" },
	{ "IMAP, another tag", MAIL_IMAP,
	    "* OK\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\na1 OK\r\n+\r\n"
	    "a33 OK in\r\n",
	    LOGIN_LOST, NULL },
	{ "IMAP, only others", MAIL_IMAP,
	    "* OK\r\n* CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=NTLM\r\n"
	    "a1 OK\r\na9 OK\r\n",
	    LOGIN_NO_WAY, NULL },
	{ "SMTP, PLAIN", MAIL_SMTP,
	    "220 x\r\n250-x\r\n250 AUTH PLAIN LOGIN\r\n334 \r\n235 2.7.0 ok\r\n"
	    "221 x\r\n",
	    LOGIN_IN, "235 2.7.0 ok" },
	{ "SMTP, the old form", MAIL_SMTP,
	    "220 x\r\n250-x\r\n250 AUTH=LOGIN\r\n334 VXNl\r\n334 UGFz\r\n"
	    "235 ok\r\n",
	    LOGIN_IN, "235" },
	{ "SMTP, Exchange", MAIL_SMTP,
	    "220 x\r\n250-x\r\n250 AUTH GSSAPI NTLM LOGIN\r\n334 VXNl\r\n"
	    "334 UGFz\r\n535 5.7.3 Authentication unsuccessful\r\n",
	    LOGIN_REFUSED_EXCHANGE, "535 5.7.3" },
	{ "SMTP, lines are joined", MAIL_SMTP,
	    "220 x\r\n250-x\r\n250 AUTH PLAIN\r\n334\r\n535-5.7.8 Not\r\n"
	    "535 5.7.8 accepted\r\n",
	    LOGIN_REFUSED, "535-5.7.8 Not 5.7.8 accepted" },
	{ "SMTP, refused before the password", MAIL_SMTP,
	    "220 x\r\n250-x\r\n250 AUTH PLAIN\r\n504 5.5.4 what\r\n",
	    LOGIN_MECHANISM, "504" },
	{ "SMTP, more is wanted", MAIL_SMTP,
	    "220 x\r\n250-x\r\n250 AUTH PLAIN\r\n334\r\n334 more\r\n",
	    LOGIN_LOST, NULL },
	{ "SMTP, only others", MAIL_SMTP,
	    "220 x\r\n250-x\r\n250 AUTH GSSAPI NTLM\r\n221\r\n", LOGIN_NO_WAY,
	    NULL },
	{ "SMTP, nonsense", MAIL_SMTP,
	    "220 x\r\n250-x\r\n250 AUTH PLAIN\r\n334\r\nhello\033[31m\r\n",
	    LOGIN_LOST, NULL },
	{ "the end", MAIL_SMTP, "220 x\r\n250-x\r\n250 AUTH PLAIN\r\n334\r\n",
	    LOGIN_LOST, NULL },
	{ "not a word", MAIL_POP3, "", LOGIN_UNREACHED, NULL },
	{ "turned away", MAIL_IMAP, "* BYE no\r\n", LOGIN_UNREACHED, NULL },
};

static void
dialogues_end_as_they_should(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(dialogues); i++) {
		struct login_facts facts =
		    replay(dialogues[i].protocol, dialogues[i].octets, &joe);
		const char *said = facts.said != NULL ? facts.said : "";

		if (facts.end != dialogues[i].end)
			fail_msg("%s: %d instead of %d (%s)", dialogues[i].what,
			    facts.end, dialogues[i].end, said);
		if (dialogues[i].said != NULL &&
		    strstr(said, dialogues[i].said) == NULL)
			fail_msg("%s: \"%s\" is said", dialogues[i].what, said);
		assert_null(strchr(said, '\033'));
		assert_false(facts.withheld);
	}
}

static void
other_ways_are_named(void **state)
{
	struct login_facts facts = replay(MAIL_SMTP,
	    "220 x\r\n250-x\r\n250-AUTH GSSAPI NTLM\r\n"
	    "250-AUTH=NTLM\r\n250 x\r\n",
	    &joe);

	(void)state;
	assert_int_equal(facts.end, LOGIN_NO_WAY);
	assert_string_equal(facts.why, "GSSAPI NTLM");
}

/* A server that repeats what it was told is not quoted. */
static void
the_password_is_not_repeated(void **state)
{
	static const char *const repeated[] = {
		"535 5.7.8 wrong: correct horse",
		"535 5.7.8 wrong: CORRECT HORSE",
		"535-5.7.8 wrong\r\n535-correct horse\r\n535 x",
		"535 5.7.8 wrong: correct ho", /* cut off */
		"535 5.7.8 Y29ycmVjdCBob3JzZQ==", /* of AUTH LOGIN */
		"535 5.7.8 AGpvZUBleGFtcGxlLm9yZwBjb3JyZWN0IGhvcnNl",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(repeated); i++) {
		char octets[512];
		struct login_facts facts;

		snprintf(octets, sizeof(octets),
		    "220 x\r\n250-x\r\n250 AUTH PLAIN\r\n334\r\n%s\r\n",
		    repeated[i]);
		facts = replay(MAIL_SMTP, octets, &joe);
		assert_int_equal(facts.end, LOGIN_REFUSED);
		if (!facts.withheld || facts.said != NULL)
			fail_msg("kept: %s", facts.said);
	}
}

static void
a_short_password_is_not_repeated(void **state)
{
	const struct login short_one = { .user = "joe", .password = "x" };
	struct login_facts facts = replay(MAIL_SMTP,
	    "220 a\r\n250-a\r\n250 AUTH PLAIN\r\n334\r\n535 5.7.8 bad x\r\n",
	    &short_one);

	(void)state;
	assert_int_equal(facts.end, LOGIN_REFUSED);
	assert_true(facts.withheld);
}

static void
what_cannot_be_sent_is_not(void **state)
{
	char longer[LOGIN_PASSWORD_MAX + 2];
	struct login none = joe;

	(void)state;
	memset(longer, 'x', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	assert_null(mail_login_problem("joe", "x"));
	assert_null(mail_login_problem("j\xc3\xb3zef \"\\", " "));
	assert_non_null(mail_login_problem("", "x"));
	assert_non_null(mail_login_problem("joe", ""));
	assert_non_null(mail_login_problem("joe\r\nQUIT", "x"));
	assert_non_null(mail_login_problem("joe", "x\nDELE 1"));
	assert_non_null(mail_login_problem("joe", longer));
	assert_non_null(mail_login_problem(longer, "x"));
	none.password = "x\r\nDELE 1";
	assert_int_equal(
	    replay(MAIL_POP3, "+OK\r\n-ERR\r\n+OK\r\n+OK\r\n", &none).end,
	    LOGIN_NO_USE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_mean_what_they_say),
		cmocka_unit_test(exchange_says_one_thing_to_all),
		cmocka_unit_test(dialogues_end_as_they_should),
		cmocka_unit_test(other_ways_are_named),
		cmocka_unit_test(the_password_is_not_repeated),
		cmocka_unit_test(a_short_password_is_not_repeated),
		cmocka_unit_test(what_cannot_be_sent_is_not),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
