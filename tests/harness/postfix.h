/*
 * tests/harness/postfix.h - a real Postfix that takes mail from users.
 *
 *	struct dovecot *d = dovecot_start(&options);
 *	struct postfix *p = postfix_start(&options, d);
 *	... connect to p->address, p->submission ...
 *	postfix_stop(p);
 *	dovecot_stop(d);
 *
 * Who logs in is asked of Dovecot (SASL).  Mail taken goes nowhere.
 */
#ifndef POSTFIX_H
#define POSTFIX_H

#include "dovecot.h"

struct postfix {
	struct server *server;
	const char *address; /* of both */
	uint16_t submission; /* with STARTTLS, as at 587 */
	uint16_t submissions; /* TLS from the start, as at 465 */
	char log[512]; /* a file */
};

/* NULL instead of a Dovecot: no AUTH is offered. */
struct postfix *postfix_start(
    const struct mail_options *, const struct dovecot *);

/*
 * The same with lines of master.cf for the two services, as an admin has them:
 * "submission" and "submissions" at the beginning of a line become the ports.
 */
struct postfix *postfix_start_master(
    const struct mail_options *, const struct dovecot *, const char *master);

/* NULL is fine. */
void postfix_stop(struct postfix *);

#endif
