/* Results as JSON: keys, order and escapes of CONTRACT section 3. */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>

#include "../../ui/json.h"
#include "../harness/command.h"

/* A run that asks nobody, for reports made by hand. */
static struct run *
begin_audit(struct audit *audit)
{
	*audit = (struct audit){
		.domain = "example.org",
		.checked_at = 1795514400, /* 2026-11-24 10:00 UTC */
		.nsteps = 1,
	};
	audit->steps[0].step = STEP_SPF;
	run_begin(&audit->runs[0], NULL, 1000, -1);
	return &audit->runs[0];
}

static void
take_report(struct audit *audit)
{
	struct step_report *report = &audit->steps[0];

	report->findings = audit->runs[0].report;
	report->status = report_worst(&report->findings);
}

static void
keys_stand_in_order(void **state)
{
	static struct record published = {
		.name = "example.org",
		.type = RR_TXT,
		.ttl = 3600,
		.text = { "v=spf1 mx +all", 14 },
	};
	static struct record suggested = {
		.name = "example.org",
		.type = RR_TXT,
		.ttl = 3600,
		.text = { "v=spf1 mx ~all", 14 },
	};
	struct audit audit;
	struct run *run = begin_audit(&audit);
	struct finding f = {
		.code = F_SPF_PLUS_ALL,
		.subject = "example.org",
		.has_record = true,
		.at = { 10, 14 },
		.detail = { "+all" },
	};
	const char *wanted;
	char *line;

	(void)state;
	report_add(run, f);
	audit.steps[0].published = &published;
	audit.steps[0].npublished = 1;
	audit.steps[0].suggested = &suggested;
	audit.steps[0].nsuggested = 1;
	take_report(&audit);
	line = json_audit("check", &audit, NULL);
	wanted = arena_printf(run->arena,
	    "{\"mailwizard\": \"" MAILWIZARD_VERSION
	    "\", \"command\": \"check\", \"domain\": \"example.org\", "
	    "\"checked_at\": \"2026-11-24T10:00:00Z\", \"steps\": [{\"step\": "
	    "\"spf\", \"status\": \"fail\", \"published\": [{\"name\": "
	    "\"example.org\", \"type\": \"TXT\", \"ttl\": 3600, \"value\": "
	    "\"v=spf1 mx +all\"}], \"suggested\": [{\"name\": \"example.org\", "
	    "\"type\": \"TXT\", \"ttl\": 3600, \"value\": \"v=spf1 mx "
	    "~all\"}], \"findings\": [{\"id\": \"spf-plus-all\", \"severity\": "
	    "\"fail\", \"subject\": \"example.org\", \"title\": ");
	assert_int_equal(strncmp(line, wanted, strlen(wanted)), 0);
	wanted = "\"record\": 0, \"from\": 10, \"to\": 14}]}], \"summary\": "
		 "{\"pass\": 0, \"note\": 0, \"warn\": 0, \"unknown\": 0, "
		 "\"fail\": 1}}";
	assert_non_null(strstr(line, "\", \"text\": \""));
	assert_non_null(strstr(line, "\", \"fix\": \""));
	assert_non_null(strstr(line, "\", \"reference\": \"RFC 7208"));
	assert_string_equal(line + strlen(line) - strlen(wanted), wanted);
	free(line);
	audit_end(&audit);
}

/* Nothing from outside can steer a terminal, or break the JSON. */
static void
odd_octets_are_escaped(void **state)
{
	static const char octets[] = "v=spf1 \0\x1b[2J\x9b\xe2\x80\xae\\\"";
	struct record published = {
		.name = "example.org",
		.type = RR_TXT,
		.text = { octets, sizeof(octets) - 1 },
	};
	struct audit audit;
	char *line;

	(void)state;
	begin_audit(&audit);
	audit.steps[0].published = &published;
	audit.steps[0].npublished = 1;
	take_report(&audit);
	line = json_audit("spf", &audit, NULL);
	assert_non_null(strstr(line,
	    "\"value\": \"v=spf1 \\\\000\\\\027[2J\\\\155\\\\226\\\\128"
	    "\\\\174\\\\\\\\\\\"\""));
	for (const char *p = line; *p != '\0'; p++)
		assert_true(*p >= ' ' && *p <= '~');
	free(line);
	audit_end(&audit);
}

static void
nothing_is_null_or_empty(void **state)
{
	struct audit audit;
	struct run *run = begin_audit(&audit);
	char *line;

	(void)state;
	report_add(run, (struct finding){ .code = F_SPF_SOFTFAIL });
	take_report(&audit);
	line = json_audit("check", &audit, NULL);
	assert_non_null(strstr(line,
	    "\"status\": \"pass\", \"published\": [], "
	    "\"suggested\": [], \"findings\": ["));
	assert_non_null(strstr(
	    line, "\"severity\": \"note\", \"subject\": null, \"title\""));
	assert_non_null(
	    strstr(line, "\"record\": null, \"from\": null, \"to\": null"));
	free(line);
	audit_end(&audit);
}

/* What was saved then and what is now; only steps that both looked at. */
static void
changes_are_told(void **state)
{
	const char *path = command_file("saved.json",
	    "{\"domain\": \"other.example\", \"steps\": []}\n"
	    "{\"domain\": \"example.org\", \"checked_at\": \"2026-11-23\", "
	    "\"steps\": [{\"step\": \"spf\", \"findings\": ["
	    "{\"id\": \"spf-missing\", \"severity\": \"fail\", "
	    "\"subject\": \"example.org\", \"title\": \"no record\"}, "
	    "{\"id\": \"spf-softfail\", \"severity\": \"note\", "
	    "\"subject\": \"example.org\", \"title\": \"soft\"}, "
	    "{\"id\": \"spf-ok\", \"severity\": \"pass\", "
	    "\"subject\": \"example.org\", \"title\": \"ok\"}]}, "
	    "{\"step\": \"domain\", \"findings\": [{\"id\": \"mx-null\", "
	    "\"severity\": \"warn\", \"subject\": null}]}]}\n");
	struct audit audit;
	struct run *run = begin_audit(&audit);
	struct saved saved;
	char *line;

	(void)state;
	assert_null(json_read_saved(run->arena, path, "example.org", &saved));
	report(run, F_SPF_SOFTFAIL, .subject = "example.org");
	report(run, F_SPF_NO_ALL, .subject = "example.org");
	take_report(&audit);
	line = json_audit("check", &audit, &saved);
	assert_non_null(strstr(line,
	    "}, \"since\": {\"checked_at\": \"2026-11-23\", \"new\": "
	    "[{\"step\": \"spf\", \"id\": \"spf-no-all\", \"severity\": "
	    "\"warn\", \"subject\": \"example.org\", \"title\": "));
	assert_non_null(strstr(line,
	    "}], \"gone\": [{\"step\": \"spf\", \"id\": \"spf-missing\", "
	    "\"severity\": \"fail\", \"subject\": \"example.org\", "
	    "\"title\": \"no record\"}]}}"));
	free(line);
	audit_end(&audit);
}

static const struct {
	const char *text;
	const char *says;
} unusable[] = {
	{ "", "has no result" },
	{ "{\"domain\": \"other.example\", \"steps\": []}", "has no result" },
	{ "[1, 2]", "has no result" },
	{ "{\"domain\": 3}", "has no result" },
	{ "v=spf1 -all\n", "is no JSON" },
	{ "{\"domain\": \"\xff\"}", "is no JSON" },
};

static void
unusable_files_are_refused(void **state)
{
	struct arena *arena = arena_new();
	struct saved saved;

	(void)state;
	for (size_t i = 0; i < COUNT(unusable); i++) {
		const char *problem = json_read_saved(arena,
		    command_file("unusable.json", unusable[i].text),
		    "example.org", &saved);

		if (problem == NULL ||
		    strstr(problem, unusable[i].says) == NULL)
			fail_msg("%s: %s", unusable[i].text, problem);
	}
	assert_non_null(
	    json_read_saved(arena, "/nowhere", "example.org", &saved));
	arena_free(arena);
}

static void
verdicts_have_their_tree(void **state)
{
	struct spf_branch below = { .term = "a:b.example",
		.domain = "b.example",
		.lookups = 1,
		.voids = 1 };
	struct spf_branch top = { .term = "include:a.example",
		.domain = "a.example",
		.lookups = 2,
		.voids = 1,
		.below = &below };
	struct spf_verdict verdict = { .result = SPF_RESULT_FAIL,
		.explanation = "go\x1b"
			       "away",
		.reason = "-all matched",
		.term = "-all",
		.lookups = 2,
		.voids = 1,
		.tree = &top };
	char *line = json_spf("example.org", &verdict);

	(void)state;
	assert_string_equal(line,
	    "{\"mailwizard\": \"" MAILWIZARD_VERSION
	    "\", \"command\": \"spf\", \"domain\": \"example.org\", "
	    "\"result\": \"fail\", \"explanation\": \"go\\\\027away\", "
	    "\"reason\": \"-all matched\", \"term\": \"-all\", \"lookups\": 2, "
	    "\"void_lookups\": 1, \"tree\": [{\"term\": \"include:a.example\", "
	    "\"domain\": \"a.example\", \"lookups\": 2, \"voids\": 1, "
	    "\"tree\": [{\"term\": \"a:b.example\", \"domain\": "
	    "\"b.example\", \"lookups\": 1, \"voids\": 1, \"tree\": []}]}]}");
	free(line);

	verdict = (struct spf_verdict){ .result = SPF_RESULT_NONE };
	line = json_spf("\xff", &verdict);
	assert_non_null(strstr(line, "\"domain\": \"\\\\255\""));
	assert_non_null(strstr(line,
	    "\"explanation\": null, \"reason\": null, \"term\": null, "
	    "\"lookups\": 0, \"void_lookups\": 0, \"tree\": []}"));
	free(line);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_stand_in_order),
		cmocka_unit_test(odd_octets_are_escaped),
		cmocka_unit_test(nothing_is_null_or_empty),
		cmocka_unit_test(changes_are_told),
		cmocka_unit_test(unusable_files_are_refused),
		cmocka_unit_test(verdicts_have_their_tree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
