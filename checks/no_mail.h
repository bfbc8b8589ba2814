/*
 * checks/no_mail.h - what a domain that sends no mail publishes beside
 * "v=spf1 -all": a DMARC record that asks receivers to reject (RFC 9989
 * section 4.7), and a null MX when it receives nothing either (RFC 7505).
 */
#ifndef NO_MAIL_H
#define NO_MAIL_H

#include "dns.h"

#define NO_MAIL_DMARC "v=DMARC1; p=reject;"

enum no_mail_state {
	NO_MAIL_THERE,
	NO_MAIL_ABSENT, /* nothing of the kind is there */
	NO_MAIL_OTHER, /* something else is there */
	NO_MAIL_UNSEEN, /* could not look */
};

struct no_mail {
	const char *dmarc_name; /* "_dmarc.example.org" */
	enum no_mail_state dmarc;
	const char *dmarc_text; /* NO_MAIL_OTHER: the first one; printable */
	enum no_mail_state null_mx;
};

/* Looks at both.  OK or E_CANCELLED; names and texts in run->arena. */
enum status no_mail_look(struct run *, const char *domain, struct no_mail *out);

/* The text is a DMARC record that rejects all, subdomains too. */
bool no_mail_rejects(struct str text);

#endif
