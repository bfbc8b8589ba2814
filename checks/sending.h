/*
 * checks/sending.h - the addresses that send for a domain.
 */
#ifndef SENDING_H
#define SENDING_H

#include "check.h"
#include "dns.h"

/*
 * Fills out[] with the addresses that are to be looked at, each once: those of
 * the target, or, when it names none, those that are known to belong to MX
 * hosts inside the domain.  An address no receiver can ever see (private,
 * loopback, ...) is taken only when the target names it.  answers[] are A and
 * AAAA answers of MX hosts.  Nothing for a domain that sends nothing.  Gives
 * how many, at most TARGET_IPS_MAX.
 */
size_t sending_addresses(const struct target *, const struct answer *const *,
    size_t nanswers, struct ip out[TARGET_IPS_MAX]);

/* Can a receiver on the Internet see this as the address of a client? */
bool ip_is_visible(struct ip);

/* What the address is set aside for, a phrase; NULL for a public one. */
const char *ip_use_phrase(struct ip);

#endif
