/* ui/view_domain.c - what DNS says about the domain and its mail servers. */
#include <string.h>

#include "../checks/base/i18n.h"
#include "../wizard/help.h"
#include "findings.h"
#include "page.h"
#include "topic.h"

enum { /* ids of rows; fields have their field_id + 1 */
	ID_RECORDS = 100,
	ID_CHECK = 300,
	ID_BACK,
	ID_PUBLISH,
	ID_CONTINUE,
	ID_FINDING = 1000,
};

enum {
	GROUP_SENDING,
	GROUP_HELO,
	GROUP_SUBDOMAINS,
	GROUP_SENDS,
	GROUP_RECEIVES,
	GROUP_RECORDS,
	GROUP_FINDINGS,
};

#define PUBLISHED_MOST 3 /* records shown above the findings */

static const char *
title(struct ui *ui)
{
	(void)ui;
	return _("Domain");
}

static void
open_domain(struct ui *ui)
{
	struct domain_fields *f = &ui->domain;
	const struct plan *plan = session_plan(ui->session);

	text_field_set(&f->sending, session_field(ui->session, FIELD_SENDING));
	text_field_set(&f->helo, session_field(ui->session, FIELD_HELO));
	text_field_set(
	    &f->subdomains, session_field(ui->session, FIELD_SUBDOMAIN));
	f->sends_nothing = plan->sends_nothing;
	f->receives_nothing = plan->receives_nothing;
}

static struct text_field *
field_of(struct ui *ui, int id)
{
	if (id == FIELD_SENDING + 1)
		return &ui->domain.sending;
	if (id == FIELD_SUBDOMAIN + 1)
		return &ui->domain.subdomains;
	return id == FIELD_HELO + 1 ? &ui->domain.helo : NULL;
}

static void
add_field(struct ui *ui, struct form *form, enum field_id id, int group)
{
	struct row *row = form_field(form, (int)id + 1, group,
	    _(fields[id].label), field_of(ui, (int)id + 1));

	ui_judge(ui, row, id, ui->state[WIZ_DOMAIN].focus == row->id);
	if (row->field->len == 0)
		row->right = id == FIELD_SENDING ? _("empty: MX hosts send")
		    : id == FIELD_SUBDOMAIN	 ? _("empty: none")
						 : _("empty: not checked");
}

static void
add_published(struct ui *ui, struct form *form, const struct look *look)
{
	size_t n = look->report.npublished;

	for (size_t i = 0; i < n && i < PUBLISHED_MOST; i++) {
		const struct record *record = &look->report.published[i];

		form_text(
		    form, DROP_SECOND, ROLE_TEXT, 3, page_record(ui, record));
	}
	if (n > PUBLISHED_MOST)
		form_text(form, DROP_SECOND, ROLE_NOTE, 9,
		    ui_format(ui, _("and %zu more"), n - PUBLISHED_MOST));
}

static void
add_status(struct ui *ui, struct form *form, const struct look *look)
{
	struct row *row =
	    findings_add_status(ui, form, LOOK_DOMAIN, _("What DNS says now"));

	if (look == NULL || look->report.npublished == 0)
		return;
	row->id = ID_RECORDS;
	row->group = GROUP_RECORDS;
	row->right = _("Enter: all records");
	add_published(ui, form, look);
}

static void
set_hints(struct ui *ui, struct form *form)
{
	static const struct hint in_text[] = {
		{ ACT_TEXT, N_("to edit") },
		{ ACT_ENTER, N_("next field") },
		{ ACT_CHECK, N_("check") },
		{ ACT_BACK, N_("back") },
	};
	static const struct hint elsewhere[] = {
		{ ACT_UP, N_("select") },
		{ ACT_ENTER, N_("open") },
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
	static const struct hint on_tick[] = {
		{ ACT_TOGGLE, N_("tick") },
		{ ACT_NEXT_FIELD, N_("next") },
		{ ACT_CHECK, N_("check") },
		{ ACT_BACK, N_("back") },
	};
	int focus = ui->state[WIZ_DOMAIN].focus;

	form->hints = elsewhere;
	form->nhints = COUNT(elsewhere);
	if (field_of(ui, focus) != NULL) {
		form->hints = in_text;
		form->nhints = COUNT(in_text);
	} else if (focus >= ID_CHECK && focus <= ID_CONTINUE) {
		form->hints = on_button;
		form->nhints = COUNT(on_button);
	} else if (focus > 0 && focus <= FIELD_COUNT) {
		form->hints = on_tick;
		form->nhints = COUNT(on_tick);
	}
}

static void
build(struct ui *ui, struct form *form)
{
	const struct look *look = session_look(ui->session, LOOK_DOMAIN);

	form->label = 24;
	form_text(
	    form, DROP_PURPOSE, ROLE_TEXT, 1, _(steps[WIZ_DOMAIN].purpose));
	form_blank(form);
	add_field(ui, form, FIELD_SENDING, GROUP_SENDING);
	add_field(ui, form, FIELD_HELO, GROUP_HELO);
	add_field(ui, form, FIELD_SUBDOMAIN, GROUP_SUBDOMAINS);
	form_tick(form, FIELD_SENDS_NOTHING + 1, GROUP_SENDS,
	    _(fields[FIELD_SENDS_NOTHING].label), &ui->domain.sends_nothing);
	form_tick(form, FIELD_RECEIVES_NOTHING + 1, GROUP_RECEIVES,
	    _(fields[FIELD_RECEIVES_NOTHING].label),
	    &ui->domain.receives_nothing);
	form_blank(form);
	add_status(ui, form, look);
	findings_add(ui, form, LOOK_DOMAIN, ID_FINDING, GROUP_FINDINGS);
	form_button(form, ID_BACK, _("Back"));
	form_button(form, ID_CHECK, _("Check DNS now"));
	if (look != NULL && look->report.nsuggested > 0)
		form_button(form, ID_PUBLISH, _("Publish"));
	form_button(form, ID_CONTINUE, _("Continue"));
	set_hints(ui, form);
}

static bool
press(struct ui *ui, int id)
{
	if (id >= ID_FINDING)
		findings_open(ui, LOOK_DOMAIN, id - ID_FINDING);
	else if (id == ID_RECORDS)
		page_open_records(ui, LOOK_DOMAIN);
	else if (id == ID_CHECK)
		session_check_now(ui->session);
	else if (id == ID_PUBLISH)
		page_open_mend(ui, LOOK_DOMAIN);
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
	const char *problem = NULL;

	if (id == FIELD_SENDS_NOTHING + 1)
		session_answer(ui->session, FIELD_SENDS_NOTHING,
		    ui->domain.sends_nothing ? "yes" : "no");
	else if (id == FIELD_RECEIVES_NOTHING + 1)
		session_answer(ui->session, FIELD_RECEIVES_NOTHING,
		    ui->domain.receives_nothing ? "yes" : "no");
	else if (field_of(ui, id) != NULL && !ui_typing(ui))
		problem = session_answer(ui->session, (enum field_id)(id - 1),
		    field_of(ui, id)->text);
	if (problem != NULL)
		ui_note(ui, MESSAGE_FAIL, problem);
}

static void
left(struct ui *ui, int id)
{
	if (field_of(ui, id) != NULL)
		ui_answer(ui, (enum field_id)(id - 1), field_of(ui, id));
}

static bool
act(struct ui *ui, enum action action, int id)
{
	if (field_of(ui, id) != NULL)
		return false;
	if (action == ACT_NEXT_PROBLEM || action == ACT_PREVIOUS_PROBLEM)
		return findings_next_problem(ui, &ui->state[WIZ_DOMAIN],
		    LOOK_DOMAIN, ID_FINDING,
		    action == ACT_NEXT_PROBLEM ? 1 : -1);
	return false;
}

/* How to find it out, on the mail server the person has. */
static const char *
helo_hint(enum mail_server server)
{
	switch (server) {
	case SERVER_POSTFIX:
		return _("What your server says in EHLO: postconf -h "
			 "smtp_helo_name myhostname shows it.");
	case SERVER_EXCHANGE_2016:
	case SERVER_EXCHANGE_2019:
	case SERVER_EXCHANGE_SE:
		return _("What your server says in EHLO: Get-SendConnector | "
			 "Format-List Name,Fqdn shows it.");
	case SERVER_HOSTED:
		return _("The provider's servers have their own: leave it "
			 "empty.");
	default:
		return _(fields[FIELD_HELO].hint);
	}
}

static const char *
hint(struct ui *ui, int id)
{
	if (id >= ID_FINDING)
		return findings_hint(ui, LOOK_DOMAIN, id - ID_FINDING);
	if (id == ID_RECORDS)
		return _("Enter shows all records that were found.");
	if (id == ID_CHECK)
		return _("Asks DNS again, past everything remembered.");
	if (id == ID_PUBLISH)
		return _("Shows the records that repair this, and where to "
			 "enter them.");
	if (id == ID_CONTINUE)
		return _("On to SPF: which servers may send.");
	if (id == ID_BACK)
		return _("Back to the first screen; your answers are kept.");
	if (id == FIELD_HELO + 1 &&
	    session_field_problem(ui->session, FIELD_HELO) == NULL)
		return helo_hint(
		    (enum mail_server)session_plan(ui->session)->server);
	if (field_of(ui, id) != NULL &&
	    session_field_problem(ui->session, (enum field_id)(id - 1)) != NULL)
		return session_field_problem(
		    ui->session, (enum field_id)(id - 1));
	return id > 0 && id <= FIELD_COUNT && fields[id - 1].hint != NULL
	    ? _(fields[id - 1].hint)
	    : "";
}

static const char *
help(struct ui *ui, int id)
{
	if (id >= ID_FINDING)
		return findings_help(ui, LOOK_DOMAIN, id - ID_FINDING);
	if (id > 0 && id <= FIELD_COUNT)
		return ui_field_help(ui, (enum field_id)(id - 1));
	return _(steps[WIZ_DOMAIN].purpose);
}

static const char *
topic(struct ui *ui, int id)
{
	if (id >= ID_FINDING)
		return topic_of_finding(ui, LOOK_DOMAIN, id - ID_FINDING);
	if (id > 0 && id <= FIELD_COUNT)
		return topic_of_field(id - 1);
	return help_for_step(steps[WIZ_DOMAIN].help);
}

const struct view view_domain = {
	.title = title,
	.open = open_domain,
	.build = build,
	.press = press,
	.changed = changed,
	.left = left,
	.act = act,
	.hint = hint,
	.help = help,
	.topic = topic,
};
