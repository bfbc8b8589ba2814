/*
 * ui/view_dmarc_path.c - over the DMARC step: the way to reject with its
 * dates, and alignment tried on names.
 */
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

/* --- the path ------------------------------------------------------------ */

static const char *
path_title(struct ui *ui)
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
path_build(struct ui *ui, struct form *form)
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
path_hint(struct ui *ui, int id)
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
path_help(struct ui *ui, int id)
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
	.title = path_title,
	.build = path_build,
	.press = press,
	.hint = path_hint,
	.help = path_help,
	.always_fresh = true,
};

/* --- alignment ----------------------------------------------------------- */

static const char *
align_title(struct ui *ui)
{
	(void)ui;
	return _("Alignment: which names count for From");
}

static bool
passes(const struct plan *plan, const struct dmarc_try *row)
{
	enum dmarc_tag_id tag =
	    row->kind == DMARC_BY_SIGNATURE ? DMARC_ADKIM : DMARC_ASPF;
	bool strict = to_lower(dmarc_plan_meaning(plan, tag)[0]) == 's';

	return (strict ? row->strict : row->relaxed) == DMARC_ALIGNED;
}

static void
add_row(struct ui *ui, struct form *form, const struct dmarc_try *row)
{
	const struct plan *plan = session_plan(ui->session);

	form_scroll_text(form, ROLE_HEADING, 1,
	    ui_format(ui, "From %s, %s%s", row->from,
		row->kind == DMARC_BY_SIGNATURE ? "d=" : "MAIL FROM ",
		row->identifier));
	form_scroll_text(form, passes(plan, row) ? ROLE_TEXT : ROLE_WARN, 4,
	    ui_format(ui, _("relaxed: %s   strict: %s   your record: %s"),
		_(dmarc_alignment_word(row->relaxed)),
		_(dmarc_alignment_word(row->strict)),
		passes(plan, row) ? _("counts") : _("does not count")));
}

static void
align_build(struct ui *ui, struct form *form)
{
	const struct look *look = session_look(ui->session, LOOK_DMARC_PLAN);

	form_scroll_text(form, ROLE_TEXT, 1,
	    _("SPF passes for the domain of MAIL FROM, DKIM for d= of the "
	      "signature. DMARC passes when one of them passes and belongs to "
	      "the domain people see in From."));
	if (look == NULL)
		form_scroll_text(
		    form, ROLE_WAIT, 1, _("It is being looked at."));
	for (size_t i = 0; look != NULL && i < look->tries.n; i++)
		add_row(ui, form, &look->tries.list[i]);
	finish(form);
}

static const char *
align_help(struct ui *ui, int id)
{
	(void)ui;
	(void)id;
	return _("Relaxed asks for the same organization, strict for the very "
		 "same name. The names are your domain and the subdomains "
		 "given in the step Domain.");
}

const struct view view_align = {
	.title = align_title,
	.build = align_build,
	.press = press,
	.help = align_help,
	.always_fresh = true,
};
