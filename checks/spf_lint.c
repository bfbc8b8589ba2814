/*
 * What can be seen in an SPF record without asking anyone.  One function a
 * rule, each looks at all terms.
 */
#include "spf_facts.h"

#include <strings.h>

#include "base/i18n.h"
#include "base/printable.h"
#include "sending.h"

#define WIDE_V4 16 /* prefix lengths below are a wide range; Gmail's 5.7.24 */
#define WIDE_V6 32
#define HUGE_V4 8 /* below: no registered block is that large */
#define HUGE_V6 7

/* What a rule is given. */
struct lint {
	const struct spf_facts *facts;
	const struct spf_text *text;
	const struct spf_term *all; /* the first one; NULL: none */
	const struct spf_term *redirect;
};

void
spf_report_term(const struct spf_facts *facts, const struct spf_text *text,
    enum finding_code code, const struct spf_term *term, const char *detail1,
    const char *detail2)
{
	struct run *run = facts->run;

	report(run, code, .subject = facts->target->domain,
	    .detail = { printable(run->arena, term->text), detail1, detail2 },
	    .has_record = true, .record = text->record, .at = term->at);
}

static void
note(const struct lint *lint, enum finding_code code,
    const struct spf_term *term, const char *detail1)
{
	spf_report_term(lint->facts, lint->text, code, term, detail1, NULL);
}

static bool
is_mechanism(const struct spf_term *term)
{
	return term->kind < SPF_REDIRECT;
}

/* Terms behind the first `all` are never reached; RFC 7208 section 5.1. */
static bool
is_reached(const struct lint *lint, const struct spf_term *term)
{
	return lint->all == NULL || term <= lint->all;
}

/* Can a match of this term let somebody send? */
static bool
allows(const struct lint *lint, const struct spf_term *term)
{
	return term->qualifier == SPF_RESULT_PASS && is_reached(lint, term);
}

static void
lint_syntax(const struct lint *lint, const struct spf_term *term)
{
	if (term->kind == SPF_BROKEN)
		note(lint, F_SPF_SYNTAX, term, term->problem);
}

/* "~ all": a sign on its own stands before it, and was meant for it. */
static bool
has_lone_sign(const struct lint *lint, const struct spf_term *term)
{
	const struct spf_term *before = term;

	if (term == lint->text->parsed.terms)
		return false;
	before--;
	return before->kind == SPF_BROKEN && before->text.len == 1;
}

static void
lint_all(const struct lint *lint, const struct spf_term *term)
{
	if (term != lint->all || has_lone_sign(lint, term))
		return;
	if (term->qualifier == SPF_RESULT_PASS)
		note(lint, F_SPF_PLUS_ALL, term, NULL);
	else if (term->qualifier == SPF_RESULT_NEUTRAL)
		note(lint, F_SPF_NEUTRAL_ALL, term, NULL);
	else if (term->qualifier == SPF_RESULT_SOFTFAIL)
		note(lint, F_SPF_SOFTFAIL, term, NULL);
}

static void
lint_after_all(const struct lint *lint, const struct spf_term *term)
{
	struct arena *arena = lint->facts->run->arena;

	if (is_mechanism(term) && !is_reached(lint, term))
		note(lint, F_SPF_AFTER_ALL, term,
		    printable(arena, lint->all->text));
}

static void
lint_redirect(const struct lint *lint, const struct spf_term *term)
{
	if (term->kind == SPF_REDIRECT && lint->all != NULL)
		note(lint, F_SPF_REDIRECT_IGNORED, term, NULL);
}

static void
lint_ptr(const struct lint *lint, const struct spf_term *term)
{
	if (term->kind == SPF_PTR)
		note(lint, F_SPF_PTR, term, NULL);
}

/* "exists" is made for macros; without one it is the same for everyone. */
static void
lint_exists(const struct lint *lint, const struct spf_term *term)
{
	struct arena *arena = lint->facts->run->arena;

	if (term->kind != SPF_EXISTS)
		return;
	for (size_t i = 0; i + 1 < term->domain.len; i++)
		if (term->domain.p[i] == '%' && term->domain.p[i + 1] == '{')
			return;
	note(lint, F_SPF_EXISTS_PLAIN, term, printable(arena, term->domain));
}

/* ra, rp and rr ask for failure reports: RFC 6652 section 3. */
static bool
is_registered(struct str name)
{
	return str_equal_nocase(name, "ra") || str_equal_nocase(name, "rp") ||
	    str_equal_nocase(name, "rr");
}

static void
lint_modifier(const struct lint *lint, const struct spf_term *term)
{
	struct str name = str_slice(term->text, 0, str_find(term->text, '='));

	if (term->kind == SPF_UNKNOWN_MODIFIER && !is_registered(name))
		note(lint, F_SPF_UNKNOWN_MODIFIER, term,
		    printable(lint->facts->run->arena, name));
}

static bool
is_network(const struct spf_term *term)
{
	return term->kind == SPF_IP4 || term->kind == SPF_IP6;
}

static unsigned int
bits_of(const struct spf_term *term)
{
	return term->kind == SPF_IP6 ? term->bits6 : term->bits4;
}

static bool
is_huge(const struct spf_term *term)
{
	return bits_of(term) < (term->kind == SPF_IP6 ? HUGE_V6 : HUGE_V4);
}

static bool
is_set_aside(const struct spf_term *term)
{
	return is_network(term) && !is_huge(term) &&
	    ip_use(term->ip) != IP_USE_PUBLIC;
}

static void
lint_private(const struct lint *lint, const struct spf_term *term)
{
	struct run *run = lint->facts->run;

	if (!allows(lint, term) || !is_set_aside(term) ||
	    (run->made_up && ip_is_visible(term->ip)))
		return;
	report(run, F_SPF_PRIVATE_ADDRESS,
	    .subject = lint->facts->target->domain,
	    .has_severity = ip_use(term->ip) == IP_USE_DOCUMENTATION,
	    .severity = SEV_NOTE,
	    .detail = { printable(run->arena, term->text),
		ip_use_phrase(term->ip) },
	    .has_record = true, .record = lint->text->record, .at = term->at);
}

static const char *
range_phrase(struct arena *arena, bool v4, unsigned int bits)
{
	if (v4)
		return arena_printf(
		    arena, _("%llu IPv4 addresses"), 1ull << (32 - bits));
	return arena_printf(arena, _("2^%u IPv6 addresses"), 128 - bits);
}

/* Also "a/8" and "mx//16", whose length counts from each address found. */
static void
lint_wide(const struct lint *lint, const struct spf_term *term)
{
	struct arena *arena = lint->facts->run->arena;

	if (!allows(lint, term) || !spf_term_kinds[term->kind].cidr)
		return;
	if (is_set_aside(term) && ip_use(term->ip) != IP_USE_DOCUMENTATION)
		return; /* said already, and wide is the least of it */
	if (term->kind != SPF_IP6 && term->bits4 < WIDE_V4)
		note(lint, F_SPF_WIDE_RANGE, term,
		    range_phrase(arena, true, term->bits4));
	else if (term->kind != SPF_IP4 && term->bits6 < WIDE_V6)
		note(lint, F_SPF_WIDE_RANGE, term,
		    range_phrase(arena, false, term->bits6));
}

static void
lint_host_bits(const struct lint *lint, const struct spf_term *term)
{
	struct arena *arena = lint->facts->run->arena;
	struct spf_term clean = *term;

	if (!is_network(term))
		return;
	clean.ip = ip_network(term->ip, bits_of(term));
	clean.qualifier = SPF_RESULT_PASS;
	if (!ip_equal(clean.ip, term->ip))
		note(
		    lint, F_SPF_HOST_BITS, term, spf_print_term(arena, &clean));
}

static bool
is_same(struct arena *arena, struct spf_term a, struct spf_term b)
{
	a.qualifier = b.qualifier = SPF_RESULT_PASS;
	return a.kind == b.kind &&
	    strcasecmp(spf_print_term(arena, &a), spf_print_term(arena, &b)) ==
	    0;
}

static void
lint_duplicate(const struct lint *lint, const struct spf_term *term)
{
	const struct spf_record *record = &lint->text->parsed;

	if (!is_mechanism(term) || term->kind == SPF_ALL ||
	    !is_reached(lint, term))
		return;
	for (const struct spf_term *t = record->terms; t < term; t++)
		if (is_same(lint->facts->run->arena, *t, *term)) {
			note(lint, F_SPF_DUPLICATE, term, NULL);
			return;
		}
}

/* "-all", and no other mechanism is ever reached. */
static void
lint_nobody(const struct lint *lint, const struct spf_term *term)
{
	const struct spf_record *record = &lint->text->parsed;

	if (term != lint->all || term->qualifier != SPF_RESULT_FAIL ||
	    lint->facts->sends_nothing)
		return;
	for (const struct spf_term *t = record->terms; t < term; t++)
		if (is_mechanism(t) || t->kind == SPF_BROKEN)
			return;
	note(lint, F_SPF_NOBODY, term, NULL);
}

/* What is wrong with the record as a whole. */
static void
lint_record(const struct lint *lint)
{
	struct run *run = lint->facts->run;
	const struct spf_record *record = &lint->text->parsed;
	const char *domain = lint->facts->target->domain;

	if (record->problem != NULL)
		report(run, F_SPF_SYNTAX, .subject = domain,
		    .detail = { printable(run->arena,
				    str_slice(lint->text->found->text,
					record->fault.from, record->fault.to)),
			record->problem },
		    .has_record = true, .record = lint->text->record,
		    .at = record->fault);
	/* What was meant to be there may be one of the broken terms. */
	if (lint->all == NULL && lint->redirect == NULL && !record->broken)
		report(run, F_SPF_NO_ALL, .subject = domain, .has_record = true,
		    .record = lint->text->record);
}

static void (*const rules[])(const struct lint *, const struct spf_term *) = {
	lint_syntax,
	lint_all,
	lint_nobody,
	lint_after_all,
	lint_redirect,
	lint_ptr,
	lint_exists,
	lint_modifier,
	lint_private,
	lint_wide,
	lint_host_bits,
	lint_duplicate,
};

void
spf_lint(const struct spf_facts *facts, const struct spf_text *text)
{
	struct lint lint = { .facts = facts, .text = text };
	const struct spf_record *record = &text->parsed;

	for (size_t i = record->nterms; i > 0; i--) {
		const struct spf_term *term = &record->terms[i - 1];

		if (term->kind == SPF_ALL)
			lint.all = term;
		else if (term->kind == SPF_REDIRECT)
			lint.redirect = term;
	}
	lint_record(&lint);
	for (size_t i = 0; i < record->nterms; i++)
		for (size_t rule = 0; rule < COUNT(rules); rule++)
			rules[rule](&lint, &record->terms[i]);
}
