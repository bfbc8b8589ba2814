/* Terms that ask DNS, as the networks they stand for now. */
#include "spf_flatten.h"

#include "look.h"

#define FLAT_MAX 128 /* networks one term may become */
#define FLAT_MX	 30 /* hosts of one "mx" that are looked at */

struct flat {
	struct run *run;
	struct spf_terms *out;
	bool patient;
	bool failed;
	enum status status;
};

static void flatten_node(struct flat *, const struct spf_node *,
    const struct spf_term *, enum spf_result *all);

/* Is network `a` a part of network `b`? */
static bool
is_inside(const struct spf_term *a, const struct spf_term *b)
{
	unsigned int inner = a->kind == SPF_IP4 ? a->bits4 : a->bits6;
	unsigned int outer = b->kind == SPF_IP4 ? b->bits4 : b->bits6;

	return a->kind == b->kind && inner >= outer &&
	    ip_in_network(a->ip, b->ip, outer);
}

static void
add_network(struct flat *flat, struct ip ip, unsigned int bits)
{
	struct spf_terms *out = flat->out;
	struct spf_term term = {
		.kind = ip.family == IP_V4 ? SPF_IP4 : SPF_IP6,
		.qualifier = SPF_RESULT_PASS,
		.ip = ip_network(ip, bits),
		.bits4 = ip.family == IP_V4 ? (uint8_t)bits : 32,
		.bits6 = ip.family == IP_V6 ? (uint8_t)bits : 128,
	};

	for (size_t i = 0; i < out->n; i++)
		if (is_inside(&term, &out->terms[i]))
			return;
	if (out->n == FLAT_MAX) {
		flat->failed = true;
		return;
	}
	out->terms = arena_grow(
	    flat->run->arena, out->terms, out->n, sizeof(*out->terms));
	term.text = str_of(spf_print_term(flat->run->arena, &term));
	out->terms[out->n++] = term;
}

static void
add_addresses(
    struct flat *flat, const struct answer *answer, const struct spf_term *term)
{
	if (answer == NULL)
		return;
	if (answer_is_trouble(answer))
		flat->failed = true;
	for (size_t i = 0; i < answer->nrecords; i++)
		add_network(flat, answer->records[i].ip,
		    answer->type == RR_A ? term->bits4 : term->bits6);
}

static void
flatten_mx(
    struct flat *flat, const struct spf_node *node, const struct spf_term *term)
{
	struct look look = { 0 };

	if (node->answer->nrecords > FLAT_MX) {
		flat->failed = true;
		return;
	}
	for (size_t i = 0; i < node->answer->nrecords; i++) {
		const char *host = node->answer->records[i].mx.host;

		look_for(flat->run, &look, host, RR_A);
		look_for(flat->run, &look, host, RR_AAAA);
	}
	flat->status = look_ask(flat->run, &look);
	for (size_t i = 0; i < look.n && flat->status == OK; i++)
		add_addresses(flat, look.answers[i], term);
}

/* Broken for every receiver: it allows nobody, and may be left out. */
static bool
is_dead(const struct spf_node *node)
{
	switch (node->trouble) {
	case SPF_TROUBLE_MISSING:
	case SPF_TROUBLE_MULTIPLE:
	case SPF_TROUBLE_LOOP:
	case SPF_TROUBLE_VOID:
		return true;
	default:
		return false;
	}
}

/* The node of a term that asks DNS: they stand in the same order. */
static const struct spf_node *
node_of(const struct spf_node *node, const struct spf_term *term)
{
	while (node != NULL && node->term != term)
		node = node->next;
	return node;
}

static void
flatten_term(struct flat *flat, const struct spf_node *below,
    const struct spf_term *term)
{
	enum spf_result ignored = SPF_RESULT_NONE;

	if (term->kind == SPF_BROKEN) {
		flat->failed = flat->failed || !flat->patient;
		return;
	}
	if (term->qualifier != SPF_RESULT_PASS)
		flat->failed = true; /* somebody is taken out */
	else if (term->kind == SPF_IP4)
		add_network(flat, term->ip, term->bits4);
	else if (term->kind == SPF_IP6)
		add_network(flat, term->ip, term->bits6);
	else
		flatten_node(flat, node_of(below, term), term, &ignored);
}

/* The terms of an include or redirect target, up to its `all`. */
static void
flatten_record(
    struct flat *flat, const struct spf_node *node, enum spf_result *all)
{
	const struct spf_term *redirect = NULL;

	for (size_t i = 0; i < node->record->nterms && !flat->failed; i++) {
		const struct spf_term *term = &node->record->terms[i];

		if (term->kind == SPF_ALL) {
			*all = term->qualifier;
			if (*all == SPF_RESULT_PASS && !flat->patient)
				flat->failed = true;
			return;
		}
		if (term->kind == SPF_REDIRECT)
			redirect = term;
		else if (term->kind < SPF_REDIRECT || term->kind == SPF_BROKEN)
			flatten_term(flat, node->below, term);
	}
	if (redirect != NULL && !flat->failed)
		flatten_node(
		    flat, node_of(node->below, redirect), redirect, all);
}

/* Is it known whom the term allows, whoever the client is? */
static bool
can_flatten(const struct spf_node *node)
{
	if (node->has_macro || node->trouble == SPF_TROUBLE_DNS ||
	    node->trouble == SPF_TROUBLE_DEPTH)
		return false;
	switch (node->term->kind) {
	case SPF_A:
		return true;
	case SPF_MX:
		return node->answer != NULL;
	case SPF_INCLUDE:
	case SPF_REDIRECT:
		return node->record != NULL;
	default:
		return false;
	}
}

/* Recursion: as deep as the tree of spf_cost(), which has a limit. */
static void
flatten_node(struct flat *flat, const struct spf_node *node,
    const struct spf_term *term, enum spf_result *all)
{
	if (flat->failed || flat->status != OK)
		return;
	if (node == NULL) { /* behind a record that could not be walked */
		flat->failed = !flat->patient;
		return;
	}
	if (is_dead(node)) {
		flat->failed =
		    !flat->patient && node->trouble != SPF_TROUBLE_VOID;
		return;
	}
	if (!can_flatten(node)) {
		flat->failed = true;
	} else if (term->kind == SPF_A) {
		add_addresses(flat, node->answer, term);
		add_addresses(flat, node->answer6, term);
	} else if (term->kind == SPF_MX) {
		flatten_mx(flat, node, term);
	} else {
		flatten_record(flat, node, all);
	}
}

enum status
spf_flatten(struct run *run, const struct spf_node *node, bool patient,
    struct spf_terms *out, enum spf_result *all, bool *flat)
{
	struct flat state = { .run = run, .out = out, .patient = patient };

	*out = (struct spf_terms){ 0 };
	*all = SPF_RESULT_NONE;
	if (node->term->qualifier != SPF_RESULT_PASS)
		state.failed = true;
	else
		flatten_node(&state, node, node->term, all);
	*flat = !state.failed;
	return state.status;
}
