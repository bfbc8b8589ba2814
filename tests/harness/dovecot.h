/*
 * tests/harness/dovecot.h - a real Dovecot with IMAP and POP3.
 *
 *	struct dovecot *d = dovecot_start(&(struct mail_options){
 *		.chain = "chain.pem", .key = "key.pem" });
 *	... connect to d->address, d->imaps ...
 *	dovecot_stop(d);
 *
 * Begins within a tenth of a second.  One user, whose mailbox is empty.
 */
#ifndef DOVECOT_H
#define DOVECOT_H

#include "mail_server.h"

struct dovecot {
	struct server *server;
	const char *address; /* of all four */
	uint16_t imap; /* with STARTTLS, as at 143 */
	uint16_t imaps; /* TLS from the start, as at 993 */
	uint16_t pop3; /* with STLS, as at 110 */
	uint16_t pop3s; /* TLS from the start, as at 995 */
	char log[512]; /* a file: what it says of its clients */
	char sasl[512]; /* a socket, for Postfix */
	char user[128];
	char password[128];
};

struct dovecot *dovecot_start(const struct mail_options *);

/* "2.3" or "2.4": what its configuration looks like. */
const char *dovecot_version(void);

/* NULL is fine. */
void dovecot_stop(struct dovecot *);

#endif
