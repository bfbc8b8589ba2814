/*
 * checks/dkim_selectors.h - selectors that are worth a question when nobody
 * says which one is used.  DNS cannot list them, so a miss proves nothing.
 */
#ifndef DKIM_SELECTORS_H
#define DKIM_SELECTORS_H

#include "dns.h"

/* Every selector known to be in use somewhere; the common ones come first. */
extern const char *const dkim_selectors[];
extern const size_t ndkim_selectors;
extern const size_t ndkim_common; /* of those */

/*
 * Calls `take` for each selector that the service behind an MX host or an SPF
 * include is known to use.
 */
void dkim_selectors_of(
    const char *name, void (*take)(void *, const char *selector), void *data);

#endif
