/* ui/view_term.c - one term of the SPF record: which kind, and its value. */
#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../wizard/help.h"
#include "../wizard/term_advice.h"
#include "builder.h"
#include "frame.h"

enum { ID_VALUE = 1, ID_QUALIFIER, ID_KEEP = 300, ID_DELETE, ID_CANCEL };

/* The kinds that can be added, the usual ones first. */
static const enum spf_kind kinds[] = { SPF_MX, SPF_IP4, SPF_IP6, SPF_INCLUDE,
	SPF_A, SPF_EXISTS, SPF_PTR, SPF_REDIRECT, SPF_EXP,
	SPF_UNKNOWN_MODIFIER };

static const enum spf_result qualifiers[] = { SPF_RESULT_PASS,
	SPF_RESULT_SOFTFAIL, SPF_RESULT_FAIL, SPF_RESULT_NEUTRAL };

/* Terms of other kinds are edited as the text they are. */
static bool
is_known(enum spf_kind kind)
{
	return kind < SPF_UNKNOWN_MODIFIER;
}

static bool
has_qualifier(enum spf_kind kind)
{
	return is_known(kind) && !spf_term_kinds[kind].modifier;
}

static void
begin(struct ui *ui, enum spf_kind kind, enum spf_result qualifier)
{
	struct term_fields *f = &ui->term;

	memset(f, 0, sizeof(*f));
	f->kind = kind;
	for (size_t i = 0; i < COUNT(qualifiers); i++) {
		const struct qualifier_help *help =
		    &qualifier_help[qualifiers[i]];

		snprintf(f->label_text[i], sizeof(f->label_text[i]), "%s %s",
		    help->sign, _(help->label));
		f->labels[i] = f->label_text[i];
		if (qualifiers[i] == qualifier)
			f->qualifier.chosen = (int)i;
	}
	f->qualifier.labels = f->labels;
	f->qualifier.count = (int)COUNT(qualifiers);
}

void
term_add(struct ui *ui, enum spf_kind kind)
{
	begin(ui, kind, SPF_RESULT_PASS);
	ui->term.fresh = true;
	ui_open(ui, &view_term);
}

/* "~include:example.net" -> "example.net"; "a/24" -> "/24" */
static const char *
value_of(const struct spf_line *line)
{
	const char *text = line->text;

	if (!is_known(line->term.kind))
		return text;
	text += strchr("+-~?", *text) != NULL;
	text += strlen(spf_term_kinds[line->term.kind].word);
	return *text == ':' || *text == '=' ? text + 1 : text;
}

void
term_edit(struct ui *ui, size_t i)
{
	const struct spf_line *line = &session_spf(ui->session)->lines[i];

	begin(ui, line->term.kind, line->term.qualifier);
	ui->term.at = i;
	text_field_set(&ui->term.value, value_of(line));
	ui_open(ui, &view_term);
}

/* The whole term, from its parts. */
static const char *
term_text(struct ui *ui)
{
	const struct term_fields *f = &ui->term;
	enum spf_result qualifier = qualifiers[f->qualifier.chosen];
	const char *value = f->value.text;
	char sign[2] = { spf_qualifier_sign(qualifier), '\0' };

	if (!is_known(f->kind))
		return value;
	if (!has_qualifier(f->kind))
		return ui_format(
		    ui, "%s=%s", spf_term_kinds[f->kind].word, value);
	if (qualifier == SPF_RESULT_PASS)
		sign[0] = '\0';
	return ui_format(ui, "%s%s%s%s", sign, spf_term_kinds[f->kind].word,
	    *value == '\0' || *value == '/' ? "" : ":", value);
}

/* What is wrong with it; NULL: nothing. */
static const char *
term_problem(struct ui *ui)
{
	struct spf_term term;

	if (ui->term.value.len == 0 && !is_known(ui->term.kind))
		return _("type a term, such as ip4:192.0.2.25");
	if (!is_known(ui->term.kind) && ui->term.fresh)
		return NULL; /* may be several, or a record */
	spf_parse_term(ui->arena, str_of(term_text(ui)), &term);
	return term.kind == SPF_BROKEN ? term.problem : NULL;
}

/* What is to be thought of about the term as it is typed; NULL: nothing. */
static const char *
advice(struct ui *ui)
{
	struct spf_term term;
	const char *said;

	spf_parse_term(ui->arena, str_of(term_text(ui)), &term);
	if (term.kind == SPF_BROKEN)
		return NULL;
	said = term_advice(ui->arena, session_plan(ui->session), &term);
	if (said == NULL && ui->term.fresh)
		said = term_pressure(
		    ui->arena, term.kind, session_spf(ui->session)->lookups);
	return said;
}

static const char *
title(struct ui *ui)
{
	const char *word = spf_help[ui->term.kind].word;

	if (!is_known(ui->term.kind))
		word = _("a term, or a whole record");
	return ui_format(
	    ui, ui->term.fresh ? _("Add: %s") : _("Edit: %s"), word);
}

static void
draw_result(const struct row *row, const struct canvas *line, bool focused)
{
	int x = line->cols < 56 ? 12 : row->indent;

	(void)focused;
	draw_text(line, 0, 3, ROLE_TEXT, row->label);
	x = draw_cut(line, 0, x, line->cols - x - 8, ROLE_HEADING, row->text);
	draw_badge(line, 0, x + 2, row->badge_role, row->badge);
}

static void
add_result(struct ui *ui, struct form *form)
{
	const char *problem = term_problem(ui);
	bool waiting =
	    ui_typing(ui) || (problem != NULL && ui->term.value.len == 0);

	form_add(form,
	    (struct row){ .draw = draw_result,
		.indent = form->label,
		.label = _("Entry"),
		.text = term_text(ui),
		.badge = waiting      ? "..."
		    : problem == NULL ? _("OK")
				      : _("FAIL"),
		.badge_role = waiting ? ROLE_NOTE
		    : problem == NULL ? ROLE_OK
				      : ROLE_FAIL });
	if (problem != NULL && !waiting)
		form_text(form, DROP_NEVER, ROLE_TEXT, 3, problem);
	else if (!waiting && !form->compact && advice(ui) != NULL)
		form_text(form, DROP_NOTE, ROLE_TEXT, 3, advice(ui));
}

static void
add_explanation(struct ui *ui, struct form *form, enum spf_kind kind)
{
	const struct spf_help *help = &spf_help[kind];

	form_scroll_text(form, ROLE_TEXT, 1, _(help->text));
	if (help->advice != NULL)
		form_scroll_text(form, ROLE_TEXT, 1, _(help->advice));
	form_scroll_text(form, ROLE_NOTE, 1,
	    ui_format(ui, "%s%s%s%s%s", _("Costs "), _(help->cost),
		*help->example == '\0' ? "." : _(". For example: "),
		help->example, ""));
}

/* "Domain", from "domain". */
static const char *
value_label(struct ui *ui, const struct spf_help *help)
{
	char *label;

	if (help->value == NULL)
		return _("Text");
	label = arena_strdup(ui->arena, _(help->value));
	if (*label >= 'a' && *label <= 'z')
		*label = (char)(*label - 'a' + 'A');
	return label;
}

static void
build(struct ui *ui, struct form *form)
{
	static const struct hint hints[] = {
		{ ACT_TEXT, N_("to edit") },
		{ ACT_ENTER, N_("keep it") },
		{ ACT_NEXT_FIELD, N_("next") },
		{ ACT_BACK, N_("cancel") },
	};
	const struct spf_help *help = &spf_help[ui->term.kind];

	form->hints = hints;
	form->nhints = COUNT(hints);
	form->label = 24;
	add_explanation(ui, form, ui->term.kind);
	form_blank(form);
	form_field(form, ID_VALUE, 0, value_label(ui, help), &ui->term.value);
	if (has_qualifier(ui->term.kind))
		form_radio(form, ID_QUALIFIER, 1,
		    form->compact ? _("Result") : _("Whoever matches"),
		    &ui->term.qualifier);
	add_result(ui, form);
	form_button(form, ID_KEEP, ui->term.fresh ? _("Add") : _("Keep"));
	if (!ui->term.fresh)
		form_button(form, ID_DELETE, _("Remove"));
	form_button(form, ID_CANCEL, _("Cancel"));
}

/* The focus goes to the term that was added. */
static void
focus_on(struct ui *ui, const char *text)
{
	size_t n = builder_rows(ui);

	while (n-- > 0) {
		int id = ID_TERM + (int)n;
		const struct spf_line *line =
		    &session_spf(ui->session)->lines[builder_line_of(ui, id)];

		if (strcmp(line->text, text) == 0) {
			form_focus(&ui->state[WIZ_SPF], id);
			return;
		}
	}
}

static void
keep(struct ui *ui)
{
	const char *problem = term_problem(ui);
	const char *text = term_text(ui);

	ui->typed_ms = 0;
	if (problem != NULL) {
		ui_note(ui, MESSAGE_FAIL, problem);
		form_focus(ui_state(ui), ID_VALUE);
		return;
	}
	problem = ui->term.fresh
	    ? session_spf_add(ui->session, SPF_AT_END, text)
	    : session_spf_set(ui->session, ui->term.at, text);
	if (!ui_said(ui, problem))
		return;
	ui_close_all(ui);
	focus_on(ui, text);
}

static bool
press(struct ui *ui, int id)
{
	if (id == ID_CANCEL) {
		ui_close(ui);
	} else if (id == ID_DELETE) {
		if (ui_said(ui, session_spf_remove(ui->session, ui->term.at)))
			ui_note(
			    ui, MESSAGE_NOTE, _("Removed. u takes it back."));
		ui_close(ui);
	} else {
		keep(ui);
	}
	return true;
}

static const char *
hint(struct ui *ui, int id)
{
	if (id == ID_QUALIFIER)
		return _(
		    qualifier_help[qualifiers[ui->term.qualifier.chosen]].text);
	if (id == ID_CANCEL)
		return _("Leaves the record as it was.");
	if (id == ID_VALUE && ui->term.kind == SPF_UNKNOWN_MODIFIER)
		return _("Paste a term, several, or a whole record.");
	/* Above on a larger screen. */
	if (id == ID_VALUE && !ui_typing(ui) && advice(ui) != NULL &&
	    frame_size(ui->rows, ui->cols) != FRAME_FULL)
		return advice(ui);
	return _("Enter keeps it, Esc leaves the record as it was.");
}

static const char *
help(struct ui *ui, int id)
{
	(void)id;
	return term_help(ui, ui->term.kind);
}

static const char *
topic(struct ui *ui, int id)
{
	if (id == ID_QUALIFIER)
		return help_for_qualifier(
		    qualifiers[ui->term.qualifier.chosen]);
	return help_for_term(ui->term.kind);
}

const struct view view_term = {
	.title = title,
	.build = build,
	.press = press,
	.hint = hint,
	.help = help,
	.topic = topic,
};

/* --- which kind ---------------------------------------------------------- */

enum { ID_KIND = 1000, ID_SERVICES = 2000 };

static const char *
add_title(struct ui *ui)
{
	(void)ui;
	return _("Add to the SPF record");
}

static void
draw_kind(const struct row *row, const struct canvas *line, bool focused)
{
	form_mark(line, focused);
	draw_text(line, 0, 3, focused ? ROLE_FOCUS : ROLE_HEADING, row->label);
	draw_cut(line, 0, 13, line->cols - 14, ROLE_TEXT, row->text);
}

static enum spf_kind
kind_of(int id)
{
	size_t i = (size_t)(id - ID_KIND);

	return id >= ID_KIND && i < COUNT(kinds) ? kinds[i] : kinds[0];
}

/* Before "include", which is what one of them needs. */
static void
add_services(struct form *form)
{
	form_add(form,
	    (struct row){ .id = ID_SERVICES,
		.scrolls = true,
		.draw = draw_kind,
		.label = _("service"),
		.text = _("a mail service I use: pick it from a list") });
}

static const char about_services[] =
    N_("For mailboxes, newsletters, shops or tickets at a provider: says for "
       "each what to add, what it costs, and when nothing needs to be added.");

static void
add_about(struct ui *ui, struct form *form, enum spf_kind kind)
{
	const struct spf_help *help = &spf_help[kind];

	form_text(form, DROP_NOTE, ROLE_TEXT, 1, _(help->text));
	if (help->advice != NULL)
		form_text(form, DROP_NOTE, ROLE_TEXT, 1, _(help->advice));
	form_text(form, DROP_NOTE, ROLE_NOTE, 1,
	    ui_format(ui, _("Costs %s."), _(help->cost)));
}

static void
add_build(struct ui *ui, struct form *form)
{
	static const struct hint hints[] = {
		{ ACT_UP, N_("select") },
		{ ACT_ENTER, N_("choose") },
		{ ACT_BACK, N_("cancel") },
	};
	enum spf_kind kind = kind_of(ui_state(ui)->focus);

	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (kinds[i] == SPF_INCLUDE)
			add_services(form);
		form_add(form,
		    (struct row){ .id = ID_KIND + (int)i,
			.scrolls = true,
			.draw = draw_kind,
			.label = is_known(kinds[i]) ? spf_help[kinds[i]].word
						    : _("other"),
			.text = is_known(kinds[i])
			    ? _(spf_help[kinds[i]].label)
			    : _("type or paste terms, or a record") });
	}
	form_blank(form);
	if (ui_state(ui)->focus == ID_SERVICES)
		form_text(form, DROP_NOTE, ROLE_TEXT, 1, _(about_services));
	else
		add_about(ui, form, kind);
	form->hints = hints;
	form->nhints = COUNT(hints);
}

static bool
add_press(struct ui *ui, int id)
{
	enum spf_kind kind = kind_of(id);

	ui_close(ui);
	if (id == ID_SERVICES)
		ui_open(ui, &view_services);
	else
		term_add(ui, kind);
	return true;
}

static const char *
add_hint(struct ui *ui, int id)
{
	enum spf_kind kind = kind_of(id);

	const char *pressure =
	    term_pressure(ui->arena, id == ID_SERVICES ? SPF_INCLUDE : kind,
		session_spf(ui->session)->lookups);

	if (kind == SPF_PTR && id != ID_SERVICES)
		return _("Better not: large receivers skip ptr, and mx, a, "
			 "ip4 or ip6 say it as well.");
	if (pressure != NULL)
		return pressure;
	if (id == ID_SERVICES)
		return _("For example: Google Workspace, Mailchimp, Brevo.");
	if (*spf_help[kind].example == '\0')
		return "";
	return ui_format(ui, _("For example: %s"), spf_help[kind].example);
}

static const char *
add_help(struct ui *ui, int id)
{
	return term_help(ui, kind_of(id));
}

static const char *
add_topic(struct ui *ui, int id)
{
	(void)ui;
	return help_for_term(id == ID_SERVICES ? SPF_INCLUDE : kind_of(id));
}

const struct view view_add_term = {
	.title = add_title,
	.build = add_build,
	.press = add_press,
	.hint = add_hint,
	.help = add_help,
	.topic = add_topic,
};
