/* ui/builder_texts.c - the words of the SPF builder: hints, help and keys. */
#include <string.h>

#include "../checks/base/i18n.h"
#include "../wizard/help.h"
#include "../wizard/term_advice.h"
#include "builder.h"
#include "frame.h"

const char *
term_help(struct ui *ui, enum spf_kind kind)
{
	const struct spf_help *help = &spf_help[kind];

	return ui_format(ui, _("%s: %s\n\n%s\n\nCosts: %s.%s%s%s%s"),
	    *help->word == '\0' ? _("a term") : help->word, _(help->label),
	    _(help->text), _(help->cost), help->advice == NULL ? "" : "\n\n",
	    help->advice == NULL ? "" : _(help->advice),
	    *help->example == '\0' ? "" : _("\n\nFor example: "),
	    help->example);
}

static const struct spf_line *
line_of(struct ui *ui, int id)
{
	const struct spf_view *spf = session_spf(ui->session);
	size_t i = builder_line_of(ui, id);

	return i < spf->nlines ? &spf->lines[i] : NULL;
}

static const char *
line_hint(struct ui *ui, const struct spf_line *line)
{
	const char *advice;

	if (line->problem != NULL)
		return ui_format(ui,
		    _("%s: %s. Enter edits it, Del removes it."), line->text,
		    line->problem);
	if (line->trouble != NULL)
		return ui_format(ui, "%s: %s.", line->text, line->trouble);
	advice = term_advice(ui->arena, session_plan(ui->session), &line->term);
	if (advice != NULL)
		return ui_format(ui, "%s: %s", line->text, advice);
	return ui_format(ui, "%s: %s", line->text, _(line->help->text));
}

static const char *
now_hint(struct ui *ui)
{
	const struct published_view *where =
	    session_published(ui->session, PLANNED_SPF);

	if (!where->said)
		return _("Enter: your record and the one in DNS, compared.");
	if (frame_size(ui->rows, ui->cols) == FRAME_FULL || !where->looked ||
	    *where->more == '\0')
		return _("Enter: who has it by now, one by one.");
	return where->more;
}

const char *
builder_hint(struct ui *ui, int id)
{
	const struct spf_line *line;

	switch (id) {
	case ID_ADD:
		return _("Opens the list of what an SPF record can hold.");
	case ID_ENDING:
		return ui->ending.radio.chosen < 0
		    ? ""
		    : _(ending_help[session_spf(ui->session)->ending].text);
	case ID_RECORD:
		return _("Enter: how to publish it. F3: on one line, to copy.");
	case ID_NOW:
		return now_hint(ui);
	case ID_FOUND:
		return _("Enter: what receivers would make of this record.");
	case ID_OFFER:
		return _(
		    "Your MX records lead to it. Adds its include; nothing "
		    "is published by it.");
	case ID_SUBDOMAINS:
		return _("Each needs an SPF record of its own. Enter: what "
			 "was found, and what to enter.");
	case ID_REPAIR:
		return _("Changes your record here; nothing is published by "
			 "it.");
	case ID_CHECK:
		return _("Asks DNS again, past everything remembered.");
	case ID_TRY:
		return _(
		    "What your addresses get from it, before you publish.");
	case ID_PUBLISH:
		return _("Shows what to enter at your DNS provider.");
	case ID_CONTINUE:
		return _("On to the checklist.");
	case ID_BACK:
		return _("Back to the domain; your record is kept.");
	default:
		break;
	}
	line = id >= ID_TERM ? line_of(ui, id) : NULL;
	return line == NULL ? "" : line_hint(ui, line);
}

const char *
builder_help(struct ui *ui, int id)
{
	const struct spf_line *line = id >= ID_TERM ? line_of(ui, id) : NULL;

	if (line != NULL && line->problem != NULL)
		return ui_format(ui,
		    _("%s\n\nThis entry has an error: %s. "
		      "Receivers treat the whole record as "
		      "broken.\n\n%s"),
		    line->text, line->problem, term_help(ui, line->term.kind));
	if (line != NULL)
		return term_help(ui, line->term.kind);
	if (id == ID_ENDING)
		return ui_format(ui, "%s\n\n%s\n\n%s",
		    _(ending_help[SPF_END_SOFTFAIL].text),
		    _(ending_help[SPF_END_FAIL].text),
		    _(ending_help[SPF_END_NEUTRAL].text));
	return ui_format(ui, "%s %s\n\n%s", _(steps[WIZ_SPF].title),
	    _(steps[WIZ_SPF].purpose),
	    _("An SPF record is a list. Receivers go through it from top to "
	      "bottom and stop at the first entry that matches the address "
	      "that connects. They ask DNS at most 10 times for it; a record "
	      "that needs more is broken for them."));
}

/* Of the signs before "all" the one that is chosen. */
static const char *
ending_topic(enum spf_ending ending)
{
	static const enum spf_result results[SPF_END_COUNT] = {
		[SPF_END_FAIL] = SPF_RESULT_FAIL,
		[SPF_END_SOFTFAIL] = SPF_RESULT_SOFTFAIL,
		[SPF_END_NEUTRAL] = SPF_RESULT_NEUTRAL,
		[SPF_END_PASS] = SPF_RESULT_PASS,
	};

	if (ending == SPF_END_REDIRECT)
		return help_for_term(SPF_REDIRECT);
	if (ending == SPF_END_NONE)
		return help_for_term(SPF_ALL);
	return help_for_qualifier(results[ending]);
}

const char *
builder_topic(struct ui *ui, int id)
{
	const struct spf_line *line = id >= ID_TERM ? line_of(ui, id) : NULL;

	if (line != NULL)
		return help_for_term(line->term.kind);
	if (id == ID_ENDING)
		return ending_topic(session_spf(ui->session)->ending);
	return help_for_step(steps[WIZ_SPF].help);
}

void
builder_set_hints(struct ui *ui, struct form *form)
{
	static const struct hint on_term[] = {
		{ ACT_ENTER, N_("edit") },
		{ ACT_ADD, N_("add") },
		{ ACT_REMOVE, N_("remove") },
		{ ACT_TOGGLE, "+ ~ - ?" },
		{ ACT_MOVE_UP, N_("move") },
		{ ACT_UNDO, N_("undo") },
		{ ACT_COPY, N_("Copy") },
	};
	static const struct hint on_ending[] = {
		{ ACT_LEFT, N_("choose") },
		{ ACT_NEXT_FIELD, N_("next") },
		{ ACT_UNDO, N_("undo") },
		{ ACT_COPY, N_("Copy") },
	};
	static const struct hint on_record[] = {
		{ ACT_ENTER, N_("publish") },
		{ ACT_COPY, N_("Copy") },
		{ ACT_NEXT_FIELD, N_("next") },
		{ ACT_BACK, N_("back") },
	};
	static const struct hint elsewhere[] = {
		{ ACT_ENTER, N_("open") },
		{ ACT_NEXT_FIELD, N_("next") },
		{ ACT_BACK, N_("back") },
		{ ACT_COPY, N_("Copy") },
		{ ACT_TEST_ADDRESS, N_("test an address") },
		{ ACT_CHECK, N_("Check") },
	};
	static const struct hint on_button[] = {
		{ ACT_ENTER, N_("press") },
		{ ACT_LEFT, N_("choose") },
		{ ACT_NEXT_FIELD, N_("next") },
		{ ACT_BACK, N_("back") },
		{ ACT_COPY, N_("Copy") },
	};
	int focus = ui->state[WIZ_SPF].focus;

	form->hints = elsewhere;
	form->nhints = COUNT(elsewhere);
	if (focus >= ID_TERM || focus == 0) {
		form->hints = on_term;
		form->nhints = COUNT(on_term);
	} else if (focus >= ID_BACK && focus <= ID_CONTINUE) {
		form->hints = on_button;
		form->nhints = COUNT(on_button);
	} else if (focus == ID_RECORD) {
		form->hints = on_record;
		form->nhints = COUNT(on_record);
	} else if (focus == ID_ENDING) {
		form->hints = on_ending;
		form->nhints = COUNT(on_ending);
	}
}
