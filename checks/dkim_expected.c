/* What is published, held against the key the signer has. */
#include "dkim_expected.h"

#include <string.h>

#include "base/i18n.h"
#include "dkim_mend.h"
#include "key_read.h"

const struct public_key *
dkim_expected_at(const struct dkim_facts *facts, const char *selector)
{
	const struct target *target = facts->target;

	for (size_t i = 0; i < target->nexpected; i++)
		if (str_equal_nocase(
			str_of(target->expected[i].selector), selector))
			return &target->expected[i].key;
	return NULL;
}

/* --- where a record belongs ---------------------------------------------- */

static bool
is_alias(const struct probe *probe)
{
	return probe->answer != NULL && probe->answer->nchain > 0;
}

const char *
dkim_away(const struct dkim_facts *facts, const struct probe *probe)
{
	const char *domain = facts->target->domain;

	if (!is_alias(probe) || name_equal(probe->answer->owner, domain) ||
	    name_is_below(probe->answer->owner, domain))
		return NULL;
	return probe->answer->owner;
}

const char *
dkim_place(const struct dkim_facts *facts, const struct probe *probe)
{
	if (!is_alias(probe))
		return probe->name;
	if (dkim_away(facts, probe) == NULL)
		return probe->answer->owner;
	for (size_t i = 0; i < probe->answer->nchain; i++)
		if (probe->answer->chain[i].type == RR_DNAME)
			return NULL;
	return probe->name;
}

void
dkim_suggest_text(
    struct dkim_facts *facts, const struct probe *probe, struct str text)
{
	const char *name = dkim_place(facts, probe);

	if (name != NULL)
		look_suggest(facts->run, facts->out,
		    &(struct record){ .name = name,
			.type = RR_TXT,
			.ttl = RECORD_TTL,
			.text = text });
}

bool
dkim_suggest_expected(struct dkim_facts *facts, const struct probe *probe)
{
	const struct public_key *key = dkim_expected_at(facts, probe->selector);

	if (key == NULL)
		return false;
	dkim_suggest_text(
	    facts, probe, key_record_text(facts->run->arena, key));
	return true;
}

/* --- one key against another --------------------------------------------- */

size_t
dkim_expected_missing(
    struct arena *arena, const struct public_key *key, struct str p)
{
	struct str have = dkim_key_digits(arena, p);
	struct str want = str_of(base64_write(arena, key->octets));

	/* Less than that may be the beginning of any key. */
	if (have.len < 40 || have.len >= want.len ||
	    memcmp(have.p, want.p, have.len) != 0)
		return 0;
	return key->octets.len - have.len * 3 / 4;
}

bool
dkim_same_key(struct arena *arena, const struct dkim_key *found,
    const struct public_key *key)
{
	struct public_key other;

	return public_key_read(arena, found->octets, &other) &&
	    other.type == key->type && str_equal(other.octets, key->octets);
}

/* Of the keys the signer has: the one that is at the wrong place. */
static const char *
owner_of(const struct dkim_facts *facts, const char *selector,
    const struct dkim_key *found)
{
	const struct target *target = facts->target;

	for (size_t i = 0; i < target->nexpected; i++)
		if (!str_equal_nocase(
			str_of(target->expected[i].selector), selector) &&
		    dkim_same_key(
			facts->run->arena, found, &target->expected[i].key))
			return target->expected[i].selector;
	return NULL;
}

const char *
dkim_difference(const struct dkim_facts *facts, const char *selector,
    const struct dkim_key *found, struct span *at)
{
	struct arena *arena = facts->run->arena;
	const struct public_key *key = dkim_expected_at(facts, selector);
	const struct tag *p = tag_find(&found->tags, "p");
	const char *owner = owner_of(facts, selector, found);
	struct str want = str_of(base64_write(arena, key->octets));
	size_t seen = 0, i = 0;

	*at = p->at;
	if (owner != NULL)
		return arena_printf(
		    arena, _("it is the key of the selector %s"), owner);
	if (found->type != key->type)
		return _("the one is RSA, the other Ed25519");
	if (found->facts.bits != key->bits)
		return arena_printf(arena,
		    _("it has %u bits, and that of the signer %u"),
		    found->facts.bits, key->bits);
	for (; i < p->value.len && seen < want.len; i++) {
		if (p->value.p[i] == ' ' || p->value.p[i] == '\t')
			continue;
		if (p->value.p[i] != want.p[seen])
			break;
		seen++;
	}
	if (i < p->value.len) {
		size_t begin = p->at.to - p->value.len;

		*at = (struct span){ begin + i, p->at.to };
	}
	return arena_printf(
	    arena, _("they differ from character %zu of p= on"), seen + 1);
}

const char *
dkim_published_elsewhere(const struct dkim_facts *facts, const char *selector)
{
	struct arena *arena = facts->run->arena;
	const struct public_key *key = dkim_expected_at(facts, selector);

	for (size_t i = 0; i < facts->nprobes; i++) {
		const struct probe *probe = &facts->probes[i];
		struct dkim_key found;

		if (str_equal_nocase(str_of(probe->selector), selector) ||
		    probe->answer == NULL || probe->answer->nrecords != 1)
			continue;
		dkim_key_read(arena, probe->answer->records[0].text, &found);
		if (found.fault == DKIM_KEY_SOUND &&
		    dkim_same_key(arena, &found, key))
			return probe->selector;
	}
	return NULL;
}
