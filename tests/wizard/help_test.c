/* There is help for everything, and every help is for something. */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>

#include "../../assets/asset.h"
#include "../../checks/dmarc.h"
#include "../../checks/finding.h"
#include "../../wizard/field.h"
#include "../../wizard/help.h"
#include "../../wizard/spf_help.h"
#include "../../wizard/step.h"

#define FOLDER "help/"

#define COLUMNS	  72 /* of a line */
#define LINES_MIN 8 /* of a text, empty ones counted */
#define LINES_MAX 25
#define TITLE_MAX 64 /* columns of the first line */

/* --- who has which --------------------------------------------------------- */

static bool
is_help(const struct asset *asset)
{
	return strncmp(asset->name, FOLDER, strlen(FOLDER)) == 0;
}

static bool *owned; /* by the place of the asset */

static int
setup(void **state)
{
	(void)state;
	owned = calloc(nassets, sizeof(owned[0]));
	return owned == NULL;
}

static int
teardown(void **state)
{
	(void)state;
	free(owned);
	return 0;
}

static void
owns(const char *text, const char *whom)
{
	if (text == NULL)
		fail_msg("%s has no help: write a text for it in assets/help/ "
			 "(names: wizard/help.c)",
		    whom);
	for (size_t i = 0; i < nassets; i++)
		if (assets[i].text == text)
			owned[i] = true;
}

static void
everything_has_help(void **state)
{
	(void)state;
	for (size_t i = F_NONE + 1; i < FINDING_COUNT; i++)
		owns(
		    help_for_finding(finding_kinds[i].id), finding_kinds[i].id);
	for (size_t i = 0; i < FIELD_COUNT; i++)
		if (fields[i].label != NULL)
			owns(help_for_field(fields[i].name), fields[i].name);
	for (int i = 0; i < DMARC_TAGS; i++) {
		char name[PLAN_WORD];

		snprintf(name, sizeof(name), "dmarc.%s",
		    dmarc_tag_name((enum dmarc_tag_id)i));
		owns(help_for_field(name), name);
	}
	for (int i = 0; i < SPF_KIND_COUNT; i++)
		owns(help_for_term((enum spf_kind)i), spf_help[i].label);
	for (int i = 0; i <= SPF_RESULT_PERMERROR; i++)
		if (qualifier_help[i].sign != NULL)
			owns(help_for_qualifier((enum spf_result)i),
			    qualifier_help[i].label);
	for (int i = 0; i < COPY_FORM_COUNT; i++)
		owns(help_for_form((enum copy_form)i),
		    copy_form_word((enum copy_form)i));
	for (size_t i = 0; i < WIZ_COUNT; i++)
		owns(help_for_step(steps[i].help), steps[i].word);
}

/* After everything_has_help(). */
static void
every_help_has_an_owner(void **state)
{
	(void)state;
	for (size_t i = 0; i < nassets; i++)
		if (is_help(&assets[i]) && !owned[i])
			fail_msg("nobody asks for assets/%s", assets[i].name);
}

static void
nothing_has_no_help(void **state)
{
	char name[512];

	(void)state;
	memset(name, 'x', sizeof(name));
	name[sizeof(name) - 1] = '\0';
	assert_null(help_for_finding(name));
	assert_null(help_for_finding("spf-no-such-thing"));
	assert_null(help_for_finding(""));
	assert_null(help_for_field("spf"));
	assert_null(help_for_qualifier(SPF_RESULT_TEMPERROR));
	assert_null(help_for_step("spf"));
}

/* --- how they are written -------------------------------------------------- */

static void
check_line(const struct asset *asset, size_t number, struct str line)
{
	const char *wrong = NULL;

	for (size_t i = 0; i < line.len; i++)
		if (line.p[i] < ' ' || line.p[i] > '~')
			wrong = "holds more than printable ASCII";
	if (line.len > COLUMNS)
		wrong = "is too long";
	if (number == 1 && (line.len == 0 || line.len > TITLE_MAX))
		wrong = "is no title";
	if (number == 2 && line.len > 0)
		wrong = "is not empty";
	if (line.len > 0 && line.p[line.len - 1] == ' ')
		wrong = "ends in a blank";
	if (wrong != NULL)
		fail_msg("assets/%s: line %zu %s", asset->name, number, wrong);
}

static void
texts_keep_their_form(void **state)
{
	(void)state;
	for (size_t i = 0; i < nassets; i++) {
		struct str rest = { assets[i].text, assets[i].len };
		size_t lines = 0;

		if (!is_help(&assets[i]))
			continue;
		while (rest.len > 0)
			check_line(&assets[i], ++lines, str_word(&rest, '\n'));
		if (lines < LINES_MIN || lines > LINES_MAX)
			fail_msg(
			    "assets/%s has %zu lines", assets[i].name, lines);
		assert_int_equal(assets[i].text[assets[i].len - 1], '\n');
		assert_null(strstr(assets[i].text, "\n\n\n"));
	}
}

/* Whoever reads a finding wants to know these. */
static void
findings_answer_the_questions(void **state)
{
	static const char *const questions[] = {
		"Why it matters",
		"To prove it",
		"ommon mistake",
	};

	(void)state;
	for (size_t i = F_NONE + 1; i < FINDING_COUNT; i++) {
		const char *id = finding_kinds[i].id;
		const char *text = help_for_finding(id);

		for (size_t j = 0; j < COUNT(questions); j++)
			if (strstr(text, questions[j]) == NULL)
				fail_msg(
				    "%s does not say: %s", id, questions[j]);
	}
}

/* --- their parts ----------------------------------------------------------- */

static void
a_text_falls_into_parts(void **state)
{
	static const char text[] = "A title\n"
				   "\n"
				   "One line\n"
				   "and one more:\n"
				   "- an item\n"
				   "  of two lines\n"
				   "- another\n"
				   "\n"
				   "    dig +short\n"
				   "    dig again\n"
				   "Behind.\n";
	static const struct help_part wanted[] = {
		{ HELP_PARAGRAPH, "One line and one more:" },
		{ HELP_ITEM, "an item of two lines" },
		{ HELP_ITEM, "another" },
		{ HELP_GAP, "" },
		{ HELP_COMMAND, "dig +short" },
		{ HELP_COMMAND, "dig again" },
		{ HELP_PARAGRAPH, "Behind." },
	};
	struct arena *arena = arena_new();
	const char *rest = help_body(text);
	struct help_part part;

	(void)state;
	assert_string_equal(help_heading(arena, text), "A title");
	for (size_t i = 0; i < COUNT(wanted); i++) {
		assert_true(help_next(arena, &rest, &part));
		assert_int_equal(part.kind, wanted[i].kind);
		assert_string_equal(part.text, wanted[i].text);
	}
	assert_false(help_next(arena, &rest, &part));
	assert_string_equal(help_body("Only a title"), "");
	arena_free(arena);
}

/* Letters that are no blanks, in order: nothing is lost on the way. */
static size_t
count_letters(const char *text)
{
	size_t letters = 0;

	for (; *text != '\0'; text++)
		letters += *text > ' ';
	return letters;
}

static void
no_letter_of_a_text_is_lost(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = F_NONE + 1; i < FINDING_COUNT; i++) {
		const char *rest =
		    help_body(help_for_finding(finding_kinds[i].id));
		size_t wanted = count_letters(rest);
		size_t letters = 0;
		struct help_part part;

		while (help_next(arena, &rest, &part)) {
			letters += count_letters(part.text);
			letters += part.kind == HELP_ITEM; /* the "-" */
			assert_null(strchr(part.text, '\n'));
		}
		assert_int_equal(letters, wanted);
	}
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_has_help),
		cmocka_unit_test(every_help_has_an_owner),
		cmocka_unit_test(nothing_has_no_help),
		cmocka_unit_test(texts_keep_their_form),
		cmocka_unit_test(findings_answer_the_questions),
		cmocka_unit_test(a_text_falls_into_parts),
		cmocka_unit_test(no_letter_of_a_text_is_lost),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
