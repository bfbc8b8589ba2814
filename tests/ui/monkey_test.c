/* Any key at any time, at any size: nothing breaks, the rules hold. */
#include "wizard.h"

static const uint32_t keys[] = { K_ENTER, K_ENTER, K_ESC, K_TAB, K_TAB,
	K_BACKTAB, K_UP, K_DOWN, K_DOWN, K_LEFT, K_RIGHT, K_HOME, K_END,
	K_PAGE_UP, K_PAGE_DOWN, K_DELETE, K_BACKSPACE, K_INSERT, K_MOVE_UP,
	K_MOVE_DOWN, K_F1, K_F1 + 1, K_F1 + 3, K_F1 + 4, K_F1 + 5, K_F1 + 6,
	K_CLICK, K_WHEEL_UP, K_WHEEL_DOWN, K_PASTE, CONTROL('N'), CONTROL('U'),
	CONTROL('K'), CONTROL('W'), CONTROL('X'), CONTROL('C'), 'a', 'u', 'd',
	'n', 'N', '<', '>', '?', ' ', 'y', '1', '.', ':', '/', 0xf3, 0x301,
	0x202e };

static uint32_t seed;

/* Numerical Recipes' generator: the same on every machine. */
static unsigned int
chance(unsigned int n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

static void
change_size(struct screen *s)
{
	static const int sizes[][2] = { { 24, 80 }, { 20, 60 }, { 12, 40 },
		{ 43, 132 }, { 60, 200 }, { 1, 1 }, { 5, 20 }, { 11, 300 } };
	unsigned int i = chance(COUNT(sizes) + 2);

	if (i < COUNT(sizes))
		screen_resize(s, sizes[i][0], sizes[i][1]);
	else
		screen_resize(s, 1 + (int)chance(60), 1 + (int)chance(160));
}

static void
press_one(struct wizard *w)
{
	static const char pasted[] = "ip4:192.0.2.1\rinclude:x \033[2J\377";
	struct paste paste = { 0 };

	paste_add(&paste, pasted, chance(sizeof(pasted)));
	w->ui.mouse.y = (int)chance(24);
	w->ui.mouse.x = (int)chance(80);
	w->ui.now_ms += chance(400);
	ui_key(&w->ui, keys[chance(COUNT(keys))], &paste);
	paste_clear(&paste);
}

static void
any_key_at_any_time(void **state)
{
	static const char *const zones[] = { "broken", "long", "empty" };

	(void)state;
	for (size_t i = 0; i < COUNT(zones); i++) {
		struct screen s;
		struct wizard w;

		seed = (uint32_t)i + 1;
		screen_new(&s, "xterm-256color", 24, 80, i != 1);
		wizard_begin(&w, zones[i], i == 2 ? NULL : "example.org");
		for (int n = 0; n < 1500; n++) {
			struct canvas canvas;

			if (chance(40) == 0)
				change_size(&s);
			if (chance(60) == 0)
				session_wait(w.session, 20);
			press_one(&w);
			session_poll(w.session);
			ui_tick(&w.ui, w.ui.now_ms);
			canvas = screen_canvas(&s);
			ui_draw(&w.ui, &canvas);
			assert_in_range(s.cursor.y, 0, s.rows - 1);
			assert_in_range(s.cursor.x, 0, s.cols - 1);
		}
		wizard_end(&w);
		screen_free(&s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_key_at_any_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
