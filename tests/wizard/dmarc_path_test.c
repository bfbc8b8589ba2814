/* The way to a policy that protects; alignment; what tags mean. */
#include "../harness/unit.h"

#include <string.h>

#include "../../checks/dmarc_value.h"
#include "../../wizard/dmarc_help.h"
#include "../../wizard/dmarc_path.h"
#include "../../wizard/dmarc_plan.h"

#define DAY 86400
#define NOW 1795515600 /* a day in 2026 */

static struct plan plan;

static void
plan_of(const char *record)
{
	plan_clear(&plan);
	strcpy(plan.domain, "example.org");
	assert_true(dmarc_plan_take(&plan, str_of(record)));
}

/* The same record is seen in DNS. */
static bool
note(const char *record, int64_t now)
{
	struct arena *arena = arena_new();
	struct dmarc_record read;
	bool changed;

	assert_true(dmarc_read(arena, str_of(record), &read));
	changed = dmarc_path_note(&plan, &read, now);
	arena_free(arena);
	return changed;
}

static struct dmarc_path
at(enum dmarc_green spf, enum dmarc_green dkim, int64_t now)
{
	return dmarc_path_at(&plan, spf, dkim, now);
}

#define REPORTS "v=DMARC1; p=none; rua=mailto:a@example.org"

static void
the_next_stage_has_its_day(void **state)
{
	struct dmarc_path path;

	(void)state;
	plan_of(REPORTS);
	assert_true(note(REPORTS, NOW));
	assert_false(note(REPORTS, NOW + DAY));
	path = at(GREEN_YES, GREEN_YES, NOW + DAY);
	assert_int_equal(path.published, STAGE_REPORTS);
	assert_int_equal(path.next, STAGE_TRY_QUARANTINE);
	assert_int_equal(path.due, NOW + 14 * DAY);
	assert_false(path.waited);
	assert_false(path.advised);
	path = at(GREEN_YES, GREEN_YES, NOW + 14 * DAY);
	assert_true(path.waited);
	assert_true(path.advised);
	assert_false(path.jumps);
	/* The day is counted anew once DNS has the next one. */
	assert_true(note("v=DMARC1; p=quarantine; t=y", NOW + 15 * DAY));
	path = at(GREEN_YES, GREEN_YES, NOW + 15 * DAY);
	assert_int_equal(path.due, NOW + 22 * DAY);
	assert_int_equal(path.next, STAGE_QUARANTINE);
}

static void
it_is_advised_when_all_is_green(void **state)
{
	const int64_t later = NOW + 60 * DAY;

	(void)state;
	plan_of(REPORTS);
	note(REPORTS, NOW);
	assert_false(at(GREEN_NO, GREEN_YES, later).advised);
	assert_non_null(strstr(at(GREEN_NO, GREEN_YES, later).obstacle, "SPF"));
	assert_non_null(
	    strstr(at(GREEN_YES, GREEN_NO, later).obstacle, "DKIM"));
	assert_non_null(
	    strstr(at(GREEN_YES, GREEN_UNKNOWN, later).obstacle, "not known"));
	assert_true(at(GREEN_YES, GREEN_YES, later).advised);
	field_clear(&plan, FIELD_DMARC_RUA);
	assert_non_null(
	    strstr(at(GREEN_YES, GREEN_YES, later).obstacle, "rua"));
}

static void
a_jump_is_told_and_not_forbidden(void **state)
{
	struct dmarc_path path;

	(void)state;
	plan_of(REPORTS);
	note(REPORTS, NOW);
	dmarc_path_take(&plan, STAGE_REJECT);
	assert_string_equal(plan.dmarc.p, "reject");
	path = at(GREEN_YES, GREEN_YES, NOW + 60 * DAY);
	assert_int_equal(path.planned, STAGE_REJECT);
	assert_true(path.jumps);
	dmarc_path_take(&plan, STAGE_TRY_QUARANTINE);
	assert_string_equal(plan.dmarc.t, "y");
	assert_false(at(GREEN_YES, GREEN_YES, NOW + 60 * DAY).jumps);
	assert_true(at(GREEN_YES, GREEN_YES, NOW).jumps); /* too early */
	assert_true(at(GREEN_NO, GREEN_YES, NOW + 60 * DAY).jumps);
	/* Back is never a jump. */
	note("v=DMARC1; p=reject", NOW);
	assert_false(at(GREEN_NO, GREEN_NO, NOW).jumps);
}

static void
it_begins_and_it_ends(void **state)
{
	struct dmarc_path path;

	(void)state;
	plan_clear(&plan);
	path = at(GREEN_UNKNOWN, GREEN_UNKNOWN, NOW);
	assert_int_equal(path.published, STAGE_UNKNOWN);
	assert_int_equal(path.planned, STAGE_UNKNOWN);
	assert_int_equal(path.next, STAGE_REPORTS);
	assert_true(path.advised); /* reports need nothing */
	plan_of("v=DMARC1; p=reject; rua=mailto:a@example.org");
	note("v=DMARC1; p=reject", NOW);
	path = at(GREEN_YES, GREEN_YES, NOW + 99 * DAY);
	assert_int_equal(path.next, STAGE_REJECT);
	assert_int_equal(path.due, 0);
	assert_false(path.advised);
	assert_null(path.obstacle);
	/* It was taken out again. */
	assert_true(dmarc_path_note(&plan, NULL, NOW));
	assert_int_equal(plan.dmarc.since, 0);
}

/* Every value explained is one that the judge takes, and all are. */
static void
explanations_agree_with_the_judge(void **state)
{
	(void)state;
	for (int i = 0; i < DMARC_TAGS; i++) {
		enum dmarc_tag_id id = (enum dmarc_tag_id)i;
		const struct dmarc_tag_help *help = &dmarc_tag_help[i];

		assert_non_null(help->label);
		assert_non_null(help->text);
		assert_true(dmarc_value_is_valid(id, str_of(help->example)));
		for (size_t j = 0; j < dmarc_help_values(id); j++) {
			struct str value = str_of(help->values[j].value);

			assert_non_null(help->values[j].text);
			assert_true(value.len == 0
				? help->values[j].label != NULL
				: dmarc_value_is_valid(id, value));
			assert_ptr_equal(
			    dmarc_help_value(id, value), &help->values[j]);
		}
		/* What was taken out says what older receivers do. */
		if (dmarc_tag_is_removed(id))
			assert_non_null(help->older);
	}
	assert_int_equal(dmarc_help_values(DMARC_P), 3);
	assert_int_equal(dmarc_help_values(DMARC_FO), 4);
	assert_int_equal(dmarc_help_values(DMARC_RUA), 0);
	assert_null(dmarc_help_value(DMARC_P, str_of("x")));
	assert_non_null(dmarc_help_value(DMARC_P, str_of("Reject")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_next_stage_has_its_day),
		cmocka_unit_test(it_is_advised_when_all_is_green),
		cmocka_unit_test(a_jump_is_told_and_not_forbidden),
		cmocka_unit_test(it_begins_and_it_ends),
		cmocka_unit_test(explanations_agree_with_the_judge),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
