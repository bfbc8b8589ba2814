/* ui/view_dkim.c - the keys of mail signatures: are they in DNS, and sound. */
#include "../checks/base/i18n.h"
#include "page.h"

enum { ID_NOTHING = PAGE_OWN };

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
}

static void
add_selectors(struct ui *ui, struct form *form)
{
	const int id = FIELD_DKIM_SELECTOR + 1;
	struct row *row = form_field(form, id, 0,
	    _(fields[FIELD_DKIM_SELECTOR].label), &ui->dkim.selectors);

	ui_judge(
	    ui, row, FIELD_DKIM_SELECTOR, ui->state[WIZ_DKIM].focus == row->id);
	if (row->field->len == 0)
		row->right = _("empty: the usual ones");
	form_blank(form);
}

static void
draw_nothing(const struct row *row, const struct canvas *line, bool focused)
{
	form_mark(line, focused);
	draw_cut(line, 0, 3, line->cols - 4, focused ? ROLE_FOCUS : ROLE_TEXT,
	    row->text);
	if (focused)
		draw_cursor(line, 0, 3);
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
		.draw = draw_nothing,
		.text = _("Nothing to do here: on to DMARC") });
	form_button(form, PAGE_BACK, _("Back"));
	form_button(form, PAGE_CONTINUE, _("Continue"));
	form->hints = hints;
	form->nhints = COUNT(hints);
}

static void
build(struct ui *ui, struct form *form)
{
	page_begin(ui, form, WIZ_DKIM);
	if (session_plan(ui->session)->sends_nothing) {
		build_nothing(form);
		return;
	}
	add_selectors(ui, form);
	page_end(ui, form, WIZ_DKIM);
}

static bool
press(struct ui *ui, int id)
{
	return page_press(ui, WIZ_DKIM, id == ID_NOTHING ? PAGE_CONTINUE : id);
}

static void
changed(struct ui *ui, int id)
{
	const char *problem;

	if (id != FIELD_DKIM_SELECTOR + 1 || ui_typing(ui))
		return;
	problem = session_answer(
	    ui->session, FIELD_DKIM_SELECTOR, ui->dkim.selectors.text);
	if (problem != NULL)
		ui_note(ui, MESSAGE_FAIL, problem);
}

static void
left(struct ui *ui, int id)
{
	if (id == FIELD_DKIM_SELECTOR + 1)
		ui_answer(ui, FIELD_DKIM_SELECTOR, &ui->dkim.selectors);
}

static bool
act(struct ui *ui, enum action action, int id)
{
	return id != FIELD_DKIM_SELECTOR + 1 && page_act(ui, WIZ_DKIM, action);
}

static const char *
hint(struct ui *ui, int id)
{
	return page_hint(ui, WIZ_DKIM, id == ID_NOTHING ? PAGE_CONTINUE : id);
}

static const char *
help(struct ui *ui, int id)
{
	return page_help(ui, WIZ_DKIM, id);
}

static const char *
topic(struct ui *ui, int id)
{
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
