/*
 * checks/tls_facts.h - what a look at TLS found.  Plain data; texts are
 * printable, octets are as the server sent them.  All lives in the arena of
 * the run that looked.
 */
#ifndef TLS_FACTS_H
#define TLS_FACTS_H

#include "base/str.h"

enum tls_version { TLS_NONE, TLS_1_0, TLS_1_1, TLS_1_2, TLS_1_3 };

#define TLS_VERSIONS 5 /* for arrays with a place for each */

enum tls_trouble {
	TLS_FINE,
	TLS_PLAIN_TEXT, /* answered the hello with something else than TLS */
	TLS_SILENT, /* no whole answer before the time was up */
	TLS_HUNG_UP, /* closed or reset the connection */
	TLS_ALERTED, /* ended it with an alert; RFC 8446 section 6.2 */
	TLS_MALFORMED, /* anything else that cannot be understood */
};

enum tri { TRI_UNKNOWN, TRI_NO, TRI_YES };

struct tls_facts {
	enum tls_trouble trouble;
	const char *why; /* a phrase; NULL when fine */
	struct str plain; /* TLS_PLAIN_TEXT: the first octets, raw */
	enum tls_version version; /* agreed on */
	const char *cipher; /* as IANA names it; or NULL */
	bool weak_cipher; /* under 128 bits, or RC4 or 3DES */
	bool client_certificate; /* the server asked for one */
	bool stapled; /* an OCSP response came; RFC 6066 section 8 */
	struct str *der; /* certificates, in the order sent */
	size_t nder;
	const char *fingerprint; /* SHA-256 of the first, hexadecimal */
};

/* "TLSv1.2"; NULL for TLS_NONE. */
const char *tls_version_word(enum tls_version);

#endif
