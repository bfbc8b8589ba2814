/* ui/view_finding.c - one finding: what, why, what to do, how to prove it. */
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/proof.h"
#include "../wizard/server_advice.h"
#include "findings.h"
#include "server.h"
#include "servers.h"
#include "topic.h"

enum { ID_CLOSE = 300, ID_REMEDY = 400, ID_MEND = 500, ID_SERVER };

static const struct finding *
open_finding(struct ui *ui)
{
	return findings_at(ui, ui->finding_look, (int)ui->finding_index);
}

static const char *
title(struct ui *ui)
{
	const struct finding *f = open_finding(ui);

	return f == NULL ? ""
			 : ui_format(ui, "%s  %s", severity_badge(f->severity),
			       finding_kinds[f->code].id);
}

static void
add_evidence(struct ui *ui, struct form *form, const struct finding *f)
{
	const struct look *look = session_look(ui->session, ui->finding_look);
	const struct record *record;

	if (!f->has_record || f->record >= look->report.npublished)
		return;
	record = &look->report.published[f->record];
	form_scroll_text(form, ROLE_TEXT, 0, "");
	form_scroll_text(form, ROLE_NOTE, 1,
	    ui_format(ui, "%s  %s", record->name,
		rr_type_word(ui->arena, record->type)));
	if (record->type == RR_TXT || record->type == RR_SPF)
		form_evidence(form, 3, record->text, &f->at, 1);
	else
		form_scroll_text(
		    form, ROLE_HEADING, 3, record_value(ui->arena, record));
}

/* Where it is set, on the mail server the person has. */
static void
add_server(struct ui *ui, struct form *form, const struct finding *f)
{
	const char *command;
	const char *advice;

	if (!server_helo_mends(f->code))
		return;
	advice =
	    server_helo_advice(ui->arena, session_plan(ui->session), &command);
	form_part(form, _("On your mail server"), advice);
	if (command != NULL)
		form_scroll_text(form, ROLE_HEADING, 5, command);
}

static void
draw_remedy(const struct row *row, const struct canvas *line, bool focused)
{
	enum role role = focused ? ROLE_FOCUS : ROLE_TEXT;
	int x = draw_text(line, 0, 3, role, "< ");

	form_mark(line, focused);
	x = draw_cut(line, 0, x, line->cols - x - 2, role, row->text);
	draw_text(line, 0, x, role, " >");
	if (focused)
		draw_cursor(line, 0, 5);
}

static bool
is_of_ports(const struct ui *ui)
{
	return ui->finding_look >= LOOK_POP3 &&
	    ui->finding_look <= LOOK_SUBMISSION;
}

static void
add_remedies(struct ui *ui, struct form *form, const struct finding *f)
{
	const struct look *look = session_look(ui->session, ui->finding_look);

	if (ui->finding_look != LOOK_SPF && ui->finding_look != LOOK_PLAN &&
	    f->severity >= SEV_WARN && look->report.nsuggested > 0)
		form_add(form,
		    (struct row){ .id = ID_MEND,
			.draw = draw_remedy,
			.text = _("See what to enter, and where") });
	if (is_of_ports(ui) && f->severity >= SEV_NOTE)
		form_add(form,
		    (struct row){ .id = ID_SERVER,
			.draw = draw_remedy,
			.text = _("See what to do on the server") });
	ui->nremedies =
	    session_remedies(ui->session, ui->finding_look, f, ui->remedies);
	for (size_t i = 0; i < ui->nremedies; i++)
		form_add(form,
		    (struct row){ .id = ID_REMEDY + (int)i,
			.draw = draw_remedy,
			.text = ui->remedies[i].label });
}

static void
build(struct ui *ui, struct form *form)
{
	static const struct hint hints[] = {
		{ ACT_UP, N_("scroll") },
		{ ACT_NEXT_FIELD, N_("next") },
		{ ACT_ENTER, N_("press") },
		{ ACT_NEXT_PROBLEM, N_("next problem") },
		{ ACT_BACK, N_("close") },
	};
	const struct finding *f = open_finding(ui);

	form->hints = hints;
	form->nhints = COUNT(hints);
	form_button(form, ID_CLOSE, _("Close"));
	if (f == NULL)
		return;
	form_scroll_text(form, ROLE_HEADING, 1, finding_title(ui->arena, f));
	add_evidence(ui, form, f);
	form_part(form, _("What it means"), finding_text(ui->arena, f));
	form_part(form, _("What to do"), finding_fix(ui->arena, f));
	add_server(ui, form, f);
	form_part(
	    form, ui_proof_heading(ui), finding_proof(ui->arena, f, NULL));
	form_part(
	    form, _("Where it is written"), finding_kinds[f->code].reference);
	if (!form->compact)
		form_blank(form);
	add_remedies(ui, form, f);
}

/* Only what changed the plan can be taken back. */
static void
done(struct ui *ui, enum remedy_id id)
{
	if (id == REMEDY_PUBLISH) {
		ui->at = session_at(ui->session);
		publish_open(ui, PLANNED_SPF);
	} else if (id != REMEDY_CHANGE_DOMAIN && id != REMEDY_ANSWER) {
		ui_note(ui, MESSAGE_OK, _("Done. u takes it back."));
	}
}

static bool
press(struct ui *ui, int id)
{
	struct remedy remedy;

	if (id == ID_CLOSE) {
		ui_close(ui);
		return true;
	}
	if (id == ID_MEND) {
		ui->mend_look = ui->finding_look;
		ui_open(ui, &view_mend);
		return true;
	}
	if (id == ID_SERVER) {
		ui_open(ui, &view_server);
		return true;
	}
	if (id < ID_REMEDY || (size_t)(id - ID_REMEDY) >= ui->nremedies)
		return false;
	remedy = ui->remedies[id - ID_REMEDY];
	if (ui_said(
		ui, session_apply(ui->session, ui->finding_look, &remedy))) {
		ui_close_all(ui);
		done(ui, remedy.id);
	}
	return true;
}

static bool
act(struct ui *ui, enum action action, int id)
{
	int by = action == ACT_NEXT_PROBLEM ? 1 : -1;
	int at = (int)ui->finding_index;
	const struct finding *f;

	(void)id;
	if (action != ACT_NEXT_PROBLEM && action != ACT_PREVIOUS_PROBLEM)
		return false;
	while ((f = findings_at(ui, ui->finding_look, at += by)) != NULL)
		if (f->severity >= SEV_WARN) {
			ui->finding_index = (size_t)at;
			*ui_state(ui) = (struct form_state){ 0 };
			return true;
		}
	ui_note(ui, MESSAGE_NOTE, _("No more problems in this direction."));
	return true;
}

static const char *
hint(struct ui *ui, int id)
{
	if (id == ID_MEND)
		return _("Shows all records that repair the domain.");
	if (id == ID_SERVER)
		return _("Shows the commands for your mail server, in order.");
	if (id >= ID_REMEDY && (size_t)(id - ID_REMEDY) < ui->nremedies &&
	    ui->remedies[id - ID_REMEDY].id == REMEDY_PUBLISH)
		return _("Shows what to enter, and where.");
	return id >= ID_REMEDY
	    ? _("Changes your plan only; nothing is published by it.")
	    : _("Esc closes this and goes back.");
}

static const char *
help(struct ui *ui, int id)
{
	(void)id;
	(void)ui;
	return _("A finding is something the checks saw. It says what was "
		 "seen, what receivers make of it, what to do, and with which "
		 "command you can see the same yourself.\n\nButtons above "
		 "Close change your plan for you. Nothing is published by "
		 "them: you see the new record before you put it in DNS.");
}

static const char *
topic(struct ui *ui, int id)
{
	(void)id;
	return topic_of_finding(ui, ui->finding_look, (int)ui->finding_index);
}

const struct view view_finding = {
	.title = title,
	.build = build,
	.press = press,
	.act = act,
	.hint = hint,
	.help = help,
	.topic = topic,
};

/* --- all findings about SPF ---------------------------------------------- */

/* Where the rows of a look begin. */
static const int first_ids[LOOK_COUNT] = {
	[LOOK_PLAN] = 1000,
	[LOOK_SPF] = 2000,
	[LOOK_SUBDOMAINS] = 3000,
};

/* The look a row belongs to, and its place there; -1: none. */
static int
place_of(int id, enum look_kind *kind)
{
	int first = 0;

	for (int i = 0; i < LOOK_COUNT; i++)
		if (first_ids[i] > first && id >= first_ids[i]) {
			*kind = (enum look_kind)i;
			first = first_ids[i];
		}
	return first > 0 ? id - first : -1;
}

static const char *
list_title(struct ui *ui)
{
	(void)ui;
	return _("What was found about SPF");
}

static void
add_part_of_list(struct ui *ui, struct form *form, enum look_kind kind,
    const char *label, int group)
{
	findings_add_status(ui, form, kind, label)->scrolls = true;
	findings_add(ui, form, kind, first_ids[kind], group);
}

static void
list_build(struct ui *ui, struct form *form)
{
	static const struct hint hints[] = {
		{ ACT_UP, N_("select") },
		{ ACT_ENTER, N_("open") },
		{ ACT_BACK, N_("close") },
	};

	add_part_of_list(ui, form, LOOK_PLAN, _("Your record"), 0);
	form_scroll_text(form, ROLE_TEXT, 0, "");
	add_part_of_list(ui, form, LOOK_SPF, _("In DNS now"), 1);
	if (session_plan(ui->session)->nsubdomains > 0) {
		form_scroll_text(form, ROLE_TEXT, 0, "");
		add_part_of_list(
		    ui, form, LOOK_SUBDOMAINS, _("Subdomains in DNS now"), 2);
	}
	form_button(form, ID_CLOSE, _("Close"));
	form->hints = hints;
	form->nhints = COUNT(hints);
}

static bool
list_press(struct ui *ui, int id)
{
	enum look_kind kind;
	int place = place_of(id, &kind);

	if (place >= 0)
		findings_open(ui, kind, place);
	else
		ui_close(ui);
	return true;
}

static const char *
list_hint(struct ui *ui, int id)
{
	enum look_kind kind;
	int place = place_of(id, &kind);

	return place >= 0 ? findings_hint(ui, kind, place) : "";
}

static const char *
list_topic(struct ui *ui, int id)
{
	enum look_kind kind;
	int place = place_of(id, &kind);

	return place >= 0 ? topic_of_finding(ui, kind, place) : NULL;
}

const struct view view_findings = {
	.title = list_title,
	.build = list_build,
	.press = list_press,
	.hint = list_hint,
	.help = help,
	.topic = list_topic,
};
