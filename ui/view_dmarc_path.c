/* ui/view_dmarc_path.c - over the DMARC step: the way to reject, dated. */
#include "../checks/base/i18n.h"
#include "../wizard/dmarc_plan.h"
#include "view.h"

enum { ID_TAKE = 300, ID_CLOSE };

static void
finish(struct form *form)
{
	static const struct hint hints[] = {
		{ ACT_UP, N_("scroll") },
		{ ACT_LEFT, N_("choose") },
		{ ACT_ENTER, N_("press") },
		{ ACT_BACK, N_("close") },
	};

	form_button(form, ID_CLOSE, _("Close"));
	form->hints = hints;
	form->nhints = COUNT(hints);
}

static bool
press(struct ui *ui, int id)
{
	ui_close(ui);
	if (id == ID_TAKE)
		session_dmarc_take(
		    ui->session, session_dmarc_path(ui->session).next);
	return true;
}

static const char *
title(struct ui *ui)
{
	(void)ui;
	return _("The way to reject");
}

static void
add_stage(struct ui *ui, struct form *form, const struct dmarc_path *path,
    enum dmarc_stage stage)
{
	const char *mark = "";

	if (stage == path->published && stage == path->planned)
		mark = _("  <- now, and in your record");
	else if (stage == path->published)
		mark = _("  <- now");
	else if (stage == path->planned)
		mark = _("  <- your record");
	form_scroll_text(form, ROLE_HEADING, 1,
	    ui_format(ui, "%u. %s%s", (unsigned int)stage,
		_(dmarc_stage_label(stage)), mark));
	form_scroll_text(form, ROLE_TEXT, 4, _(dmarc_stage_text(stage)));
}

static void
build(struct ui *ui, struct form *form)
{
	struct dmarc_path path = session_dmarc_path(ui->session);

	if (path.obstacle != NULL)
		form_scroll_text(form, ROLE_WARN, 1,
		    ui_format(ui, _("Wait with the next stage: %s"),
			_(path.obstacle)));
	else if (path.due != 0 && path.published != STAGE_REJECT)
		form_scroll_text(form, ROLE_TEXT, 1,
		    ui_format(ui,
			path.advised ? _("The next stage, %s, is advised "
					 "since %s.")
				     : _("The next stage, %s, comes not "
					 "before %s; read the reports until "
					 "then."),
			_(dmarc_stage_label(path.next)), ui_day(ui, path.due)));
	if (path.jumps)
		form_scroll_text(form, ROLE_WARN, 1,
		    ui_format(ui, _("Your record goes ahead of this way. %s"),
			_(dmarc_stage_risk(path.planned))));
	for (int i = STAGE_REPORTS; i < STAGE_COUNT; i++)
		add_stage(ui, form, &path, (enum dmarc_stage)i);
	/* What is not advised is not where the focus begins. */
	if (!path.advised)
		finish(form);
	if (path.next != path.published && path.next != path.planned)
		form_button(form, ID_TAKE, _("Take the next stage"));
	if (path.advised)
		finish(form);
}

static const char *
hint(struct ui *ui, int id)
{
	struct dmarc_path path = session_dmarc_path(ui->session);

	if (id != ID_TAKE)
		return _("Esc closes this and goes back.");
	return path.advised
	    ? ui_format(ui, _("Puts %s into your record; publish it then."),
		  _(dmarc_stage_label(path.next)))
	    : _(dmarc_stage_risk(path.next));
}

static const char *
help(struct ui *ui, int id)
{
	(void)ui;
	(void)id;
	return _("Each stage asks receivers for a little more. Days are "
		 "counted from when DNS was first seen with a stage. The "
		 "button puts the next stage into your record; it is in "
		 "force once you publish that. Nothing is forbidden here: "
		 "choose p and t as you like.");
}

const struct view view_dmarc_path = {
	.title = title,
	.build = build,
	.press = press,
	.hint = hint,
	.help = help,
	.always_fresh = true,
};
