/* Advice where a term is chosen. */
#include "../harness/unit.h"

#include <string.h>

#include "../../wizard/term_advice.h"

static const struct {
	const char *term;
	const char *advice; /* begins so; NULL: none */
} cases[] = {
	{ "mx", NULL },
	{ "ip4:192.0.2.25", NULL },
	{ "ip4:198.51.100.0/24", NULL },
	{ "ip6:2001:db8::25", NULL },
	{ "include:_spf.example.net", NULL },
	{ "exists:%{i}._spf.example.org", NULL },
	{ "-all", NULL },
	{ "~all", NULL },
	{ "-ip4:10.0.0.0/8", NULL }, /* forbids, and may */
	{ "ptr", "Do not use ptr" },
	{ "ptr:example.org", "Do not use ptr" },
	{ "exists:x.example.org", "Without a macro" },
	{ "+all", "+all lets everybody" },
	{ "all", "+all lets everybody" },
	{ "ip4:10.1.2.3", "An inside address" },
	{ "ip4:192.168.1.0/24", "An inside address" },
	{ "ip4:100.64.0.1", "An inside address" },
	{ "ip6:fd00::1", "An inside address" },
	{ "ip6:fe80::1", "An inside address" },
	{ "ip4:127.0.0.1", "This is every machine itself" },
	{ "ip4:5.0.0.0/8", "16777216 addresses" },
	{ "ip4:5.6.0.0/16", NULL },
	{ "a/8", "16777216 addresses" },
	{ "mx//16", "A network so wide" },
	{ "ip6:2a00::/12", "A network so wide" },
	{ "include:Example.org", "This is your own domain" },
	{ "redirect=example.org", "This is your own domain" },
	{ "ip4=192.0.2.1", "Receivers skip it" },
};

static void
each_has_its_advice(void **state)
{
	struct plan plan;
	struct arena *arena = arena_new();

	(void)state;
	plan_clear(&plan);
	strcpy(plan.domain, "example.org");
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct spf_term term;
		const char *advice;

		spf_parse_term(arena, str_of(cases[i].term), &term);
		advice = term_advice(arena, &plan, &term);
		if ((advice == NULL) != (cases[i].advice == NULL) ||
		    (advice != NULL &&
			strncmp(advice, cases[i].advice,
			    strlen(cases[i].advice)) != 0))
			fail_msg("%s: %s", cases[i].term,
			    advice == NULL ? "-" : advice);
	}
	arena_free(arena);
}

static void
the_limit_is_spoken_of_when_it_is_near(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_null(term_pressure(arena, SPF_INCLUDE, 7));
	assert_non_null(
	    strstr(term_pressure(arena, SPF_INCLUDE, 9), "room for 1"));
	assert_non_null(strstr(term_pressure(arena, SPF_A, 10), "give up"));
	assert_null(term_pressure(arena, SPF_IP4, 12));
	assert_null(term_pressure(arena, SPF_EXP, 12));
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_has_its_advice),
		cmocka_unit_test(the_limit_is_spoken_of_when_it_is_near),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
