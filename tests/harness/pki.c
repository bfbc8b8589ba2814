/* tests/harness/pki.c - see pki.h */
#include "pki.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include "command.h"

struct pki {
	X509 *x509;
	EVP_PKEY *key;
	unsigned char *der;
	int len;
};

static void
need(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "pki: %s\n", what);
	ERR_print_errors_fp(stderr);
	exit(1);
}

static EVP_PKEY *
new_key(const char *kind)
{
	EVP_PKEY *key;

	if (kind == NULL)
		kind = "P-256";
	if (strncmp(kind, "RSA-", 4) == 0)
		key = EVP_RSA_gen((unsigned int)strtoul(kind + 4, NULL, 10));
	else if (strncmp(kind, "P-", 2) == 0)
		key = EVP_EC_gen(kind);
	else
		key = EVP_PKEY_Q_keygen(NULL, NULL, kind);
	need(key != NULL, kind);
	return key;
}

static void
add_extension(X509 *x509, X509V3_CTX *context, const char *text)
{
	const char *equals = strchr(text, '=');
	X509_EXTENSION *extension;
	char name[64];

	need(equals != NULL && equals - text < (long)sizeof(name), text);
	snprintf(name, sizeof(name), "%.*s", (int)(equals - text), text);
	extension = X509V3_EXT_conf(NULL, context, name, equals + 1);
	need(extension != NULL && X509_add_ext(x509, extension, -1) == 1, text);
	X509_EXTENSION_free(extension);
}

static void
fill(const struct pki_wish *wish, struct pki *made)
{
	X509 *x509 = made->x509;
	X509_NAME *name = X509_get_subject_name(x509);
	const X509 *issuer = wish->issuer == NULL ? x509 : wish->issuer->x509;
	X509V3_CTX context;
	uint64_t serial;

	need(RAND_bytes((unsigned char *)&serial, sizeof(serial)) == 1 &&
		ASN1_INTEGER_set_uint64(
		    X509_get_serialNumber(x509), serial >> 1) == 1,
	    "serial number");
	X509_set_version(x509, X509_VERSION_3);
	if (wish->name != NULL)
		need(X509_NAME_add_entry_by_NID(name, NID_commonName,
			 MBSTRING_UTF8, (const unsigned char *)wish->name, -1,
			 -1, 0) == 1,
		    wish->name);
	X509_set_issuer_name(x509, X509_get_subject_name(issuer));
	X509_set_pubkey(x509, made->key);
	X509_gmtime_adj(
	    X509_getm_notBefore(x509), wish->from == 0 ? -PKI_DAY : wish->from);
	X509_gmtime_adj(
	    X509_getm_notAfter(x509), wish->to == 0 ? 90 * PKI_DAY : wish->to);
	X509V3_set_ctx(
	    &context, (X509 *)(uintptr_t)issuer, x509, NULL, NULL, 0);
	add_extension(x509, &context, "subjectKeyIdentifier=hash");
	if (wish->issuer != NULL)
		add_extension(x509, &context, "authorityKeyIdentifier=keyid");
	for (size_t i = 0; i < PKI_EXTENSIONS && wish->extensions[i] != NULL;
	     i++)
		add_extension(x509, &context, wish->extensions[i]);
}

static const EVP_MD *
hash_of(const struct pki_wish *wish, const EVP_PKEY *key)
{
	if (wish->hash != NULL)
		return EVP_get_digestbyname(wish->hash);
	return EVP_PKEY_is_a(key, "ED25519") || EVP_PKEY_is_a(key, "ED448")
	    ? NULL
	    : EVP_sha256();
}

struct pki *
pki_make(const struct pki_wish *wish)
{
	struct pki *made = calloc(1, sizeof(*made));
	EVP_PKEY *signer;

	need(made != NULL, "no memory");
	made->x509 = X509_new();
	need(made->x509 != NULL, "no memory");
	if (wish->key_of != NULL) {
		made->key = wish->key_of->key;
		EVP_PKEY_up_ref(made->key);
	} else {
		made->key = new_key(wish->key);
	}
	fill(wish, made);
	signer = wish->issuer == NULL ? made->key : wish->issuer->key;
	need(X509_sign(made->x509, signer, hash_of(wish, signer)) > 0,
	    "signature");
	made->len = i2d_X509(made->x509, &made->der);
	need(made->len > 0, "DER");
	if (wish->spoilt)
		made->der[made->len - 1] ^= 1;
	return made;
}

void
pki_free(struct pki *pki)
{
	if (pki == NULL)
		return;
	OPENSSL_free(pki->der);
	X509_free(pki->x509);
	EVP_PKEY_free(pki->key);
	free(pki);
}

struct str
pki_der(const struct pki *pki)
{
	return (struct str){ (const char *)pki->der, (size_t)pki->len };
}

static const char *
write_bio(const char *file, BIO *bio)
{
	const char *path;
	char *text;

	need(BIO_write(bio, "", 1) == 1, "no memory"); /* the NUL */
	BIO_get_mem_data(bio, &text);
	path = command_file(file, text);
	BIO_free(bio);
	return path;
}

const char *
pki_file(const char *file, const struct pki *const *certificates, size_t n)
{
	BIO *bio = BIO_new(BIO_s_mem());

	need(bio != NULL, "no memory");
	for (size_t i = 0; i < n; i++)
		need(PEM_write_bio(bio, PEM_STRING_X509, "",
			 certificates[i]->der, certificates[i]->len) > 0,
		    "PEM");
	return write_bio(file, bio);
}

const char *
pki_key_file(const char *file, const struct pki *pki)
{
	BIO *bio = BIO_new(BIO_s_mem());

	need(bio != NULL &&
		PEM_write_bio_PrivateKey(
		    bio, pki->key, NULL, NULL, 0, NULL, NULL) == 1,
	    "PEM");
	return write_bio(file, bio);
}
