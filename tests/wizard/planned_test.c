/* What a text in DNS is, beside a record of the plan. */
#include "../harness/unit.h"

#include <string.h>

#include "../../checks/base/arena.h"
#include "../../wizard/planned.h"

#define ED  "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
#define ED2 "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURa="

static const struct {
	enum planned which;
	const char *record, *text;
	enum planned_text is;
} rows[] = {
	{ PLANNED_SPF, "v=spf1 mx -all", "V=SPF1  MX -ALL", PLANNED_TEXT_SAME },
	{ PLANNED_SPF, "v=spf1 mx -all", "v=spf1 mx ~all", PLANNED_TEXT_OTHER },
	{ PLANNED_SPF, "v=spf1 mx -all", "\"v=spf1 mx -all\"",
	    PLANNED_TEXT_ODD },
	{ PLANNED_SPF, "v=spf1 mx -all", "hello", PLANNED_TEXT_FOREIGN },

	{ PLANNED_DMARC, "v=DMARC1; p=reject; fo=1",
	    "v=DMARC1;p=reject;  fo=1;", PLANNED_TEXT_SAME },
	{ PLANNED_DMARC, "v=DMARC1; p=reject", "v=DMARC1; p=none",
	    PLANNED_TEXT_OTHER },
	{ PLANNED_DMARC, "v=DMARC1; p=reject", "\"v=DMARC1; p=reject\"",
	    PLANNED_TEXT_ODD },
	{ PLANNED_DMARC, "v=DMARC1; p=reject", "v=spf1 -all",
	    PLANNED_TEXT_FOREIGN },

	{ PLANNED_KEY, "v=DKIM1; k=ed25519; p=" ED, "k=ed25519;p=" ED,
	    PLANNED_TEXT_SAME },
	{ PLANNED_KEY, "v=DKIM1; k=ed25519; p=" ED,
	    "v=DKIM1; k=ed25519; t=y; p=" ED, PLANNED_TEXT_SAME },
	{ PLANNED_KEY, "v=DKIM1; k=ed25519; p=" ED,
	    "v=DKIM1; k=ed25519; p=" ED2, PLANNED_TEXT_OTHER },
	{ PLANNED_KEY, "v=DKIM1; k=ed25519; p=" ED,
	    "v=DKIM1; p=", PLANNED_TEXT_OTHER },
	{ PLANNED_KEY, "v=DKIM1; k=ed25519; p=" ED,
	    "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7h",
	    PLANNED_TEXT_ODD },
	{ PLANNED_KEY, "v=DKIM1; k=ed25519; p=" ED, "v=spf1 -all",
	    PLANNED_TEXT_FOREIGN },

	{ PLANNED_OLD_KEY,
	    "v=DKIM1; p=", "v=DKIM1; k=rsa; p=", PLANNED_TEXT_SAME },
	{ PLANNED_OLD_KEY, "v=DKIM1; p=", "v=DKIM1; k=ed25519; p=" ED,
	    PLANNED_TEXT_OTHER },
};

static void
texts_are_what_they_mean(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum planned_text is = planned_compare(arena, rows[i].which,
		    str_of(rows[i].text), str_of(rows[i].record));

		if (is != rows[i].is)
			fail_msg("row %zu, \"%s\": %d, not %d", i, rows[i].text,
			    (int)is, (int)rows[i].is);
	}
	arena_free(arena);
}

/* Every sentence is there, and takes what is put into it. */
static void
each_has_its_words(void **state)
{
	(void)state;
	for (int i = 0; i < PLANNED_COUNT; i++) {
		const struct planned_words *w = &planned_words[i];

		assert_true(w->step != WIZ_START);
		assert_non_null(w->label);
		assert_non_null(w->other);
		assert_non_null(w->odd);
		assert_non_null(w->none);
		assert_non_null(w->odd_now);
		assert_non_null(w->odd_do);
		assert_non_null(w->second_now);
		assert_non_null(strstr(w->second_do, "%s"));
		assert_non_null(strstr(w->publish, "%s"));
		assert_non_null(strstr(w->faulty, "%s"));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_what_they_mean),
		cmocka_unit_test(each_has_its_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
