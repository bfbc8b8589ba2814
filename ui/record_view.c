/* ui/record_view.c - see record_view.h */
#include "record_view.h"

#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/spf.h"
#include "../wizard/copy_form.h"
#include "../wizard/no_mail_plan.h"
#include "../wizard/planned.h"
#include "dkim.h"
#include "page.h"
#include "save_view.h"
#include "server.h"
#include "text_aside.h"

/* What the view shows; everything lives in ui->arena or in the looks. */
struct shown {
	struct ui *ui;
	struct aside aside;
	struct copy *copies; /* one record each */
	size_t n;
	size_t at;
};

static const struct {
	enum copy_form form;
	const char *suffix; /* of a file with it */
} forms[OUTPUT_COUNT] = {
	[OUTPUT_PANEL] = { COPY_PANEL, "record.txt" },
	[OUTPUT_ZONE] = { COPY_ZONE, "zone" },
	[OUTPUT_POWERSHELL] = { COPY_POWERSHELL, "ps1" },
	[OUTPUT_NSUPDATE] = { COPY_NSUPDATE, "nsupdate" },
};

/* --- which records ------------------------------------------------------- */

/* The DNS host, when a look has come across its name. */
static const struct panel *
panel_of(struct ui *ui)
{
	const struct look *start = session_look(ui->session, LOOK_START);
	const struct look *domain = session_look(ui->session, LOOK_DOMAIN);
	const struct answer *soa = start == NULL ? NULL : start->start.domain;

	if (domain != NULL && domain->report.name_server != NULL)
		return panel_by_ns(domain->report.name_server);
	if (soa == NULL || soa->outcome != DNS_FOUND || soa->nrecords == 0)
		return NULL;
	return panel_by_ns(soa->records[0].soa.primary);
}

/* Does the new record take the place of this one? */
static bool
is_replaced(const struct record *old, const struct record *by)
{
	if (old->type != by->type || !name_equal(old->name, by->name))
		return false;
	return by->type != RR_TXT ||
	    spf_is_record(old->text) == spf_is_record(by->text);
}

static void
add(struct shown *shown, const struct record *record,
    const struct step_report *report)
{
	struct ui *ui = shown->ui;
	struct copy *copy;
	struct record *old = NULL;

	shown->copies = arena_grow(
	    ui->arena, shown->copies, shown->n, sizeof(*shown->copies));
	copy = &shown->copies[shown->n++];
	*copy = (struct copy){
		.records = record,
		.nrecords = 1,
		.zone = record->type == RR_PTR
		    ? name_parent(record->name)
		    : session_plan(ui->session)->domain,
		.panel = record->type == RR_PTR ? NULL : panel_of(ui),
	};
	for (size_t i = 0; report != NULL && i < report->npublished; i++) {
		if (!is_replaced(&report->published[i], record))
			continue;
		old = arena_grow(ui->arena, old, copy->nold, sizeof(*old));
		old[copy->nold++] = report->published[i];
	}
	copy->old = old;
}

static const struct step_report *
report_of(struct ui *ui, enum look_kind kind)
{
	const struct look *look = session_look(ui->session, kind);

	return look == NULL ? NULL : &look->report;
}

static enum look_kind
look_of(enum planned which)
{
	return which == PLANNED_SPF  ? LOOK_SPF
	    : which == PLANNED_DMARC ? LOOK_DMARC
				     : LOOK_DKIM;
}

/* Each is there once: a suggestion for a record of the plan is not. */
static bool
is_listed(const struct shown *shown, const struct record *record)
{
	for (size_t i = 0; i < shown->n; i++)
		if (shown->copies[i].records[0].type == record->type &&
		    name_equal(shown->copies[i].records[0].name, record->name))
			return true;
	return false;
}

static void
add_planned(struct shown *shown, enum planned which)
{
	struct ui *ui = shown->ui;
	struct record *record = arena_new_of(ui->arena, struct record);

	if (output_record(
		ui->arena, session_plan(ui->session), which, record) &&
	    !is_listed(shown, record))
		add(shown, record, report_of(ui, look_of(which)));
}

/* Where nothing comes in. */
static void
add_null_mx(struct shown *shown)
{
	struct ui *ui = shown->ui;
	struct output output = { 0 };

	no_mail_mx(ui->arena, session_plan(ui->session), &output);
	for (size_t i = 0; i < output.nrecords; i++)
		add(shown, &output.records[i], report_of(ui, LOOK_DOMAIN));
}

static void
add_suggested(struct shown *shown, enum look_kind kind)
{
	const struct step_report *report = report_of(shown->ui, kind);
	size_t n = shown->n;

	for (size_t i = 0; report != NULL && i < report->nsuggested; i++) {
		struct shown before = { .copies = shown->copies, .n = n };

		/* Two of one name may well stand in one report. */
		if (!is_listed(&before, &report->suggested[i]))
			add(shown, &report->suggested[i], report);
	}
}

/* What is being published, then what belongs to the step, then the rest. */
static void
add_all(struct shown *shown)
{
	static const enum look_kind others[] = { LOOK_DOMAIN, LOOK_DKIM,
		LOOK_DMARC, LOOK_POP3, LOOK_IMAP4, LOOK_SUBMISSION };
	struct ui *ui = shown->ui;
	enum wizard_step at = session_at(ui->session);

	if (ui_view(ui) == &view_publish)
		add_planned(shown, ui->record);
	for (int i = 0; i < PLANNED_COUNT; i++)
		if (planned_words[i].step == at)
			add_planned(shown, (enum planned)i);
	if (at != WIZ_SPF && steps[at].looks)
		add_suggested(shown, page_look(at));
	for (int i = 0; i < PLANNED_COUNT; i++)
		add_planned(shown, (enum planned)i);
	add_null_mx(shown);
	for (size_t i = 0; i < COUNT(others); i++)
		if (at == WIZ_SPF || !steps[at].looks ||
		    others[i] != page_look(at))
			add_suggested(shown, others[i]);
}

/* --- showing one --------------------------------------------------------- */

static const char *
text_of(struct shown *shown)
{
	return copy_text(shown->ui->arena, &shown->copies[shown->at],
	    forms[shown->ui->format].form);
}

/* "Your DNS is at Cloudflare: use @ as the name, ..." */
static const char *
panel_line(struct shown *shown)
{
	const struct panel *panel = shown->copies[shown->at].panel;

	if (panel == NULL || shown->ui->format != OUTPUT_PANEL)
		return "";
	return ui_format(shown->ui, _("--- Your DNS seems to be at %s.%s%s\n"),
	    panel->name, *panel->note == '\0' ? "" : " ", panel->note);
}

static void
print(struct shown *shown)
{
	struct ui *ui = shown->ui;

	if (shown->n == 0) {
		aside_print(_("--- mailwizard: there is no record yet ---\n"
			      "--- Enter: back\n"));
		return;
	}
	aside_print(ui_format(ui,
	    _("\n--- mailwizard: record %zu of %zu, format: %s ---\n%s%s"
	      "--- mark it with the mouse (triple click).  Enter: back   c: "
	      "send to clipboard   f: write to file   n: next format%s\n"),
	    shown->at + 1, shown->n, _(copy_form_label(forms[ui->format].form)),
	    panel_line(shown), text_of(shown),
	    shown->n > 1 ? _("   r: next record") : ""));
}

/* In a web page the value is pasted; everywhere else, all of it. */
static void
to_clipboard(struct shown *shown)
{
	const struct copy *copy = &shown->copies[shown->at];
	struct copy_fields page;
	struct str text = str_of(text_of(shown));

	if (shown->ui->format == OUTPUT_PANEL) {
		copy_fields(shown->ui->arena, copy->records, copy->zone,
		    copy->panel, &page);
		text = str_of(page.value);
	}
	aside_clipboard(text);
}

static void
to_file(struct shown *shown)
{
	const char *said;

	save_view_text(shown->ui, &shown->aside,
	    forms[shown->ui->format].suffix, str_of(text_of(shown)), &said);
	if (*said != '\0')
		aside_print(ui_format(shown->ui, "--- %s\n", said));
}

/* --- keys ---------------------------------------------------------------- */

static void
take_key(struct shown *shown, uint32_t key)
{
	struct ui *ui = shown->ui;

	if (key != K_NONE && shown->n == 0)
		return;
	switch (key) {
	case 'c':
		to_clipboard(shown);
		return;
	case 'f':
	case K_F1 + 3:
		to_file(shown);
		return;
	case 'n':
		ui->format =
		    (enum output_format)((ui->format + 1) % OUTPUT_COUNT);
		break;
	case 'r':
		shown->at = (shown->at + 1) % shown->n;
		break;
	case K_NONE:
	case CONTROL('L'):
		break;
	default:
		return;
	}
	print(shown);
}

unsigned int
record_view(struct ui *ui, struct tty *term)
{
	struct shown shown = { .ui = ui };
	uint32_t key;

	if (ui_view(ui) == &view_server || ui_view(ui) == &view_server_block)
		return text_aside(ui, term, server_suffix(ui), server_text(ui));
	if (ui_view(ui) == &view_dkim_sign)
		return text_aside(ui, term, "signer.txt", dkim_sign_text(ui));
	add_all(&shown);
	aside_begin(&shown.aside, term);
	print(&shown);
	while (aside_key(&shown.aside, &key) && !aside_key_ends(key))
		take_key(&shown, key);
	aside_end(&shown.aside);
	return shown.aside.ended;
}
