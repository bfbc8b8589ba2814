/*
 * checks/mailport_many.h - many mail ports, side by side.
 */
#ifndef MAILPORT_MANY_H
#define MAILPORT_MANY_H

#include "mailport.h"

#define MAILPORT_AT_ONCE 16 /* connections in all */

struct port_looks;

/*
 * Looks at `n` ports on threads of its own, within what is left of the run.
 * Gives `n` facts, which live until port_looks_end().
 */
struct port_facts *mailport_look_many(struct run *, const struct port *,
    size_t n, const char *host, bool injection_test, struct port_looks **);
void port_looks_end(struct port_looks *); /* NULL is fine */

#endif
