/* Reading what was written gives the same record. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "../../checks/spf.h"

static const struct {
	const char *text;
	const char *printed; /* NULL: the same */
} cases[] = {
	{ "v=spf1", NULL },
	{ "v=spf1 mx ip4:192.0.2.0/24 -all", NULL },
	{ "V=SPF1 +MX ~All", "v=spf1 mx ~all" },
	{ "v=spf1   a  ?all  ", "v=spf1 a ?all" },
	{ "v=spf1 a:mail.example.org/28//64 ?all", NULL },
	{ "v=spf1 a/32//128 mx/32 mx//128", "v=spf1 a mx mx" },
	{ "v=spf1 a/0 a//0 mx/0//0", NULL },
	{ "v=spf1 ip4:192.0.2.5/32 ip4:192.0.2.5/31",
	    "v=spf1 ip4:192.0.2.5 ip4:192.0.2.5/31" },
	{ "v=spf1 ip6:2001:DB8:0:0::1/128 ip6:::/0",
	    "v=spf1 ip6:2001:db8::1 ip6:::/0" },
	{ "v=spf1 -include:X.example ~ptr ptr:y.example exists:%{I}.z.example",
	    NULL },
	{ "v=spf1 mx REDIRECT=x.example EXP=y.example",
	    "v=spf1 mx redirect=x.example exp=y.example" },
	{ "v=spf1 Moo=CoW x= ip4=1 -all", NULL },
	{ "v=spf1 ip4:192.0.2.300 moo ALL:x -all", NULL },
	{ "v=spf1 mx\t-all\r\n", "v=spf1 mx -all" },
	{ "v=spf1 exp=a.b exp=a.b", NULL },
};

static void
same_record(const struct spf_record *a, const struct spf_record *b)
{
	assert_int_equal(a->nterms, b->nterms);
	for (size_t i = 0; i < a->nterms; i++) {
		const struct spf_term *x = &a->terms[i];
		const struct spf_term *y = &b->terms[i];

		assert_int_equal(x->kind, y->kind);
		assert_int_equal(x->qualifier, y->qualifier);
		assert_true(str_equal(x->domain, y->domain));
		assert_true(ip_equal(x->ip, y->ip));
		assert_int_equal(x->bits4, y->bits4);
		assert_int_equal(x->bits6, y->bits6);
		assert_true(x->problem == y->problem);
	}
}

static void
test_print(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena *arena = arena_new();
		const char *wanted =
		    cases[i].printed != NULL ? cases[i].printed : cases[i].text;
		struct spf_record record;
		struct spf_record again;
		const char *printed;

		spf_parse(arena, str_of(cases[i].text), &record);
		printed = spf_print(arena, &record);
		assert_string_equal(printed, wanted);
		spf_parse(arena, str_of(printed), &again);
		same_record(&record, &again);
		assert_string_equal(spf_print(arena, &again), printed);
		arena_free(arena);
	}
}

/* The wizard makes terms that never stood in a text. */
static void
test_made_terms(void **state)
{
	struct arena *arena = arena_new();
	struct spf_term terms[] = {
		{ .kind = SPF_IP4,
		    .qualifier = SPF_RESULT_PASS,
		    .bits4 = 28,
		    .bits6 = 128 },
		{ .kind = SPF_INCLUDE,
		    .qualifier = SPF_RESULT_NEUTRAL,
		    .domain = str_of("x.example"),
		    .bits4 = 32,
		    .bits6 = 128 },
		{ .kind = SPF_ALL, .qualifier = SPF_RESULT_SOFTFAIL },
	};
	struct spf_record record = { .terms = terms, .nterms = COUNT(terms) };

	(void)state;
	assert_true(ip_parse(str_of("192.0.2.16"), &terms[0].ip));
	assert_string_equal(spf_print(arena, &record),
	    "v=spf1 ip4:192.0.2.16/28 ?include:x.example ~all");
	assert_string_equal(
	    spf_print_term(arena, &terms[1]), "?include:x.example");
	arena_free(arena);
}

static void
test_words(void **state)
{
	(void)state;
	assert_string_equal(spf_result_word(SPF_RESULT_NONE), "none");
	assert_string_equal(spf_result_word(SPF_RESULT_NEUTRAL), "neutral");
	assert_string_equal(spf_result_word(SPF_RESULT_PASS), "pass");
	assert_string_equal(spf_result_word(SPF_RESULT_FAIL), "fail");
	assert_string_equal(spf_result_word(SPF_RESULT_SOFTFAIL), "softfail");
	assert_string_equal(spf_result_word(SPF_RESULT_TEMPERROR), "temperror");
	assert_string_equal(spf_result_word(SPF_RESULT_PERMERROR), "permerror");
	assert_int_equal(spf_qualifier_sign(SPF_RESULT_PASS), '+');
	assert_int_equal(spf_qualifier_sign(SPF_RESULT_FAIL), '-');
	assert_int_equal(spf_qualifier_sign(SPF_RESULT_SOFTFAIL), '~');
	assert_int_equal(spf_qualifier_sign(SPF_RESULT_NEUTRAL), '?');
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_print),
		cmocka_unit_test(test_made_terms),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
