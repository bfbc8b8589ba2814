/* Which keys are asked for, and where they land by mistake. */
#include <string.h>

#include "base/printable.h"
#include "dkim_facts.h"
#include "dkim_selectors.h"

/* Nobody uses this one: what it finds is a wildcard; RFC 6376 section 6.1.2 */
#define NOBODYS "mailwizard-nobody-uses-this"

static void
add_probe(void *data, const char *selector)
{
	struct dkim_facts *facts = data;
	const char *name =
	    dkim_key_name(facts->run->arena, selector, facts->target->domain);

	if (facts->nprobes == SELECTORS_MAX || !name_is_valid(name))
		return;
	for (size_t i = 0; i < facts->nprobes; i++)
		if (name_equal(facts->probes[i].name, name))
			return;
	facts->probes[facts->nprobes++] = (struct probe){
		.selector = arena_strdup(facts->run->arena, selector),
		.name = name,
	};
}

/* One that has to be there: its absence is told. */
static void
add_wanted(struct dkim_facts *facts, const char *selector)
{
	size_t n = facts->nprobes;

	add_probe(facts, selector);
	if (facts->nprobes > n)
		facts->probes[n].wanted = true;
}

/* Services known by MX hosts and by the includes of the SPF record. */
static void
guess(
    struct dkim_facts *facts, const struct answer *mx, const struct answer *txt)
{
	struct provider_table table;

	provider_table_read(facts->run->arena, &table);
	for (size_t i = 0; i < mx->nrecords; i++)
		dkim_selectors_of(
		    &table, mx->records[i].mx.host, add_probe, facts);
	for (size_t i = 0; i < txt->nrecords; i++) {
		struct str rest = txt->records[i].text;

		if (!str_starts_nocase(rest, "v=spf1"))
			continue;
		while (rest.len > 0) {
			struct str word = str_word(&rest, ' ');

			if (str_skip(&word, "include:") ||
			    str_skip(&word, "redirect="))
				dkim_selectors_of(&table,
				    printable(facts->run->arena, word),
				    add_probe, facts);
		}
	}
	if (facts->target->all_selectors)
		dkim_selectors_all(&table, add_probe, facts);
	else
		dkim_selectors_common(add_probe, facts);
}

static const char *
wrong_name(struct arena *arena, enum dkim_wrong wrong,
    const struct probe *probe, const char *domain)
{
	static const char *const between[DKIM_WRONG_MAX] = {
		[DKIM_WRONG_KEYS_DOUBLED] = "._domainkey._domainkey.",
		[DKIM_WRONG_NO_KEYS] = ".",
		[DKIM_WRONG_NO_MARK] = ".domainkey.",
	};

	if (wrong == DKIM_WRONG_DOUBLED)
		return arena_printf(arena, "%s.%s", probe->name, domain);
	if (wrong == DKIM_WRONG_NO_SELECTOR)
		return arena_printf(arena, "_domainkey.%s", domain);
	return arena_printf(
	    arena, "%s%s%s", probe->selector, between[wrong], domain);
}

/* Questions by probe; 0: not asked. */
struct places {
	size_t right;
	size_t wrong[DKIM_WRONG_MAX];
};

/* Of a selector nobody named, the most frequent slip alone is looked for. */
static void
ask_wrong(struct dkim_facts *facts, struct look *look,
    const struct probe *probe, bool doubled, struct places *at)
{
	struct run *run = facts->run;

	for (int i = 0; i < DKIM_WRONG_MAX; i++) {
		const char *name = wrong_name(run->arena, (enum dkim_wrong)i,
		    probe, facts->target->domain);

		if (name_is_valid(name) &&
		    (probe->wanted || (doubled && i == DKIM_WRONG_DOUBLED)))
			at->wrong[i] = look_for(run, look, name, RR_TXT);
	}
}

/*
 * The TXT records of the keys, and of the names at which they land by mistake:
 * of those that have to be there, and with the domain twice if `doubled`.
 */
static enum status
ask_keys(struct dkim_facts *facts, bool here, bool doubled)
{
	struct run *run = facts->run;
	struct places *at = arena_array(run->arena, SELECTORS_MAX, sizeof(*at));
	struct look look = { 0 };
	size_t wild = look_for(run, &look,
	    dkim_key_name(run->arena, NOBODYS, facts->target->domain), RR_TXT);
	enum status status;

	for (size_t i = 0; i < facts->nprobes; i++) {
		const struct probe *probe = &facts->probes[i];

		if (here)
			at[i].right = look_for(run, &look, probe->name, RR_TXT);
		ask_wrong(facts, &look, probe, doubled, &at[i]);
	}
	/* Small questions, and most answers are NXDOMAIN: no wait in between. */
	run->at_once = SELECTORS_MAX;
	status = look_ask(run, &look);
	run->at_once = 0;
	if (status != OK)
		return status;
	facts->wild = look.answers[wild];
	for (size_t i = 0; i < facts->nprobes; i++) {
		struct probe *probe = &facts->probes[i];

		if (at[i].right > 0)
			probe->answer = look.answers[at[i].right];
		for (int j = 0; j < DKIM_WRONG_MAX; j++)
			if (at[i].wrong[j] > 0)
				probe->wrong[j] = look.answers[at[i].wrong[j]];
	}
	return OK;
}

static enum status
find_unnamed(struct dkim_facts *facts)
{
	struct run *run = facts->run;
	const char *domain = facts->target->domain;
	const char *keys = arena_printf(run->arena, "_domainkey.%s", domain);
	const char *twice = arena_printf(run->arena, "%s.%s", keys, domain);
	struct look look = { 0 };
	size_t mx = look_for(run, &look, domain, RR_MX);
	size_t txt = look_for(run, &look, domain, RR_TXT);
	size_t here = look_for(run, &look, keys, RR_TXT);
	size_t below =
	    name_is_valid(twice) ? look_for(run, &look, twice, RR_TXT) : here;
	enum status status = look_ask(run, &look);

	if (status != OK)
		return status;
	if (answer_is_trouble(look.answers[here])) {
		facts->trouble = look.answers[here];
		return OK;
	}
	guess(facts, look.answers[mx], look.answers[txt]);
	return ask_keys(facts,
	    facts->target->nexpected > 0 ||
		look.answers[here]->outcome != DNS_NO_NAME,
	    below != here && look.answers[below]->outcome != DNS_NO_NAME);
}

enum status
dkim_find(struct dkim_facts *facts)
{
	const struct target *target = facts->target;

	facts->asked = target->nselectors > 0;
	for (size_t i = 0; i < target->nexpected; i++)
		add_wanted(facts, target->expected[i].selector);
	if (!facts->asked)
		return find_unnamed(facts);
	for (size_t i = 0; i < target->nselectors; i++)
		add_wanted(facts, target->selectors[i]);
	return ask_keys(facts, true, true);
}

bool
dkim_is_wild(const struct dkim_facts *facts, const struct record *record)
{
	for (size_t i = 0; i < facts->wild->nrecords; i++)
		if (str_equal(facts->wild->records[i].text, record->text))
			return true;
	return false;
}
