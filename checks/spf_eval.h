/*
 * checks/spf_eval.h - the inside of spf_check_host(): what spf_eval.c,
 * spf_match.c and spf_ahead.c share.  RFC 7208 section 4.
 *
 *	spf_check_host() -> check a domain: find its record, judge its terms
 *	     match a term -> count, expand, ask
 *	          include, redirect -> check a domain
 */
#ifndef SPF_EVAL_H
#define SPF_EVAL_H

#include "dns.h"
#include "spf.h"
#include "spf_macro.h"

/* What becomes of a term; section 4.6.2.  The last three end it all. */
enum spf_match {
	SPF_NO_MATCH, /* also: go on */
	SPF_MATCH,
	SPF_TEMPORARY, /* temperror */
	SPF_PERMANENT, /* permerror */
	SPF_STOPPED, /* cancelled */
};

/* One spf_check_host(). */
struct spf_eval {
	struct run *run;
	struct spf_macros macros; /* domain and validated: as they are now */
	struct spf_verdict verdict; /* what is known of it so far */
};

struct spf_step;

/* One check_host() in it: the record of one domain is judged. */
struct spf_level {
	struct spf_eval *eval;
	struct str domain; /* raw octets: what %{d} stands for */
	const char *name; /* as it is asked for */
	const char *shown; /* printable */
	const struct spf_record *record;
	struct spf_branch **tail; /* where the next term that asks goes */
	struct spf_step *via; /* that led here; NULL: the caller did */
	bool included; /* exp= is not for us; section 6.2 */
};

/* One term of it that asks DNS. */
struct spf_step {
	struct spf_level *level;
	const struct spf_term *term;
	struct str domain; /* <target-name>, raw octets; section 4.8 */
	const char *name; /* as it is asked for; NULL: no possible name */
	struct spf_branch *branch;
	enum spf_result result; /* include, redirect: of the other domain */
};

/*
 * Asks for the term.  NO_MATCH with *out set when there is an answer, whatever
 * it holds; TEMPORARY when there is none (section 5).
 */
enum spf_match spf_ask(struct spf_level *, const struct spf_term *,
    const char *name, enum rr_type, const struct answer **out);

/*
 * The same for the question that is the term's own: it counts as a void lookup
 * when nothing is there, and the third is PERMANENT (section 4.6.4).
 */
enum spf_match spf_ask_own(
    struct spf_step *, enum rr_type, const struct answer **out);

/* Counts a term or a %{p} that asks; PERMANENT when it is one too many. */
enum spf_match spf_count_lookup(struct spf_level *, const struct spf_term *);

/* check_host() again, for include and redirect; sections 5.2 and 6.1. */
enum spf_match spf_check_include(struct spf_step *);

/* a, mx, ptr, exists, include: sections 5.2 to 5.7. */
enum spf_match spf_match_step(struct spf_step *);

/* all, ip4, ip6: sections 5.1 and 5.6. */
bool spf_matches_without_dns(const struct spf_eval *, const struct spf_term *);

/* %{p}, or "unknown", for the domain of the level; only STOPPED is an error. */
enum spf_match spf_validated_name(struct spf_level *, struct str *out);

/* Sends the questions the terms of the record will need; waits for none. */
void spf_ask_ahead(struct spf_level *);

/* A or AAAA, as the client has it; section 5. */
enum rr_type spf_address_type(const struct spf_eval *);

/* Sets term, its domain and the sentence why; the first to say it is right. */
void spf_because(struct spf_level *, const struct spf_term *, const char *fmt,
    ...) __attribute__((format(printf, 3, 4)));

/* The term in quotes and whose it is: printable, for sentences. */
const char *spf_term_shown(struct spf_level *, const struct spf_term *);

/*
 * The name to ask for; NULL when the octets cannot be one: labels of 1 to 63
 * octets, 253 in all (RFC 1035 section 2.3.4).
 */
const char *spf_name_to_ask(struct arena *, struct str octets);

/*
 * Is this a multi-label domain name, and well formed (section 4.3)?  Address
 * literals are not.
 */
bool spf_domain_is_valid(struct arena *, struct str octets);

/* How many SPF records are in the answer, and the first; section 4.5. */
size_t spf_select(const struct answer *, struct str *out);

#endif
