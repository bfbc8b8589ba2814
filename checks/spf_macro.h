/*
 * checks/spf_macro.h - the macros of RFC 7208 section 7: is one well written,
 * and what becomes of it.  Asks nobody: what %{p} stands for is found out by
 * the caller, who sees with spf_macro_uses() that it is wanted.
 */
#ifndef SPF_MACRO_H
#define SPF_MACRO_H

#include <time.h>

#include "base/ip.h"
#include "base/str.h"

#define SPF_NAME_MAX	 253 /* octets of a name asked for; section 7.3 */
#define SPF_EXPANDED_MAX 8192 /* octets of an explanation; section 6.2 */

enum spf_macro_place {
	SPF_IN_TERM, /* the argument of a mechanism, redirect or exp */
	SPF_IN_IGNORED, /* the value of an unknown modifier */
	SPF_IN_EXPLANATION, /* the text exp= leads to: spaces, and c, r, t */
};

/* What the letters stand for; section 7.2.  Raw octets. */
struct spf_macros {
	struct str sender; /* s: local@domain */
	struct str local; /* l */
	struct str sender_domain; /* o */
	struct str domain; /* d: of the record being judged */
	struct str validated; /* p: a name, or "unknown" */
	struct str helo; /* h */
	struct str receiver; /* r: a name, or "unknown" */
	struct ip ip; /* i, c, v */
	time_t now; /* t */
};

/*
 * What is wrong with a macro-string: NULL, or a phrase, and in *fault the
 * octets of `text` it is about.
 */
const char *spf_macro_problem(
    struct str text, enum spf_macro_place, struct span *fault);

/* The same for a domain-spec, which has to end in a way of its own. */
const char *spf_domain_problem(struct str text, struct span *fault);

/* Does it hold one of these macro letters (lower case), in either case? */
bool spf_macro_uses(struct str text, const char *letters);

/*
 * Expands text without problems.  Of an explanation the first
 * SPF_EXPANDED_MAX octets are given, of anything else the last ones.
 */
struct str spf_macro_expand(struct arena *, struct str text,
    enum spf_macro_place, const struct spf_macros *);

/*
 * The name a domain-spec stands for, without a dot at the end, and shortened
 * from the left to SPF_NAME_MAX octets; section 7.3.
 */
struct str spf_macro_name(
    struct arena *, struct str text, const struct spf_macros *);

#endif
