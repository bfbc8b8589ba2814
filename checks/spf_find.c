/* Where SPF records are, and where they land by mistake. */
#include "spf_find.h"

#include <string.h>

#include "dns_authority.h"
#include "name.h"
#include "sending.h"

/* Places of records that no receiver looks at. */
enum slip_place { AT_DOUBLED, AT_SPF, AT_PLAIN_SPF, SLIP_PLACES };

struct slips {
	const char *names[SLIP_PLACES]; /* NULL: too long a name */
	size_t txt[SLIP_PLACES];
	size_t old_type; /* of the domain itself */
	size_t a, aaaa;
};

bool
spf_is_meant(const struct record *record)
{
	struct arena *arena = arena_new();
	struct spf_clean clean;
	bool meant = spf_clean(arena, record->text, &clean);

	arena_free(arena);
	return meant;
}

static void
add_text(struct spf_facts *facts, const struct record *record,
    enum spf_place place, const struct spf_clean *clean)
{
	struct spf_text *text;

	if (facts->ntexts == SPF_TEXTS_MAX)
		return;
	text = &facts->texts[facts->ntexts++];
	*text = (struct spf_text){
		.found = record,
		.record = look_publish(facts->run, facts->out, record),
		.place = place,
		.clean = *clean,
	};
	if (clean->slip == SPF_SLIP_NONE)
		spf_parse(facts->run->arena, record->text, &text->parsed);
}

/*
 * Texts at the domain itself: records before what was only meant as one, so
 * that no heap of slips hides a record.
 */
static void
take_texts(struct spf_facts *facts, bool records)
{
	for (size_t i = 0; i < facts->txt->nrecords; i++) {
		const struct record *record = &facts->txt->records[i];
		struct spf_clean clean;

		if (spf_clean(facts->run->arena, record->text, &clean) &&
		    (clean.slip == SPF_SLIP_NONE) == records)
			add_text(facts, record, SPF_HERE, &clean);
	}
	if (records)
		facts->nrecords = facts->ntexts;
}

static void
ask_hosts(struct spf_facts *facts, struct look *look)
{
	const struct answer *mx = facts->mx;

	for (size_t i = 0; i < mx->nrecords && i < SPF_MX_HOSTS_MAX; i++) {
		const char *host = mx->records[i].mx.host;

		if (strcmp(host, ".") == 0)
			continue;
		look_for(facts->run, look, host, RR_A);
		look_for(facts->run, look, host, RR_AAAA);
	}
	facts->nhosts = look->n;
}

static void
ask_slips(struct spf_facts *facts, struct look *look, struct slips *slips)
{
	struct run *run = facts->run;
	const char *domain = facts->target->domain;
	const char *prefixes[SLIP_PLACES] = { domain, "_spf", "spf" };

	for (size_t i = 0; i < SLIP_PLACES; i++) {
		const char *name =
		    arena_printf(run->arena, "%s.%s", prefixes[i], domain);

		if (!name_is_valid(name))
			continue;
		slips->names[i] = name;
		slips->txt[i] = look_for(run, look, name, RR_TXT);
	}
	slips->old_type = look_for(run, look, domain, RR_SPF);
	slips->a = look_for(run, look, domain, RR_A);
	slips->aaaa = look_for(run, look, domain, RR_AAAA);
}

/* The first text at a wrong place that is an SPF record; NULL: none. */
static const struct record *
misplaced(struct spf_facts *facts, const struct answer *answer,
    struct spf_clean *clean)
{
	for (size_t i = 0; i < answer->nrecords; i++)
		if (spf_clean(
			facts->run->arena, answer->records[i].text, clean) &&
		    clean->slip != SPF_SLIP_VERSION)
			return &answer->records[i];
	return NULL;
}

/*
 * The same record at every name asked for comes from a wildcard: nobody put it
 * at a wrong name.
 */
static bool
is_wildcard(const struct record *const found[SLIP_PLACES])
{
	for (size_t i = 0; i < SLIP_PLACES; i++)
		if (found[i] == NULL ||
		    !str_equal(found[i]->text, found[0]->text))
			return false;
	return true;
}

static void
take_slips(
    struct spf_facts *facts, const struct look *look, const struct slips *slips)
{
	const struct record *found[SLIP_PLACES] = { NULL };
	struct spf_clean cleans[SLIP_PLACES], clean;
	const struct record *old;

	facts->a = look->answers[slips->a];
	facts->aaaa = look->answers[slips->aaaa];
	for (size_t i = 0; i < SLIP_PLACES; i++)
		if (slips->names[i] != NULL)
			found[i] = misplaced(
			    facts, look->answers[slips->txt[i]], &cleans[i]);
	for (size_t i = 0; i < SLIP_PLACES && !is_wildcard(found); i++)
		if (found[i] != NULL)
			add_text(facts, found[i],
			    i == AT_DOUBLED ? SPF_DOUBLED : SPF_ELSEWHERE,
			    &cleans[i]);
	old = misplaced(facts, look->answers[slips->old_type], &clean);
	if (old != NULL)
		add_text(facts, old, SPF_OLD_TYPE, &clean);
}

static enum status
ask_first(struct spf_facts *facts)
{
	struct look look = { 0 };
	const char *domain = facts->target->domain;
	size_t txt = look_for(facts->run, &look, domain, RR_TXT);
	size_t mx = look_for(facts->run, &look, domain, RR_MX);
	bool servers = facts->target->authoritative;
	size_t ns = servers ? look_for(facts->run, &look, domain, RR_NS) : 0;
	enum status status = look_ask(facts->run, &look);

	if (status != OK)
		return status;
	if (servers)
		dns_authorities_ahead(facts->run, look.answers[ns]);
	facts->txt = look.answers[txt];
	facts->mx = look.answers[mx];
	take_texts(facts, true);
	take_texts(facts, false);
	return OK;
}

/* A null MX says that the domain has no mail at all; RFC 7505 section 4.2. */
static bool
has_null_mx(const struct answer *mx)
{
	return mx->nrecords == 1 && strcmp(mx->records[0].mx.host, ".") == 0;
}

/* The records that the only one refers to are wanted soon. */
static void
ask_targets_ahead(struct spf_facts *facts)
{
	const struct spf_record *record = &facts->texts[0].parsed;
	struct question questions[SPF_MAX_LOOKUPS];
	size_t n = 0;

	if (facts->nrecords != 1)
		return;
	for (size_t i = 0; i < record->nterms && n < SPF_MAX_LOOKUPS; i++) {
		const struct spf_term *term = &record->terms[i];

		if ((term->kind == SPF_INCLUDE || term->kind == SPF_REDIRECT) &&
		    str_find(term->domain, '%') == term->domain.len)
			questions[n++] = (struct question){
				str_dup(facts->run->arena, term->domain),
				RR_TXT,
			};
	}
	if (n > 0)
		dns_ask_ahead(facts->run, questions, n);
}

enum status
spf_find(struct spf_facts *facts)
{
	struct look look = { 0 };
	struct slips slips = { 0 };
	enum status status = ask_first(facts);
	bool none;

	if (status != OK || answer_is_trouble(facts->txt))
		return status;
	facts->sends_nothing =
	    facts->target->sends_nothing || has_null_mx(facts->mx);
	none = facts->ntexts == 0;
	ask_targets_ahead(facts);
	ask_hosts(facts, &look);
	if (none)
		ask_slips(facts, &look, &slips);
	status = look_ask(facts->run, &look);
	if (status != OK)
		return status;
	memcpy(facts->hosts, look.answers,
	    facts->nhosts * sizeof(facts->hosts[0]));
	facts->nsenders = sending_addresses(
	    facts->target, facts->hosts, facts->nhosts, facts->senders);
	if (none)
		take_slips(facts, &look, &slips);
	return OK;
}
