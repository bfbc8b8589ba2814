/*
 * wizard/dmarc_try.h - alignment tried on names: does a MAIL FROM or a
 * signature count for a From?  RFC 9989 section 4.4.
 */
#ifndef DMARC_TRY_H
#define DMARC_TRY_H

#include "../checks/dmarc.h"
#include "plan.h"

#define DMARC_SERVICES 16 /* of the SPF record that are tried */
#define DMARC_TRIES    (2 * (PLAN_SUBDOMAINS + 1) + DMARC_SERVICES)

enum dmarc_identifier {
	DMARC_BY_MAIL_FROM, /* authenticated by SPF */
	DMARC_BY_SIGNATURE, /* d=, by DKIM */
};

/* One row of the table; names are A-labels. */
struct dmarc_try {
	const char *from; /* the domain in From */
	const char *identifier;
	enum dmarc_identifier kind;
	const char *who; /* whose it is: "Mailchimp"; or NULL */
	enum dmarc_alignment relaxed, strict;
};

struct dmarc_tries {
	struct dmarc_try list[DMARC_TRIES];
	size_t n;
};

/*
 * The names the plan has: From of the domain, with its own MAIL FROM and the
 * signature of its key; for each subdomain that sends, the domain in From with
 * MAIL FROM of the subdomain, and the subdomain in From with a signature of
 * the domain; and for each mail service in the SPF record, the domain in From
 * with the bounce domain that the service uses unless it is told otherwise.
 * Main thread only: reads the kept table of services.
 */
void dmarc_try_names(
    struct arena *, const struct plan *, struct dmarc_tries *out);

/* A row for each of the two that is not "". */
void dmarc_try_typed(struct arena *, const char *from, const char *mail_from,
    const char *signer, struct dmarc_tries *out);

/* Fills relaxed and strict of every row.  OK or E_CANCELLED. */
enum status dmarc_try_align(struct run *, struct dmarc_tries *);

/* N_(): "yes", "no", "?": does the name count? */
const char *dmarc_alignment_word(enum dmarc_alignment);

#endif
