/* ui/view_publish.c - a record of the plan, to be entered at the DNS host. */
#include "../checks/base/i18n.h"
#include "../wizard/help.h"
#include "../wizard/no_mail_plan.h"
#include "findings.h"
#include "format_row.h"
#include "servers.h"

enum { ID_FORMAT = 1, ID_DONE = 300, ID_COPY, ID_CLOSE };

static const char *
title(struct ui *ui)
{
	(void)ui;
	return _("Publish it at your DNS provider");
}

/* What most want next: the format is the right one for most of them. */
static void
open_publish(struct ui *ui)
{
	form_focus(ui_state(ui), ID_DONE);
}

/* --- what to do ---------------------------------------------------------- */

/* Records of this kind that resolvers get at the name. */
static size_t
count_published(struct ui *ui)
{
	const struct look *look = session_look(ui->session, LOOK_SPF);
	enum witness_has has =
	    session_published(ui->session, ui->record)->resolver.has;

	if (ui->record == PLANNED_SPF)
		return look == NULL ? 0 : look->report.npublished;
	return has == HAS_NONE || has == HAS_UNSEEN ? 0 : 1;
}

static const char *
second_step(struct ui *ui)
{
	size_t n = count_published(ui);

	if (ui->record == PLANNED_KEY)
		return _("2  Add this record; when one of that name is there "
			 "already, replace it. Leave all others.");
	if (n == 0)
		return _("2  Add this record. Leave all others as they are.");
	if (ui->record == PLANNED_DMARC)
		return _("2  Replace the TXT record at the name _dmarc by this "
			 "one. Leave all others as they are.");
	return n == 1
	    ? _("2  Replace the TXT record that begins with v=spf1 by this "
		"one. Leave other TXT records as they are.")
	    : _("2  Delete all TXT records that begin with v=spf1, and add "
		"this one. Leave other TXT records.");
}

static bool
is_faulty(struct ui *ui)
{
	return (ui->record == PLANNED_SPF &&
		   findings_worst(ui, LOOK_PLAN) == SEV_FAIL) ||
	    (ui->record == PLANNED_DMARC &&
		findings_worst(ui, LOOK_DMARC_PLAN) == SEV_FAIL);
}

static void
add_steps(struct ui *ui, struct form *form)
{
	if (is_faulty(ui))
		form_scroll_text(form, ROLE_HEADING, 1,
		    _("This record still has faults: receivers would refuse "
		      "it. Close this and repair it first."));
	form_scroll_text(form, ROLE_TEXT, 1,
	    _("1  Log in where the DNS of your domain is kept."));
	form_scroll_text(form, ROLE_TEXT, 1, second_step(ui));
	form_scroll_text(form, ROLE_TEXT, 1,
	    session_is_demo(ui->session)
		? _("3  In this demo \"Publish it\" below does both for you. "
		    "It is seen some seconds later.")
		: _("3  Press \"It is published\" below: then DNS is asked "
		    "again."));
	form_scroll_text(form, ROLE_TEXT, 0, "");
}

/* --- records ------------------------------------------------------------- */

static void
add_record(struct ui *ui, struct form *form, const struct record *record)
{
	form_scroll_text(form, ROLE_HEADING, 3,
	    output_text(
		ui->arena, session_plan(ui->session), record, ui->format));
}

static void
add_beside(struct ui *ui, struct form *form, const char *text,
    const struct record *record)
{
	form_scroll_text(form, ROLE_TEXT, 0, "");
	form_scroll_text(form, ROLE_TEXT, 1, text);
	add_record(ui, form, record);
}

/* What goes with the SPF record of a domain that sends nothing. */
static void
add_companions(struct ui *ui, struct form *form)
{
	struct output output = { 0 };

	no_mail_output(ui->arena, session_plan(ui->session), &output);
	for (size_t i = 0; i < output.nrecords; i++)
		add_beside(ui, form,
		    output.records[i].type == RR_MX
			? _("And this one, in place of all MX records:")
			: _("And this one, in place of a DMARC record:"),
		    &output.records[i]);
}

static void
add_old_key(struct ui *ui, struct form *form)
{
	struct record record;

	if (output_record(
		ui->arena, session_plan(ui->session), PLANNED_OLD_KEY, &record))
		add_beside(ui, form,
		    _("And this one, in place of the old key's record: it "
		      "says that the key is revoked."),
		    &record);
}

/* Reports go to another domain only when that one has agreed. */
static void
add_consents(struct ui *ui, struct form *form)
{
	const struct look *look = session_look(ui->session, LOOK_DMARC_PLAN);

	for (size_t i = 0; look != NULL && i < look->report.nsuggested; i++) {
		const struct record *record = &look->report.suggested[i];

		if (name_is_below(
			record->name, session_plan(ui->session)->domain))
			continue;
		form_scroll_text(form, ROLE_TEXT, 0, "");
		form_scroll_text(form, ROLE_TEXT, 1,
		    _("And this one, which the owner of the address for "
		      "reports has to publish in the domain of it:"));
		form_scroll_text(form, ROLE_HEADING, 3,
		    ui_format(ui, "%s   TXT   %s", record->name,
			record_value(ui->arena, record)));
	}
}

static const char *
none_text(enum planned which)
{
	return which == PLANNED_SPF
	    ? _("The record is empty. Add who may send first.")
	    : _("There is no record yet.");
}

static void
build(struct ui *ui, struct form *form)
{
	static const struct hint hints[] = {
		{ ACT_ENTER, N_("press") },
		{ ACT_COPY, N_("Copy") },
		{ ACT_LEFT, N_("choose") },
		{ ACT_PREVIOUS_FIELD, N_("format") },
		{ ACT_BACK, N_("close") },
	};
	static const struct hint on_format[] = {
		{ ACT_LEFT, N_("format") },
		{ ACT_COPY, N_("Copy") },
		{ ACT_NEXT_FIELD, N_("next") },
		{ ACT_BACK, N_("close") },
	};
	bool format = ui_state(ui)->focus == ID_FORMAT;
	struct record record;

	form->hints = format ? on_format : hints;
	form->nhints = format ? COUNT(on_format) : COUNT(hints);
	form_button(form, ID_DONE,
	    session_is_demo(ui->session) ? _("Publish it")
					 : _("It is published"));
	form_button(form, ID_COPY, _("Copy"));
	form_button(form, ID_CLOSE, _("Close"));
	if (!output_record(
		ui->arena, session_plan(ui->session), ui->record, &record)) {
		form_scroll_text(form, ROLE_TEXT, 1, none_text(ui->record));
		return;
	}
	add_steps(ui, form);
	add_record(ui, form, &record);
	if (ui->record == PLANNED_SPF)
		add_companions(ui, form);
	else if (ui->record == PLANNED_KEY)
		add_old_key(ui, form);
	else if (ui->record == PLANNED_DMARC)
		add_consents(ui, form);
	form_blank(form);
	format_row_add(ui, form, ID_FORMAT);
}

/* --- keys ---------------------------------------------------------------- */

static bool
press(struct ui *ui, int id)
{
	enum planned which = ui->record;

	if (id == ID_FORMAT)
		return false;
	if (id == ID_COPY) {
		ui->wish = WISH_PLAIN;
		return true;
	}
	ui_close(ui);
	if (id == ID_DONE)
		session_publish_record(ui->session, which);
	return true;
}

static bool
act(struct ui *ui, enum action action, int id)
{
	if (action == ACT_COPY)
		ui->wish = WISH_PLAIN;
	return action == ACT_COPY ||
	    (id == ID_FORMAT && format_row_act(ui, action));
}

static const char *
hint(struct ui *ui, int id)
{
	if (id == ID_FORMAT)
		return format_row_hint();
	if (id == ID_COPY)
		return _("Shows it on one line, to be marked with the mouse.");
	if (id == ID_DONE)
		return session_is_demo(ui->session)
		    ? _("Enters it in the demo's DNS, and asks it again.")
		    : _("Asks DNS whether it is there.");
	return _("Esc closes this and goes back.");
}

static const char *
help(struct ui *ui, int id)
{
	(void)id;
	if (ui->record == PLANNED_SPF)
		return _("The wizard cannot change your DNS; you do it where "
			 "your domain is kept. \"@\" stands for the domain "
			 "itself; some panels want the full name, others an "
			 "empty field. Enter the value without quotes unless "
			 "the format shows them.\n\n"
			 "After a change, resolvers may show the old record "
			 "until its time to live is over.");
	return _("The wizard cannot change your DNS; you do it where your "
		 "domain is kept. Most panels want the short name and add the "
		 "domain themselves. The value is one line without quotes, "
		 "unless the format shows them: a panel that cuts it off "
		 "makes a record that nobody can read.\n\n"
		 "Then press It is published: DNS is asked twice a minute "
		 "until all your name servers have it.");
}

static const char *
topic(struct ui *ui, int id)
{
	static const enum copy_form forms[OUTPUT_COUNT] = {
		[OUTPUT_PANEL] = COPY_PANEL,
		[OUTPUT_ZONE] = COPY_ZONE,
		[OUTPUT_POWERSHELL] = COPY_POWERSHELL,
		[OUTPUT_NSUPDATE] = COPY_NSUPDATE,
	};

	return id == ID_FORMAT || id == ID_DONE
	    ? help_for_form(forms[ui->format])
	    : NULL;
}

void
publish_open(struct ui *ui, enum planned which)
{
	ui->record = which;
	ui_open(ui, &view_publish);
}

const struct view view_publish = {
	.title = title,
	.open = open_publish,
	.build = build,
	.press = press,
	.act = act,
	.hint = hint,
	.help = help,
	.topic = topic,
};
