/*
 * checks/spf_flatten.h - the networks a term that asks DNS stands for now,
 * written as ip4: and ip6: terms, which ask nobody.
 */
#ifndef SPF_FLATTEN_H
#define SPF_FLATTEN_H

#include "spf_cost.h"
#include "spf_mend.h"

/*
 * Fills *out with terms that allow the same senders.  *flat is false when that
 * cannot be said: the answer depends on the client or on an unreachable name
 * server, or somebody is excluded by a term of an include.  With `patient`,
 * branches that are broken for every receiver are left out instead, since they
 * allow nobody today, and a "+all" allows nobody more.  For a redirect, *all is what its target says to others;
 * NONE without.  Asks DNS for the addresses of MX hosts.  OK or E_CANCELLED.
 */
enum status spf_flatten(struct run *, const struct spf_node *, bool patient,
    struct spf_terms *out, enum spf_result *all, bool *flat);

#endif
