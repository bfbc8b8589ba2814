/*
 * checks/spf_cost.h - what a record can cost in the worst case, and which of
 * its branches cannot work.  RFC 7208 section 4.6.4.
 *
 * An evaluation stops at the first match; this walks every term that some
 * client could reach, whoever it is, and asks DNS for each that needs no
 * macro of the client's.
 */
#ifndef SPF_COST_H
#define SPF_COST_H

#include "dns.h"
#include "spf.h"

enum spf_trouble {
	SPF_FINE,
	SPF_TROUBLE_MISSING, /* include or redirect: no record there */
	SPF_TROUBLE_MULTIPLE, /* include or redirect: two records there */
	SPF_TROUBLE_SYNTAX, /* include or redirect: record has an error */
	SPF_TROUBLE_LOOP, /* leads back to a record it came from */
	SPF_TROUBLE_TOO_MANY_MX,
	SPF_TROUBLE_VOID, /* the term's own question gave no records */
	SPF_TROUBLE_DNS, /* could not look: answer or answer6 says why */
	SPF_TROUBLE_DEPTH, /* not walked further: far over the limit */
};

struct spf_node {
	const struct spf_term *term;
	const char *domain; /* target, as asked for; printable */
	bool has_macro; /* depends on the client: not asked, cost known */
	enum spf_trouble trouble;
	const struct answer *answer; /* of the term's own question, or NULL */
	const struct answer *answer6; /* AAAA of an "a", or NULL */
	const struct spf_record *record; /* of include or redirect, or NULL */
	const char *record_text; /* printable; or NULL */
	unsigned int lookups; /* this term and all below, worst case */
	unsigned int voids; /* likewise */
	struct spf_node *below; /* one per term that asks DNS, in order */
	struct spf_node *next;
};

struct spf_cost {
	struct spf_node *first; /* one per term that asks DNS, in order */
	unsigned int lookups; /* of the whole record */
	unsigned int voids;
	bool unknown; /* DNS failed somewhere: the numbers are a minimum */
};

/* Walks the record of `domain`.  OK or E_CANCELLED. */
enum status spf_cost(struct run *, const char *domain,
    const struct spf_record *, struct spf_cost *out);

#endif
