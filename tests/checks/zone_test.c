/* Zone files, and the world made of one. */
#include "../harness/unit.h"

#include <string.h>

#include "../harness/fixture.h"

static void
a_question_is_answered_from_the_zone(void **state)
{
	struct fixture f;
	const struct answer *answer;

	(void)state;
	fixture_begin(&f,
	    "@ 300 IN TXT \"v=spf1 \" \"-all\"\n"
	    "www CNAME web\n"
	    "web A 192.0.2.1\n");
	assert_int_equal(dns_ask(&f.run, "example.org", RR_TXT, &answer), OK);
	assert_int_equal(answer->outcome, DNS_FOUND);
	assert_string_equal(
	    record_value(f.run.arena, &answer->records[0]), "v=spf1 -all");
	assert_int_equal(answer->ttl, 300);
	assert_int_equal(dns_ask(&f.run, "www.example.org", RR_A, &answer), OK);
	assert_int_equal(answer->outcome, DNS_FOUND);
	assert_string_equal(answer->owner, "web.example.org");
	assert_string_equal(answer->server, "zone file test.zone");
	fixture_end(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_question_is_answered_from_the_zone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
