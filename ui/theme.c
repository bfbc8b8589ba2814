/* ui/theme.c - see theme.h */
#include <stdlib.h>
#include <string.h>

#include "theme.h"

static const struct {
	attr_t mono; /* without colours */
	attr_t color;
	short front; /* -1: the terminal's own */
	short back;
} looks[ROLE_COUNT] = {
	[ROLE_TEXT] = { A_NORMAL, A_NORMAL, -1, -1 },
	[ROLE_TITLE] = { A_REVERSE, A_REVERSE, -1, -1 },
	[ROLE_HEADING] = { A_BOLD, A_BOLD, -1, -1 },
	[ROLE_FOCUS] = { A_REVERSE, A_REVERSE, -1, -1 },
	[ROLE_NOTE] = { A_NORMAL, A_DIM, -1, -1 },
	[ROLE_OK] = { A_BOLD, A_NORMAL, COLOR_BLACK, COLOR_GREEN },
	[ROLE_WARN] = { A_BOLD | A_UNDERLINE, A_NORMAL, COLOR_BLACK,
	    COLOR_YELLOW },
	[ROLE_FAIL] = { A_BOLD | A_REVERSE, A_BOLD, COLOR_WHITE, COLOR_RED },
	[ROLE_WAIT] = { A_UNDERLINE, A_NORMAL, COLOR_BLACK, COLOR_CYAN },
	[ROLE_DIFF] = { A_REVERSE, A_REVERSE, -1, -1 },
};

/* On the Linux console "dim" is a dark grey that nobody can read. */
static bool
can_dim(void)
{
	const char *name = getenv("TERM");

	return name == NULL || strncmp(name, "linux", 5) != 0;
}

void
theme_begin(struct theme *theme, bool color, bool utf8, bool ascii)
{
	short pairs = 0;

	*theme = (struct theme){ .utf8 = utf8, .ascii = ascii };
	if (color && has_colors() && start_color() == OK)
		use_default_colors();
	else
		color = false;
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		theme->attr[i] = color ? looks[i].color : looks[i].mono;
		if (i == ROLE_NOTE && !can_dim())
			theme->attr[i] = A_NORMAL;
		if (!color || looks[i].back == -1)
			continue;
		theme->pair[i] = ++pairs;
		init_pair(pairs, looks[i].front, looks[i].back);
	}
}

void
theme_use(const struct theme *theme, WINDOW *win, enum role role)
{
	wattr_set(win, theme->attr[role], theme->pair[role], NULL);
}
