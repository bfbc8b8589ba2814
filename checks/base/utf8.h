/*
 * checks/base/utf8.h - one character at a time out of octets that may be
 * UTF-8, whatever the locale.  RFC 3629.
 */
#ifndef UTF8_H
#define UTF8_H

#include "str.h"

/*
 * The character at the front: its length in octets, 1 to 4, and *out set to
 * its code point.  0, and *out left alone, when the text is empty or what
 * stands there is not UTF-8: cut short, overlong, a surrogate, too large.
 */
size_t utf8_read(struct str, uint32_t *out);

/* Writes one character, 1 to 4 octets, and gives its length; no NUL. */
size_t utf8_write(uint32_t c, char out[4]);

#endif
