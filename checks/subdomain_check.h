/*
 * checks/subdomain_check.h - the SPF records of subdomains that send.
 *
 * There is no inheritance: mail from someone@news.example.org is judged by
 * the record of news.example.org alone; RFC 7208 section 4.5.
 */
#ifndef SUBDOMAIN_CHECK_H
#define SUBDOMAIN_CHECK_H

#include "check.h"

/*
 * Checks the SPF record of each name as the step "spf" does, `target` saying
 * how the rest is looked at, and puts all into one report; each finding has
 * its own name as the subject.  For a name without a record one is suggested:
 * what its own mail servers need, or else "redirect" to the record of
 * target->domain, so that there is one list to keep (RFC 7208 section 6.1).
 * Like check_step(): the run's own report is used.  OK or E_CANCELLED.
 */
enum status subdomain_check(struct run *, const struct target *,
    const char *const *names, size_t n, struct step_report *out);

#endif
