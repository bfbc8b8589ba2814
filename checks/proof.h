/*
 * checks/proof.h - the command with which anyone sees what a check saw.
 */
#ifndef PROOF_H
#define PROOF_H

#include "dns.h"
#include "finding.h"

/*
 * A command line for a POSIX shell, such as "dig +short TXT example.org", that
 * shows the same fact; NULL where there is none.  Names are quoted where they
 * need it.  `server` is who to ask; NULL: the system's resolver.  Lives in the
 * arena.  Findings about ports hold where to connect in detail 2, in 3 the
 * protocol when STARTTLS comes first, else "", and in 4 the name for SNI or
 * NULL.
 */
const char *finding_proof(
    struct arena *, const struct finding *, const struct dns_server *server);

/* A word quoted for a POSIX shell where it needs it; lives in the arena. */
const char *shell_word(struct arena *, struct str);

#endif
