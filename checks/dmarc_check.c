/*
 * The step "dmarc":
 *
 *	tree walk -> texts found -> what is wrong with each
 *	          -> where reports go -> the record repaired
 */
#include "dmarc_check.h"

#include "base/i18n.h"
#include "base/printable.h"
#include "dmarc_find.h"
#include "dmarc_lint.h"
#include "dmarc_repair.h"
#include "dmarc_report.h"

static void
tell_text(const struct dmarc_facts *facts, const struct dmarc_text *text,
    enum finding_code code, struct span at, const char *zero, const char *one)
{
	struct run *run = facts->run;

	report(run, code, .subject = text->domain, .detail = { zero, one },
	    .has_record = true, .record = text->record, .at = at);
}

/*
 * Not quite a record.  Beside one that receivers read it does no harm but for
 * what it was meant to add.
 */
static void
tell_slip(const struct dmarc_facts *facts, const struct dmarc_text *text)
{
	struct run *run = facts->run;
	const struct dmarc_clean *clean = &text->clean;
	struct str raw = text->found->text;
	bool beside = facts->nrecords > 0;
	bool mark = clean->slip == DMARC_SLIP_MARK;
	struct str shown =
	    mark ? raw : str_slice(raw, clean->at.from, clean->at.to);

	report(run, mark ? F_DMARC_QUOTED : F_DMARC_SYNTAX,
	    .subject = text->domain, .has_severity = beside,
	    .severity = SEV_WARN,
	    .detail = { printable(run->arena, shown), clean->why },
	    .has_record = true, .record = text->record, .at = clean->at);
}

/* How many records there are, and what is meant as one but is none. */
static void
tell_texts(const struct dmarc_facts *facts)
{
	struct run *run = facts->run;

	if (facts->nrecords > 1)
		tell_text(facts, &facts->texts[0], F_DMARC_MULTIPLE,
		    (struct span){ 0, 0 },
		    arena_printf(run->arena, "%zu", facts->nrecords), NULL);
	for (size_t i = 0; i < facts->ntexts; i++) {
		const struct dmarc_text *text = &facts->texts[i];

		if (text->place == DMARC_APEX)
			tell_text(facts, text, F_DMARC_MISPLACED,
			    (struct span){ 0, 0 }, facts->home, NULL);
		else if (text->place == DMARC_DOUBLED)
			tell_text(facts, text, F_DMARC_MISPLACED_DOUBLED,
			    (struct span){ 0, 0 }, facts->home, NULL);
		else if (text->clean.slip != DMARC_SLIP_NONE)
			tell_slip(facts, text);
	}
}

/* There is nothing that receivers would see, nor anything that explains it. */
static void
tell_missing(const struct dmarc_facts *facts)
{
	struct run *run = facts->run;
	const char *domain = facts->target->domain;

	if (facts->ntexts > 0)
		return;
	if (facts->mx->outcome == DNS_NO_NAME && facts->mx->nchain == 0)
		report(run, F_DOMAIN_MISSING, .subject = domain);
	if (facts->found.suffix_only)
		report(run, F_DMARC_MISSING_SUFFIX, .subject = domain,
		    .detail = { facts->home, facts->found.record_domain });
	else
		report(run, F_DMARC_MISSING, .subject = domain,
		    .detail = { facts->home });
}

/* Why nothing came from above, where something could have. */
static void
tell_multiple_above(const struct dmarc_facts *facts)
{
	const struct dmarc_walk *walk = &facts->found.walk;
	struct run *run = facts->run;

	if (facts->found.record != NULL)
		return;
	for (size_t i = 1; i < walk->n; i++)
		if (walk->counts[i] > 1)
			report(run, F_DMARC_MULTIPLE, .subject = walk->names[i],
			    .detail = { arena_printf(
				run->arena, "%zu", walk->counts[i]) });
}

/* The text whose record applies to the domain; NULL: none here does. */
static const struct dmarc_text *
applied_text(const struct dmarc_facts *facts)
{
	for (size_t i = 0; i < facts->ntexts; i++)
		if (facts->texts[i].found == facts->found.found)
			return &facts->texts[i];
	return NULL;
}

static void
report_ok(const struct dmarc_facts *facts, const struct dmarc_text *text)
{
	struct run *run = facts->run;

	if (text == NULL || report_worst(&run->report) > SEV_NOTE)
		return;
	report(run, F_DMARC_OK, .subject = facts->target->domain,
	    .detail = { dmarc_policy_word(facts->found.policy),
		text->found->name },
	    .has_record = true, .record = text->record);
}

/*
 * Alignment hangs on the organizational domain.  Of a top-level domain the
 * record would be that of a public suffix, and nearly none has one.
 */
static void
tell_domain_trouble(const struct dmarc_facts *facts)
{
	const struct answer *trouble = facts->found.domain_trouble;

	if (trouble != NULL && name_labels(name_parent(trouble->name)) > 1)
		look_trouble(facts->run, trouble);
}

static enum status
judge(struct dmarc_facts *facts)
{
	const struct dmarc_text *text = applied_text(facts);
	struct run *run = facts->run;
	enum status status;

	tell_texts(facts);
	tell_missing(facts);
	tell_multiple_above(facts);
	tell_domain_trouble(facts);
	if (text != NULL)
		dmarc_lint(facts, text, facts->found.record);
	status = dmarc_repair(facts);
	if (status == OK && text != NULL)
		status = dmarc_report(facts, facts->found.record, text);
	/* Last: servers that are silent may use up the time. */
	if (status == OK && facts->found.walk.n > 0)
		status = look_at_servers(run, facts->target,
		    facts->found.walk.queries[0], RR_TXT, dmarc_is_meant);
	if (status == OK)
		report_ok(facts, text);
	return status;
}

enum status
check_dmarc(
    struct run *run, const struct target *target, struct step_report *out)
{
	struct dmarc_facts *facts =
	    arena_new_of(run->arena, struct dmarc_facts);
	enum status status;

	facts->run = run;
	facts->target = target;
	facts->out = out;
	out->dmarc = &facts->found;
	status = dmarc_find(facts);
	if (status != OK)
		return status;
	if (dmarc_is_hidden(facts)) {
		look_trouble(run, facts->found.policy_trouble);
		return OK;
	}
	return judge(facts);
}
