/*
 * The record that was meant:
 *
 *	texts -> one wish -> dead branches out -> inside the limits
 *	      -> sending addresses in -> a record, if it is another one
 */
#include "spf_repair.h"

#include <string.h>

#include "name.h"
#include "spf_flatten.h"
#include "spf_provider.h"
#include "spf_wish.h"
#include "zone.h"

#define ROUNDS_MAX    40 /* changes made to one record, each a walk */
#define FOREIGN_PRICE 60 /* octets an address that is not ours counts more */
#define TEXT_MAX      3000 /* octets of a record we propose */

struct repair {
	const struct spf_facts *facts;
	struct run *run;
	struct arena *arena;
	struct spf_wish wish;
	struct spf_record record; /* the wish, printed and read again */
	struct spf_cost cost; /* of that */
};

/* The texts to repair: those at the domain, else the best misplaced one. */
static enum spf_place
best_place(const struct spf_facts *facts)
{
	static const enum spf_place order[] = { SPF_HERE, SPF_DOUBLED,
		SPF_OLD_TYPE, SPF_ELSEWHERE };

	for (size_t i = 0; i < COUNT(order); i++)
		for (size_t j = 0; j < facts->ntexts; j++)
			if (facts->texts[j].place == order[i])
				return order[i];
	return SPF_HERE;
}

static void
read_texts(struct repair *repair)
{
	const struct spf_facts *facts = repair->facts;
	enum spf_place place = best_place(facts);

	for (size_t i = 0; i < facts->ntexts; i++) {
		const struct spf_text *text = &facts->texts[i];
		struct str raw = text->found->text;

		if (text->place != place)
			continue;
		if (place != SPF_HERE && repair->wish.sources > 0)
			break;
		/* A record's terms as they stand, where they can be read. */
		spf_wish_add(repair->arena, &repair->wish,
		    facts->target->domain,
		    text->clean.slip == SPF_SLIP_NONE
			? str_slice(raw, strlen("v=spf1"), raw.len)
			: text->clean.terms);
	}
	spf_wish_settle(repair->arena, &repair->wish);
}

static enum status
walk(struct repair *repair)
{
	const char *text = spf_wish_print(repair->arena, &repair->wish);

	spf_parse(repair->arena, str_of(text), &repair->record);
	return spf_cost(repair->run, repair->facts->target->domain,
	    &repair->record, &repair->cost);
}

/* The index of a node's term in the wish; list.n for its redirect. */
static size_t
index_of(const struct repair *repair, const struct spf_node *node)
{
	size_t i = (size_t)(node->term - repair->record.terms);

	return i < repair->wish.list.n ? i : repair->wish.list.n;
}

/* Puts networks (NULL: nothing) in the place of a node's term. */
static void
replace(struct repair *repair, const struct spf_node *node,
    const struct spf_terms *networks, enum spf_result all)
{
	struct spf_wish *wish = &repair->wish;
	size_t i = index_of(repair, node);

	if (i < wish->list.n) {
		spf_wish_replace(repair->arena, wish, i, networks);
		return;
	}
	spf_wish_drop_redirect(wish);
	if (all == SPF_RESULT_FAIL)
		wish->all = all;
	for (size_t k = 0; networks != NULL && k < networks->n; k++)
		spf_terms_add(repair->arena, &wish->list,
		    spf_print_term(repair->arena, &networks->terms[k]));
}

/* Does an evaluation that comes here end in an error, or let all pass? */
static bool
is_fatal(const struct spf_node *node)
{
	switch (node->trouble) {
	case SPF_TROUBLE_MISSING:
	case SPF_TROUBLE_MULTIPLE:
	case SPF_TROUBLE_SYNTAX:
	case SPF_TROUBLE_LOOP:
	case SPF_TROUBLE_TOO_MANY_MX:
		break;
	case SPF_FINE:
	case SPF_TROUBLE_VOID:
	case SPF_TROUBLE_DNS:
	case SPF_TROUBLE_DEPTH:
		if (spf_node_is_open(node))
			return true;
		for (node = node->below; node != NULL; node = node->next)
			if (is_fatal(node))
				return true;
		return false;
	}
	return true;
}

static bool
is_void_inside(const struct spf_node *node)
{
	return node->trouble != SPF_TROUBLE_VOID && node->voids > 0;
}

/* The first branch that must go; NULL: all can stay. */
static const struct spf_node *
dead_branch(const struct repair *repair)
{
	const struct spf_node *node;

	for (node = repair->cost.first; node != NULL; node = node->next)
		if (is_fatal(node) || node->trouble == SPF_TROUBLE_VOID)
			return node;
	if (repair->cost.voids <= SPF_MAX_VOIDS)
		return NULL;
	for (node = repair->cost.first; node != NULL; node = node->next)
		if (is_void_inside(node))
			return node;
	return NULL;
}

/* What still works of a dead branch stays, as addresses. */
static enum status
cut(struct repair *repair, const struct spf_node *node)
{
	struct spf_terms networks;
	enum spf_result all;
	bool flat;
	enum status status =
	    spf_flatten(repair->run, node, true, &networks, &all, &flat);

	if (status != OK)
		return status;
	/* It allowed nobody while it was an error, but may be mended. */
	if (!flat && repair->wish.all == SPF_RESULT_FAIL)
		repair->wish.all = SPF_RESULT_SOFTFAIL;
	replace(repair, node, flat ? &networks : NULL, all);
	return OK;
}

static size_t
text_length(struct repair *repair, const struct spf_terms *terms)
{
	size_t length = 0;

	for (size_t i = 0; i < terms->n; i++)
		length +=
		    1 + strlen(spf_print_term(repair->arena, &terms->terms[i]));
	return length;
}

/* Addresses of others change without notice; the own ones are known. */
static bool
is_foreign(const struct repair *repair, const struct spf_node *node)
{
	return !name_is_below(node->domain, repair->facts->target->domain);
}

/* A branch that could become addresses, and the price of that. */
struct offer {
	const struct spf_node *node;
	struct spf_terms networks;
	enum spf_result all;
	size_t octets; /* of text, for all lookups it frees */
};

/* Cheaper: fewer octets for each lookup that is freed. */
static bool
is_cheaper(const struct offer *a, const struct offer *b)
{
	return b->node == NULL ||
	    a->octets * b->node->lookups < b->octets * a->node->lookups;
}

static enum status
cheapest(struct repair *repair, struct offer *best)
{
	best->node = NULL;
	for (const struct spf_node *node = repair->cost.first; node != NULL;
	     node = node->next) {
		struct offer offer = { .node = node };
		bool flat;
		enum status status = spf_flatten(repair->run, node, false,
		    &offer.networks, &offer.all, &flat);

		if (status != OK)
			return status;
		offer.octets = text_length(repair, &offer.networks) +
		    (is_foreign(repair, node) ? FOREIGN_PRICE : 0);
		if (flat && is_cheaper(&offer, best))
			*best = offer;
	}
	return OK;
}

/*
 * Takes out what is dead, then turns branches into addresses until the limit
 * is kept.  *done is false when that cannot be reached.
 */
static enum status
fit(struct repair *repair, bool *done)
{
	*done = false;
	for (int round = 0; round < ROUNDS_MAX; round++) {
		struct offer best;
		const struct spf_node *dead;
		enum status status = walk(repair);

		if (status != OK)
			return status;
		dead = dead_branch(repair);
		if (dead != NULL) {
			status = cut(repair, dead);
			if (status != OK)
				return status;
			continue;
		}
		*done = repair->cost.lookups <= SPF_MAX_LOOKUPS;
		if (*done)
			return OK;
		status = cheapest(repair, &best);
		if (status != OK || best.node == NULL)
			return status;
		replace(repair, best.node, &best.networks, best.all);
	}
	return OK;
}

static bool
has_address(const struct answer *answer)
{
	return answer != NULL && answer->nrecords > 0;
}

/* Is there an MX host with an address, or perhaps one? */
static bool
mx_works(const struct spf_facts *facts)
{
	for (size_t i = 0; i < facts->nhosts; i++)
		if (has_address(facts->hosts[i]) ||
		    answer_is_trouble(facts->hosts[i]))
			return true;
	return false;
}

/* Who sends for a domain whose record names nobody. */
static enum status
seed(struct repair *repair)
{
	const struct spf_facts *facts = repair->facts;
	const char *domain = facts->target->domain;
	const char *service = spf_provider(repair->arena, facts->mx, domain);
	struct look look = { 0 };
	enum status status;

	if (service != NULL)
		spf_terms_add(repair->arena, &repair->wish.list, service);
	else if (mx_works(facts))
		spf_terms_add(repair->arena, &repair->wish.list, "mx");
	if (repair->wish.list.n > 0 || facts->nsenders > 0)
		return OK;
	look_for(repair->run, &look, domain, RR_A);
	look_for(repair->run, &look, domain, RR_AAAA);
	status = look_ask(repair->run, &look);
	if (status == OK &&
	    (has_address(look.answers[0]) || has_address(look.answers[1])))
		spf_terms_add(repair->arena, &repair->wish.list, "a");
	return status;
}

/* The result for one sending address if the text were published. */
static enum status
try(struct repair *repair, const char *text, struct ip ip,
    enum spf_result *result)
{
	struct run *run = repair->run;
	const struct target *target = repair->facts->target;
	struct record record = { .name = target->domain,
		.type = RR_TXT,
		.ttl = RECORD_TTL,
		.text = str_of(text) };
	struct spf_query query = { .ip = ip,
		.helo = target->helo == NULL ? target->domain : target->helo,
		.sender = arena_printf(
		    repair->arena, "postmaster@%s", target->domain) };
	struct resolver *live = run->dns;
	struct zone *plan = zone_from_records(&record, 1);
	struct spf_verdict verdict = { .result = SPF_RESULT_NONE };
	enum status status;

	run->dns = resolver_overlay(live, plan);
	status = spf_check_host(run, target->domain, &query, &verdict);
	resolver_free(run->dns);
	zone_free(plan);
	run->dns = live;
	*result = verdict.result;
	return status;
}

static const char *
term_for(struct repair *repair, struct ip ip)
{
	return arena_printf(repair->arena, "%s:%s",
	    ip.family == IP_V4 ? "ip4" : "ip6", ip_print(repair->arena, ip));
}

/* In front, where no term before it can say otherwise. */
static void
put_first(struct repair *repair, const char *text)
{
	struct spf_terms list = { .lost = repair->wish.list.lost };

	spf_terms_add(repair->arena, &list, text);
	for (size_t i = 0; i < repair->wish.list.n; i++)
		spf_terms_add(repair->arena, &list,
		    spf_print_term(repair->arena, &repair->wish.list.terms[i]));
	repair->wish.list = list;
}

/* Every sending address passes, or is put in by itself. */
static enum status
cover(struct repair *repair)
{
	const struct spf_facts *facts = repair->facts;

	for (size_t i = 0; i < facts->nsenders; i++) {
		struct ip ip = facts->senders[i];
		enum spf_result result;
		struct spf_wish before = repair->wish;
		enum status status = try(repair,
		    spf_wish_print(repair->arena, &repair->wish), ip, &result);

		if (status != OK)
			return status;
		if (result == SPF_RESULT_PASS || result == SPF_RESULT_TEMPERROR)
			continue;
		spf_terms_add(
		    repair->arena, &repair->wish.list, term_for(repair, ip));
		status = try(repair,
		    spf_wish_print(repair->arena, &repair->wish), ip, &result);
		if (status != OK)
			return status;
		if (result == SPF_RESULT_PASS)
			continue;
		repair->wish = before;
		put_first(repair, term_for(repair, ip));
	}
	return OK;
}

/* Is the record that receivers see this one already? */
static bool
is_published(struct repair *repair, const char *text)
{
	const struct spf_facts *facts = repair->facts;

	return facts->ntexts == 1 && facts->only != NULL &&
	    !facts->only->parsed.broken &&
	    strcmp(text, spf_print(repair->arena, &facts->only->parsed)) == 0;
}

static void
propose(struct repair *repair)
{
	const char *domain = repair->facts->target->domain;
	const char *text = spf_wish_print(repair->arena, &repair->wish);

	if (is_published(repair, text) || strlen(text) > TEXT_MAX)
		return;
	look_suggest(repair->run, repair->facts->out,
	    &(struct record){ .name = domain,
		.type = RR_TXT,
		.ttl = RECORD_TTL,
		.text = str_of(text) });
}

/* A domain that sends nothing says so; RFC 7505 section 4.2. */
static void
forbid(struct repair *repair)
{
	if (repair->facts->sends_nothing && !spf_wish_allows(&repair->wish))
		repair->wish.all = SPF_RESULT_FAIL;
}

enum status
spf_repair(const struct spf_facts *facts)
{
	struct repair *repair = arena_new_of(facts->run->arena, struct repair);
	enum status status;
	bool fits;

	if (facts->txt->nchain > 0)
		return OK; /* an alias has no records of its own */
	repair->facts = facts;
	repair->run = facts->run;
	repair->arena = facts->run->arena;
	read_texts(repair);
	status = fit(repair, &fits);
	if (status != OK || !fits)
		return status;
	if (!spf_wish_allows(&repair->wish) && !facts->sends_nothing) {
		if (answer_is_trouble(facts->mx))
			return OK; /* nothing is built on ignorance */
		status = seed(repair);
		if (status == OK)
			status = fit(repair, &fits);
		if (status != OK || !fits)
			return status;
	}
	status = cover(repair);
	if (status != OK)
		return status;
	forbid(repair);
	if (spf_wish_allows(&repair->wish) || facts->sends_nothing)
		propose(repair);
	return OK;
}
