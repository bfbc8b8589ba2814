/* ui/view_dkim_turn.c - a new key in place of an old one: what to do when. */
#include "../checks/base/i18n.h"
#include "dkim.h"
#include "servers.h"

enum {
	ID_SWITCHED = 300,
	ID_REVOKE,
	ID_REMOVED,
	ID_PUBLISH,
	ID_SIGN,
	ID_CLOSE
};

static const char *
title(struct ui *ui)
{
	(void)ui;
	return _("A new key without a gap");
}

static void
draw_stage(const struct row *row, const struct canvas *line, bool focused)
{
	(void)focused;
	draw_badge(line, 0, 1, row->badge_role, row->badge);
	draw_cut(line, 0, 8, line->cols - 9, ROLE_HEADING, row->text);
}

/* What is to be done; below it from when on, and why not before. */
static void
add_stage(struct ui *ui, struct form *form, const struct dkim_rotation *turn,
    enum dkim_rotation_stage stage, const char *text, const char *more)
{
	bool done = stage < turn->stage;
	const char *at = ui_clock(ui, turn->at[stage]);

	form_add(form,
	    (struct row){ .draw = draw_stage,
		.scrolls = true,
		.badge = done		   ? _("OK")
		    : stage == turn->stage ? _("NEXT")
					   : "----",
		.badge_role = done	   ? ROLE_OK
		    : stage == turn->stage ? ROLE_WAIT
					   : ROLE_NOTE,
		.text = text });
	form_scroll_text(form, ROLE_TEXT, 8,
	    done ? ui_format(ui, _("Done %s. %s"), at, more)
		: stage == DKIM_ROTATION_PUBLISH
		? more
		: ui_format(ui, _("From %s on. %s"), at, more));
}

static void
build(struct ui *ui, struct form *form)
{
	static const struct hint hints[] = {
		{ ACT_UP, N_("scroll") },
		{ ACT_LEFT, N_("choose") },
		{ ACT_ENTER, N_("press") },
		{ ACT_BACK, N_("close") },
	};
	const struct plan *plan = session_plan(ui->session);
	const struct dkim_rotation turn = session_dkim_rotation(ui->session);

	form_text(form, DROP_PURPOSE, ROLE_TEXT, 1,
	    ui_format(ui,
		_("%s takes the place of %s. Mail that was signed with the "
		  "old key may still be on its way, so both stay in DNS for a "
		  "while."),
		plan->key_selector, plan->old_selector));
	if (!form->compact)
		form_blank(form);
	add_stage(ui, form, &turn, DKIM_ROTATION_PUBLISH,
	    _("publish the new record"), _("The old one stays as it is."));
	add_stage(ui, form, &turn, DKIM_ROTATION_SWITCH,
	    _("let the server sign with it"),
	    _("Until then caches may not know the new name."));
	add_stage(ui, form, &turn, DKIM_ROTATION_REVOKE,
	    _("revoke the old key"),
	    _("Mail may wait in a queue for a week. Then the value of the old "
	      "record becomes v=DKIM1; p= with nothing behind it."));
	add_stage(ui, form, &turn, DKIM_ROTATION_REMOVE,
	    _("delete the old record"), _("And the old private key."));
	if (turn.stage == DKIM_ROTATION_PUBLISH || plan->key_revoke)
		form_button(form, ID_PUBLISH, _("Publish"));
	if (turn.stage == DKIM_ROTATION_SWITCH)
		form_button(form, ID_SIGN, _("How"));
	if (turn.stage == DKIM_ROTATION_SWITCH)
		form_button(form, ID_SWITCHED, _("Switched"));
	if (turn.stage >= DKIM_ROTATION_REVOKE && !plan->key_revoke)
		form_button(form, ID_REVOKE, _("Revoke"));
	if (turn.stage >= DKIM_ROTATION_REVOKE)
		form_button(form, ID_REMOVED, _("Deleted"));
	form_button(form, ID_CLOSE, _("Close"));
	form->hints = hints;
	form->nhints = COUNT(hints);
}

static bool
press(struct ui *ui, int id)
{
	ui_close(ui);
	if (id == ID_SWITCHED)
		session_dkim_switched(ui->session);
	else if (id == ID_REVOKE)
		session_dkim_revoke(ui->session);
	else if (id == ID_REMOVED)
		session_dkim_removed(ui->session);
	else if (id == ID_PUBLISH)
		publish_open(ui, PLANNED_KEY);
	else if (id == ID_SIGN)
		ui_open(ui, &view_dkim_sign);
	return true;
}

static const char *
hint(struct ui *ui, int id)
{
	(void)ui;
	if (id == ID_PUBLISH)
		return _("Shows the record in the form of your DNS provider.");
	if (id == ID_SIGN)
		return _("Files and commands that let the server sign with "
			 "the new key.");
	if (id == ID_SWITCHED)
		return _("The server signs with it: the week of waiting "
			 "begins.");
	if (id == ID_REVOKE)
		return _("Puts the empty record among those to publish.");
	if (id == ID_REMOVED)
		return _("The old record is gone: its selector is forgotten "
			 "here.");
	return _("Esc closes this and goes back.");
}

static const char *
help(struct ui *ui, int id)
{
	(void)ui;
	(void)id;
	return _("Keys are changed when somebody may have seen the private "
		 "one, and else about once a year. With a selector of its "
		 "own the new key can be published beside the old one, and no "
		 "signature fails on the way.\n\nThe dates follow from what "
		 "DNS says: how long caches may deny a name that is new, and "
		 "how long mail servers keep trying to deliver.");
}

const struct view view_dkim_turn = {
	.title = title,
	.build = build,
	.press = press,
	.hint = hint,
	.help = help,
};
