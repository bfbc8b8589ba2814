/*
 * checks/dns_authority.h - asking a domain's own name servers, each of them.
 *
 * The servers are found by the run's resolver: the NS records of the closest
 * enclosing zone, then their addresses (RFC 1034 section 4.2).  Each is asked
 * directly, without recursion, and its answer kept apart.
 */
#ifndef DNS_AUTHORITY_H
#define DNS_AUTHORITY_H

#include "dns.h"

#define AUTHORITY_MAX 16 /* addresses asked at most */

struct authority {
	const char *host; /* of the NS record */
	struct dns_server server;
	const struct answer *answer; /* lame: DNS_BROKEN, why "lame ..." */
};

/*
 * Fills out[] with up to AUTHORITY_MAX servers and sets *n; 0 when the zone's
 * servers could not be found.  `port` is 53 but in tests.  OK or E_CANCELLED.
 */
enum status dns_ask_authorities(struct run *, const char *name, enum rr_type,
    uint16_t port, struct authority *out, size_t *n);

/*
 * The same for several questions, also of different names, all side by side:
 * the n[i] servers of questions[i] begin at out[i * AUTHORITY_MAX].
 */
enum status dns_ask_authorities_for(struct run *, const struct question *,
    size_t nquestions, uint16_t port, struct authority *out, size_t *n);

/*
 * Sends the questions for the addresses of these name servers, and waits for
 * none: whoever asked for the NS records early saves that time later.
 */
void dns_authorities_ahead(struct run *, const struct answer *ns);

#endif
