/* Findings, read out: what, why, what to do, how to see it oneself. */
#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/proof.h"
#include "../wizard/help.h"
#include "findings.h"
#include "plain_inside.h"
#include "report_text.h"
#include "view.h"

#define FINDINGS_MOST 30 /* read out; a record can have thousands of faults */

size_t
plain_findings(
    struct plain *p, enum look_kind kind, const struct finding ***out)
{
	const struct look *look = session_look(p->session, kind);

	return look == NULL ? 0
			    : findings_sorted(p->arena, &look->report.findings,
				  FINDINGS_MOST, out);
}

const char *
plain_summary(struct plain *p, const struct look *look)
{
	return findings_counted(p->arena, &look->report.findings, ", ");
}

/* "4  FAIL  what. why. do."; the last two once for each result. */
static void
put_finding(struct plain *p, size_t number, const struct finding *f, bool whole)
{
	const char *first = arena_printf(
	    p->arena, "%2zu  %s  ", number, severity_badge(f->severity));

	if (f->severity <= SEV_NOTE || !whole)
		plain_print(first, "%s.", finding_title(p->arena, f));
	else
		plain_print(first, "%s. %s %s", finding_title(p->arena, f),
		    finding_text(p->arena, f), finding_fix(p->arena, f));
}

static size_t
count_all(const struct look *look)
{
	size_t n = 0;

	for (int i = 0; i < SEV_COUNT; i++)
		n += look->report.findings.count[i];
	return n;
}

/* FNV-1a over the sentences. */
uint64_t
plain_found(struct plain *p, enum look_kind kind)
{
	const struct look *look = session_look(p->session, kind);
	const struct finding *f;
	uint64_t sum = 0xcbf29ce484222325U;

	if (look == NULL)
		return 0;
	for (f = look->report.findings.first; f != NULL; f = f->next)
		for (const char *c = finding_title(p->arena, f); *c != '\0';
		     c++)
			sum = (sum ^ (unsigned char)*c) * 0x100000001b3U;
	return sum;
}

size_t
plain_put_findings(struct plain *p, enum look_kind kind, size_t number)
{
	const struct look *look = session_look(p->session, kind);
	const struct finding **list = NULL;
	size_t n = plain_findings(p, kind, &list);

	for (size_t i = 0; i < n; i++)
		put_finding(
		    p, number + i, list[i], p->look_read[kind] != look->number);
	if (n > 0)
		p->look_read[kind] = look->number;
	if (n > 0 && count_all(look) > n)
		plain_print("    ", _("and %zu more"), count_all(look) - n);
	return n;
}

void
plain_put_records(struct plain *p, const struct look *look)
{
	const char *domain = session_plan(p->session)->domain;

	plain_put("", _("In DNS now:"));
	if (look->report.npublished == 0)
		plain_put("    ", _("no records for mail"));
	for (size_t i = 0; i < look->report.npublished; i++) {
		const struct record *r = &look->report.published[i];
		bool own = strcmp(r->name, domain) == 0;

		plain_print("    ", "%s %s%s%s",
		    rr_type_word(p->arena, r->type), record_value(p->arena, r),
		    own ? "" : _(", of "), own ? "" : r->name);
	}
}

/* --- one of them --------------------------------------------------------- */

static void
put_part(const char *first, const char *text)
{
	if (text != NULL && *text != '\0')
		plain_put(first, text);
}

static void
put_evidence(struct plain *p, enum look_kind kind, const struct finding *f)
{
	const struct look *look = session_look(p->session, kind);
	const struct record *record;

	if (!f->has_record || f->record >= look->report.npublished)
		return;
	record = &look->report.published[f->record];
	plain_print(
	    "", "%s %s:", record->name, rr_type_word(p->arena, record->type));
	if (record->type == RR_TXT || record->type == RR_SPF)
		report_fault(stdout, p->arena, record->text, f->at);
	else
		plain_put("    ", record_value(p->arena, record));
}

void
plain_apply(struct plain *p, enum look_kind kind, const struct remedy *remedy)
{
	const char *problem = session_apply(p->session, kind, remedy);

	if (problem != NULL)
		plain_put("WARN  ", problem);
	else if (remedy->id == REMEDY_PUBLISH)
		plain_publish(p, PLANNED_SPF);
	else if (remedy->id != REMEDY_CHANGE_DOMAIN &&
	    remedy->id != REMEDY_ANSWER)
		plain_put("OK    ",
		    _("Done in your plan; nothing is published by it. In the "
		      "step SPF, u takes it back."));
}

bool
plain_best_remedy(struct plain *p, enum look_kind kind, struct remedy *out)
{
	const struct finding **list = NULL;
	size_t n = plain_findings(p, kind, &list);
	struct remedy remedies[REMEDY_MAX];

	for (size_t i = 0; i < n && list[i]->severity >= SEV_WARN; i++) {
		if (session_remedies(p->session, kind, list[i], remedies) == 0)
			continue;
		*out = remedies[0];
		return true;
	}
	return false;
}

static void
offer(struct plain *p, enum look_kind kind, const struct finding *f)
{
	struct remedy remedies[REMEDY_MAX];
	size_t n = session_remedies(p->session, kind, f, remedies);
	enum reply reply;
	size_t chosen;

	if (n == 0)
		return;
	plain_put("", _("This can be done about it:"));
	for (size_t i = 0; i < n; i++)
		plain_put(
		    arena_printf(p->arena, "%2zu  ", i + 1), remedies[i].label);
	chosen = plain_choose(p,
	    _("Number to do it, Enter to leave it, ? help:"),
	    arena_printf(p->arena, "%s%s",
		_("A number changes your plan only; nothing is published by "
		  "it. Enter leaves everything as it is."),
		plain_help(p, help_for_finding(finding_kinds[f->code].id))),
	    n, &reply);
	if (chosen > 0)
		plain_apply(p, kind, &remedies[chosen - 1]);
}

void
plain_open_finding(
    struct plain *p, enum look_kind kind, const struct finding *f)
{
	const char *proof = finding_proof(p->arena, f, NULL);

	plain_put("", "");
	plain_print(arena_printf(p->arena, "%s  ", severity_badge(f->severity)),
	    "%s.", finding_title(p->arena, f));
	put_evidence(p, kind, f);
	put_part(_("Why:    "), finding_text(p->arena, f));
	put_part(_("Do:     "), finding_fix(p->arena, f));
	if (proof != NULL) /* is copied: one line */
		plain_line(arena_printf(p->arena, _("Prove:  %s"), proof));
	put_part(_("See:    "), finding_kinds[f->code].reference);
	offer(p, kind, f);
}
