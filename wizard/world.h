/*
 * wizard/world.h - the DNS that looks of one generation ask: the network or
 * zone files, or the demo, with one memory of answers.
 *
 * Counted: the results of a look point into it.  Counting is done on the main
 * thread only; asking may be done by several workers at once.
 */
#ifndef WORLD_H
#define WORLD_H

#include "../checks/dns.h"
#include "live.h"

struct world {
	unsigned int holders;
	struct resolver *dns; /* what checks ask */
	struct resolver *network; /* below it; NULL: offline */
	struct zone *zone; /* of the zone files; NULL: none */
	bool made_up; /* the world of the demo... */
	struct prober *prober; /* ...and its mail server; else NULL */
	const struct trust *trust; /* borrowed of struct live; roots of
				      certificates; NULL in the demo */
};

/*
 * A new world, held once.  NULL with one sentence in problem[] when a zone
 * file or the plan's resolver cannot be read.
 */
struct world *world_new(
    const struct live_options *, const struct plan *, char problem[PLAN_TEXT]);

struct world *world_hold(struct world *);
void world_drop(struct world *); /* NULL is fine */

#endif
