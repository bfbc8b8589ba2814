/*
 * wizard/try_address.h - what a receiver would say to one address, by the
 * planned record and by what DNS has.
 *
 * Asked while it is typed; the answer comes as a look of kind LOOK_TRY.
 */
#ifndef TRY_ADDRESS_H
#define TRY_ADDRESS_H

#include "session.h"

#define TRY_SUGGESTIONS 6

/* An address that is worth a try, and what it is. */
struct try_suggestion {
	struct ip ip;
	const char *what; /* "sends", "mail.example.org"; in the arena */
};

/*
 * Begins to try; `sender` is an address, a domain or "" for postmaster of
 * the domain.  NULL, or one sentence that says what is wrong with what was
 * typed; "" for `ip` is nothing to try and no problem.
 */
const char *try_address(struct session *, const char *ip, const char *sender);

/*
 * The newest answer, when it is about this address, sender and the record as
 * it is planned now; NULL while there is none.
 */
const struct try_facts *try_result(
    const struct session *, const char *ip, const char *sender);

/* Where in the planned record (octets) the term that decided stands. */
bool try_term_place(
    const struct session *, const struct try_facts *, struct span *out);

/*
 * Addresses of the domain's own servers, without double ones; then one that
 * belongs to nobody here, which should not pass.  Gives how many.
 */
size_t try_suggestions(const struct session *, struct arena *,
    struct try_suggestion out[TRY_SUGGESTIONS]);

#endif
