/* How the EHLO name is set, by mail server. */
#include "../harness/unit.h"

#include <string.h>

#include "../../wizard/server_advice.h"

static void
each_server_has_its_command(void **state)
{
	static const struct {
		enum mail_server server;
		const char *host;
		const char *command; /* NULL: none */
	} cases[] = {
		{ SERVER_POSTFIX, "",
		    "postconf -e smtp_helo_name=mail.example.org && postfix "
		    "reload" },
		{ SERVER_EXCHANGE_2016, "mx.example.org",
		    "Get-SendConnector | Set-SendConnector -Fqdn "
		    "mx.example.org" },
		{ SERVER_EXCHANGE_SE, "",
		    "Get-SendConnector | Set-SendConnector -Fqdn "
		    "mail.example.org" },
		{ SERVER_HOSTED, "", NULL },
		{ SERVER_UNKNOWN, "", NULL },
		{ SERVER_OTHER, "", NULL },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *command = "x";
		struct plan plan;

		plan_clear(&plan);
		strcpy(plan.domain, "example.org");
		strcpy(plan.host, cases[i].host);
		plan.server = cases[i].server;
		assert_non_null(server_helo_advice(arena, &plan, &command));
		if (cases[i].command == NULL)
			assert_null(command);
		else
			assert_string_equal(command, cases[i].command);
	}
	arena_free(arena);
}

static void
it_mends_what_is_about_the_name(void **state)
{
	(void)state;
	for (int i = 0; i < FINDING_COUNT; i++)
		assert_int_equal(server_helo_mends((enum finding_code)i),
		    i != F_NONE &&
			strcmp(finding_kinds[i].id, "helo-mismatch") == 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_server_has_its_command),
		cmocka_unit_test(it_mends_what_is_about_the_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
