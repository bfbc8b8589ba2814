/*
 * checks/dns_memo.h - what a resolver has been asked already.
 *
 *	memo_ask() -> known? -> out[]
 *	           -> asked by another thread? -> wait in run_poll()
 *	           -> the maker's ask(), once
 *
 * A name and type is asked once as long as the resolver lives, in whatever
 * letters the name is written (RFC 4343).  Only silence that our own deadline
 * cut short is asked for again by the next run.
 */
#ifndef DNS_MEMO_H
#define DNS_MEMO_H

#include "resolver.h"

struct memo *memo_new(void);
void memo_free(struct memo *);

/* As resolver_ask(): fills out[] and gives OK, or E_CANCELLED. */
enum status memo_ask(struct resolver *, struct run *, const struct question *,
    size_t n, const struct answer **out);

/* Is the answer there, or on its way for somebody? */
bool memo_knows(struct memo *, const struct question *);

/*
 * The answer with its chain followed to the end, if it was put together
 * before; else NULL.
 */
const struct answer *memo_followed(struct memo *, const struct question *);

/*
 * Keeps such an answer: copies it, its names and lists of records into the
 * memo; what the records point to is borrowed and has to live as long.  When another thread
 * was faster, its answer stays and is given.
 */
const struct answer *memo_keep_followed(
    struct memo *, const struct question *, const struct answer *);

/* A copy of one answer that no question is remembered with. */
const struct answer *memo_keep(struct memo *, const struct answer *);

#endif
