/*
 * checks/spf_facts.h - what was learnt about the SPF of a domain; between
 * spf_check.c, which asks, spf_lint.c and spf_reach.c, which judge, and
 * spf_repair.c, which proposes.
 */
#ifndef SPF_FACTS_H
#define SPF_FACTS_H

#include "look.h"
#include "spf_clean.h"
#include "spf_cost.h"

#define SPF_TEXTS_MAX	 16 /* texts meant as SPF that are looked at */
#define SPF_MX_HOSTS_MAX 20 /* MX hosts whose addresses are asked for */
#define SPF_NEAR_LIMIT	 8 /* lookups, from which on it is said */
#define SPF_LONG	 450 /* octets of name and texts; RFC 7208 3.4 */

enum spf_place {
	SPF_HERE, /* TXT at the domain itself */
	SPF_DOUBLED, /* at example.org.example.org */
	SPF_ELSEWHERE, /* at _spf.example.org */
	SPF_OLD_TYPE, /* of type 99; RFC 7208 section 3.1 */
};

/* A text that is an SPF record, or was meant as one. */
struct spf_text {
	const struct record *found;
	size_t record; /* index in published */
	enum spf_place place;
	struct spf_clean clean;
	struct spf_record parsed; /* when clean.slip is SPF_SLIP_NONE */
};

struct spf_facts {
	struct run *run;
	const struct target *target;
	struct step_report *out;
	const struct answer *txt, *mx;
	const struct answer *a, *aaaa; /* of the domain; or NULL */
	struct spf_text texts[SPF_TEXTS_MAX];
	size_t ntexts;
	size_t nrecords; /* that receivers see: HERE and without slip */
	const struct spf_text *only; /* the record, when it is one */
	const struct answer *hosts[2 * SPF_MX_HOSTS_MAX]; /* A, AAAA of MX */
	size_t nhosts;
	struct ip senders[TARGET_IPS_MAX];
	size_t nsenders;
	bool sends_nothing; /* declared, or by a null MX; RFC 7505 */
	struct spf_cost cost; /* of `only` */
};

/* What can be seen in a record without asking anyone; spf_lint.c. */
void spf_lint(const struct spf_facts *, const struct spf_text *);

/* What its terms lead to, from facts->cost; spf_reach.c. */
void spf_reach(const struct spf_facts *);

/* Does the record an include or redirect leads to let everybody in? */
bool spf_node_is_open(const struct spf_node *);

/* Reports on a term of a text; details of the finding as its row says. */
void spf_report_term(const struct spf_facts *, const struct spf_text *,
    enum finding_code, const struct spf_term *, const char *detail1,
    const char *detail2);

#endif
