/* A DKIM signer for the tests. */
#include "signer.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static EVP_PKEY *keys[SIGNER_KEY_COUNT];
static char *texts[3][SIGNER_KEY_COUNT];

static void
must(bool worked, const char *what)
{
	if (worked)
		return;
	fprintf(stderr, "signer: %s did not work\n", what);
	exit(1);
}

static EVP_PKEY *
key_of(enum signer_key which)
{
	static const unsigned int bits[] = {
		[SIGNER_RSA2048] = 2048,
		[SIGNER_RSA1024] = 1024,
		[SIGNER_RSA512] = 512,
		[SIGNER_OTHER_RSA2048] = 2048,
		[SIGNER_ED25519] = 0,
		[SIGNER_OTHER_ED25519] = 0,
	};

	if (keys[which] == NULL)
		keys[which] = bits[which] != 0
		    ? EVP_RSA_gen(bits[which])
		    : EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
	must(keys[which] != NULL, "making a key");
	return keys[which];
}

char *
signer_base64(const void *octets, size_t len)
{
	char *out = malloc(len / 3 * 4 + 5);

	must(out != NULL, "memory");
	EVP_EncodeBlock((unsigned char *)out, octets, (int)len);
	return out;
}

const char *
signer_public(enum signer_key which)
{
	EVP_PKEY *key = key_of(which);
	unsigned char *der = NULL, raw[32];
	size_t size = sizeof(raw);
	int len;

	if (texts[0][which] != NULL)
		return texts[0][which];
	if (EVP_PKEY_is_a(key, "RSA")) {
		len = i2d_PUBKEY(key, &der);
		must(len > 0, "a public key");
		texts[0][which] = signer_base64(der, (size_t)len);
	} else {
		must(EVP_PKEY_get_raw_public_key(key, raw, &size) == 1,
		    "a raw key");
		texts[0][which] = signer_base64(raw, size);
	}
	OPENSSL_free(der);
	return texts[0][which];
}

const char *
signer_public_other(enum signer_key which)
{
	EVP_PKEY *key = key_of(which);
	unsigned char *der = NULL;
	int len;

	if (texts[1][which] != NULL)
		return texts[1][which];
	len = EVP_PKEY_is_a(key, "RSA") ? i2d_PublicKey(key, &der)
					: i2d_PUBKEY(key, &der);
	must(len > 0, "a public key");
	texts[1][which] = signer_base64(der, (size_t)len);
	OPENSSL_free(der);
	return texts[1][which];
}

const char *
signer_private(enum signer_key which)
{
	unsigned char *der = NULL;
	int len;

	if (texts[2][which] != NULL)
		return texts[2][which];
	len = i2d_PrivateKey(key_of(which), &der);
	must(len > 0, "a private key");
	texts[2][which] = signer_base64(der, (size_t)len);
	OPENSSL_free(der);
	return texts[2][which];
}

/* --- text ---------------------------------------------------------------- */

/* A copy with each "\n" made CRLF, or as it is. */
static char *
with_line_ends(const char *text, bool lf)
{
	char *out = NULL;
	size_t size;
	FILE *file = open_memstream(&out, &size);

	must(file != NULL, "memory");
	for (; *text != '\0'; text++) {
		if (*text == '\n' && !lf)
			putc('\r', file);
		putc(*text, file);
	}
	fclose(file);
	return out;
}

static bool
is_relaxed(const char *c, bool body)
{
	const char *slash = strchr(c, '/');

	if (body)
		return slash != NULL && strcmp(slash + 1, "relaxed") == 0;
	return strncmp(c, "relaxed", strlen("relaxed")) == 0;
}

/* Without blanks at the end, runs of them one space. */
static void
put_relaxed_line(FILE *file, const char *line, size_t len)
{
	bool blank = false;

	for (size_t i = 0; i < len; i++) {
		if (line[i] == ' ' || line[i] == '\t') {
			blank = true;
			continue;
		}
		if (blank)
			putc(' ', file);
		blank = false;
		putc(line[i], file);
	}
}

/* The body in canonical form, lines ending in LF still. */
static char *
canonical_body(const char *body, bool relaxed)
{
	char *out = NULL;
	size_t size;
	FILE *file = open_memstream(&out, &size);

	must(file != NULL, "memory");
	while (*body != '\0') {
		size_t len = strcspn(body, "\n");

		if (relaxed)
			put_relaxed_line(file, body, len);
		else
			fwrite(body, 1, len, file);
		putc('\n', file);
		body += len + (body[len] == '\n');
	}
	fclose(file);
	while (size > 0 && out[size - 1] == '\n')
		out[--size] = '\0';
	if (size > 0 || !relaxed) {
		char *longer = realloc(out, size + 2);

		must(longer != NULL, "memory");
		out = longer;
		memcpy(out + size, "\n", 2);
	}
	return out;
}

/* One field, "Name: value" with its folds, without the last line end. */
static void
put_field(FILE *file, const char *field, size_t len, bool relaxed)
{
	const char *colon = memchr(field, ':', len);
	size_t name = (size_t)(colon - field);
	char *value;
	size_t n = 0;

	if (!relaxed) {
		fwrite(field, 1, len, file);
		return;
	}
	for (size_t i = 0; i < name; i++)
		if (field[i] != ' ' && field[i] != '\t')
			putc(field[i] >= 'A' && field[i] <= 'Z' ? field[i] + 32
								: field[i],
			    file);
	putc(':', file);
	value = malloc(len);
	must(value != NULL, "memory");
	for (size_t i = name + 1; i < len; i++)
		if (field[i] != '\n')
			value[n++] = field[i];
	for (name = 0; name < n && (value[name] == ' ' || value[name] == '\t');)
		name++;
	put_relaxed_line(file, value + name, n - name);
	free(value);
}

/* The end of the field at `from`: behind its last line end. */
static size_t
field_end(const char *header, size_t from)
{
	do {
		from += strcspn(header + from, "\n");
		from += header[from] == '\n';
	} while (header[from] == ' ' || header[from] == '\t');
	return from;
}

#define FIELDS 64

/* The fields h= names, each taken once; section 5.4.2. */
static void
put_signed_fields(FILE *file, const struct signing *s, bool relaxed)
{
	size_t at[FIELDS], n = 0, from = 0;
	bool taken[FIELDS] = { false };
	const char *name = s->h;

	while (s->header[from] != '\0' && n < FIELDS) {
		at[n++] = from;
		from = field_end(s->header, from);
	}
	while (*name != '\0') {
		size_t len = strcspn(name, ":");

		for (size_t k = 0; k < n; k++) {
			size_t i = s->top_down ? k : n - 1 - k;
			const char *field = s->header + at[i];
			size_t end = field_end(s->header, at[i]);

			if (taken[i] || strncasecmp(field, name, len) != 0 ||
			    (field[len] != ':' && field[len] != ' '))
				continue;
			taken[i] = true;
			put_field(file, field, end - at[i] - 1, relaxed);
			putc('\n', file);
			break;
		}
		name += len + (name[len] == ':');
	}
}

/* --- signing ------------------------------------------------------------- */

static char *
body_hash(const struct signing *s)
{
	char *canonical = canonical_body(s->body, is_relaxed(s->c, true));
	char *wire = with_line_ends(canonical, s->lf);
	size_t len = strlen(wire);
	unsigned char digest[32];

	if (s->limited && (size_t)s->limit < len)
		len = (size_t)s->limit;
	must(EVP_Digest(wire, len, digest, NULL, EVP_sha256(), NULL) == 1,
	    "a hash");
	free(canonical);
	free(wire);
	return signer_base64(digest, sizeof(digest));
}

static char *
signature_of(const struct signing *s, const char *text)
{
	EVP_PKEY *key = key_of(s->key);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	unsigned char digest[32], out[512];
	size_t len = sizeof(out);
	bool rsa = EVP_PKEY_is_a(key, "RSA");

	must(context != NULL, "memory");
	if (rsa) {
		must(EVP_DigestSignInit(context, NULL,
			 s->sha1 ? EVP_sha1() : EVP_sha256(), NULL, key) == 1 &&
			EVP_DigestSign(context, out, &len,
			    (const unsigned char *)text, strlen(text)) == 1,
		    "an RSA signature");
	} else {
		must(EVP_Digest(text, strlen(text), digest, NULL, EVP_sha256(),
			 NULL) == 1 &&
			EVP_DigestSignInit(context, NULL, NULL, NULL, key) ==
			    1 &&
			EVP_DigestSign(
			    context, out, &len, digest, sizeof(digest)) == 1,
		    "an Ed25519 signature");
	}
	EVP_MD_CTX_free(context);
	return signer_base64(out, len);
}

/* "b=..." stands at the end, or in front. */
static char *
signature_field(const struct signing *s, const char *bh, const char *b)
{
	char *out = NULL;
	size_t size;
	FILE *file = open_memstream(&out, &size);

	must(file != NULL, "memory");
	fputs("DKIM-Signature: ", file);
	if (s->b_first)
		fprintf(file, "b=%s; ", b);
	fprintf(file, "v=1; a=%s; ", s->a);
	if (s->c[0] != '\0')
		fprintf(file, "c=%s;\n\t", s->c);
	fprintf(file, "d=%s; s=%s; %sh=%s;\n\tbh=%s", s->d, s->s, s->tags, s->h,
	    bh);
	if (!s->b_first) {
		fputs(";\n\tb=", file);
		for (size_t i = 0; b[i] != '\0'; i++) {
			if (i > 0 && i % 64 == 0)
				fputs("\n\t ", file);
			putc(b[i], file);
		}
	}
	fclose(file);
	return out;
}

static struct signing
filled(const struct signing *given)
{
	struct signing s = *given;

#define DEFAULT(field, value) s.field = s.field == NULL ? (value) : s.field
	DEFAULT(header, SIGNER_HEADER);
	DEFAULT(body, SIGNER_BODY);
	DEFAULT(a, s.key < SIGNER_ED25519 ? "rsa-sha256" : "ed25519-sha256");
	DEFAULT(c, "relaxed/relaxed");
	DEFAULT(h, "from:to:subject:date");
	DEFAULT(d, "example.org");
	DEFAULT(s, "test");
	DEFAULT(tags, "");
#undef DEFAULT
	return s;
}

char *
signer_sign(const struct signing *given)
{
	struct signing s = filled(given);
	bool relaxed = is_relaxed(s.c, false);
	char *bh = s.bh != NULL ? strdup(s.bh) : body_hash(&s);
	char *bare = signature_field(&s, bh, "");
	char *text = NULL, *message = NULL, *wire, *b, *field;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	must(file != NULL, "memory");
	put_signed_fields(file, &s, relaxed);
	put_field(file, bare, strlen(bare), relaxed);
	fclose(file);
	wire = with_line_ends(text, s.lf);
	b = signature_of(&s, wire);
	free(wire);
	field = signature_field(&s, bh, b);
	free(text);
	must(asprintf(&text, "%s\n%s\n%s", field, s.header, s.body) > 0,
	    "memory");
	message = with_line_ends(text, false);
	free(text);
	free(field);
	free(bare);
	free(bh);
	free(b);
	return message;
}
