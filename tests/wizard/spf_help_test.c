/* The explanations are about the terms that the parser reads. */
#include "../harness/unit.h"

#include "../../wizard/spf_help.h"

/* Every example is a term of its own kind; every word the parser's. */
static void
explanations_agree_with_the_parser(void **state)
{
	struct arena *arena = arena_new();
	struct spf_term term;

	(void)state;
	for (size_t i = 0; i < SPF_KIND_COUNT; i++) {
		const struct spf_help *help = &spf_help[i];

		assert_non_null(help->label);
		assert_non_null(help->text);
		assert_non_null(help->cost);
		if (i == SPF_BROKEN)
			continue;
		spf_parse_term(arena, str_of(help->example), &term);
		assert_int_equal(term.kind, i);
		if (i != SPF_UNKNOWN_MODIFIER)
			assert_string_equal(help->word, spf_term_kinds[i].word);
	}
	for (size_t i = 0; i < SPF_END_COUNT; i++)
		assert_non_null(ending_help[i].text);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(explanations_agree_with_the_parser),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
