/*
 * wizard/ports_seen.h - what a look saw at the ports of a protocol.
 */
#ifndef PORTS_SEEN_H
#define PORTS_SEEN_H

#include "live.h"

/* One port of one address. */
struct port_seen {
	const struct port_check *check; /* of its host */
	const struct port_facts *facts;
	const struct report *findings; /* about it; the look has them too */
};

/* All of a look; how many.  In the arena. */
size_t ports_seen(struct arena *, const struct look *, struct port_seen **out);

/* What is known about the ports of a protocol. */
enum ports_state {
	PORTS_NOTHING_TO_DO, /* no mail, or said not to be used */
	PORTS_NOT_LOOKED,
	PORTS_LOOKING, /* for the first time */
	PORTS_NO_HOST, /* which host do mail programs use? */
	PORTS_NOT_ANSWERED, /* nothing listens; is it used at all? */
	PORTS_UNSEEN, /* none of them can be seen from here */
	PORTS_SEEN,
};

/* The last four, of a look at the protocol. */
enum ports_state ports_found(const struct look *, enum ports_use);

#endif
