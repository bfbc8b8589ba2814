/*
 * ui/theme.h - what a text means decides how it looks.
 *
 * Colour never says anything that a word does not say too: a badge carries its
 * word, the focus has ">" and the cursor.  A badge sets both colours, so that
 * it is readable on dark and on light; all else is the terminal's own.
 */
#ifndef THEME_H
#define THEME_H

#include <stdbool.h>

#include "../checks/run.h" /* before curses, whose OK is a macro */
#define NCURSES_NOMACROS
#include <curses.h>

enum role {
	ROLE_TEXT,
	ROLE_TITLE, /* title row and keys line */
	ROLE_HEADING, /* and the value of a record */
	ROLE_FOCUS,
	ROLE_NOTE, /* where an answer came from, what cannot be used */
	ROLE_OK,
	ROLE_WARN,
	ROLE_FAIL,
	ROLE_WAIT,
	ROLE_DIFF, /* the part that differs or is at fault */
	ROLE_COUNT
};

struct theme {
	attr_t attr[ROLE_COUNT];
	short pair[ROLE_COUNT];
	bool utf8; /* letters of all scripts can be shown */
	bool ascii; /* lines are drawn with - | + */
};

/*
 * Fills it in for the screen that newterm() made; with `color` it starts
 * curses' colours, and not one colour is sent without.
 */
void theme_begin(struct theme *, bool color, bool utf8, bool ascii);

/* Writes in this role from now on. */
void theme_use(const struct theme *, WINDOW *, enum role);

#endif
