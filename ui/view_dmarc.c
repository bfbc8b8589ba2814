/* ui/view_dmarc.c - what receivers shall do with mail that is forged. */
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../wizard/dmarc_plan.h"
#include "dmarc.h"
#include "findings.h"
#include "page.h"

#define LABEL		  25 /* columns before a field */
#define ROWS_WITH_PURPOSE 36 /* of a terminal: room for more than tags */
#define ROWS_WITH_TEXT	  18

enum { ID_PATH = PAGE_OWN, ID_ALIGN, ID_RECORD, ID_REPAIR };

enum { GROUP_TAGS, GROUP_MORE };

static const char *
title(struct ui *ui)
{
	(void)ui;
	return _(steps[WIZ_DMARC].name);
}

/* Who sends nothing has nothing to choose: see LOOK_NO_MAIL. */
static bool
can_edit(const struct ui *ui)
{
	const struct plan *plan = session_plan(ui->session);

	return plan->dmarc.begun && !plan->sends_nothing;
}

/* Its radio or field, from what the plan says now. */
static void
load_radio(struct ui *ui, enum dmarc_tag_id tag)
{
	const struct dmarc_tag_help *help = &dmarc_tag_help[tag];
	struct radio *radio = &ui->dmarc.radio[tag - DMARC_P];
	const char **labels = ui->dmarc.labels[tag - DMARC_P];
	const struct plan *plan = session_plan(ui->session);
	size_t n = dmarc_help_values(tag);

	*radio =
	    (struct radio){ .labels = labels, .count = (int)n, .chosen = -1 };
	for (size_t i = 0; i < n; i++) {
		struct str value = str_of(help->values[i].value);

		labels[i] = help->values[i].label != NULL
		    ? _(help->values[i].label)
		    : help->values[i].value;
		if (dmarc_plan_says(plan, tag, value))
			radio->chosen = (int)i;
	}
}

static void
add_radio(struct ui *ui, struct form *form, enum dmarc_tag_id tag)
{
	enum field_id field = dmarc_field(tag);
	char buf[PLAN_WORD];
	struct row *row;

	load_radio(ui, tag);
	row = form_radio(form, (int)field + 1, GROUP_TAGS,
	    form->compact ? dmarc_tag_name(tag) : _(fields[field].label),
	    &ui->dmarc.radio[tag - DMARC_P]);
	row->scrolls = true;
	/* What stands there is none of the choices. */
	if (ui->dmarc.radio[tag - DMARC_P].chosen < 0) {
		row->badge = _("FAIL");
		row->badge_role = ROLE_FAIL;
		row->right = printable(ui->arena,
		    str_of(
			field_text(session_plan(ui->session), field, 0, buf)));
	}
}

/* The record that the owner of an outside address has to publish. */
static void
add_consents(struct ui *ui, struct form *form)
{
	const struct plan_dmarc *dmarc = &session_plan(ui->session)->dmarc;

	for (size_t i = 0; i < dmarc->nrua + dmarc->nruf; i++) {
		const char *name =
		    dmarc_plan_consent(ui->arena, session_plan(ui->session),
			i < dmarc->nrua ? dmarc->rua[i]
					: dmarc->ruf[i - dmarc->nrua]);

		if (name != NULL)
			form_scroll_text(form, ROLE_NOTE, 3,
			    ui_format(ui,
				_("Its owner has to publish TXT %s: "
				  "\"v=DMARC1\""),
				name));
	}
}

static void
add_text(struct ui *ui, struct form *form, enum dmarc_tag_id tag)
{
	enum field_id field = dmarc_field(tag);
	const int id = (int)field + 1;
	bool focused = ui->state[WIZ_DMARC].focus == id;
	const char *fault;
	struct row *row;

	if (!focused)
		text_field_set(
		    &ui->dmarc.text[tag], session_field(ui->session, field));
	row = form_field(form, id, GROUP_TAGS,
	    form->compact ? dmarc_tag_name(tag) : _(fields[field].label),
	    &ui->dmarc.text[tag]);
	row->scrolls = true;
	ui_judge(ui, row, field, focused);
	/* As it stands in the record, which is not as it would be taken. */
	fault = dmarc_plan_fault(ui->arena, session_plan(ui->session), tag);
	if (fault == NULL || (focused && ui_typing(ui)) ||
	    strcmp(ui->dmarc.text[tag].text,
		session_field(ui->session, field)) != 0)
		return;
	row->badge = _("FAIL");
	row->badge_role = ROLE_FAIL;
	row->right = NULL;
}

static void
draw_link(const struct row *row, const struct canvas *line, bool focused)
{
	form_mark(line, focused);
	draw_cut(line, 0, 3, line->cols - 4, focused ? ROLE_FOCUS : row->role,
	    row->text);
	if (focused)
		draw_cursor(line, 0, 3);
}

static void
add_link(struct form *form, int id, const char *text)
{
	form_add(form,
	    (struct row){ .id = id,
		.group = GROUP_MORE,
		.draw = draw_link,
		.scrolls = true,
		.text = text });
}

/* "Path: p=none since 24 Nov; next: quarantine; t=y, from 8 Dec" */
static const char *
path_text(struct ui *ui)
{
	struct dmarc_path path = session_dmarc_path(ui->session);

	if (path.published == STAGE_UNKNOWN)
		return _("Path: begin with p=none and reports");
	if (path.published == STAGE_REJECT)
		return _("Path: reject is published, the end of the way");
	if (path.due == 0)
		return ui_format(ui, _("Path: %s now; next: %s"),
		    _(dmarc_stage_label(path.published)),
		    _(dmarc_stage_label(path.next)));
	return ui_format(ui,
	    path.advised ? _("Path: %s since %s; %s is advised since %s")
			 : _("Path: %s since %s; next: %s, not before %s"),
	    _(dmarc_stage_label(path.published)),
	    ui_day(ui, session_plan(ui->session)->dmarc.since),
	    _(dmarc_stage_label(path.next)), ui_day(ui, path.due));
}

static void
add_tags(struct ui *ui, struct form *form)
{
	const struct plan *plan = session_plan(ui->session);
	const char *text = dmarc_plan_text(ui->arena, plan);
	const struct look *look = session_look(ui->session, LOOK_DMARC_PLAN);

	for (int i = DMARC_P; i <= DMARC_PSD; i++)
		add_radio(ui, form, (enum dmarc_tag_id)i);
	add_text(ui, form, DMARC_RUA);
	add_text(ui, form, DMARC_RUF);
	dmarc_fo_add(ui, form, GROUP_TAGS);
	for (int i = DMARC_FO + 1; i < DMARC_TAGS; i++)
		if (!dmarc_tag_is_removed((enum dmarc_tag_id)i) ||
		    dmarc_plan_has(plan, (enum dmarc_tag_id)i) ||
		    ui->state[WIZ_DMARC].focus ==
			(int)dmarc_field((enum dmarc_tag_id)i) + 1)
			add_text(ui, form, (enum dmarc_tag_id)i);
	for (size_t i = 0; i < plan->dmarc.nother; i++)
		form_scroll_text(form, ROLE_NOTE, 3,
		    ui_format(ui, _("%s: kept; receivers do not know it"),
			printable(ui->arena, str_of(plan->dmarc.other[i]))));
	add_consents(ui, form);
	add_link(form, ID_RECORD,
	    ui_format(
		ui, "%s  %s", _("Record"), printable(ui->arena, str_of(text))));
	if (look != NULL && look->repair.len > 0)
		add_link(form, ID_REPAIR,
		    ui_format(ui, _("Repair it: %s"),
			printable(ui->arena, look->repair)));
	add_link(form, ID_PATH, path_text(ui));
	add_link(form, ID_ALIGN, _("Alignment: which names count for From"));
}

static void
build(struct ui *ui, struct form *form)
{
	static const struct hint choosing[] = {
		{ ACT_LEFT, N_("choose") },
		{ ACT_UP, N_("select") },
		{ ACT_UNDO, N_("undo") },
		{ ACT_CHECK, N_("check") },
		{ ACT_BACK, N_("back") },
	};
	static const struct hint ticking[] = {
		{ ACT_TOGGLE, N_("tick") },
		{ ACT_UP, N_("select") },
		{ ACT_UNDO, N_("undo") },
		{ ACT_CHECK, N_("check") },
		{ ACT_BACK, N_("back") },
	};
	enum dmarc_tag_id tag;
	char kind;

	/* The tags need the room, and say what they are for themselves. */
	if (!can_edit(ui) || ui->rows >= ROWS_WITH_PURPOSE)
		page_begin(form, WIZ_DMARC);
	if (can_edit(ui)) {
		form->label = LABEL;
		add_tags(ui, form);
		dmarc_explain(ui, form);
		findings_add_status(
		    ui, form, LOOK_DMARC_PLAN, _("Your record"));
	}
	page_end(ui, form, WIZ_DMARC);
	if (dmarc_row_tag(ui->state[WIZ_DMARC].focus, &tag) &&
	    dmarc_is_radio(tag)) {
		form->hints = choosing;
		form->nhints = COUNT(choosing);
	} else if (dmarc_fo_of(ui->state[WIZ_DMARC].focus, &kind)) {
		form->hints = ticking;
		form->nhints = COUNT(ticking);
	}
}

static void
repair(struct ui *ui)
{
	if (ui_said(ui, session_dmarc_repair(ui->session)))
		ui_note(ui, MESSAGE_OK,
		    _("Taken over; u takes it back. Now publish the record."));
}

static bool
press(struct ui *ui, int id)
{
	if (id == ID_PATH)
		ui_open(ui, &view_dmarc_path);
	else if (id == ID_ALIGN)
		ui_open(ui, &view_align);
	else if (id == ID_REPAIR)
		repair(ui);
	else if (id == ID_RECORD)
		page_open_mend(ui, LOOK_DMARC_PLAN);
	else
		return page_press(ui, WIZ_DMARC, id);
	return true;
}

/* A jump is told, and not forbidden. */
static void
tell_risk(struct ui *ui, enum dmarc_tag_id tag)
{
	struct dmarc_path path = session_dmarc_path(ui->session);

	if (path.jumps && (tag == DMARC_P || tag == DMARC_T))
		ui_note(ui, MESSAGE_WARN, _(dmarc_stage_risk(path.planned)));
}

static void
changed(struct ui *ui, int id)
{
	enum dmarc_tag_id tag;
	const char *value;
	char kind;

	if (dmarc_fo_of(id, &kind))
		dmarc_fo_changed(ui, kind);
	if (!dmarc_row_tag(id, &tag))
		return;
	if (!dmarc_is_radio(tag)) {
		if (!ui_typing(ui))
			ui_said(ui,
			    session_answer(ui->session, dmarc_field(tag),
				ui->dmarc.text[tag].text));
		return;
	}
	if (ui->dmarc.radio[tag - DMARC_P].chosen < 0)
		return;
	value = dmarc_tag_help[tag]
		    .values[ui->dmarc.radio[tag - DMARC_P].chosen]
		    .value;
	if (ui_said(ui, session_answer(ui->session, dmarc_field(tag), value)))
		tell_risk(ui, tag);
}

static void
left(struct ui *ui, int id)
{
	enum dmarc_tag_id tag;

	if (!dmarc_row_tag(id, &tag) || dmarc_is_radio(tag))
		return;
	/* Who only passes by changes nothing. */
	if (strcmp(ui->dmarc.text[tag].text,
		session_field(ui->session, dmarc_field(tag))) != 0)
		ui_answer(ui, dmarc_field(tag), &ui->dmarc.text[tag]);
}

static bool
act(struct ui *ui, enum action action, int id)
{
	enum dmarc_tag_id tag;

	if (dmarc_row_tag(id, &tag) && !dmarc_is_radio(tag))
		return false;
	return page_act(ui, WIZ_DMARC, action);
}

static const char *
hint(struct ui *ui, int id)
{
	enum dmarc_tag_id tag;
	const char *text;
	char kind;

	if (dmarc_fo_of(id, &kind))
		return dmarc_fo_text(kind);
	if (id == ID_PATH)
		return _("Enter: the way to reject, with its dates.");
	if (id == ID_ALIGN)
		return _("Enter: relaxed and strict, tried on your names.");
	if (id == ID_REPAIR)
		return _("Enter: takes over this record; u takes it back.");
	if (id == ID_RECORD)
		return _("Enter: where to publish it; there F3 copies it.");
	if (!dmarc_row_tag(id, &tag) || !can_edit(ui) ||
	    session_field_problem(ui->session, dmarc_field(tag)) != NULL)
		return page_hint(ui, WIZ_DMARC, id);
	/* A low screen has no room for the explanation. */
	text = dmarc_value_text(ui, tag);
	return ui->rows < ROWS_WITH_TEXT && text[0] != '\0'
	    ? text
	    : page_hint(ui, WIZ_DMARC, id);
}

static const char *
help(struct ui *ui, int id)
{
	char kind;

	return page_help(
	    ui, WIZ_DMARC, dmarc_fo_of(id, &kind) ? FIELD_DMARC_FO + 1 : id);
}

static const char *
topic(struct ui *ui, int id)
{
	char kind;

	return page_topic(
	    ui, WIZ_DMARC, dmarc_fo_of(id, &kind) ? FIELD_DMARC_FO + 1 : id);
}

const struct view view_dmarc = {
	.title = title,
	.build = build,
	.press = press,
	.changed = changed,
	.left = left,
	.act = act,
	.hint = hint,
	.help = help,
	.topic = topic,
};
