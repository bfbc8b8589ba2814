/*
 * checks/dmarc_clean.h - texts that are meant as a DMARC record, and why they
 * are none.
 */
#ifndef DMARC_CLEAN_H
#define DMARC_CLEAN_H

#include "dmarc.h"

enum dmarc_slip {
	DMARC_SLIP_NONE, /* it is a record */
	DMARC_SLIP_MARK, /* quotes, backslashes, blanks, invisible characters
			    are in the way */
	DMARC_SLIP_VERSION, /* "v=dmarc1", "v=DMARC1 p=", v= not first... */
};

struct dmarc_clean {
	enum dmarc_slip slip;
	const char *why; /* what is in the way, a phrase; NULL for none */
	struct span at; /* where, in the raw text */
	struct str text; /* a record: what was meant, in plain ASCII */
};

/*
 * False, with *out untouched, when the text has nothing to do with DMARC.
 * Where only DMARC records belong (`reserved`), a p= is enough.
 */
bool dmarc_clean(
    struct arena *, struct str raw, bool reserved, struct dmarc_clean *out);

/* Is this TXT record meant as DMARC?  For dns-servers-disagree. */
bool dmarc_is_meant(const struct record *);

#endif
