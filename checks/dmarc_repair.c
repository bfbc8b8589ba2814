/* The record that shall stand in place of the faulty ones. */
#include "dmarc_repair.h"

#include <string.h>

#include "dmarc_report.h"
#include "dmarc_wish.h"

#define MAILBOX "dmarc-reports" /* of proposed reports */

/* What a record can mend without asking for more than its owner wrote. */
static bool
is_mendable(enum finding_code code)
{
	switch (code) {
	case F_DMARC_MISSING:
	case F_DMARC_MISSING_SUFFIX:
	case F_DMARC_MULTIPLE:
	case F_DMARC_SYNTAX:
	case F_DMARC_NO_POLICY:
	case F_DMARC_BAD_POLICY:
	case F_DMARC_QUOTED:
	case F_DMARC_MISPLACED:
	case F_DMARC_MISPLACED_DOUBLED:
	case F_DMARC_BAD_VALUE:
	case F_DMARC_REMOVED_TAG:
	case F_DMARC_NO_REPORTS:
	case F_DMARC_REPORT_URI:
	case F_DMARC_REPORT_SIZE:
	case F_DMARC_ORDER:
		return true;
	default:
		return false;
	}
}

static bool
wants_repair(const struct report *report)
{
	for (const struct finding *f = report->first; f != NULL; f = f->next)
		if (is_mendable(f->code))
			return true;
	return false;
}

static bool
receives(const struct answer *mx)
{
	return mx->nrecords > 0 && strcmp(mx->records[0].mx.host, ".") != 0;
}

/*
 * A mailbox for reports: in the domain of the record, or in the organizational
 * domain, which needs no consent; none where neither takes mail.
 */
static enum status
propose_mailbox(const struct dmarc_facts *facts, struct dmarc_wish *wish)
{
	const struct dmarc_discovery *found = &facts->found;
	const char *domains[2] = { facts->target->domain,
		found->organizational_domain };

	if (facts->ntexts > 0 && facts->texts[0].place == DMARC_ABOVE)
		domains[0] = found->record_domain;
	for (size_t i = 0; i < COUNT(domains); i++) {
		const struct answer *mx;
		enum status status =
		    dns_ask(facts->run, domains[i], RR_MX, &mx);

		if (status != OK)
			return status;
		if (receives(mx)) {
			wish->value[DMARC_RUA] = arena_printf(facts->run->arena,
			    "mailto:" MAILBOX "@%s", domains[i]);
			return OK;
		}
	}
	return OK;
}

/* All that was meant; records alone, where there are some. */
static void
read_texts(const struct dmarc_facts *facts, struct dmarc_wish *wish)
{
	for (size_t i = 0; i < facts->ntexts; i++) {
		const struct dmarc_text *text = &facts->texts[i];

		if (facts->nrecords > 0 && text->clean.slip != DMARC_SLIP_NONE)
			continue;
		dmarc_wish_add(facts->run->arena, wish, text->clean.text);
	}
}

/* Is the record that receivers see this one already? */
static bool
is_published(const struct dmarc_facts *facts, const char *text)
{
	struct dmarc_record record;
	struct arena *arena = facts->run->arena;

	return facts->ntexts == 1 && facts->texts[0].place <= DMARC_ABOVE &&
	    dmarc_read(arena, facts->texts[0].found->text, &record) &&
	    str_equal(dmarc_print(arena, &record), str_of(text));
}

/*
 * What a domain that has no record at all begins with: reports, or, where no
 * mail is ever sent, the refusal of all.
 */
static const char *
first_policy(const struct dmarc_facts *facts)
{
	return facts->ntexts == 0 && facts->sends_nothing ? "reject" : "none";
}

/* The record, and the consent of those who get its reports. */
static enum status
propose(const struct dmarc_facts *facts, const char *text)
{
	struct dmarc_record record;

	look_suggest(facts->run, facts->out,
	    &(struct record){ .name = facts->home,
		.type = RR_TXT,
		.ttl = RECORD_TTL,
		.text = str_of(text) });
	if (!dmarc_read(facts->run->arena, str_of(text), &record))
		return OK;
	return dmarc_report(facts, &record, NULL);
}

enum status
dmarc_repair(const struct dmarc_facts *facts)
{
	struct dmarc_wish wish = { .extra = "" };
	struct run *run = facts->run;
	enum status status = OK;
	const char *text;

	if (!wants_repair(&run->report))
		return OK;
	read_texts(facts, &wish);
	if (wish.value[DMARC_P] == NULL)
		wish.value[DMARC_P] = first_policy(facts);
	if (wish.value[DMARC_RUA] == NULL && !facts->sends_nothing)
		status = propose_mailbox(facts, &wish);
	if (status != OK)
		return status;
	text = dmarc_wish_print(run->arena, &wish);
	return is_published(facts, text) ? OK : propose(facts, text);
}
