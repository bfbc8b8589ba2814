/*
 * checks/dmarc_walk.h - the tree walk, between discovery and alignment.
 *
 * A name that DNS could not tell about may hold anything.  What would follow
 * is tried: where every guess leads to the same end, the end is known.
 */
#ifndef DMARC_WALK_H
#define DMARC_WALK_H

#include "dmarc.h"

/* Walks up from a domain; section 4.10.  OK or E_CANCELLED. */
enum status dmarc_walk(
    struct run *, const char *domain, struct dmarc_walk *out);

/* What may be at the names that DNS did not tell about. */
enum dmarc_guess {
	GUESS_NOTHING,
	GUESS_SUFFIX, /* psd=y */
	GUESS_PLAIN, /* a record without psd */
	GUESS_TOP, /* psd=n */
	GUESSES,
};

/* The first answer that is trouble; NULL: there is none. */
const struct answer *dmarc_walk_trouble(const struct dmarc_walk *);

/*
 * Is the guess worth a thought?  Of a top-level domain only the first two are:
 * the one record that it publishes is that of a public suffix.
 */
bool dmarc_guess_is_likely(const struct dmarc_walk *, enum dmarc_guess);

/* The organizational domain, section 4.10.2; a part of names[0]. */
const char *dmarc_walk_domain(const struct dmarc_walk *, enum dmarc_guess);

/* Index of the record that applies, section 4.10.1; -1: none. */
int dmarc_walk_policy(const struct dmarc_walk *, enum dmarc_guess);

#endif
