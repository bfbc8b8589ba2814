/*
 * What the terms of an SPF record lead to: lookups and voids in the worst
 * case, dead and broken branches.  RFC 7208 sections 4.6.4, 5.2 and 6.1.
 *
 * Everything is told at the term of the domain's own record that leads there:
 * that is what its owner can change.
 */
#include <string.h>

#include "base/i18n.h"
#include "base/printable.h"
#include "spf_facts.h"

#define COST_DEPTH    3 /* of the tree told in words */
#define PHRASE_OCTETS 500 /* of a list of terms; more is left out */

/* Where in the tree something was found. */
struct place {
	const struct spf_facts *facts;
	const struct spf_node *top; /* the term of the own record */
	const char *domain; /* whose record the node's term stands in */
};

static bool
is_told(const struct run *run, enum finding_code code, const char *subject,
    const char *term)
{
	for (const struct finding *f = run->report.first; f != NULL;
	     f = f->next)
		if (f->code == code && strcmp(f->subject, subject) == 0 &&
		    strcmp(f->detail[0], term) == 0)
			return true;
	return false;
}

static void
tell(const struct place *place, const struct spf_node *node,
    enum finding_code code, const char *what)
{
	struct run *run = place->facts->run;
	const char *term = printable(run->arena, node->term->text);

	if (is_told(run, code, place->domain, term))
		return;
	report(run, code, .subject = place->domain,
	    .detail = { term, node->domain, what }, .has_record = true,
	    .record = place->facts->only->record, .at = place->top->term->at);
}

/* What is wrong with the record that an include leads to. */
static const char *
syntax_phrase(struct arena *arena, const struct spf_record *record)
{
	if (record == NULL)
		return _("it cannot be read");
	if (record->problem != NULL)
		return record->problem;
	for (size_t i = 0; i < record->nterms; i++)
		if (record->terms[i].kind == SPF_BROKEN)
			return arena_printf(arena, "%s: %s",
			    printable(arena, record->terms[i].text),
			    record->terms[i].problem);
	return _("it cannot be read");
}

bool
spf_node_is_open(const struct spf_node *node)
{
	const struct spf_record *record = node->record;

	if (record == NULL || record->broken ||
	    node->term->qualifier != SPF_RESULT_PASS)
		return false;
	for (size_t i = 0; i < record->nterms; i++)
		if (record->terms[i].kind == SPF_ALL)
			return record->terms[i].qualifier == SPF_RESULT_PASS;
	return false;
}

static void
tell_trouble(const struct place *place, const struct spf_node *node)
{
	struct run *run = place->facts->run;

	switch (node->trouble) {
	case SPF_TROUBLE_MISSING:
		tell(place, node, F_SPF_INCLUDE_MISSING, NULL);
		break;
	case SPF_TROUBLE_MULTIPLE:
		tell(place, node, F_SPF_INCLUDE_MULTIPLE, NULL);
		break;
	case SPF_TROUBLE_SYNTAX:
		tell(place, node, F_SPF_INCLUDE_BROKEN,
		    syntax_phrase(run->arena, node->record));
		break;
	case SPF_TROUBLE_LOOP:
		tell(place, node, F_SPF_LOOP, NULL);
		break;
	case SPF_TROUBLE_TOO_MANY_MX:
		tell(place, node, F_SPF_TOO_MANY_MX, NULL);
		break;
	case SPF_TROUBLE_VOID:
		if (node == place->top)
			tell(place, node, F_SPF_VOID, NULL);
		break;
	case SPF_TROUBLE_DNS:
		if (node->answer != NULL)
			look_trouble(run, node->answer);
		if (node->answer6 != NULL)
			look_trouble(run, node->answer6);
		break;
	case SPF_FINE:
	case SPF_TROUBLE_DEPTH:
		break;
	}
}

/* The depth of the tree is bounded by who made it: SPF_TROUBLE_DEPTH. */
static void
walk(const struct place *place, const struct spf_node *node)
{
	struct place below = *place;

	tell_trouble(place, node);
	if (spf_node_is_open(node))
		tell(place, node, F_SPF_PLUS_ALL_BELOW, NULL);
	below.domain = node->domain;
	for (node = node->below; node != NULL; node = node->next)
		walk(&below, node);
}

/* A hostile record has room for thousands of terms; nobody reads on here. */
static bool
is_long(const char *list)
{
	return list != NULL && strlen(list) > PHRASE_OCTETS;
}

/* "include:_spf.example.net 5 (include:a.example.net 2, mx 1), mx 1" */
static const char *
cost_phrase(struct arena *arena, const struct spf_node *node, int depth)
{
	const char *list = NULL;

	for (; node != NULL; node = node->next) {
		const char *part;

		if (is_long(list))
			return look_join(arena, list, "...");
		part = arena_printf(arena, "%s %u",
		    printable(arena, node->term->text), node->lookups);

		if (node->below != NULL && depth > 1)
			part = arena_printf(arena, "%s (%s)", part,
			    cost_phrase(arena, node->below, depth - 1));
		list = look_join(arena, list, part);
	}
	return list == NULL ? "" : list;
}

static const char *
void_phrase(struct arena *arena, const struct spf_node *node, const char *list)
{
	for (; node != NULL && !is_long(list); node = node->next) {
		if (node->trouble == SPF_TROUBLE_VOID)
			list = look_join(
			    arena, list, printable(arena, node->term->text));
		list = void_phrase(arena, node->below, list);
	}
	return list;
}

static void
tell_record(const struct spf_facts *facts, enum finding_code code,
    unsigned int n, const struct spf_node *guilty, const char *what)
{
	struct run *run = facts->run;

	report(run, code, .subject = facts->target->domain,
	    .detail = { arena_printf(run->arena, "%u", n), what },
	    .has_record = true, .record = facts->only->record,
	    .at = guilty == NULL ? (struct span){ 0, 0 } : guilty->term->at);
}

/* The term of the own record that costs most lookups. */
static const struct spf_node *
dearest(const struct spf_node *node)
{
	const struct spf_node *most = node;

	for (; node != NULL; node = node->next)
		if (node->lookups > most->lookups)
			most = node;
	return most;
}

/* The first of them that finds nothing, or leads to one that does. */
static const struct spf_node *
first_void(const struct spf_node *node)
{
	while (node != NULL && node->voids == 0)
		node = node->next;
	return node;
}

static void
tell_limits(const struct spf_facts *facts)
{
	struct arena *arena = facts->run->arena;
	const struct spf_cost *cost = &facts->cost;

	if (cost->lookups > SPF_MAX_LOOKUPS)
		tell_record(facts, F_SPF_TOO_MANY_LOOKUPS, cost->lookups,
		    dearest(cost->first),
		    cost_phrase(arena, cost->first, COST_DEPTH));
	else if (cost->lookups >= SPF_NEAR_LIMIT)
		tell_record(facts, F_SPF_NEAR_LIMIT, cost->lookups,
		    dearest(cost->first), NULL);
	if (cost->voids > SPF_MAX_VOIDS)
		tell_record(facts, F_SPF_TOO_MANY_VOIDS, cost->voids,
		    first_void(cost->first),
		    void_phrase(arena, cost->first, NULL));
}

void
spf_reach(const struct spf_facts *facts)
{
	struct place place = {
		.facts = facts,
		.domain = facts->target->domain,
	};

	for (place.top = facts->cost.first; place.top != NULL;
	     place.top = place.top->next)
		walk(&place, place.top);
	tell_limits(facts);
}
