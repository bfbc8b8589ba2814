/*
 * checks/dkim_expected.h - a published key against the one the signer has.
 */
#ifndef DKIM_EXPECTED_H
#define DKIM_EXPECTED_H

#include "dkim_facts.h"

/* The key that should be at the selector; NULL: any will do. */
const struct public_key *dkim_expected_at(
    const struct dkim_facts *, const char *selector);

/*
 * Where a record for this key is to be entered.  Beside an alias (CNAME) no
 * other record may stand, RFC 1034 section 3.6.2: so it is the name behind the
 * alias when that is in the domain, else the name itself, in place of the
 * alias.  NULL: an alias of a whole branch (DNAME) leads out of the domain,
 * and no record of the domain helps.
 */
const char *dkim_place(const struct dkim_facts *, const struct probe *);

/* The name behind an alias when that is somebody else's; NULL: it is not. */
const char *dkim_away(const struct dkim_facts *, const struct probe *);

/* Suggests the record of the expected key there.  False: there is none. */
bool dkim_suggest_expected(struct dkim_facts *, const struct probe *);

/* Suggests this text there. */
void dkim_suggest_text(
    struct dkim_facts *, const struct probe *, struct str text);

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
