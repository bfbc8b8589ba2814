/* ui/draw.c - see draw.h */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "../checks/base/utf8.h"
#include "draw.h"

#define LINE_OCTETS 2048 /* of one formatted line */

struct canvas
canvas_part(const struct canvas *whole, int y, int x, int rows, int cols)
{
	struct canvas part = *whole;

	if (y + rows > whole->rows)
		rows = whole->rows - y;
	if (x + cols > whole->cols)
		cols = whole->cols - x;
	part.top += y;
	part.left += x;
	part.rows = rows > 0 ? rows : 0;
	part.cols = cols > 0 ? cols : 0;
	return part;
}

/* Characters that show nothing or turn the text around. */
static bool
is_unfit(uint32_t c)
{
	return c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0xad ||
	    (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
	    (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

/* One character for the screen and its columns; takes it off the front. */
static wchar_t
take_cell(struct str *rest, bool utf8, int *columns)
{
	uint32_t c;
	size_t n = utf8_read(*rest, &c);
	int width;

	if (n == 0) {
		n = 1;
		c = '?';
	}
	rest->p += n;
	rest->len -= n;
	*columns = 1;
	if (is_unfit(c) || (!utf8 && c >= 128))
		return L'?';
	width = c < 128 ? 1 : wcwidth((wchar_t)c);
	if (width < 0)
		return L'?';
	*columns = width;
	return (wchar_t)c;
}

static int
str_columns(struct str text)
{
	int all = 0;

	while (text.len > 0) {
		int one;

		take_cell(&text, true, &one);
		all += one;
	}
	return all;
}

int
text_columns(const char *text)
{
	return str_columns(str_of(text));
}

size_t
text_fit(const char *text, int columns)
{
	struct str rest = str_of(text);
	size_t whole = rest.len;
	int used = 0;

	while (rest.len > 0) {
		struct str next = rest;
		int one;

		take_cell(&next, true, &one);
		if (used + one > columns)
			break;
		used += one;
		rest = next;
	}
	return whole - rest.len;
}

static int
draw_str(
    const struct canvas *canvas, int y, int x, enum role role, struct str text)
{
	if (y < 0 || y >= canvas->rows || x < 0)
		return x;
	theme_use(canvas->theme, canvas->win, role);
	while (text.len > 0) {
		int one;
		wchar_t c = take_cell(&text, canvas->theme->utf8, &one);

		if (x + one > canvas->cols)
			break;
		if (one == 0)
			waddnwstr(canvas->win, &c, 1);
		else
			mvwaddnwstr(canvas->win, canvas->top + y,
			    canvas->left + x, &c, 1);
		x += one;
	}
	theme_use(canvas->theme, canvas->win, ROLE_TEXT);
	return x;
}

int
draw_text(
    const struct canvas *canvas, int y, int x, enum role role, const char *text)
{
	return draw_str(canvas, y, x, role, str_of(text));
}

int
draw_cut(const struct canvas *canvas, int y, int x, int width, enum role role,
    const char *text)
{
	if (width > canvas->cols - x)
		width = canvas->cols - x;
	if (width <= 0)
		return x;
	if (text_columns(text) <= width)
		return draw_text(canvas, y, x, role, text);
	if (width > 2) {
		x = draw_str(canvas, y, x, role,
		    (struct str){ text, text_fit(text, width - 2) });
		return draw_text(canvas, y, x, role, "..");
	}
	return draw_str(
	    canvas, y, x, role, (struct str){ text, text_fit(text, width) });
}

int
draw_right(const struct canvas *canvas, int y, int margin, enum role role,
    const char *text)
{
	int x = canvas->cols - margin - text_columns(text);

	if (x < 0)
		x = 0;
	draw_text(canvas, y, x, role, text);
	return x;
}

int
draw_format(const struct canvas *canvas, int y, int x, enum role role,
    const char *fmt, ...)
{
	char text[LINE_OCTETS];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return draw_text(canvas, y, x, role, text);
}

void
draw_blank(const struct canvas *canvas, int y, enum role role)
{
	theme_use(canvas->theme, canvas->win, role);
	for (int x = 0; y >= 0 && y < canvas->rows && x < canvas->cols; x++)
		mvwaddch(canvas->win, canvas->top + y, canvas->left + x, ' ');
	theme_use(canvas->theme, canvas->win, ROLE_TEXT);
}

void
draw_clear(const struct canvas *canvas)
{
	for (int y = 0; y < canvas->rows; y++)
		draw_blank(canvas, y, ROLE_TEXT);
}

enum line_cell {
	HORIZONTAL,
	VERTICAL,
	TOP_LEFT,
	TOP_RIGHT,
	LOW_LEFT,
	LOW_RIGHT
};

static void
put_line_cell(const struct canvas *canvas, int y, int x, enum line_cell cell)
{
	static const char ascii[] = "-|++++";
	const cchar_t *const wide[] = { WACS_HLINE, WACS_VLINE, WACS_ULCORNER,
		WACS_URCORNER, WACS_LLCORNER, WACS_LRCORNER };
	const chtype acs[] = { ACS_HLINE, ACS_VLINE, ACS_ULCORNER, ACS_URCORNER,
		ACS_LLCORNER, ACS_LRCORNER };

	if (y < 0 || y >= canvas->rows || x < 0 || x >= canvas->cols)
		return;
	y += canvas->top;
	x += canvas->left;
	if (canvas->theme->ascii)
		mvwaddch(canvas->win, y, x, (chtype)ascii[cell]);
	else if (canvas->theme->utf8)
		mvwadd_wch(canvas->win, y, x, wide[cell]);
	else
		mvwaddch(canvas->win, y, x, acs[cell]);
}

void
draw_rule(const struct canvas *canvas, int y)
{
	for (int x = 0; x < canvas->cols; x++)
		put_line_cell(canvas, y, x, HORIZONTAL);
}

void
draw_box_edge(const struct canvas *canvas, bool upper)
{
	draw_rule(canvas, 0);
	put_line_cell(canvas, 0, 0, upper ? TOP_LEFT : LOW_LEFT);
	put_line_cell(
	    canvas, 0, canvas->cols - 1, upper ? TOP_RIGHT : LOW_RIGHT);
}

void
draw_box_sides(const struct canvas *canvas)
{
	for (int y = 0; y < canvas->rows; y++) {
		put_line_cell(canvas, y, 0, VERTICAL);
		put_line_cell(canvas, y, canvas->cols - 1, VERTICAL);
	}
}

void
draw_box(const struct canvas *canvas)
{
	struct canvas low =
	    canvas_part(canvas, canvas->rows - 1, 0, 1, canvas->cols);

	draw_box_sides(canvas);
	draw_box_edge(canvas, true);
	draw_box_edge(&low, false);
}

int
draw_badge(
    const struct canvas *canvas, int y, int x, enum role role, const char *word)
{
	return draw_text(canvas, y, x, role, word);
}

void
draw_cursor(const struct canvas *canvas, int y, int x)
{
	if (canvas->cursor == NULL || canvas->rows <= 0 || canvas->cols <= 0)
		return;
	y = y < 0 ? 0 : y >= canvas->rows ? canvas->rows - 1 : y;
	x = x < 0 ? 0 : x >= canvas->cols ? canvas->cols - 1 : x;
	canvas->cursor->y = canvas->top + y;
	canvas->cursor->x = canvas->left + x;
}

/* Octets of the first line: up to the last blank that fits. */
static size_t
line_length(struct str text, int columns)
{
	struct str rest = text;
	size_t blank = 0;
	int used = 0;

	while (rest.len > 0) {
		size_t at = text.len - rest.len;
		int one;

		if (*rest.p == '\n')
			return at;
		if (*rest.p == ' ')
			blank = at;
		take_cell(&rest, true, &one);
		used += one;
		if (used > columns && *(text.p + at) != ' ')
			return blank > 0 ? blank
			    : at > 0	 ? at
					 : text.len - rest.len;
	}
	return text.len;
}

bool
text_wrap(struct str *rest, int columns, struct str *line)
{
	if (rest->len == 0)
		return false;
	line->p = rest->p;
	line->len = line_length(*rest, columns < 1 ? 1 : columns);
	*rest = str_slice(*rest, line->len, rest->len);
	if (rest->len > 0 && (*rest->p == ' ' || *rest->p == '\n'))
		*rest = str_slice(*rest, 1, rest->len);
	return true;
}

int
text_rows(const char *text, int columns)
{
	struct str rest = str_of(text);
	struct str line;
	int rows = 0;

	while (text_wrap(&rest, columns, &line))
		rows++;
	return rows;
}

int
draw_wrapped(const struct canvas *canvas, int y, int x, int rows,
    enum role role, const char *text)
{
	struct str rest = str_of(text);
	struct str line;

	for (; rows > 0 && text_wrap(&rest, canvas->cols - x, &line); rows--)
		draw_str(canvas, y++, x, role, line);
	return y;
}
