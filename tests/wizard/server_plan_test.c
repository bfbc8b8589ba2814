/* What to do on the mail server: which commands, with which values. */
#include "../harness/unit.h"

#include <string.h>

#include "../../wizard/server_plan.h"
#include "../harness/test_arena.h"

#define HOST "mail.example.org"

static const struct {
	enum mail_server server;
	enum dovecot_version dovecot;
	enum command_kind kind;
} kinds[] = {
	{ SERVER_EXCHANGE_2016, DOVECOT_2_3, COMMANDS_EXCHANGE },
	{ SERVER_EXCHANGE_2019, DOVECOT_2_3, COMMANDS_EXCHANGE },
	{ SERVER_EXCHANGE_SE, DOVECOT_2_4, COMMANDS_EXCHANGE },
	{ SERVER_POSTFIX, DOVECOT_2_3, COMMANDS_DOVECOT_2_3 },
	{ SERVER_POSTFIX, DOVECOT_2_4, COMMANDS_DOVECOT_2_4 },
	{ SERVER_HOSTED, DOVECOT_2_3, COMMANDS_OTHER },
	{ SERVER_OTHER, DOVECOT_2_3, COMMANDS_OTHER },
	{ SERVER_UNKNOWN, DOVECOT_2_3, COMMANDS_OTHER },
};

static struct plan
plan_of(enum mail_server server)
{
	struct plan plan = { .server = server };

	strcpy(plan.domain, "example.org");
	return plan;
}

static void
the_server_chooses_the_commands(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct plan plan = plan_of(kinds[i].server);

		plan.mail_server.dovecot = kinds[i].dovecot;
		assert_int_equal(server_plan_kind(&plan), kinds[i].kind);
	}
}

static const char *
text_of(const struct plan *plan)
{
	enum command_kind kind = server_plan_kind(plan);
	const struct command_list list =
	    server_plan_commands(arena, plan, HOST, kind);

	assert_null(list.error);
	assert_true(list.n > 0);
	return server_plan_text(arena, &list, kind);
}

static void
the_values_are_those_of_the_plan(void **state)
{
	struct plan plan = plan_of(SERVER_EXCHANGE_2019);
	const char *text;

	(void)state;
	strcpy(plan.mail_server.name, "EX'01");
	strcpy(plan.mail_server.mailbox, "joe@example.org");
	strcpy(plan.mail_server.thumbprint,
	    "5113AE0233A72FCCB75B1D0198628675333D010E");
	text = text_of(&plan);
	assert_non_null(strstr(text, "$Server = 'EX''01'\r\n"));
	assert_non_null(strstr(
	    text, "-Thumbprint '5113AE0233A72FCCB75B1D0198628675333D010E'"));
	assert_non_null(strstr(text,
	    "Set-CASMailbox -Identity "
	    "'joe@example.org'"));
	assert_non_null(strstr(text, "\"" HOST ":995:SSL\""));
	assert_non_null(strstr(text, "-Services POP,IMAP,SMTP"));
	plan.mail_server.wildcard = true;
	text = text_of(&plan);
	assert_null(strstr(text, "-Services POP,IMAP,SMTP\r\n"));

	plan = plan_of(SERVER_POSTFIX);
	strcpy(plan.mail_server.chain, "/etc/ssl/chain.pem");
	text = text_of(&plan);
	assert_non_null(strstr(text, "ssl_cert = </etc/ssl/chain.pem\n"));
	assert_non_null(
	    strstr(text, "</etc/letsencrypt/live/" HOST "/privkey.pem\n"));
}

/* What nobody uses is not set up. */
static void
only_what_is_used(void **state)
{
	struct plan plan = plan_of(SERVER_EXCHANGE_SE);
	const char *text;

	(void)state;
	plan.ports[0].use = USE_NO;
	text = text_of(&plan);
	assert_null(strstr(text, "Set-PopSettings"));
	assert_non_null(strstr(text, "Set-ImapSettings"));
	assert_non_null(strstr(text, "Client Frontend"));
	plan.sends_nothing = true;
	text = text_of(&plan);
	assert_null(strstr(text, "Client Frontend"));
}

/* To be run as it is: what is no command stands behind "# ". */
static void
the_text_is_commands_and_comments(void **state)
{
	struct plan plan = plan_of(SERVER_POSTFIX);
	struct command_list list =
	    server_plan_commands(arena, &plan, HOST, COMMANDS_DOVECOT_2_3);
	const char *text =
	    server_plan_block(arena, &list.blocks[1], COMMANDS_DOVECOT_2_3);

	(void)state;
	assert_non_null(strstr(text, list.blocks[1].commands));
	assert_null(strstr(text, "\nDebian"));
	assert_non_null(strstr(text, "\n# Debian"));
	assert_string_equal(
	    server_plan_suffix(COMMANDS_EXCHANGE), "server.ps1");
	assert_string_equal(server_plan_suffix(COMMANDS_OTHER), "server.txt");
}

static void
without_a_host_there_are_none(void **state)
{
	struct plan plan = plan_of(SERVER_POSTFIX);
	struct command_list list =
	    server_plan_commands(arena, &plan, NULL, COMMANDS_DOVECOT_2_3);

	(void)state;
	assert_int_equal(list.n, 0);
	assert_non_null(strstr(list.error, "host"));
}

static void
odd_ports_are_noticed(void **state)
{
	struct plan plan = plan_of(SERVER_POSTFIX);

	(void)state;
	assert_false(server_plan_odd_ports(&plan));
	strcpy(plan.ports[1].port[0], "2143:starttls");
	plan.ports[1].nports = 1;
	assert_true(server_plan_odd_ports(&plan));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_server_chooses_the_commands),
		TEST(the_values_are_those_of_the_plan),
		TEST(only_what_is_used),
		TEST(the_text_is_commands_and_comments),
		TEST(without_a_host_there_are_none),
		TEST(odd_ports_are_noticed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
