/*
 * checks/port_check.h - hosts, their addresses, their mail ports: looked at
 * side by side, and judged.  The one look that the command line, the steps and
 * the wizard share.
 */
#ifndef PORT_CHECK_H
#define PORT_CHECK_H

#include "mailport_many.h"

#define PORT_ADDRESSES_MAX 16 /* of one host */

/* What is to be looked at; borrowed. */
struct port_wish {
	const char *host; /* a name, or an address */
	const char *name; /* what clients call it, for SNI and to compare with;
			     NULL: `host`, when that is a name */
	const char *helo; /* a name it may greet by, beside that; or NULL */
	const struct port *services; /* their `at.ip` does not count */
	size_t nservices;
	bool no_injection_test;
};

/* What came of one wish.  All of it lives in run->arena. */
struct port_check {
	const char *host;
	const char *name; /* or NULL */
	struct ip *ips;
	size_t nips;
	struct port_facts *facts; /* address by address, in the order wished */
	struct report *findings; /* of each of the facts */
	size_t n; /* nips times nservices */
	struct report together; /* of the host: DNS, and its ports as a whole */
};

/*
 * Fills out[] with one check a wish: asks for A and AAAA (a host that is an
 * address has only that), looks at every port of every address of all hosts at
 * once, and judges.  run->report is left as it was.  Ends within the run's
 * deadline: what was not seen by then is PORT_NOT_SEEN.  OK; E_CANCELLED when
 * it was cancelled, and out[] is not to be used.
 */
enum status port_check(
    struct run *, const struct port_wish *, size_t n, struct port_check *out);

/* Adds all findings of a check to run->report. */
void port_check_report(struct run *, const struct port_check *);

#endif
