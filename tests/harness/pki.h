/*
 * tests/harness/pki.h - a small certification authority, made with OpenSSL: any
 * certificate a test wants, good or bad.
 *
 *	struct pki *root = pki_make(&(struct pki_wish){ .name = "Root",
 *		.extensions = { PKI_CA } });
 *	struct pki *leaf = pki_make(&(struct pki_wish){ .name = "a",
 *		.issuer = root, .extensions = { "subjectAltName=DNS:a.b.c" } });
 */
#ifndef PKI_H
#define PKI_H

#include <stdbool.h>

#include "../../checks/base/str.h"

#define PKI_CA		"basicConstraints=critical,CA:TRUE"
#define PKI_EXTENSIONS	8
#define PKI_MUST_STAPLE "tlsfeature=status_request"
#define PKI_DAY		((long)24 * 60 * 60)

struct pki; /* a certificate and its key */

struct pki_wish {
	const char *name; /* the common name; NULL: none */
	const struct pki *issuer; /* NULL: signs itself */
	const struct pki *key_of; /* has the key of that one, not a new one */
	const char *key; /* "RSA-1024", "P-224", "ED25519"...; NULL: P-256 */
	const char *hash; /* of the signature; NULL: as the key wants it */
	long from; /* seconds from now; 0: a day ago */
	long to; /* seconds from now; 0: in 90 days */
	bool spoilt; /* the signature is wrong */
	const char *extensions[PKI_EXTENSIONS]; /* "NAME=VALUE", as in
						   openssl.cnf(5) */
};

/* Never NULL; a wish that cannot be met ends the test program. */
struct pki *pki_make(const struct pki_wish *);
void pki_free(struct pki *); /* NULL is fine */

struct str pki_der(const struct pki *); /* borrowed */

/*
 * Writes certificates, one behind the other, or a key, in PEM form, to a file
 * that is removed when the program ends; gives its path.
 */
const char *pki_file(
    const char *file, const struct pki *const *certificates, size_t n);
const char *pki_key_file(const char *file, const struct pki *);

#endif
