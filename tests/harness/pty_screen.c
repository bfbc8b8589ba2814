/* What is on the screen of a terminal: text, cells, cursor. */
#include "pty_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One row as UTF-8 at `out`, blanks at the end cut off; its length. */
static size_t
row_text(struct terminal *t, int row, char *out)
{
	size_t len = 0;

	for (int col = 0; col < t->cols; col++) {
		struct terminal_cell cell = terminal_cell(t, row, col);
		VTermScreenCell wide;
		VTermPos at = { .row = row, .col = col };

		if (cell.text[0] == '\0')
			memcpy(cell.text, " ", 2);
		memcpy(out + len, cell.text, strlen(cell.text));
		len += strlen(cell.text);
		vterm_screen_get_cell(t->screen, at, &wide);
		if (wide.width == 2)
			col++;
	}
	while (len > 0 && out[len - 1] == ' ')
		len--;
	out[len] = '\0';
	return len;
}

static char *
room(struct terminal *t, int rows)
{
	size_t row = (size_t)t->cols * sizeof((struct terminal_cell){ 0 }.text);

	free(t->text);
	t->text = malloc((size_t)rows * (row + 1) + 1);
	if (t->text == NULL)
		abort();
	return t->text;
}

const char *
terminal_row(struct terminal *t, int row)
{
	char *text = room(t, 1);

	row_text(t, row, text);
	return text;
}

const char *
terminal_text(struct terminal *t)
{
	char *text = room(t, t->rows), *end = text;

	for (int row = 0; row < t->rows; row++) {
		end += row_text(t, row, end);
		*end++ = '\n';
	}
	end[-1] = '\0';
	return text;
}

void
terminal_print(struct terminal *t)
{
	struct terminal_cursor cursor = terminal_cursor(t);

	fprintf(stderr,
	    "+---- %d rows, %d columns, cursor %d,%d%s\n%s\n+----\n", t->rows,
	    t->cols, cursor.row, cursor.col, cursor.visible ? "" : " (hidden)",
	    terminal_text(t));
}

bool
terminal_shows(struct terminal *t, const char *text)
{
	return strstr(terminal_text(t), text) != NULL;
}

/* The column of an octet in a row: characters before it, wide ones twice. */
static int
column(struct terminal *t, int row, size_t octets)
{
	size_t len = 0;
	int col = 0;

	while (col < t->cols && len < octets) {
		struct terminal_cell cell = terminal_cell(t, row, col);

		len += cell.text[0] != '\0' ? strlen(cell.text) : 1;
		col++;
		if (cell.text[0] != '\0' && col < t->cols) {
			VTermPos at = { .row = row, .col = col - 1 };
			VTermScreenCell wide;

			vterm_screen_get_cell(t->screen, at, &wide);
			col += wide.width == 2;
		}
	}
	return col;
}

bool
terminal_find(struct terminal *t, const char *text, int *row, int *col)
{
	for (int i = 0; i < t->rows; i++) {
		const char *line = terminal_row(t, i);
		const char *hit = strstr(line, text);

		if (hit == NULL)
			continue;
		*row = i;
		*col = column(t, i, (size_t)(hit - line));
		return true;
	}
	return false;
}

static size_t
utf8(uint32_t c, char *out)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

static int
colour(const VTermColor *color, bool is_default)
{
	if (is_default)
		return -1;
	return VTERM_COLOR_IS_INDEXED(color) ? color->indexed.idx : -2;
}

struct terminal_cell
terminal_cell(struct terminal *t, int row, int col)
{
	VTermPos at = { .row = row, .col = col };
	struct terminal_cell out = { .fg = -1, .bg = -1 };
	VTermScreenCell cell;
	size_t len = 0;

	if (!vterm_screen_get_cell(t->screen, at, &cell))
		return out;
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0 &&
	     cell.chars[i] != UINT32_MAX;
	     i++)
		len += utf8(cell.chars[i], out.text + len);
	out.bold = cell.attrs.bold != 0;
	out.reverse = cell.attrs.reverse != 0;
	out.underline = cell.attrs.underline != 0;
	out.blink = cell.attrs.blink != 0;
	out.fg = colour(&cell.fg, VTERM_COLOR_IS_DEFAULT_FG(&cell.fg));
	out.bg = colour(&cell.bg, VTERM_COLOR_IS_DEFAULT_BG(&cell.bg));
	return out;
}

struct terminal_cursor
terminal_cursor(struct terminal *t)
{
	VTermPos at;

	vterm_state_get_cursorpos(vterm_obtain_state(t->vt), &at);
	return (struct terminal_cursor){ at.row, at.col, t->cursor_visible };
}

bool
terminal_on_alternate_screen(const struct terminal *t)
{
	return t->alternate;
}
