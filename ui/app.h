/*
 * ui/app.h - the wizard on the screen, from the first key to the last.
 */
#ifndef APP_H
#define APP_H

#include "options.h"

/*
 * Runs the wizard and gives the exit status (CONTRACT, exit status).  What
 * cannot be shown is one sentence on stderr and status 2; after leaving, the
 * checklist is on stdout.
 */
int app_run(const struct options *);

#endif
