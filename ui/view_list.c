/* ui/view_list.c - the checklist: what is done, what is left to do. */
#include <string.h>
#include <time.h>

#include "../checks/base/i18n.h"
#include "../wizard/help.h"
#include "frame.h"
#include "view.h"

enum {
	ID_BACK = 300,
	ID_CHECK,
	ID_SAVE,
	ID_FINISH,
	ID_CLOSE,
	ID_GO,
	ID_ITEM = 1000,
};

static const char *
title(struct ui *ui)
{
	(void)ui;
	return _("Checklist");
}

static const struct item *
item_of(struct ui *ui, int id)
{
	const struct checklist *list = session_checklist(ui->session);
	size_t i = (size_t)(id - ID_ITEM);

	return id >= ID_ITEM && i < list->nitems ? &list->items[i] : NULL;
}

/* --- rows ---------------------------------------------------------------- */

static void
draw_summary(const struct row *row, const struct canvas *line, bool focused)
{
	int x;

	(void)focused;
	x = draw_cut(line, 0, 1, line->cols - 2, ROLE_HEADING, row->label);
	if (text_columns(row->right) + x + 2 < line->cols)
		draw_right(line, 0, 1, ROLE_NOTE, row->right);
}

static const char *
checked_at(struct ui *ui, const struct checklist *list)
{
	struct tm tm;
	char text[64];

	if (session_any_busy(ui->session))
		return _("looking ...");
	if (list->checked_at == 0)
		return _("not checked yet");
	localtime_r(&list->checked_at, &tm);
	strftime(text, sizeof(text), "%Y-%m-%d %H:%M", &tm);
	return ui_format(ui, _("Checked %s"), text);
}

static void
add_summary(struct ui *ui, struct form *form, const struct checklist *list)
{
	const char *text =
	    ui_format(ui, _("Ready: %zu of %zu."), list->done, list->nitems);

	if (list->to_fix > 0)
		text = ui_format(ui, _("%s  %zu to fix."), text, list->to_fix);
	if (list->to_wait > 0)
		text = ui_format(
		    ui, _("%s  %zu to wait for."), text, list->to_wait);
	if (list->to_do > 0)
		text = ui_format(
		    ui, _("%s  %zu to do by hand."), text, list->to_do);
	form_add(form,
	    (struct row){ .draw = draw_summary,
		.label = text,
		.right = checked_at(ui, list) });
	form_blank(form);
}

#define ITEM_COLUMN 12

/* The detail stands at the right when it fits there, else behind. */
static const char *
item_text(struct form *form, const struct item *item)
{
	int room = form->columns - ITEM_COLUMN - 1;
	int gap;

	if (item->detail == NULL || *item->detail == '\0')
		return item->text;
	gap = room - text_columns(item->text) - text_columns(item->detail);
	if (gap < 2)
		return arena_printf(
		    form->arena, "%s: %s", item->text, item->detail);
	return arena_printf(
	    form->arena, "%s%*s%s", item->text, gap, "", item->detail);
}

static void
draw_item(const struct row *row, const struct canvas *line, bool focused)
{
	const struct item *item = row->data;

	form_mark(line, focused);
	draw_badge(line, 0, 3, row->badge_role, row->badge);
	draw_text(line, 0, 8, ROLE_TEXT, item->ticked ? "[x]" : "[ ]");
	draw_text(
	    line, 0, ITEM_COLUMN, focused ? ROLE_FOCUS : ROLE_TEXT, row->text);
	if (focused)
		draw_cursor(line, 0, 9);
}

static void
add_items(struct form *form, const struct checklist *list)
{
	enum item_group group = GROUP_COUNT;

	for (size_t i = 0; i < list->nitems; i++) {
		const struct item *item = &list->items[i];

		if (item->group != group)
			form_scroll_text(form, ROLE_HEADING, 1,
			    _(item_group_title(item->group)));
		group = item->group;
		form_wrapped(form,
		    (struct row){ .id = ID_ITEM + (int)i,
			.scrolls = true,
			.draw = draw_item,
			.badge = item->level == ITEM_TODO && !item->ticked
			    ? "----"
			    : _(item_level_word(item->level)),
			.badge_role = role_of_item(item->level),
			.indent = ITEM_COLUMN,
			.text = item_text(form, item),
			.data = item });
	}
}

static void
build(struct ui *ui, struct form *form)
{
	static const struct hint on_item[] = {
		{ ACT_UP, N_("select") },
		{ ACT_TOGGLE, N_("tick") },
		{ ACT_ENTER, N_("open") },
		{ ACT_SAVE, N_("Save") },
		{ ACT_CHECK, N_("Check") },
	};
	static const struct hint on_button[] = {
		{ ACT_ENTER, N_("press") },
		{ ACT_LEFT, N_("choose") },
		{ ACT_BACK, N_("back") },
		{ ACT_SAVE, N_("Save") },
		{ ACT_CHECK, N_("Check") },
	};
	const struct checklist *list = session_checklist(ui->session);
	bool button = ui->state[WIZ_LIST].focus >= ID_BACK &&
	    ui->state[WIZ_LIST].focus < ID_ITEM;

	add_summary(ui, form, list);
	add_items(form, list);
	form_button(form, ID_BACK, _("Back"));
	form_button(form, ID_CHECK, _("Check all again"));
	form_button(form, ID_SAVE, _("Save report"));
	form_button(form, ID_FINISH, _("Finish"));
	form->hints = button ? on_button : on_item;
	form->nhints = button ? COUNT(on_button) : COUNT(on_item);
}

static bool
press(struct ui *ui, int id)
{
	if (id >= ID_ITEM) {
		ui->item = (size_t)(id - ID_ITEM);
		ui_open(ui, &view_item);
	} else if (id == ID_SAVE) {
		ui_save(ui);
	} else if (id == ID_CHECK) {
		session_check_now(ui->session);
	} else if (id == ID_FINISH) {
		ui->wish = WISH_LEAVE;
	} else if (id == ID_BACK) {
		session_back(ui->session);
	}
	return true;
}

static bool
next_open(struct ui *ui, int id, int by)
{
	const struct item *item;

	for (id += by; (item = item_of(ui, id)) != NULL; id += by)
		if (item->level >= ITEM_WARN && !item->ticked) {
			form_focus(&ui->state[WIZ_LIST], id);
			return true;
		}
	ui_note(ui, MESSAGE_NOTE, _("No more open items in this direction."));
	return true;
}

static bool
act(struct ui *ui, enum action action, int id)
{
	switch (action) {
	case ACT_TOGGLE:
		if (id < ID_ITEM)
			return false;
		ui_said(ui, session_tick(ui->session, (size_t)(id - ID_ITEM)));
		return true;
	case ACT_NEXT_PROBLEM:
		return next_open(ui, id < ID_ITEM ? ID_ITEM - 1 : id, 1);
	case ACT_PREVIOUS_PROBLEM:
		return next_open(ui, id, -1);
	case ACT_NEXT_STEP:
		if (frame_size(ui->rows, ui->cols) != FRAME_FULL)
			ui->wish = WISH_LEAVE; /* the button is not seen */
		form_focus(&ui->state[WIZ_LIST], ID_FINISH);
		return true;
	default:
		return false;
	}
}

static const char *
hint(struct ui *ui, int id)
{
	const struct item *item = item_of(ui, id);

	if (id == ID_FINISH)
		return _("Leaves the screen and prints the list below your "
			 "prompt.");
	if (id == ID_SAVE)
		return _("Writes the list to a file beside the saved plan.");
	if (id == ID_CHECK)
		return _("Asks DNS again, past everything remembered.");
	if (item == NULL)
		return "";
	if (item->fix != NULL && *item->fix != '\0')
		return item->fix;
	return item->why != NULL ? item->why : "";
}

static const char *
item_help(struct ui *ui, int id)
{
	const struct item *item = item_of(ui, id);

	if (item == NULL)
		return _(steps[WIZ_LIST].purpose);
	return ui_format(ui, "%s\n\n%s\n\n%s", item->text,
	    item->why == NULL ? "" : item->why,
	    item->fix == NULL ? "" : item->fix);
}

static const char *
topic(struct ui *ui, int id)
{
	const struct item *item = item_of(ui, id);

	if (item == NULL)
		return help_for_step(steps[WIZ_LIST].help);
	if (item->finding == NULL)
		return NULL;
	return help_for_finding(finding_kinds[item->finding->code].id);
}

const struct view view_list = {
	.title = title,
	.build = build,
	.press = press,
	.act = act,
	.hint = hint,
	.help = item_help,
	.topic = topic,
};

/* --- one item ------------------------------------------------------------ */

static const char *
item_title(struct ui *ui)
{
	const struct item *item = item_of(ui, ID_ITEM + (int)ui->item);

	return item == NULL ? "" : _(item_level_word(item->level));
}

static void
item_build(struct ui *ui, struct form *form)
{
	static const struct hint hints[] = {
		{ ACT_UP, N_("scroll") },
		{ ACT_LEFT, N_("choose") },
		{ ACT_ENTER, N_("press") },
		{ ACT_BACK, N_("close") },
	};
	const struct item *item = item_of(ui, ID_ITEM + (int)ui->item);

	form->hints = hints;
	form->nhints = COUNT(hints);
	if (item != NULL) {
		form_scroll_text(form, ROLE_HEADING, 1, item->text);
		if (item->detail != NULL)
			form_scroll_text(form, ROLE_TEXT, 1, item->detail);
		form_part(form, _("What it means"), item->why);
		form_part(form, _("What to do"), item->fix);
		form_part(form, ui_proof_heading(ui), item->proof);
		if (item->step != WIZ_LIST)
			form_button(form, ID_GO,
			    ui_format(
				ui, _("Go to %s"), _(steps[item->step].name)));
	}
	form_button(form, ID_CLOSE, _("Close"));
}

static bool
item_press(struct ui *ui, int id)
{
	const struct item *item = item_of(ui, ID_ITEM + (int)ui->item);

	ui_close(ui);
	if (id == ID_GO && item != NULL)
		session_jump(ui->session, item->step);
	return true;
}

static const char *
opened_help(struct ui *ui, int id)
{
	(void)id;
	return item_help(ui, ID_ITEM + (int)ui->item);
}

const struct view view_item = {
	.title = item_title,
	.build = item_build,
	.press = item_press,
	.help = opened_help,
};
