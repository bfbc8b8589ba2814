/*
 * The worst case of a record: every term that some client could reach, with
 * the questions of one record asked together.
 */
#include "spf_cost.h"

#include "base/printable.h"
#include "spf_eval.h"

#define TOTAL_MAX 60 /* terms walked; six times what receivers allow */
#define DEPTH_MAX 12 /* records inside of each other; two more than that */

/* Letters whose values are the client's; d and o are known (section 7.2). */
#define CLIENT_LETTERS "slipvhcrt"

struct walk {
	struct run *run;
	struct str root; /* the domain the walk began at: %{o} */
	unsigned int total; /* terms seen so far */
	bool unknown;
};

/* The record being walked, and those that led to it. */
struct place {
	struct walk *walk;
	const struct place *up;
	unsigned int depth;
	struct str domain; /* raw octets */
	const char *name;
};

/* A node with the name it asks for; NULL: it does not. */
struct stop {
	struct spf_node *node;
	struct str domain; /* raw octets */
	const char *name;
};

static bool
leads_on(const struct spf_term *term)
{
	return term->kind == SPF_INCLUDE || term->kind == SPF_REDIRECT;
}

static bool
is_loop(const struct place *place, const char *name)
{
	for (; place != NULL; place = place->up)
		if (place->name != NULL && name_equal(place->name, name))
			return true;
	return false;
}

static struct stop
make_stop(const struct place *place, const struct spf_term *term)
{
	struct walk *walk = place->walk;
	struct arena *arena = walk->run->arena;
	struct spf_macros macros = { .domain = place->domain,
		.sender_domain = walk->root };
	struct spf_node *node = arena_new_of(arena, struct spf_node);
	struct stop stop = { .node = node, .domain = place->domain };

	node->term = term;
	node->lookups = spf_macro_uses(term->domain, "p") ? 2 : 1;
	node->has_macro = term->kind == SPF_PTR ||
	    spf_macro_uses(term->domain, CLIENT_LETTERS);
	if (spf_macro_uses(term->domain, CLIENT_LETTERS))
		stop.domain = term->domain;
	else if (term->domain.len > 0)
		stop.domain = spf_macro_name(arena, term->domain, &macros);
	node->domain = printable(arena, stop.domain);

	if (++walk->total > TOTAL_MAX)
		node->trouble = SPF_TROUBLE_DEPTH;
	else if (!node->has_macro)
		stop.name = spf_name_to_ask(arena, stop.domain);
	if (!leads_on(term) || stop.name == NULL)
		return stop;
	if (is_loop(place, stop.name))
		node->trouble = SPF_TROUBLE_LOOP;
	else if (place->depth + 1 >= DEPTH_MAX)
		node->trouble = SPF_TROUBLE_DEPTH;
	if (node->trouble != SPF_FINE)
		stop.name = NULL;
	return stop;
}

/*
 * A stop for each term that asks DNS and can be reached: none behind "all",
 * redirect last, and only without "all" (section 5.1).
 */
static struct stop *
make_stops(
    const struct place *place, const struct spf_record *record, size_t *n)
{
	struct stop *stops = arena_array(
	    place->walk->run->arena, record->nterms, sizeof(*stops));
	const struct spf_term *redirect = NULL;
	bool has_all = false;

	*n = 0;
	for (size_t i = 0; i < record->nterms; i++) {
		const struct spf_term *term = &record->terms[i];

		if (term->kind == SPF_ALL)
			has_all = true;
		else if (term->kind == SPF_REDIRECT && redirect == NULL)
			redirect = term;
		else if (!has_all && term->kind != SPF_REDIRECT &&
		    spf_term_kinds[term->kind].asks_dns)
			stops[(*n)++] = make_stop(place, term);
	}
	if (redirect != NULL && !has_all)
		stops[(*n)++] = make_stop(place, redirect);
	return stops;
}

static enum rr_type
type_of(const struct spf_term *term)
{
	if (leads_on(term))
		return RR_TXT;
	return term->kind == SPF_MX ? RR_MX : RR_A;
}

/* Asks for all stops together; an "a" has a second question. */
static enum status
ask(const struct place *place, struct stop *stops, size_t n)
{
	struct run *run = place->walk->run;
	struct question *questions =
	    arena_array(run->arena, 2 * n, sizeof(*questions));
	const struct answer **answers =
	    arena_array(run->arena, 2 * n, sizeof(*answers));
	size_t k = 0;
	enum status status;

	for (size_t i = 0; i < n; i++) {
		const struct spf_term *term = stops[i].node->term;

		if (stops[i].name == NULL)
			continue;
		questions[k++] =
		    (struct question){ stops[i].name, type_of(term) };
		if (term->kind == SPF_A)
			questions[k++] =
			    (struct question){ stops[i].name, RR_AAAA };
	}
	status = k > 0 ? dns_ask_many(run, questions, k, answers) : OK;
	if (status != OK)
		return status;
	k = 0;
	for (size_t i = 0; i < n; i++) {
		if (stops[i].name == NULL)
			continue;
		stops[i].node->answer = answers[k++];
		if (stops[i].node->term->kind == SPF_A)
			stops[i].node->answer6 = answers[k++];
	}
	return OK;
}

static bool
failed(const struct answer *answer)
{
	return answer != NULL &&
	    (answer->outcome == DNS_BROKEN || answer->outcome == DNS_SILENT);
}

static bool
found_none(const struct answer *answer)
{
	return answer == NULL || answer->outcome == DNS_NO_DATA ||
	    answer->outcome == DNS_NO_NAME;
}

/*
 * What is wrong with the term's own question.  An "a" whose host has addresses
 * of one family is void for clients of the other; that is not counted, as the
 * client would not match anyway.
 */
static void
judge_answers(struct walk *walk, struct spf_node *node)
{
	if (node->answer == NULL)
		return;
	if (failed(node->answer) || failed(node->answer6)) {
		node->trouble = SPF_TROUBLE_DNS;
		walk->unknown = true;
	} else if (found_none(node->answer) && found_none(node->answer6)) {
		node->trouble = SPF_TROUBLE_VOID;
		node->voids = 1;
	} else if (node->term->kind == SPF_MX &&
	    node->answer->nrecords > SPF_MAX_MX) {
		node->trouble = SPF_TROUBLE_TOO_MANY_MX;
	}
}

/* The record an include or redirect leads to; NULL: there is no usable one. */
static const struct spf_record *
find_record(struct walk *walk, const struct stop *stop)
{
	struct arena *arena = walk->run->arena;
	struct spf_node *node = stop->node;
	struct spf_record *record;
	struct str text;
	size_t n;

	if (node->trouble != SPF_FINE && node->trouble != SPF_TROUBLE_VOID)
		return NULL;
	if (node->has_macro)
		return NULL;
	n = node->answer == NULL || !spf_domain_is_valid(arena, stop->domain)
	    ? 0
	    : spf_select(node->answer, &text);
	if (n != 1) {
		node->trouble =
		    n == 0 ? SPF_TROUBLE_MISSING : SPF_TROUBLE_MULTIPLE;
		return NULL;
	}
	record = arena_new_of(arena, struct spf_record);
	spf_parse(arena, text, record);
	node->record = record;
	node->record_text = printable(arena, text);
	if (record->broken)
		node->trouble = SPF_TROUBLE_SYNTAX;
	return record->broken ? NULL : record;
}

/* Recursion: DEPTH_MAX, see make_stop(). */
static enum status
walk_record(const struct place *place, const struct spf_record *record,
    struct spf_node **out)
{
	struct walk *walk = place->walk;
	size_t n;
	struct stop *stops = make_stops(place, record, &n);
	enum status status = ask(place, stops, n);

	for (size_t i = 0; i < n && status == OK; i++) {
		struct spf_node *node = stops[i].node;
		const struct spf_record *below = NULL;
		struct place there = {
			.walk = walk,
			.up = place,
			.depth = place->depth + 1,
			.domain = stops[i].domain,
			.name = stops[i].name,
		};

		*out = node;
		out = &node->next;
		judge_answers(walk, node);
		if (leads_on(node->term))
			below = find_record(walk, &stops[i]);
		if (below != NULL && walk->total > TOTAL_MAX)
			node->trouble = SPF_TROUBLE_DEPTH;
		else if (below != NULL)
			status = walk_record(&there, below, &node->below);
		for (struct spf_node *b = node->below; b != NULL; b = b->next) {
			node->lookups += b->lookups;
			node->voids += b->voids;
		}
	}
	return status;
}

enum status
spf_cost(struct run *run, const char *domain, const struct spf_record *record,
    struct spf_cost *out)
{
	struct walk walk = { .run = run, .root = str_of(domain) };
	struct place place = {
		.walk = &walk,
		.domain = walk.root,
		.name = spf_name_to_ask(run->arena, walk.root),
	};
	struct spf_cost cost = { .first = NULL };
	enum status status = walk_record(&place, record, &cost.first);

	if (status != OK)
		return status;
	for (struct spf_node *node = cost.first; node != NULL;
	     node = node->next) {
		cost.lookups += node->lookups;
		cost.voids += node->voids;
	}
	cost.unknown = walk.unknown;
	*out = cost;
	return OK;
}
