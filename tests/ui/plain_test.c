/* Plain mode's lines: broken at the right column, and never anything else. */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>

#include "../../checks/base/str.h"
#include "../../ui/plain.h"
#include "../../ui/plain_text.h"

/* What is printed in between goes to a text. */
static FILE *real_stdout;
static char *printed;
static size_t printed_len;

static void
catch_stdout(void)
{
	free(printed);
	printed = NULL;
	real_stdout = stdout;
	stdout = open_memstream(&printed, &printed_len);
	assert_non_null(stdout);
}

static const char *
caught(void)
{
	fclose(stdout);
	stdout = real_stdout;
	return printed;
}

static size_t
columns(const char *line)
{
	size_t n = 0;

	for (; *line != '\0' && *line != '\n'; line++)
		n += ((unsigned char)*line & 0xc0) != 0x80;
	return n;
}

static const struct {
	const char *first, *text, *wanted;
} rows[] = {
	{ "", "", "\n" },
	{ " 1  ", "mx", " 1  mx\n" },
	{ "Why:  ", "one\ntwo", "Why:  one\n      two\n" },
	{ "", "a  b", "a  b\n" },
	{ "", "\033[2Jx\177\001", "\\027[2Jx\\127\\001\n" },
	{ "", "\302\233x", "\\194\233x\n" },
	{ "", "zi\304\231ba", "zi\304\231ba\n" },
	{ "\007", "x", "\\007x\n" },
};

static void
lines_are_as_they_should(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		catch_stdout();
		plain_put(rows[i].first, rows[i].text);
		assert_string_equal(caught(), rows[i].wanted);
	}
}

/* Words of every length behind every indent: no line is too long, nothing
 * but blanks and line feeds is lost. */
static void
no_line_is_too_long(void **state)
{
	char text[2000];
	char first[64];

	(void)state;
	for (size_t word = 1; word < 200; word += 7) {
		for (size_t indent = 0; indent < 60; indent += 11) {
			size_t letters = 0;
			const char *out;

			memset(first, ' ', indent);
			first[indent] = '\0';
			for (size_t i = 0; i + 1 < sizeof(text); i++)
				text[i] = i % (word + 1) == word ? ' ' : 'x';
			text[sizeof(text) - 1] = '\0';
			catch_stdout();
			plain_put(first, text);
			out = caught();
			for (const char *p = out; *p != '\0';) {
				assert_true(columns(p) <= PLAIN_COLUMNS);
				p += strcspn(p, "\n");
				p += *p == '\n';
			}
			for (const char *p = out; *p != '\0'; p++)
				letters += *p == 'x';
			for (const char *p = text; *p != '\0'; p++)
				letters -= *p == 'x';
			assert_int_equal(letters, 0);
		}
	}
}

/* What is copied stays one line. */
static void
a_record_is_not_cut(void **state)
{
	char text[500];

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	catch_stdout();
	plain_line(text);
	assert_int_equal(strlen(caught()), sizeof(text));
	assert_ptr_equal(strchr(printed, '\n'), printed + sizeof(text) - 1);
}

static void
it_is_wanted_when_said(void **state)
{
	static const struct {
		const char *accessible;
		bool option;
		bool wanted;
	} asked[] = {
		{ NULL, false, false },
		{ NULL, true, true },
		{ "", false, false },
		{ "0", false, false },
		{ "false", false, false },
		{ "1", false, true },
		{ "yes", false, true },
		{ "0", true, true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(asked); i++) {
		struct options options = { .plain = asked[i].option };

		if (asked[i].accessible == NULL)
			unsetenv("ACCESSIBLE");
		else
			setenv("ACCESSIBLE", asked[i].accessible, 1);
		assert_int_equal(plain_wanted(&options), asked[i].wanted);
	}
	unsetenv("ACCESSIBLE");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_as_they_should),
		cmocka_unit_test(no_line_is_too_long),
		cmocka_unit_test(a_record_is_not_cut),
		cmocka_unit_test(it_is_wanted_when_said),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	free(printed);
	return failed;
}
