/* From the records of an answer to what they mean. */
#include "dns_chain.h"

#include <string.h>

#include "base/i18n.h"

/* Where following the chain stands. */
struct walk {
	struct arena *arena;
	const struct found *found;
	struct answer *out;
};

static const struct record *
find(const struct found *found, enum rr_type type, const char *name)
{
	for (size_t i = 0; i < found->nanswers; i++)
		if (found->answers[i].type == type &&
		    name_equal(found->answers[i].name, name))
			return &found->answers[i];
	return NULL;
}

/* The DNAME of a name strictly above; RFC 6672 section 2.3. */
static const struct record *
find_dname(const struct found *found, const char *name)
{
	for (size_t i = 0; i < found->nanswers; i++)
		if (found->answers[i].type == RR_DNAME &&
		    !name_equal(found->answers[i].name, name) &&
		    name_is_below(name, found->answers[i].name))
			return &found->answers[i];
	return NULL;
}

bool
dns_chain_synthesise(struct arena *arena, const struct record *dname,
    const char *name, struct record *out)
{
	size_t labels = name_labels(name) - name_labels(dname->name);
	const char *rest = name;
	const char *target;

	for (; labels > 0; labels--)
		rest = name_parent(rest);
	/* `rest` is the owner of the DNAME; before it stands a dot. */
	target = strcmp(rest, ".") == 0
	    ? name
	    : arena_memdup(arena, name, (size_t)(rest - name) - 1);
	if (strcmp(dname->host, ".") != 0)
		target = arena_printf(arena, "%s.%s", target, dname->host);
	*out = (struct record){
		.name = name,
		.type = RR_CNAME,
		.ttl = dname->ttl,
		.host = target,
	};
	return name_is_valid(target);
}

static bool
is_twice(const struct answer *out, const struct record *record)
{
	if (record->type == RR_TXT)
		return false;
	for (size_t i = 0; i < out->nrecords; i++)
		if (record_equal(&out->records[i], record))
			return true;
	return false;
}

static void
add_to_chain(struct walk *walk, const struct record *record)
{
	struct answer *out = walk->out;

	out->chain = arena_grow(
	    walk->arena, out->chain, out->nchain, sizeof(*out->chain));
	out->chain[out->nchain++] = *record;
}

static void
add_record(struct walk *walk, const struct record *record)
{
	struct answer *out = walk->out;

	out->records = arena_grow(
	    walk->arena, out->records, out->nrecords, sizeof(*out->records));
	out->records[out->nrecords++] = *record;
}

static void
broken(struct walk *walk, const char *why)
{
	walk->out->outcome = DNS_BROKEN;
	walk->out->why = why;
	walk->out->records = NULL;
	walk->out->nrecords = 0;
}

/* Was the chain at this name before? */
static bool
is_loop(const struct answer *out, const char *name)
{
	for (size_t i = 0; i < out->nchain; i++)
		if (out->chain[i].type == RR_CNAME &&
		    name_equal(out->chain[i].name, name))
			return true;
	return false;
}

/* One CNAME further; false at the end of the chain, or when it is broken. */
static bool
step(struct walk *walk)
{
	struct answer *out = walk->out;
	const struct record *dname = find_dname(walk->found, out->owner);
	const struct record *cname = find(walk->found, RR_CNAME, out->owner);
	struct record made;

	if (dname != NULL) {
		if (!dns_chain_synthesise(
			walk->arena, dname, out->owner, &made)) {
			broken(walk, _("a DNAME makes too long a name"));
			return false;
		}
		if (out->type == RR_CNAME) {
			/* RFC 6672 section 3.2: it is what was asked for. */
			add_record(walk, &made);
			return false;
		}
		add_to_chain(walk, dname);
		if (cname == NULL)
			cname = &made;
	}
	if (cname == NULL)
		return false;
	add_to_chain(walk, cname);
	out->owner = cname->host;
	if (is_loop(out, out->owner)) {
		broken(walk, _("CNAME loop"));
		return false;
	}
	if (out->nchain >= (size_t)2 * DNS_CHAIN_MAX) {
		broken(walk, _("too long a chain of CNAMEs"));
		return false;
	}
	return true;
}

/*
 * The records of the type at the end of the chain, each once (RFC 2181 5); but
 * TXT as they came, since SPF counts records (RFC 7208 section 4.5).
 */
static void
collect(struct walk *walk)
{
	const struct found *found = walk->found;
	struct answer *out = walk->out;

	for (size_t i = 0; i < found->nanswers; i++) {
		const struct record *record = &found->answers[i];

		if (record->type != found->type ||
		    !name_equal(record->name, out->owner) ||
		    is_twice(out, record))
			continue;
		add_record(walk, record);
	}
}

static uint32_t
smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* An answer lives as long as the first of its parts; RFC 2308 section 5. */
static void
set_ttl(struct walk *walk, bool has_soa)
{
	struct answer *out = walk->out;
	uint32_t ttl = UINT32_MAX;

	for (size_t i = 0; i < out->nchain; i++)
		ttl = smaller(ttl, out->chain[i].ttl);
	for (size_t i = 0; i < out->nrecords; i++)
		ttl = smaller(ttl, out->records[i].ttl);
	if (out->nrecords == 0 && has_soa)
		ttl = smaller(ttl,
		    smaller(
			walk->found->soa->ttl, walk->found->soa->soa.minimum));
	else if (out->nrecords == 0 && !out->partial)
		ttl = 0;
	out->ttl = ttl;
}

/* Is there a record about a name that nobody asked for? */
static bool
is_about_another(const struct found *found, const char *name)
{
	for (size_t i = 0; i < found->nanswers; i++)
		if (!name_equal(found->answers[i].name, name))
			return true;
	return false;
}

/* Nothing of the type: RFC 2308 section 2 tells the cases apart. */
static void
conclude_without(struct walk *walk, struct found *found, bool has_soa)
{
	struct answer *out = walk->out;

	out->outcome = found->no_name ? DNS_NO_NAME : DNS_NO_DATA;
	if (found->no_name || has_soa)
		return;
	if (out->nchain > 0) {
		out->partial = true;
	} else if (found->has_ns && !found->authoritative) {
		found->lame = true;
		broken(walk, _("lame answer, it refers to other servers"));
	} else if (is_about_another(found, out->name)) {
		broken(walk, _("an answer about another name"));
	}
}

void
dns_chain_follow(struct arena *arena, struct found *found, struct answer *out)
{
	struct walk walk = { arena, found, out };
	bool has_soa;

	out->owner = out->name;
	while (find(found, found->type, out->owner) == NULL && step(&walk))
		continue;
	if (out->why != NULL)
		return;
	collect(&walk);
	has_soa =
	    found->soa != NULL && name_is_below(out->owner, found->soa->name);
	if (out->nrecords == 0)
		conclude_without(&walk, found, has_soa);
	else if (found->no_name)
		broken(&walk, _("NXDOMAIN, but with records"));
	else
		out->outcome = DNS_FOUND;
	set_ttl(&walk, has_soa);
}
