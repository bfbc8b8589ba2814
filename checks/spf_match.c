/* The mechanisms: RFC 7208 section 5. */
#include <string.h>

#include "base/i18n.h"
#include "base/printable.h"
#include "spf_eval.h"

enum rr_type
spf_address_type(const struct spf_eval *eval)
{
	return eval->macros.ip.family == IP_V6 ? RR_AAAA : RR_A;
}

/* Section 5.6: an address of the other family never matches. */
bool
spf_matches_without_dns(
    const struct spf_eval *eval, const struct spf_term *term)
{
	struct ip ip = eval->macros.ip;

	if (term->kind == SPF_ALL)
		return true;
	if (term->kind == SPF_IP4)
		return ip_in_network(ip, term->ip, term->bits4);
	return term->kind == SPF_IP6 &&
	    ip_in_network(ip, term->ip, term->bits6);
}

static bool
has_address(const struct spf_eval *eval, const struct answer *answer,
    unsigned int bits4, unsigned int bits6)
{
	struct ip ip = eval->macros.ip;
	unsigned int bits = ip.family == IP_V4 ? bits4 : bits6;

	for (size_t i = 0; i < answer->nrecords; i++)
		if (ip_in_network(ip, answer->records[i].ip, bits))
			return true;
	return false;
}

/* Section 5.3. */
static enum spf_match
match_a(struct spf_step *step)
{
	const struct spf_eval *eval = step->level->eval;
	const struct answer *answer;
	enum spf_match match =
	    spf_ask_own(step, spf_address_type(eval), &answer);

	if (match != SPF_NO_MATCH)
		return match;
	return has_address(eval, answer, step->term->bits4, step->term->bits6)
	    ? SPF_MATCH
	    : SPF_NO_MATCH;
}

/* The hosts of an answer in order of preference, as mail would try them. */
static const struct record **
mx_in_order(struct arena *arena, const struct answer *answer)
{
	const struct record **order =
	    arena_array(arena, answer->nrecords + 1, sizeof(*order));

	for (size_t i = 0; i < answer->nrecords; i++) {
		const struct record *record = &answer->records[i];
		size_t at = i;

		while (at > 0 &&
		    order[at - 1]->mx.preference > record->mx.preference) {
			order[at] = order[at - 1];
			at--;
		}
		order[at] = record;
	}
	return order;
}

static enum spf_match
match_mx_hosts(struct spf_step *step, const struct answer *answer)
{
	struct spf_eval *eval = step->level->eval;
	enum rr_type type = spf_address_type(eval);
	const struct record **hosts = mx_in_order(eval->run->arena, answer);
	struct question questions[SPF_MAX_MX];
	size_t n = 0;

	/* "." says that there is no mail host; RFC 7505. */
	for (size_t i = 0; i < answer->nrecords; i++)
		if (name_is_valid(hosts[i]->mx.host) &&
		    strcmp(hosts[i]->mx.host, ".") != 0)
			questions[n++] =
			    (struct question){ hosts[i]->mx.host, type };
	dns_ask_ahead(eval->run, questions, n);
	for (size_t i = 0; i < n; i++) {
		const struct answer *found;
		enum spf_match match = spf_ask(
		    step->level, step->term, questions[i].name, type, &found);

		if (match != SPF_NO_MATCH)
			return match;
		if (has_address(
			eval, found, step->term->bits4, step->term->bits6))
			return SPF_MATCH;
	}
	return SPF_NO_MATCH;
}

/* Section 5.4; the limit is in section 4.6.4. */
static enum spf_match
match_mx(struct spf_step *step)
{
	const struct answer *answer;
	enum spf_match match = spf_ask_own(step, RR_MX, &answer);

	if (match != SPF_NO_MATCH)
		return match;
	if (answer->nrecords > SPF_MAX_MX) {
		spf_because(step->level, step->term,
		    _("%s: the domain has %zu MX records, and no more than %d "
		      "are allowed"),
		    spf_term_shown(step->level, step->term), answer->nrecords,
		    SPF_MAX_MX);
		return SPF_PERMANENT;
	}
	return match_mx_hosts(step, answer);
}

/* Section 5.7: A records, whatever address the client has. */
static enum spf_match
match_exists(struct spf_step *step)
{
	const struct answer *answer;
	enum spf_match match = spf_ask_own(step, RR_A, &answer);

	if (match != SPF_NO_MATCH)
		return match;
	return answer->outcome == DNS_FOUND ? SPF_MATCH : SPF_NO_MATCH;
}

/*
 * Section 5.5: is the client's address among those of the name?  A name whose
 * addresses cannot be had is skipped.
 */
static enum spf_match
validate(struct spf_level *level, const char *name)
{
	struct spf_eval *eval = level->eval;
	const struct answer *answer;

	if (!name_is_valid(name))
		return SPF_NO_MATCH;
	if (dns_ask(eval->run, name, spf_address_type(eval), &answer) != OK)
		return SPF_STOPPED;
	return has_address(eval, answer, 32, 128) ? SPF_MATCH : SPF_NO_MATCH;
}

/* Which names of a PTR answer are looked at together. */
enum kinship { SAME_NAME, BELOW, OTHER };

static enum kinship
kinship(const char *name, const char *domain)
{
	if (name_equal(name, domain))
		return SAME_NAME;
	return name_is_below(name, domain) ? BELOW : OTHER;
}

/*
 * Finds a name of the client that is validated: the domain itself, else one
 * below it, else, with `any`, another.  NULL if there is none.  Only the first
 * SPF_MAX_PTR names count; section 4.6.4.
 */
static enum spf_match
find_validated(struct spf_level *level, const struct answer *answer,
    const char *domain, bool any, const char **out)
{
	enum rr_type type = spf_address_type(level->eval);
	enum kinship last = any ? OTHER : BELOW;
	struct question questions[SPF_MAX_PTR];
	size_t n = 0;

	*out = NULL;
	for (enum kinship kin = SAME_NAME; kin <= last; kin++)
		for (size_t i = 0; i < answer->nrecords && i < SPF_MAX_PTR; i++)
			if (kinship(answer->records[i].host, domain) == kin &&
			    name_is_valid(answer->records[i].host))
				questions[n++] =
				    (struct question){ answer->records[i].host,
					    type };
	dns_ask_ahead(level->eval->run, questions, n);
	for (size_t i = 0; i < n; i++) {
		enum spf_match match = validate(level, questions[i].name);

		if (match == SPF_MATCH)
			*out = questions[i].name;
		if (match != SPF_NO_MATCH)
			return match;
	}
	return SPF_NO_MATCH;
}

/* Section 5.5: an error while looking up the PTR record is no match. */
static enum spf_match
match_ptr(struct spf_step *step)
{
	struct spf_level *level = step->level;
	const struct answer *answer;
	const char *found;
	enum spf_match match = spf_ask_own(step, RR_PTR, &answer);

	if (match == SPF_TEMPORARY)
		return SPF_NO_MATCH;
	if (match != SPF_NO_MATCH)
		return match;
	return find_validated(level, answer, step->name, false, &found);
}

enum spf_match
spf_validated_name(struct spf_level *level, struct str *out)
{
	struct spf_eval *eval = level->eval;
	const char *reverse =
	    ip_reverse_name(eval->run->arena, eval->macros.ip);
	const struct answer *answer;
	const char *found;
	enum spf_match match;

	*out = str_of("unknown");
	if (dns_ask(eval->run, reverse, RR_PTR, &answer) != OK)
		return SPF_STOPPED;
	match = find_validated(level, answer, level->name, true, &found);
	/* A host name has no octets that need an escape; RFC 1123 2.1. */
	if (match == SPF_MATCH && strchr(found, '\\') == NULL)
		*out = str_of(found);
	return match == SPF_STOPPED ? match : SPF_NO_MATCH;
}

enum spf_match
spf_match_step(struct spf_step *step)
{
	switch (step->term->kind) {
	case SPF_INCLUDE:
		return spf_check_include(step);
	case SPF_A:
		return match_a(step);
	case SPF_MX:
		return match_mx(step);
	case SPF_PTR:
		return match_ptr(step);
	case SPF_EXISTS:
		return match_exists(step);
	default:
		return SPF_NO_MATCH;
	}
}
