/*
 * The step "spf":
 *
 *	texts found -> what is wrong with each -> what its terms lead to
 *	            -> do the sending addresses pass? -> the record repaired
 */
#include "spf_check.h"

#include <string.h>

#include "base/i18n.h"
#include "base/printable.h"
#include "spf_facts.h"
#include "spf_find.h"
#include "spf_repair.h"

static void
tell_text(const struct spf_facts *facts, const struct spf_text *text,
    enum finding_code code, const char *detail)
{
	struct run *run = facts->run;

	report(run, code, .subject = text->found->name, .detail = { detail },
	    .has_record = true, .record = text->record,
	    .at = { 0, text->found->text.len });
}

/*
 * Not quite a record.  Beside one that receivers read it does no harm but for
 * what it was meant to add.
 */
static void
tell_slip(const struct spf_facts *facts, const struct spf_text *text)
{
	struct run *run = facts->run;
	struct arena *arena = run->arena;
	const struct spf_clean *clean = &text->clean;
	struct str raw = text->found->text;
	bool beside = facts->nrecords > 0;

	if (clean->slip == SPF_SLIP_MARK || beside)
		report(run, F_SPF_QUOTED, .subject = facts->target->domain,
		    .has_severity = beside, .severity = SEV_WARN,
		    .detail = { printable(arena, raw), clean->why },
		    .has_record = true, .record = text->record,
		    .at = clean->at);
	else
		report(run, F_SPF_SYNTAX, .subject = facts->target->domain,
		    .detail = { printable(arena,
				    str_slice(
					raw, clean->at.from, clean->at.to)),
			clean->why },
		    .has_record = true, .record = text->record,
		    .at = clean->at);
}

static void
tell_misplaced(const struct spf_facts *facts, const struct spf_text *text)
{
	const char *domain = facts->target->domain;

	switch (text->place) {
	case SPF_HERE:
		break;
	case SPF_DOUBLED:
		tell_text(facts, text, F_SPF_MISPLACED, domain);
		break;
	case SPF_ELSEWHERE:
		tell_text(facts, text, F_SPF_MISPLACED_NAME, domain);
		break;
	case SPF_OLD_TYPE:
		tell_text(facts, text, F_SPF_MISPLACED_TYPE, domain);
		break;
	}
}

/* Is there a text that receivers do not see for a mark in its way? */
static bool
is_explained(const struct spf_facts *facts)
{
	for (size_t i = 0; i < facts->ntexts; i++)
		if (facts->texts[i].place != SPF_HERE ||
		    facts->texts[i].clean.slip == SPF_SLIP_MARK)
			return true;
	return false;
}

/* The record that receivers see; of several, the last. */
static const struct spf_text *
seen_record(const struct spf_facts *facts)
{
	for (size_t i = facts->ntexts; i > 0; i--)
		if (facts->texts[i - 1].place == SPF_HERE &&
		    facts->texts[i - 1].clean.slip == SPF_SLIP_NONE)
			return &facts->texts[i - 1];
	return NULL;
}

/* How many records there are, and what is meant as one but is none. */
static void
tell_texts(const struct spf_facts *facts)
{
	struct run *run = facts->run;
	const char *domain = facts->target->domain;

	if (facts->txt->outcome == DNS_NO_NAME && facts->txt->nchain == 0 &&
	    facts->ntexts == 0)
		report(run, F_DOMAIN_MISSING, .subject = domain);
	if (facts->nrecords == 0 && !is_explained(facts))
		report(run, F_SPF_MISSING, .subject = domain);
	if (facts->nrecords > 1)
		report(run, F_SPF_MULTIPLE, .subject = domain,
		    .detail = { arena_printf(
			run->arena, "%zu", facts->nrecords) },
		    .has_record = true, .record = seen_record(facts)->record);
	for (size_t i = 0; i < facts->ntexts; i++) {
		const struct spf_text *text = &facts->texts[i];

		if (text->place != SPF_HERE)
			tell_misplaced(facts, text);
		else if (text->clean.slip != SPF_SLIP_NONE)
			tell_slip(facts, text);
		else
			spf_lint(facts, text);
	}
}

/* RFC 7208 section 3.4: all texts of the name come in one answer. */
static void
tell_length(const struct spf_facts *facts)
{
	struct run *run = facts->run;
	const char *domain = facts->target->domain;
	size_t octets = strlen(domain);

	if (facts->ntexts == 0 || facts->texts[0].place != SPF_HERE)
		return;
	for (size_t i = 0; i < facts->txt->nrecords; i++)
		octets += facts->txt->records[i].text.len;
	if (octets > SPF_LONG)
		report(run, F_SPF_LONG, .subject = domain,
		    .detail = { arena_printf(run->arena, "%zu", octets) },
		    .has_record = true, .record = facts->texts[0].record);
}

/*
 * An address behind a term could not be looked at: whether the sender passes
 * is unknown.  Once, and only when no question that failed was told.
 */
static void
tell_temperror(
    struct run *run, const char *domain, const struct spf_verdict *verdict)
{
	if (run->report.count[SEV_UNKNOWN] > 0)
		return;
	report(run, F_DNS_FAILED, .subject = domain,
	    .detail = { verdict->term == NULL ? "SPF" : verdict->term,
		verdict->reason == NULL ? "" : verdict->reason });
}

/*
 * One sending address against the record.  What DNS could not tell, and what
 * is an error for every sender, has been said in better words.
 */
static enum status
check_sender(const struct spf_facts *facts, struct ip ip)
{
	struct run *run = facts->run;
	const struct target *target = facts->target;
	struct spf_query query = {
		.ip = ip,
		.helo = target->helo == NULL ? target->domain : target->helo,
		.sender =
		    arena_printf(run->arena, "postmaster@%s", target->domain),
	};
	struct spf_verdict verdict;
	enum status status =
	    spf_check_host(run, target->domain, &query, &verdict);

	if (status != OK || verdict.result == SPF_RESULT_PASS)
		return status;
	if (verdict.result == SPF_RESULT_TEMPERROR) {
		tell_temperror(run, target->domain, &verdict);
		return OK;
	}
	if (verdict.result == SPF_RESULT_PERMERROR &&
	    run->report.count[SEV_FAIL] > 0)
		return OK;
	report(run, F_SPF_SENDER_NOT_COVERED,
	    .subject = ip_print(run->arena, ip),
	    .detail = { target->domain, spf_result_word(verdict.result),
		verdict.reason == NULL ? "" : verdict.reason },
	    .has_record = true, .record = facts->only->record);
	return OK;
}

/* The one record there is: what it leads to, and who passes. */
static enum status
check_only(struct spf_facts *facts)
{
	const struct spf_text *only = facts->only;
	enum status status = spf_cost(
	    facts->run, facts->target->domain, &only->parsed, &facts->cost);

	if (status != OK)
		return status;
	facts->out->spf_cost = &facts->cost;
	spf_reach(facts);
	for (size_t i = 0;
	     i < facts->nsenders && !only->parsed.broken && status == OK; i++)
		status = check_sender(facts, facts->senders[i]);
	return status;
}

static void
report_ok(const struct spf_facts *facts)
{
	struct run *run = facts->run;

	if (report_worst(&run->report) > SEV_NOTE || facts->only == NULL)
		return;
	report(run, F_SPF_OK, .subject = facts->target->domain,
	    .detail = { arena_printf(run->arena, "%u", facts->cost.lookups) },
	    .has_record = true, .record = facts->only->record);
}

/*
 * Which addresses send is read from the MX hosts, unless it was said.  When
 * that could not be looked at, nobody knows whether they pass.
 */
static void
tell_unknown_senders(const struct spf_facts *facts)
{
	if (facts->target->nsending > 0 || facts->sends_nothing ||
	    look_trouble(facts->run, facts->mx))
		return;
	for (size_t i = 0; i < facts->nhosts; i++)
		if (name_is_below(facts->hosts[i]->name, facts->target->domain))
			look_trouble(facts->run, facts->hosts[i]);
}

static bool
wants_repair(const struct report *report)
{
	return report->count[SEV_FAIL] > 0 || report->count[SEV_WARN] > 0;
}

/* After the questions: everything that can be said. */
static enum status
judge(struct spf_facts *facts)
{
	enum status status = OK;

	tell_texts(facts);
	tell_length(facts);
	tell_unknown_senders(facts);
	if (facts->nrecords == 1) {
		facts->only = seen_record(facts);
		status = check_only(facts);
	}
	if (status == OK && wants_repair(&facts->run->report))
		status = spf_repair(facts);
	/* Last: servers that are silent may use up the time. */
	if (status == OK)
		status = look_at_servers(facts->run, facts->target,
		    facts->target->domain, RR_TXT, spf_is_meant);
	if (status == OK)
		report_ok(facts);
	return status;
}

enum status
check_spf(struct run *run, const struct target *target, struct step_report *out)
{
	struct spf_facts *facts = arena_new_of(run->arena, struct spf_facts);
	enum status status;

	facts->run = run;
	facts->target = target;
	facts->out = out;
	status = spf_find(facts);
	if (status != OK || look_trouble(run, facts->txt))
		return status;
	return judge(facts);
}
