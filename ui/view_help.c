/* ui/view_help.c - help, the steps menu, and the question before quitting. */
#include <string.h>

#include "../checks/base/i18n.h"
#include "../wizard/help.h"
#include "topic.h"

enum { ID_CLOSE = 300, ID_STAY, ID_LEAVE, ID_STEP = 1000 };

/* --- help ---------------------------------------------------------------- */

static const char *
help_title(struct ui *ui)
{
	(void)ui;
	return _("Help");
}

static void
draw_key(const struct row *row, const struct canvas *line, bool focused)
{
	(void)focused;
	draw_text(line, 0, 3, ROLE_HEADING, row->label);
	draw_cut(line, 0, 14, line->cols - 15, ROLE_TEXT, row->text);
}

static void
add_keys(struct ui *ui, struct form *form)
{
	form_scroll_text(form, ROLE_TEXT, 0, "");
	form_scroll_text(form, ROLE_HEADING, 1, _("Keys"));
	for (int i = 0; i < ACTION_COUNT; i++) {
		enum action action = (enum action)i;

		if (*action_meaning(action) == '\0')
			continue;
		form_add(form,
		    (struct row){ .scrolls = true,
			.draw = draw_key,
			.label = action_key_name(action, ui->function_keys),
			.text = action_meaning(action) });
	}
	form_scroll_text(form, ROLE_TEXT, 3,
	    _("Every function key has a twin: F1 ^G, F2 ^T, F3 ^V, F4 ^O, "
	      "F5 ^R, F6 ^E, F7 ^Y. ^G means Ctrl and G."));
}

static void
add_marks(struct form *form)
{
	form_scroll_text(form, ROLE_TEXT, 0, "");
	form_scroll_text(form, ROLE_HEADING, 1, _("Marks of the steps"));
	form_scroll_text(form, ROLE_TEXT, 3,
	    _("ok verified   !! a problem   .. looking or waiting   -- not "
	      "started   ~~ left out"));
}

/* The text of the step. */
static void
add_about_step(struct ui *ui, struct form *form)
{
	const char *text = help_for_step(steps[ui->at].help);

	if (text != NULL) {
		topic_add(ui, form, text);
		return;
	}
	form_scroll_text(form, ROLE_HEADING, 1, _(steps[ui->at].title));
	form_scroll_text(form, ROLE_TEXT, 3, _(steps[ui->at].purpose));
}

static void
help_build(struct ui *ui, struct form *form)
{
	static const struct hint hints[] = {
		{ ACT_UP, N_("scroll") },
		{ ACT_PAGE_DOWN, N_("page") },
		{ ACT_BACK, N_("close") },
	};
	const char *topic = topic_of(ui, ui->helped, ui->helped_id);
	const char *step = help_for_step(steps[ui->at].help);
	const char *text = ui->helped == NULL || ui->helped->help == NULL
	    ? NULL
	    : ui->helped->help(ui, ui->helped_id);

	form->hints = hints;
	form->nhints = COUNT(hints);
	if (topic != NULL)
		topic_add(ui, form, topic);
	else if (text != NULL)
		form_scroll_text(form, ROLE_TEXT, 1, text);
	form_scroll_text(form, ROLE_TEXT, 0, "");
	if (topic == NULL || topic != step)
		add_about_step(ui, form);
	add_keys(ui, form);
	add_marks(form);
	form_button(form, ID_CLOSE, _("Close"));
}

static bool
help_press(struct ui *ui, int id)
{
	(void)id;
	ui_close(ui);
	return true;
}

const struct view view_help = {
	.title = help_title,
	.build = help_build,
	.press = help_press,
};

/* --- steps --------------------------------------------------------------- */

static const char *
steps_title(struct ui *ui)
{
	(void)ui;
	return _("Steps");
}

static void
draw_step_row(const struct row *row, const struct canvas *line, bool focused)
{
	form_mark(line, focused);
	draw_text(line, 0, 3, ROLE_TEXT, row->badge);
	draw_text(line, 0, 6, focused ? ROLE_FOCUS : ROLE_HEADING, row->label);
	draw_cut(line, 0, 16, line->cols - 17, ROLE_TEXT, row->text);
	if (focused)
		draw_cursor(line, 0, 6);
}

static void
steps_open(struct ui *ui)
{
	form_focus(ui_state(ui), ID_STEP + (int)ui->at);
}

static void
steps_build(struct ui *ui, struct form *form)
{
	static const struct hint hints[] = {
		{ ACT_UP, N_("select") },
		{ ACT_ENTER, N_("go there") },
		{ ACT_TOGGLE, N_("leave out") },
		{ ACT_BACK, N_("close") },
	};

	for (int i = 0; i < WIZ_COUNT; i++) {
		enum wizard_step step = (enum wizard_step)i;

		form_add(form,
		    (struct row){ .id = ID_STEP + i,
			.scrolls = true,
			.draw = draw_step_row,
			.badge = step == WIZ_START
			    ? "  "
			    : mark_text(session_mark(ui->session, step)),
			.label = _(steps[i].name),
			.text = _(steps[i].title) });
	}
	form->hints = hints;
	form->nhints = COUNT(hints);
}

static bool
steps_press(struct ui *ui, int id)
{
	enum wizard_step step = (enum wizard_step)(id - ID_STEP);

	if (session_jump(ui->session, step) == MOVE_BLOCKED &&
	    session_message(ui->session) == NULL)
		ui_note(ui, MESSAGE_NOTE, _("Enter your mail domain first."));
	ui_close(ui);
	return true;
}

static bool
steps_act(struct ui *ui, enum action action, int id)
{
	enum wizard_step step = (enum wizard_step)(id - ID_STEP);

	if (action != ACT_TOGGLE || id < ID_STEP)
		return false;
	if (!steps[step].can_skip)
		ui_note(ui, MESSAGE_NOTE, _("This one cannot be left out."));
	else
		session_skip(ui->session, step,
		    session_mark(ui->session, step) != MARK_SKIPPED);
	return true;
}

static const char *
steps_hint(struct ui *ui, int id)
{
	(void)id;
	(void)ui;
	return _("ok verified  !! problem  .. waiting  -- not started  "
		 "~~ left out");
}

static const char *
steps_help(struct ui *ui, int id)
{
	(void)ui;
	return id < ID_STEP ? "" : _(steps[id - ID_STEP].purpose);
}

const struct view view_steps = {
	.title = steps_title,
	.open = steps_open,
	.build = steps_build,
	.press = steps_press,
	.act = steps_act,
	.hint = steps_hint,
	.help = steps_help,
};

/* --- quit ---------------------------------------------------------------- */

static const char *
quit_title(struct ui *ui)
{
	(void)ui;
	return _("Quit?");
}

static void
quit_open(struct ui *ui)
{
	form_focus(ui_state(ui), ID_STAY);
}

static void
quit_build(struct ui *ui, struct form *form)
{
	static const struct hint hints[] = {
		{ ACT_YES, N_("quit") },
		{ ACT_NO, N_("stay") },
		{ ACT_BACK, N_("stay") },
	};
	const char *domain = session_plan(ui->session)->domain;
	const char *problem = session_save_problem(ui->session);

	if (problem != NULL)
		form_text(form, DROP_NEVER, ROLE_TEXT, 1, problem);
	else if (session_is_demo(ui->session))
		form_text(form, DROP_NEVER, ROLE_TEXT, 1,
		    _("This is a demo: nothing is saved. The next one begins "
		      "from the start."));
	else if (*domain == '\0')
		form_text(form, DROP_NEVER, ROLE_TEXT, 1,
		    _("Nothing was entered yet, so nothing is lost."));
	else
		form_text(form, DROP_NEVER, ROLE_TEXT, 1,
		    ui_format(ui,
			_("Your answers are saved. To continue later, type: "
			  "mailwizard %s"),
			domain));
	form_button(form, ID_STAY, _("Stay"));
	form_button(form, ID_LEAVE, _("Quit"));
	form->hints = hints;
	form->nhints = COUNT(hints);
}

static bool
quit_press(struct ui *ui, int id)
{
	ui_close(ui);
	if (id == ID_LEAVE)
		ui->wish = WISH_LEAVE;
	return true;
}

/* "n", which walks to the next problem elsewhere, is No here. */
static bool
quit_act(struct ui *ui, enum action action, int id)
{
	(void)id;
	if (action == ACT_YES) {
		ui_close(ui);
		ui->wish = WISH_LEAVE;
		return true;
	}
	if (action == ACT_NEXT_PROBLEM || action == ACT_PREVIOUS_PROBLEM) {
		ui_close(ui);
		return true;
	}
	return false;
}

static const char *
quit_hint(struct ui *ui, int id)
{
	(void)ui;
	(void)id;
	return _("y quits, n or Esc stays. Ctrl-C once more quits at once.");
}

const struct view view_quit = {
	.title = quit_title,
	.open = quit_open,
	.build = quit_build,
	.press = quit_press,
	.act = quit_act,
	.hint = quit_hint,
};

/* --- answers are not kept ------------------------------------------------ */

static const char *
saving_title(struct ui *ui)
{
	return session_save_problem(ui->session) != NULL
	    ? _("Your answers are not saved")
	    : _("Your saved answers");
}

static void
saving_build(struct ui *ui, struct form *form)
{
	static const struct hint hints[] = {
		{ ACT_ENTER, N_("go on") },
		{ ACT_BACK, N_("go on") },
	};
	const char *problem = session_save_problem(ui->session);
	const char *told = session_saved_told(ui->session);

	if (told != NULL)
		form_text(form, DROP_NEVER, ROLE_TEXT, 1, told);
	if (problem != NULL)
		form_text(form, DROP_NEVER, ROLE_TEXT, 1, problem);
	if (problem != NULL)
		form_text(form, DROP_NEVER, ROLE_TEXT, 1,
		    _("You can look at everything and try changes; they are gone "
		      "when you leave."));
	form_button(form, ID_CLOSE, _("Go on"));
	form->hints = hints;
	form->nhints = COUNT(hints);
}

const struct view view_saving = {
	.title = saving_title,
	.build = saving_build,
	.press = help_press,
};
