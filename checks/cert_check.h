/*
 * checks/cert_check.h - a certificate as a mail client judges it.  Computes
 * from facts (certificate.h); asks nobody.
 */
#ifndef CERT_CHECK_H
#define CERT_CHECK_H

#include "certificate.h"
#include "run.h"
#include "tls_facts.h"

#define CERT_SOON_DAYS 21 /* before the end */

struct cert_question {
	const char *where; /* what to call it: "192.0.2.1 port 993 (imap)" */
	const char *host; /* what the client was told: a name in A-labels, or
			     an address; RFC 9525 section 6.1 */
	bool stapled; /* an OCSP response came with it */
	const struct chain *chain;
};

/*
 * Reports everything that is wrong, each cause once, in the order a person
 * sets it right; or cert-ok.  run->now is the time.  Without any certificate it
 * reports cert-chain-invalid.
 */
void cert_check(struct run *, const struct cert_question *);

/*
 * Is a session with these facts one to which a password may be given: the
 * certificate speaks for the host (as in cert_question), leads to a root of the
 * trust, and has no fault of severity fail?  Reports nothing.
 */
bool cert_trusted(struct run *, const struct tls_facts *, const char *host,
    const struct trust *);

/*
 * Does the certificate speak for that host?  Only subjectAltName counts; a
 * wildcard is a whole left-most label and stands for one label; an address is
 * compared with iPAddress alone.  RFC 9525 section 6.
 */
bool cert_is_for(const struct certificate *, const char *host);

/* "mail.example.org, 192.0.2.1": whom it speaks for, shortened; "" for none. */
const char *cert_names(struct arena *, const struct certificate *);

/* "2026-12-24 10:00 UTC", for people. */
const char *cert_date(struct arena *, time_t);

#endif
