/* ui/page.c - see page.h */
#include "page.h"

#include <string.h>

#include "../checks/base/i18n.h"
#include "../wizard/copy_form.h"
#include "../wizard/help.h"
#include "findings.h"
#include "servers.h"
#include "topic.h"

#define PUBLISHED_MOST 3 /* records shown above the findings */

enum look_kind
page_look(enum wizard_step step)
{
	static const enum look_kind looks[WIZ_COUNT] = {
		[WIZ_DOMAIN] = LOOK_DOMAIN,
		[WIZ_SPF] = LOOK_SPF,
		[WIZ_DKIM] = LOOK_DKIM,
		[WIZ_DMARC] = LOOK_DMARC,
		[WIZ_POP3] = LOOK_POP3,
		[WIZ_IMAP4] = LOOK_IMAP4,
		[WIZ_SUBMISSION] = LOOK_SUBMISSION,
	};

	return looks[step];
}

/* The look whose suggested records the step publishes: of the plan, if it
 * has one. */
static enum look_kind
page_mends(const struct ui *ui, enum wizard_step step)
{
	const struct plan *plan = session_plan(ui->session);

	if (step == WIZ_DMARC && plan->dmarc.begun && !plan->sends_nothing)
		return LOOK_DMARC_PLAN;
	return page_look(step);
}

/* --- rows ---------------------------------------------------------------- */

const char *
page_record(struct ui *ui, const struct record *record)
{
	const char *domain = session_plan(ui->session)->domain;
	const char *type = rr_type_word(ui->arena, record->type);
	const char *value = record_value(ui->arena, record);

	if (strcmp(record->name, domain) == 0)
		return ui_format(ui, "%-6s%s", type, value);
	/* A key is long: its name would be cut off. */
	if (record->type == RR_TXT)
		return ui_format(ui, "%-6s%s  %s", type,
		    copy_relative_name(ui->arena, record->name, domain), value);
	return ui_format(ui, "%-6s%s  (%s)", type, value, record->name);
}

static void
draw_published(const struct row *row, const struct canvas *line, bool focused)
{
	(void)focused;
	draw_cut(line, 0, 3, line->cols - 4, ROLE_TEXT, row->text);
}

static void
add_published(struct ui *ui, struct form *form, const struct look *look)
{
	size_t n = look->report.npublished;

	for (size_t i = 0; i < n && i < PUBLISHED_MOST; i++) {
		const struct record *record = &look->report.published[i];
		const char *text = page_record(ui, record);

		/* A key is longer than the screen: one row of it. */
		if (record->type == RR_TXT)
			form_add(form,
			    (struct row){ .draw = draw_published,
				.drop = DROP_SECOND,
				.text = text });
		else
			form_text(form, DROP_SECOND, ROLE_TEXT, 3, text);
	}
	if (n > PUBLISHED_MOST)
		form_text(form, DROP_SECOND, ROLE_NOTE, 9,
		    ui_format(ui, _("and %zu more"), n - PUBLISHED_MOST));
}

static void
add_status(struct ui *ui, struct form *form, enum look_kind kind)
{
	const struct look *look = session_look(ui->session, kind);
	struct row *row =
	    findings_add_status(ui, form, kind, _("What DNS says now"));

	if (look == NULL || look->report.npublished == 0)
		return;
	row->id = PAGE_RECORDS;
	row->group = PAGE_GROUP;
	row->right = _("Enter: all records");
	add_published(ui, form, look);
}

static void
set_hints(struct ui *ui, struct form *form, enum wizard_step step)
{
	static const struct hint in_text[] = {
		{ ACT_TEXT, N_("to edit") },
		{ ACT_ENTER, N_("next field") },
		{ ACT_CHECK, N_("check") },
		{ ACT_BACK, N_("back") },
	};
	static const struct hint elsewhere[] = {
		{ ACT_ENTER, N_("open") },
		{ ACT_UP, N_("select") },
		{ ACT_NEXT_PROBLEM, N_("next problem") },
		{ ACT_CHECK, N_("check") },
		{ ACT_BACK, N_("back") },
	};
	static const struct hint on_button[] = {
		{ ACT_ENTER, N_("press") },
		{ ACT_LEFT, N_("choose") },
		{ ACT_NEXT_FIELD, N_("next") },
		{ ACT_CHECK, N_("check") },
		{ ACT_BACK, N_("back") },
	};
	int focus = ui->state[step].focus;

	form->hints = elsewhere;
	form->nhints = COUNT(elsewhere);
	if (focus > 0 && focus <= FIELD_COUNT) {
		form->hints = in_text;
		form->nhints = COUNT(in_text);
	} else if (focus >= PAGE_BACK && focus <= PAGE_CONTINUE) {
		form->hints = on_button;
		form->nhints = COUNT(on_button);
	}
}

void
page_begin(struct form *form, enum wizard_step step)
{
	form->label = 24;
	form_text(form, DROP_PURPOSE, ROLE_TEXT, 1, _(steps[step].purpose));
	form_blank(form);
}

void
page_end(struct ui *ui, struct form *form, enum wizard_step step)
{
	enum look_kind kind = page_look(step);
	const struct look *look =
	    session_look(ui->session, page_mends(ui, step));

	add_status(ui, form, kind);
	if (step == WIZ_DMARC)
		servers_add(ui, form, PLANNED_DMARC, PAGE_WHERE, PAGE_GROUP);
	findings_add(ui, form, kind, PAGE_FINDING, PAGE_GROUP + 1);
	form_button(form, PAGE_BACK, _("Back"));
	form_button(form, PAGE_CHECK, _("Check DNS now"));
	if (look != NULL && look->report.nsuggested > 0)
		form_button(form, PAGE_PUBLISH, _("Publish"));
	form_button(form, PAGE_CONTINUE, _("Continue"));
	set_hints(ui, form, step);
}

/* --- keys ---------------------------------------------------------------- */

void
page_open_records(struct ui *ui, enum look_kind kind)
{
	ui->records_look = kind;
	ui_open(ui, &view_records);
}

void
page_open_mend(struct ui *ui, enum look_kind kind)
{
	if (kind == LOOK_DMARC_PLAN) {
		publish_open(ui, PLANNED_DMARC);
		return;
	}
	ui->mend_look = kind;
	ui_open(ui, &view_mend);
}

bool
page_press(struct ui *ui, enum wizard_step step, int id)
{
	enum look_kind kind = page_look(step);

	if (id >= PAGE_FINDING)
		findings_open(ui, kind, id - PAGE_FINDING);
	else if (id == PAGE_RECORDS)
		page_open_records(ui, kind);
	else if (id == PAGE_WHERE)
		servers_open(
		    ui, step == WIZ_DMARC ? PLANNED_DMARC : PLANNED_KEY);
	else if (id == PAGE_WHERE_OLD)
		servers_open(ui, PLANNED_OLD_KEY);
	else if (id == PAGE_CHECK)
		session_check_now(ui->session);
	else if (id == PAGE_PUBLISH)
		page_open_mend(ui, page_mends(ui, step));
	else if (id == PAGE_CONTINUE)
		ui_next_step(ui);
	else if (id == PAGE_BACK)
		session_back(ui->session);
	else
		return false;
	return true;
}

bool
page_act(struct ui *ui, enum wizard_step step, enum action action)
{
	if (action == ACT_COMPARE)
		return servers_compare(ui, step);
	if (action != ACT_NEXT_PROBLEM && action != ACT_PREVIOUS_PROBLEM)
		return false;
	return findings_next_problem(ui, &ui->state[step], page_look(step),
	    PAGE_FINDING, action == ACT_NEXT_PROBLEM ? 1 : -1);
}

/* --- texts --------------------------------------------------------------- */

const char *
page_hint(struct ui *ui, enum wizard_step step, int id)
{
	if (id >= PAGE_FINDING)
		return findings_hint(ui, page_look(step), id - PAGE_FINDING);
	if (id == PAGE_RECORDS)
		return _("Enter shows all records that were found.");
	if (id == PAGE_WHERE || id == PAGE_WHERE_OLD)
		return _("Enter: who has it by now, one by one.");
	if (id == PAGE_CHECK)
		return _("Asks DNS again, past everything remembered.");
	if (id == PAGE_PUBLISH)
		return _("Shows the records that repair this, and where to "
			 "enter them.");
	if (id == PAGE_CONTINUE)
		return ui_format(
		    ui, _("On to the next step: %s."), _(steps[step + 1].name));
	if (id == PAGE_BACK)
		return ui_format(ui, _("Back to the step before: %s."),
		    _(steps[step - 1].name));
	if (id > 0 && id <= FIELD_COUNT) {
		enum field_id field = (enum field_id)(id - 1);
		const char *problem = session_field_problem(ui->session, field);

		return problem != NULL		 ? problem
		    : fields[field].hint != NULL ? _(fields[field].hint)
						 : "";
	}
	return "";
}

const char *
page_help(struct ui *ui, enum wizard_step step, int id)
{
	if (id >= PAGE_FINDING)
		return findings_help(ui, page_look(step), id - PAGE_FINDING);
	if (id > 0 && id <= FIELD_COUNT)
		return ui_field_help(ui, (enum field_id)(id - 1));
	return _(steps[step].purpose);
}

const char *
page_topic(struct ui *ui, enum wizard_step step, int id)
{
	if (id >= PAGE_FINDING)
		return topic_of_finding(ui, page_look(step), id - PAGE_FINDING);
	if (id > 0 && id <= FIELD_COUNT)
		return topic_of_field(id - 1);
	return help_for_step(steps[step].help);
}

/* --- all records --------------------------------------------------------- */

static const char *
records_title(struct ui *ui)
{
	(void)ui;
	return _("What DNS says now");
}

static void
records_build(struct ui *ui, struct form *form)
{
	static const struct hint hints[] = {
		{ ACT_UP, N_("scroll") },
		{ ACT_BACK, N_("close") },
	};
	const struct look *look = session_look(ui->session, ui->records_look);

	for (size_t i = 0; look != NULL && i < look->report.npublished; i++)
		form_scroll_text(form, ROLE_TEXT, 1,
		    page_record(ui, &look->report.published[i]));
	form_button(form, PAGE_BACK, _("Close"));
	form->hints = hints;
	form->nhints = COUNT(hints);
}

static bool
records_press(struct ui *ui, int id)
{
	(void)id;
	ui_close(ui);
	return true;
}

static const char *
records_help(struct ui *ui, int id)
{
	(void)id;
	return _(steps[ui->at].purpose);
}

const struct view view_records = {
	.title = records_title,
	.build = records_build,
	.press = records_press,
	.help = records_help,
};
