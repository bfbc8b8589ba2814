/*
 * checks/base/printable.h - octets from outside, made fit to be shown.
 *
 * Whatever came from DNS, a server or a file passes through here before it
 * reaches a terminal, a file or JSON: no escape sequence, no control
 * character and no direction override gets through.
 */
#ifndef PRINTABLE_H
#define PRINTABLE_H

#include "str.h"

/*
 * Printable ASCII stays, a backslash is doubled, every other octet becomes
 * \DDD (decimal).  Ended by NUL, lives in the arena.
 */
const char *printable(struct arena *, struct str);

/*
 * For text that is meant to be read: as printable(), but letters, marks,
 * digits and punctuation in valid UTF-8 stay as they are.  Control, format
 * (direction, joiners), private and unassigned characters become \DDD, octet
 * by octet, and so does all that is not valid UTF-8.
 */
const char *readable(struct arena *, struct str);

#endif
