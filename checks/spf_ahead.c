/*
 * The questions of a record leave together, before its terms are judged in
 * order.  No more than may be counted (RFC 7208 section 4.6.4), and none
 * behind a term that is sure to match.
 */
#include "spf_eval.h"

/* The question a term will ask; false when that cannot be said yet. */
static bool
question_of(
    struct spf_level *level, const struct spf_term *term, struct question *out)
{
	static const enum rr_type types[SPF_KIND_COUNT] = {
		[SPF_INCLUDE] = RR_TXT,
		[SPF_MX] = RR_MX,
		[SPF_PTR] = RR_PTR,
		[SPF_EXISTS] = RR_A,
		[SPF_REDIRECT] = RR_TXT,
	};
	struct spf_eval *eval = level->eval;
	struct arena *arena = eval->run->arena;
	struct str domain = level->domain;

	if (spf_macro_uses(term->domain, "p"))
		return false;
	eval->macros.domain = level->domain;
	if (term->domain.len > 0)
		domain = spf_macro_name(arena, term->domain, &eval->macros);
	out->type =
	    term->kind == SPF_A ? spf_address_type(eval) : types[term->kind];
	out->name = term->kind == SPF_PTR
	    ? ip_reverse_name(arena, eval->macros.ip)
	    : spf_name_to_ask(arena, domain);
	return out->name != NULL;
}

void
spf_ask_ahead(struct spf_level *level)
{
	const struct spf_record *record = level->record;
	struct question questions[SPF_MAX_LOOKUPS];
	const struct spf_term *redirect = NULL;
	size_t budget = SPF_MAX_LOOKUPS - level->eval->verdict.lookups;
	size_t n = 0;

	for (size_t i = 0; i < record->nterms && budget > 0; i++) {
		const struct spf_term *term = &record->terms[i];

		if (term->kind == SPF_REDIRECT)
			redirect = term;
		else if (spf_matches_without_dns(level->eval, term))
			budget = 0;
		else if (spf_term_kinds[term->kind].asks_dns) {
			n += question_of(level, term, &questions[n]);
			budget--;
		}
	}
	if (budget > 0 && redirect != NULL)
		n += question_of(level, redirect, &questions[n]);
	if (n > 1)
		dns_ask_ahead(level->eval->run, questions, n);
}
