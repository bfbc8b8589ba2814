/*
 * wizard/dkim_plan.h - the DKIM key the plan asks for: its selector, its
 * public part, the record, and what DNS has in its place.
 *
 * No private key is ever in a plan: only where it is.
 */
#ifndef DKIM_PLAN_H
#define DKIM_PLAN_H

#include "../checks/check.h"
#include "../checks/crypto.h"
#include "field.h"
#include "output.h"

/* A public key in any shape key_read_text() knows, kept as base64 of p=. */
void judge_public_key(struct arena *, struct str, struct judged *out);

/* "RSA 2048 bits", "Ed25519"; "" for no key.  In the arena. */
const char *dkim_key_words(struct arena *, const char *public_key);

/* Is the key of the plan of that type? */
bool dkim_plan_is_ed25519(struct arena *, const struct plan *);

/* Is there a key, and a selector for it? */
bool dkim_plan_has_key(const struct plan *);

/* Its record, and that which revokes the key before it; false: none. */
bool dkim_plan_record(struct arena *, const struct plan *, struct record *out);
bool dkim_plan_revocation(
    struct arena *, const struct plan *, struct record *out);

/* As dkim_selector_problem(), for a key of the plan's domain. */
const char *dkim_plan_selector_problem(
    struct arena *, const struct plan *, const char *selector);

/* The key that should be there, for struct target; 1, or 0: none. */
size_t dkim_plan_expected(
    struct arena *, const struct plan *, const struct expected_key **out);

/* The selectors to be asked for beside it; 0: guess them. */
size_t dkim_plan_selectors(
    struct arena *, const struct plan *, const char *const **out);

/*
 * A selector for a new key: "mail2026a", or with the next letter when that is
 * in DNS or in the plan already; "ed2026a" for Ed25519.
 */
const char *dkim_plan_propose(struct arena *, const struct plan *,
    const struct step_report *, enum key_kind, int64_t now);

/* The selector of a sound key in DNS, such as "mail"; NULL: there is none. */
const char *dkim_plan_published(
    struct arena *, const struct plan *, const struct step_report *);

/* Is the text a sound record that holds this key? */
bool dkim_plan_holds(
    struct arena *, struct str text, const struct public_key *);

enum dkim_now { /* what DNS has at a selector */
	DKIM_NOW_LOOKING, /* nothing known yet */
	DKIM_NOW_NONE,
	DKIM_NOW_SAME, /* the key of the plan */
	DKIM_NOW_OTHER, /* a sound key, but not that of the plan */
	DKIM_NOW_SOUND, /* a sound key; the plan knows none to compare */
	DKIM_NOW_REVOKED,
	DKIM_NOW_BROKEN, /* `problem` says why */
	DKIM_NOW_UNKNOWN, /* could not look */
};

struct dkim_known { /* one selector */
	const char *selector; /* printable */
	bool own; /* it is the key's of the plan */
	bool old; /* it is being replaced */
	enum dkim_now now;
	const struct record *record; /* there; or NULL */
	const char *words; /* "RSA 2048 bits"; or "" */
	const char *problem; /* a phrase; or NULL */
};

/*
 * What is under each selector that is known: the plan's, then what a look
 * (NULL: none yet) found.  Gives how many; in the arena.
 */
size_t dkim_plan_known(struct arena *, const struct plan *,
    const struct step_report *, struct dkim_known **out);

#endif
