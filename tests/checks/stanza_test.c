/* Tables kept as text: what is read, and what is complained about. */
#include "../harness/unit.h"

#include <string.h>

#include "../../checks/stanza.h"

struct row {
	const char *name;
	const char *const *words;
	size_t nwords;
	unsigned int colour;
	bool flag;
	size_t number;
};

static const char *const colours[] = { "red", "green" };

#define MEMBER(name) .at = offsetof(struct row, name)

static const struct stanza_key keys[] = {
	{ "name", STANZA_TEXT, MEMBER(name), .required = true },
	{ "words", STANZA_WORDS, MEMBER(words),
	    .count_at = offsetof(struct row, nwords) },
	{ "colour", STANZA_CHOICE, MEMBER(colour), .choices = colours,
	    .nchoices = COUNT(colours) },
	{ "flag", STANZA_FLAG, MEMBER(flag) },
	{ "number", STANZA_NUMBER, MEMBER(number) },
};

static struct stanza_table
parse(struct arena *arena, const char *text)
{
	return stanza_parse(arena, "x.txt", str_of(text), keys, COUNT(keys),
	    sizeof(struct row));
}

static void
stanzas_become_rows(void **state)
{
	struct arena *arena = arena_new();
	struct stanza_table table = parse(arena,
	    "# a comment\n"
	    "\n"
	    "name:   one\n"
	    "words:  a  b\n"
	    "# in between\n"
	    "        c\n"
	    "colour: green\n"
	    "flag:   yes\n"
	    "number: 17\n"
	    "\n\n \n"
	    "name:two: with a colon\n"
	    "   and more of it");
	const struct row *rows = table.rows;

	(void)state;
	assert_null(table.error);
	assert_int_equal(table.n, 2);
	assert_string_equal(rows[0].name, "one");
	assert_int_equal(rows[0].nwords, 3);
	assert_string_equal(rows[0].words[2], "c");
	assert_int_equal(rows[0].colour, 1);
	assert_true(rows[0].flag);
	assert_int_equal(rows[0].number, 17);
	assert_string_equal(rows[1].name, "two: with a colon and more of it");
	assert_int_equal(rows[1].nwords, 0);
	assert_false(rows[1].flag);
	arena_free(arena);
}

static void
an_error_names_line_and_key(void **state)
{
	static const struct {
		const char *text;
		const char *error;
	} rows[] = {
		{ "", NULL },
		{ "\n\n# only comments\n", NULL },
		{ "name: x\n", NULL },
		{ "name: x\nname: y\n", "x.txt line 2: name: is there twice" },
		{ "name:\n", "x.txt line 1: name: has no such value" },
		{ "name: x\nwords:\n",
		    "x.txt line 2: words: has no such value" },
		{ "name: x\ncolour: blue\n",
		    "x.txt line 2: colour: has no such value" },
		{ "name: x\nflag: maybe\n",
		    "x.txt line 2: flag: has no such value" },
		{ "name: x\nnumber: 65536\n",
		    "x.txt line 2: number: has no such value" },
		{ "name: x\nnumber: -1\n",
		    "x.txt line 2: number: has no such value" },
		{ "name: x\nshape: round\n", "x.txt line 2: shape: is no key" },
		{ "name: x\nno colon here\n",
		    "x.txt line 2: no colon here: is no key" },
		{ "flag: yes\n", "x.txt line 1: name: is missing" },
		{ "name: x\n\nflag: yes\n\nname: z\n",
		    "x.txt line 3: name: is missing" },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct stanza_table table = parse(arena, rows[i].text);

		if (rows[i].error == NULL)
			assert_null(table.error);
		else if (table.error == NULL)
			fail_msg("no error, where %s", rows[i].error);
		else
			assert_string_equal(table.error, rows[i].error);
	}
	arena_free(arena);
}

static void
an_asset_that_is_not_there(void **state)
{
	struct arena *arena = arena_new();
	struct stanza_table table = stanza_read(
	    arena, "none.txt", keys, COUNT(keys), sizeof(struct row));

	(void)state;
	assert_int_equal(table.n, 0);
	assert_string_equal(table.error, "none.txt: is not there");
	arena_free(arena);
}

static void
ends_of_names(void **state)
{
	static const struct {
		const char *host;
		const char *end;
		size_t wanted;
	} rows[] = {
		{ "a.b.c", "c", 1 },
		{ "a.b.c", "b.c", 3 },
		{ "a.b.c", "a.b.c", 5 },
		{ "a.b.c", "x.a.b.c", 0 },
		{ "a.bb.c", "b.c", 0 },
		{ "a.bb.c", "b*.c", 4 },
		{ "a.b.c", "b*.c", 4 },
		{ "a.cb.c", "b*.c", 0 },
		{ "a.b.c.", "B.C", 3 },
		{ "", "c", 0 },
		{ ".", "c", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(stanza_name_ends(rows[i].host, rows[i].end),
		    rows[i].wanted);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stanzas_become_rows),
		cmocka_unit_test(an_error_names_line_and_key),
		cmocka_unit_test(an_asset_that_is_not_there),
		cmocka_unit_test(ends_of_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
