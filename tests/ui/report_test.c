/* The checklist as text, exit statuses, and lines that are broken. */
#include "../harness/unit.h"

#include <pty.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../ui/cli.h"
#include "../../ui/report_text.h"
#include "../../ui/wrap.h"

static struct run *
begin_audit(struct audit *audit)
{
	*audit = (struct audit){ .domain = "example.org", .nsteps = 1 };
	audit->steps[0].step = STEP_SPF;
	run_begin(&audit->runs[0], NULL, 1000, -1);
	return &audit->runs[0];
}

static char *
text_of(struct audit *audit, const struct text_style *style)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	audit->steps[0].findings = audit->runs[0].report;
	report_text(out, audit, style);
	fclose(out);
	return text;
}

static const struct text_style plain = { .color = false };

static void
items_come_first(void **state)
{
	struct record published = { .name = "example.org",
		.type = RR_TXT,
		.ttl = 3600,
		.text = { "v=spf1 mx +all", 14 } };
	struct record suggested = published;
	struct audit audit;
	struct run *run = begin_audit(&audit);
	char *text;

	(void)state;
	report(run, F_SPF_PLUS_ALL, .subject = "example.org",
	    .has_record = true, .at = { 10, 14 }, .detail = { "+all" });
	report(run, F_SPF_OK, .subject = "example.org", .detail = { "1" });
	suggested.text = (struct str){ "v=spf1 mx ~all", 14 };
	audit.steps[0].published = &published;
	audit.steps[0].npublished = 1;
	audit.steps[0].suggested = &suggested;
	audit.steps[0].nsuggested = 1;
	text = text_of(&audit, &plain);
	assert_non_null(strstr(text, "\nFAIL     spf     "));
	assert_non_null(strstr(text, "\nOK       spf     "));
	assert_non_null(strstr(text, "\n1. spf-plus-all (spf, FAIL)\n"));
	assert_non_null(strstr(
	    text, "\n         v=spf1 mx +all\n                   ^^^^\n"));
	assert_non_null(
	    strstr(text, "\n  prove  dig +short TXT example.org\n"));
	assert_non_null(strstr(text, "\nv=spf1 mx ~all\n"));
	assert_non_null(
	    strstr(text, "\nexample.org. 3600 IN TXT \"v=spf1 mx ~all\"\n"));
	assert_null(strchr(text, '\033'));
	assert_non_null(strstr(text, "\nIn all:  1 FAIL  1 OK\n"));
	assert_null(strstr(text, "2. "));
	free(text);
	audit_end(&audit);
}

static void
colour_only_adds(void **state)
{
	const struct text_style colored = { .color = true };
	struct audit audit;
	struct run *run = begin_audit(&audit);
	char *text;

	(void)state;
	report(run, F_SPF_MISSING, .subject = "example.org");
	text = text_of(&audit, &colored);
	assert_non_null(strstr(text, "\033[1;37;41mFAIL\033[0m"));
	free(text);
	audit_end(&audit);
}

static const struct {
	struct str value;
	struct span at;
	const char *shown;
} faults[] = {
	{ { "v=spf1 +all", 11 }, { 7, 11 },
	    "         v=spf1 +all\n                ^^^^\n" },
	/* an octet that becomes four columns moves what stands behind it */
	{ { "a\x1b+all", 6 }, { 2, 6 },
	    "         a\\027+all\n              ^^^^\n" },
	/* something is missing at the end */
	{ { "v=spf1", 6 }, { 6, 6 }, "         v=spf1\n               ^\n" },
	{ { "v=spf1", 6 }, { 0, 0 }, "         v=spf1\n" },
	{ { "", 0 }, { 0, 0 }, "         \n" },
	{ { "v=spf1", 6 }, { 90, 99 }, "         v=spf1\n               ^\n" },
};

/* Lines end between terms, carets stay under theirs. */
#define TERM   "ip4:192.0.2.0/24 "
#define SHOWN4 "         " TERM TERM TERM "ip4:192.0.2.0/24\n"

static const struct {
	struct span at;
	const char *shown;
} broken[] = {
	{ { 51, 67 },
	    SHOWN4
	    "                                                            "
	    "^^^^^^^^^^^^^^^^\n         ip4:192.0.2.0/24\n" },
	{ { 68, 84 },
	    SHOWN4 "         ip4:192.0.2.0/24\n         ^^^^^^^^^^^^^^^^\n" },
};

static void
lines_end_between_terms(void **state)
{
	const char *record = TERM TERM TERM TERM "ip4:192.0.2.0/24";
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(broken); i++) {
		char *text = NULL;
		size_t len;
		FILE *out = open_memstream(&text, &len);

		report_fault(out, arena, str_of(record), broken[i].at);
		fclose(out);
		assert_string_equal(text, broken[i].shown);
		free(text);
	}
	arena_free(arena);
}

static void
faults_are_underlined(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(faults); i++) {
		char *text = NULL;
		size_t len;
		FILE *out = open_memstream(&text, &len);

		report_fault(out, arena, faults[i].value, faults[i].at);
		fclose(out);
		assert_string_equal(text, faults[i].shown);
		free(text);
	}
	arena_free(arena);
}

/* The carets stand under the line of the record that they are about. */
static void
long_records_are_broken(void **state)
{
	struct arena *arena = arena_new();
	char value[200];
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);
	struct str rest;

	(void)state;
	memset(value, 'a', sizeof(value));
	report_fault(out, arena, (struct str){ value, sizeof(value) },
	    (struct span){ 68, 71 });
	fclose(out);
	rest = str_of(text);
	assert_int_equal(str_word(&rest, '\n').len, 78);
	assert_int_equal(str_word(&rest, '\n').len, 78);
	assert_int_equal(str_word(&rest, '\n').len, 78);
	assert_true(str_equal(str_word(&rest, '\n'), str_of("         ^^")));
	assert_int_equal(str_word(&rest, '\n').len, 9 + 200 - 2 * 69);
	assert_int_equal(rest.len, 0);
	free(text);
	arena_free(arena);
}

/* A hostile record has room for thousands of faults. */
static void
very_many_are_cut_short(void **state)
{
	struct audit audit;
	struct run *run = begin_audit(&audit);
	char *value = arena_alloc(run->arena, 60000);
	struct record published = {
		.name = "example.org", .type = RR_TXT, .text = { value, 60000 }
	};
	char *text;

	(void)state;
	memset(value, 'a', 60000);
	for (size_t i = 0; i < 20000; i++)
		report(run, F_SPF_SYNTAX, .subject = "example.org",
		    .has_record = true, .at = { i * 3, i * 3 + 2 },
		    .detail = { "aa", "no mechanism has this name" });
	audit.steps[0].published = &published;
	audit.steps[0].npublished = 1;
	text = text_of(&audit, &plain);
	assert_true(strlen(text) < (size_t)20000 * 100);
	assert_non_null(strstr(text, "\n10. spf-syntax"));
	assert_null(strstr(text, "\n11. spf-syntax"));
	assert_non_null(
	    strstr(text, "\n19990 more of spf-syntax are listed above.\n"));
	free(text);
	audit_end(&audit);
}

static const struct {
	enum finding_code code;
	int status;
} statuses[] = {
	{ F_SPF_OK, EXIT_FINE },
	{ F_SPF_SOFTFAIL, EXIT_FINE },
	{ F_SPF_NO_ALL, EXIT_FINE },
	{ F_SPF_MISSING, EXIT_FAILED },
	{ F_DNS_FAILED, EXIT_NOT_SEEN },
	{ F_DNS_TIMEOUT, EXIT_NOT_SEEN },
	{ F_DNS_BOGUS, EXIT_NOT_SEEN },
};

static void
findings_set_the_status(void **state)
{
	struct audit audit;
	struct run *run;

	(void)state;
	for (size_t i = 0; i < COUNT(statuses); i++) {
		run = begin_audit(&audit);
		report(run, statuses[i].code, .subject = "example.org");
		audit.steps[0].findings = run->report;
		assert_int_equal(audit_exit_status(&audit), statuses[i].status);
		audit_end(&audit);
	}
	run = begin_audit(&audit);
	report(run, F_DNS_TIMEOUT, .subject = "example.org");
	report(run, F_SPF_MISSING, .subject = "example.org");
	audit.steps[0].findings = run->report;
	assert_int_equal(audit_exit_status(&audit), EXIT_FAILED);
	audit_end(&audit);
	assert_int_equal(worse_status(EXIT_NOT_SEEN, EXIT_FAILED), EXIT_FAILED);
	assert_int_equal(worse_status(EXIT_FINE, EXIT_NOT_SEEN), EXIT_NOT_SEEN);
}

static void
lines_are_broken_at_blanks(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(wrap(arena, "", 10, 2), "");
	assert_string_equal(wrap(arena, "one two", 10, 3), "one two");
	assert_string_equal(wrap(arena, "one two", 10, 4), "one\n    two");
	assert_string_equal(wrap(arena, "onetwothreefour five", 10, 1),
	    "onetwothreefour\n five");
	assert_string_equal(wrap(arena, "\xc3\xb3\xc3\xb3\xc3\xb3 two", 7, 0),
	    "\xc3\xb3\xc3\xb3\xc3\xb3 two");
	arena_free(arena);
}

static size_t
columns_of(unsigned short terminal)
{
	struct winsize size = { .ws_row = 24, .ws_col = terminal };
	size_t columns;
	int ours, its;
	FILE *out;

	assert_int_equal(openpty(&ours, &its, NULL, NULL, &size), 0);
	out = fdopen(its, "w");
	columns = wrap_columns(out);
	fclose(out);
	close(ours);
	return columns;
}

static void
lines_fit_the_terminal(void **state)
{
	FILE *file = tmpfile();

	(void)state;
	assert_int_equal(wrap_columns(file), WRAP_COLUMNS);
	fclose(file);
	assert_int_equal(columns_of(60), 59);
	assert_int_equal(columns_of(200), WRAP_COLUMNS);
	assert_int_equal(columns_of(3), 40);
	assert_int_equal(columns_of(0), WRAP_COLUMNS); /* it does not tell */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(items_come_first),
		cmocka_unit_test(colour_only_adds),
		cmocka_unit_test(lines_end_between_terms),
		cmocka_unit_test(faults_are_underlined),
		cmocka_unit_test(long_records_are_broken),
		cmocka_unit_test(very_many_are_cut_short),
		cmocka_unit_test(findings_set_the_status),
		cmocka_unit_test(lines_are_broken_at_blanks),
		cmocka_unit_test(lines_fit_the_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
