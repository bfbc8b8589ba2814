/* Private keys that exist: of them only the public part leaves this file. */
#include <openssl/crypto.h>
#include <openssl/decoder.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <string.h>

#include "crypto_inside.h"

#define PRIVATE_MAX ((size_t)64 * 1024) /* octets; no key is longer */

struct secret {
	const char *passphrase; /* or NULL */
	bool asked;
};

/* OpenSSL's: fills the buffer, and gives how many octets; -1: cannot. */
static int
give_passphrase(char *buf, int size, int writing, void *data)
{
	struct secret *secret = data;
	size_t len;

	(void)writing;
	secret->asked = true;
	if (secret->passphrase == NULL)
		return -1;
	len = strlen(secret->passphrase);
	if (len > (size_t)size)
		return -1;
	memcpy(buf, secret->passphrase, len);
	return (int)len;
}

static EVP_PKEY *
decode(struct str octets, int selection, struct secret *secret)
{
	const unsigned char *p = (const unsigned char *)octets.p;
	size_t left = octets.len;
	EVP_PKEY *key = NULL;
	OSSL_DECODER_CTX *context = OSSL_DECODER_CTX_new_for_pkey(
	    &key, NULL, NULL, NULL, selection, NULL, NULL);

	if (context != NULL &&
	    OSSL_DECODER_CTX_set_pem_password_cb(
		context, give_passphrase, secret) == 1)
		OSSL_DECODER_from_data(context, &p, &left);
	OSSL_DECODER_CTX_free(context);
	ERR_clear_error();
	return key;
}

static bool
is_public(struct str octets)
{
	struct secret secret = { .asked = false };
	EVP_PKEY *key = decode(octets, EVP_PKEY_PUBLIC_KEY, &secret);
	bool found = key != NULL;

	EVP_PKEY_free(key);
	return found;
}

enum private_key
private_key_open(struct arena *arena, struct str octets, const char *passphrase,
    struct public_key *out)
{
	struct secret secret = { .passphrase = passphrase };
	enum private_key result = PRIVATE_KEY_READ;
	EVP_PKEY *key;

	*out = (struct public_key){ .type = KEY_UNKNOWN };
	if (octets.len == 0 || octets.len > PRIVATE_MAX)
		return PRIVATE_KEY_NONE;
	key = decode(octets, EVP_PKEY_KEYPAIR, &secret);
	if (key == NULL && secret.asked)
		return passphrase == NULL ? PRIVATE_KEY_LOCKED
					  : PRIVATE_KEY_WRONG_PASSPHRASE;
	if (key == NULL)
		return is_public(octets) ? PRIVATE_KEY_PUBLIC
					 : PRIVATE_KEY_NONE;
	out->type = crypto_type_of(key);
	out->bits = crypto_bits_of(key);
	if (out->type == KEY_OTHER ||
	    !crypto_public_octets(arena, key, &out->octets))
		result = PRIVATE_KEY_OTHER;
	EVP_PKEY_free(key);
	return result;
}

void
secret_wipe(void *octets, size_t len)
{
	OPENSSL_cleanse(octets, len);
}
