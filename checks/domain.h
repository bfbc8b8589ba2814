/*
 * checks/domain.h - reading what people type or paste as a domain; the only
 * door to libidn2.
 *
 *	"https://www.example.org/", "Someone <a@example.org>", "EXAMPLE.ORG."
 *	and a name with accents all become "example.org" as DNS has it
 *
 * Letters outside ASCII become A-labels as IDNA2008 has them (RFC 5891
 * section 5).  What is no domain name is refused with one sentence.
 */
#ifndef DOMAIN_H
#define DOMAIN_H

#include "base/str.h"

#define DOMAIN_TYPED_MAX 4096 /* octets looked at; more is refused */
#define DOMAIN_NAME_MAX	 253 /* octets without the last dot; RFC 1035 2.3.4 */
#define DOMAIN_LABEL_MAX 63 /* octets; RFC 1035 section 2.3.4 */

enum domain_rules {
	DOMAIN_OF_MAIL, /* letters, digits, hyphens: RFC 5321 section 2.3.5 */
	DOMAIN_IN_DNS, /* underscores too: "_spf.example.net" */
	DOMAIN_AS_TYPED, /* cleaned, but whatever is left is the name: what
			    check_host() is to judge, RFC 7208 section 4.3 */
};

struct domain_name {
	const char *name; /* A-labels, lower case, no dot at the end */
	const char *removed; /* one sentence about what was cleaned away:
				`Removed "https://" and 1 invisible
				character.'; NULL: nothing */
	bool surprising; /* more was removed than blanks, capitals, a dot */
};

/*
 * Reads octets of any kind as the name of a mail domain.  NULL, and *out
 * filled; or one printable sentence that says what is wrong, and *out left
 * alone.  Everything lives in the arena.
 */
const char *domain_read(
    struct arena *, struct str typed, struct domain_name *out);

/* The same by other rules. */
const char *domain_read_as(struct arena *, struct str typed, enum domain_rules,
    struct domain_name *out);

/*
 * The name as its owner reads it: A-labels decoded (UTF-8), each only when
 * IDNA2008 allows it, every letter is printable and Latin, Greek and Cyrillic
 * are not mixed in it.  Else that label stays as it is.
 */
const char *domain_display(struct arena *, const char *name);

#endif
