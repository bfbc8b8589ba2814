/*
 * ui/watch.h - one domain: looked at once, or again and again.
 */
#ifndef WATCH_H
#define WATCH_H

#include "options.h"

/*
 * Looks at one domain, its steps side by side, prints the result and gives the
 * exit status.  With --watch it looks again until nothing fails and everything
 * was seen; the result is printed when it changed.  With --since the result is
 * compared with a saved one.
 */
int watch_domain(const struct options *, const char *command,
    const bool wanted[STEP_COUNT], const char *domain);

#endif
