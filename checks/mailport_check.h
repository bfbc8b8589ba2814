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

#endif
