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

/* The digits of base64 in a text, without PEM's first and last line. */
struct str dkim_key_digits(struct arena *, struct str text);

/* Octets are missing at the end of the key, though its base64 is broken. */
size_t dkim_missing_octets(struct arena *, struct str p);

#endif
