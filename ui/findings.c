/* ui/findings.c - see findings.h */
#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "findings.h"

size_t
findings_sorted(struct arena *arena, const struct report *report, size_t most,
    const struct finding ***out)
{
	const struct finding **list = NULL;
	size_t n = 0;

	for (int severity = SEV_COUNT - 1; severity >= 0; severity--) {
		const struct finding *f = report->first;

		for (; f != NULL; f = f->next) {
			if ((int)f->severity != severity || n == most)
				continue;
			list = arena_grow(arena, list, n, sizeof(*list));
			list[n++] = f;
		}
	}
	*out = list;
	return n;
}

const char *
findings_counted(
    struct arena *arena, const struct report *report, const char *between)
{
	static const enum severity order[] = { SEV_FAIL, SEV_UNKNOWN, SEV_WARN,
		SEV_NOTE };
	const char *text = "";

	for (size_t i = 0; i < COUNT(order); i++) {
		unsigned int n = report->count[order[i]];

		if (n > 0)
			text = arena_printf(arena, "%s%s%u %s", text,
			    *text == '\0' ? "" : between, n,
			    severity_badge(order[i]));
	}
	return *text == '\0' ? _("nothing is wrong") : text;
}

size_t
findings_list(struct ui *ui, enum look_kind kind, const struct finding ***out)
{
	const struct look *look = session_look(ui->session, kind);

	return look == NULL
	    ? 0
	    : findings_sorted(ui->arena, &look->report.findings, SIZE_MAX, out);
}

const struct finding *
findings_at(struct ui *ui, enum look_kind kind, int place)
{
	const struct finding **list;
	size_t n = findings_list(ui, kind, &list);

	return place >= 0 && (size_t)place < n ? list[place] : NULL;
}

enum severity
findings_worst(struct ui *ui, enum look_kind kind)
{
	const struct look *look = session_look(ui->session, kind);

	return look == NULL ? SEV_PASS : report_worst(&look->report.findings);
}

const char *
findings_summary(struct ui *ui, enum look_kind kind)
{
	const struct look *look = session_look(ui->session, kind);

	return look == NULL
	    ? NULL
	    : findings_counted(ui->arena, &look->report.findings, "  ");
}

static void
draw_status(const struct row *row, const struct canvas *line, bool focused)
{
	int end = line->cols - 1;
	int x;

	if (row->right != NULL && line->cols >= 60)
		end = draw_right(line, 0, 1, ROLE_NOTE, row->right) - 2;
	if (focused) {
		draw_text(line, 0, 0, ROLE_HEADING, ">");
		draw_cursor(line, 0, row->indent);
	}
	x = draw_text(line, 0, row->indent, focused ? ROLE_FOCUS : ROLE_HEADING,
	    row->label);
	if (row->badge != NULL)
		x = draw_badge(line, 0, x + 3, row->badge_role, row->badge);
	x += row->badge != NULL ? 2 : 3;
	draw_cut(line, 0, x, end - x, ROLE_TEXT, row->text);
}

struct row *
findings_add_status(
    struct ui *ui, struct form *form, enum look_kind kind, const char *label)
{
	struct row row = { .draw = draw_status, .label = label, .indent = 1 };

	if (session_busy(ui->session, kind)) {
		row.badge = _("WAIT");
		row.badge_role = ROLE_WAIT;
		row.text = ui_format(ui, _("looking ... %lld s"),
		    (long long)session_busy_ms(ui->session, kind) / 1000);
	} else {
		row.text = findings_summary(ui, kind);
		if (row.text == NULL)
			row.text = _("not looked yet");
	}
	return form_add(form, row);
}

static void
draw_finding(const struct row *row, const struct canvas *line, bool focused)
{
	form_mark(line, focused);
	draw_badge(line, 0, 3, row->badge_role, row->badge);
	draw_cut(line, 0, row->indent, line->cols - row->indent - 1,
	    focused ? ROLE_FOCUS : ROLE_TEXT, row->text);
}

/* Column behind the widest badge of the list. */
static int
badge_columns(const struct finding *const *list, size_t n)
{
	int width = 4;

	for (size_t i = 0; i < n; i++) {
		int one = text_columns(severity_badge(list[i]->severity));

		if (one > width)
			width = one;
	}
	return width + 5;
}

void
findings_add(struct ui *ui, struct form *form, enum look_kind kind,
    int first_id, int group)
{
	const struct finding **list = NULL;
	size_t n = findings_list(ui, kind, &list);

	for (size_t i = 0; i < n; i++)
		form_wrapped(form,
		    (struct row){ .id = first_id + (int)i,
			.group = group,
			.scrolls = true,
			.draw = draw_finding,
			.indent = badge_columns(list, n),
			.badge = severity_badge(list[i]->severity),
			.badge_role = role_of_severity(list[i]->severity),
			.text = finding_title(ui->arena, list[i]) });
}

void
findings_open(struct ui *ui, enum look_kind kind, int place)
{
	if (findings_at(ui, kind, place) == NULL)
		return;
	ui->finding_look = kind;
	ui->finding_index = (size_t)place;
	ui_open(ui, &view_finding);
}

bool
findings_next_problem(struct ui *ui, struct form_state *state,
    enum look_kind kind, int first_id, int by)
{
	const struct finding **list = NULL;
	int n = (int)findings_list(ui, kind, &list);
	int at = state->focus >= first_id && state->focus < first_id + n
	    ? state->focus - first_id
	    : by > 0 ? -1
		     : n;

	for (at += by; at >= 0 && at < n; at += by)
		if (list[at]->severity >= SEV_WARN) {
			form_focus(state, first_id + at);
			return true;
		}
	ui_note(ui, MESSAGE_NOTE, _("No more problems in this direction."));
	return true;
}

const char *
findings_hint(struct ui *ui, enum look_kind kind, int place)
{
	const struct finding *f = findings_at(ui, kind, place);
	const char *fix = f == NULL ? "" : finding_fix(ui->arena, f);

	if (f == NULL)
		return "";
	return *fix != '\0' ? fix : finding_text(ui->arena, f);
}

const char *
findings_help(struct ui *ui, enum look_kind kind, int place)
{
	const struct finding *f = findings_at(ui, kind, place);

	if (f == NULL)
		return "";
	return ui_format(ui, "%s.\n\n%s\n\n%s", finding_title(ui->arena, f),
	    finding_text(ui->arena, f), finding_fix(ui->arena, f));
}

/* --- evidence ------------------------------------------------------------ */

struct evidence {
	const char *text; /* printable ASCII */
	const struct span *marks; /* octets of it */
	size_t nmarks;
	struct span part; /* what stands in this row */
};

static bool
is_marked(const struct evidence *e, size_t at)
{
	for (size_t i = 0; i < e->nmarks; i++)
		if (at >= e->marks[i].from && at < e->marks[i].to)
			return true;
	return false;
}

static void
draw_evidence(const struct row *row, const struct canvas *line, bool focused)
{
	const struct evidence *e = row->data;

	(void)focused;
	for (size_t i = e->part.from; i < e->part.to; i++) {
		char c[2] = { e->text[i], '\0' };

		draw_text(line, 0, row->indent + (int)(i - e->part.from),
		    is_marked(e, i) ? ROLE_DIFF : ROLE_HEADING, c);
	}
}

static void
draw_carets(const struct row *row, const struct canvas *line, bool focused)
{
	const struct evidence *e = row->data;

	(void)focused;
	for (size_t i = e->part.from; i < e->part.to; i++)
		if (is_marked(e, i))
			draw_text(line, 0,
			    row->indent + (int)(i - e->part.from), ROLE_TEXT,
			    "^");
}

/* Where octet `at` of the raw text is in the printable one. */
static size_t
printable_place(struct arena *arena, struct str raw, size_t at)
{
	return strlen(printable(arena, str_slice(raw, 0, at)));
}

static const struct span *
printable_marks(
    struct arena *arena, struct str raw, const struct span *marks, size_t n)
{
	struct span *out = arena_array(arena, n + 1, sizeof(*out));

	for (size_t i = 0; i < n; i++) {
		size_t to = marks[i].to > marks[i].from ? marks[i].to
							: marks[i].from + 1;

		out[i].from = printable_place(arena, raw, marks[i].from);
		out[i].to = printable_place(arena, raw, to);
		if (out[i].to <= out[i].from) /* behind the end */
			out[i].to = out[i].from + 1;
	}
	return out;
}

static void
add_evidence_rows(struct form *form, int indent, const struct evidence *e)
{
	bool marked = false;

	for (size_t i = e->part.from; i < e->part.to; i++)
		marked = marked || is_marked(e, i);
	form_add(form,
	    (struct row){ .draw = draw_evidence,
		.scrolls = true,
		.indent = indent,
		.data = e });
	if (marked)
		form_add(form,
		    (struct row){ .draw = draw_carets,
			.scrolls = true,
			.indent = indent,
			.data = e });
}

void
form_evidence(struct form *form, int indent, struct str raw,
    const struct span *marks, size_t nmarks)
{
	const char *text = printable(form->arena, raw);
	struct str rest = str_of(text);
	struct str line;

	marks = printable_marks(form->arena, raw, marks, nmarks);
	while (text_wrap(&rest, form->columns - indent - 1, &line)) {
		struct evidence *e = arena_new_of(form->arena, struct evidence);
		size_t from = (size_t)(line.p - text);

		*e = (struct evidence){ .text = text,
			.marks = marks,
			.nmarks = nmarks,
			.part = { from, from + line.len } };
		add_evidence_rows(form, indent, e);
	}
}
