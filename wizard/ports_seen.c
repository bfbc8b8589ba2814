/* What a look saw at the ports of a protocol. */
#include "ports_seen.h"

size_t
ports_seen(struct arena *arena, const struct look *look, struct port_seen **out)
{
	const struct step_report *report = &look->report;
	struct port_seen *list = NULL;
	size_t n = 0;

	for (size_t i = 0; i < report->nports; i++) {
		const struct port_check *check = &report->ports[i];

		for (size_t k = 0; k < check->n; k++) {
			list = arena_grow(arena, list, n, sizeof(*list));
			list[n++] = (struct port_seen){ .check = check,
				.facts = &check->facts[k],
				.findings = &check->findings[k] };
		}
	}
	*out = list;
	return n;
}

static bool
is_about_host(const struct look *look)
{
	const struct finding *f = look->report.findings.first;

	for (; f != NULL; f = f->next)
		if (f->code == F_PORT_NO_HOST)
			return true;
	return false;
}

/* How many are so far, of all. */
static size_t
count(const struct look *look, enum port_state least, size_t *all)
{
	const struct step_report *report = &look->report;
	size_t n = 0;

	*all = 0;
	for (size_t i = 0; i < report->nports; i++)
		for (size_t k = 0; k < report->ports[i].n; k++) {
			n += report->ports[i].facts[k].state >= least;
			++*all;
		}
	return n;
}

enum ports_state
ports_found(const struct look *look, enum ports_use use)
{
	size_t all, seen, answering;

	if (is_about_host(look))
		return PORTS_NO_HOST;
	seen = count(look, PORT_CLOSED, &all);
	answering = count(look, PORT_SILENT, &all);
	if (all > 0 && seen == 0)
		return PORTS_UNSEEN;
	/* Something on the way may hide what answers. */
	return use == PORTS_OPEN && all > 0 && seen == all && answering == 0
	    ? PORTS_NOT_ANSWERED
	    : PORTS_SEEN;
}
