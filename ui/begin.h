/*
 * ui/begin.h - a session as the command line asks for one.
 */
#ifndef BEGIN_H
#define BEGIN_H

#include "../wizard/session.h"
#include "options.h"

/*
 * A new session, on the first screen or, with a domain (as typed; NULL: none),
 * where its saved plan was left.  `guess`: with first answers taken from this
 * machine.  NULL with one sentence in problem[]: exit status 2.
 */
struct session *begin_session(const struct options *, const char *domain,
    bool guess, char problem[PLAN_TEXT]);

#endif
