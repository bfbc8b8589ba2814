/*
 * checks/service_check.h - the steps "pop3", "imap4" and "submission": where
 * mail programs find the service, and whether it works there.  RFC 6186, 8314.
 */
#ifndef SERVICE_CHECK_H
#define SERVICE_CHECK_H

#include "check.h"

/*
 * The host is that of the target, else those of the SRV records, else an MX
 * host in the domain.  Its ports are those of the SRV records, else the usual
 * ones; they are looked at over the network (or by run->prober), wherever the
 * addresses come from.  A protocol is wanted unless SRV records name others
 * and not this one.  As check_step() wants it: OK or E_CANCELLED.
 */
enum status check_pop3(
    struct run *, const struct target *, struct step_report *out);
enum status check_imap4(
    struct run *, const struct target *, struct step_report *out);
enum status check_submission(
    struct run *, const struct target *, struct step_report *out);

#endif
