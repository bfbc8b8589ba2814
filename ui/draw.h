/*
 * ui/draw.h - writing on a part of the screen.
 *
 * Everything a view shows goes through here: cut at the edge of its part,
 * measured in columns, and with nothing in it that could move the cursor or
 * turn the direction of the text.
 */
#ifndef DRAW_H
#define DRAW_H

#include "../checks/base/str.h"
#include "theme.h"

struct place {
	int y;
	int x;
};

/* A rectangle of a window; rows and columns count from 0 within it. */
struct canvas {
	WINDOW *win;
	const struct theme *theme;
	int top, left; /* in the window */
	int rows, cols;
	struct place *cursor; /* where the hardware cursor goes, in the
				 window; shared by all parts of a screen */
};

/* A part of a part, cut to what there is. */
struct canvas canvas_part(
    const struct canvas *, int y, int x, int rows, int cols);

/* Writes UTF-8 in one line; gives the column behind it. */
int draw_text(const struct canvas *, int y, int x, enum role, const char *text);

/* At most `width` columns; what is longer ends in "..". */
int draw_cut(const struct canvas *, int y, int x, int width, enum role,
    const char *text);

/* Ends at the right edge, or `margin` columns before it; gives its column. */
int draw_right(
    const struct canvas *, int y, int margin, enum role, const char *text);

int draw_format(const struct canvas *, int y, int x, enum role, const char *fmt,
    ...) __attribute__((format(printf, 5, 6)));

/* Fills a row, or the whole part, with blanks. */
void draw_blank(const struct canvas *, int y, enum role);
void draw_clear(const struct canvas *);

/* A horizontal line; a frame along the edge. */
void draw_rule(const struct canvas *, int y);
void draw_box(const struct canvas *);

/* Parts of a frame, for one that is made of rows. */
void draw_box_edge(const struct canvas *, bool upper);
void draw_box_sides(const struct canvas *);

/* The word of a level in its colour: "OK", "WARN". */
int draw_badge(const struct canvas *, int y, int x, enum role, const char *);

/* Puts the hardware cursor there. */
void draw_cursor(const struct canvas *, int y, int x);

/* Columns a text takes. */
int text_columns(const char *text);

/* The start of `text` that fits in `columns`, in octets. */
size_t text_fit(const char *text, int columns);

/*
 * The next line of a text wrapped at blanks to `columns`; words too long are
 * cut.  Takes it off the front of *rest.  False when nothing is left.
 */
bool text_wrap(struct str *rest, int columns, struct str *line);
int text_rows(const char *text, int columns); /* lines it wraps to */

/* Writes it wrapped, at most `rows` lines; gives the row behind it. */
int draw_wrapped(
    const struct canvas *, int y, int x, int rows, enum role, const char *text);

#endif
