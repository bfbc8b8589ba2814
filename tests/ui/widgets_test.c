/* Text field, radio, form: what keys do to them, and how they look. */
#include "screen.h"

#include "../../ui/form.h"

/* --- text field ---------------------------------------------------------- */

static const struct {
	const char *text;
	enum action actions[8]; /* ends with ACT_NONE */
	const char *after;
	size_t cursor;
} edits[] = {
	{ "abc", { ACT_ERASE_LEFT }, "ab", 2 },
	{ "", { ACT_ERASE_LEFT, ACT_REMOVE, ACT_LEFT, ACT_RIGHT }, "", 0 },
	{ "abc", { ACT_FIRST, ACT_REMOVE }, "bc", 0 },
	{ "abc", { ACT_LEFT, ACT_ERASE_TO_END }, "ab", 2 },
	{ "one two  ", { ACT_ERASE_WORD }, "one ", 4 },
	{ "one", { ACT_ERASE_ALL }, "", 0 },
	{ "one", { ACT_ERASE_ALL, ACT_ERASE_ALL }, "one", 3 },
	/* Letters of two octets, and a mark on its letter. */
	{ "z\303\263", { ACT_ERASE_LEFT }, "z", 1 },
	{ "ze\314\201x", { ACT_LEFT, ACT_LEFT }, "ze\314\201x", 1 },
	{ "ze\314\201x", { ACT_LEFT, ACT_ERASE_LEFT }, "zx", 1 },
	{ "\303\263\303\263", { ACT_FIRST, ACT_RIGHT }, "\303\263\303\263", 2 },
};

static void
text_is_edited(void **state)
{
	struct screen *s = *state;

	(void)s;
	for (size_t i = 0; i < COUNT(edits); i++) {
		struct text_field field;

		text_field_set(&field, edits[i].text);
		for (size_t j = 0; edits[i].actions[j] != ACT_NONE; j++)
			assert_true(
			    text_field_act(&field, edits[i].actions[j]));
		assert_string_equal(field.text, edits[i].after);
		assert_int_equal(field.cursor, edits[i].cursor);
	}
}

static void
text_has_an_end(void **state)
{
	struct text_field field;
	int n = 0;

	(void)state;
	text_field_set(&field, "");
	while (text_field_type(&field, 0xf3))
		n++;
	assert_int_equal(n, (TEXT_FIELD_SIZE - 1) / 2);
	assert_false(text_field_type(&field, 7));
	assert_false(text_field_act(&field, ACT_ENTER));
}

static void
row_is(struct screen *s, int y, const char *wanted)
{
	const char *text = screen_text(s);

	while (y-- > 0)
		text = strchr(text, '\n') + 1;
	if (strncmp(text, wanted, strlen(wanted)) != 0 ||
	    text[strlen(wanted)] != '\n')
		fail_msg("row is %.*s, not %s", (int)strcspn(text, "\n"), text,
		    wanted);
}

static void
text_scrolls(void **state)
{
	struct screen *s = *state;
	struct canvas canvas = screen_canvas(s);
	struct text_field field;

	text_field_set(&field, "abc");
	text_field_draw(&canvas, 0, 0, 10, &field, true);
	row_is(s, 0, "[abc_____]");
	assert_int_equal(s->cursor.x, 4);

	text_field_set(&field, "abcdefghijkl");
	text_field_draw(&canvas, 0, 0, 10, &field, true);
	row_is(s, 0, "<fghijkl_]");
	assert_int_equal(s->cursor.x, 8);
	text_field_act(&field, ACT_FIRST);
	text_field_draw(&canvas, 0, 0, 10, &field, true);
	row_is(s, 0, "[abcdefgh>");
	assert_int_equal(s->cursor.x, 1);
	for (int i = 0; i < 9; i++)
		text_field_act(&field, ACT_RIGHT);
	text_field_draw(&canvas, 0, 0, 10, &field, true);
	row_is(s, 0, "<cdefghij>");
	assert_int_equal(s->cursor.x, 8);
}

/* --- what may reach the screen ------------------------------------------- */

static void
nothing_moves_the_cursor(void **state)
{
	struct screen *s = *state;
	struct canvas canvas = screen_canvas(s);

	draw_text(&canvas, 0, 0, ROLE_TEXT,
	    "a\033[2Jb\n\tc\302\233d\342\200\256e\342\200\213f\xff");
	row_is(s, 0, "a?[2Jb??c?d?e?f?");
	canvas = screen_canvas(s);
	draw_cut(&canvas, 0, 0, 8, ROLE_TEXT, "z\303\263\303\263123456");
	row_is(s, 0, "z\303\263\303\263123..");
	draw_text(&canvas, 1, 76, ROLE_TEXT, "abcdefgh");
	row_is(s, 1,
	    "                                        "
	    "                                    abcd");
}

static void
text_wraps(void **state)
{
	static const struct {
		const char *text;
		int columns;
		const char *lines[4];
	} cases[] = {
		{ "one two three", 7, { "one two", "three" } },
		{ "one two three", 8, { "one two", "three" } },
		{ "abcdefghij", 4, { "abcd", "efgh", "ij" } },
		{ "a\n\nb", 9, { "a", "", "b" } },
		{ "\303\263\303\263\303\263", 2,
		    { "\303\263\303\263", "\303\263" } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct str rest = str_of(cases[i].text);
		struct str line;
		size_t n = 0;

		while (text_wrap(&rest, cases[i].columns, &line))
			assert_true(
			    str_equal(line, str_of(cases[i].lines[n++])));
		assert_null(n < 4 ? cases[i].lines[n] : NULL);
	}
}

/* --- radio --------------------------------------------------------------- */

static void
radio_is_wide_or_narrow(void **state)
{
	static const char *const labels[] = { "one", "two", "three" };
	struct radio radio = { labels, 3, 1 };
	struct screen *s = *state;
	struct canvas canvas = screen_canvas(s);

	radio_draw(&canvas, 0, 0, 60, &radio, true);
	row_is(s, 0, "( ) one  (o) two  ( ) three");
	assert_int_equal(s->cursor.x, 10);
	radio_draw(&canvas, 1, 0, 20, &radio, true);
	row_is(s, 1, "< two >");
	assert_true(radio_act(&radio, ACT_RIGHT));
	assert_true(radio_act(&radio, ACT_RIGHT));
	assert_int_equal(radio.chosen, 2);
	assert_true(radio_act(&radio, ACT_TOGGLE));
	assert_int_equal(radio.chosen, 0);
	assert_false(radio_act(&radio, ACT_UP));
}

/* --- form ---------------------------------------------------------------- */

static void
draw_item(const struct row *row, const struct canvas *line, bool focused)
{
	form_mark(line, focused);
	draw_text(line, 0, 3, focused ? ROLE_FOCUS : ROLE_TEXT, row->text);
}

/* A purpose, a field, a list of `n` rows, two buttons. */
static struct form
make_form(struct arena *arena, struct text_field *field, int n)
{
	struct form form = { .arena = arena, .columns = 80 };

	form_text(&form, DROP_PURPOSE, ROLE_TEXT, 1, "Why this is here.");
	form_blank(&form);
	form_field(&form, 1, 0, "Name", field);
	for (int i = 0; i < n; i++)
		form_add(&form,
		    (struct row){ .id = 100 + i,
			.group = 1,
			.scrolls = true,
			.draw = draw_item,
			.text = arena_printf(arena, "row %d", i) });
	form_button(&form, 50, "Back");
	form_button(&form, 51, "Go");
	return form;
}

static const struct {
	enum action action;
	int focus;
} walk[] = {
	{ ACT_DOWN, 100 },
	{ ACT_DOWN, 101 },
	{ ACT_NEXT_FIELD, 50 },
	{ ACT_RIGHT, 51 },
	{ ACT_NEXT_FIELD, 1 },
	{ ACT_NEXT_FIELD, 101 }, /* where the focus was in the list */
	{ ACT_LAST, 119 },
	{ ACT_DOWN, 50 },
	{ ACT_UP, 119 },
	{ ACT_FIRST, 100 },
	{ ACT_PREVIOUS_FIELD, 1 },
	{ ACT_PREVIOUS_FIELD, 51 },
};

static void
focus_walks(void **state)
{
	struct arena *arena = arena_new();
	struct text_field field;
	struct form_state fs = { 0 };
	struct form form;

	(void)state;
	text_field_set(&field, "");
	form = make_form(arena, &field, 20);
	form_focused(&form, &fs);
	assert_int_equal(fs.focus, 1);
	for (size_t i = 0; i < COUNT(walk); i++) {
		assert_int_equal(
		    form_act(&form, &fs, walk[i].action, 0), FORM_MOVED);
		assert_int_equal(fs.focus, walk[i].focus);
		form_focused(&form, &fs);
	}
	arena_free(arena);
}

static void
focus_survives_what_goes(void **state)
{
	struct arena *arena = arena_new();
	struct text_field field;
	struct form_state fs = { .focus = 105 };
	struct form form;

	(void)state;
	text_field_set(&field, "");
	form = make_form(arena, &field, 3);
	form_focused(&form, &fs);
	assert_int_equal(fs.focus, 102);
	arena_free(arena);
}

#define FORTY_TWO "__________________________________________"

/* Rows go in their order; the focus is always among what is seen. */
static void
low_screens_drop_and_scroll(void **state)
{
	static const struct {
		int rows, focus;
		const char *first, *last;
	} cases[] = {
		{ 14, 1, " Why this is here.", "   v 10 more below" },
		{ 9, 1, " Why this is here.", "   v 15 more below" },
		{ 7, 1, " > Name          [" FORTY_TWO "]",
		    "   v 15 more below" },
		{ 7, 119, "   Name          [" FORTY_TWO "]", " > row 19" },
		{ 3, 110, "   ^ 11 more above", "   v 9 more below" },
	};
	struct screen *s = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena *arena = arena_new();
		struct text_field field;
		struct form_state fs = { .focus = cases[i].focus };
		struct canvas canvas = screen_canvas(s);
		struct form form;

		text_field_set(&field, "");
		form = make_form(arena, &field, 20);
		canvas.rows = cases[i].rows;
		form_draw(&form, &fs, &canvas);
		row_is(s, 0, cases[i].first);
		row_is(s, cases[i].rows - 1, cases[i].last);
		assert_non_null(strstr(screen_text(s), "> "));
		assert_int_equal(s->cursor.y < cases[i].rows, 1);
		arena_free(arena);
	}
}

/* --- keys line ----------------------------------------------------------- */

static void
keys_line_fits(void **state)
{
	static const struct hint own[] = { { ACT_TOGGLE, "tick" },
		{ ACT_ENTER, "edit" }, { ACT_BACK, "back" } };
	static const struct hint common[] = { { ACT_HELP, "Help" },
		{ ACT_QUIT, "Quit" } };
	const struct hints all = { own, 3 }, right = { common, 2 };
	char line[128];

	(void)state;
	keys_line(line, sizeof(line), 80, all, right, true, text_columns);
	assert_string_equal(
	    line, " Space tick  Enter edit  Esc back | F1 Help ^X Quit");
	keys_line(line, sizeof(line), 45, all, right, false, text_columns);
	assert_string_equal(line, " Space tick  Enter edit | ^G Help ^X Quit");
	keys_line(line, sizeof(line), 12, all, right, false, text_columns);
	assert_string_equal(line, " Space tick");
}

static int
begin(void **state)
{
	static struct screen screen;

	screen_new(&screen, "xterm-256color", 24, 80, true);
	*state = &screen;
	return 0;
}

static int
end(void **state)
{
	screen_free(*state);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_edited),
		cmocka_unit_test(text_has_an_end),
		cmocka_unit_test(text_scrolls),
		cmocka_unit_test(nothing_moves_the_cursor),
		cmocka_unit_test(text_wraps),
		cmocka_unit_test(radio_is_wide_or_narrow),
		cmocka_unit_test(focus_walks),
		cmocka_unit_test(focus_survives_what_goes),
		cmocka_unit_test(low_screens_drop_and_scroll),
		cmocka_unit_test(keys_line_fits),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
