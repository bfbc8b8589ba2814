/* ui/view_publish.c - trying a record, comparing it, publishing it. */
#include <string.h>

#include "../checks/base/i18n.h"
#include "../wizard/help.h"
#include "../wizard/no_mail_plan.h"
#include "findings.h"
#include "format_row.h"

enum { ID_FORMAT = 1, ID_COPY = 300, ID_DONE, ID_CLOSE, ID_ADDRESS };

/* --- compare ------------------------------------------------------------- */

static const char *
compare_title(struct ui *ui)
{
	(void)ui;
	return _("Your record and the one in DNS");
}

/* Is this word among those of the other record? */
static bool
has_word(struct str text, struct str word)
{
	while (text.len > 0)
		if (str_equal(str_word(&text, ' '), word))
			return true;
	return false;
}

/* The words of `text` that `other` has not. */
static struct span *
different_words(
    struct arena *arena, struct str text, struct str other, size_t *n)
{
	struct span *marks = NULL;
	struct str rest = text;

	*n = 0;
	while (rest.len > 0) {
		size_t from = text.len - rest.len;
		struct str word = str_word(&rest, ' ');

		if (word.len == 0 || has_word(other, word))
			continue;
		marks = arena_grow(arena, marks, *n, sizeof(*marks));
		marks[(*n)++] = (struct span){ from, from + word.len };
	}
	return marks;
}

static struct str
published_text(struct ui *ui, size_t i)
{
	const struct look *look = session_look(ui->session, LOOK_SPF);

	return i < look->report.npublished ? look->report.published[i].text
					   : (struct str){ NULL, 0 };
}

static size_t
published_count(struct ui *ui)
{
	const struct look *look = session_look(ui->session, LOOK_SPF);

	return look == NULL ? 0 : look->report.npublished;
}

static void
add_published(struct ui *ui, struct form *form, struct str plan)
{
	size_t n = published_count(ui);

	form_scroll_text(form, ROLE_HEADING, 1, _("In DNS now"));
	if (n == 0)
		form_scroll_text(form, ROLE_TEXT, 3,
		    session_look(ui->session, LOOK_SPF) == NULL
			? _("not looked yet")
			: _("no SPF record, or DNS did not answer"));
	for (size_t i = 0; i < n; i++) {
		struct str text = published_text(ui, i);
		size_t nmarks;
		struct span *marks =
		    different_words(ui->arena, text, plan, &nmarks);

		form_evidence(form, 3, text, marks, nmarks);
	}
}

/* What the checks point at in the published record. */
static void
add_faults(struct ui *ui, struct form *form)
{
	const struct look *look = session_look(ui->session, LOOK_SPF);
	const struct finding **list = NULL;
	size_t n = findings_list(ui, LOOK_SPF, &list);

	for (size_t i = 0; i < n; i++) {
		const struct finding *f = list[i];

		if (!f->has_record || f->severity < SEV_WARN ||
		    f->record >= look->report.npublished)
			continue;
		form_scroll_text(form, ROLE_TEXT, 0, "");
		form_scroll_text(form, role_of_severity(f->severity), 1,
		    severity_badge(f->severity));
		form_scroll_text(
		    form, ROLE_TEXT, 3, finding_title(ui->arena, f));
		form_evidence(
		    form, 3, published_text(ui, f->record), &f->at, 1);
	}
}

static void
compare_build(struct ui *ui, struct form *form)
{
	static const struct hint hints[] = {
		{ ACT_UP, N_("scroll") },
		{ ACT_COPY, N_("Copy") },
		{ ACT_BACK, N_("close") },
	};
	struct str plan = str_of(session_spf(ui->session)->record);
	struct str published =
	    published_count(ui) > 0 ? published_text(ui, 0) : plan;
	size_t nmarks;
	struct span *marks =
	    different_words(ui->arena, plan, published, &nmarks);

	form->hints = hints;
	form->nhints = COUNT(hints);
	form_scroll_text(form, ROLE_HEADING, 1, _("Your record"));
	form_evidence(form, 3, plan, marks, nmarks);
	form_scroll_text(form, ROLE_TEXT, 0, "");
	add_published(ui, form, plan);
	form_scroll_text(form, ROLE_TEXT, 0, "");
	form_scroll_text(
	    form, ROLE_NOTE, 1, _("Marked: what the other one does not have."));
	add_faults(ui, form);
	form_button(form, ID_CLOSE, _("Close"));
}

static bool
close_press(struct ui *ui, int id)
{
	(void)id;
	ui_close(ui);
	return true;
}

static bool
copy_act(struct ui *ui, enum action action, int id)
{
	(void)id;
	if (action == ACT_COPY)
		ui->wish = WISH_PLAIN;
	return action == ACT_COPY;
}

static const char *
compare_help(struct ui *ui, int id)
{
	(void)ui;
	(void)id;
	return _("The upper record is the one of this wizard, the lower what "
		 "DNS answers now. What one has and the other has not is "
		 "marked. Below stands what is wrong with the published one, "
		 "and where.");
}

const struct view view_compare = {
	.title = compare_title,
	.build = compare_build,
	.press = close_press,
	.act = copy_act,
	.help = compare_help,
};

/* --- try ----------------------------------------------------------------- */

static const char *
try_title(struct ui *ui)
{
	(void)ui;
	return _("What this record would do");
}

static void
draw_sender(const struct row *row, const struct canvas *line, bool focused)
{
	(void)focused;
	draw_cut(line, 0, 3, row->indent - 4, ROLE_TEXT, row->label);
	draw_badge(line, 0, row->indent, row->badge_role, row->badge);
	draw_cut(line, 0, row->indent + 11, line->cols - row->indent - 12,
	    ROLE_TEXT, row->text);
}

static void
add_senders(struct ui *ui, struct form *form, const struct spf_view *spf)
{
	form_scroll_text(form, ROLE_HEADING, 1, _("Your own addresses"));
	if (spf->nsenders == 0)
		form_scroll_text(form, ROLE_TEXT, 3,
		    _("None is known. Enter them in step 1 (Esc, F2) to have "
		      "them tried."));
	for (size_t i = 0; i < spf->nsenders; i++) {
		const struct spf_verdict *v = &spf->senders[i].verdict;

		form_add(form,
		    (struct row){ .draw = draw_sender,
			.scrolls = true,
			.indent = form->compact ? 19 : 28,
			.label = ip_print(ui->arena, spf->senders[i].ip),
			.badge = spf_result_word(v->result),
			.badge_role = role_of_result(v->result),
			.text = v->reason == NULL ? "" : v->reason });
	}
}

static void
try_build(struct ui *ui, struct form *form)
{
	static const struct hint hints[] = {
		{ ACT_UP, N_("scroll") },
		{ ACT_BACK, N_("close") },
	};
	const struct spf_view *spf = session_spf(ui->session);

	form->hints = hints;
	form->nhints = COUNT(hints);
	form_button(form, ID_CLOSE, _("Close"));
	form_button(form, ID_ADDRESS, _("Test another address"));
	form_scroll_text(form, ROLE_TEXT, 1,
	    _("Nothing is published by this: your record is laid over DNS "
	      "and asked as a receiver would."));
	form_scroll_text(form, ROLE_TEXT, 0, "");
	if (!spf->counted) {
		form_scroll_text(form, ROLE_TEXT, 1, _("Trying it ..."));
		return;
	}
	add_senders(ui, form, spf);
	form_scroll_text(form, ROLE_TEXT, 0, "");
	form_scroll_text(form, ROLE_HEADING, 1, _("The record"));
	form_scroll_text(form, ROLE_TEXT, 3,
	    ui_format(ui,
		_("%u of %d lookups, %u of %d void lookups, %zu bytes; %s"),
		spf->lookups, SPF_MAX_LOOKUPS, spf->voids, SPF_MAX_VOIDS,
		spf->octets, findings_summary(ui, LOOK_PLAN)));
}

static const char *
try_help(struct ui *ui, int id)
{
	(void)ui;
	(void)id;
	return _("Each of your own sending addresses is tried against the "
		 "record, as a receiver does when it connects. All of them "
		 "should get \"pass\".");
}

static bool
try_press(struct ui *ui, int id)
{
	ui_close(ui);
	if (id == ID_ADDRESS)
		ui_open(ui, &view_address);
	return true;
}

static bool
try_act(struct ui *ui, enum action action, int id)
{
	(void)id;
	if (action == ACT_TEST_ADDRESS)
		try_press(ui, ID_ADDRESS);
	return action == ACT_TEST_ADDRESS;
}

const struct view view_try = {
	.title = try_title,
	.build = try_build,
	.press = try_press,
	.act = try_act,
	.help = try_help,
};

/* --- publish ------------------------------------------------------------- */

static const char *
publish_title(struct ui *ui)
{
	(void)ui;
	return _("Publish it at your DNS provider");
}

static const struct record *
spf_record_of(struct ui *ui)
{
	struct output output;

	output_make(ui->arena, session_plan(ui->session), &output);
	for (size_t i = 0; i < output.nrecords; i++) {
		const struct record *record = output.records + i;

		if (record->type == RR_TXT)
			return record;
	}
	return NULL;
}

static void
add_steps(struct ui *ui, struct form *form)
{
	size_t n = published_count(ui);

	if (findings_worst(ui, LOOK_PLAN) == SEV_FAIL)
		form_scroll_text(form, ROLE_HEADING, 1,
		    _("This record still has faults: receivers would refuse "
		      "it. Close this and repair it first."));
	form_scroll_text(form, ROLE_TEXT, 1,
	    _("1  Log in where the DNS of your domain is kept."));
	form_scroll_text(form, ROLE_TEXT, 1,
	    n == 0 ? _("2  Add this record. Leave all others as they are.")
		: n == 1
		? _("2  Replace the TXT record that begins with v=spf1 by "
		    "this one. Leave other TXT records as they are.")
		: _("2  Delete all TXT records that begin with v=spf1, and "
		    "add this one. Leave other TXT records."));
	form_scroll_text(form, ROLE_TEXT, 1,
	    session_is_demo(ui->session)
		? _("3  In this demo \"Publish it\" below does both for you. "
		    "It is seen some seconds later.")
		: _("3  Press \"It is published\" below: then DNS is asked "
		    "again."));
	form_scroll_text(form, ROLE_TEXT, 0, "");
}

/* What goes with the SPF record of a domain that sends nothing. */
static void
add_companions(struct ui *ui, struct form *form)
{
	const struct plan *plan = session_plan(ui->session);
	struct output output = { 0 };

	no_mail_output(ui->arena, plan, &output);
	for (size_t i = 0; i < output.nrecords; i++) {
		form_scroll_text(form, ROLE_TEXT, 0, "");
		form_scroll_text(form, ROLE_TEXT, 1,
		    output.records[i].type == RR_MX
			? _("And this one, in place of all MX records:")
			: _("And this one, in place of a DMARC record:"));
		form_scroll_text(form, ROLE_HEADING, 3,
		    output_text(
			ui->arena, plan, &output.records[i], ui->format));
	}
}

static void
publish_build(struct ui *ui, struct form *form)
{
	static const struct hint hints[] = {
		{ ACT_LEFT, N_("format") },
		{ ACT_COPY, N_("Copy") },
		{ ACT_NEXT_FIELD, N_("next") },
		{ ACT_BACK, N_("close") },
	};
	const struct record *record = spf_record_of(ui);

	form->hints = hints;
	form->nhints = COUNT(hints);
	form_button(form, ID_DONE,
	    session_is_demo(ui->session) ? _("Publish it")
					 : _("It is published"));
	form_button(form, ID_COPY, _("Copy"));
	form_button(form, ID_CLOSE, _("Close"));
	if (record == NULL) {
		form_scroll_text(form, ROLE_TEXT, 1,
		    _("The record is empty. Add who may send first."));
		return;
	}
	add_steps(ui, form);
	form_scroll_text(form, ROLE_HEADING, 3,
	    output_text(
		ui->arena, session_plan(ui->session), record, ui->format));
	add_companions(ui, form);
	form_blank(form);
	format_row_add(ui, form, ID_FORMAT);
}

static bool
publish_press(struct ui *ui, int id)
{
	if (id == ID_FORMAT)
		return false;
	if (id == ID_COPY) {
		ui->wish = WISH_PLAIN;
		return true;
	}
	ui_close(ui);
	if (id == ID_DONE)
		session_spf_publish(ui->session);
	return true;
}

static bool
publish_act(struct ui *ui, enum action action, int id)
{
	return copy_act(ui, action, id) ||
	    (id == ID_FORMAT && format_row_act(ui, action));
}

static const char *
publish_hint(struct ui *ui, int id)
{
	(void)ui;
	if (id == ID_FORMAT)
		return format_row_hint();
	if (id == ID_COPY)
		return _("Shows it on one line, to be marked with the mouse.");
	if (id == ID_DONE)
		return session_is_demo(ui->session)
		    ? _("Enters it in the demo's DNS, and asks it again.")
		    : _("Asks DNS whether it is there.");
	return "";
}

static const char *
publish_help(struct ui *ui, int id)
{
	(void)ui;
	(void)id;
	return _("The wizard cannot change your DNS; you do it where your "
		 "domain is kept. \"@\" stands for the domain itself; some "
		 "panels want the full name, others an empty field. Enter the "
		 "value without quotes unless the format shows them.\n\n"
		 "After a change, resolvers may show the old record until its "
		 "time to live is over.");
}

static const char *
publish_topic(struct ui *ui, int id)
{
	static const enum copy_form forms[OUTPUT_COUNT] = {
		[OUTPUT_PANEL] = COPY_PANEL,
		[OUTPUT_ZONE] = COPY_ZONE,
		[OUTPUT_POWERSHELL] = COPY_POWERSHELL,
		[OUTPUT_NSUPDATE] = COPY_NSUPDATE,
	};

	return id == ID_FORMAT ? help_for_form(forms[ui->format]) : NULL;
}

const struct view view_publish = {
	.title = publish_title,
	.build = publish_build,
	.press = publish_press,
	.act = publish_act,
	.hint = publish_hint,
	.help = publish_help,
	.topic = publish_topic,
};
