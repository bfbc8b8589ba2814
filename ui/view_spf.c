/* ui/view_spf.c - the SPF builder: an ordered list of terms, and the record. */
#include <string.h>

#include "../checks/base/i18n.h"
#include "findings.h"
#include "builder.h"
#include "servers.h"
#include "view.h"

static const char *
title(struct ui *ui)
{
	(void)ui;
	return _("SPF");
}

/* The endings offered, and the one that is there even if it is not. */
static void
load_ending(struct ui *ui)
{
	struct ending_fields *f = &ui->ending;
	enum spf_ending now = session_spf(ui->session)->ending;
	int n = 0;

	f->radio.chosen = -1;
	for (int i = 0; i < SPF_END_COUNT; i++) {
		enum spf_ending ending = (enum spf_ending)i;

		if (!ending_help[i].offered && ending != now)
			continue;
		if (ending == SPF_END_REDIRECT && ending != now)
			continue; /* is added as a term, with its domain */
		if (ending == now)
			f->radio.chosen = n;
		f->endings[n] = ending;
		f->labels[n++] = *ending_help[i].term == '\0'
		    ? _("(none)")
		    : ending_help[i].term;
	}
	f->radio.labels = f->labels;
	f->radio.count = n;
}

static void
build(struct ui *ui, struct form *form)
{
	const struct spf_view *spf = session_spf(ui->session);

	load_ending(ui);
	builder_add_question(ui, form);
	builder_add_terms(ui, form, spf);
	form->label = 23;
	form_radio(form, ID_ENDING, GROUP_ENDING,
	    form->compact ? _("Others") : _("All other senders"),
	    &ui->ending.radio)
	    ->right = _(ending_help[spf->ending].label);
	form_blank(form);
	builder_add_numbers(ui, form, spf);
	builder_add_record(ui, form, spf);
	builder_add_now(ui, form, spf);
	builder_add_found(ui, form);
	builder_add_repair(ui, form);
	builder_add_subdomains(ui, form);
	builder_add_service(ui, form);
	form_button(form, ID_BACK, _("Back"));
	form_button(form, ID_CHECK, _("Check"));
	form_button(form, ID_TRY, _("Try"));
	form_button(form, ID_PUBLISH, _("Publish"));
	form_button(form, ID_CONTINUE, _("Continue"));
	builder_set_hints(ui, form);
}

/* What is behind the row "In DNS now". */
static void
open_now(struct ui *ui)
{
	if (session_published(ui->session, PLANNED_SPF)->said)
		servers_open(ui, PLANNED_SPF);
	else
		ui_open(ui, &view_compare);
}

static bool
press(struct ui *ui, int id)
{
	if (id >= ID_TERM)
		term_edit(ui, builder_line_of(ui, id));
	else if (id == ID_ADD)
		ui_open(ui, &view_add_term);
	else if (id == ID_RECORD || id == ID_PUBLISH)
		publish_open(ui, PLANNED_SPF);
	else if (id == ID_NOW)
		open_now(ui);
	else if (id == ID_FOUND || id == ID_SUBDOMAINS)
		ui_open(ui, &view_findings);
	else if (id == ID_OFFER)
		builder_take_service(ui);
	else if (id == ID_REPAIR)
		builder_repair(ui);
	else if (id == ID_TRY)
		ui_open(ui, &view_try);
	else if (id == ID_CHECK)
		session_check_now(ui->session);
	else if (id == ID_CONTINUE)
		ui_next_step(ui);
	else if (id == ID_BACK)
		session_back(ui->session);
	else
		return false;
	return true;
}

static void
changed(struct ui *ui, int id)
{
	struct ending_fields *f = &ui->ending;

	if (id != ID_ENDING || f->radio.chosen < 0)
		return;
	ui_said(ui,
	    session_spf_end(ui->session, f->endings[f->radio.chosen], NULL));
}

/* Space walks through the four: pass, fail, softfail, neutral. */
static enum spf_result
next_qualifier(enum spf_result now)
{
	static const enum spf_result order[] = { SPF_RESULT_PASS,
		SPF_RESULT_SOFTFAIL, SPF_RESULT_FAIL, SPF_RESULT_NEUTRAL };

	for (size_t i = 0; i < COUNT(order); i++)
		if (order[i] == now)
			return order[(i + 1) % COUNT(order)];
	return SPF_RESULT_PASS;
}

static void
cycle_qualifier(struct ui *ui, size_t i)
{
	const struct spf_line *line = &session_spf(ui->session)->lines[i];
	enum spf_result next = next_qualifier(line->term.qualifier);

	if (line->problem != NULL || spf_term_kinds[line->term.kind].modifier ||
	    line->term.kind >= SPF_UNKNOWN_MODIFIER) {
		ui_note(ui, MESSAGE_NOTE,
		    _("Only a mechanism has a qualifier. Enter edits this."));
		return;
	}
	if (ui_said(ui, session_spf_qualify(ui->session, i, next)))
		ui_note(ui, MESSAGE_NOTE,
		    ui_format(ui, "%s: %s", qualifier_help[next].sign,
			_(qualifier_help[next].text)));
}

static void
remove_term(struct ui *ui, size_t i)
{
	const char *text =
	    ui_format(ui, "%s", session_spf(ui->session)->lines[i].text);

	if (ui_said(ui, session_spf_remove(ui->session, i)))
		ui_note(ui, MESSAGE_NOTE,
		    ui_format(ui, _("Removed %s. u takes it back."), text));
}

static void
move_term(struct ui *ui, int id, int by)
{
	size_t i = builder_line_of(ui, id);
	int to = id + by;

	if (to < ID_TERM || (size_t)(to - ID_TERM) >= builder_rows(ui)) {
		ui_note(ui, MESSAGE_NOTE,
		    _("It is at the end of the list already."));
		return;
	}
	by = (int)builder_line_of(ui, to) - (int)i;
	if (ui_said(ui, session_spf_move(ui->session, i, by)))
		form_focus(&ui->state[WIZ_SPF], to);
}

static bool
act_on_term(struct ui *ui, enum action action, int id)
{
	size_t i = builder_line_of(ui, id);

	switch (action) {
	case ACT_TOGGLE:
		cycle_qualifier(ui, i);
		return true;
	case ACT_REMOVE:
		remove_term(ui, i);
		return true;
	case ACT_MOVE_UP:
		move_term(ui, id, -1);
		return true;
	case ACT_MOVE_DOWN:
		move_term(ui, id, 1);
		return true;
	default:
		return false;
	}
}

static bool
act(struct ui *ui, enum action action, int id)
{
	if (id >= ID_TERM && act_on_term(ui, action, id))
		return true;
	switch (action) {
	case ACT_ADD:
		ui_open(ui, &view_add_term);
		return true;
	case ACT_COMPARE:
		open_now(ui);
		return true;
	case ACT_TRY:
		ui_open(ui, &view_try);
		return true;
	case ACT_TEST_ADDRESS:
		ui_open(ui, &view_address);
		return true;
	case ACT_NEXT_PROBLEM:
	case ACT_PREVIOUS_PROBLEM:
		ui_open(ui, &view_findings);
		return true;
	default:
		return false;
	}
}

const struct view view_spf = {
	.title = title,
	.build = build,
	.press = press,
	.changed = changed,
	.act = act,
	.hint = builder_hint,
	.help = builder_help,
	.topic = builder_topic,
};
