/*
 * A zone laid over another resolver, per name and type: what would DNS say if
 * these records were published?
 */
#include <stdlib.h>
#include <string.h>

#include "resolver.h"
#include "zone_answer.h"

struct overlay {
	struct resolver resolver;
	struct resolver *base; /* borrowed */
	const struct zone *zone; /* borrowed */
};

static bool
zone_has(const struct zone *zone, const char *name)
{
	struct zone_key key;

	return zone_key_of(name, &key) && zone_has_name(zone, &key);
}

/* Ends an answer after `nchain` of its aliases: dns.c asks on from there. */
static void
cut(struct answer *out, size_t nchain)
{
	const struct answer whole = *out;

	*out = (struct answer){
		.name = whole.name,
		.type = whole.type,
		.outcome = DNS_NO_DATA,
		.chain = whole.chain,
		.nchain = nchain,
		.owner = whole.chain[nchain - 1].host,
		.partial = true,
		.ttl = whole.ttl,
		.authentic = whole.authentic,
		.authoritative = whole.authoritative,
		.server = whole.server,
	};
}

/*
 * The answer of the base may go through a name the zone answers for, or end at
 * one that only the zone knows: it is cut there, and we are asked for that name
 * next.
 */
static void
cut_chain(struct arena *arena, const struct zone *zone, struct answer *out)
{
	struct answer ours;

	for (size_t i = 0; i < out->nchain; i++) {
		const struct question next = { out->chain[i].host, out->type };
		bool last = i + 1 == out->nchain;

		if (out->chain[i].type != RR_CNAME)
			continue;
		if (zone_answer(arena, zone, &next, &ours) ||
		    (last && out->outcome == DNS_NO_NAME &&
			(zone_has(zone, next.name) ||
			    zone_answer_wildcard(
				arena, zone, &next, &ours, NULL)))) {
			cut(out, i + 1);
			return;
		}
	}
}

/*
 * A name nobody has, but for a wildcard of the zone: unless the base knows a
 * name between, which is then the closest encloser (RFC 4592 section 3.3.1).
 */
static enum status
has_closer_encloser(struct overlay *overlay, struct run *run,
    const struct question *question, const char *wildcard, bool *closer)
{
	size_t above = name_labels(wildcard) - 1;
	size_t n = name_labels(question->name) - above - 1;
	struct question *questions =
	    arena_array(run->arena, n, sizeof(*questions));
	const struct answer **answers =
	    arena_array(run->arena, n, sizeof(*answers));
	const char *name = question->name;
	enum status status = OK;

	for (size_t i = 0; i < n; i++) {
		name = name_parent(name);
		questions[i] = (struct question){ name, question->type };
	}
	*closer = false;
	if (n > 0)
		status =
		    resolver_ask(overlay->base, run, questions, n, answers);
	for (size_t i = 0; i < n && status == OK; i++)
		*closer |= answers[i]->outcome == DNS_FOUND ||
		    answers[i]->outcome == DNS_NO_DATA;
	return status;
}

/* Do both say the same, whatever their names? */
static bool
same_values(const struct answer *a, const struct answer *b)
{
	if (a->outcome != b->outcome || a->nrecords != b->nrecords ||
	    a->nchain != b->nchain)
		return false;
	if (a->nchain > 0)
		return name_equal(a->chain[0].host, b->chain[0].host);
	for (size_t i = 0; i < a->nrecords; i++) {
		struct record record = a->records[i];
		bool found = false;

		for (size_t j = 0; j < b->nrecords && !found; j++) {
			record.name = b->records[j].name;
			found = record_equal(&record, &b->records[j]);
		}
		if (!found)
			return false;
	}
	return true;
}

/*
 * Did the base answer from a wildcard of its own which the zone's replaces or
 * comes closer than?  It says the same, then, when asked for that wildcard.
 */
static enum status
is_lesser_wildcard(struct overlay *overlay, struct run *run,
    const struct answer *base, const char *wildcard, bool *lesser)
{
	size_t labels = name_labels(wildcard);
	size_t n = labels > 3 ? labels - 2 : 1; /* not *.org, nor * */
	struct question *questions =
	    arena_array(run->arena, n, sizeof(*questions));
	const struct answer **answers =
	    arena_array(run->arena, n, sizeof(*answers));
	const char *above = wildcard;
	enum status status;

	for (size_t i = 0; i < n; i++) {
		above = name_parent(above);
		questions[i].type = base->type;
		questions[i].name = strcmp(above, ".") == 0
		    ? "\\042"
		    : arena_printf(run->arena, "\\042.%s", above);
	}
	*lesser = false;
	status = resolver_ask(overlay->base, run, questions, n, answers);
	for (size_t i = 0; i < n && status == OK; i++)
		*lesser |= same_values(base, answers[i]);
	return status;
}

/* Takes a wildcard of the zone where the base has nothing closer. */
static enum status
try_wildcard(struct overlay *overlay, struct run *run, struct arena *arena,
    const struct answer *base, struct answer *out)
{
	const struct question question = { base->name, base->type };
	struct answer ours;
	const char *wildcard;
	enum status status = OK;
	bool closer = true, lesser = false;

	if (!zone_answer_wildcard(
		arena, overlay->zone, &question, &ours, &wildcard))
		return OK;
	if (base->outcome == DNS_NO_NAME && base->nchain == 0) {
		status = has_closer_encloser(
		    overlay, run, &question, wildcard, &closer);
	} else if (ours.outcome == DNS_FOUND || ours.nchain > 0) {
		status =
		    is_lesser_wildcard(overlay, run, base, wildcard, &lesser);
	}
	if (status == OK && (!closer || lesser))
		*out = ours;
	return status;
}

/*
 * What the base says where the zone has nothing of its own.  A name that the
 * zone knows exists, also if only by a name below it (RFC 8020).
 */
static enum status
fill_from_base(struct overlay *overlay, struct run *run, struct arena *arena,
    const struct answer *base, struct answer *out)
{
	const struct question question = { base->name, base->type };
	bool answered = base->outcome == DNS_FOUND || base->nchain > 0;

	*out = *base;
	cut_chain(arena, overlay->zone, out);
	if (base->outcome == DNS_NO_NAME && base->nchain == 0 &&
	    zone_has(overlay->zone, base->name)) {
		zone_answer_nothing(arena, overlay->zone, &question, out);
		return OK;
	}
	if (answered || base->outcome == DNS_NO_NAME)
		return try_wildcard(overlay, run, arena, base, out);
	return OK;
}

/* The questions that the zone leaves to the base; the rest is answered. */
static size_t
sort_out(struct overlay *overlay, struct arena *arena,
    const struct question *questions, size_t n, struct answer **out,
    struct question *rest, size_t *place)
{
	size_t nrest = 0;

	for (size_t i = 0; i < n; i++) {
		out[i] = arena_new_of(arena, struct answer);
		if (zone_answer(arena, overlay->zone, &questions[i], out[i]))
			continue;
		place[nrest] = i;
		rest[nrest++] = questions[i];
	}
	return nrest;
}

static enum status
ask(struct resolver *resolver, struct run *run, struct arena *arena,
    const struct question *questions, size_t n, struct answer **out)
{
	struct overlay *overlay = (struct overlay *)resolver;
	const struct answer **below =
	    arena_array(run->arena, n, sizeof(*below));
	struct question *rest = arena_array(run->arena, n, sizeof(*rest));
	size_t *place = arena_array(run->arena, n, sizeof(*place));
	size_t nrest = sort_out(overlay, arena, questions, n, out, rest, place);
	enum status status = OK;

	if (nrest > 0)
		status = resolver_ask(overlay->base, run, rest, nrest, below);
	for (size_t i = 0; i < nrest && status == OK; i++)
		status = fill_from_base(
		    overlay, run, arena, below[i], out[place[i]]);
	return status;
}

static void
ahead(struct resolver *resolver, struct run *run,
    const struct question *questions, size_t n)
{
	struct overlay *overlay = (struct overlay *)resolver;
	struct answer **out = arena_array(run->arena, n, sizeof(*out));
	struct question *rest = arena_array(run->arena, n, sizeof(*rest));
	size_t *place = arena_array(run->arena, n, sizeof(*place));
	size_t nrest =
	    sort_out(overlay, run->arena, questions, n, out, rest, place);

	if (nrest > 0 && overlay->base->ahead != NULL)
		overlay->base->ahead(overlay->base, run, rest, nrest);
}

static void
end(struct resolver *resolver)
{
	free(resolver);
}

struct resolver *
resolver_overlay(struct resolver *base, const struct zone *zone)
{
	struct overlay *overlay = calloc(1, sizeof(*overlay));

	if (overlay == NULL)
		out_of_memory();
	overlay->resolver.ask = ask;
	overlay->resolver.ahead = ahead;
	overlay->resolver.end = end;
	overlay->base = base;
	overlay->zone = zone;
	resolver_init(&overlay->resolver);
	return &overlay->resolver;
}
