/*
 * checks/spf_check.h - is the SPF record of a domain right, and does it cover
 * the addresses that send?  RFC 7208.
 */
#ifndef SPF_CHECK_H
#define SPF_CHECK_H

#include "check.h"

/*
 * The step "spf": fills published, suggested, spf_cost, and the run's report.
 * OK or E_CANCELLED.
 */
enum status check_spf(
    struct run *, const struct target *, struct step_report *out);

#endif
