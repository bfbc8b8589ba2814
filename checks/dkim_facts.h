/*
 * checks/dkim_facts.h - what was learnt about the keys of a domain; between
 * the parts of the step "dkim".
 */
#ifndef DKIM_FACTS_H
#define DKIM_FACTS_H

#include "dkim.h"
#include "look.h"

#define SELECTORS_MAX 256 /* of one domain asked for */

/* Names at which keys land by mistake. */
enum dkim_wrong {
	DKIM_WRONG_DOUBLED, /* s._domainkey.DOMAIN.DOMAIN */
	DKIM_WRONG_KEYS_DOUBLED, /* s._domainkey._domainkey.DOMAIN */
	DKIM_WRONG_NO_KEYS, /* s.DOMAIN */
	DKIM_WRONG_NO_MARK, /* s.domainkey.DOMAIN */
	DKIM_WRONG_NO_SELECTOR, /* _domainkey.DOMAIN */
	DKIM_WRONG_MAX,
};

struct probe {
	const char *selector;
	const char *name; /* where the key is asked for */
	const struct answer *answer;
	const struct answer *wrong[DKIM_WRONG_MAX]; /* NULL: not asked */
	bool wanted; /* a key has to be there */
};

struct dkim_facts {
	struct run *run;
	const struct target *target;
	struct step_report *out;
	bool asked; /* the selectors were named by the person */
	struct probe probes[SELECTORS_MAX];
	size_t nprobes;
	const struct answer *trouble; /* hides whether there are keys */
	const struct answer *wild; /* of a selector that nobody uses */
	size_t nsound; /* keys that receivers use */
	size_t nfound; /* key records */
	bool rsa; /* one of them is RSA */
	const char *first_sound; /* where the first of them is */
	size_t first_record;
};

/*
 * Finds the selectors and asks for their keys, side by side.  Without a name
 * below _domainkey.DOMAIN nothing more is asked (RFC 8020).
 */
enum status dkim_find(struct dkim_facts *);

/*
 * Do the domain's own servers agree on the keys that were found, and on those
 * that were asked for?
 */
enum status dkim_ask_servers(struct dkim_facts *);

/* Does every name there have this record, by a wildcard or a DNAME? */
bool dkim_is_wild(const struct dkim_facts *, const struct record *);

#endif
