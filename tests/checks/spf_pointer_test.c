/* The step "spf": where its findings point, and what they say in words. */
#include "../harness/unit.h"

#include <string.h>

#include "../harness/judged.h"
#include "spf_step.h"

/* What the finding points at. */
static const struct {
	const char *record;
	const char *id;
	const char *at;
	const char *title; /* NULL: not looked at */
} spans[] = {
	{ "v=spf1 mx +all", "spf-plus-all", "+all",
	    "\"+all\" lets everybody send as example.org" },
	{ "v=spf1  mx   ?all ", "spf-neutral-all", "?all", NULL },
	{ "v=spf1 mx ipv4:5.9.8.9 -all", "spf-syntax", "ipv4:5.9.8.9", NULL },
	{ "v=spf1 mx -all a", "spf-after-all", "a",
	    "\"a\" stands behind \"-all\" and is never reached" },
	{ "v=spf1 mx ptr:example.net -all", "spf-ptr", "ptr:example.net",
	    NULL },
	{ "v=spf1 mx ip4=5.9.8.9 -all", "spf-unknown-modifier", "ip4=5.9.8.9",
	    "\"ip4=5.9.8.9\" means nothing to receivers and is ignored" },
	{ "v=spf1 mx include:gone.example.net -all", "spf-include-missing",
	    "include:gone.example.net", NULL },
	{ "v=spf1 mx include:dead.example.net -all", "spf-include-missing",
	    "include:dead.example.net",
	    "\"include:gone.example.net\" points to a domain without an SPF "
	    "record" },
	{ "v=spf1 mx include:bad.example.net -all", "spf-include-broken",
	    "include:bad.example.net", NULL },
	{ "v=spf1 mx include:example.org -all", "spf-loop",
	    "include:example.org", NULL },
	{ "v=spf1 mx a:nope.example.net -all", "spf-void", "a:nope.example.net",
	    NULL },
	{ "v=spf1 mx ip4:5.0.0.0/8 -all", "spf-wide-range", "ip4:5.0.0.0/8",
	    "\"ip4:5.0.0.0/8\" allows a very large network: 16777216 IPv4 "
	    "addresses" },
	{ "v=spf1 mx ip4:5.9.8.5/24 -all", "spf-host-bits", "ip4:5.9.8.5/24",
	    "\"ip4:5.9.8.5/24\" means the whole network ip4:5.9.8.0/24" },
	{ "v=spf1 mx a MX -all", "spf-duplicate", "MX", NULL },
	{ "v=spf1 -all", "spf-nobody", "-all", NULL },
	{ "v=spf1 mx a include:c4.example.net a:mail.example.org "
	  "include:c1.example.net -all",
	    "spf-near-limit", "include:c4.example.net", NULL },
	{ "v=spf1 mx include:v.example.net ~all", "spf-too-many-voids",
	    "include:v.example.net", NULL },
	{ "v=spf1 mx", "spf-no-all", "v=spf1 mx", NULL },
	{ "v=spf1\\009mx -all", "spf-quoted", "\t", NULL },
	{ " v=spf1 mx -all", "spf-quoted", " ", NULL },
	{ "v=spf1mx -all", "spf-syntax", "v=spf1mx", NULL },
	{ "v=spf1 mx\\009-all", "spf-syntax", "\t", NULL },
	{ "v=spf1 mx redirect=_spf.example.net -all", "spf-redirect-ignored",
	    "redirect=_spf.example.net", NULL },
};

static size_t failures;

static void
expect(const char *record, const char *got, const char *wanted)
{
	if (strcmp(got, wanted) == 0)
		return;
	print_error("%s\n  got    %s\n  wanted %s\n", record, got, wanted);
	failures++;
}

static void
test_where_it_is(void **state)
{
	(void)state;
	failures = 0;
	for (size_t i = 0; i < COUNT(spans); i++) {
		struct judged j;
		const struct finding *finding;
		struct arena *arena = arena_new();
		struct str text;

		judge(&j,
		    arena_printf(
			arena, WORLD "@ TXT \"%s\"\n", spans[i].record),
		    STEP_SPF, NULL);
		finding = judged_finding(&j, spans[i].id);
		if (finding == NULL)
			fail_msg("%s: %s", spans[i].record, judged_ids(&j));
		assert_true(finding->has_record);
		text = j.report.published[finding->record].text;
		expect(spans[i].record,
		    str_dup(arena,
			str_slice(text, finding->at.from, finding->at.to)),
		    spans[i].at);
		if (spans[i].title != NULL)
			expect(spans[i].record, finding_title(arena, finding),
			    spans[i].title);
		judged_end(&j);
		arena_free(arena);
	}
	assert_int_equal(failures, 0);
}

/* 450 octets, with the name and all other texts there, are no matter. */
static void
test_length(void **state)
{
	static const char record[] = "v=spf1 mx -all";
	size_t fixed = strlen("example.org") + strlen(record);

	(void)state;
	for (size_t octets = 450; octets <= 451; octets++) {
		struct arena *arena = arena_new();
		int n = (int)(octets - fixed - 200);
		struct judged j;

		judge(&j,
		    arena_printf(arena,
			WORLD "@ TXT \"%s\"\n@ TXT \"%0200d\" \"%0*d\"\n",
			record, 0, n, 0),
		    STEP_SPF, NULL);
		assert_string_equal(judged_ids(&j),
		    octets > 450 ? "spf-long spf-ok" : "spf-ok");
		assert_int_equal(j.report.status, SEV_PASS);
		judged_end(&j);
		arena_free(arena);
	}
}

/* Which branch costs what is told in words. */
static void
test_the_tree_in_words(void **state)
{
	struct judged j;
	const struct finding *finding;

	(void)state;
	judge(&j,
	    RECORD("v=spf1 mx a:mail.example.org include:c4.example.net "
		   "include:c1.example.net include:c2.example.net "
		   "include:c3.example.net include:_spf.example.net a ~all"),
	    STEP_SPF, NULL);
	finding = judged_finding(&j, "spf-too-many-lookups");
	assert_non_null(finding);
	assert_string_equal(finding->detail[0], "11");
	assert_string_equal(finding->detail[1],
	    "mx 1, a:mail.example.org 1, include:c4.example.net 4 "
	    "(include:c1.example.net 1, include:c2.example.net 1, "
	    "include:c3.example.net 1), include:c1.example.net 1, "
	    "include:c2.example.net 1, include:c3.example.net 1, "
	    "include:_spf.example.net 1, a 1");
	assert_non_null(j.report.spf_cost);
	judged_end(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_where_it_is),
		cmocka_unit_test(test_length),
		cmocka_unit_test(test_the_tree_in_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
