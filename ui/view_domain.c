/* ui/view_domain.c - what DNS says about the domain and its mail servers. */
#include "../checks/base/i18n.h"
#include "page.h"

enum {
	GROUP_SENDING,
	GROUP_HELO,
	GROUP_SUBDOMAINS,
	GROUP_SENDS,
	GROUP_RECEIVES,
};

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

/* A tick is no text, nor does it open anything. */
static void
set_hints(struct ui *ui, struct form *form)
{
	static const struct hint on_tick[] = {
		{ ACT_TOGGLE, N_("tick") },
		{ ACT_NEXT_FIELD, N_("next") },
		{ ACT_CHECK, N_("check") },
		{ ACT_BACK, N_("back") },
	};
	int focus = ui->state[WIZ_DOMAIN].focus;

	if (focus > 0 && focus <= FIELD_COUNT && field_of(ui, focus) == NULL) {
		form->hints = on_tick;
		form->nhints = COUNT(on_tick);
	}
}

static void
build(struct ui *ui, struct form *form)
{
	page_begin(form, WIZ_DOMAIN);
	add_field(ui, form, FIELD_SENDING, GROUP_SENDING);
	add_field(ui, form, FIELD_HELO, GROUP_HELO);
	add_field(ui, form, FIELD_SUBDOMAIN, GROUP_SUBDOMAINS);
	form_tick(form, FIELD_SENDS_NOTHING + 1, GROUP_SENDS,
	    _(fields[FIELD_SENDS_NOTHING].label), &ui->domain.sends_nothing);
	form_tick(form, FIELD_RECEIVES_NOTHING + 1, GROUP_RECEIVES,
	    _(fields[FIELD_RECEIVES_NOTHING].label),
	    &ui->domain.receives_nothing);
	form_blank(form);
	page_end(ui, form, WIZ_DOMAIN);
	set_hints(ui, form);
}

static bool
press(struct ui *ui, int id)
{
	return page_press(ui, WIZ_DOMAIN, id);
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
	return field_of(ui, id) == NULL && page_act(ui, WIZ_DOMAIN, action);
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
	if (id == PAGE_CONTINUE)
		return _("On to SPF: which servers may send.");
	if (id == PAGE_BACK)
		return _("Back to the first screen; your answers are kept.");
	if (id == FIELD_HELO + 1 &&
	    session_field_problem(ui->session, FIELD_HELO) == NULL)
		return helo_hint(
		    (enum mail_server)session_plan(ui->session)->server);
	return page_hint(ui, WIZ_DOMAIN, id);
}

static const char *
help(struct ui *ui, int id)
{
	return page_help(ui, WIZ_DOMAIN, id);
}

static const char *
topic(struct ui *ui, int id)
{
	return page_topic(ui, WIZ_DOMAIN, id);
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
