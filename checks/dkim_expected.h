/*
 * checks/dkim_expected.h - a published key against the one the signer has.
 */
#ifndef DKIM_EXPECTED_H
#define DKIM_EXPECTED_H

#include "dkim_facts.h"

/* The key that should be at the selector; NULL: any will do. */
const struct public_key *dkim_expected_at(
    const struct dkim_facts *, const char *selector);

/* Suggests the record of that key at `name`.  False when there is none. */
bool dkim_suggest_expected(
    struct dkim_facts *, const char *selector, const char *name);

/*
 * Octets that are missing when the text of p= is the beginning of the key that
 * should be there; 0 when it is not, or is all of it.
 */
size_t dkim_expected_missing(
    struct arena *, const struct public_key *, struct str p);

/* Do both records hold the same key, in whatever form? */
bool dkim_same_key(
    struct arena *, const struct dkim_key *, const struct public_key *);

/*
 * Where the two differ, a phrase: whose key it is when that is known, else the
 * place in p=; *at is that place in the record.  In the arena.
 */
const char *dkim_difference(const struct dkim_facts *, const char *selector,
    const struct dkim_key *, struct span *at);

/* The selector that publishes the key which should be at `selector`; NULL. */
const char *dkim_published_elsewhere(
    const struct dkim_facts *, const char *selector);

#endif
