/*
 * checks/dns_flight_inside.h - what dns_flight.c and dns_leg.c share.
 *
 * A flight is one question on its way.  A leg is one message to one server.
 * dns_flight.c says whose turn it is and when; dns_leg.c sends, and makes
 * something of what comes back.
 */
#ifndef DNS_FLIGHT_INSIDE_H
#define DNS_FLIGHT_INSIDE_H

#include "dns_ares.h"
#include "dns_flight.h"
#include "dns_message.h"
#include "net.h"

enum rcode { /* RFC 1035 section 4.1.1 */
	RCODE_NOERROR = 0,
	RCODE_SERVFAIL = 2,
	RCODE_NXDOMAIN = 3,
	RCODE_REFUSED = 5,
};

struct leg {
	struct leg *next;
	struct dns_peer *peer;
	struct dns_query query;
	struct str message;
	bool tcp;
	bool doubting; /* sent because of enum doubt */
	bool own; /* by net.c, not by c-ares */
	bool ended;
	struct carriage carriage; /* !own */
	struct net_exchange exchange; /* own */
	int64_t began_ms;
};

/* Is SERVFAIL for want of a valid signature?  RFC 4035 section 5.5. */
enum doubt {
	DOUBT_NONE,
	DOUBT_UNCHECKED, /* asked with CD: fine then? */
	DOUBT_AGAIN, /* it was; still SERVFAIL without CD? */
};

struct flight {
	struct dns_flight *order;
	struct leg *legs;
	size_t peer; /* being asked; npeers: all have been */
	int64_t began_ms;
	int64_t peer_ms; /* when this peer was asked */
	int64_t next_ms; /* when the next one is */
	int64_t until_ms; /* when to give up */
	const char **trouble; /* by peer: why it could not be reached */
	struct answer *failure; /* the first: SERVFAIL, REFUSED, ... */
	struct dns_peer *failed; /* who gave it */
	struct dns_facts facts; /* ... and what else it said */
	enum doubt doubt;
	bool crowded; /* more than usual were under way when it began */
	bool parked; /* refused for that, perhaps: to begin once more */
};

struct sky {
	struct run *run;
	struct arena *arena; /* of the answers */
	struct flight *flights;
	size_t n;
	size_t begun;
	size_t landed;
	size_t parked;
	size_t window; /* so many under way at once */
};

/* The answer is there. */
bool flight_has_landed(const struct flight *);
void flight_land(struct sky *, struct flight *, const struct answer *);

/* With what the first server said that did not give an answer. */
void flight_land_failure(struct sky *, struct flight *, bool bogus);

/* The turn of `peer` is over, unless it was over already. */
void flight_pass_by(struct sky *, struct flight *, const struct dns_peer *);

/* SERVFAIL: asks who gave it once more, as the doubt says. */
void flight_ask_in_doubt(struct sky *, struct flight *, enum doubt);

/* Sends a leg; `like` says to whom and how. */
void leg_send(struct sky *, struct flight *, struct leg like);

/* The same question to the same server, without EDNS. */
void leg_send_plain(struct sky *, struct flight *, const struct leg *);

/* Takes what has come for a leg; false when there was nothing. */
bool leg_settle(struct sky *, struct flight *, struct leg *);

/* RFC 8914 section 4: codes 6 to 12 are about DNSSEC that does not hold. */
bool facts_say_bogus(const struct dns_facts *);

#endif
