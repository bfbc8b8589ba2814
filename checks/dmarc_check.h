/*
 * checks/dmarc_check.h - the step "dmarc" of a check.
 */
#ifndef DMARC_CHECK_H
#define DMARC_CHECK_H

#include "check.h"

/* See check_step(); *out comes zeroed but for `step`. */
enum status check_dmarc(
    struct run *, const struct target *, struct step_report *out);

#endif
