/*
 * checks/mailport_many.h - many mail ports, side by side.
 */
#ifndef MAILPORT_MANY_H
#define MAILPORT_MANY_H

#include "mailport.h"

#define MAILPORT_AT_ONCE 16 /* connections of one look */

/* Where to look. */
struct port_place {
	struct port port;
	const char *name; /* for SNI; NULL: none */
	const char *helo; /* for its facts; or NULL */
	bool injection_test;
};

/*
 * Who looks: run->prober, NULL for the network.  May be used by several
 * threads at once, and is borrowed by the runs that have it.
 */
struct prober {
	/*
	 * Looks at one port, as mailport_look() does, which is what NULL
	 * means.  For worlds that are made up.
	 */
	void (*look)(const struct prober *, struct run *,
	    const struct port_place *, struct port_facts *out);
	struct port_gate *gate; /* of all its users together; NULL: none */
};

/*
 * So many connections at a time, whoever makes them.  NULL when the system
 * gives none.
 */
struct port_gate *port_gate_new(size_t connections);
void port_gate_free(struct port_gate *); /* NULL is fine */

/*
 * Looks at `n` ports on threads of its own, within what is left of the run,
 * and fills out[], which lives in run->arena with all it points to.  OK; or
 * E_CANCELLED, soon after the run was cancelled.
 */
enum status mailport_look_many(
    struct run *, const struct port_place *, size_t n, struct port_facts *out);

#endif
