/* ui/view_dkim_publish.c - the records of the key, to be entered at the DNS
 * host. */
#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "dkim.h"
#include "format_row.h"

enum { ID_FORMAT = 1, ID_DONE = 300, ID_COPY, ID_CLOSE };

static const char *
title(struct ui *ui)
{
	(void)ui;
	return _("Publish it at your DNS provider");
}

static void
add_records(struct ui *ui, struct form *form)
{
	const struct plan *plan = session_plan(ui->session);
	struct output output = { 0 };

	dkim_plan_output(ui->arena, plan, &output);
	for (size_t i = 0; i < output.nrecords; i++) {
		const struct record *record = &output.records[i];

		form_scroll_text(form, ROLE_TEXT, 1,
		    i == 0
			? _("Add this record; when one of that name is there "
			    "already, replace it. Leave all others.")
			: _("And this one, in place of the old key's record: "
			    "it says that the key is revoked."));
		form_scroll_text(form, ROLE_HEADING, 3,
		    output_text(ui->arena, plan, record, ui->format));
		form_scroll_text(form, ROLE_TEXT, 0, "");
	}
}

static void
build(struct ui *ui, struct form *form)
{
	static const struct hint hints[] = {
		{ ACT_LEFT, N_("format") },
		{ ACT_COPY, N_("Copy") },
		{ ACT_NEXT_FIELD, N_("next") },
		{ ACT_BACK, N_("close") },
	};

	if (session_is_demo(ui->session)) {
		form_scroll_text(form, ROLE_TEXT, 1,
		    _("In the demo the button below enters this for you. It "
		      "is seen some seconds later."));
		form_scroll_text(form, ROLE_TEXT, 0, "");
	}
	add_records(ui, form);
	format_row_add(ui, form, ID_FORMAT);
	form_button(form, ID_DONE,
	    session_is_demo(ui->session) ? _("Publish it")
					 : _("It is published"));
	form_button(form, ID_COPY, _("Copy"));
	form_button(form, ID_CLOSE, _("Close"));
	form->hints = hints;
	form->nhints = COUNT(hints);
}

static bool
press(struct ui *ui, int id)
{
	if (id == ID_FORMAT)
		return false;
	if (id == ID_COPY) {
		ui->wish = WISH_PLAIN;
		return true;
	}
	ui_close(ui);
	if (id == ID_DONE)
		session_dkim_publish(ui->session);
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
		    : _("Asks DNS until the key is there.");
	return _("Esc closes this and goes back.");
}

static const char *
help(struct ui *ui, int id)
{
	(void)ui;
	(void)id;
	return _("The wizard cannot change your DNS; you do it where your "
		 "domain is kept. Most panels want the short name and add the "
		 "domain themselves. The value is one line without quotes, "
		 "unless the format shows them: a panel that cuts it off "
		 "makes a key that nobody can read.\n\nThen press It is "
		 "published: DNS is asked twice a minute until the key there "
		 "is yours, octet by octet.");
}

const struct view view_dkim_publish = {
	.title = title,
	.build = build,
	.press = press,
	.act = act,
	.hint = hint,
	.help = help,
};
