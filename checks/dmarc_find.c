/* Where DMARC records are, and where they land by mistake. */
#include "dmarc_find.h"

#include <string.h>

static const char *
domain_of(const struct dmarc_facts *facts, const struct record *record,
    enum dmarc_place place)
{
	if (place == DMARC_HERE)
		return facts->target->domain;
	return place == DMARC_ABOVE ? facts->found.record_domain : record->name;
}

static void
add_text(struct dmarc_facts *facts, const struct record *record,
    enum dmarc_place place, const struct dmarc_clean *clean)
{
	if (facts->ntexts == DMARC_TEXTS_MAX)
		return;
	facts->texts[facts->ntexts++] = (struct dmarc_text){
		.found = record,
		.record = look_publish(facts->run, facts->out, record),
		.place = place,
		.domain = domain_of(facts, record, place),
		.clean = *clean,
	};
}

/* Records before what was only meant as one. */
static void
take_own(struct dmarc_facts *facts, bool records)
{
	const struct answer *answer = facts->found.walk.answers[0];

	for (size_t i = 0; answer != NULL && i < answer->nrecords; i++) {
		struct dmarc_clean clean = { 0 };

		if (dmarc_clean(facts->run->arena, answer->records[i].text,
			true, &clean) &&
		    (clean.slip == DMARC_SLIP_NONE) == records)
			add_text(
			    facts, &answer->records[i], DMARC_HERE, &clean);
	}
	if (records)
		facts->nrecords = facts->ntexts;
}

static void
take_inherited(struct dmarc_facts *facts)
{
	const struct record *found = facts->found.found;
	struct dmarc_clean clean = { 0 };

	if (dmarc_clean(facts->run->arena, found->text, true, &clean))
		add_text(facts, found, DMARC_ABOVE, &clean);
}

/* Places that no receiver looks at. */
static enum status
look_for_slips(struct dmarc_facts *facts)
{
	static const enum dmarc_place places[] = { DMARC_APEX, DMARC_DOUBLED,
		DMARC_DOUBLED, DMARC_DOUBLED };
	struct run *run = facts->run;
	const char *domain = facts->target->domain;
	const char *names[COUNT(places)] = { domain,
		arena_printf(run->arena, "_dmarc.%s.%s", domain, domain),
		arena_printf(run->arena, "_dmarc._dmarc.%s", domain),
		arena_printf(run->arena, "dmarc.%s", domain) };
	size_t at[COUNT(places)];
	struct look look = { 0 };
	enum status status;

	for (size_t i = 0; i < COUNT(places); i++)
		if (name_is_valid(names[i]))
			at[i] = look_for(run, &look, names[i], RR_TXT);
		else
			names[i] = NULL;
	status = look_ask(run, &look);
	for (size_t i = 0; status == OK && i < COUNT(places); i++) {
		const struct answer *answer;
		struct dmarc_clean clean = { 0 };

		if (names[i] == NULL)
			continue;
		answer = look.answers[at[i]];
		for (size_t k = 0; k < answer->nrecords; k++)
			if (dmarc_clean(run->arena, answer->records[k].text,
				false, &clean))
				add_text(facts, &answer->records[k], places[i],
				    &clean);
	}
	return status;
}

/* A null MX says that the domain has no mail at all; RFC 7505 section 4.2. */
static bool
has_null_mx(const struct answer *mx)
{
	return mx->nrecords == 1 && strcmp(mx->records[0].mx.host, ".") == 0;
}

bool
dmarc_is_hidden(const struct dmarc_facts *facts)
{
	const struct answer *trouble = facts->found.policy_trouble;
	const char *above;

	if (trouble == NULL)
		return false;
	/* A top-level domain cannot give what the domain itself lacks. */
	above = name_parent(trouble->name);
	return facts->found.walk.n < 2 || name_labels(above) > 1 ||
	    trouble == facts->found.existence;
}

enum status
dmarc_find(struct dmarc_facts *facts)
{
	struct run *run = facts->run;
	const char *domain = facts->target->domain;
	enum status status = dmarc_discover(run, domain, &facts->found);
	const struct dmarc_discovery *found = &facts->found;

	if (status == OK)
		status = dns_ask(run, domain, RR_MX, &facts->mx);
	if (status != OK)
		return status;
	facts->sends_nothing =
	    facts->target->sends_nothing || has_null_mx(facts->mx);
	if (dmarc_is_hidden(facts))
		return OK;
	take_own(facts, true);
	take_own(facts, false);
	facts->home = arena_printf(run->arena, "_dmarc.%s", domain);
	if (facts->ntexts > 0)
		facts->home = facts->texts[0].found->name;
	if (facts->ntexts == 0 && found->record != NULL &&
	    !found->suffix_only) {
		take_inherited(facts);
		facts->home = found->found->name;
	} else if (facts->ntexts == 0) {
		status = look_for_slips(facts);
	}
	return status;
}
