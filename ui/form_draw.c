/* ui/form_draw.c - which rows of a form are seen, and how; see form.h */
#include <string.h>

#include "../checks/base/i18n.h"
#include "form.h"

#define LIST_WANTED 6 /* rows of a list worth dropping others for */
#define LIST_LEAST  3 /* fewer make no list */

void
form_mark(const struct canvas *line, bool focused)
{
	if (!focused)
		return;
	draw_text(line, 0, 1, ROLE_HEADING, ">");
	draw_cursor(line, 0, 3);
}

static void
draw_text_row(const struct row *row, const struct canvas *line, bool focused)
{
	(void)focused;
	draw_text(line, 0, row->indent, row->role, row->text);
}

void
form_blank(struct form *form)
{
	form_add(form,
	    (struct row){
		.draw = draw_text_row, .text = "", .drop = DROP_BLANK });
}

static void
add_text(struct form *form, struct row row, const char *text)
{
	struct str rest = str_of(text);
	struct str line;

	row.block = ++form->blocks;
	while (text_wrap(&rest, form->columns - row.indent - 1, &line)) {
		row.text = str_dup(form->arena, line);
		form_add(form, row);
	}
}

void
form_text(struct form *form, enum drop drop, enum role role, int indent,
    const char *text)
{
	add_text(form,
	    (struct row){ .draw = draw_text_row,
		.drop = drop,
		.role = role,
		.indent = indent },
	    text);
}

void
form_scroll_text(
    struct form *form, enum role role, int indent, const char *text)
{
	struct row row = { .draw = draw_text_row,
		.scrolls = true,
		.role = role,
		.indent = indent };

	if (*text == '\0') {
		row.text = "";
		form_add(form, row);
	}
	add_text(form, row, text);
}

void
form_part(struct form *form, const char *heading, const char *text)
{
	if (text == NULL || *text == '\0')
		return;
	form_scroll_text(form, ROLE_TEXT, 0, "");
	form_scroll_text(form, ROLE_HEADING, 1, heading);
	form_scroll_text(form, ROLE_TEXT, 3, text);
}

void
form_wrapped(struct form *form, struct row row)
{
	struct str rest = str_of(row.text);
	struct str line;

	while (text_wrap(&rest, form->columns - row.indent - 1, &line)) {
		row.text = str_dup(form->arena, line);
		form_add(form, row);
		row.id = 0;
		row.draw = draw_text_row;
	}
}

/* Where the widget begins: behind the labels, nearer on a narrow screen. */
static int
widget_column(const struct row *row, const struct canvas *line)
{
	return line->cols < 60 && row->indent > 17 ? 17 : row->indent;
}

static int
label_columns(const struct form *form)
{
	return form->label > 0 ? form->label : FORM_LABEL;
}

static void
draw_label(const struct row *row, const struct canvas *line, bool focused)
{
	form_mark(line, focused);
	draw_cut(line, 0, 3, widget_column(row, line) - 4,
	    focused ? ROLE_HEADING : ROLE_TEXT, row->label);
}

int
form_draw_right(const struct row *row, const struct canvas *line, int least)
{
	const char *badge = row->badge == NULL ? "" : row->badge;
	const char *text = row->right == NULL ? "" : row->right;
	int gap = *badge != '\0' && *text != '\0' ? 2 : 0;
	int width = text_columns(badge) + gap + text_columns(text);
	int x;

	if (width == 0)
		return line->cols - 1;
	if (width > line->cols - least - 1)
		width = line->cols - least - 1;
	x = line->cols - width - 1;
	x = draw_cut(line, 0, x, width, row->badge_role, badge);
	draw_cut(line, 0, x + gap, line->cols - x - gap - 1, ROLE_NOTE, text);
	return line->cols - width - 3;
}

/* Beside a field on a narrow screen there is room for the badge alone. */
static int
draw_verdict(const struct row *row, const struct canvas *line, int least)
{
	struct row badge = *row;

	if (line->cols < 50)
		badge.right = NULL;
	return form_draw_right(&badge, line, least);
}

#define FIELD_LEAST 14 /* columns of a text field */
#define FIELD_MOST  44

static void
draw_field_row(const struct row *row, const struct canvas *line, bool focused)
{
	int x = widget_column(row, line);
	int end;

	draw_label(row, line, focused);
	end = draw_verdict(row, line, x + FIELD_LEAST + 2);
	if (end > x + FIELD_MOST)
		end = x + FIELD_MOST;
	text_field_draw(line, 0, x, end - x, row->field, focused);
}

static void
draw_radio_row(const struct row *row, const struct canvas *line, bool focused)
{
	int x = widget_column(row, line);
	int end;

	draw_label(row, line, focused);
	end = draw_verdict(row, line, x + FIELD_LEAST + 2);
	radio_draw(line, 0, x, end - x, row->radio, focused);
}

static void
draw_tick_row(const struct row *row, const struct canvas *line, bool focused)
{
	int end = form_draw_right(row, line, 24);

	form_mark(line, focused);
	draw_text(line, 0, 3, ROLE_TEXT, *row->tick ? "[x]" : "[ ]");
	draw_cut(
	    line, 0, 7, end - 7, focused ? ROLE_FOCUS : ROLE_TEXT, row->label);
	if (focused)
		draw_cursor(line, 0, 4);
}

struct row *
form_tick(struct form *form, int id, int group, const char *label, bool *tick)
{
	return form_add(form,
	    (struct row){ .id = id,
		.group = group,
		.draw = draw_tick_row,
		.label = label,
		.tick = tick });
}

struct row *
form_field(struct form *form, int id, int group, const char *label,
    struct text_field *field)
{
	return form_add(form,
	    (struct row){ .id = id,
		.group = group,
		.draw = draw_field_row,
		.label = label,
		.indent = label_columns(form),
		.field = field });
}

struct row *
form_radio(struct form *form, int id, int group, const char *label,
    struct radio *radio)
{
	return form_add(form,
	    (struct row){ .id = id,
		.group = group,
		.draw = draw_radio_row,
		.label = label,
		.indent = label_columns(form),
		.radio = radio });
}

/* --- which rows are seen ------------------------------------------------- */

struct placement {
	bool *shown; /* by row */
	bool all_scroll;
};

static int
count_rows(const struct form *form, const struct placement *p, bool scrolling)
{
	int n = 0;

	for (size_t i = 0; i < form->nrows; i++)
		n += p->shown[i] &&
		    (p->all_scroll || form->rows[i].scrolls) == scrolling;
	return n;
}

static int
smaller(int a, int b)
{
	return a < b ? a : b;
}

static void
hide(const struct form *form, struct placement *p, size_t i)
{
	int block = form->rows[i].block;

	p->shown[i] = false;
	for (size_t j = 0; j < form->nrows; j++)
		if (block != 0 && form->rows[j].block == block)
			p->shown[j] = false;
}

/* Leaves out the last row of this kind; false when there is none. */
static bool
leave_out(const struct form *form, struct placement *p, enum drop drop,
    const struct form_state *state)
{
	for (size_t i = form->nrows; i-- > 0;) {
		if (!p->shown[i] || form->rows[i].drop != drop ||
		    (form->rows[i].id != 0 && form->rows[i].id == state->focus))
			continue;
		hide(form, p, i);
		return true;
	}
	return false;
}

static void
place(const struct form *form, const struct form_state *state, int height,
    struct placement *p)
{
	p->all_scroll = false;
	p->shown = arena_array(form->arena, form->nrows + 1, sizeof(bool));
	for (size_t i = 0; i < form->nrows; i++)
		p->shown[i] = true;
	for (int drop = DROP_BLANK; drop > DROP_NEVER; drop--) {
		for (;;) {
			int list = count_rows(form, p, true);

			if (count_rows(form, p, false) +
				smaller(list, LIST_WANTED) <=
			    height)
				return;
			if (!leave_out(form, p, (enum drop)drop, state))
				break;
		}
	}
	p->all_scroll = count_rows(form, p, false) +
		smaller(count_rows(form, p, true), LIST_LEAST) >
	    height;
}

/* --- the part that scrolls ----------------------------------------------- */

struct view_port {
	int first; /* row of the part that is seen first */
	int rows; /* that are seen */
	bool up, down; /* a line says how many more there are */
};

static struct view_port
port_at(int top, int count, int height)
{
	struct view_port port = { .rows = height };

	if (count <= height)
		return (struct view_port){ .rows = count };
	port.first = top < 0 ? 0 : smaller(top, count - height + 1);
	port.up = port.first > 0;
	port.rows -= port.up;
	port.down = port.first + port.rows < count;
	port.rows -= port.down;
	return port;
}

/* Scrolls as little as brings row `focus` (-1: none) into sight. */
static struct view_port
scroll_to(struct form_state *state, int focus, int count, int height)
{
	struct view_port port = port_at(state->top, count, height);

	if (focus >= 0 && focus < port.first)
		port = port_at(focus == 1 ? 0 : focus, count, height);
	while (focus >= port.first + port.rows && port.rows > 0 &&
	    port.first < focus)
		port = port_at(port.first + 1, count, height);
	state->shown = port.first;
	state->page = port.rows;
	state->hidden = count - port.rows;
	return port;
}

static void
draw_more(const struct canvas *canvas, int y, bool up, int n)
{
	draw_format(canvas, y, 3, ROLE_NOTE,
	    up ? PLURAL("^ %d more above", "^ %d more above", (unsigned long)n)
	       : PLURAL("v %d more below", "v %d more below", (unsigned long)n),
	    n);
}

static int
focused_place(const struct form *form, const struct form_state *state,
    const struct placement *p)
{
	int at = 0;

	for (size_t i = 0; i < form->nrows; i++) {
		if (!p->shown[i] || !(p->all_scroll || form->rows[i].scrolls))
			continue;
		if (form->rows[i].id != 0 && form->rows[i].id == state->focus)
			return at;
		at++;
	}
	return -1;
}

static void
note_hit(struct form_state *state, const struct canvas *canvas, int y, int x,
    int cols, int id)
{
	if (id == 0 || state->nhits == FORM_HITS)
		return;
	state->hits[state->nhits++] = (struct hit){ .y = canvas->top + y,
		.x = canvas->left + x,
		.cols = cols,
		.id = id };
}

static void
draw_row(const struct form *form, struct form_state *state, size_t i,
    const struct canvas *canvas, int y)
{
	const struct row *row = &form->rows[i];
	struct canvas line = canvas_part(canvas, y, 0, 1, canvas->cols);

	note_hit(state, canvas, y, 0, canvas->cols, row->id);
	row->draw(row, &line, row->id != 0 && row->id == state->focus);
}

void
form_draw(const struct form *form, struct form_state *state,
    const struct canvas *canvas)
{
	struct placement p;
	struct view_port port;
	int count, y = 0, at = 0;

	state->nhits = 0;
	form_focused(form, state);
	place(form, state, canvas->rows, &p);
	count = count_rows(form, &p, true);
	port = scroll_to(state, focused_place(form, state, &p), count,
	    canvas->rows - count_rows(form, &p, false));
	for (size_t i = 0; i < form->nrows; i++) {
		if (!p.shown[i])
			continue;
		if (!p.all_scroll && !form->rows[i].scrolls) {
			draw_row(form, state, i, canvas, y++);
			continue;
		}
		if (at == port.first && port.up)
			draw_more(canvas, y++, true, port.first);
		if (at >= port.first && at < port.first + port.rows)
			draw_row(form, state, i, canvas, y++);
		at++;
		if (at == port.first + port.rows && port.down)
			draw_more(canvas, y++, false, count - at);
	}
}

static int
buttons_columns(const struct form *form, int gap)
{
	int columns = 0;

	for (size_t i = 0; i < form->nbuttons; i++)
		columns += text_columns(form->buttons[i].label) + 4 +
		    (i > 0 ? gap : 0);
	return columns;
}

void
form_draw_buttons(const struct form *form, struct form_state *state,
    const struct canvas *canvas, int y)
{
	int gap = 3;
	int x;

	/* Before the first of them there is room for the mark of the focus. */
	while (gap > 1 &&
	    buttons_columns(form, gap) + (gap > 2 ? 4 : 2) > canvas->cols)
		gap--;
	x = (canvas->cols - buttons_columns(form, gap)) / 2;

	form_focused(form, state);
	for (size_t i = 0; i < form->nbuttons; i++) {
		bool focused = form->buttons[i].id == state->focus;

		if (focused) {
			draw_text(canvas, y, x - (gap > 2 ? 2 : 1),
			    ROLE_HEADING, ">");
			draw_cursor(canvas, y, x + 2);
		}
		note_hit(state, canvas, y, x,
		    text_columns(form->buttons[i].label) + 4,
		    form->buttons[i].id);
		x = draw_format(canvas, y, x > 0 ? x : 0,
			focused ? ROLE_FOCUS : ROLE_TEXT, "< %s >",
			form->buttons[i].label) +
		    gap;
	}
}
