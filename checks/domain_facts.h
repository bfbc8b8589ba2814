/*
 * checks/domain_facts.h - what was learnt about a domain; between
 * domain_check.c, which asks and judges, and domain_repair.c, which proposes.
 */
#ifndef DOMAIN_FACTS_H
#define DOMAIN_FACTS_H

#include "host_check.h"

#define MX_HOSTS_MAX 20 /* hosts of one domain looked at */

enum mx_trouble {
	MX_FINE,
	MX_NULL, /* "." */
	MX_ADDRESS, /* an address where a name belongs */
	MX_ALIAS, /* a CNAME, to a name with an address */
	MX_DEAD, /* no address */
	MX_PRIVATE, /* no address that can be reached from outside */
	MX_UNKNOWN, /* could not look */
};

struct mx_host {
	const struct record *mx;
	size_t record; /* index in published */
	enum mx_trouble trouble;
	struct ip literal; /* what its name would be as an address */
	const char *straight; /* the name without the domain twice; or NULL */
	size_t first; /* index of its first question */
	const struct answer *a, *aaaa; /* of the name; NULL: not asked */
	const struct answer *straight_a, *straight_aaaa;
};

/* Names that are tried for a mail server that has none. */
#define FREE_NAMES 3

struct domain_facts {
	struct run *run;
	const struct target *target;
	struct step_report *out;
	const struct answer *mx, *a, *aaaa, *cname, *soa;
	const struct answer *host_a, *host_aaaa; /* NULL without target->host */
	struct helo helo;
	struct mx_host hosts[MX_HOSTS_MAX];
	size_t nhosts;
	bool null_mx; /* the only MX is the null MX */
	const char *free_names[FREE_NAMES]; /* mail.DOMAIN, ... */
	size_t free_first[FREE_NAMES];
	/* NULL when no name is wanted */
	const struct answer *free_a[FREE_NAMES], *free_aaaa[FREE_NAMES];
	struct sending_host senders[TARGET_IPS_MAX];
	size_t nsenders;
	/* of proposed MX hosts, where no published one has them */
	struct ip fresh[TARGET_IPS_MAX];
	const char *fresh_names[TARGET_IPS_MAX];
	size_t nfresh;
};

/* Fills out->suggested with what records can repair, and `fresh`. */
void domain_repair(struct domain_facts *);

/* Proposes a PTR record for a sender that wants one, if a name is known. */
void domain_repair_ptr(
    const struct domain_facts *, const struct sending_host *);

#endif
