/* Keys out of octets, as terminals send them. */
#include "../harness/unit.h"

#include <string.h>

#include "../../checks/base/str.h"
#include "../../ui/input.h"

#define NOW 1000000

static const struct {
	const char *octets;
	uint32_t keys[8]; /* ends with 0 */
} cases[] = {
	{ "ab", { 'a', 'b' } }, { "\r\n\t", { K_ENTER, K_ENTER, K_TAB } },
	{ "\b\177", { K_BACKSPACE, K_BACKSPACE } },
	{ "\003\023\021", { 3, 19, 17 } }, { "\033", { K_ESC } },
	{ "\033\033", { K_ESC, K_ESC } }, { "\033[A\033OB", { K_UP, K_DOWN } },
	{ "\033[C\033[D\033[H\033[F", { K_RIGHT, K_LEFT, K_HOME, K_END } },
	{ "\033[1~\033[4~\033[7~\033[8~", { K_HOME, K_END, K_HOME, K_END } },
	{ "\033[5~\033[6~\033[2~\033[3~",
	    { K_PAGE_UP, K_PAGE_DOWN, K_INSERT, K_DELETE } },
	{ "\033OP\033OS\033[15~\033[17~",
	    { K_F1, K_F1 + 3, K_F1 + 4, K_F1 + 5 } },
	{ "\033[[A\033[[E", { K_F1, K_F1 + 4 } }, /* Linux console */
	{ "\033[11~\033[24~", { K_F1, K_F12 } }, { "\033[Z", { K_BACKTAB } },
	{ "\033[1;2A\033[1;5B", { K_MOVE_UP, K_MOVE_DOWN } },
	/* What nobody asked for is swallowed to its end. */
	{ "\033[1;5Dx", { 'x' } }, /* Ctrl-Left */
	{ "\033[25~x\033[1;2Px", { 'x', 'x' } }, /* F13 */
	{ "\033\016", { K_ESC, 14 } }, /* no Alt with Ctrl */
	{ "\033\033[Ax", { 'x' } }, /* Alt-Up of rxvt */
	{ "\033[<0;10;5Mx\033[<0;10;5mx", { 'x', 'x' } }, /* mouse */
	{ "\033[M !!x", { 'x' } }, /* old mouse */
	{ "\033[I\033[Ox", { 'x' } }, /* focus */
	{ "\033]11;rgb:00/00/00\007x\033P1$r0m\033\\x", { 'x', 'x' } },
	{ "\033[?64;1;2cx\033[>0;276;0cx", { 'x', 'x' } },
	{ "z\303\263\342\202\254", { 'z', 0xf3, 0x20ac } },
	{ "\377\300x", { 'x' } }, /* not UTF-8 */
};

static void
each_key(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct input in;
		int64_t now = NOW;
		uint32_t key;
		size_t n = 0;

		input_begin(&in, INPUT_ESC_MS, true);
		input_feed(&in, cases[i].octets, strlen(cases[i].octets), now);
		for (int round = 0; round < 4; round++, now += 200)
			while (input_next(&in, now, &key)) {
				assert_int_equal(key, cases[i].keys[n]);
				n++;
			}
		assert_int_equal(cases[i].keys[n], 0);
		assert_int_equal(input_wait_ms(&in, now), -1);
		input_end(&in);
	}
}

static void
octet_by_octet(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct input in;
		const char *p = cases[i].octets;
		uint32_t key;
		size_t n = 0;

		input_begin(&in, INPUT_ESC_MS, true);
		for (int64_t now = NOW; *p != '\0' || n == 0; now += 1) {
			if (*p != '\0')
				input_feed(&in, p++, 1, now);
			if (*p == '\0')
				now += 500;
			while (input_next(&in, now, &key))
				assert_int_equal(key, cases[i].keys[n++]);
		}
		assert_int_equal(cases[i].keys[n], 0);
		input_end(&in);
	}
}

static void
esc_waits_and_no_longer(void **state)
{
	struct input in;
	uint32_t key;

	(void)state;
	input_begin(&in, 50, true);
	input_feed(&in, "\033", 1, NOW);
	assert_false(input_next(&in, NOW + 49, &key));
	assert_int_equal(input_wait_ms(&in, NOW + 10), 40);
	assert_true(input_next(&in, NOW + 50, &key));
	assert_int_equal(key, K_ESC);
	/* The rest of an arrow that came late over a slow line. */
	input_feed(&in, "[A", 2, NOW + 100);
	assert_false(input_next(&in, NOW + 100, &key));
	/* Alt-x comes in one piece; Esc and then x in two. */
	input_feed(&in, "\033xy", 3, NOW + 400);
	assert_true(input_next(&in, NOW + 400, &key));
	assert_int_equal(key, 'y');
	input_feed(&in, "\033", 1, NOW + 600);
	input_feed(&in, "x", 1, NOW + 610);
	assert_true(input_next(&in, NOW + 610, &key));
	assert_int_equal(key, K_ESC);
	assert_true(input_next(&in, NOW + 610, &key));
	assert_int_equal(key, 'x');
	input_feed(&in, "[", 1, NOW + 900);
	assert_true(input_next(&in, NOW + 900, &key));
	assert_int_equal(key, '[');
	input_end(&in);
}

static void
pasted(struct input *in, int64_t now, const char *text)
{
	uint32_t key;

	assert_true(input_next(in, now, &key));
	assert_int_equal(key, K_PASTE);
	assert_int_equal(in->paste.len, strlen(text));
	assert_memory_equal(in->paste.text, text, strlen(text));
}

static void
paste_in_brackets(void **state)
{
	struct input in;
	uint32_t key;

	(void)state;
	input_begin(&in, 50, true);
	input_feed(&in, "x\033[200~one\rtw", 13, NOW);
	assert_true(input_next(&in, NOW, &key));
	assert_false(input_next(&in, NOW, &key));
	input_feed(&in, "o\003\033[20", 6, NOW + 1);
	assert_false(input_next(&in, NOW + 1, &key));
	input_feed(&in, "1~y", 3, NOW + 2);
	pasted(&in, NOW + 2, "one\rtwo\003");
	assert_true(input_next(&in, NOW + 2, &key));
	assert_int_equal(key, 'y');
	input_end(&in);
}

static void
paste_without_brackets(void **state)
{
	struct input in;
	uint32_t key;

	(void)state;
	input_begin(&in, 50, true);
	input_feed(&in, "abc\rdef\r", 8, NOW);
	assert_false(input_next(&in, NOW, &key));
	pasted(&in, NOW + INPUT_BURST_MS, "abc\rdef\r");

	/* A script types a word and Enter: that is no paste. */
	input_feed(&in, "abc\r", 4, NOW + 100);
	for (const char *p = "abc"; *p != '\0'; p++) {
		assert_true(input_next(&in, NOW + 150, &key));
		assert_int_equal(key, *p);
	}
	assert_true(input_next(&in, NOW + 150, &key));
	assert_int_equal(key, K_ENTER);

	/* Keys before it are keys. */
	input_feed(&in, "\001\013abc\rdef", 9, NOW + 160);
	assert_true(input_next(&in, NOW + 160, &key));
	assert_int_equal(key, 1);
	assert_true(input_next(&in, NOW + 160, &key));
	assert_int_equal(key, 11);
	pasted(&in, NOW + 180, "abc\rdef");

	/* Two halves, the first of which ends with Enter. */
	input_feed(&in, "abc\r", 4, NOW + 200);
	assert_false(input_next(&in, NOW + 205, &key));
	input_feed(&in, "def", 3, NOW + 210);
	pasted(&in, NOW + 300, "abc\rdef");
	input_end(&in);
}

static void
paste_is_bounded(void **state)
{
	struct input in;
	char block[4000];
	uint32_t key;

	(void)state;
	memset(block, 'k', sizeof(block));
	input_begin(&in, 50, true);
	input_feed(&in, "\033[200~", 6, NOW);
	for (int i = 0; i < 256; i++) {
		assert_true(input_room(&in) >= sizeof(block));
		input_feed(&in, block, sizeof(block), NOW);
		assert_false(input_next(&in, NOW, &key));
	}
	input_feed(&in, "\033[201~", 6, NOW);
	assert_true(input_next(&in, NOW, &key));
	assert_int_equal(in.paste.len, PASTE_MAX);
	assert_true(in.paste.cut);
	input_end(&in);
}

static const struct {
	const char *pasted;
	enum paste_rule rule;
	const char *line;
	size_t lines;
	size_t removed;
} lines[] = {
	{ "example.org", PASTE_WORDS, "example.org", 1, 0 },
	{ "  example.org\r\n", PASTE_WORDS, "example.org", 1, 0 },
	{ "a\rb\r\n\r\nc", PASTE_WORDS, "a b c", 3, 0 },
	{ "exa\342\200\213mple.org\302\240", PASTE_WORDS, "example.org", 1, 1 },
	{ "a\033[31mb\177", PASTE_WORDS, "a[31mb", 1, 2 },
	{ "\xff"
	  "a",
	    PASTE_WORDS, "a", 1, 1 },
	{ "( \"MIIB\"\r\n  \"IjAN\" )", PASTE_JOIN, "MIIBIjAN", 2, 0 },
	{ "z\303\263", PASTE_WORDS, "z\303\263", 1, 0 },
	{ "", PASTE_WORDS, "", 0, 0 },
};

static void
paste_becomes_a_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct paste paste = { 0 };
		struct paste_report report;
		char out[64];

		paste_add(&paste, lines[i].pasted, strlen(lines[i].pasted));
		paste_line(&paste, lines[i].rule, out, sizeof(out), &report);
		assert_string_equal(out, lines[i].line);
		assert_int_equal(report.lines, lines[i].lines);
		assert_int_equal(report.removed, lines[i].removed);
		paste_clear(&paste);
	}
}

static void
paste_is_cut_between_characters(void **state)
{
	struct paste paste = { 0 };
	struct paste_report report;
	char out[4];

	(void)state;
	paste_add(&paste, "\303\263\303\263", 4);
	assert_int_equal(
	    paste_line(&paste, PASTE_WORDS, out, sizeof(out), &report), 2);
	assert_string_equal(out, "\303\263");
	paste_clear(&paste);
}

static void
letters_are_text_in_a_field(void **state)
{
	(void)state;
	assert_int_equal(action_of('?', true), ACT_TEXT);
	assert_int_equal(action_of('?', false), ACT_HELP);
	assert_int_equal(action_of(CONTROL('E'), true), ACT_LAST);
	assert_int_equal(action_of(CONTROL('E'), false), ACT_COMPARE);
	assert_int_equal(action_of(CONTROL('S'), false), ACT_NONE);
	assert_int_equal(action_of(CONTROL('Q'), true), ACT_NONE);
	assert_int_equal(action_of('x', false), ACT_NONE);
	assert_int_equal(action_of(0xf3, true), ACT_TEXT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_key),
		cmocka_unit_test(octet_by_octet),
		cmocka_unit_test(esc_waits_and_no_longer),
		cmocka_unit_test(paste_in_brackets),
		cmocka_unit_test(paste_without_brackets),
		cmocka_unit_test(paste_is_bounded),
		cmocka_unit_test(paste_becomes_a_line),
		cmocka_unit_test(paste_is_cut_between_characters),
		cmocka_unit_test(letters_are_text_in_a_field),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
