/* What changed between a saved result and this one. */
#include "since.h"

#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"

static bool
saved_has_step(const struct saved *saved, const char *step)
{
	for (size_t i = 0; i < saved->nsteps; i++)
		if (strcmp(saved->steps[i], step) == 0)
			return true;
	return false;
}

/* Copied, so that it can outlive the run. */
static void
take_finding(struct arena *arena, const char *step, const struct finding *f,
    struct saved *out)
{
	const char *subject = f->subject != NULL ? f->subject : "";

	out->findings = arena_grow(
	    arena, out->findings, out->nfindings, sizeof(*out->findings));
	out->findings[out->nfindings++] = (struct saved_finding){
		.step = step,
		.id = finding_kinds[f->code].id,
		.severity = severity_word(f->severity),
		.subject = arena_strdup(arena, subject),
		.title = finding_title(arena, f),
	};
}

void
since_take(struct arena *arena, const struct audit *audit, struct saved *out)
{
	*out = (struct saved){ .checked_at = "" };
	for (size_t i = 0; i < audit->nsteps; i++) {
		const struct step_report *report = &audit->steps[i];
		const struct finding *f = report->findings.first;

		out->steps = arena_grow(
		    arena, out->steps, out->nsteps, sizeof(*out->steps));
		out->steps[out->nsteps++] = step_word(report->step);
		for (; f != NULL; f = f->next)
			take_finding(arena, step_word(report->step), f, out);
	}
}

static bool
is_same(const struct saved_finding *a, const struct saved_finding *b)
{
	return strcmp(a->id, b->id) == 0 &&
	    strcmp(a->severity, b->severity) == 0 &&
	    strcmp(a->subject, b->subject) == 0 &&
	    strcmp(a->step, b->step) == 0;
}

static bool
is_listed(
    const struct saved_finding *f, const struct saved_finding *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_same(f, &list[i]))
			return true;
	return false;
}

/*
 * Puts what is in `list` and not in `other` behind the *n changes; not what is
 * in order, and not the steps that `other` did not look at.
 */
static struct change *
add_changes(struct arena *arena, struct change *changes, size_t *n,
    const struct saved *from, const struct saved *other, bool gone)
{
	for (size_t i = 0; i < from->nfindings; i++) {
		const struct saved_finding *f = &from->findings[i];

		if (strcmp(f->severity, severity_word(SEV_PASS)) == 0 ||
		    !saved_has_step(other, f->step) ||
		    is_listed(f, other->findings, other->nfindings) ||
		    is_listed(f, from->findings, i))
			continue;
		changes = arena_grow(arena, changes, *n, sizeof(*changes));
		changes[(*n)++] = (struct change){ gone, *f };
	}
	return changes;
}

size_t
since_compare(struct arena *arena, const struct saved *saved,
    const struct audit *audit, struct change **out)
{
	struct saved now;
	size_t n = 0;

	since_take(arena, audit, &now);
	*out = add_changes(arena, NULL, &n, &now, saved, false);
	*out = add_changes(arena, *out, &n, saved, &now, true);
	return n;
}

void
since_print(FILE *out, struct arena *arena, const struct saved *saved,
    const struct audit *audit)
{
	struct change *changes;
	size_t n = since_compare(arena, saved, audit, &changes);

	fprintf(out, _("\nSince %s:\n"),
	    printable(arena, str_of(saved->checked_at)));
	for (size_t i = 0; i < n; i++) {
		const struct saved_finding *f = &changes[i].finding;

		fprintf(out, "  %-4s  %-7s  %s  %s\n",
		    changes[i].gone ? _("gone") : _("new"),
		    printable(arena, str_of(f->severity)),
		    printable(arena, str_of(f->id)),
		    readable(arena, str_of(f->title)));
	}
	if (n == 0)
		fprintf(out, "  %s\n", _("nothing changed"));
}
