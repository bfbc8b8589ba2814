/*
 * checks/mailport_check.h - what was seen at mail ports, judged.  Computes;
 * asks nobody.
 */
#ifndef MAILPORT_CHECK_H
#define MAILPORT_CHECK_H

#include "mailport.h"

/*
 * Reports on all[i]; the others tell whether its protocol works elsewhere at
 * the address.  The certificate is judged by run->trust, for the name that was
 * asked for, or else for the address.  The texts are copied into run->arena.
 */
void mailport_judge(
    struct run *, const struct port_facts *all, size_t n, size_t i);

/* Reports on what the ports and addresses of `host` have in common. */
void mailport_judge_together(
    struct run *, const char *host, const struct port_facts *all, size_t n);

/* "192.0.2.1 port 993 (imap)": how findings call a port; in the arena. */
const char *mailport_subject(struct arena *, const struct port *);

/* Where the proof of a finding connects: for those that have none yet. */
void mailport_note_proof(struct run *, const struct port_facts *);

#endif
