/*
 * checks/spf.h - SPF records: read one, judge one, write one.  RFC 7208.
 *
 *	text --spf_parse()--> struct spf_record --spf_print()--> text
 *				   |
 *			    spf_check_host()
 *
 * The wizard edits the struct, never the text.  spf_parse(spf_print(r)) is r.
 * Everything returned lives in the arena given, or in run->arena.
 */
#ifndef SPF_H
#define SPF_H

#include "base/ip.h"
#include "base/str.h"
#include "run.h"

#define SPF_MAX_LOOKUPS 10 /* terms that ask DNS; section 4.6.4 */
#define SPF_MAX_VOIDS	2 /* answers without records; section 4.6.4 */
#define SPF_MAX_MX	10 /* names of one "mx"; section 4.6.4 */
#define SPF_MAX_PTR	10 /* names of one "ptr" or %{p}; section 4.6.4 */

enum spf_result { /* section 2.6 */
	SPF_RESULT_NONE,
	SPF_RESULT_NEUTRAL,
	SPF_RESULT_PASS,
	SPF_RESULT_FAIL,
	SPF_RESULT_SOFTFAIL,
	SPF_RESULT_TEMPERROR,
	SPF_RESULT_PERMERROR,
};

enum spf_kind { /* sections 5 and 6 */
	SPF_ALL,
	SPF_INCLUDE,
	SPF_A,
	SPF_MX,
	SPF_PTR,
	SPF_IP4,
	SPF_IP6,
	SPF_EXISTS,
	SPF_REDIRECT, /* a modifier */
	SPF_EXP, /* a modifier */
	SPF_UNKNOWN_MODIFIER, /* ignored by receivers; section 6 */
	SPF_BROKEN, /* a syntax error: permerror; section 4.6 */
	SPF_KIND_COUNT
};

struct spf_term {
	enum spf_kind kind;
	enum spf_result qualifier; /* PASS FAIL SOFTFAIL NEUTRAL; PASS if none,
				      and for modifiers */
	struct str domain; /* domain-spec as written, macros and all;
				      len 0 if none */
	struct ip ip; /* SPF_IP4 and SPF_IP6 only */
	uint8_t bits4; /* 0-32; 32 if none */
	uint8_t bits6; /* 0-128; 128 if none */
	struct str text; /* the term as it stood in the record */
	struct span at; /* in the text it was read from */
	const char *problem; /* SPF_BROKEN: what is wrong, a phrase */
	struct span fault; /* SPF_BROKEN: the octets at fault */
};

struct spf_record {
	struct spf_term *terms; /* in the order written */
	size_t nterms;
	bool broken; /* has a syntax error: permerror */
	const char *problem; /* of the record as a whole, such as a tab
				  between terms or two redirects; or NULL */
	struct span fault; /* where that is */
};

/* Who is asking.  Names are ASCII, without a dot at the end. */
struct spf_query {
	struct ip ip; /* of the client that connected */
	const char *helo;
	const char *sender; /* MAIL FROM, raw octets; "" for a bounce; 2.4 */
};

/* What an evaluation spent, term by term that asked DNS. */
struct spf_branch {
	const char *term; /* printable */
	const char *domain; /* that was looked at, macros expanded; printable */
	unsigned int lookups; /* of this term and all below it */
	unsigned int voids;
	struct spf_branch *below; /* first of an include's or redirect's own */
	struct spf_branch *next;
};

struct spf_verdict {
	enum spf_result result;
	const char *explanation; /* exp= text on fail, else NULL; 6.2; raw */
	const char *reason; /* a sentence: which term matched, or what is
				    wrong and where; printable */
	const char *term; /* the term that decided; printable or NULL */
	const char *term_domain; /* whose record that term stands in, or NULL */
	unsigned int lookups; /* spent, of SPF_MAX_LOOKUPS */
	unsigned int voids; /* spent, of SPF_MAX_VOIDS */
	struct spf_branch *tree;
};

/*
 * Reads the text of one record ("v=spf1 ...").  Asks nobody, reports nothing.
 * Every syntax error becomes a term of kind SPF_BROKEN and sets out->broken;
 * the terms that could be read are still there, so that the wizard can repair
 * the rest.  Section 12 is the grammar.
 */
void spf_parse(struct arena *, struct str text, struct spf_record *out);

/* Reads one term, such as "~include:_spf.example.net". */
void spf_parse_term(struct arena *, struct str text, struct spf_term *out);

/* "v=spf1" is the whole record, or a space follows it; section 4.5. */
bool spf_is_record(struct str text);

/* The text of a record, one space between terms. */
const char *spf_print(struct arena *, const struct spf_record *);
const char *spf_print_term(struct arena *, const struct spf_term *);

/*
 * check_host() of section 4: may this client send for this domain?
 *
 * DNS that fails or stays silent is an answer too (TEMPERROR, sections 4.4 and
 * 4.6.4), so the status is OK whenever *out was filled.  Only E_CANCELLED
 * leaves it untouched.
 */
enum status spf_check_host(struct run *, const char *domain,
    const struct spf_query *, struct spf_verdict *out);

/* "pass", "softfail"...: the words of section 2.6. */
const char *spf_result_word(enum spf_result);

/* '+', '-', '~', '?' */
char spf_qualifier_sign(enum spf_result);

/* One row a kind of term: the word, and what it may carry. */
struct spf_term_kind {
	const char *word; /* "include"; NULL for unknown and broken */
	bool modifier;
	enum { SPF_ARG_NONE, SPF_ARG_OPTIONAL, SPF_ARG_REQUIRED } domain;
	bool cidr; /* "a/24//64" */
	bool asks_dns; /* counts against SPF_MAX_LOOKUPS */
	bool discouraged; /* section 5.5 */
};
extern const struct spf_term_kind spf_term_kinds[SPF_KIND_COUNT];

#endif
