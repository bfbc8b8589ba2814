/* Every sentence is there, and blanks are filled in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "../../checks/finding.h"
#include "../../checks/run.h"

static struct run run;

static int
setup(void **state)
{
	(void)state;
	run_begin(&run, NULL, 1000, -1);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	run_end(&run);
	return 0;
}

static void
test_every_row_has_words(void **state)
{
	(void)state;
	for (int code = 0; code < FINDING_COUNT; code++) {
		const struct finding_kind *kind = &finding_kinds[code];

		assert_non_null(kind->id);
		assert_true(kind->title != NULL && kind->title[0] != '\0');
		assert_true(kind->text != NULL && kind->text[0] != '\0');
		assert_non_null(kind->fix);
		assert_true(kind->reference != NULL &&
		    strncmp(kind->reference, "RFC ", 4) == 0);
		assert_true(kind->severity < SEV_COUNT);
		if (kind->severity >= SEV_WARN)
			assert_true(kind->fix[0] != '\0');
		assert_true(kind->title[strlen(kind->title) - 1] != '.');
		assert_null(strchr(kind->title, '!'));
		assert_null(strchr(kind->text, '!'));
		assert_null(strchr(kind->fix, '!'));
	}
}

/* No blank is left when all details are given. */
static void
test_every_blank_is_known(void **state)
{
	(void)state;
	for (int code = 1; code < FINDING_COUNT; code++) {
		struct finding finding = {
			.code = (enum finding_code)code,
			.subject = "s",
			.detail = { "a", "b", "c", "d" },
		};

		assert_null(strstr(finding_title(run.arena, &finding), "{0"));
		assert_null(
		    strstr(finding_title(run.arena, &finding), "{subj"));
		assert_null(strstr(finding_text(run.arena, &finding), "{1"));
		assert_null(strstr(finding_text(run.arena, &finding), "{subj"));
		assert_null(strstr(finding_fix(run.arena, &finding), "{subj"));
	}
}

static const struct {
	const char *id;
	enum severity severity;
} contract[] = {
	{ "dns-failed", SEV_UNKNOWN },
	{ "dns-timeout", SEV_UNKNOWN },
	{ "dns-bogus", SEV_UNKNOWN },
	{ "dns-servers-disagree", SEV_WARN },
	{ "dns-cname-conflict", SEV_WARN },
	{ "domain-missing", SEV_FAIL },
	{ "mx-no-address", SEV_FAIL },
	{ "mx-is-address", SEV_FAIL },
	{ "mx-is-cname", SEV_FAIL },
	{ "host-no-address", SEV_FAIL },
	{ "ptr-mismatch", SEV_FAIL },
	{ "mx-missing", SEV_WARN },
	{ "mx-null", SEV_WARN },
	{ "mx-private-address", SEV_WARN },
	{ "host-private-address", SEV_WARN },
	{ "ptr-missing", SEV_WARN },
	{ "ptr-generic", SEV_WARN },
	{ "helo-mismatch", SEV_WARN },
	{ "spf-missing", SEV_FAIL },
	{ "spf-multiple", SEV_FAIL },
	{ "spf-syntax", SEV_FAIL },
	{ "spf-too-many-lookups", SEV_FAIL },
	{ "spf-too-many-voids", SEV_FAIL },
	{ "spf-too-many-mx", SEV_FAIL },
	{ "spf-include-missing", SEV_FAIL },
	{ "spf-include-broken", SEV_FAIL },
	{ "spf-loop", SEV_FAIL },
	{ "spf-plus-all", SEV_FAIL },
	{ "spf-quoted", SEV_FAIL },
	{ "spf-misplaced", SEV_FAIL },
	{ "spf-no-all", SEV_WARN },
	{ "spf-neutral-all", SEV_WARN },
	{ "spf-after-all", SEV_WARN },
	{ "spf-redirect-ignored", SEV_WARN },
	{ "spf-ptr", SEV_WARN },
	{ "spf-exists-plain", SEV_WARN },
	{ "spf-unknown-modifier", SEV_WARN },
	{ "spf-private-address", SEV_WARN },
	{ "spf-wide-range", SEV_WARN },
	{ "spf-void", SEV_WARN },
	{ "spf-sender-not-covered", SEV_WARN },
	{ "spf-nobody", SEV_WARN },
	{ "spf-long", SEV_NOTE },
	{ "spf-softfail", SEV_NOTE },
	{ "spf-near-limit", SEV_NOTE },
	{ "domain-ok", SEV_PASS },
	{ "spf-ok", SEV_PASS },
};

static void
test_ids_and_severities_are_the_contract(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(contract); i++) {
		int code = 1;

		while (code < FINDING_COUNT &&
		    strcmp(finding_kinds[code].id, contract[i].id) != 0)
			code++;
		assert_true(code < FINDING_COUNT);
		assert_int_equal(
		    finding_kinds[code].severity, contract[i].severity);
	}
}

static void
test_blanks_are_filled_in(void **state)
{
	(void)state;
	report(&run, F_SPF_LOOP, .subject = "example.org",
	    .detail = { "include:example.org", "example.org" });
	assert_string_equal(finding_title(run.arena, run.report.first),
	    "\"include:example.org\" leads back to example.org, in a circle");
	report(&run, F_SPF_MISSING, .subject = "{0}%s");
	assert_string_equal(finding_title(run.arena, run.report.last),
	    "{0}%s has no SPF record");
	report(&run, F_SPF_SYNTAX);
	assert_string_equal(finding_title(run.arena, run.report.last),
	    "SPF: receivers cannot read \"\": ");
	report(&run, F_SPF_OK);
	assert_string_equal(finding_fix(run.arena, run.report.last), "");
}

static void
test_the_report_counts(void **state)
{
	(void)state;
	assert_int_equal(report_worst(&run.report), SEV_PASS);
	report(&run, F_SPF_LONG);
	assert_int_equal(report_worst(&run.report), SEV_NOTE);
	report(&run, F_SPF_PRIVATE_ADDRESS, .has_severity = true,
	    .severity = SEV_NOTE);
	assert_int_equal(run.report.count[SEV_NOTE], 2);
	report(&run, F_DNS_FAILED);
	assert_int_equal(report_worst(&run.report), SEV_UNKNOWN);
	report(&run, F_SPF_MISSING);
	assert_int_equal(report_worst(&run.report), SEV_FAIL);
	report(&run, F_SPF_OK);
	assert_int_equal(report_worst(&run.report), SEV_FAIL);
	assert_int_equal(run.report.count[SEV_PASS], 1);
	assert_string_equal(severity_word(SEV_UNKNOWN), "unknown");
}

#define TEST(function)                                                         \
	cmocka_unit_test_setup_teardown(function, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_every_row_has_words),
		TEST(test_every_blank_is_known),
		TEST(test_ids_and_severities_are_the_contract),
		TEST(test_blanks_are_filled_in),
		TEST(test_the_report_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
