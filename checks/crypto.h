/*
 * checks/crypto.h - hashes, keys and signatures.
 *
 * A key is its octets: what is made of them inside is gone when a function
 * returns.  Nothing here is called on the way of "mailwizard spf".
 */
#ifndef CRYPTO_H
#define CRYPTO_H

#include "base/str.h"

#define SHA256_OCTETS	   32
#define ED25519_KEY_OCTETS 32 /* RFC 8032 section 5.1.5 */

struct sha256 {
	unsigned char octets[SHA256_OCTETS];
};

/*
 * A SHA-256 that is fed piece by piece.  hash_new() never fails; what is fed
 * is no secret.  hash_end() gives the digest of all pieces, and begins anew.
 */
struct hash *hash_new(void);
void hash_free(struct hash *); /* NULL is fine */
void hash_add(struct hash *, const void *, size_t len);
void hash_end(struct hash *, struct sha256 *out);

/* What hash_end() would give after these octets more; goes on as it was. */
void hash_peek(struct hash *, const void *more, size_t len, struct sha256 *out);

enum key_type {
	KEY_UNKNOWN,
	KEY_RSA,
	KEY_ED25519,
	KEY_OTHER, /* a sound key of a type DKIM does not know */
};

enum key_form {
	KEY_FORM_NONE, /* these octets are no key */
	KEY_FORM_SPKI, /* SubjectPublicKeyInfo, RFC 5280 section 4.1 */
	KEY_FORM_PKCS1, /* bare RSAPublicKey, RFC 8017 appendix A.1.1 */
	KEY_FORM_RAW, /* 32 octets of Ed25519, RFC 8463 section 4.2 */
	KEY_FORM_CERTIFICATE, /* X.509: there is a key inside */
	KEY_FORM_PRIVATE, /* a private key, which should never be here */
};

struct key_facts {
	enum key_type type;
	enum key_form form;
	unsigned int bits; /* RSA: of the modulus; Ed25519: 256; 0: unknown */
	size_t missing; /* octets that its own length says should follow */
	size_t trailing; /* octets behind its end */
};

/*
 * What these octets are.  Trailing octets do not make a key unsound; missing
 * ones do: form is KEY_FORM_NONE then, and `missing` says how many.  `raw`:
 * 32 octets may be an Ed25519 key.
 */
void key_look(struct str octets, bool raw, struct key_facts *out);

/*
 * Did the owner of this key (as key_look() takes it; RSA, or raw Ed25519) sign
 * the digest?  RSA: RSASSA-PKCS1-v1_5, RFC 8017 section 8.2.  Ed25519: PureEdDSA
 * over the octets of the digest, RFC 8463 section 3.
 */
bool key_verify(struct str key, enum key_type, const struct sha256 *digest,
    struct str signature);

enum recovered {
	RECOVERED_NOTHING, /* the padding is not there: made with another key,
			      or not a signature at all */
	RECOVERED_OTHER, /* the key fits; what was signed is no SHA-256 */
	RECOVERED_SHA256, /* the key fits, and *out is what was signed */
};

/* What an RSA signature says was signed; RFC 8017 section 9.2. */
enum recovered key_recover(
    struct str key, struct str signature, struct sha256 *out);

/* A public key as it belongs into p=. */
struct public_key {
	enum key_type type; /* KEY_RSA or KEY_ED25519 */
	unsigned int bits;
	struct str octets; /* SubjectPublicKeyInfo of an RSA key, raw Ed25519 */
};

/*
 * The public key that these octets hold in whatever form (see key_form), also
 * when that is a certificate or a private key.  In the arena.  False when there
 * is none that DKIM knows, or octets are missing.
 */
bool public_key_read(struct arena *, struct str octets, struct public_key *out);

enum private_key {
	PRIVATE_KEY_READ,
	PRIVATE_KEY_NONE, /* that is no key */
	PRIVATE_KEY_PUBLIC, /* only a public one */
	PRIVATE_KEY_LOCKED, /* a passphrase is needed */
	PRIVATE_KEY_WRONG_PASSPHRASE,
	PRIVATE_KEY_OTHER, /* a private key of a type DKIM does not know */
};

/*
 * The public part of a private key in PKCS #1, PKCS #8 (RFC 5958) or the
 * encrypted forms of both, as PEM (RFC 7468) or DER; at most 64 KiB.  The
 * private part is gone when this returns; wiping `octets` and the passphrase
 * (NULL: none) is the caller's matter.
 */
enum private_key private_key_open(struct arena *, struct str octets,
    const char *passphrase, struct public_key *out);

/* Overwrites a secret, which compilers otherwise leave out. */
void secret_wipe(void *octets, size_t len);

/* What can be made: the words of --type, and of the JSON. */
enum key_kind {
	KEY_KIND_RSA2048,
	KEY_KIND_RSA3072,
	KEY_KIND_RSA4096,
	KEY_KIND_ED25519,
	KEY_KIND_COUNT
};

struct key_pair {
	char *pem; /* the private key: PKCS#8 (RFC 5958) as PEM, RFC 7468 */
	size_t pem_len;
	struct str public_octets; /* as p= holds them: SubjectPublicKeyInfo of
				     an RSA key, raw Ed25519 */
};

/*
 * Makes a key pair; RSA takes up to some seconds.  In the arena, and the
 * caller wipes the private part with key_pair_wipe() as soon as it is stored.
 * False: OpenSSL could not, for want of randomness.
 */
bool key_pair_make(struct arena *, enum key_kind, struct key_pair *out);
void key_pair_wipe(struct key_pair *);

/* "rsa2048" ... "ed25519" */
const char *key_kind_word(enum key_kind);
bool key_kind_by_word(struct str, enum key_kind *out);

#endif
