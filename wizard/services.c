/* Mail services to pick from, and what their includes cost. */
#include "services.h"

#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "problem.h"
#include "session_inside.h"
#include "spf_plan.h"

/* --- what is known about costs ------------------------------------------- */

static const struct service_cost *
known_cost(const struct session *s, const char *domain)
{
	for (size_t i = 0; i < s->nservice_costs; i++)
		if (strcmp(s->service_costs[i].domain, domain) == 0)
			return &s->service_costs[i];
	return NULL;
}

static void
keep_cost(struct session *s, const char *domain, const struct spf_node *node)
{
	struct service_cost *cost;

	if (known_cost(s, domain) != NULL)
		return;
	if (s->nservice_costs == SERVICE_COSTS)
		s->nservice_costs = 0; /* asked for again when needed */
	cost = &s->service_costs[s->nservice_costs++];
	bounded_copy(cost->domain, sizeof(cost->domain), domain);
	cost->lookups = node->lookups;
	cost->trouble = node->trouble;
}

void
session_take_service(struct session *s)
{
	const struct look *look = session_look(s, LOOK_SERVICE);

	if (look == NULL || look->service.cost.first == NULL)
		return;
	/* A made-up or closed world knows nothing of real services. */
	if (look->service.cost.first->trouble != SPF_FINE &&
	    (s->demo != NULL || s->offline))
		return;
	keep_cost(s, look->question.domain, look->service.cost.first);
}

static bool
is_asked(const struct session *s, const char *domain)
{
	return session_busy(s, LOOK_SERVICE) &&
	    strcmp(s->service_asked, domain) == 0;
}

/* --- the list ------------------------------------------------------------ */

static bool
holds(const char *text, const char *part)
{
	return strcasestr(text, part) != NULL;
}

const char *
services_kind(const struct provider *provider)
{
	static const char *const kinds[] = {
		[PROVIDER_MAILBOX] = N_("mailboxes: receives and sends"),
		[PROVIDER_FILTER] = N_("filter before your own server"),
		[PROVIDER_SENDER] = N_("sends only: newsletters, shops, "
				       "tickets"),
	};

	return kinds[provider->kind];
}

static bool
matches(const struct provider *p, const char *filter)
{
	if (filter[0] == '\0' || holds(p->name, filter) ||
	    holds(_(services_kind(p)), filter))
		return true;
	for (size_t i = 0; i < p->ninclude; i++)
		if (holds(p->include[i], filter))
			return true;
	return false;
}

/* One of the domain's MX hosts belongs to it. */
static bool
is_yours(const struct session *s, const struct provider *provider)
{
	const struct look *look = session_look(s, LOOK_DOMAIN);

	for (size_t i = 0; look != NULL && i < look->report.npublished; i++) {
		const struct record *record = &look->report.published[i];

		if (record->type == RR_MX &&
		    provider_by_mx(record->mx.host) == provider)
			return true;
	}
	return false;
}

/* The include of the planned record that is its, or NULL. */
static const struct spf_line *
line_of(const struct session *s, const struct provider *provider)
{
	for (size_t i = 0; i < s->spf.nlines; i++) {
		const struct spf_line *line = &s->spf.lines[i];
		char domain[PLAN_NAME];

		if (line->term.kind != SPF_INCLUDE)
			continue;
		snprintf(domain, sizeof(domain), "%.*s",
		    (int)line->term.domain.len, line->term.domain.p);
		if (provider_by_include(domain) == provider)
			return line;
	}
	return NULL;
}

#define DEPTH_MOST 12 /* records below each other that are searched */

/* Does a record that is included include it in turn? */
static bool
is_below(const struct spf_node *node, const struct provider *p, int depth)
{
	for (; node != NULL && depth < DEPTH_MOST; node = node->next)
		if ((node->domain != NULL &&
			provider_by_include(node->domain) == p) ||
		    is_below(node->below, p, depth + 1))
			return true;
	return false;
}

static bool
is_covered(const struct session *s, const struct provider *p)
{
	const struct look *look = session_look(s, LOOK_PLAN);

	return look != NULL && is_below(look->plan.cost.first, p, 0);
}

static void
fill(const struct session *s, const struct provider *p, struct service *out)
{
	const struct spf_line *line = line_of(s, p);
	const struct service_cost *cost;

	*out = (struct service){ .provider = p,
		.include = p->ninclude > 0 ? p->include[0] : NULL,
		.yours = is_yours(s, p),
		.there = line != NULL,
		.covered = line != NULL || is_covered(s, p) };
	if (out->include == NULL)
		return;
	cost = known_cost(s, out->include);
	out->asking = is_asked(s, out->include);
	if (cost != NULL) {
		out->known = true;
		out->lookups = cost->lookups;
		out->trouble = cost->trouble;
	} else if (line != NULL && line->node != NULL) {
		out->known = true;
		out->lookups = line->lookups;
		out->trouble = line->node->trouble;
	}
}

size_t
services_find(const struct session *s, const char *filter,
    struct service out[SERVICES_MAX])
{
	size_t count;
	const struct provider *list = provider_list(&count);
	size_t n = 0;

	for (int yours = 1; yours >= 0; yours--)
		for (size_t i = 0; i < count && n < SERVICES_MAX; i++) {
			if (!matches(&list[i], filter) ||
			    is_yours(s, &list[i]) != (yours == 1))
				continue;
			fill(s, &list[i], &out[n++]);
		}
	return n;
}

/* --- doing --------------------------------------------------------------- */

void
services_look(struct session *s, const struct service *service)
{
	struct look_question question = { 0 };

	if (service->include == NULL || service->known || !s->opened ||
	    is_asked(s, service->include))
		return;
	bounded_copy(
	    s->service_asked, sizeof(s->service_asked), service->include);
	bounded_copy(
	    question.domain, sizeof(question.domain), service->include);
	live_ask(s->live, LOOK_SERVICE, &s->plan, &question, COUNTING_MS);
}

const char *
services_add(struct session *s, const struct service *service)
{
	char term[PLAN_TERM];

	if (service->there)
		return _("It is in the record already.");
	if (service->include == NULL)
		return _("No common name is known for it. Look in its own "
			 "instructions, and add that as an include.");
	snprintf(term, sizeof(term), "include:%s", service->include);
	return session_spf_add(s, SPF_AT_END, term);
}

const char *
services_advice(struct arena *arena, const struct service *service)
{
	const struct provider *p = service->provider;
	const char *need = "";

	if (p->need == PROVIDER_NOT_NEEDED)
		need = _("Usually not needed. ");
	else if (p->need == PROVIDER_SOMETIMES)
		need = _("Not always needed. ");
	else if (p->when[0] == '\0')
		need = _("Needed: its servers send in the name of your "
			 "domain. ");
	return arena_printf(arena, "%s%s%s%s", need, p->when,
	    p->note[0] != '\0' && p->when[0] != '\0' ? " " : "", p->note);
}
