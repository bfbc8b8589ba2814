/*
 * checks/dkim_selectors.h - selectors that are worth a question when nobody
 * says which one is used.  DNS cannot list them, so a miss proves nothing.
 */
#ifndef DKIM_SELECTORS_H
#define DKIM_SELECTORS_H

#include "provider_table.h"

/* Calls `take` for each of the dozen that are found everywhere. */
void dkim_selectors_common(
    void (*take)(void *, const char *selector), void *data);

/*
 * Calls `take` for each selector known to be in use somewhere, the common ones
 * first; one or the other twice.
 */
void dkim_selectors_all(const struct provider_table *,
    void (*take)(void *, const char *selector), void *data);

/*
 * Calls `take` for each selector that the service behind an MX host or an SPF
 * include is known to use.
 */
void dkim_selectors_of(const struct provider_table *, const char *name,
    void (*take)(void *, const char *selector), void *data);

#endif
