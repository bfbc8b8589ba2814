/*
 * checks/spf_mend.h - terms of an SPF record as they were meant.
 *
 * "ipv4:192.0.2.1", "ip4=192.0.2.1", "include: example.net", "inlcude:...",
 * "redirect:...", "a:192.0.2.1", "~ all", "mx,a", /255.255.255.0 and their
 * like become terms that receivers understand.  Looks at the text alone.
 */
#ifndef SPF_MEND_H
#define SPF_MEND_H

#include "spf.h"

#define SPF_TERMS_MAX 256 /* terms of one record; the rest is left out */

struct spf_terms {
	struct spf_term *terms; /* each can be read: none is SPF_BROKEN */
	size_t n;
	const char *home; /* the domain that names of one label are meant in;
			     NULL: such names cannot be mended */
	bool lost; /* something was left out that may have allowed a sender */
};

/* Reads what stands behind the version, mends it, adds it to *out. */
void spf_mend(struct arena *, struct str text, struct spf_terms *out);

/* Adds one term, given as text; false when it cannot be read. */
bool spf_terms_add(struct arena *, struct spf_terms *, const char *text);

/*
 * An address or network in any of the forms people write, as ip4: and ip6:
 * terms, `sign` in front: netmasks, ranges, "192.0.2.*", ports, brackets,
 * leading zeros.  False when it is none of these; then nothing was added.
 */
bool spf_mend_address(
    struct arena *, struct str text, const char *sign, struct spf_terms *out);

#endif
