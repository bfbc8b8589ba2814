/* One address, tried by the plan and by what DNS has. */
#include "session_fixture.h"

#include "../../checks/base/printable.h"
#include "../../wizard/try_address.h"

#define WORLD                                                                  \
	ZONE "@ TXT \"v=spf1 mx include:_spf.example.net "                     \
	     "exists:%{l}._u.example.org -all\"\n"                             \
	     "mail AAAA 2001:db8::25\n"                                        \
	     "news._u A 127.0.0.2\n"

static const struct {
	const char *ip;
	const char *sender;
	enum spf_result result;
	const char *term; /* marked in the planned record */
} cases[] = {
	{ "192.0.2.25", "", SPF_RESULT_PASS, "mx" },
	{ "2001:DB8:0:0::25", "", SPF_RESULT_PASS, "mx" },
	{ "198.51.100.7", "", SPF_RESULT_PASS, "include:_spf.example.net" },
	{ "203.0.113.9", "", SPF_RESULT_FAIL, "-all" },
	{ "::ffff:192.0.2.25", "", SPF_RESULT_PASS, "mx" },
	/* "news@" is completed with the domain. */
	{ "203.0.113.9", "news@", SPF_RESULT_PASS,
	    "exists:%{l}._u.example.org" },
	{ "203.0.113.9", "other@example.org", SPF_RESULT_FAIL, "-all" },
};

static void
the_term_that_decides_is_marked(void **state)
{
	struct session *s = open_session(*state, WORLD, "example.org");

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct try_facts *facts;
		struct span place;
		struct str term;

		assert_null(try_address(s, cases[i].ip, cases[i].sender));
		assert_true(session_wait(s, WAIT));
		facts = try_result(s, cases[i].ip, cases[i].sender);
		assert_non_null(facts);
		assert_int_equal(facts->planned.result, cases[i].result);
		assert_int_equal(facts->published.result, cases[i].result);
		assert_true(try_term_place(s, facts, &place));
		term = str_slice(str_of(record(s)), place.from, place.to);
		if (!str_equal(term, str_of(cases[i].term)))
			fail_msg(
			    "%s: %.*s", cases[i].ip, (int)term.len, term.p);
	}
}

/* The plan is changed: another question, and DNS says what it said. */
static void
the_plan_is_tried_as_it_is_now(void **state)
{
	struct session *s = open_session(*state, WORLD, "example.org");
	const struct try_facts *facts;

	assert_null(try_address(s, "203.0.113.9", ""));
	assert_true(session_wait(s, WAIT));
	assert_non_null(try_result(s, "203.0.113.9", ""));
	assert_null(session_spf_add(s, SPF_AT_END, "ip4:203.0.113.9"));
	assert_null(try_result(s, "203.0.113.9", ""));
	assert_null(try_address(s, "203.0.113.9", ""));
	assert_true(session_wait(s, WAIT));
	facts = try_result(s, "203.0.113.9", "");
	assert_int_equal(facts->planned.result, SPF_RESULT_PASS);
	assert_int_equal(facts->published.result, SPF_RESULT_FAIL);
	assert_null(try_result(s, "203.0.113.8", "")); /* another one */
}

static void
what_is_no_address_is_said(void **state)
{
	struct session *s = open_session(*state, WORLD, "example.org");

	assert_non_null(strstr(try_address(s, "192.0.2.256", ""), "192.0.2"));
	assert_null(try_address(s, "", ""));
	assert_false(session_busy(s, LOOK_TRY));
	assert_null(try_result(s, "", ""));
}

static void
own_addresses_are_suggested(void **state)
{
	struct session *s = open_session(*state, WORLD, "example.org");
	struct try_suggestion list[TRY_SUGGESTIONS];
	struct arena *arena = arena_new();
	size_t n = try_suggestions(s, arena, list);

	assert_int_equal(n, 3);
	assert_string_equal(ip_print(arena, list[0].ip), "192.0.2.25");
	assert_string_equal(ip_print(arena, list[1].ip), "2001:db8::25");
	assert_null(session_answer(s, FIELD_SENDING, "198.51.100.77"));
	assert_true(session_wait(s, WAIT));
	n = try_suggestions(s, arena, list);
	assert_true(n >= 1);
	assert_string_equal(ip_print(arena, list[0].ip), "198.51.100.77");
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    the_term_that_decides_is_marked, begin, end),
		cmocka_unit_test_setup_teardown(
		    the_plan_is_tried_as_it_is_now, begin, end),
		cmocka_unit_test_setup_teardown(
		    what_is_no_address_is_said, begin, end),
		cmocka_unit_test_setup_teardown(
		    own_addresses_are_suggested, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
