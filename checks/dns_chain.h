/*
 * checks/dns_chain.h - from the records of an answer to what they mean: the
 * way along CNAMEs and DNAMEs, and where it ends.  RFC 1034 section 3.6.2,
 * RFC 2308 section 2, RFC 6604, RFC 6672.
 *
 * Asks nobody.  dns_message.c, the zone file and the overlay use it.
 */
#ifndef DNS_CHAIN_H
#define DNS_CHAIN_H

#include "dns.h"

/* What the sections of an answer hold, in any order. */
struct found {
	enum rr_type type; /* that was asked */
	struct record *answers; /* of that type, CNAME and DNAME */
	size_t nanswers;
	struct record *soa; /* in the authority section, or NULL */
	bool has_ns; /* in the authority section */
	bool authoritative; /* AA */
	bool no_name; /* NXDOMAIN */
	bool lame; /* set by dns_chain_follow(): a referral */
};

/*
 * Fills outcome, why, records, chain, owner, partial and ttl of *out, whose
 * name is set.  A loop or too long a chain is BROKEN.
 */
void dns_chain_follow(struct arena *, struct found *, struct answer *out);

/*
 * The CNAME that the DNAME makes for a name below its owner, RFC 6672 section
 * 2.2.  False when the new name would be longer than a name may be.
 */
bool dns_chain_synthesise(struct arena *, const struct record *dname,
    const char *name, struct record *out);

#endif
