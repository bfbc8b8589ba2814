/* ui/builder_rows.c - see builder.h */
#include <string.h>

#include "../checks/base/i18n.h"
#include "../wizard/no_mail_plan.h"
#include "../wizard/services.h"
#include "findings.h"
#include "builder.h"
#include "draw.h"

/* The one "all" that only modifiers follow; nlines: there is none. */
static size_t
final_all(const struct spf_view *spf)
{
	for (size_t i = spf->nlines; i-- > 0;) {
		enum spf_kind kind = spf->lines[i].term.kind;

		if (kind == SPF_ALL)
			return i;
		if (kind != SPF_REDIRECT && kind != SPF_EXP &&
		    kind != SPF_UNKNOWN_MODIFIER)
			break;
	}
	return spf->nlines;
}

size_t
builder_rows(struct ui *ui)
{
	const struct spf_view *spf = session_spf(ui->session);

	return spf->nlines - (final_all(spf) < spf->nlines);
}

size_t
builder_line_of(struct ui *ui, int id)
{
	size_t row = (size_t)(id - ID_TERM);

	return row + (row >= final_all(session_spf(ui->session)));
}

void
builder_add_question(struct ui *ui, struct form *form)
{
	const struct plan *plan = session_plan(ui->session);
	const char *domain = plan->domain;

	if (plan->sends_nothing) {
		form_text(form, DROP_PURPOSE, ROLE_TEXT, 1,
		    _(no_mail_explanation(plan)));
		form_blank(form);
		return;
	}
	form_text(form, DROP_PURPOSE, ROLE_TEXT, 1,
	    ui_format(ui,
		_("Which servers may send mail as someone@%s? Receivers try "
		  "these from top to bottom."),
		domain));
	form_blank(form);
}

/* --- the terms ----------------------------------------------------------- */

#define WIDE_FROM 88

/* Where the label of a kind begins. */
static int
term_column(const struct canvas *line)
{
	return line->cols >= WIDE_FROM ? 40 : 30;
}

static void
draw_term(const struct row *row, const struct canvas *line, bool focused)
{
	bool narrow = line->cols < NARROW_BELOW;
	int x = term_column(line);
	int end = form_draw_right(row, line, narrow ? 24 : x + 20);

	form_mark(line, focused);
	draw_cut(line, 0, 3, narrow ? end - 3 : x - 4,
	    focused ? ROLE_FOCUS : ROLE_HEADING, row->label);
	if (!narrow)
		draw_cut(line, 0, x, end - x, ROLE_TEXT, row->text);
}

static const char *
cost_text(struct ui *ui, const struct spf_line *line)
{
	if (!spf_term_kinds[line->term.kind].asks_dns)
		return "";
	if (!line->counted)
		return _("counting ...");
	return ui_format(ui, PLURAL("%u lookup", "%u lookups", line->lookups),
	    line->lookups);
}

static struct row
term_row(struct ui *ui, const struct spf_line *line)
{
	struct row row = {
		.draw = draw_term,
		.scrolls = true,
		.label = line->text,
		.text = _(line->help->label),
		.right = cost_text(ui, line),
	};
	const char *meaning = line->term.qualifier == SPF_RESULT_PASS
	    ? NULL
	    : qualifier_help[line->term.qualifier].label;

	if (line->problem != NULL || line->trouble != NULL) {
		row.badge = _("FAIL");
		row.badge_role = ROLE_FAIL;
		row.right = "";
		row.text =
		    line->problem != NULL ? line->problem : line->trouble;
	} else if (meaning != NULL && line->term.kind <= SPF_EXISTS) {
		row.text =
		    ui_format(ui, "%s: %s", _(meaning), _(line->help->label));
	}
	return row;
}

static void
draw_add(const struct row *row, const struct canvas *line, bool focused)
{
	form_mark(line, focused);
	draw_text(line, 0, 3, focused ? ROLE_FOCUS : ROLE_TEXT, row->label);
}

void
builder_add_terms(struct ui *ui, struct form *form, const struct spf_view *spf)
{
	size_t hidden = final_all(spf);
	int id = ID_TERM;

	for (size_t i = 0; i < spf->nlines; i++) {
		struct row row;

		if (i == hidden)
			continue;
		row = term_row(ui, &spf->lines[i]);
		row.id = id++;
		row.group = GROUP_TERMS;
		form_add(form, row);
	}
	form_add(form,
	    (struct row){ .id = ID_ADD,
		.group = GROUP_TERMS,
		.scrolls = true,
		.draw = draw_add,
		.label = _("+ add a server, a network or a mail service") });
}

/* --- numbers, record, DNS now -------------------------------------------- */

#define SPF_OCTETS_GOOD 450 /* RFC 7208 section 3.4, and the name */

struct number {
	const char *text;
	const char *badge;
	enum role role;
};

/* The most telling first. */
struct numbers {
	struct number lookups, voids, length;
};

static int
number_columns(const struct number *n)
{
	return text_columns(n->text) + 1 + text_columns(n->badge);
}

static int
draw_number(const struct canvas *line, int x, const struct number *n)
{
	x = draw_text(line, 0, x, ROLE_TEXT, n->text);
	return draw_badge(line, 0, x + 1, n->role, n->badge);
}

/* Where there is no room for all three, those that are right give way. */
static void
draw_numbers(const struct row *row, const struct canvas *line, bool focused)
{
	const struct numbers *n = row->data;
	bool narrow = line->cols < NARROW_BELOW + 16;
	int gap = narrow ? 2 : 4;
	int x = narrow ? 1 : 3;
	int room = line->cols - x - number_columns(&n->lookups);
	int length = gap + number_columns(&n->length);
	int voids = gap + number_columns(&n->voids);
	bool both = length + voids <= room;
	bool long_one = n->length.role != ROLE_OK && n->voids.role != ROLE_FAIL;

	(void)focused;
	x = draw_number(line, x, &n->lookups);
	if (length <= room && (both || long_one))
		x = draw_number(line, x + gap, &n->length);
	if (voids <= room && (both || !long_one))
		draw_number(line, x + gap, &n->voids);
}

static const char *
limit_badge(const struct spf_view *spf, unsigned int n, unsigned int limit,
    enum role *role)
{
	*role = n > limit ? ROLE_FAIL : ROLE_OK;
	if (spf->counted)
		return n > limit ? _("FAIL") : _("OK");
	*role = spf->counting ? ROLE_WAIT : ROLE_NOTE;
	return spf->counting ? _("WAIT") : "--";
}

/* "DNS lookups 5 of 10"; "5+?" while terms are still being counted. */
static const char *
count_text(struct ui *ui, const struct spf_view *spf, const char *label,
    unsigned int n, int limit, bool narrow)
{
	const char *more = spf->counted ? (spf->at_least ? "+" : "")
	    : spf->counting		? "+?"
					: "";

	return ui_format(ui, narrow ? "%s %u%s/%d" : _("%s %u%s of %d"), label,
	    n, more, limit);
}

void
builder_add_numbers(
    struct ui *ui, struct form *form, const struct spf_view *spf)
{
	struct numbers *n = arena_new_of(ui->arena, struct numbers);
	bool narrow = form->columns < NARROW_BELOW + 16;
	bool long_one = spf->octets > SPF_OCTETS_GOOD;

	n->lookups.text =
	    count_text(ui, spf, narrow ? _("Lookups") : _("DNS lookups"),
		spf->lookups, SPF_MAX_LOOKUPS, narrow);
	n->lookups.badge =
	    limit_badge(spf, spf->lookups, SPF_MAX_LOOKUPS, &n->lookups.role);
	n->length.text = ui_format(
	    ui, narrow ? _("Length %zu") : _("Length %zu bytes"), spf->octets);
	n->length.badge = long_one ? _("NOTE") : _("OK");
	n->length.role = long_one ? ROLE_WAIT : ROLE_OK;
	n->voids.text =
	    count_text(ui, spf, narrow ? _("Void") : _("Void lookups"),
		spf->voids, SPF_MAX_VOIDS, narrow);
	n->voids.badge =
	    limit_badge(spf, spf->voids, SPF_MAX_VOIDS, &n->voids.role);
	form_add(form, (struct row){ .draw = draw_numbers, .data = n });
}

static void
draw_box_top(const struct row *row, const struct canvas *line, bool focused)
{
	struct canvas box = canvas_part(line, 0, 1, 1, line->cols - 2);

	(void)focused;
	draw_box_edge(&box, true);
	draw_format(&box, 0, 2, ROLE_HEADING, " %s ", row->text);
}

static void
draw_box_low(const struct row *row, const struct canvas *line, bool focused)
{
	struct canvas box = canvas_part(line, 0, 1, 1, line->cols - 2);

	(void)row;
	(void)focused;
	draw_box_edge(&box, false);
}

static void
draw_in_box(const struct row *row, const struct canvas *line, bool focused)
{
	struct canvas box = canvas_part(line, 0, 1, 1, line->cols - 2);
	struct canvas inside = canvas_part(&box, 0, 9, 1, box.cols - 11);

	draw_box_sides(&box);
	if (focused) {
		draw_text(line, 0, 0, ROLE_HEADING, ">");
		draw_cursor(&box, 0, 2);
	}
	draw_text(&box, 0, 2, focused ? ROLE_FOCUS : ROLE_TEXT, row->label);
	draw_cut(&inside, 0, 0, inside.cols, row->role, row->text);
}

static void
add_box_row(struct form *form, int id, enum drop drop, enum role role,
    const char *label, const char *text)
{
	form_add(form,
	    (struct row){ .id = id,
		.group = GROUP_RECORD,
		.drop = drop,
		.draw = draw_in_box,
		.label = label,
		.text = text,
		.role = role });
}

static void
draw_record_line(const struct row *row, const struct canvas *line, bool focused)
{
	if (focused) {
		draw_text(line, 0, 0, ROLE_HEADING, ">");
		draw_cursor(line, 0, 1);
	}
	draw_cut(line, 0, 1, line->cols - text_columns(row->right) - 3,
	    focused ? ROLE_FOCUS : ROLE_HEADING, row->text);
	draw_right(line, 0, 1, ROLE_TEXT, row->right);
}

#define VALUE_MOST 6 /* rows of it in the box */

/* One row, and more of them on a higher screen. */
static void
add_value(struct ui *ui, struct form *form, const char *shown)
{
	int columns = form->columns - 13;
	int rows = text_rows(shown, columns);
	int room = ui->rows > 24 ? ui->rows - 23 : 1;
	struct str rest = str_of(shown);
	struct str line;

	if (room > VALUE_MOST)
		room = VALUE_MOST;
	if (rows > room) {
		add_box_row(form, ID_RECORD, DROP_NEVER, ROLE_HEADING,
		    _("Value"), shown);
		return;
	}
	for (int i = 0; text_wrap(&rest, columns, &line); i++)
		add_box_row(form, i == 0 ? ID_RECORD : 0, DROP_NEVER,
		    ROLE_HEADING, i == 0 ? _("Value") : "",
		    str_dup(form->arena, line));
}

static const char *
box_title(struct ui *ui)
{
	struct output output = { 0 };

	if (findings_worst(ui, LOOK_PLAN) == SEV_FAIL)
		return _("This record has faults: do not publish it yet");
	no_mail_output(ui->arena, session_plan(ui->session), &output);
	if (output.nrecords > 0)
		return ui_format(ui,
		    _("The first of %zu records to publish: Enter shows all"),
		    output.nrecords + 1);
	return _("Publish this record at your DNS provider");
}

void
builder_add_record(struct ui *ui, struct form *form, const struct spf_view *spf)
{
	const char *domain = session_plan(ui->session)->domain;
	const char *shown = *spf->shown == '\0' ? _("(empty)") : spf->shown;

	if (form->compact) {
		form_add(form,
		    (struct row){ .id = ID_RECORD,
			.group = GROUP_RECORD,
			.draw = draw_record_line,
			.text = shown,
			.right = _("publish") });
		return;
	}
	form_add(
	    form, (struct row){ .draw = draw_box_top, .text = box_title(ui) });
	add_box_row(form, 0, DROP_SECOND, ROLE_TEXT, _("Name"),
	    ui_format(ui, _("@   (full name: %s)   Type TXT   TTL %d"), domain,
		RECORD_TTL));
	add_value(ui, form, shown);
	form_add(form, (struct row){ .draw = draw_box_low });
}

/* --- what was found ------------------------------------------------------ */

static const char *
senders_text(struct ui *ui)
{
	const struct spf_view *spf = session_spf(ui->session);

	if (spf->nsenders == 0)
		return "";
	return ui_format(ui, _("%zu of %zu own addresses pass; "),
	    spf->npassing, spf->nsenders);
}

void
builder_add_found(struct ui *ui, struct form *form)
{
	const char *summary = findings_summary(ui, LOOK_PLAN);
	enum severity worst = findings_worst(ui, LOOK_PLAN);
	struct row row = {
		.id = ID_FOUND,
		.group = GROUP_FOUND,
		.draw = builder_draw_now,
		.label = form->compact ? _("Record") : _("This record"),
		.right =
		    form->columns < NARROW_BELOW + 16 ? NULL : _("Enter: read"),
	};

	if (session_spf(ui->session)->octets == 0) {
		row.badge = _("NOTE");
		row.badge_role = ROLE_WAIT;
		row.text = _("is empty: add who may send");
		row.right = NULL;
	} else if (session_busy(ui->session, LOOK_PLAN) || summary == NULL) {
		row.badge = _("WAIT");
		row.badge_role = ROLE_WAIT;
		row.text = _("trying it ...");
	} else {
		row.badge = severity_badge(worst);
		row.badge_role = role_of_severity(worst);
		row.text = ui_format(ui, "%s%s", senders_text(ui), summary);
	}
	form_add(form, row);
}

void
builder_add_subdomains(struct ui *ui, struct form *form)
{
	size_t n = session_plan(ui->session)->nsubdomains;
	const char *summary = findings_summary(ui, LOOK_SUBDOMAINS);
	enum severity worst = findings_worst(ui, LOOK_SUBDOMAINS);
	bool busy =
	    session_busy(ui->session, LOOK_SUBDOMAINS) || summary == NULL;

	if (n == 0)
		return;
	form_add(form,
	    (struct row){ .id = ID_SUBDOMAINS,
		.group = GROUP_SUBDOMAINS,
		.draw = builder_draw_now,
		.label = form->compact ? _("Below") : _("Subdomains"),
		.badge = busy ? _("WAIT") : severity_badge(worst),
		.badge_role = busy ? ROLE_WAIT : role_of_severity(worst),
		.text = busy
		    ? _("asking DNS ...")
		    : ui_format(ui,
			  PLURAL("%zu that sends: %s", "%zu that send: %s", n),
			  n, summary),
		.right = form->columns < NARROW_BELOW + 16
		    ? NULL
		    : _("Enter: read") });
}

/* --- repair -------------------------------------------------------------- */

/* The best remedy for the worst finding that has one. */
static bool
best_remedy(struct ui *ui, struct remedy *out)
{
	const struct finding **list = NULL;
	size_t n = findings_list(ui, LOOK_PLAN, &list);
	struct remedy remedies[REMEDY_MAX];

	for (size_t i = 0; i < n && list[i]->severity >= SEV_WARN; i++) {
		if (session_remedies(
			ui->session, LOOK_PLAN, list[i], remedies) == 0)
			continue;
		*out = remedies[0];
		return true;
	}
	return false;
}

static void
draw_repair(const struct row *row, const struct canvas *line, bool focused)
{
	int x = line->cols < NARROW_BELOW ? 9 : 16;

	if (focused) {
		draw_text(line, 0, line->cols < NARROW_BELOW ? 0 : 1,
		    ROLE_HEADING, ">");
		draw_cursor(line, 0, x + 2);
	}
	draw_text(
	    line, 0, line->cols < NARROW_BELOW ? 1 : 3, ROLE_TEXT, row->label);
	x = draw_text(line, 0, x, focused ? ROLE_FOCUS : ROLE_TEXT, "< ");
	x = draw_cut(line, 0, x, line->cols - x - 4,
	    focused ? ROLE_FOCUS : ROLE_TEXT, row->text);
	draw_text(line, 0, x, focused ? ROLE_FOCUS : ROLE_TEXT, " >");
}

void
builder_add_repair(struct ui *ui, struct form *form)
{
	struct remedy remedy;

	if (!best_remedy(ui, &remedy))
		return;
	form_add(form,
	    (struct row){ .id = ID_REPAIR,
		.group = GROUP_REPAIR,
		.draw = draw_repair,
		.label = form->compact ? _("Repair") : _("Repair it"),
		.text = arena_strdup(ui->arena, remedy.label) });
}

void
builder_repair(struct ui *ui)
{
	struct remedy remedy;

	if (session_busy(ui->session, LOOK_PLAN)) {
		ui_note(ui, MESSAGE_WAIT,
		    _("The changed record is still being tried; press again "
		      "in a moment."));
		return;
	}
	if (!best_remedy(ui, &remedy))
		return;
	if (ui_said(ui, session_apply(ui->session, LOOK_PLAN, &remedy)))
		ui_note(ui, MESSAGE_OK,
		    _("Done, in this record only. u takes it back."));
}

/* --- the service that keeps the mailboxes -------------------------------- */

static const struct service *
missing_service(struct ui *ui)
{
	struct service *list =
	    arena_array(ui->arena, SERVICES_MAX, sizeof(*list));
	size_t n = services_find(ui->session, "", list);

	if (session_plan(ui->session)->sends_nothing)
		return NULL;
	for (size_t i = 0; i < n && list[i].yours; i++)
		if (list[i].provider->need == PROVIDER_NEEDED &&
		    list[i].provider->kind == PROVIDER_MAILBOX &&
		    list[i].include != NULL && !list[i].covered)
			return &list[i];
	return NULL;
}

void
builder_add_service(struct ui *ui, struct form *form)
{
	const struct service *service = missing_service(ui);

	if (service == NULL)
		return;
	form_add(form,
	    (struct row){ .id = ID_OFFER,
		.group = GROUP_SERVICE,
		.draw = draw_repair,
		.label = form->compact ? _("Service") : _("Not in it"),
		.text = ui_format(ui, _("Add %s, which receives your mail"),
		    service->provider->name) });
}

void
builder_take_service(struct ui *ui)
{
	const struct service *service = missing_service(ui);

	if (service != NULL && ui_said(ui, services_add(ui->session, service)))
		ui_note(ui, MESSAGE_OK,
		    ui_format(ui, _("Added include:%s. u takes it back."),
			service->include));
}
