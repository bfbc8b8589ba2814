/*
 * checks/zone_answer.h - what a zone has to say to a question: RFC 1034
 * section 4.3.2 without delegations, RFC 4592 for wildcards, RFC 6672 for
 * DNAME.  For the offline resolver and the overlay.
 */
#ifndef ZONE_ANSWER_H
#define ZONE_ANSWER_H

#include "dns.h"
#include "zone_index.h"

/*
 * Fills *out from what the zone has at this very name, or by a DNAME above it.
 * A CNAME excludes the other types of its name and leads on: partial.  False,
 * and *out untouched, when the zone has neither the type nor such an alias.
 */
bool zone_answer(struct arena *, const struct zone *, const struct question *,
    struct answer *out);

/*
 * The same by the wildcard that stands for a name which is not in the zone; "no
 * such data" when it has not the type.  False when there is no such wildcard.
 * *wildcard, when not NULL, is set to the wildcard's own name.
 */
bool zone_answer_wildcard(struct arena *, const struct zone *,
    const struct question *, struct answer *out, const char **wildcard);

/*
 * Fills *out with "no such name" or "no such data", whichever the zone says
 * when wildcards are left aside, for the time that the closest SOA record above gives (RFC 2308 section 5).
 */
void zone_answer_nothing(struct arena *, const struct zone *,
    const struct question *, struct answer *out);

#endif
