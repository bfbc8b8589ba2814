/*
 * checks/tagvalue.h - lists of tags, as DKIM signatures and keys are written:
 * "v=1; a=rsa-sha256; ...".  RFC 6376 section 3.2.
 *
 * Nothing is copied: names and values are slices of the text, and every
 * position counts octets in it.
 */
#ifndef TAGVALUE_H
#define TAGVALUE_H

#include "base/str.h"

#define TAG_LIST_MAX 256 /* tags; a list of more is refused */

struct tag {
	struct str name;
	struct str value; /* without white space at both ends; may be empty */
	struct span at; /* from the name to the end of the value */
	struct span room; /* all between "=" and ";": value and white space */
};

struct tag_list {
	struct tag *tags; /* in the order written */
	size_t n;
	const char *problem; /* NULL: sound.  Else a phrase such as "the tag
				h= stands there twice" (printable); `tags` are
				those before the fault, and the list as a whole
				is invalid */
	struct span fault; /* where that is */
};

/* Reads a list.  `problem` lives in the arena, and so do the tags. */
void tag_list_read(struct arena *, struct str text, struct tag_list *out);

/* The tag of that name; letters count (section 3.2).  NULL: it is not there. */
const struct tag *tag_find(const struct tag_list *, const char *name);

/* Blank, tab, CR, LF: what white space may be in a list (FWS, 2.8). */
bool is_tag_blank(char);

/* Without white space, line ends included, at both ends. */
struct str tag_trim(struct str);

/*
 * Takes the next of "a : b : c" off the front, trimmed; false at the end.  An
 * empty one is given as it is.
 */
bool tag_next(struct str *rest, char separator, bool *more, struct str *out);

/*
 * Octets of base64 (RFC 4648 section 4, white space ignored): NULL, and *out
 * filled; or a phrase that says what is wrong, with *fault the offending
 * octets in `text`.  Padding is needed.
 */
const char *base64_read(
    struct arena *, struct str text, struct str *out, struct span *fault);

/* Base64 of these octets, padded, in one line. */
char *base64_write(struct arena *, struct str octets);

/*
 * dkim-quoted-printable (section 2.11): "=3D" becomes "=", white space goes
 * away.  A lone "=" stays as it is.
 */
struct str tag_unquote(struct arena *, struct str);

#endif
