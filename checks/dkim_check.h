/*
 * checks/dkim_check.h - the step "dkim": the published keys, each judged.
 */
#ifndef DKIM_CHECK_H
#define DKIM_CHECK_H

#include "check.h"

/* As check_step().  Selectors are those of the target, else guessed. */
enum status check_dkim(
    struct run *, const struct target *, struct step_report *out);

#endif
