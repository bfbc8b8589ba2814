/* ui/view_address.c - what a receiver would say to one address. */
#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "findings.h"
#include "view.h"

enum { ID_IP = 1, ID_SENDER, ID_SUGGESTED, ID_CLOSE = 300 };

static const char *
title(struct ui *ui)
{
	(void)ui;
	return _("Test an address");
}

static const char *
ask(struct ui *ui)
{
	return try_address(
	    ui->session, ui->tried.ip.text, ui->tried.sender.text);
}

/* --- addresses worth a try ----------------------------------------------- */

static void
load_suggestions(struct ui *ui)
{
	struct try_fields *f = &ui->tried;
	struct try_suggestion list[TRY_SUGGESTIONS];
	size_t n = try_suggestions(ui->session, ui->arena, list);

	f->radio = (struct radio){
		.labels = f->labels, .count = (int)n, .chosen = -1
	};
	for (size_t i = 0; i < n; i++) {
		const char *ip = ip_print(ui->arena, list[i].ip);

		snprintf(f->address[i], sizeof(f->address[i]), "%s", ip);
		snprintf(f->label_text[i], sizeof(f->label_text[i]), "%s  %s",
		    ip, list[i].what);
		f->labels[i] = f->label_text[i];
		if (strcmp(f->ip.text, ip) == 0)
			f->radio.chosen = (int)i;
	}
}

static void
open_address(struct ui *ui)
{
	struct try_fields *f = &ui->tried;

	load_suggestions(ui);
	if (f->ip.len == 0 && f->radio.count > 0)
		text_field_set(&f->ip, f->address[0]);
	load_suggestions(ui);
	ask(ui);
}

/* --- what came out ------------------------------------------------------- */

/* What receivers do with it. */
static const char *
consequence(enum spf_result result)
{
	static const char *const texts[] = {
		[SPF_RESULT_NONE] =
		    N_("There is no SPF record: nothing is said about it."),
		[SPF_RESULT_NEUTRAL] =
		    N_("Nothing is said about it, as if there were no record."),
		[SPF_RESULT_PASS] = N_("Receivers take its mail as yours."),
		[SPF_RESULT_FAIL] = N_("Receivers may reject its mail."),
		[SPF_RESULT_SOFTFAIL] =
		    N_("Receivers take its mail as suspicious."),
		[SPF_RESULT_TEMPERROR] =
		    N_("DNS did not answer; receivers would try again later."),
		[SPF_RESULT_PERMERROR] =
		    N_("The record is broken: receivers give up on it."),
	};

	return _(texts[result]);
}

static void
draw_verdict(const struct row *row, const struct canvas *line, bool focused)
{
	int x;

	(void)focused;
	x = draw_text(line, 0, 1, ROLE_HEADING, row->label);
	x = x < row->indent ? row->indent : x + 2;
	draw_badge(line, 0, x, row->badge_role, row->badge);
}

static void
add_verdict(struct ui *ui, struct form *form, const char *label,
    const struct spf_verdict *verdict)
{
	form_add(form,
	    (struct row){ .draw = draw_verdict,
		.scrolls = true,
		.indent = 20,
		.label = label,
		.badge = spf_result_word(verdict->result),
		.badge_role = role_of_result(verdict->result) });
	form_scroll_text(form, ROLE_TEXT, 3,
	    ui_format(ui, "%s %s", consequence(verdict->result),
		verdict->reason == NULL ? "" : verdict->reason));
}

/* The planned record, the term that decided marked in it. */
static void
add_record(struct ui *ui, struct form *form, const struct try_facts *facts)
{
	struct span place;
	bool found = try_term_place(ui->session, facts, &place);

	form_evidence(form, 3, str_of(facts->record), &place, found ? 1 : 0);
	form_scroll_text(form, ROLE_NOTE, 3,
	    ui_format(ui, _("%u of %d lookups, %u of %d void lookups"),
		facts->planned.lookups, SPF_MAX_LOOKUPS, facts->planned.voids,
		SPF_MAX_VOIDS));
}

static void
add_answer(struct ui *ui, struct form *form)
{
	struct try_fields *f = &ui->tried;
	const struct try_facts *facts =
	    try_result(ui->session, f->ip.text, f->sender.text);

	if (facts == NULL) {
		form_scroll_text(form, ROLE_TEXT, 1,
		    session_busy(ui->session, LOOK_TRY)
			? _("Trying it ...")
			: _("Type a whole address to have it tried."));
		return;
	}
	if (*facts->record == '\0') {
		form_scroll_text(
		    form, ROLE_TEXT, 1, _("Your record is still empty."));
	} else {
		add_verdict(ui, form, _("With your record"), &facts->planned);
		add_record(ui, form, facts);
	}
	form_scroll_text(form, ROLE_TEXT, 0, "");
	add_verdict(ui, form, _("In DNS now"), &facts->published);
}

/* --- the form ------------------------------------------------------------ */

static void
add_fields(struct ui *ui, struct form *form)
{
	struct try_fields *f = &ui->tried;
	struct row *row;

	row = form_field(form, ID_IP, 0, _("Address"), &f->ip);
	ui_judge(ui, row, FIELD_SENDING, ui_state(ui)->focus == ID_IP);
	row->right = row->badge != NULL ? "" : row->right;
	row = form_field(form, ID_SENDER, 1, _("Sender"), &f->sender);
	if (f->sender.len == 0)
		row->right = _("empty: postmaster");
	if (f->radio.count > 0)
		form_radio(form, ID_SUGGESTED, 2, _("Such as"), &f->radio);
	if (!form->compact)
		form_blank(form);
}

static void
build(struct ui *ui, struct form *form)
{
	static const struct hint typing[] = {
		{ ACT_TEXT, N_("to edit") },
		{ ACT_NEXT_FIELD, N_("next") },
		{ ACT_BACK, N_("close") },
	};
	static const struct hint choosing[] = {
		{ ACT_LEFT, N_("choose") },
		{ ACT_NEXT_FIELD, N_("next") },
		{ ACT_BACK, N_("close") },
	};
	bool choose = ui_state(ui)->focus == ID_SUGGESTED;

	form->label = 12;
	form_text(form, DROP_PURPOSE, ROLE_TEXT, 1,
	    _("What would a receiver say if mail of your domain came from "
	      "this address? Nothing is published by it."));
	add_fields(ui, form);
	add_answer(ui, form);
	form_button(form, ID_CLOSE, _("Close"));
	form->hints = choose ? choosing : typing;
	form->nhints = COUNT(typing);
}

static bool
press(struct ui *ui, int id)
{
	if (id != ID_CLOSE)
		return false;
	ui_close(ui);
	return true;
}

static void
changed(struct ui *ui, int id)
{
	struct try_fields *f = &ui->tried;

	if (id == ID_SUGGESTED && f->radio.chosen >= 0)
		text_field_set(&f->ip, f->address[f->radio.chosen]);
	else if (id == ID_IP)
		load_suggestions(ui);
	ask(ui);
}

static const char *
hint(struct ui *ui, int id)
{
	struct judged judged = { .problem = "" };

	if (id == ID_SUGGESTED)
		return _("Left and Right: addresses that are worth a try.");
	if (id == ID_SENDER)
		return _("The return path (MAIL FROM); matters for macros "
			 "such as %{l} only.");
	if (id != ID_IP)
		return _("Esc closes this; your record stays as it is.");
	if (!ui_typing(ui))
		session_judge(
		    ui->session, FIELD_SENDING, ui->tried.ip.text, &judged);
	return judged.problem[0] != '\0'
	    ? arena_strdup(ui->arena, judged.problem)
	    : _("An IPv4 or IPv6 address, such as 192.0.2.25 or "
		"2001:db8::25.");
}

static const char *
help(struct ui *ui, int id)
{
	(void)ui;
	(void)id;
	return _("A receiver looks at the address that connects, and goes "
		 "through the SPF record of the domain in the return path. "
		 "Here you play that through for any address: by the record "
		 "as you have it in this wizard, and by the one in DNS.\n\n"
		 "Your own servers should get \"pass\", all others \"fail\" "
		 "or \"softfail\". The part of the record that decided is "
		 "marked below it.\n\n"
		 "Try what people forget: the address of the web server that "
		 "sends forms, the office line, the IPv6 address of the mail "
		 "server.");
}

const struct view view_address = {
	.title = title,
	.open = open_address,
	.build = build,
	.press = press,
	.changed = changed,
	.hint = hint,
	.help = help,
};
