/* ui/view_dkim.c - the step DKIM: selector, key, record, what DNS has. */
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "dkim.h"
#include "findings.h"
#include "page.h"
#include "servers.h"

enum { /* ids of rows of its own */
	ID_KEY = PAGE_OWN,
	ID_RECORD,
	ID_TURN,
	ID_NOTHING,
	ID_PUBLISH = PAGE_CONTINUE + 1,
	ID_SIGN,
};

enum { GROUP_SELECTOR, GROUP_KEY, GROUP_OTHERS, GROUP_RECORD, GROUP_TURN };

#define ID_SELECTOR (FIELD_DKIM_KEY_SELECTOR + 1)
#define ID_OTHERS   (FIELD_DKIM_SELECTOR + 1)

static const char *
title(struct ui *ui)
{
	(void)ui;
	return _(steps[WIZ_DKIM].name);
}

static void
open_dkim(struct ui *ui)
{
	text_field_set(&ui->dkim.selectors,
	    session_field(ui->session, FIELD_DKIM_SELECTOR));
	text_field_set(
	    &ui->dkim.selector, session_dkim_selector(ui->session, ui->arena));
	ui->dkim.selector_typed = false;
}

/* --- rows ---------------------------------------------------------------- */

/* What is proposed may change with every answer from DNS, until one types. */
static void
add_selector(struct ui *ui, struct form *form)
{
	const struct plan *plan = session_plan(ui->session);
	struct text_field *field = &ui->dkim.selector;
	const char *now = session_dkim_selector(ui->session, ui->arena);
	struct row *row;

	if (!ui->dkim.selector_typed && strcmp(field->text, now) != 0)
		text_field_set(field, now);
	row = form_field(form, ID_SELECTOR, GROUP_SELECTOR,
	    form->compact ? _("Selector")
			  : _(fields[FIELD_DKIM_KEY_SELECTOR].label),
	    field);
	ui_judge(ui, row, FIELD_DKIM_KEY_SELECTOR,
	    ui->state[WIZ_DKIM].focus == row->id);
	if (plan->key_selector[0] == '\0' && row->badge == NULL)
		row->right = _("proposed");
}

static void
draw_line(const struct row *row, const struct canvas *line, bool focused)
{
	int x = line->cols < 60 && row->indent > 17 ? 17 : row->indent;
	int end = line->cols - 1;

	form_mark(line, focused);
	if (row->label != NULL)
		draw_cut(line, 0, 3, x - 4, focused ? ROLE_HEADING : ROLE_TEXT,
		    row->label);
	if (row->right != NULL && line->cols >= 60)
		end = draw_right(line, 0, 1, ROLE_NOTE, row->right) - 2;
	if (row->badge != NULL)
		x = draw_badge(line, 0, x, row->badge_role, row->badge) + 2;
	draw_cut(
	    line, 0, x, end - x, focused ? ROLE_FOCUS : ROLE_TEXT, row->text);
}

static const struct step_report *
report_of(struct ui *ui)
{
	const struct look *look = session_look(ui->session, LOOK_DKIM);

	return look == NULL ? NULL : &look->report;
}

static const char *
key_text(struct ui *ui)
{
	const struct plan *plan = session_plan(ui->session);
	const char *words = dkim_key_words(ui->arena, plan->key_public);

	if (session_dkim_making(ui->session))
		return _("being made ...");
	if (!dkim_plan_has_key(plan))
		return dkim_plan_published(ui->arena, plan, report_of(ui)) !=
			NULL
		    ? _("not known here: show it to compare")
		    : _("none yet: make one, or show it");
	if (plan->key_file[0] == '\0' && session_is_demo(ui->session))
		return ui_format(ui, _("%s, made up for this demo"), words);
	if (plan->key_file[0] == '\0')
		return ui_format(ui, _("%s, only the public part"), words);
	return ui_format(ui, _("%s, private: %s"), words,
	    printable(ui->arena, str_of(plan->key_file)));
}

static void
add_key(struct ui *ui, struct form *form)
{
	form_add(form,
	    (struct row){ .id = ID_KEY,
		.group = GROUP_KEY,
		.draw = draw_line,
		.indent = form->label,
		.label = _("Your key"),
		.text = key_text(ui),
		.right = dkim_plan_has_key(session_plan(ui->session))
		    ? NULL
		    : _("Enter: make, read") });
}

static void
add_others(struct ui *ui, struct form *form)
{
	struct row *row = form_field(form, ID_OTHERS, GROUP_OTHERS,
	    _("Others in use"), &ui->dkim.selectors);

	ui_judge(
	    ui, row, FIELD_DKIM_SELECTOR, ui->state[WIZ_DKIM].focus == row->id);
	if (row->field->len == 0)
		row->right = _("selectors, if any");
}

static void
add_record(struct ui *ui, struct form *form)
{
	const struct plan *plan = session_plan(ui->session);
	struct record record;

	if (!dkim_plan_record(ui->arena, plan, &record))
		return;
	form_add(form,
	    (struct row){ .id = ID_RECORD,
		.group = GROUP_RECORD,
		.draw = draw_line,
		.indent = form->label,
		.label = _("Record (TXT)"),
		.text = ui_format(
		    ui, "%s", output_panel_name(ui->arena, plan, &record)),
		.right =
		    ui_format(ui, _("%zu bytes  F3 copy"), record.text.len) });
	form_add(form,
	    (struct row){ .draw = draw_line,
		.drop = DROP_SECOND,
		.indent = form->label,
		.label = "",
		.text = record_value(ui->arena, &record) });
}

static void
add_known(struct ui *ui, struct form *form)
{
	struct dkim_known *known;
	size_t n = session_dkim_known(ui->session, ui->arena, &known);

	for (size_t i = 0; i < n; i++)
		form_add(form,
		    (struct row){ .draw = draw_line,
			.scrolls = true,
			.indent = form->label,
			.label = known[i].selector,
			.badge = dkim_now_badge(&known[i]),
			.badge_role = dkim_now_role(&known[i]),
			.text = dkim_now_text(ui, &known[i]) });
}

static void
add_turn(struct ui *ui, struct form *form)
{
	if (session_plan(ui->session)->old_selector[0] == '\0')
		return;
	form_add(form,
	    (struct row){ .id = ID_TURN,
		.group = GROUP_TURN,
		.draw = draw_line,
		.indent = form->label,
		.label = _("Change of keys"),
		.text = dkim_turn_text(ui),
		.right = _("Enter: dates") });
}

static void
add_status(struct ui *ui, struct form *form)
{
	const struct look *look = session_look(ui->session, LOOK_DKIM);
	struct row *row =
	    findings_add_status(ui, form, LOOK_DKIM, _("In DNS now"));

	if (look == NULL || look->report.npublished == 0)
		return;
	row->id = PAGE_RECORDS;
	row->group = PAGE_GROUP;
	row->right = _("Enter: all records");
}

static void
set_hints(struct ui *ui, struct form *form)
{
	static const struct hint in_text[] = {
		{ ACT_TEXT, N_("to edit") },
		{ ACT_ENTER, N_("next field") },
		{ ACT_CHECK, N_("check") },
		{ ACT_BACK, N_("back") },
	};
	static const struct hint elsewhere[] = {
		{ ACT_ENTER, N_("open") },
		{ ACT_COPY, N_("Copy") },
		{ ACT_NEXT_PROBLEM, N_("next problem") },
		{ ACT_CHECK, N_("check") },
		{ ACT_BACK, N_("back") },
	};
	int focus = ui->state[WIZ_DKIM].focus;
	bool typing = focus == 0 || focus == ID_SELECTOR || focus == ID_OTHERS;

	form->hints = typing ? in_text : elsewhere;
	form->nhints = typing ? COUNT(in_text) : COUNT(elsewhere);
}

/* Who sends no mail has nothing to sign. */
static void
build_nothing(struct form *form)
{
	static const struct hint hints[] = {
		{ ACT_ENTER, N_("press") },
		{ ACT_LEFT, N_("choose") },
		{ ACT_BACK, N_("back") },
	};

	form_scroll_text(form, ROLE_TEXT, 1,
	    _("You said that this domain sends no mail. Then there is nothing "
	      "to sign, and no key is needed."));
	form_blank(form);
	form_add(form,
	    (struct row){ .id = ID_NOTHING,
		.draw = draw_line,
		.indent = 3,
		.text = _("Nothing to do here: on to DMARC") });
	form_button(form, PAGE_BACK, _("Back"));
	form_button(form, PAGE_CONTINUE, _("Continue"));
	form->hints = hints;
	form->nhints = COUNT(hints);
}

static void
build(struct ui *ui, struct form *form)
{
	page_begin(form, WIZ_DKIM);
	if (session_plan(ui->session)->sends_nothing) {
		build_nothing(form);
		return;
	}
	add_selector(ui, form);
	add_key(ui, form);
	add_others(ui, form);
	add_record(ui, form);
	add_turn(ui, form);
	form_blank(form);
	add_status(ui, form);
	servers_add(ui, form, PLANNED_KEY, PAGE_WHERE, PAGE_GROUP);
	servers_add(ui, form, PLANNED_OLD_KEY, PAGE_WHERE_OLD, PAGE_GROUP);
	add_known(ui, form);
	findings_add(ui, form, LOOK_DKIM, PAGE_FINDING, PAGE_GROUP + 1);
	form_button(form, PAGE_BACK, _("Back"));
	form_button(form, PAGE_CHECK, _("Check"));
	form_button(form, ID_PUBLISH, _("Publish"));
	form_button(form, ID_SIGN, _("Sign"));
	form_button(form, PAGE_CONTINUE, _("Continue"));
	set_hints(ui, form);
}

/* --- keys ---------------------------------------------------------------- */

/* Without a key of one's own, what the check suggests. */
static void
publish(struct ui *ui)
{
	const struct look *look = session_look(ui->session, LOOK_DKIM);

	if (dkim_plan_has_key(session_plan(ui->session)))
		publish_open(ui, PLANNED_KEY);
	else if (look != NULL && look->report.nsuggested > 0)
		page_open_mend(ui, LOOK_DKIM);
	else
		ui_note(ui, MESSAGE_NOTE,
		    _("There is no record yet: first make a key, or read the "
		      "one your server has."));
}

static bool
press(struct ui *ui, int id)
{
	if (id == ID_NOTHING)
		return page_press(ui, WIZ_DKIM, PAGE_CONTINUE);
	if (id == ID_KEY)
		ui_open(ui, &view_dkim_key);
	else if (id == ID_RECORD || id == ID_PUBLISH)
		publish(ui);
	else if (id == ID_SIGN)
		ui_open(ui, &view_dkim_sign);
	else if (id == ID_TURN)
		ui_open(ui, &view_dkim_turn);
	else
		return page_press(ui, WIZ_DKIM, id);
	return true;
}

static void
changed(struct ui *ui, int id)
{
	const char *problem = NULL;

	if (id == ID_SELECTOR)
		ui->dkim.selector_typed = true;
	if (ui_typing(ui))
		return;
	if (id == ID_SELECTOR)
		problem = session_answer(ui->session, FIELD_DKIM_KEY_SELECTOR,
		    ui->dkim.selector.text);
	else if (id == ID_OTHERS)
		problem = session_answer(
		    ui->session, FIELD_DKIM_SELECTOR, ui->dkim.selectors.text);
	if (problem != NULL)
		ui_note(ui, MESSAGE_FAIL, problem);
}

static void
left(struct ui *ui, int id)
{
	if (id == ID_OTHERS)
		ui_answer(ui, FIELD_DKIM_SELECTOR, &ui->dkim.selectors);
	if (id != ID_SELECTOR || !ui->dkim.selector_typed)
		return;
	ui_answer(ui, FIELD_DKIM_KEY_SELECTOR, &ui->dkim.selector);
	/* Emptied, it is proposed anew. */
	if (session_field_problem(ui->session, FIELD_DKIM_KEY_SELECTOR) == NULL)
		ui->dkim.selector_typed = false;
}

static bool
act(struct ui *ui, enum action action, int id)
{
	return id != ID_OTHERS && id != ID_SELECTOR &&
	    page_act(ui, WIZ_DKIM, action);
}

static const char *
hint(struct ui *ui, int id)
{
	switch (id) {
	case ID_NOTHING:
		return page_hint(ui, WIZ_DKIM, PAGE_CONTINUE);
	case ID_KEY:
		return _("Make a new key, read the one your server has, or "
			 "paste its public part.");
	case ID_RECORD:
	case ID_PUBLISH:
		return _("Shows the record in the form of your DNS provider.");
	case ID_SIGN:
		return _("How your mail server is made to sign: files and "
			 "commands.");
	case ID_TURN:
		return _("What to do when, so that no signature fails.");
	default:
		return page_hint(ui, WIZ_DKIM, id);
	}
}

static const char *
help(struct ui *ui, int id)
{
	return page_help(ui, WIZ_DKIM, id);
}

static const char *
topic(struct ui *ui, int id)
{
	if (id == ID_KEY)
		return page_topic(ui, WIZ_DKIM, FIELD_DKIM_PUBLIC + 1);
	return page_topic(ui, WIZ_DKIM, id);
}

const struct view view_dkim = {
	.title = title,
	.open = open_dkim,
	.build = build,
	.press = press,
	.changed = changed,
	.left = left,
	.act = act,
	.hint = hint,
	.help = help,
	.topic = topic,
};
