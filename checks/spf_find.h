/*
 * checks/spf_find.h - looking for the SPF record of a domain, where it belongs
 * and where it lands by mistake.
 */
#ifndef SPF_FIND_H
#define SPF_FIND_H

#include "spf_facts.h"

/*
 * Asks for TXT and MX of the domain, then for the addresses of the MX hosts
 * and, when no text meant as SPF was there, for the places where it lands by
 * mistake.  Fills txt, mx, a, aaaa, texts, hosts, senders, and publishes the
 * texts.  OK or E_CANCELLED.
 */
enum status spf_find(struct spf_facts *);

/* Is this TXT record meant as SPF?  For dns-servers-disagree. */
bool spf_is_meant(const struct record *);

#endif
