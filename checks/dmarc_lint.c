/* What is wrong with a record, tag by tag. */
#include "dmarc_lint.h"

#include "base/i18n.h"
#include "base/printable.h"
#include "dmarc_value.h"

struct lint {
	const struct dmarc_facts *facts;
	const struct dmarc_text *text;
	const struct dmarc_record *record;
};

/* A finding about a part of the record, with its text as {0}. */
static void
tell(const struct lint *lint, enum finding_code code, struct span at,
    const char *one, const char *two)
{
	struct run *run = lint->facts->run;
	struct str part = str_slice(lint->record->text, at.from, at.to);

	report(run, code, .subject = lint->text->domain,
	    .detail = { printable(run->arena, part), one, two },
	    .has_record = true, .record = lint->text->record, .at = at);
}

static const char *
historic(struct arena *arena, const struct dmarc_tag *tag)
{
	const char *value = printable(arena, tag->value);

	if (tag->id == DMARC_PCT)
		return arena_printf(
		    arena, _("the policy is for %s in 100 messages"), value);
	if (tag->id == DMARC_RI)
		return arena_printf(
		    arena, _("a report is asked for every %s seconds"), value);
	return arena_printf(arena, _("the form %s is asked for"), value);
}

static void
lint_syntax(const struct lint *lint, const struct dmarc_tag *tag)
{
	struct arena *arena = lint->facts->run->arena;
	const char *why = _("this is no tag, which has a name and a \"=\"");

	if (tag->fault == DMARC_TWICE)
		why = arena_printf(arena,
		    _("the tag %s stands there before, and only that counts"),
		    dmarc_tag_name(tag->id));
	if (tag->fault == DMARC_CAPITALS)
		why = _("some receivers know its name in small letters only");
	tell(lint, F_DMARC_SYNTAX, tag->at, why, NULL);
}

static void
lint_unknown(const struct lint *lint, const struct dmarc_tag *tag)
{
	enum dmarc_tag_id meant = dmarc_name_meant(tag->name, tag->value);

	if (meant == DMARC_UNKNOWN)
		tell(lint, F_DMARC_UNKNOWN_TAG, tag->at, NULL, NULL);
	else
		tell(lint, F_DMARC_UNKNOWN_MEANT, tag->at,
		    dmarc_tag_name(meant), NULL);
}

static bool
is_policy(enum dmarc_tag_id id)
{
	return id == DMARC_P || id == DMARC_SP || id == DMARC_NP;
}

static void
lint_value(const struct lint *lint, const struct dmarc_tag *tag)
{
	const char *form = dmarc_value_form(tag->id);

	tell(lint, is_policy(tag->id) ? F_DMARC_BAD_POLICY : F_DMARC_BAD_VALUE,
	    tag->at, printable(lint->facts->run->arena, tag->name),
	    form[0] != '\0' ? form : _("plain text"));
}

static void
lint_tag(const struct lint *lint, const struct dmarc_tag *tag)
{
	switch (tag->fault) {
	case DMARC_BAD_VALUE:
		lint_value(lint, tag);
		break;
	case DMARC_NOT_A_TAG:
	case DMARC_TWICE:
	case DMARC_CAPITALS:
		lint_syntax(lint, tag);
		break;
	case DMARC_FINE:
		break;
	}
	if (dmarc_tag_is_removed(tag->id) && tag->fault != DMARC_TWICE)
		tell(lint, F_DMARC_REMOVED_TAG, tag->at,
		    dmarc_tag_name(tag->id),
		    historic(lint->facts->run->arena, tag));
	if (tag->id == DMARC_UNKNOWN && tag->fault == DMARC_FINE)
		lint_unknown(lint, tag);
}

static void
lint_uris(
    const struct lint *lint, const struct dmarc_uris *uris, const char *name)
{
	for (size_t i = 0; i < uris->n; i++) {
		const struct dmarc_uri *uri = &uris->list[i];

		if (uri->problem != NULL)
			tell(lint, F_DMARC_REPORT_URI, uri->at, uri->problem,
			    name);
		else if (uri->address == NULL)
			tell(lint, F_DMARC_REPORT_URI, uri->at,
			    _("receivers can send mail only (mailto:)"), name);
		else if (uri->size_len > 0)
			tell(lint, F_DMARC_REPORT_SIZE, uri->at, NULL, NULL);
	}
}

/* The tag that says what applies to the name looked at. */
static const struct dmarc_tag *
applied_tag(const struct lint *lint)
{
	static const enum dmarc_tag_id ids[] = { DMARC_NP, DMARC_SP, DMARC_P };

	for (size_t i = 0; i < COUNT(ids); i++)
		if (ids[i] <= lint->facts->found.applies &&
		    lint->record->tag[ids[i]] != NULL)
			return lint->record->tag[ids[i]];
	return lint->record->tag[DMARC_P];
}

/* Of an inherited record what counts for the name looked at. */
static void
lint_policy(const struct lint *lint)
{
	const struct dmarc_record *record = lint->record;
	const struct dmarc_tag *tag = applied_tag(lint);
	enum dmarc_policy wanted = record->p;

	if (lint->text->place == DMARC_ABOVE)
		wanted = lint->facts->found.wanted;
	if (record->tag[DMARC_P] == NULL) {
		tell(
		    lint, F_DMARC_NO_POLICY, (struct span){ 0, 0 }, NULL, NULL);
		return;
	}
	if (!record->has_policy)
		return; /* said of the tag */
	if (wanted == DMARC_NONE)
		tell(lint, F_DMARC_POLICY_NONE, tag->at,
		    lint->facts->target->domain, NULL);
	else if (record->testing)
		report(lint->facts->run, F_DMARC_TESTING,
		    .subject = lint->text->domain,
		    .detail = { dmarc_policy_word(wanted),
			dmarc_policy_word((enum dmarc_policy)(wanted - 1)) },
		    .has_record = true, .record = lint->text->record,
		    .at = record->tag[DMARC_T]->at);
}

/* sp and np count only where the organization has its record. */
static void
lint_subdomains(const struct lint *lint)
{
	const struct dmarc_discovery *found = &lint->facts->found;
	const struct dmarc_record *record = lint->record;
	const struct dmarc_tag *sp = record->tag[DMARC_SP];
	const struct dmarc_tag *np = record->tag[DMARC_NP];

	if (!record->has_policy ||
	    (found->record_domain != NULL &&
		!name_equal(
		    found->record_domain, found->organizational_domain)))
		return;
	if (sp != NULL && record->sp < record->p)
		tell(lint, F_DMARC_SUBDOMAIN_WEAKER, sp->at,
		    dmarc_policy_word(record->p), _("subdomains that exist"));
	if (np != NULL && record->np < record->p && record->np < record->sp)
		tell(lint, F_DMARC_SUBDOMAIN_WEAKER, np->at,
		    dmarc_policy_word(record->p), _("names that do not exist"));
}

static void
lint_order(const struct lint *lint)
{
	const struct dmarc_record *record = lint->record;

	if (record->tag[DMARC_P] != NULL && record->ntags > 1 &&
	    record->tag[DMARC_P] != &record->tags[1])
		tell(lint, F_DMARC_ORDER, record->tags[1].at, NULL, NULL);
}

static void
lint_reports(const struct lint *lint)
{
	const struct dmarc_record *record = lint->record;

	if (record->rua.n == 0 && !lint->facts->sends_nothing)
		tell(lint, F_DMARC_NO_REPORTS, (struct span){ 0, 0 }, NULL,
		    NULL);
	lint_uris(lint, &record->rua, dmarc_tag_name(DMARC_RUA));
	lint_uris(lint, &record->ruf, dmarc_tag_name(DMARC_RUF));
	if (record->tag[DMARC_FO] != NULL && record->tag[DMARC_RUF] == NULL)
		tell(lint, F_DMARC_FO_WITHOUT_RUF, record->tag[DMARC_FO]->at,
		    NULL, NULL);
}

void
dmarc_lint(const struct dmarc_facts *facts, const struct dmarc_text *text,
    const struct dmarc_record *record)
{
	struct lint lint = { facts, text, record };

	for (size_t i = 0; i < record->ntags; i++)
		lint_tag(&lint, &record->tags[i]);
	lint_policy(&lint);
	lint_order(&lint);
	lint_subdomains(&lint);
	lint_reports(&lint);
}
