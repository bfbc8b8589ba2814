/* What a zone has to say to a question. */
#include "zone_answer.h"

#include <string.h>

#include "base/i18n.h"
#include "dns_chain.h"

/* An answer that is still empty. */
static struct answer
begin(struct arena *arena, const struct zone *zone,
    const struct question *question)
{
	const char *name = arena_strdup(arena, question->name);

	return (struct answer){
		.name = name,
		.owner = name,
		.type = question->type,
		.authoritative = true,
		.server = zone->label,
	};
}

/* Records of a set become the answer, at the name that was asked for. */
static void
answer_with_records(struct arena *arena, struct zone_slice set, bool wildcard,
    struct answer *out)
{
	out->outcome = DNS_FOUND;
	out->records = arena_array(arena, set.n, sizeof(*out->records));
	out->nrecords = set.n;
	out->ttl = UINT32_MAX;
	for (size_t i = 0; i < set.n; i++) {
		struct record *record = &out->records[i];

		*record = set.entries[i].record;
		if (wildcard)
			record->name = out->name;
		if (record->ttl < out->ttl)
			out->ttl = record->ttl;
	}
}

/* One CNAME, in the name of the one asked for: dns.c follows it. */
static void
answer_with_cname(struct arena *arena, struct record cname, struct answer *out)
{
	cname.name = out->name;
	out->outcome = DNS_NO_DATA;
	out->chain =
	    arena_grow(arena, out->chain, out->nchain, sizeof(*out->chain));
	out->chain[out->nchain++] = cname;
	out->owner = cname.host;
	out->partial = true;
	out->ttl = cname.ttl;
}

/*
 * RFC 6672 section 3.2: the DNAME, and the CNAME it makes, which answers a
 * question for CNAME and else leads on.
 */
static void
answer_with_dname(
    struct arena *arena, const struct record *dname, struct answer *out)
{
	struct record cname;
	struct zone_entry made = { 0 };

	if (!dns_chain_synthesise(arena, dname, out->name, &cname)) {
		out->outcome = DNS_BROKEN;
		out->why = _("a DNAME makes too long a name");
		return;
	}
	if (out->type == RR_CNAME) {
		made.record = cname;
		answer_with_records(
		    arena, (struct zone_slice){ &made, 1 }, false, out);
		return;
	}
	out->chain = arena_grow(arena, NULL, 0, sizeof(*out->chain));
	out->chain[out->nchain++] = *dname;
	answer_with_cname(arena, cname, out);
}

/* The set of this key, or the CNAME that stands in for all types. */
static bool
answer_at(struct arena *arena, const struct zone *zone,
    const struct zone_key *key, bool wildcard, struct answer *out)
{
	struct zone_slice cname = zone_find(zone, key, RR_CNAME);
	struct zone_slice set = zone_find(zone, key, out->type);

	if (cname.n > 0 && out->type != RR_CNAME)
		answer_with_cname(arena, cname.entries[0].record, out);
	else if (set.n > 0)
		answer_with_records(arena, set, wildcard, out);
	else
		return false;
	return true;
}

/* The DNAME closest to the root that is strictly above the name. */
static const struct record *
find_dname(const struct zone *zone, struct zone_key key)
{
	const struct record *found = NULL;

	while (zone_key_parent(&key)) {
		struct zone_slice set = zone_find(zone, &key, RR_DNAME);

		if (set.n > 0)
			found = &set.entries[0].record;
	}
	return found;
}

bool
zone_answer(struct arena *arena, const struct zone *zone,
    const struct question *question, struct answer *out)
{
	struct answer answer = begin(arena, zone, question);
	const struct record *dname;
	struct zone_key key;

	if (!zone_key_of(question->name, &key))
		return false;
	dname = find_dname(zone, key);
	if (dname != NULL)
		answer_with_dname(arena, dname, &answer);
	else if (!answer_at(arena, zone, &key, false, &answer))
		return false;
	*out = answer;
	return true;
}

/*
 * RFC 4592 section 3.3.1: the wildcard is the child "*" of the closest
 * encloser, the longest ancestor that exists.  False when there is none.
 */
static bool
find_wildcard(const struct zone *zone, struct zone_key *key)
{
	if (zone_has_name(zone, key))
		return false;
	do
		if (!zone_key_parent(key))
			return false;
	while (!zone_has_name(zone, key));
	if (key->len + 2 > sizeof(key->octets))
		return false;
	key->octets[key->len++] = 1;
	key->octets[key->len++] = '*';
	return zone_has_name(zone, key);
}

/* "*.example.org" for a.b.example.org and a wildcard of three labels. */
static const char *
wildcard_name(struct arena *arena, const char *name, const struct zone_key *key)
{
	size_t labels = 0;

	for (size_t at = 0; at < key->len; at += (size_t)key->octets[at] + 1)
		labels++;
	for (size_t n = name_labels(name); n >= labels; n--)
		name = name_parent(name);
	if (strcmp(name, ".") == 0)
		return "\\042";
	return arena_printf(arena, "\\042.%s", name);
}

static uint32_t
negative_ttl(const struct zone *zone, struct zone_key key)
{
	do {
		struct zone_slice set = zone_find(zone, &key, RR_SOA);

		if (set.n > 0) {
			const struct record *soa = &set.entries[0].record;

			return soa->ttl < soa->soa.minimum ? soa->ttl
							   : soa->soa.minimum;
		}
	} while (zone_key_parent(&key));
	return RECORD_TTL;
}

bool
zone_answer_wildcard(struct arena *arena, const struct zone *zone,
    const struct question *question, struct answer *out, const char **wildcard)
{
	struct answer answer = begin(arena, zone, question);
	struct zone_key key;

	if (!zone_key_of(question->name, &key) || !find_wildcard(zone, &key))
		return false;
	if (!answer_at(arena, zone, &key, true, &answer)) {
		answer.outcome = DNS_NO_DATA;
		answer.ttl = negative_ttl(zone, key);
	}
	*out = answer;
	if (wildcard != NULL)
		*wildcard = wildcard_name(arena, question->name, &key);
	return true;
}

void
zone_answer_nothing(struct arena *arena, const struct zone *zone,
    const struct question *question, struct answer *out)
{
	struct zone_key key;

	*out = begin(arena, zone, question);
	out->outcome = DNS_NO_NAME;
	out->rcode = 3; /* NXDOMAIN; RFC 1035 section 4.1.1 */
	if (!zone_key_of(question->name, &key))
		return;
	if (zone_has_name(zone, &key)) {
		out->outcome = DNS_NO_DATA;
		out->rcode = 0;
	}
	out->ttl = negative_ttl(zone, key);
}
