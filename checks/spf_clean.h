/*
 * checks/spf_clean.h - text that was meant as an SPF record, and is none
 * because of how it was typed or pasted.  Looks at the text alone.
 */
#ifndef SPF_CLEAN_H
#define SPF_CLEAN_H

#include "base/str.h"

enum spf_slip {
	SPF_SLIP_NONE, /* a record as it stands; RFC 7208 section 4.5 */
	SPF_SLIP_MARK, /* quotes, blanks, invisible characters in the way */
	SPF_SLIP_VERSION, /* "v=spf1;", "v=spf10", "spf1", "v=spf1mx" ... */
};

struct spf_clean {
	enum spf_slip slip;
	const char *why; /* what is in the way, a phrase; NULL for none */
	struct span at; /* where, in the raw text */
	struct str terms; /* all behind the version, made plain ASCII where
			     what was meant can be told */
};

/*
 * False, with *out untouched, when the text has nothing to do with SPF.
 * Sender ID records ("spf2.0/pra") are not meant as SPF.
 */
bool spf_clean(struct arena *, struct str raw, struct spf_clean *out);

/*
 * The text in plain ASCII, as far as what was meant can be told: quotes and
 * invisible characters dropped, blanks and dashes of all kinds made plain.
 */
struct str spf_plain(struct arena *, struct str raw);

#endif
