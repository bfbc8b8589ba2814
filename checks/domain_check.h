/*
 * checks/domain_check.h - is the domain there, can mail reach it, and do the
 * addresses that send for it look like a mail server?  RFC 5321 section 5.1,
 * RFC 7505, RFC 2181 section 10.3, RFC 8601 section 3.
 */
#ifndef DOMAIN_CHECK_H
#define DOMAIN_CHECK_H

#include "check.h"

/*
 * The step "domain": fills published, suggested, and the run's report.  OK or
 * E_CANCELLED.
 */
enum status check_domain(
    struct run *, const struct target *, struct step_report *out);

#endif
