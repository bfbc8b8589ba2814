/*
 * checks/spf_wish.h - what one or several texts were meant to say, as one
 * record.  Looks at the texts alone.
 */
#ifndef SPF_WISH_H
#define SPF_WISH_H

#include "spf_mend.h"

struct spf_wish {
	struct spf_terms list; /* mechanisms in order, without all */
	struct spf_terms rest; /* exp= and modifiers that are kept */
	struct spf_term redirect;
	bool has_redirect;
	enum spf_result all; /* NONE: there is no all */
	size_t sources; /* texts read so far */
};

/*
 * Adds the terms of one text, `terms` being what stands behind its version.
 * Terms behind `all` are moved before it when they name an address or a
 * service, or when nothing else would be left; else they are dropped, as
 * receivers do.
 */
void spf_wish_add(
    struct arena *, struct spf_wish *, const char *domain, struct str terms);

/*
 * Settles what the texts disagree about, and leaves out what helps nobody:
 * ptr, exists without macro, addresses no receiver can see, what stands there
 * twice.  "+all", "?all" and no all become "~all".
 */
void spf_wish_settle(struct arena *, struct spf_wish *);

/* Does it allow anyone? */
bool spf_wish_allows(const struct spf_wish *);

/* Takes term number `i` out of the list, or puts others in its place. */
void spf_wish_replace(
    struct arena *, struct spf_wish *, size_t i, const struct spf_terms *);

/* Without its redirect: what then happens to all other senders is "~all". */
void spf_wish_drop_redirect(struct spf_wish *);

/* The text of the record. */
const char *spf_wish_print(struct arena *, const struct spf_wish *);

#endif
