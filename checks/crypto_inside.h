/*
 * checks/crypto_inside.h - what crypto.c and crypto_private.c share.
 */
#ifndef CRYPTO_INSIDE_H
#define CRYPTO_INSIDE_H

#include "crypto.h"

struct evp_pkey_st; /* OpenSSL's EVP_PKEY */

enum key_type crypto_type_of(const struct evp_pkey_st *);

/* As key_facts.bits has it. */
unsigned int crypto_bits_of(const struct evp_pkey_st *);

/*
 * The public part as p= holds it: SubjectPublicKeyInfo (RFC 6376 section 3.6.1
 * as it is practised), or raw Ed25519 (RFC 8463 section 4.2).  In the arena.
 * False when OpenSSL cannot.
 */
bool crypto_public_octets(
    struct arena *, const struct evp_pkey_st *, struct str *out);

#endif
