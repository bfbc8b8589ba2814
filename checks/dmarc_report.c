/* Where reports go. */
#include "dmarc_report.h"

#include <string.h>

#include "dmarc_walk.h"

#define DESTINATIONS_MAX 16 /* domains reports are sent to */

/* The domain of one or more addresses. */
struct destination {
	const char *domain;
	const struct dmarc_uri *uri; /* the first of them */
	const char *consent; /* the name of the record; NULL: too long */
	size_t mx, txt; /* questions */
};

struct destinations {
	struct destination list[DESTINATIONS_MAX];
	size_t n;
};

/* Where the record is, or will be. */
static const char *
record_domain(const struct dmarc_facts *facts)
{
	if (facts->ntexts > 0 && facts->texts[0].place == DMARC_ABOVE)
		return facts->found.record_domain;
	return facts->target->domain;
}

static void
add(const struct dmarc_facts *facts, struct destinations *all,
    const struct dmarc_uris *uris)
{
	for (size_t i = 0; i < uris->n; i++) {
		const struct dmarc_uri *uri = &uris->list[i];
		bool known = all->n == DESTINATIONS_MAX;
		const char *consent;

		if (uri->problem != NULL || uri->domain == NULL)
			continue;
		for (size_t k = 0; k < all->n; k++)
			known |= name_equal(all->list[k].domain, uri->domain);
		if (known)
			continue;
		consent = arena_printf(facts->run->arena,
		    "%s._report._dmarc.%s", record_domain(facts), uri->domain);
		all->list[all->n++] = (struct destination){
			.domain = uri->domain,
			.uri = uri,
			.consent = name_is_valid(consent) ? consent : NULL,
		};
	}
}

/*
 * An override of the address must stay in its domain, or nothing is sent at
 * all; step 9.
 */
static bool
stays(struct arena *arena, const struct record *record, const char *domain)
{
	struct dmarc_record consent;

	if (!dmarc_read(arena, record->text, &consent))
		return false;
	for (size_t i = 0; i < consent.rua.n; i++)
		if (consent.rua.list[i].domain != NULL &&
		    !name_equal(consent.rua.list[i].domain, domain))
			return false;
	return true;
}

static bool
has_agreed(const struct dmarc_facts *facts, const struct destination *to,
    const struct answer *answer)
{
	for (size_t i = 0; i < answer->nrecords; i++)
		if (stays(facts->run->arena, &answer->records[i], to->domain))
			return true;
	return false;
}

static void
tell(const struct dmarc_facts *facts, const struct dmarc_text *text,
    const struct destination *to, enum finding_code code)
{
	struct run *run = facts->run;

	if (text == NULL)
		return;
	report(run, code, .subject = record_domain(facts),
	    .detail = { to->domain, to->consent != NULL ? to->consent : "" },
	    .has_record = true, .record = text->record, .at = to->uri->at);
}

static void
suggest_consent(const struct dmarc_facts *facts, const struct destination *to)
{
	struct record consent = { .name = to->consent,
		.type = RR_TXT,
		.ttl = RECORD_TTL,
		.text = str_of("v=DMARC1") };

	if (to->consent != NULL)
		look_suggest(facts->run, facts->out, &consent);
}

/* Of another organization: has it agreed? */
static enum status
check_consent(const struct dmarc_facts *facts, const struct dmarc_text *text,
    const struct destination *to, const struct answer *answer)
{
	enum dmarc_alignment alignment;
	enum status status = dmarc_align(
	    facts->run, &facts->found, to->domain, false, &alignment);

	if (status != OK || alignment == DMARC_ALIGNED)
		return status;
	if (answer != NULL && has_agreed(facts, to, answer))
		return OK;
	if (answer != NULL && answer_is_trouble(answer)) {
		if (text != NULL)
			look_trouble(facts->run, answer);
		return OK;
	}
	if (alignment == DMARC_ALIGNMENT_UNKNOWN) {
		if (text != NULL && facts->found.domain_trouble != NULL)
			look_trouble(facts->run, facts->found.domain_trouble);
		return OK;
	}
	tell(facts, text, to, F_DMARC_REPORT_UNAUTHORISED);
	suggest_consent(facts, to);
	return OK;
}

static void
check_mx(const struct dmarc_facts *facts, const struct dmarc_text *text,
    const struct destination *to, const struct answer *mx)
{
	bool null_mx =
	    mx->nrecords == 1 && strcmp(mx->records[0].mx.host, ".") == 0;

	if (text == NULL || look_trouble(facts->run, mx))
		return;
	if (answer_is_absent(mx) || null_mx)
		tell(facts, text, to, F_DMARC_REPORT_NO_MX);
}

enum status
dmarc_report(const struct dmarc_facts *facts, const struct dmarc_record *record,
    const struct dmarc_text *text)
{
	struct destinations all = { .n = 0 };
	const char *domains[DESTINATIONS_MAX];
	struct look look = { 0 };
	enum status status;

	add(facts, &all, &record->rua);
	add(facts, &all, &record->ruf);
	for (size_t i = 0; i < all.n; i++) {
		struct destination *to = &all.list[i];

		domains[i] = to->domain;
		to->mx = look_for(facts->run, &look, to->domain, RR_MX);
		if (to->consent != NULL &&
		    !name_equal(to->domain, record_domain(facts)))
			to->txt =
			    look_for(facts->run, &look, to->consent, RR_TXT);
	}
	dmarc_walk_ahead(facts->run, domains, all.n);
	status = look_ask(facts->run, &look);
	for (size_t i = 0; i < all.n && status == OK; i++) {
		const struct destination *to = &all.list[i];

		check_mx(facts, text, to, look.answers[to->mx]);
		status = check_consent(facts, text, to,
		    to->txt > 0 ? look.answers[to->txt] : NULL);
	}
	return status;
}
