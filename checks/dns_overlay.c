/*
 * A zone laid over another resolver, per name and type: what would DNS say if
 * these records were published?
 */
#include <stdlib.h>

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

/* Would the zone have answered had it been asked for this name? */
static bool
zone_answers(struct arena *arena, const struct zone *zone,
    const struct question *question)
{
	struct answer answer;

	return zone_answer(arena, zone, question, &answer);
}

/*
 * The answer of the base may go through a name the zone answers for: it ends
 * there, partial, and dns.c asks us for that name next.
 */
static void
cut_chain(struct arena *arena, const struct zone *zone, struct answer *out)
{
	for (size_t i = 0; i < out->nchain; i++) {
		const struct question next = { out->chain[i].host, out->type };

		if (out->chain[i].type != RR_CNAME ||
		    !zone_answers(arena, zone, &next))
			continue;
		*out = (struct answer){
			.name = out->name,
			.type = out->type,
			.outcome = DNS_NO_DATA,
			.rcode = 0,
			.chain = out->chain,
			.nchain = i + 1,
			.owner = next.name,
			.partial = true,
			.ttl = out->ttl,
			.authentic = out->authentic,
			.authoritative = out->authoritative,
			.server = out->server,
		};
		return;
	}
}

/*
 * What the base says where the zone has nothing of its own.  A name that only
 * the zone knows, or by what is below it, exists all the same (RFC 8020), and
 * a wildcard stands for a name that nobody knows (RFC 4592).
 */
static void
fill_from_base(struct arena *arena, const struct zone *zone,
    const struct question *question, const struct answer *base,
    struct answer *out)
{
	*out = *base;
	cut_chain(arena, zone, out);
	if (out->outcome != DNS_NO_NAME)
		return;
	if (out->nchain > 0 && zone_has(zone, out->owner)) {
		out->outcome = DNS_NO_DATA;
		out->rcode = 0;
	} else if (out->nchain == 0 &&
	    !zone_answer_wildcard(arena, zone, question, out, NULL)) {
		struct answer nothing;

		zone_answer_nothing(arena, zone, question, &nothing);
		if (nothing.outcome == DNS_NO_DATA)
			*out = nothing;
	}
}

static enum status
ask(struct resolver *resolver, struct run *run, struct arena *arena,
    const struct question *questions, size_t n, struct answer **out)
{
	struct overlay *overlay = (struct overlay *)resolver;
	const struct zone *zone = overlay->zone;
	const struct answer **below = arena_array(arena, n, sizeof(*below));
	struct question *rest = arena_array(arena, n, sizeof(*rest));
	size_t *place = arena_array(arena, n, sizeof(*place));
	enum status status;
	size_t nrest = 0;

	for (size_t i = 0; i < n; i++) {
		out[i] = arena_new_of(arena, struct answer);
		if (zone_answer(arena, zone, &questions[i], out[i]))
			continue;
		place[nrest] = i;
		rest[nrest++] = questions[i];
	}
	if (nrest == 0)
		return OK;
	status = resolver_ask(overlay->base, run, rest, nrest, below);
	if (status != OK)
		return status;
	for (size_t i = 0; i < nrest; i++)
		fill_from_base(arena, zone, &rest[i], below[i], out[place[i]]);
	return OK;
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
	overlay->resolver.end = end;
	overlay->base = base;
	overlay->zone = zone;
	resolver_init(&overlay->resolver);
	return &overlay->resolver;
}
