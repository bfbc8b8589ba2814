/*
 * checks/domain_paste.h - the domain name out of what was pasted: an address
 * of mail or of the web, in quotes or brackets, with characters one cannot see.
 */
#ifndef DOMAIN_PASTE_H
#define DOMAIN_PASTE_H

#include "base/str.h"

struct paste {
	struct str rest; /* what is left, to be judged; may be anything */
	const char *removed; /* a sentence, as in struct domain_name, or NULL */
	bool surprising;
};

/* Never fails; `typed` may hold any octets.  Everything is in the arena. */
void paste_clean(struct arena *, struct str typed, struct paste *out);

#endif
