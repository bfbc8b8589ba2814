/*
 * checks/resolver.h - what a resolver is, for those who make one.
 *
 * Checks call dns_ask(); only dns.c and the makers of resolvers look in here.
 * The maker puts a struct resolver first in a struct of its own, fills `ask`
 * and `end`, and calls resolver_init().  dns.c keeps the memo: a name and type
 * is asked once, also when two threads want it at the same time.
 */
#ifndef RESOLVER_H
#define RESOLVER_H

#include "dns.h"

struct memo;

struct resolver {
	/*
	 * Answers `n` questions, side by side where that means anything.
	 * Every answer, and all it points to, is made in `arena`, which the
	 * caller keeps as long as the resolver lives; run->arena dies sooner.
	 * OK whenever out[] was filled, else E_CANCELLED.
	 *
	 * An answer may end in the middle of a chain of CNAMEs: outcome
	 * DNS_NO_DATA, nrecords 0, partial set.  dns.c asks on from `owner`.
	 * May be called by several threads at once.
	 */
	enum status (*ask)(struct resolver *, struct run *, struct arena *,
	    const struct question *, size_t n, struct answer **out);
	/*
	 * Sends questions that `ask` will be called for in this run, perhaps,
	 * and returns at once.  NULL where answers take no time.
	 */
	void (*ahead)(
	    struct resolver *, struct run *, const struct question *, size_t n);
	/*
	 * Answers one question as this name server does, asked directly, in
	 * run->arena.  NULL: it is asked over the network.
	 */
	enum status (*ask_server)(struct resolver *, struct run *,
	    const struct dns_server *, const struct question *,
	    struct answer **out);
	void (*end)(struct resolver *); /* frees the maker's own struct */
	struct memo *memo;
};

void resolver_init(struct resolver *);

/* One layer down, through the memo, chains not followed: for overlays. */
enum status resolver_ask(struct resolver *, struct run *,
    const struct question *, size_t n, const struct answer **out);

#endif
