/* The checklist as text. */
#include "report_text.h"

#include <langinfo.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/domain.h"
#include "../checks/proof.h"
#include "../checks/spf_cost.h"
#include "wrap.h"

#define INDENT	    9 /* columns, of what stands behind "  prove  " */
#define WHOLE_LINES 8 /* a record of more is shown in part */
#define DETAILS_MAX 10 /* of one kind; there may be thousands */
#define TREE_DEPTH  12 /* RFC 7208 section 4.6.4 allows 10 */

/* In words always; colour only adds to it. */
static const struct {
	const char *word;
	const char *color;
} levels[SEV_COUNT] = {
	[SEV_PASS] = { "OK", "30;42" },
	[SEV_NOTE] = { "NOTE", "30;46" },
	[SEV_WARN] = { "WARN", "30;43" },
	[SEV_UNKNOWN] = { "UNKNOWN", "30;46" },
	[SEV_FAIL] = { "FAIL", "1;37;41" },
};

/* The word, and blanks up to the next column. */
static void
print_level(FILE *out, enum severity severity, const struct text_style *style)
{
	int pad = (int)strlen("UNKNOWN") - (int)strlen(levels[severity].word);

	if (style->color)
		fprintf(out, "\033[%sm%s\033[0m", levels[severity].color,
		    levels[severity].word);
	else
		fputs(levels[severity].word, out);
	fprintf(out, "%*s", pad + 2, "");
}

/* Columns for the word of a step. */
static int
step_columns(const struct audit *audit)
{
	int columns = (int)strlen("domain");

	for (size_t i = 0; i < audit->nsteps; i++) {
		int len = (int)strlen(step_word(audit->steps[i].step));

		if (len > columns)
			columns = len;
	}
	return columns;
}

static void
print_items(FILE *out, struct arena *arena, const struct step_report *report,
    int width, const struct text_style *style)
{
	const struct finding *f = report->findings.first;

	for (; f != NULL; f = f->next) {
		print_level(out, f->severity, style);
		fprintf(out, "%-*s  %s\n", width, step_word(report->step),
		    finding_title(arena, f));
	}
}

/* How many there are of each level. */
static void
print_counts(FILE *out, const struct audit *audit)
{
	fprintf(out, "%s", _("In all:"));
	for (int severity = SEV_COUNT - 1; severity >= 0; severity--) {
		unsigned int n = 0;

		for (size_t i = 0; i < audit->nsteps; i++)
			n += audit->steps[i].findings.count[severity];
		if (n > 0)
			fprintf(out, "  %u %s", n, levels[severity].word);
	}
	fputc('\n', out);
}

/* Columns of the first `n` octets of a value, once it is printable. */
static size_t
columns(struct arena *arena, struct str value, size_t n)
{
	return strlen(printable(arena, str_slice(value, 0, n)));
}

/* How much of the text goes on one line: whole terms, where they fit. */
static size_t
line_length(const char *text, size_t len, size_t room)
{
	size_t cut = room;

	if (len <= room)
		return len;
	while (cut > 0 && text[cut - 1] != ' ')
		cut--;
	return cut > 0 ? cut : room;
}

/* Blanks, then carets, cut to the line of the record from `line` to `end`. */
static void
print_carets(FILE *out, size_t line, size_t end, struct span at)
{
	size_t from = at.from < line ? line : at.from;
	size_t to = at.to > end ? end : at.to;

	if (from >= to)
		return;
	fprintf(out, "%*s", (int)(INDENT + from - line), "");
	for (size_t i = from; i < to; i++)
		fputc('^', out);
	fputc('\n', out);
}

/* Of a long record only what stands around the fault. */
static bool
is_near(size_t line, size_t end, size_t len, struct span where, size_t room)
{
	return len <= room * WHOLE_LINES ||
	    (end + room >= where.from && line <= where.to + room);
}

static void
print_line(FILE *out, const char *text, size_t len)
{
	while (len > 0 && text[len - 1] == ' ')
		len--;
	fprintf(out, "%*s%.*s\n", INDENT, "", (int)len, text);
}

/* The place of the fault in columns; a long one is cut. */
static struct span
where_shown(struct arena *arena, struct str value, struct span at, size_t room)
{
	struct span where = { columns(arena, value, at.from),
		columns(arena, value, at.to) };

	if (where.to == where.from && where.from > 0)
		where.to = where.from + 1; /* something is missing here */
	if (where.to - where.from > room * WHOLE_LINES)
		where.to = where.from + room * WHOLE_LINES;
	return where;
}

void
report_fault(FILE *out, struct arena *arena, struct str value, struct span at)
{
	const char *shown = printable(arena, value);
	size_t len = strlen(shown);
	size_t room = wrap_columns(out) - INDENT; /* for the record */
	struct span where = where_shown(arena, value, at, room);
	bool skipped = false;
	size_t line = 0;

	do {
		size_t end = line + line_length(shown + line, len - line, room);

		if (is_near(line, end, len, where, room)) {
			print_line(out, shown + line, end - line);
			print_carets(
			    out, line, end == len ? end + 1 : end, where);
			skipped = false;
		} else if (!skipped) {
			fprintf(out, "%*s...\n", INDENT, "");
			skipped = true;
		}
		line = end;
	} while (line < len);
}

static struct str
raw_value(struct arena *arena, const struct record *record)
{
	if (record->type == RR_TXT || record->type == RR_SPF)
		return record->text;
	return str_of(record_value(arena, record));
}

static void
print_fault(FILE *out, struct arena *arena, const struct step_report *report,
    const struct finding *f)
{
	const struct record *record;

	if (!f->has_record || f->record >= report->npublished)
		return;
	record = &report->published[f->record];
	fprintf(out, "  %s  %s %s\n", _("where"), record->name,
	    rr_type_word(arena, record->type));
	report_fault(out, arena, raw_value(arena, record), f->at);
}

static void
print_part(FILE *out, struct arena *arena, const char *label, const char *text)
{
	if (text != NULL && text[0] != '\0')
		fprintf(out, "  %-5s  %s\n", label,
		    wrap(arena, text, wrap_columns(out), INDENT));
}

static void
print_detail(FILE *out, const struct step_report *report,
    const struct finding *f, unsigned int number,
    const struct text_style *style)
{
	struct arena *arena = arena_new();
	const char *proof = finding_proof(arena, f, style->server);

	fprintf(out, "\n%u. %s (%s, %s)\n", number, finding_kinds[f->code].id,
	    step_word(report->step), levels[f->severity].word);
	print_part(out, arena, _("what"), finding_title(arena, f));
	print_fault(out, arena, report, f);
	print_part(out, arena, _("why"), finding_text(arena, f));
	print_part(out, arena, _("do"), finding_fix(arena, f));
	if (proof != NULL)
		fprintf(out, "  %-5s  %s\n", _("prove"), proof);
	arena_free(arena);
}

/* What is not OK, one by one; of very many alike the first ones. */
static void
print_details(FILE *out, const struct step_report *report, unsigned int *number,
    const struct text_style *style)
{
	unsigned int seen[FINDING_COUNT] = { 0 };
	const struct finding *f = report->findings.first;

	for (; f != NULL; f = f->next)
		if (f->severity != SEV_PASS && seen[f->code]++ < DETAILS_MAX)
			print_detail(out, report, f, ++*number, style);
	for (int code = 0; code < FINDING_COUNT; code++)
		if (seen[code] > DETAILS_MAX)
			fprintf(out, _("\n%u more of %s are listed above.\n"),
			    seen[code] - DETAILS_MAX, finding_kinds[code].id);
}

/* How many records of this name and type are there now? */
static size_t
count_published(const struct step_report *report, const struct record *record)
{
	size_t n = 0;

	for (size_t i = 0; i < report->npublished; i++)
		n += report->published[i].type == record->type &&
		    name_equal(report->published[i].name, record->name);
	return n;
}

/* A value stands alone on its line: it is copied with a triple click. */
static void
print_suggested(
    FILE *out, struct arena *arena, const struct step_report *report)
{
	for (size_t i = 0; i < report->nsuggested; i++) {
		const struct record *record = &report->suggested[i];
		size_t there = count_published(report, record);

		fprintf(out, "\n%s\n",
		    there == 0 ? _("Publish this record:")
			       : PLURAL("Publish this record in place of the "
					"one there is:",
				     "Publish this record in place of those "
				     "there are:",
				     there));
		fprintf(out, "  %s %s  %s %s  TTL %u\n", _("name"),
		    record->name, _("type"), rr_type_word(arena, record->type),
		    record->ttl);
		fprintf(out, "%s\n", record_value(arena, record));
		fprintf(out, "  %s\n%s\n", _("the same for a zone file:"),
		    record_zone_line(arena, record));
	}
}

static void
print_node(
    FILE *out, struct arena *arena, const struct spf_node *node, size_t depth)
{
	for (; node != NULL && depth < TREE_DEPTH; node = node->next) {
		int indent = (int)depth * 2 + 2;
		const char *term = printable(arena, node->term->text);

		fprintf(out, "%*s%-*s %2u", indent, "", 50 - indent, term,
		    node->lookups);
		if (node->voids > 0)
			fprintf(out, ", %s %u", _("void"), node->voids);
		fputc('\n', out);
		print_node(out, arena, node->below, depth + 1);
	}
}

/* Which branch costs how much; RFC 7208 section 4.6.4. */
static void
print_tree(FILE *out, struct arena *arena, const struct spf_cost *cost)
{
	fprintf(out, "\n%s\n  %-48s %2u%s\n",
	    _("Lookups in the worst case, of 10 allowed:"), _("the whole"),
	    cost->lookups, cost->unknown ? "+" : "");
	print_node(out, arena, cost->first, 1);
}

static const char *
shown_time(struct arena *arena, time_t when)
{
	char buffer[64];
	struct tm tm;

	if (gmtime_r(&when, &tm) == NULL ||
	    strftime(buffer, sizeof(buffer), "%Y-%m-%d %H:%M UTC", &tm) == 0)
		return "";
	return arena_strdup(arena, buffer);
}

/* As its owner writes it, with what DNS has behind it. */
static const char *
shown_domain(struct arena *arena, const char *domain)
{
	const char *shown = domain_display(arena, domain);

	if (strcmp(shown, domain) == 0 ||
	    strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		return domain;
	return arena_printf(arena, "%s (%s)", shown, domain);
}

void
report_text(
    FILE *out, const struct audit *audit, const struct text_style *style)
{
	struct arena *arena = audit->runs[0].arena;
	unsigned int number = 0;

	fprintf(out, "%s  %s\n", shown_domain(arena, audit->domain),
	    shown_time(arena, audit->checked_at));
	for (size_t i = 0; i < audit->nsteps; i++)
		print_items(
		    out, arena, &audit->steps[i], step_columns(audit), style);
	print_counts(out, audit);
	for (size_t i = 0; i < audit->nsteps; i++) {
		const struct step_report *report = &audit->steps[i];

		print_details(out, report, &number, style);
		print_suggested(out, arena, report);
		if (style->verbose && report->spf_cost != NULL)
			print_tree(out, arena, report->spf_cost);
	}
}
