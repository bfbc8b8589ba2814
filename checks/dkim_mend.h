/*
 * checks/dkim_mend.h - a key record as it was meant.
 */
#ifndef DKIM_MEND_H
#define DKIM_MEND_H

#include "dkim.h"

/*
 * The record without quotes, backslashes, PEM lines and blanks in the key,
 * each tag once and v= first; false when no sound key comes of it.
 */
bool dkim_mend(struct arena *, struct str raw, struct str *out);

/*
 * Of the TXT records at a name: a key whose parts were entered as records of
 * their own, put together.  `head` is the one that looks like a key; *parts is
 * how many belong to it, itself included.  False when no sound key comes of
 * them in any order.
 */
bool dkim_join(struct arena *, const struct record *records, size_t n,
    const struct record *head, struct str *out, size_t *parts);

/* The digits of base64 in a text, without PEM's first and last line. */
struct str dkim_key_digits(struct arena *, struct str text);

/* Octets are missing at the end of the key, though its base64 is broken. */
size_t dkim_missing_octets(struct arena *, struct str p);

#endif
