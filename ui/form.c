/* ui/form.c - the rows of a form, and moving between them; see form.h */
#include <string.h>

#include "form.h"

struct row *
form_add(struct form *form, struct row row)
{
	form->rows =
	    arena_grow(form->arena, form->rows, form->nrows, sizeof(row));
	form->rows[form->nrows] = row;
	return &form->rows[form->nrows++];
}

void
form_button(struct form *form, int id, const char *label)
{
	if (form->nbuttons < FORM_BUTTONS)
		form->buttons[form->nbuttons++] = (struct button){ id, label };
}

void
form_focus(struct form_state *state, int id)
{
	state->focus = id;
}

int
form_hit(const struct form_state *state, int y, int x)
{
	for (int i = 0; i < state->nhits; i++) {
		const struct hit *hit = &state->hits[i];

		if (hit->y == y && x >= hit->x && x < hit->x + hit->cols)
			return hit->id;
	}
	return 0;
}

bool
form_on_button(const struct form *form, const struct form_state *state)
{
	for (size_t i = 0; i < form->nbuttons; i++)
		if (form->buttons[i].id == state->focus)
			return true;
	return false;
}

static const struct row *
row_by_id(const struct form *form, int id)
{
	for (size_t i = 0; i < form->nrows && id != 0; i++)
		if (form->rows[i].id == id)
			return &form->rows[i];
	return NULL;
}

static int
first_id(const struct form *form)
{
	for (size_t i = 0; i < form->nrows; i++)
		if (form->rows[i].id != 0)
			return form->rows[i].id;
	return form->nbuttons > 0 ? form->buttons[0].id : 0;
}

/*
 * What had the focus may be gone: then the one that took its place, which
 * has the nearest smaller id.
 */
static int
nearest_id(const struct form *form, int gone)
{
	int best = 0;

	for (size_t i = 0; i < form->nrows; i++)
		if (form->rows[i].id <= gone && form->rows[i].id > best)
			best = form->rows[i].id;
	return best != 0 ? best : first_id(form);
}

const struct row *
form_focused(const struct form *form, struct form_state *state)
{
	const struct row *row = row_by_id(form, state->focus);

	if (row == NULL && !form_on_button(form, state)) {
		state->focus = nearest_id(form, state->focus);
		row = row_by_id(form, state->focus);
	}
	if (row != NULL)
		state->last[row->group] = row->id;
	return row;
}

/* The focusable row before or behind `from`; NULL at the end. */
static const struct row *
step(const struct form *form, const struct row *from, int by)
{
	const struct row *row = from;

	for (;;) {
		row += by;
		if (row < form->rows || row >= form->rows + form->nrows)
			return NULL;
		if (row->id != 0)
			return row;
	}
}

static const struct row *
last_row(const struct form *form)
{
	return form->nrows == 0 ? NULL
				: step(form, form->rows + form->nrows, -1);
}

static enum form_result
move_to(struct form_state *state, const struct row *row)
{
	if (row == NULL)
		return FORM_IGNORED;
	state->focus = row->id;
	return FORM_MOVED;
}

/* Text alone scrolls; where rows do that can be focused, the focus moves. */
static bool
scrolls_freely(const struct form *form, const struct form_state *state,
    const struct row *focused)
{
	if (state->hidden == 0 || (focused != NULL && focused->scrolls))
		return false;
	for (size_t i = 0; i < form->nrows; i++)
		if (form->rows[i].scrolls && form->rows[i].id != 0)
			return false;
	return true;
}

/* Down from the last row leads to the buttons, Up from them to it. */
static enum form_result
move_by_row(const struct form *form, struct form_state *state, int by)
{
	const struct row *row = form_focused(form, state);

	if (row == NULL) {
		if (scrolls_freely(form, state, row)) {
			state->top += by;
			return FORM_MOVED;
		}
		return by < 0 ? move_to(state, last_row(form)) : FORM_IGNORED;
	}
	row = step(form, row, by);
	if (row != NULL)
		return move_to(state, row);
	if (by > 0 && form->nbuttons > 0) {
		state->focus = form->buttons[0].id;
		return FORM_MOVED;
	}
	return FORM_IGNORED;
}

static size_t
button_index(const struct form *form, const struct form_state *state)
{
	size_t i = 0;

	while (i < form->nbuttons && form->buttons[i].id != state->focus)
		i++;
	return i;
}

/* The row to go to when a group is entered: where the focus was last. */
static const struct row *
enter_group(const struct form *form, const struct form_state *state,
    const struct row *row)
{
	const struct row *last = row_by_id(form, state->last[row->group]);

	return last != NULL && last->group == row->group ? last : row;
}

static enum form_result
tab_forward(const struct form *form, struct form_state *state)
{
	const struct row *row = form_focused(form, state);
	size_t button = button_index(form, state);
	int group = row == NULL ? -1 : row->group;

	if (row == NULL && button + 1 < form->nbuttons) {
		state->focus = form->buttons[button + 1].id;
		return FORM_MOVED;
	}
	if (row == NULL) {
		row = row_by_id(form, first_id(form));
	} else {
		while (row != NULL && row->group == group)
			row = step(form, row, 1);
		if (row == NULL && form->nbuttons > 0) {
			state->focus = form->buttons[0].id;
			return FORM_MOVED;
		}
	}
	if (row == NULL) {
		state->focus = first_id(form);
		return FORM_MOVED;
	}
	return move_to(state, enter_group(form, state, row));
}

static enum form_result
tab_back(const struct form *form, struct form_state *state)
{
	const struct row *row = form_focused(form, state);
	size_t button = button_index(form, state);
	int group = row == NULL ? -1 : row->group;

	if (row == NULL && button > 0) {
		state->focus = form->buttons[button - 1].id;
		return FORM_MOVED;
	}
	if (row == NULL)
		row = last_row(form);
	while (row != NULL && row->group == group)
		row = step(form, row, -1);
	if (row != NULL)
		return move_to(state, enter_group(form, state, row));
	if (form->nbuttons > 0)
		state->focus = form->buttons[form->nbuttons - 1].id;
	return FORM_MOVED;
}

void
form_next(const struct form *form, struct form_state *state)
{
	tab_forward(form, state);
}

static enum form_result
move_among_buttons(
    const struct form *form, struct form_state *state, enum action action)
{
	size_t i = button_index(form, state);

	switch (action) {
	case ACT_LEFT:
		if (i > 0)
			state->focus = form->buttons[i - 1].id;
		return FORM_MOVED;
	case ACT_RIGHT:
		if (i + 1 < form->nbuttons)
			state->focus = form->buttons[i + 1].id;
		return FORM_MOVED;
	case ACT_TOGGLE:
	case ACT_ENTER:
		return FORM_PRESSED;
	default:
		return FORM_IGNORED;
	}
}

/* By pages and to the ends: of the group, or of a text that scrolls. */
static enum form_result
move_far(const struct form *form, struct form_state *state, enum action action)
{
	const struct row *row = form_focused(form, state);
	int page = state->page > 1 ? state->page - 1 : 1;
	int by = action == ACT_PAGE_UP || action == ACT_FIRST ? -1 : 1;
	int steps =
	    action == ACT_FIRST || action == ACT_LAST ? INT16_MAX : page;

	if (scrolls_freely(form, state, row)) {
		state->top += by * steps;
		return FORM_MOVED;
	}
	while (row != NULL && steps-- > 0) {
		const struct row *next = step(form, row, by);

		if (next == NULL || next->group != row->group)
			break;
		row = next;
	}
	return row == NULL ? FORM_IGNORED : move_to(state, row);
}

static enum form_result
act_on_widget(const struct row *row, enum action action, uint32_t character)
{
	if (row->field != NULL) {
		if (action == ACT_TEXT)
			return text_field_type(row->field, character)
			    ? FORM_CHANGED
			    : FORM_IGNORED;
		if (text_field_act(row->field, action))
			return FORM_CHANGED;
	}
	if (row->radio != NULL && radio_act(row->radio, action))
		return FORM_CHANGED;
	if (row->tick != NULL && action == ACT_TOGGLE) {
		*row->tick = !*row->tick;
		return FORM_CHANGED;
	}
	return action == ACT_ENTER ? FORM_PRESSED : FORM_IGNORED;
}

enum form_result
form_act(const struct form *form, struct form_state *state, enum action action,
    uint32_t character)
{
	const struct row *row = form_focused(form, state);
	enum form_result result;

	state->top = state->shown;
	result = row != NULL ? act_on_widget(row, action, character)
			     : move_among_buttons(form, state, action);

	if (result != FORM_IGNORED)
		return result;
	switch (action) {
	case ACT_UP:
		return move_by_row(form, state, -1);
	case ACT_DOWN:
		return move_by_row(form, state, 1);
	case ACT_NEXT_FIELD:
		return tab_forward(form, state);
	case ACT_PREVIOUS_FIELD:
		return tab_back(form, state);
	case ACT_PAGE_UP:
	case ACT_PAGE_DOWN:
	case ACT_FIRST:
	case ACT_LAST:
		return move_far(form, state, action);
	default:
		return FORM_IGNORED;
	}
}
