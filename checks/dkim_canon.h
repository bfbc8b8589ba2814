/*
 * checks/dkim_canon.h - the octets that are hashed; RFC 6376 sections 3.4 and
 * 3.7.  A body goes through in pieces of any size.
 */
#ifndef DKIM_CANON_H
#define DKIM_CANON_H

#include "dkim.h"

#define CANON_BUFFER ((size_t)16 * 1024)

/* One body on its way through one canonicalization into one hash. */
struct body_canon {
	enum dkim_canon how;
	bool limited;
	uint64_t limit; /* l=: octets hashed at most */
	struct hash *hash; /* the caller's */
	uint64_t total; /* canonical octets so far */
	uint64_t held; /* line ends kept back: the last ones count as one */
	bool cr; /* the piece before ended in CR */
	bool blank; /* relaxed: white space is kept back */
	bool lf; /* wrong, and done by some signers: lines end in LF */
	size_t used; /* of the buffer */
	char buffer[CANON_BUFFER];
};

void body_canon_begin(struct body_canon *, enum dkim_canon, struct hash *);

/* Octets as in the file: a line ends in LF or CRLF, and becomes CRLF. */
void body_canon_add(struct body_canon *, const char *octets, size_t len);

/* The end of the body: its digest, for bh=. */
void body_canon_end(struct body_canon *, struct sha256 *out);

/* What the digest would be if the body ended here, behind a whole line. */
void body_canon_peek(struct body_canon *, struct sha256 *out);

/* One header field ("Name: value CRLF", folded) into a hash. */
void header_canon_add(struct hash *, enum dkim_canon, struct str field);

/* The same without the CRLF at the end, which `field` may have or not. */
void header_canon_last(struct hash *, enum dkim_canon, struct str field);

/*
 * The signature's own field without what b= holds and without the CRLF at the
 * end, for header_canon_last(); section 3.7 step 2.
 */
struct str header_own_text(struct arena *, const struct dkim_signature *);

/*
 * The fields h= means, in order: for each name the lowest field that has not
 * been taken yet (section 5.4.2); NULL where there is none.  The signature's
 * own field is never taken.  out[] has room for signature->nnames.
 */
void header_select(const struct message *, const struct dkim_signature *,
    struct arena *, const struct header_field **out);

/* Field names are equal in both cases; section 3.5, h=. */
bool header_same_name(struct str, struct str);

#endif
