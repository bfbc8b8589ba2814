/*
 * checks/dns_flight.h - getting an answer out of name servers that may be
 * silent, slow, broken or lying.
 *
 *	dns_fly() -> leg: one message to one server -> dns_ares.c, or net.c
 *		     no answer, SERVFAIL, REFUSED...: a leg to the next one
 *		     cut by UDP: a leg by TCP; RFC 1035 section 4.2.1
 *		     no EDNS: a leg without; RFC 6891 section 6.2.2
 *		     all SERVFAIL: does it come from DNSSEC?  RFC 4035 5.5
 *
 * A server that is silent gets 5 s, or 2 s when there is another to ask; it
 * may still answer then.  Side by side, as many as a name server takes
 * without losing packets.
 */
#ifndef DNS_FLIGHT_H
#define DNS_FLIGHT_H

#include <stdatomic.h>

#include "dns.h"

/* A server, and what was learnt of it.  May be shared by threads. */
struct dns_peer {
	struct dns_server server;
	const char *text; /* dns_server_print() */
	atomic_bool silent; /* the last time it was asked */
	atomic_bool plain; /* answers only without EDNS */
};

struct dns_flight {
	struct question question; /* the name valid */
	struct dns_peer **peers; /* in the order they are asked */
	size_t npeers; /* at least 1 */
	const void *whose; /* the resolver's: flights of others are not ours */
	bool recurse; /* RD; and SERVFAIL is looked into */
	struct answer *answer; /* what came of it */
};

/*
 * Fills every `answer`, in `arena`; its `name` and `server` are borrowed from
 * question and peer.  OK, or E_CANCELLED: then none is.
 */
enum status dns_fly(
    struct run *, struct arena *, struct dns_flight *orders, size_t n);

/*
 * Sends the questions and waits for nothing; dns_fly() in the same run, for
 * the same `whose`, finds them on their way.  Takes copies.
 */
void dns_fly_ahead(struct run *, const struct dns_flight *orders, size_t n);

#endif
