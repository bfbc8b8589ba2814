/*
 * checks/service_facts.h - what was learnt about one mail service of a domain;
 * between service_check.c, which asks and looks, and service_repair.c, which
 * judges the SRV records and proposes.
 */
#ifndef SERVICE_FACTS_H
#define SERVICE_FACTS_H

#include "check.h"
#include "port_check.h"
#include "service_srv.h"

#define SERVICE_PLACES_MAX (2 * SRV_RECORDS_MAX)

/* A port of a host that is looked at. */
struct service_place {
	const char *host;
	struct port port; /* without an address */
};

struct service_facts {
	struct run *run;
	const struct target *target;
	struct step_report *out;
	enum mail_protocol protocol;
	struct service_srv srv;
	struct service_place places[SERVICE_PLACES_MAX];
	size_t nplaces;
	struct port_check *checks; /* of the places, one a host */
	size_t nchecks;
};

/* "POP3", "IMAP", "submission": for people. */
const char *service_word(enum mail_protocol);

/*
 * Judges the SRV records of the protocol by what was seen at the ports, and
 * proposes better ones.  May look at a port that no record names.  OK or
 * E_CANCELLED.
 */
enum status service_judge_srv(struct service_facts *);

/*
 * Where there is no SRV record and a port works: what could be published, a
 * line a service, "; " between.  NULL: nothing; *name is then untouched, else
 * the name of the first.
 */
const char *service_proposal(const struct service_facts *, const char **name);

#endif
