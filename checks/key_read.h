/*
 * checks/key_read.h - a public key as people have it at hand: in a PEM file, a
 * line of base64, a certificate, or a DKIM record with its quotation marks.
 */
#ifndef KEY_READ_H
#define KEY_READ_H

#include "crypto.h"

enum key_text {
	KEY_TEXT_READ,
	KEY_TEXT_EMPTY,
	KEY_TEXT_NONE, /* no key is in it */
	KEY_TEXT_PRIVATE, /* a private key, which belongs nowhere else */
	KEY_TEXT_CUT, /* octets are missing at the end */
	KEY_TEXT_REVOKED, /* a record with an empty p= */
	KEY_TEXT_OTHER, /* a key of a type DKIM does not know */
	KEY_TEXT_WEAK, /* RSA of less than 1024 bits, RFC 8301 section 3.2 */
};

/*
 * Reads a public key from a text of any of these shapes:
 *
 *	-----BEGIN PUBLIC KEY-----	also RSA PUBLIC KEY, and CERTIFICATE
 *	MIIBIjANBgkq...			base64 over any number of lines
 *	v=DKIM1; k=rsa; p=MIIB...	a record; or p= alone
 *	s._domainkey IN TXT ( "v=DKIM1; p=MIIB..." "..." ) ; a zone file's line
 *
 * RFC 7468, RFC 6376 section 3.6.1, RFC 8463 section 4.2.  *out lives in the
 * arena and is filled with KEY_TEXT_READ only.
 */
enum key_text key_read_text(
    struct arena *, struct str text, struct public_key *out);

/*
 * Why it cannot be used and what to do, one sentence; NULL with
 * KEY_TEXT_READ.  Static.
 */
const char *key_text_problem(enum key_text);

/* "v=DKIM1; k=rsa; p=...": a key as a record.  In the arena. */
struct str key_record_text(struct arena *, const struct public_key *);

#endif
