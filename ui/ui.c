/* ui/ui.c - keys go to the view on top, pictures come from all; see view.h */
#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "advice.h"
#include "frame.h"
#include "overlay.h"
#include "servers.h"
#include "topic.h"
#include "view.h"

void
ui_begin(struct ui *ui, struct session *session, bool function_keys)
{
	memset(ui, 0, sizeof(*ui));
	ui->session = session;
	ui->function_keys = function_keys;
	ui->arena = arena_new();
	ui->now_ms = monotonic_ms();
	ui->rows = 24;
	ui->cols = 80;
	ui->at = session_at(session);
	if (ui_view(ui)->open != NULL)
		ui_view(ui)->open(ui);
}

void
ui_end(struct ui *ui)
{
	arena_free(ui->arena);
	ui->arena = NULL;
}

static void
new_picture(struct ui *ui)
{
	arena_free(ui->arena);
	ui->arena = arena_new();
}

static struct canvas
bare_screen(const struct ui *ui)
{
	return (struct canvas){ .rows = ui->rows, .cols = ui->cols };
}

static struct form
build(struct ui *ui, const struct view *view, struct form_state *state,
    bool overlay)
{
	struct canvas screen = bare_screen(ui);
	struct canvas body = frame_body(&screen);
	struct form form = {
		.arena = ui->arena,
		.columns = overlay ? overlay_columns(&body) : body.cols,
		.compact = frame_size(ui->rows, ui->cols) != FRAME_FULL,
	};
	int before = state->focus;

	view->build(ui, &form);
	if (form_focused(&form, state) != NULL && state->focus != before) {
		form.nrows = form.nbuttons = 0; /* now that it is settled */
		form.rows = NULL;
		view->build(ui, &form);
	}
	if (form.compact && !overlay)
		form.nbuttons = 0; /* no room; their keys remain */
	return form;
}

/* The session moved to another step: its view comes on the screen. */
static void
follow_session(struct ui *ui)
{
	enum wizard_step at = session_at(ui->session);

	if (at == ui->at)
		return;
	ui->at = at;
	ui->advised = NULL; /* on another step it is said anew */
	ui_close_all(ui);
	if (ui_view(ui)->open != NULL)
		ui_view(ui)->open(ui);
}

/* Once, as long as there is something to tell. */
static void
tell_once(struct ui *ui, const char *sentence, bool *told)
{
	if (sentence == NULL) {
		*told = false;
	} else if (!*told) {
		*told = true;
		if (ui_view(ui) != &view_saving)
			ui_open(ui, &view_saving);
	}
}

/* Nobody shall work for an hour and then learn that nothing was kept. */
static void
tell_saving(struct ui *ui)
{
	if (*session_plan(ui->session)->domain == '\0')
		return;
	tell_once(ui, session_save_problem(ui->session), &ui->told_unsaved);
	tell_once(ui, session_saved_told(ui->session), &ui->told_damage);
}

static void
take_message(struct ui *ui)
{
	const struct message *message = session_message(ui->session);

	if (message == NULL || message->number == ui->message_seen)
		return;
	ui->message_seen = message->number;
	if (message->text[0] != '\0')
		ui_note(ui, message->level, message->text);
}

static void
leave_focus(struct ui *ui, const struct view *view, int id)
{
	if (view->left != NULL && id != 0)
		view->left(ui, id);
}

/* What works everywhere. */
static bool
act_globally(struct ui *ui, enum action action)
{
	switch (action) {
	case ACT_HELP:
		if (ui_view(ui) == &view_help)
			return true;
		ui->helped_id = ui_state(ui)->focus;
		ui->helped = ui_view(ui);
		ui_open(ui, &view_help);
		return true;
	case ACT_STEPS:
		ui_close_all(ui);
		ui_open(ui, &view_steps);
		return true;
	case ACT_QUIT:
		if (ui_view(ui) != &view_quit)
			ui_open(ui, &view_quit);
		return true;
	case ACT_REDRAW:
		ui->wish = WISH_REDRAW;
		return true;
	case ACT_SUSPEND:
		ui->wish = WISH_SUSPEND;
		return true;
	case ACT_INTERRUPT:
		if (++ui->quitting > 1)
			ui->wish = WISH_INTERRUPTED;
		else if (ui_view(ui) != &view_quit)
			ui_open(ui, &view_quit);
		return true;
	case ACT_BACK:
		if (ui->noverlays > 0)
			ui_close(ui);
		else if (session_back(ui->session) == MOVE_QUIT)
			ui_open(ui, &view_quit);
		return true;
	default:
		return false;
	}
}

/* The fields of the step are filled anew: they may hold what was undone. */
static void
undo(struct ui *ui)
{
	const char *said;

	if (!session_can_undo(ui->session)) {
		ui_note(ui, MESSAGE_NOTE, _("There is nothing to take back."));
		return;
	}
	said = session_undo(ui->session);
	if (said != NULL)
		ui_note(ui, MESSAGE_NOTE, said);
	if (ui_view(ui)->open != NULL)
		ui_view(ui)->open(ui);
}

/* What works in every step, when nothing lies over it. */
static bool
act_in_step(struct ui *ui, enum action action)
{
	if (ui->noverlays > 0)
		return false;
	switch (action) {
	case ACT_NEXT_STEP:
		ui_next_step(ui);
		return true;
	case ACT_UNDO:
		undo(ui);
		return true;
	default:
		break;
	}
	if (*session_plan(ui->session)->domain == '\0')
		return false;
	switch (action) {
	case ACT_CHECK:
	case ACT_STOP:
		return servers_act(ui, action);
	case ACT_SAVE:
		ui_save(ui);
		return true;
	case ACT_COPY:
		ui->wish = WISH_PLAIN;
		return true;
	default:
		return false;
	}
}

static bool
in_text(const struct form *form, struct form_state *state)
{
	const struct row *row = form_focused(form, state);

	return row != NULL && row->field != NULL;
}

/* The keys of the view come before those of the form, for it knows more. */
static void
act(struct ui *ui, const struct form *form, enum action action, uint32_t key)
{
	const struct view *view = ui_view(ui);
	struct form_state *state = ui_state(ui);
	int before = state->focus;
	enum form_result result;

	if (view->act != NULL && view->act(ui, action, before))
		return;
	result = form_act(form, state, action, key);
	if (result == FORM_CHANGED) {
		if (in_text(form, state))
			ui->typed_ms = ui->now_ms;
		if (view->changed != NULL)
			view->changed(ui, before);
	} else if (result == FORM_PRESSED &&
	    (view->press == NULL || !view->press(ui, before))) {
		form_next(form, state);
	}
	if (ui_view(ui) == view && state->focus != before)
		leave_focus(ui, view, before);
	if (result == FORM_IGNORED && action != ACT_TEXT) {
		if (action != ACT_NONE && action != ACT_REDRAW &&
		    action != ACT_HELP)
			leave_focus(ui, view, before);
		if (!act_globally(ui, action))
			act_in_step(ui, action);
	}
}

static void
tell_paste(struct ui *ui, const struct paste *paste,
    const struct paste_report *report, bool fits)
{
	if (paste->cut || !fits)
		ui_note(ui, MESSAGE_WARN,
		    _("The pasted text is too long for this field and was "
		      "cut."));
	else if (report->lines > 1 || report->removed > 0)
		ui_note(ui, MESSAGE_NOTE,
		    ui_format(ui,
			_("Pasted: %zu lines joined, %zu invisible "
			  "characters removed."),
			report->lines > 1 ? report->lines : 0,
			report->removed));
}

static void
act_paste(struct ui *ui, const struct form *form, const struct paste *paste)
{
	const struct row *row = form_focused(form, ui_state(ui));
	struct paste_report report;
	char line[TEXT_FIELD_SIZE];
	bool fits;

	if (row == NULL || row->field == NULL) {
		ui_note(ui, MESSAGE_NOTE,
		    _("The pasted text was left out: no text field is "
		      "selected."));
		return;
	}
	fits = paste_line(paste, PASTE_WORDS, line, sizeof(line), &report) <
	    sizeof(line) - 4;
	fits = text_field_insert(row->field, line) && fits;
	tell_paste(ui, paste, &report, fits);
	ui->typed_ms = ui->now_ms;
	if (ui_view(ui)->changed != NULL)
		ui_view(ui)->changed(ui, row->id);
}

/* A click goes there; on a button, or where the focus is, it is Enter. */
static void
act_click(struct ui *ui, const struct form *form)
{
	struct form_state *state = ui_state(ui);
	int before = state->focus;
	int id = form_hit(state, ui->mouse.y, ui->mouse.x);

	if (id == 0)
		return;
	form_focus(state, id);
	if (id != before)
		leave_focus(ui, ui_view(ui), before);
	if (id == before || form_on_button(form, state))
		act(ui, form, ACT_ENTER, K_ENTER);
}

/* Only what ends it works on a screen too small to show anything. */
static void
act_too_small(struct ui *ui, uint32_t key)
{
	enum action action = action_of(key, false);

	if (key == 'p')
		ui->wish = WISH_LINES;
	else if (action == ACT_QUIT)
		ui->wish = WISH_LEAVE;
	else if (action == ACT_INTERRUPT)
		ui->wish = WISH_INTERRUPTED;
	else if (action == ACT_SUSPEND)
		ui->wish = WISH_SUSPEND;
}

void
ui_key(struct ui *ui, uint32_t key, const struct paste *paste)
{
	struct form form;
	enum action action;

	if (frame_size(ui->rows, ui->cols) == FRAME_TOO_SMALL) {
		act_too_small(ui, key);
		return;
	}
	new_picture(ui);
	form = build(ui, ui_view(ui), ui_state(ui), ui->noverlays > 0);
	action = action_of(key, in_text(&form, ui_state(ui)));
	ui->note.text[0] = '\0';
	if (action != ACT_INTERRUPT)
		ui->quitting = 0;
	if (action == ACT_PASTE)
		act_paste(ui, &form, paste);
	else if (action == ACT_CLICK)
		act_click(ui, &form);
	else
		act(ui, &form, action, key);
	take_message(ui);
	follow_session(ui);
	tell_saving(ui);
}

void
ui_tick(struct ui *ui, int64_t now_ms)
{
	ui->now_ms = now_ms;
	if (ui->typed_ms != 0 && !ui_typing(ui)) {
		ui->typed_ms = 0;
		if (ui_view(ui)->changed != NULL)
			ui_view(ui)->changed(ui, ui_state(ui)->focus);
	}
	take_message(ui);
	follow_session(ui);
	tell_saving(ui);
	advice_tell(ui);
}

static int
sooner(int a, int b)
{
	return a < 0 ? b : b < 0 ? a : a < b ? a : b;
}

/* "Looking again in 24 s": each second another text. */
static bool
shows_countdown(const struct ui *ui)
{
	if (ui->noverlays > 0)
		return ui->overlay[ui->noverlays - 1] == &view_servers;
	return ui->at != WIZ_START && ui->at != WIZ_LIST &&
	    frame_size(ui->rows, ui->cols) == FRAME_FULL;
}

int
ui_wait_ms(const struct ui *ui)
{
	int wait = -1;

	if (ui->typed_ms != 0)
		wait = (int)(ui->typed_ms + UI_IDLE_MS - ui->now_ms);
	if (ui->typed_ms != 0 && wait < 0)
		wait = 0;
	if (session_any_busy(ui->session)) /* seconds are shown */
		wait = sooner(wait, 1000 - (int)(ui->now_ms % 1000));
	if (shows_countdown(ui))
		wait = sooner(wait, servers_wait_ms(ui));
	return wait;
}

static void
draw_side(struct ui *ui, const struct canvas *screen)
{
	struct canvas side = frame_side(screen);
	const struct view *view = ui_view(ui);
	const char *text;

	if (side.cols == 0)
		return;
	text = topic_of(ui, view, ui_state(ui)->focus);
	if (text != NULL) {
		topic_draw(ui, &side, text);
		return;
	}
	text = view->help == NULL ? NULL : view->help(ui, ui_state(ui)->focus);
	if (text != NULL)
		draw_wrapped(&side, 0, 0, side.rows, ROLE_TEXT, text);
}

static void
draw_step(struct ui *ui, const struct canvas *screen, struct form *form)
{
	struct canvas body = frame_body(screen);
	struct form_state *state = &ui->state[ui->at];

	form_draw(form, state, &body);
	if (!form->compact && ui->noverlays == 0) {
		body = canvas_part(screen, 0, 0, screen->rows, body.cols);
		form_draw_buttons(form, state, &body, screen->rows - 3);
	}
}

void
ui_draw(struct ui *ui, const struct canvas *screen)
{
	struct form form;
	struct canvas body;

	new_picture(ui);
	ui->rows = screen->rows;
	ui->cols = screen->cols;
	if (frame_size(ui->rows, ui->cols) == FRAME_TOO_SMALL) {
		frame_draw_too_small(ui, screen);
		return;
	}
	frame_draw_top(ui, screen);
	body = frame_body(screen);
	form = build(ui, ui_step_view(ui->at), &ui->state[ui->at], false);
	draw_step(ui, screen, &form);
	if (!form.compact)
		body.rows++; /* the row of the buttons, which are not shown */
	for (size_t i = 0; i < ui->noverlays; i++) {
		form = build(ui, ui->overlay[i], &ui->overlay_state[i], true);
		overlay_draw(ui->overlay[i]->title(ui), &form,
		    &ui->overlay_state[i], &body);
	}
	draw_side(ui, screen);
	frame_draw_bottom(ui, screen, &form);
}
