/*
 * ui/view_align.c - over the DMARC step: alignment, tried on the names of the
 * plan and on names that are typed.
 */
#include <string.h>

#include "../checks/base/i18n.h"
#include "../wizard/try_alignment.h"
#include "view.h"

enum { ID_FROM = 1, ID_MAIL_FROM, ID_SIGNER, ID_CLOSE = 300 };

#define TABLE_COLUMNS 50 /* from this width on it is a table */
#define COLUMN	      9 /* of a verdict */

static const char *
title(struct ui *ui)
{
	(void)ui;
	return _("Alignment: which names count for From");
}

static void
typed(const struct ui *ui, const char *out[ALIGN_NAMES])
{
	for (int i = 0; i < ALIGN_NAMES; i++)
		out[i] = ui->align.field[i].text;
}

static void
ask(struct ui *ui)
{
	const char *texts[ALIGN_NAMES];

	typed(ui, texts);
	ui_said(ui, try_alignment(ui->session, texts));
}

static void
open_align(struct ui *ui)
{
	struct text_field *from = &ui->align.field[ALIGN_FROM];

	if (from->len == 0)
		text_field_set(from, session_plan(ui->session)->domain);
	ask(ui);
}

/* --- the table ----------------------------------------------------------- */

static const char *
name_text(struct ui *ui, const struct dmarc_try *row)
{
	const char *kind =
	    row->kind == DMARC_BY_SIGNATURE ? "d= " : "MAIL FROM ";

	return row->who == NULL
	    ? ui_format(ui, "%s%s", kind, row->identifier)
	    : ui_format(ui, "%s%s (%s)", kind, row->identifier, row->who);
}

static const char *
counts_text(const struct plan *plan, const struct dmarc_try *row)
{
	if (!alignment_is_ours(plan, row))
		return "-";
	return alignment_counts(plan, row) ? _("yes") : _("no");
}

struct cells {
	const char *text[3];
};

/* "MAIL FROM a.example    yes  no  yes" */
static void
draw_row(const struct row *row, const struct canvas *line, bool focused)
{
	const struct cells *cells = row->data;
	int x = line->cols - 3 * COLUMN - 1;

	(void)focused;
	draw_cut(
	    line, 0, row->indent, x - row->indent - 1, row->role, row->text);
	for (int i = 0; i < 3; i++)
		draw_cut(line, 0, x + i * COLUMN, COLUMN,
		    i < 2 ? ROLE_TEXT : row->badge_role, cells->text[i]);
}

static void
add_line(struct form *form, enum role role, int indent, const char *text,
    const char *const verdicts[3], enum role last)
{
	struct cells *copy = arena_new_of(form->arena, struct cells);

	for (int i = 0; i < 3; i++)
		copy->text[i] = verdicts[i];
	form_add(form,
	    (struct row){ .draw = draw_row,
		.scrolls = true,
		.role = role,
		.indent = indent,
		.text = text,
		.data = copy,
		.badge_role = last });
}

static void
add_try(struct ui *ui, struct form *form, const struct dmarc_try *row)
{
	const struct plan *plan = session_plan(ui->session);
	bool ours = alignment_is_ours(plan, row);
	enum role last = !ours		  ? ROLE_NOTE
	    : alignment_counts(plan, row) ? ROLE_OK
					  : ROLE_WARN;
	const char *verdicts[3] = { _(dmarc_alignment_word(row->relaxed)),
		_(dmarc_alignment_word(row->strict)), counts_text(plan, row) };

	if (form->columns >= TABLE_COLUMNS) {
		add_line(
		    form, ROLE_TEXT, 3, name_text(ui, row), verdicts, last);
		return;
	}
	form_scroll_text(form, ROLE_TEXT, 2, name_text(ui, row));
	form_scroll_text(form, last, 4,
	    ui_format(ui, _("relaxed: %s, strict: %s, counts: %s"), verdicts[0],
		verdicts[1], verdicts[2]));
}

/* Rows of one From under it. */
static void
add_tries(struct ui *ui, struct form *form, const struct dmarc_tries *tries,
    const char *heading)
{
	const char *const columns[3] = { _("relaxed"), _("strict"),
		_("counts") };
	const char *from = NULL;

	for (size_t i = 0; i < tries->n; i++) {
		const struct dmarc_try *row = &tries->list[i];

		if (i == 0 && form->columns >= TABLE_COLUMNS)
			add_line(
			    form, ROLE_HEADING, 1, heading, columns, ROLE_TEXT);
		else if (i == 0)
			form_scroll_text(form, ROLE_HEADING, 1, heading);
		if (from == NULL || strcmp(from, row->from) != 0)
			form_scroll_text(form, ROLE_TEXT, 1,
			    ui_format(ui, "From %s", row->from));
		from = row->from;
		add_try(ui, form, row);
	}
}

static void
add_typed(struct ui *ui, struct form *form)
{
	const char *texts[ALIGN_NAMES];
	const struct dmarc_tries *tries;

	typed(ui, texts);
	tries = try_alignment_result(ui->session, texts);
	if (tries != NULL) {
		add_tries(ui, form, tries, _("What you typed"));
		form_scroll_text(form, ROLE_TEXT, 0, "");
	} else if (session_busy(ui->session, LOOK_ALIGN)) {
		form_scroll_text(form, ROLE_WAIT, 1, _("Trying it ..."));
	}
}

static void
add_own(struct ui *ui, struct form *form)
{
	const struct look *look = session_look(ui->session, LOOK_DMARC_PLAN);
	const char *advice;

	if (look == NULL) {
		form_scroll_text(
		    form, ROLE_WAIT, 1, _("It is being looked at."));
		return;
	}
	add_tries(ui, form, &look->tries, _("Names of your plan"));
	advice = alignment_advice(session_plan(ui->session), &look->tries);
	if (advice != NULL)
		form_scroll_text(form, ROLE_NOTE, 1, _(advice));
}

/* --- the form ------------------------------------------------------------ */

static void
add_field(struct ui *ui, struct form *form, enum alignment_name name,
    const char *label)
{
	struct text_field *field = &ui->align.field[name];
	int id = ID_FROM + (int)name;
	struct judged judged;
	struct row *row = form_field(form, id, (int)name, label, field);

	if (field->len == 0 || (ui_state(ui)->focus == id && ui_typing(ui)))
		return;
	try_alignment_judge(field->text, &judged);
	row->badge = judged.problem[0] == '\0' ? _("OK") : _("FAIL");
	row->badge_role = judged.problem[0] == '\0' ? ROLE_OK : ROLE_FAIL;
}

static void
build(struct ui *ui, struct form *form)
{
	static const struct hint hints[] = {
		{ ACT_TEXT, N_("to edit") },
		{ ACT_NEXT_FIELD, N_("next") },
		{ ACT_BACK, N_("close") },
	};
	static const struct hint on_button[] = {
		{ ACT_UP, N_("scroll") },
		{ ACT_ENTER, N_("press") },
		{ ACT_BACK, N_("close") },
	};
	bool button = ui_state(ui)->focus == ID_CLOSE;

	form->label = 14;
	form_text(form, DROP_PURPOSE, ROLE_TEXT, 1,
	    _("DMARC passes when SPF passes for a MAIL FROM, or DKIM for a d=, "
	      "that belongs to the domain in From. Names of a mail you got:"));
	add_field(ui, form, ALIGN_FROM, _("From"));
	add_field(ui, form, ALIGN_MAIL_FROM, _("Bounces to"));
	add_field(ui, form, ALIGN_SIGNER, _("Signed, d="));
	if (!form->compact)
		form_blank(form);
	add_typed(ui, form);
	add_own(ui, form);
	form_button(form, ID_CLOSE, _("Close"));
	form->hints = button ? on_button : hints;
	form->nhints = COUNT(hints);
}

static bool
press(struct ui *ui, int id)
{
	if (id != ID_CLOSE)
		return false;
	ui_close(ui);
	return true;
}

static void
changed(struct ui *ui, int id)
{
	(void)id;
	if (!ui_typing(ui))
		ask(ui);
}

static void
left(struct ui *ui, int id)
{
	if (id != ID_CLOSE)
		ask(ui);
}

static const char *
hint(struct ui *ui, int id)
{
	struct judged judged = { .problem = "" };

	if (id >= ID_FROM && id <= ID_SIGNER && !ui_typing(ui))
		try_alignment_judge(
		    ui->align.field[id - ID_FROM].text, &judged);
	if (judged.problem[0] != '\0')
		return arena_strdup(ui->arena, judged.problem);
	switch (id) {
	case ID_FROM:
		return _("The address people see, or its domain.");
	case ID_MAIL_FROM:
		return _("MAIL FROM: see Return-Path in a mail you sent to "
			 "yourself.");
	case ID_SIGNER:
		return _("What d= says in the DKIM-Signature of that mail.");
	default:
		return _("Esc closes this; nothing is changed by it.");
	}
}

static const char *
help(struct ui *ui, int id)
{
	(void)ui;
	(void)id;
	return _("Relaxed asks for the same organization: bounce.example.org "
		 "counts for example.org. Strict asks for the very same name. "
		 "What counts is what your record chooses by adkim and "
		 "aspf.\n\nThe "
		 "names of your plan are your domain, the subdomains given in "
		 "the step Domain, the key of the step DKIM, and where "
		 "services of your SPF record let bounces go unless you set "
		 "up a domain of your own there.\n\nFor any other, send "
		 "yourself a mail by that way, look at its source, and type "
		 "the three names here.");
}

const struct view view_align = {
	.title = title,
	.open = open_align,
	.build = build,
	.press = press,
	.changed = changed,
	.left = left,
	.hint = hint,
	.help = help,
	.always_fresh = true,
};
