/*
 * tests/ui/screen.h - a screen in memory: drawn on by the real code, read back
 * as text.  curses writes to /dev/null.
 *
 *	struct screen s = screen_new("xterm-256color", 24, 80, true);
 *	... draw on screen_canvas(&s) ...
 *	screen_text(&s);
 *	screen_is_text(&s, "start-80x24");
 *
 * A golden screen is a file of rows.  UPDATE=1 writes it anew; read it before
 * you commit it.
 */
#ifndef SCREEN_H
#define SCREEN_H

#include "../harness/unit.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "../../ui/draw.h"

struct screen {
	FILE *null;
	SCREEN *curses;
	struct theme theme;
	struct place cursor;
	int rows, cols;
	char text[128 * 1024]; /* as read back */
};

static inline void
screen_new(struct screen *s, const char *term, int rows, int cols, bool utf8)
{
	char number[16];

	memset(s, 0, sizeof(*s));
	setlocale(LC_CTYPE, utf8 ? "C.UTF-8" : "C");
	snprintf(number, sizeof(number), "%d", rows);
	setenv("LINES", number, 1);
	snprintf(number, sizeof(number), "%d", cols);
	setenv("COLUMNS", number, 1);
	s->null = fopen("/dev/null", "r+");
	assert_non_null(s->null);
	s->curses = newterm(term, s->null, s->null);
	assert_non_null(s->curses);
	s->rows = rows;
	s->cols = cols;
	theme_begin(&s->theme, true, utf8, !utf8);
}

static inline void
screen_free(struct screen *s)
{
	endwin();
	delscreen(s->curses);
	fclose(s->null);
}

static inline void
screen_resize(struct screen *s, int rows, int cols)
{
	resize_term(rows, cols);
	s->rows = rows;
	s->cols = cols;
}

static inline struct canvas
screen_canvas(struct screen *s)
{
	werase(stdscr);
	return (struct canvas){ .win = stdscr,
		.theme = &s->theme,
		.rows = s->rows,
		.cols = s->cols,
		.cursor = &s->cursor };
}

/* The cell as UTF-8. */
static inline size_t
screen_cell(int y, int x, char *out)
{
	cchar_t cell;
	wchar_t wide[CCHARW_MAX + 1] = { 0 };
	attr_t attr;
	short pair;
	size_t n = 0;

	mvwin_wch(stdscr, y, x, &cell);
	getcchar(&cell, wide, &attr, &pair, NULL);
	for (size_t i = 0; i < CCHARW_MAX && wide[i] != 0; i++) {
		int one = wctomb(out + n, wide[i]);

		n += one > 0 ? (size_t)one : 0;
	}
	return n;
}

static inline const char *
screen_text(struct screen *s)
{
	char *p = s->text;

	for (int y = 0; y < s->rows; y++) {
		char *end = p;

		for (int x = 0; x < s->cols; x++) {
			p += screen_cell(y, x, p);
			if (p[-1] != ' ')
				end = p;
		}
		p = end;
		*p++ = '\n';
	}
	*p = '\0';
	return s->text;
}

static inline bool
screen_attr(int y, int x, attr_t wanted)
{
	cchar_t cell;
	wchar_t wide[CCHARW_MAX + 1];
	attr_t attr = 0;
	short pair;

	mvwin_wch(stdscr, y, x, &cell);
	getcchar(&cell, wide, &attr, &pair, NULL);
	return (attr & wanted) == wanted;
}

/* Compares what screen_text() gave, perhaps with a date masked since. */
static inline void
screen_is_text(struct screen *s, const char *name)
{
	static char golden[sizeof(s->text)];
	char path[256];
	FILE *file;
	size_t n = 0;

	snprintf(path, sizeof(path), "tests/ui/screens/%s.txt", name);
	if (getenv("UPDATE") != NULL) {
		file = fopen(path, "w");
		assert_non_null(file);
		fputs(s->text, file);
		fclose(file);
		return;
	}
	file = fopen(path, "r");
	if (file != NULL) {
		n = fread(golden, 1, sizeof(golden) - 1, file);
		fclose(file);
	}
	golden[n] = '\0';
	if (strcmp(golden, s->text) != 0)
		fprintf(stderr,
		    "%s is now (if that is right: UPDATE=1 %s):\n%s", path,
		    program_invocation_name, s->text);
	assert_string_equal(s->text, golden);
}

#endif
