/* What receivers of RFC 7489 make of the same domain. */
#include "dmarc_older.h"

#include "base/i18n.h"
#include "base/printable.h"

struct older {
	struct arena *arena;
	const struct dmarc_discovery *found;
	const char **out;
	size_t n;
};

static void
say(struct older *older, const char *sentence)
{
	if (older->n < DMARC_OLDER_MAX)
		older->out[older->n++] = sentence;
}

/* Section 6.6.3 step 5: several records end it, and nothing applies. */
static void
say_multiple(struct older *older)
{
	const struct dmarc_walk *walk = &older->found->walk;

	if (walk->n > 0 && walk->counts[0] > 1)
		say(older,
		    arena_printf(older->arena,
			_("They find %zu records at %s, and apply no DMARC at "
			  "all."),
			walk->counts[0], walk->queries[0]));
}

/* "a.example.org, example.org": other records that the walk passed. */
static const char *
passed_records(struct older *older)
{
	const struct dmarc_discovery *found = older->found;
	const char *list = NULL;

	for (size_t i = 0; i < found->walk.n; i++)
		if (found->walk.records[i] != NULL &&
		    found->walk.records[i] != found->record)
			list = list == NULL
			    ? found->walk.names[i]
			    : arena_printf(older->arena, "%s, %s", list,
				  found->walk.names[i]);
	return list;
}

/* They ask at the domain itself and at the registered domain, no other. */
static void
say_inherited(struct older *older)
{
	const struct dmarc_discovery *found = older->found;
	const char *domain = found->walk.names[0];
	const char *passed;

	if (name_equal(domain, found->record_domain) ||
	    found->walk.counts[0] > 1)
		return;
	if (found->suffix_only) {
		say(older,
		    arena_printf(older->arena,
			_("They do not look at the public suffix %s, and find "
			  "no record."),
			found->record_domain));
		return;
	}
	passed = passed_records(older);
	say(older,
	    arena_printf(older->arena,
		_("They ask only at %s and at the registered domain. If that "
		  "is not %s by the Public Suffix List, which this program "
		  "does not have, they do not find this record."),
		domain, found->record_domain));
	if (passed != NULL)
		say(older,
		    arena_printf(older->arena,
			_("Other records on the way up, which one of them may "
			  "use instead: %s."),
			passed));
}

/* t and np are unknown to them. */
static void
say_policy(struct older *older)
{
	const struct dmarc_discovery *found = older->found;
	const struct dmarc_record *record = found->record;
	enum dmarc_policy policy = found->wanted;

	if (found->suffix_only || found->walk.counts[0] > 1)
		return;
	if (found->applies == DMARC_NP && record->np != record->sp) {
		policy = record->sp;
		say(older,
		    arena_printf(older->arena,
			_("They do not know np=: for a name that does not "
			  "exist they apply %s, not %s."),
			dmarc_policy_word(record->sp),
			dmarc_policy_word(record->np)));
	}
	if (record->testing && policy > DMARC_NONE)
		say(older,
		    arena_printf(older->arena,
			_("They do not know t=y, and apply %s in full."),
			dmarc_policy_word(policy)));
}

/* The tags that RFC 9989 removed. */
static void
say_removed(struct older *older)
{
	const struct dmarc_tag *pct = older->found->record->tag[DMARC_PCT];

	if (pct == NULL || pct->fault == DMARC_BAD_VALUE ||
	    str_equal(pct->value, str_of("100")) ||
	    older->found->wanted == DMARC_NONE)
		return;
	say(older,
	    arena_printf(older->arena,
		_("They obey pct=%s: of 100 messages that fail, so many get "
		  "the policy in full and the others one level less."),
		printable(older->arena, pct->value)));
}

/* psd is unknown to them: the organization is the registered domain. */
static void
say_organization(struct older *older)
{
	const struct dmarc_discovery *found = older->found;

	if (found->record->psd == 'n' && !found->suffix_only)
		say(older,
		    arena_printf(older->arena,
			_("They do not know psd=n: for them the organization "
			  "is the registered domain, whatever stands at %s."),
			found->record_domain));
}

size_t
dmarc_older(struct arena *arena, const struct dmarc_discovery *found,
    const char *out[DMARC_OLDER_MAX])
{
	struct older older = { .arena = arena, .found = found, .out = out };

	say_multiple(&older);
	if (!dmarc_applies(found))
		return older.n;
	say_inherited(&older);
	say_policy(&older);
	say_removed(&older);
	say_organization(&older);
	return older.n;
}
