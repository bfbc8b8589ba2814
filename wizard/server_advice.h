/*
 * wizard/server_advice.h - how a setting is made on the mail server that the
 * plan names.
 */
#ifndef SERVER_ADVICE_H
#define SERVER_ADVICE_H

#include "../checks/finding.h"
#include "plan.h"

/*
 * Where the name is set that the server says in EHLO: a sentence, and the
 * command that sets it to the plan's mail host.  Both live in the arena; the
 * command is NULL where there is none to type.
 */
const char *server_helo_advice(
    struct arena *, const struct plan *, const char **command);

/* Is this finding mended by that setting? */
bool server_helo_mends(enum finding_code);

#endif
