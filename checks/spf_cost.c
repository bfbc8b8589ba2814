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

struct stop;

/* A record being walked, and those that led to it. */
struct place {
	struct walk *walk;
	const struct place *up;
	unsigned int depth;
	struct str domain; /* raw octets */
	const char *name;
	struct spf_node *first; /* of its nodes */
	struct stop *stops; /* one a node */
	size_t nstops;
	struct question *questions; /* of all stops, in their order */
	size_t nquestions;
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

static void
add_stop(struct place *place, const struct spf_term *term)
{
	struct stop *stop = &place->stops[place->nstops++];

	*stop = make_stop(place, term);
	if (place->nstops == 1)
		place->first = stop->node;
	else
		stop[-1].node->next = stop->node;
}

/*
 * A stop for each term that asks DNS and can be reached: none behind "all",
 * redirect last, and only without "all" (section 5.1).
 */
static void
add_stops(struct place *place, const struct spf_record *record)
{
	const struct spf_term *redirect = NULL;
	bool has_all = false;

	place->stops = arena_array(
	    place->walk->run->arena, record->nterms, sizeof(*place->stops));
	for (size_t i = 0; i < record->nterms; i++) {
		const struct spf_term *term = &record->terms[i];

		if (term->kind == SPF_ALL)
			has_all = true;
		else if (term->kind == SPF_REDIRECT && redirect == NULL)
			redirect = term;
		else if (!has_all && term->kind != SPF_REDIRECT &&
		    spf_term_kinds[term->kind].asks_dns)
			add_stop(place, term);
	}
	if (redirect != NULL && !has_all)
		add_stop(place, redirect);
}

static enum rr_type
type_of(const struct spf_term *term)
{
	if (leads_on(term))
		return RR_TXT;
	return term->kind == SPF_MX ? RR_MX : RR_A;
}

/* The questions of all stops; an "a" has a second one. */
static void
add_questions(struct place *place)
{
	struct question *next = arena_array(
	    place->walk->run->arena, 2 * place->nstops, sizeof(*next));

	place->questions = next;
	for (size_t i = 0; i < place->nstops; i++) {
		const struct stop *stop = &place->stops[i];
		const struct spf_term *term = stop->node->term;

		if (stop->name == NULL)
			continue;
		*next++ = (struct question){ stop->name, type_of(term) };
		if (term->kind == SPF_A)
			*next++ = (struct question){ stop->name, RR_AAAA };
	}
	place->nquestions = (size_t)(next - place->questions);
}

/* Gets ready for a record: its questions leave, and nobody waits yet. */
static void
enter(struct place *place, const struct spf_record *record)
{
	add_stops(place, record);
	add_questions(place);
	dns_ask_ahead(place->walk->run, place->questions, place->nquestions);
}

static enum status
ask(struct place *place)
{
	struct run *run = place->walk->run;
	const struct answer **answers =
	    arena_array(run->arena, place->nquestions, sizeof(*answers));
	size_t k = 0;

	if (place->nquestions > 0 &&
	    dns_ask_many(run, place->questions, place->nquestions, answers) !=
		OK)
		return E_CANCELLED;
	for (size_t i = 0; i < place->nstops; i++) {
		struct stop *stop = &place->stops[i];

		if (stop->name == NULL)
			continue;
		stop->node->answer = answers[k++];
		if (stop->node->term->kind == SPF_A)
			stop->node->answer6 = answers[k++];
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

/* The record behind a stop, entered; NULL when it is not walked. */
static struct place *
enter_below(const struct place *place, const struct stop *stop)
{
	struct walk *walk = place->walk;
	const struct spf_record *record = find_record(walk, stop);
	struct place *below;

	if (record == NULL)
		return NULL;
	if (walk->total > TOTAL_MAX) {
		stop->node->trouble = SPF_TROUBLE_DEPTH;
		return NULL;
	}
	below = arena_new_of(walk->run->arena, struct place);
	*below = (struct place){
		.walk = walk,
		.up = place,
		.depth = place->depth + 1,
		.domain = stop->domain,
		.name = stop->name,
	};
	enter(below, record);
	return below;
}

/*
 * Waits for the answers of a record that was entered, then walks what is below
 * it, entered all together.  Recursion: DEPTH_MAX, see make_stop().
 */
static enum status
walk_record(struct place *place)
{
	struct place **below = arena_array(
	    place->walk->run->arena, place->nstops, sizeof(struct place *));
	enum status status = ask(place);

	for (size_t i = 0; i < place->nstops && status == OK; i++) {
		judge_answers(place->walk, place->stops[i].node);
		if (leads_on(place->stops[i].node->term))
			below[i] = enter_below(place, &place->stops[i]);
	}
	for (size_t i = 0; i < place->nstops && status == OK; i++) {
		struct spf_node *node = place->stops[i].node;

		if (below[i] == NULL)
			continue;
		status = walk_record(below[i]);
		node->below = below[i]->first;
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

	enter(&place, record);
	if (walk_record(&place) != OK)
		return E_CANCELLED;
	cost.first = place.first;
	for (struct spf_node *b = cost.first; b != NULL; b = b->next) {
		cost.lookups += b->lookups;
		cost.voids += b->voids;
	}
	cost.unknown = walk.unknown;
	*out = cost;
	return OK;
}
