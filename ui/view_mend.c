/*
 * ui/view_mend.c - the records that repair the domain: what to enter, where.
 *
 * DNS of the domain is in one place, reverse names in another: whoever reads
 * this for the first time has to be told which is which.
 */
#include <string.h>

#include "../checks/base/i18n.h"
#include "../wizard/copy_form.h"
#include "view.h"

enum { ID_DONE = 300, ID_CLOSE };

static const char *
title(struct ui *ui)
{
	(void)ui;
	return _("Records to enter");
}

static const struct step_report *
report_of(struct ui *ui)
{
	const struct look *look = session_look(ui->session, ui->mend_look);

	return look == NULL ? NULL : &look->report;
}

static const char *
panel_name(struct ui *ui, const struct record *record)
{
	return copy_relative_name(
	    ui->arena, record->name, session_plan(ui->session)->domain);
}

/* "192.0.2.25": whoever gave it asks for the address, not for its name. */
static const char *
address_of(struct ui *ui, const struct record *record)
{
	struct ip ip;

	return ip_of_reverse_name(str_of(record->name), &ip)
	    ? ip_print(ui->arena, ip)
	    : record->name;
}

static void
add_record(struct ui *ui, struct form *form, const struct record *record)
{
	form_scroll_text(form, ROLE_HEADING, 3,
	    ui_format(ui, "%-5s %s   %s", rr_type_word(ui->arena, record->type),
		record->type == RR_PTR ? address_of(ui, record)
				       : panel_name(ui, record),
		record_value(ui->arena, record)));
}

static void
add_paragraph(struct form *form, const char *text)
{
	form_scroll_text(form, ROLE_TEXT, 1, text);
	form_scroll_text(form, ROLE_TEXT, 0, "");
}

/* Those of the domain itself, or reverse names; what there is of them. */
static void
add_records(struct ui *ui, struct form *form, bool reverse, const char *heading)
{
	const struct step_report *report = report_of(ui);
	size_t n = 0;

	for (size_t i = 0; report != NULL && i < report->nsuggested; i++) {
		const struct record *record = &report->suggested[i];

		if ((record->type == RR_PTR) != reverse)
			continue;
		if (n++ == 0)
			add_paragraph(form, heading);
		add_record(ui, form, record);
	}
	if (n > 0)
		form_scroll_text(form, ROLE_TEXT, 0, "");
}

static void
build(struct ui *ui, struct form *form)
{
	static const struct hint hints[] = {
		{ ACT_UP, N_("scroll") },
		{ ACT_LEFT, N_("choose") },
		{ ACT_ENTER, N_("press") },
		{ ACT_COPY, N_("Copy") },
		{ ACT_BACK, N_("close") },
	};
	const struct step_report *report = report_of(ui);
	size_t n = report == NULL ? 0 : report->nsuggested;

	form->hints = hints;
	form->nhints = COUNT(hints);
	if (n == 0)
		form_scroll_text(form, ROLE_TEXT, 1,
		    _("There is nothing to enter: no record would repair "
		      "more."));
	else if (session_is_demo(ui->session))
		add_paragraph(form,
		    _("In the demo the button below enters all this for you. "
		      "It is seen some seconds later."));
	add_records(ui, form, false,
	    _("At your DNS provider, in place of all records of the same name "
	      "and type (\"@\" is the domain itself):"));
	add_records(ui, form, true,
	    _("At the provider of the server's address, in a form called "
	      "reverse DNS, rDNS or PTR, or by mail to them:"));
	if (n > 0 && !session_is_demo(ui->session))
		form_scroll_text(form, ROLE_TEXT, 1,
		    _("Then press the button below: DNS is asked again."));
	if (n > 0)
		form_button(form, ID_DONE,
		    session_is_demo(ui->session) ? _("Enter them")
						 : _("They are entered"));
	form_button(form, ID_CLOSE, _("Close"));
}

static bool
press(struct ui *ui, int id)
{
	ui_close_all(ui);
	if (id == ID_DONE)
		session_publish(ui->session, ui->mend_look);
	return true;
}

static bool
act(struct ui *ui, enum action action, int id)
{
	(void)id;
	if (action == ACT_COPY)
		ui->wish = WISH_PLAIN;
	return action == ACT_COPY;
}

static const char *
hint(struct ui *ui, int id)
{
	if (id == ID_DONE)
		return session_is_demo(ui->session)
		    ? _("Publishes them in the demo's DNS, and asks it again.")
		    : _("Asks DNS whether they are there.");
	return _("Esc closes this and goes back.");
}

static const char *
help(struct ui *ui, int id)
{
	(void)ui;
	(void)id;
	return _("These records repair what was found, as far as records "
		 "can. MX and addresses belong into the DNS of your domain. A "
		 "reverse name (PTR) belongs to the address, and only the "
		 "provider that gave you the address can change it.\n\nAfter a "
		 "change, resolvers may show the old record until its time to "
		 "live is over.");
}

const struct view view_mend = {
	.title = title,
	.build = build,
	.press = press,
	.act = act,
	.hint = hint,
	.help = help,
	.always_fresh = true,
};
