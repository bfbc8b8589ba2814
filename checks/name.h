/*
 * checks/name.h - domain names as presentation text.
 *
 * A name is text ended by NUL, without the dot at the end ("." is the root).
 * Octets that are not letters, digits, '-' or '_' are escaped as \. \\ or \DDD
 * (RFC 4343 section 2.1); every function here reads the escapes, whoever wrote
 * them, so "a\046b" and "a\.b" are the same name of one label.
 */
#ifndef NAME_H
#define NAME_H

#include "base/str.h"

#define NAME_WIRE_MAX  255 /* octets with length octets; RFC 1035 2.3.4 */
#define NAME_LABEL_MAX 63 /* octets; RFC 1035 section 2.3.4 */

/* ASCII letters are equal in both cases (RFC 4343). */
bool name_equal(const char *, const char *);
int name_compare(const char *, const char *); /* <0, 0, >0: some order */
bool name_is_below(const char *name, const char *ancestor); /* or equal */
const char *name_parent(const char *name); /* a part of `name`; "." at last */
size_t name_labels(const char *name); /* 0 for the root */

/*
 * Is this a name a question can be asked for: labels of 1 to 63 octets, 255 in
 * all (RFC 1035 section 2.3.4)?
 */
bool name_is_valid(const char *name);

/*
 * Octets with dots between the labels, as macros make them, in the form above.
 * A dot at the end is dropped.  Empty labels are kept as they are, so that
 * name_is_valid() says no.
 */
const char *name_from_octets(struct arena *, struct str);

/*
 * The form of RFC 1035 section 3.1, uncompressed, root label included, and
 * back.  name_to_wire() gives the octets written, at most NAME_WIRE_MAX; 0 for
 * a name that is not valid.  name_from_wire() wants a whole, sound name.
 */
size_t name_to_wire(const char *name, unsigned char out[NAME_WIRE_MAX]);
const char *name_from_wire(struct arena *, const unsigned char *wire);

#endif
