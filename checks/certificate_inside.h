/*
 * checks/certificate_inside.h - what certificate.c, cert_trust.c and
 * cert_chain.c share.
 */
#ifndef CERTIFICATE_INSIDE_H
#define CERTIFICATE_INSIDE_H

#include "certificate.h"

struct x509_st; /* OpenSSL's X509 */
struct x509_store_st; /* and X509_STORE */

struct trust {
	struct x509_store_st *store;
	bool empty;
};

/* NULL when that is no certificate, or more than one; else X509_free() it. */
struct x509_st *certificate_parse(struct str der);

/* Fills *out. */
void certificate_of(struct arena *, struct x509_st *, struct certificate *out);

/* Its common name, or else its subject; printable. */
const char *certificate_name(struct arena *, const struct x509_st *);

#endif
