/*
 * checks/service_auto.h - the names under which mail programs look for their
 * settings: Autodiscover of Exchange and Outlook, autoconfig of Thunderbird.
 */
#ifndef SERVICE_AUTO_H
#define SERVICE_AUTO_H

#include "check.h"
#include "dns.h"

#define AUTO_NAMES 2 /* autodiscover.DOMAIN, autoconfig.DOMAIN */

struct service_auto {
	const char *names[AUTO_NAMES];
	const struct answer *a[AUTO_NAMES], *aaaa[AUTO_NAMES];
	const struct answer *srv; /* of _autodiscover._tcp.DOMAIN */
	const struct answer *target_a, *target_aaaa; /* of its first record; or
							NULL */
};

/* Sends the questions of the next, and waits for none of them. */
void service_auto_ahead(struct run *, const char *domain);

/* Asks for all of them.  OK or E_CANCELLED. */
enum status service_auto_find(
    struct run *, const char *domain, struct service_auto *out);

/* Is there any, or could not be looked for one? */
bool service_auto_may_exist(const struct service_auto *);

/* Reports on names that lead nowhere. */
void service_auto_judge(
    struct run *, const struct service_auto *, struct step_report *out);

#endif
