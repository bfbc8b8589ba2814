/* Hashes, public keys and signatures, by OpenSSL. */
#include "crypto_inside.h"

#include <limits.h>
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <string.h>

#define RSA_OCTETS_MAX 2048 /* of a signature: keys up to 16384 bits */

struct hash {
	EVP_MD_CTX *context;
	EVP_MD_CTX *aside; /* of hash_peek(); NULL at first */
	EVP_MD *sha256;
};

/* OpenSSL refuses SHA-256 for want of memory, or when it is crippled. */
static void
must(bool worked)
{
	if (!worked)
		out_of_memory();
}

struct hash *
hash_new(void)
{
	struct hash *hash = OPENSSL_zalloc(sizeof(*hash));

	must(hash != NULL);
	hash->context = EVP_MD_CTX_new();
	hash->sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	must(hash->context != NULL && hash->sha256 != NULL);
	must(EVP_DigestInit_ex2(hash->context, hash->sha256, NULL) == 1);
	return hash;
}

void
hash_free(struct hash *hash)
{
	if (hash == NULL)
		return;
	EVP_MD_CTX_free(hash->context);
	EVP_MD_CTX_free(hash->aside);
	EVP_MD_free(hash->sha256);
	OPENSSL_free(hash);
}

void
hash_add(struct hash *hash, const void *octets, size_t len)
{
	must(EVP_DigestUpdate(hash->context, octets, len) == 1);
}

void
hash_end(struct hash *hash, struct sha256 *out)
{
	must(EVP_DigestFinal_ex(hash->context, out->octets, NULL) == 1);
	must(EVP_DigestInit_ex2(hash->context, NULL, NULL) == 1);
}

void
hash_peek(struct hash *hash, const void *more, size_t len, struct sha256 *out)
{
	if (hash->aside == NULL)
		hash->aside = EVP_MD_CTX_new();
	must(hash->aside != NULL &&
	    EVP_MD_CTX_copy_ex(hash->aside, hash->context) == 1 &&
	    EVP_DigestUpdate(hash->aside, more, len) == 1 &&
	    EVP_DigestFinal_ex(hash->aside, out->octets, NULL) == 1);
}

/*
 * The outer element: SEQUENCE and a length, X.690 section 8.1.3.  Gives the
 * octets it should have in all; 0 when it is no such thing.
 */
static size_t
sequence_length(struct str octets)
{
	const unsigned char *p = (const unsigned char *)octets.p;
	size_t count, length = 0;

	if (octets.len < 2 || p[0] != 0x30)
		return 0;
	if (p[1] < 0x80)
		return (size_t)p[1] + 2;
	count = p[1] & 0x7f;
	if (count == 0 || count > 4 || octets.len < 2 + count)
		return 0;
	for (size_t i = 0; i < count; i++)
		length = length << 8 | p[2 + i];
	return length + 2 + count;
}

enum key_type
crypto_type_of(const EVP_PKEY *key)
{
	if (EVP_PKEY_is_a(key, "RSA"))
		return KEY_RSA;
	return EVP_PKEY_is_a(key, "ED25519") ? KEY_ED25519 : KEY_OTHER;
}

unsigned int
crypto_bits_of(const EVP_PKEY *key)
{
	return crypto_type_of(key) == KEY_ED25519
	    ? 256
	    : (unsigned int)EVP_PKEY_get_bits(key);
}

/*
 * One of the forms; `used` is the octets it took.  NULL when it is not that.
 */
static EVP_PKEY *
read_form(struct str octets, enum key_form form, size_t *used)
{
	const unsigned char *p = (const unsigned char *)octets.p;
	const unsigned char *begin = p;
	EVP_PKEY *key = NULL;
	X509 *certificate = NULL;
	long len = (long)octets.len;

	if (octets.len > INT_MAX)
		return NULL;
	if (form == KEY_FORM_SPKI)
		key = d2i_PUBKEY(NULL, &p, len);
	else if (form == KEY_FORM_PKCS1)
		key = d2i_PublicKey(EVP_PKEY_RSA, NULL, &p, len);
	else if (form == KEY_FORM_PRIVATE)
		key = d2i_AutoPrivateKey(NULL, &p, len);
	else if (form == KEY_FORM_CERTIFICATE)
		certificate = d2i_X509(NULL, &p, len);
	if (certificate != NULL)
		key = X509_get_pubkey(certificate);
	X509_free(certificate);
	ERR_clear_error();
	*used = (size_t)(p - begin);
	return key;
}

static EVP_PKEY *
read_raw(struct str octets)
{
	EVP_PKEY *key;

	if (octets.len != ED25519_KEY_OCTETS)
		return NULL;
	key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL,
	    (const unsigned char *)octets.p, octets.len);
	ERR_clear_error();
	return key;
}

/* A key in any of the forms; `form` and `used` are of the one that it is. */
static EVP_PKEY *
read_any(struct str octets, bool raw, enum key_form *form, size_t *used)
{
	static const enum key_form forms[] = { KEY_FORM_SPKI, KEY_FORM_PKCS1,
		KEY_FORM_CERTIFICATE, KEY_FORM_PRIVATE };
	EVP_PKEY *key = raw ? read_raw(octets) : NULL;

	*form = KEY_FORM_RAW;
	*used = octets.len;
	for (size_t i = 0; key == NULL && i < COUNT(forms); i++) {
		*form = forms[i];
		key = read_form(octets, forms[i], used);
	}
	return key;
}

void
key_look(struct str octets, bool raw, struct key_facts *out)
{
	size_t used, whole = sequence_length(octets);
	EVP_PKEY *key;

	*out = (struct key_facts){ .form = KEY_FORM_NONE };
	key = read_any(octets, raw, &out->form, &used);
	if (key != NULL) {
		out->type = crypto_type_of(key);
		out->bits = crypto_bits_of(key);
		out->trailing = octets.len - used;
	} else {
		out->form = KEY_FORM_NONE;
		if (whole > octets.len)
			out->missing = whole - octets.len;
	}
	EVP_PKEY_free(key);
}

bool
public_key_read(struct arena *arena, struct str octets, struct public_key *out)
{
	enum key_form form;
	size_t used;
	EVP_PKEY *key = read_any(octets, true, &form, &used);
	bool good;

	*out = (struct public_key){ .type = KEY_UNKNOWN };
	if (key == NULL)
		return false;
	out->type = crypto_type_of(key);
	out->bits = crypto_bits_of(key);
	good = out->type != KEY_OTHER &&
	    crypto_public_octets(arena, key, &out->octets);
	EVP_PKEY_free(key);
	ERR_clear_error();
	return good;
}

/* A public key of the type, or NULL. */
static EVP_PKEY *
read_public(struct str octets, enum key_type type)
{
	EVP_PKEY *key;
	size_t used;

	if (type == KEY_ED25519)
		return read_raw(octets);
	key = read_form(octets, KEY_FORM_SPKI, &used);
	if (key == NULL)
		key = read_form(octets, KEY_FORM_PKCS1, &used);
	if (key != NULL && crypto_type_of(key) == type)
		return key;
	EVP_PKEY_free(key);
	return NULL;
}

static bool
verify_rsa(EVP_PKEY *key, const struct sha256 *digest, struct str signature)
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key, NULL);
	bool good = context != NULL && EVP_PKEY_verify_init(context) == 1 &&
	    EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1 &&
	    EVP_PKEY_CTX_set_signature_md(context, EVP_sha256()) == 1 &&
	    EVP_PKEY_verify(context, (const unsigned char *)signature.p,
		signature.len, digest->octets, SHA256_OCTETS) == 1;

	EVP_PKEY_CTX_free(context);
	return good;
}

static bool
verify_ed25519(EVP_PKEY *key, const struct sha256 *digest, struct str signature)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool good = context != NULL &&
	    EVP_DigestVerifyInit(context, NULL, NULL, NULL, key) == 1 &&
	    EVP_DigestVerify(context, (const unsigned char *)signature.p,
		signature.len, digest->octets, SHA256_OCTETS) == 1;

	EVP_MD_CTX_free(context);
	return good;
}

bool
key_verify(struct str octets, enum key_type type, const struct sha256 *digest,
    struct str signature)
{
	EVP_PKEY *key = read_public(octets, type);
	bool good = false;

	if (key != NULL && type == KEY_RSA)
		good = verify_rsa(key, digest, signature);
	else if (key != NULL)
		good = verify_ed25519(key, digest, signature);
	EVP_PKEY_free(key);
	ERR_clear_error();
	return good;
}

/*
 * DigestInfo, RFC 8017 section 9.2 note 1: this, then the 32 octets.  The
 * parameters NULL may be absent in signatures of old programs.
 */
static bool
is_sha256_info(const unsigned char *info, size_t len)
{
	static const unsigned char head[] = { 0x30, 0x31, 0x30, 0x0d, 0x06,
		0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
		0x05, 0x00, 0x04, 0x20 };

	return len == sizeof(head) + SHA256_OCTETS &&
	    memcmp(info, head, sizeof(head)) == 0;
}

enum recovered
key_recover(struct str octets, struct str signature, struct sha256 *out)
{
	unsigned char info[RSA_OCTETS_MAX];
	size_t len = sizeof(info);
	EVP_PKEY *key = read_public(octets, KEY_RSA);
	EVP_PKEY_CTX *context = NULL;
	enum recovered found = RECOVERED_NOTHING;

	if (key == NULL || EVP_PKEY_get_size(key) > RSA_OCTETS_MAX)
		goto done;
	context = EVP_PKEY_CTX_new(key, NULL);
	if (context == NULL || EVP_PKEY_verify_recover_init(context) != 1 ||
	    EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) != 1 ||
	    EVP_PKEY_verify_recover(context, info, &len,
		(const unsigned char *)signature.p, signature.len) != 1)
		goto done;
	found = RECOVERED_OTHER;
	if (is_sha256_info(info, len)) {
		memcpy(out->octets, info + len - SHA256_OCTETS, SHA256_OCTETS);
		found = RECOVERED_SHA256;
	}
done:
	EVP_PKEY_CTX_free(context);
	EVP_PKEY_free(key);
	ERR_clear_error();
	return found;
}

static const struct {
	const char *word;
	unsigned int bits; /* RSA; 0: Ed25519 */
} kinds[KEY_KIND_COUNT] = {
	[KEY_KIND_RSA2048] = { "rsa2048", 2048 },
	[KEY_KIND_RSA3072] = { "rsa3072", 3072 },
	[KEY_KIND_RSA4096] = { "rsa4096", 4096 },
	[KEY_KIND_ED25519] = { "ed25519", 0 },
};

const char *
key_kind_word(enum key_kind kind)
{
	return kinds[kind].word;
}

bool
key_kind_by_word(struct str word, enum key_kind *out)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (str_equal_nocase(word, kinds[i].word)) {
			*out = (enum key_kind)i;
			return true;
		}
	return false;
}

/* OpenSSL wipes the buffer of a memory BIO when it grows and when it goes. */
static bool
write_private(struct arena *arena, EVP_PKEY *key, struct key_pair *out)
{
	BIO *bio = BIO_new(BIO_s_mem());
	char *text;
	long len;
	bool good = bio != NULL &&
	    PEM_write_bio_PKCS8PrivateKey(
		bio, key, NULL, NULL, 0, NULL, NULL) == 1;

	if (good) {
		len = BIO_get_mem_data(bio, &text);
		out->pem = arena_memdup(arena, text, (size_t)len);
		out->pem_len = (size_t)len;
	}
	BIO_free(bio);
	return good;
}

bool
crypto_public_octets(struct arena *arena, const EVP_PKEY *key, struct str *out)
{
	unsigned char raw[ED25519_KEY_OCTETS], *der = NULL;
	size_t len = sizeof(raw);
	int n;

	if (crypto_type_of(key) == KEY_ED25519) {
		if (EVP_PKEY_get_raw_public_key(key, raw, &len) != 1)
			return false;
		*out = (struct str){ arena_memdup(arena, raw, len), len };
		return true;
	}
	n = i2d_PUBKEY(key, &der);
	if (n <= 0)
		return false;
	*out = (struct str){ arena_memdup(arena, der, (size_t)n), (size_t)n };
	OPENSSL_free(der);
	return true;
}

bool
key_pair_make(struct arena *arena, enum key_kind kind, struct key_pair *out)
{
	EVP_PKEY *key = kinds[kind].bits > 0
	    ? EVP_RSA_gen(kinds[kind].bits)
	    : EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	bool good;

	*out = (struct key_pair){ 0 };
	good = key != NULL && write_private(arena, key, out) &&
	    crypto_public_octets(arena, key, &out->public_octets);
	if (!good)
		key_pair_wipe(out);
	EVP_PKEY_free(key);
	ERR_clear_error();
	return good;
}

void
key_pair_wipe(struct key_pair *pair)
{
	if (pair->pem != NULL)
		OPENSSL_cleanse(pair->pem, pair->pem_len);
	pair->pem = NULL;
	pair->pem_len = 0;
}
