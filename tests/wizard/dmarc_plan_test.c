/* The DMARC record of a plan: taken, changed, printed, read again. */
#include "../harness/unit.h"

#include <string.h>

#include "../../wizard/dmarc_plan.h"
#include "../../wizard/plan_file.h"
#include "../../wizard/report_address.h"

static struct plan plan, again;

static const char *
text_of(struct arena *arena, const struct plan *p)
{
	return dmarc_plan_text(arena, p);
}

static int
setup(void **state)
{
	*state = arena_new();
	plan_clear(&plan);
	strcpy(plan.domain, "example.org");
	return 0;
}

static int
teardown(void **state)
{
	arena_free(*state);
	return 0;
}

static void
set(enum dmarc_tag_id id, const char *value)
{
	char problem[PLAN_TEXT];

	if (!dmarc_plan_set(&plan, id, str_of(value), problem))
		fail_msg("%s", problem);
}

/* --- taking -------------------------------------------------------------- */

static void
what_was_found_is_kept(void **state)
{
	static const char *const records[][2] = {
		{ "v=DMARC1; p=none", NULL },
		{ "v=DMARC1;p=Reject;sp=none ; np=quarantine;",
		    "v=DMARC1; p=Reject; sp=none; np=quarantine" },
		/* Defaults that somebody wrote stay written. */
		{ "v=DMARC1; p=none; adkim=r; aspf=r; t=n; psd=u; fo=0", NULL },
		{ "v=DMARC1; p=reject; rua=mailto:a@example.org!10m,"
		  "mailto:b@example.net; ruf=mailto:c@example.org; fo=1:d:s; "
		  "pct=50; rf=afrf; ri=3600; x=1; y=a b",
		    NULL },
		{ "v=DMARC1; ri=1; p=none", "v=DMARC1; p=none; ri=1" },
		/* Faults stay too; receivers take the first of two. */
		{ "v=DMARC1; p=nnoe; rua=a@example.org; hm", NULL },
		{ "v=DMARC1; p=none; p=reject", "v=DMARC1; p=none" },
		{ "v=DMARC1", NULL },
	};

	for (size_t i = 0; i < COUNT(records); i++) {
		const char *wanted =
		    records[i][1] == NULL ? records[i][0] : records[i][1];

		assert_true(dmarc_plan_take(&plan, str_of(records[i][0])));
		assert_string_equal(text_of(*state, &plan), wanted);
		again = plan;
		assert_true(
		    dmarc_plan_take(&again, str_of(text_of(*state, &plan))));
		assert_memory_equal(&again, &plan, sizeof(plan));
	}
}

static void
the_plan_file_keeps_it_too(void **state)
{
	struct plan_kept kept = { 0 };
	char problem[PLAN_TEXT];
	const char *file;

	assert_true(dmarc_plan_take(&plan,
	    str_of("v=DMARC1; p=quarantine; t=y; rua=broken@; ruf=mailto:"
		   "a@example.org; fo=d; pct=7; what\x1b=ever")));
	plan.dmarc.stage = STAGE_TRY_QUARANTINE;
	plan.dmarc.since = 1780000000;
	file = plan_file_write(*state, &plan, &kept);
	assert_null(strchr(file, '\x1b'));
	assert_int_equal(
	    plan_file_read(str_of(file), &again, &kept, problem), PLAN_READ_OK);
	assert_memory_equal(&again, &plan, sizeof(plan));
	/* Lines written by hand are a record as well. */
	assert_int_equal(
	    plan_file_read(str_of("# mailwizard plan 1\ndmarc.p = none\n"),
		&again, &kept, problem),
	    PLAN_READ_OK);
	assert_string_equal(text_of(*state, &again), "v=DMARC1; p=none");
}

static void
what_does_not_fit_changes_nothing(void **state)
{
	static char longer[600] = "v=DMARC1; p=none; x=";

	memset(longer + 20, 'y', sizeof(longer) - 21);
	assert_true(dmarc_plan_take(&plan, str_of("v=DMARC1; p=none")));
	again = plan;
	assert_false(dmarc_plan_take(&plan, str_of(longer)));
	assert_false(dmarc_plan_take(&plan, str_of("v=spf1 -all")));
	assert_false(dmarc_plan_take(&plan, str_of("")));
	assert_false(
	    dmarc_plan_take(&plan, (struct str){ "v=DMARC1; p=re\0ject", 20 }));
	assert_memory_equal(&again, &plan, sizeof(plan));
	(void)state;
}

static void
a_first_record_asks_for_reports(void **state)
{
	assert_string_equal(text_of(*state, &plan), "");
	dmarc_plan_propose(&plan);
	assert_string_equal(text_of(*state, &plan),
	    "v=DMARC1; p=none; rua=mailto:dmarc-reports@example.org");
	plan.sends_nothing = true;
	dmarc_plan_propose(&plan);
	assert_string_equal(text_of(*state, &plan), "v=DMARC1; p=reject");
}

/* --- changing ------------------------------------------------------------ */

static void
only_what_differs_is_written(void **state)
{
	dmarc_plan_propose(&plan);
	field_clear(&plan, FIELD_DMARC_RUA);
	set(DMARC_ADKIM, "s");
	set(DMARC_T, "y");
	set(DMARC_NP, "reject");
	set(DMARC_PCT, "20");
	assert_string_equal(text_of(*state, &plan),
	    "v=DMARC1; p=none; np=reject; adkim=s; t=y; pct=20");
	set(DMARC_ADKIM, "r");
	set(DMARC_T, "N");
	set(DMARC_NP, "");
	set(DMARC_PCT, "100");
	assert_string_equal(text_of(*state, &plan), "v=DMARC1; p=none");
}

static void
what_receivers_go_by(void **state)
{
	(void)state;
	assert_true(dmarc_plan_take(&plan, str_of("v=DMARC1; p=reject")));
	assert_string_equal(dmarc_plan_meaning(&plan, DMARC_NP), "reject");
	assert_string_equal(dmarc_plan_meaning(&plan, DMARC_ASPF), "r");
	assert_string_equal(dmarc_plan_meaning(&plan, DMARC_RI), "86400");
	set(DMARC_SP, "none");
	assert_string_equal(dmarc_plan_meaning(&plan, DMARC_NP), "none");
	assert_true(
	    dmarc_plan_take(&plan, str_of("v=DMARC1; p=reject; aspf=x")));
	assert_string_equal(dmarc_plan_meaning(&plan, DMARC_ASPF), "r");
	assert_true(dmarc_plan_has(&plan, DMARC_ASPF));
	assert_false(dmarc_plan_has(&plan, DMARC_ADKIM));
}

static void
wrong_values_change_nothing(void **state)
{
	static const struct {
		enum dmarc_tag_id id;
		const char *value;
		const char *says;
	} wrong[] = {
		{ DMARC_P, "", "none" },
		{ DMARC_P, "rejekt", "quarantine" },
		{ DMARC_ADKIM, "relaxed", "adkim=" },
		{ DMARC_T, "yes", "t=" },
		{ DMARC_PSD, "x", "psd=" },
		{ DMARC_FO, "0:1", "fo=" },
		{ DMARC_PCT, "101", "pct=" },
		{ DMARC_RUA, "x", "single" },
		{ DMARC_SP, "none; p=none", "sp=" },
	};
	char problem[PLAN_TEXT];

	(void)state;
	dmarc_plan_propose(&plan);
	again = plan;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		assert_false(dmarc_plan_set(
		    &plan, wrong[i].id, str_of(wrong[i].value), problem));
		assert_non_null(strstr(problem, wrong[i].says));
	}
	assert_memory_equal(&again, &plan, sizeof(plan));
}

static void
kinds_of_failure_reports(void **state)
{
	(void)state;
	dmarc_plan_propose(&plan);
	assert_true(dmarc_plan_fo(&plan, '0'));
	dmarc_plan_toggle_fo(&plan, '1');
	assert_string_equal(plan.dmarc.fo, "1");
	dmarc_plan_toggle_fo(&plan, 's');
	dmarc_plan_toggle_fo(&plan, 'd');
	assert_string_equal(plan.dmarc.fo, "1:d:s");
	dmarc_plan_toggle_fo(&plan, '0');
	assert_string_equal(plan.dmarc.fo, "0:d:s");
	dmarc_plan_toggle_fo(&plan, '0');
	dmarc_plan_toggle_fo(&plan, 'd');
	assert_string_equal(plan.dmarc.fo, "s");
	dmarc_plan_toggle_fo(&plan, 's');
	assert_string_equal(plan.dmarc.fo, "");
	assert_true(dmarc_plan_fo(&plan, '0'));
}

/* --- where reports go ---------------------------------------------------- */

static void
others_have_to_agree(void **state)
{
	static const char *const inside[] = { "mailto:a@example.org",
		"mailto:a@Mail.Example.org!10m", "broken@", "",
		"https://example.net/" };

	assert_string_equal(
	    dmarc_plan_consent(*state, &plan, "mailto:a@example.net"),
	    "example.org._report._dmarc.example.net");
	for (size_t i = 0; i < COUNT(inside); i++)
		assert_null(dmarc_plan_consent(*state, &plan, inside[i]));
	strcpy(plan.domain, "news.example.org");
	assert_null(dmarc_plan_consent(*state, &plan, "mailto:a@example.org"));
}

static void
addresses_as_people_type_them(void **state)
{
	static const struct {
		const char *typed, *value, *told, *problem;
	} cases[] = {
		{ "", "", "", "" },
		{ "a@example.org", "mailto:a@example.org", "mailto:", "" },
		{ " mailto:a@example.org ", "mailto:a@example.org", "", "" },
		{ "mailto:a@example.org!10m", "mailto:a@example.org!10m",
		    "!10m", "" },
		{ "a", "", "", "Reports cannot be sent there" },
		{ "a@", "", "", "Reports cannot be sent there" },
		{ "mailto:a@example.org,mailto:b@example.org", "", "",
		    "more than one" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct judged judged = { 0 };

		judge_report_address(*state, str_of(cases[i].typed), &judged);
		if (strcmp(judged.value, cases[i].value) != 0 ||
		    strstr(judged.told, cases[i].told) == NULL ||
		    strstr(judged.problem, cases[i].problem) == NULL ||
		    (judged.problem[0] == '\0') !=
			(cases[i].problem[0] == '\0'))
			fail_msg("%s: \"%s\", told \"%s\", problem \"%s\"",
			    cases[i].typed, judged.value, judged.told,
			    judged.problem);
	}
}

static void
the_same_said_otherwise(void **state)
{
	(void)state;
	assert_true(dmarc_same_record(
	    str_of("v=DMARC1;p=none;"), str_of("v=DMARC1; p = none")));
	assert_true(dmarc_same_record(str_of("v=DMARC1; fo=1; p=none; x=1"),
	    str_of("v=DMARC1; x=1; p=none; fo=1")));
	assert_false(dmarc_same_record(
	    str_of("v=DMARC1; p=none"), str_of("v=DMARC1; p=reject")));
	assert_false(dmarc_same_record(str_of("x"), str_of("x")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_was_found_is_kept),
		TEST(the_plan_file_keeps_it_too),
		TEST(what_does_not_fit_changes_nothing),
		TEST(a_first_record_asks_for_reports),
		TEST(only_what_differs_is_written),
		TEST(what_receivers_go_by),
		TEST(wrong_values_change_nothing),
		TEST(kinds_of_failure_reports),
		TEST(others_have_to_agree),
		TEST(addresses_as_people_type_them),
		TEST(the_same_said_otherwise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
