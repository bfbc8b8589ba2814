/* check_host(): RFC 7208 section 4. */
#include "spf_eval.h"

#include "base/i18n.h"
#include "base/printable.h"

#define RECEIVER "unknown" /* %{r}, where nobody receives; section 7.3 */

static enum spf_match check_domain(struct spf_level *, enum spf_result *out);

/*
 * The <target-name> of a term: its domain-spec expanded, or the domain itself;
 * section 4.8.  %{p} is looked up first, which counts (section 4.6.4).
 */
static enum spf_match
find_target(struct spf_step *step)
{
	struct spf_level *level = step->level;
	struct spf_eval *eval = level->eval;
	struct arena *arena = eval->run->arena;
	enum spf_match match = SPF_NO_MATCH;

	step->domain = level->domain;
	if (step->term->domain.len > 0) {
		if (spf_macro_uses(step->term->domain, "p")) {
			match = spf_count_lookup(level, step->term);
			if (match == SPF_NO_MATCH)
				match = spf_validated_name(
				    level, &eval->macros.validated);
		}
		eval->macros.domain = level->domain;
		step->domain =
		    spf_macro_name(arena, step->term->domain, &eval->macros);
	}
	step->name = spf_name_to_ask(arena, step->domain);
	step->branch->domain = printable(arena, step->domain);
	return match;
}

static struct spf_branch *
add_branch(struct spf_level *level, const struct spf_term *term)
{
	struct arena *arena = level->eval->run->arena;
	struct spf_branch *branch = arena_new_of(arena, struct spf_branch);

	branch->term = printable(arena, term->text);
	branch->domain = "";
	*level->tail = branch;
	level->tail = &branch->next;
	return branch;
}

/*
 * One term that asks DNS, include and redirect with all that is below: counted
 * when its turn comes, whatever comes of it.
 */
static enum spf_match
take_step(struct spf_step *step, enum spf_match (*act)(struct spf_step *))
{
	struct spf_level *level = step->level;
	struct spf_verdict *verdict = &level->eval->verdict;
	unsigned int lookups = verdict->lookups;
	unsigned int voids = verdict->voids;
	enum spf_match match = spf_count_lookup(level, step->term);

	if (match != SPF_NO_MATCH)
		return match;
	step->branch = add_branch(level, step->term);
	match = find_target(step);
	if (match == SPF_NO_MATCH &&
	    (step->name != NULL || step->term->kind == SPF_INCLUDE ||
		step->term->kind == SPF_REDIRECT))
		match = act(step);
	step->branch->lookups = verdict->lookups - lookups;
	step->branch->voids = verdict->voids - voids;
	return match;
}

/* The explanation of a fail; section 6.2.  Only STOPPED is an error. */
static enum spf_match
explain(struct spf_level *level, const struct spf_term *exp)
{
	struct spf_eval *eval = level->eval;
	struct arena *arena = eval->run->arena;
	const struct answer *answer;
	struct str text;
	struct span fault;
	const char *name;
	enum spf_match match = SPF_NO_MATCH;

	if (spf_macro_uses(exp->domain, "p"))
		match = spf_validated_name(level, &eval->macros.validated);
	if (match == SPF_STOPPED)
		return match;
	eval->macros.domain = level->domain;
	name = spf_name_to_ask(
	    arena, spf_macro_name(arena, exp->domain, &eval->macros));
	if (name == NULL)
		return SPF_NO_MATCH;
	if (dns_ask(eval->run, name, RR_TXT, &answer) != OK)
		return SPF_STOPPED;
	if (answer->outcome != DNS_FOUND || answer->nrecords != 1)
		return SPF_NO_MATCH;

	text = answer->records[0].text;
	if (spf_macro_problem(text, SPF_IN_EXPLANATION, &fault) != NULL)
		return SPF_NO_MATCH;
	if (spf_macro_uses(text, "p"))
		match = spf_validated_name(level, &eval->macros.validated);
	text = spf_macro_expand(arena, text, SPF_IN_EXPLANATION, &eval->macros);
	for (size_t i = 0; i < text.len; i++)
		if (text.p[i] == '\0' || (unsigned char)text.p[i] > '~')
			return SPF_NO_MATCH;
	eval->verdict.explanation = str_dup(arena, text);
	return match;
}

static const struct spf_term *
find_term(const struct spf_record *record, enum spf_kind kind)
{
	for (size_t i = 0; i < record->nterms; i++)
		if (record->terms[i].kind == kind)
			return &record->terms[i];
	return NULL;
}

/* Section 4.6.2: what the qualifier of a term that matches means. */
static enum spf_match
decide(
    struct spf_level *level, const struct spf_term *term, enum spf_result *out)
{
	const struct spf_term *exp = find_term(level->record, SPF_EXP);
	const char *inner = level->eval->verdict.reason;

	if (term->kind == SPF_INCLUDE)
		spf_because(level, term, _("%s matches: %s"),
		    spf_term_shown(level, term), inner);
	else
		spf_because(
		    level, term, _("%s matches"), spf_term_shown(level, term));
	*out = term->qualifier;
	if (*out == SPF_RESULT_FAIL && exp != NULL && !level->included)
		return explain(level, exp) == SPF_STOPPED ? SPF_STOPPED
							  : SPF_MATCH;
	return SPF_MATCH;
}

/*
 * check_host() again, for include and redirect: MATCH with step->result set,
 * or an error.  "none" is an error in both; sections 5.2 and 6.1.
 */
static enum spf_match
check_target(struct spf_step *step, bool included)
{
	struct spf_level *from = step->level;
	struct spf_level level = {
		.eval = from->eval,
		.domain = step->domain,
		.tail = &step->branch->below,
		.via = step,
		.included = included,
	};
	enum spf_match match = check_domain(&level, &step->result);

	if (match != SPF_NO_MATCH)
		return match;
	if (step->result != SPF_RESULT_NONE)
		return SPF_MATCH;
	spf_because(from, step->term, _("%s leads nowhere: %s"),
	    spf_term_shown(from, step->term), from->eval->verdict.reason);
	return SPF_PERMANENT;
}

/* Section 6.1: the result of the other domain is ours. */
static enum spf_match
redirect(struct spf_step *step)
{
	return check_target(step, step->level->included);
}

/* The table of section 5.2. */
enum spf_match
spf_check_include(struct spf_step *step)
{
	enum spf_match match = check_target(step, true);

	if (match == SPF_MATCH && step->result != SPF_RESULT_PASS)
		return SPF_NO_MATCH;
	return match;
}

/* Terms from left to right; sections 4.6.2 and 4.7. */
static enum spf_match
judge_terms(struct spf_level *level, enum spf_result *out)
{
	const struct spf_record *record = level->record;
	struct spf_step step = { .level = level };
	enum spf_match match = SPF_NO_MATCH;

	for (size_t i = 0; i < record->nterms && match == SPF_NO_MATCH; i++) {
		step.term = &record->terms[i];
		if (spf_term_kinds[step.term->kind].modifier)
			continue;
		if (spf_term_kinds[step.term->kind].asks_dns)
			match = take_step(&step, spf_match_step);
		else if (spf_matches_without_dns(level->eval, step.term))
			match = SPF_MATCH;
	}
	if (match == SPF_MATCH)
		return decide(level, step.term, out);
	if (match != SPF_NO_MATCH)
		return match;

	/* "all" would have matched, so that there is none here. */
	step.term = find_term(record, SPF_REDIRECT);
	if (step.term != NULL) {
		match = take_step(&step, redirect);
		*out = step.result;
		return match == SPF_MATCH ? SPF_NO_MATCH : match;
	}
	spf_because(level, NULL,
	    _("no term in the record of %s matches, and it does not say what "
	      "then"),
	    level->shown);
	*out = SPF_RESULT_NEUTRAL;
	return SPF_NO_MATCH;
}

/* Section 4.6: an error anywhere in the record, also behind what matches. */
static enum spf_match
because_of_syntax(struct spf_level *level, const struct spf_record *record)
{
	if (record->problem != NULL) {
		spf_because(level, NULL,
		    _("the record of %s has an error at octet %zu: %s"),
		    level->shown, record->fault.from, record->problem);
		return SPF_PERMANENT;
	}
	for (size_t i = 0; i < record->nterms; i++) {
		const struct spf_term *term = &record->terms[i];

		if (term->kind != SPF_BROKEN)
			continue;
		spf_because(level, term, _("%s has an error at octet %zu: %s"),
		    spf_term_shown(level, term), term->fault.from,
		    term->problem);
		break;
	}
	return SPF_PERMANENT;
}

/* Sections 4.4 and 4.5; level->record stays NULL where there is none. */
static enum spf_match
find_record(struct spf_level *level)
{
	struct arena *arena = level->eval->run->arena;
	struct spf_record *record = arena_new_of(arena, struct spf_record);
	const struct answer *answer;
	struct str text;
	size_t n;
	enum spf_match match = level->via == NULL
	    ? spf_ask(level, NULL, level->name, RR_TXT, &answer)
	    : spf_ask_own(level->via, RR_TXT, &answer);

	if (match != SPF_NO_MATCH)
		return match;
	n = spf_select(answer, &text);
	if (n == 1) {
		spf_parse(arena, text, record);
		level->record = record;
		return record->broken ? because_of_syntax(level, record)
				      : SPF_NO_MATCH;
	}
	if (n == 0) {
		spf_because(level, NULL,
		    answer->outcome == DNS_NO_NAME ? _("%s does not exist")
						   : _("%s has no SPF record"),
		    level->shown);
		return SPF_NO_MATCH;
	}
	spf_because(level, NULL,
	    _("%s has %zu SPF records, and only one is allowed"), level->shown,
	    n);
	return SPF_PERMANENT;
}

/* check_host(), once; NO_MATCH means that there is a result. */
static enum spf_match
check_domain(struct spf_level *level, enum spf_result *out)
{
	struct arena *arena = level->eval->run->arena;
	enum spf_match match;

	*out = SPF_RESULT_NONE;
	level->shown = printable(arena, level->domain);
	if (!spf_domain_is_valid(arena, level->domain)) {
		spf_because(level, NULL,
		    _("\"%s\" is not a complete domain name: two or more "
		      "labels of 1 to 63 octets, with dots between"),
		    level->shown);
		return SPF_NO_MATCH;
	}
	level->name = spf_name_to_ask(arena, level->domain);
	match = find_record(level);
	if (match != SPF_NO_MATCH || level->record == NULL)
		return match;
	spf_ask_ahead(level);
	return judge_terms(level, out);
}

/* Section 4.3: "postmaster" where the sender has no local-part; 2.4. */
static struct spf_macros
macros_of(struct arena *arena, const struct spf_query *query, time_t now)
{
	struct str sender = str_of(query->sender);
	size_t at = sender.len;
	struct spf_macros macros = {
		.helo = str_of(query->helo),
		.validated = str_of("unknown"),
		.receiver = str_of(RECEIVER),
		.ip = ip_unmap(query->ip),
		.now = now,
	};

	while (at > 0 && sender.p[at - 1] != '@')
		at--;
	macros.local = str_slice(sender, 0, at > 0 ? at - 1 : 0);
	macros.sender_domain =
	    sender.len == 0 ? macros.helo : str_slice(sender, at, sender.len);
	if (macros.local.len == 0)
		macros.local = str_of("postmaster");
	macros.sender =
	    str_of(arena_printf(arena, "%s@%s", str_dup(arena, macros.local),
		str_dup(arena, macros.sender_domain)));
	return macros;
}

enum status
spf_check_host(struct run *run, const char *domain,
    const struct spf_query *query, struct spf_verdict *out)
{
	struct spf_eval eval = {
		.run = run,
		.macros = macros_of(run->arena, query, run->now),
	};
	struct spf_level level = {
		.eval = &eval,
		.domain = str_of(domain),
		.tail = &eval.verdict.tree,
	};
	enum spf_match match;

	if (level.domain.len > 0 && domain[level.domain.len - 1] == '.')
		level.domain.len--;
	match = check_domain(&level, &eval.verdict.result);
	if (match == SPF_STOPPED)
		return E_CANCELLED;
	if (match == SPF_TEMPORARY)
		eval.verdict.result = SPF_RESULT_TEMPERROR;
	if (match == SPF_PERMANENT)
		eval.verdict.result = SPF_RESULT_PERMERROR;
	*out = eval.verdict;
	return OK;
}
