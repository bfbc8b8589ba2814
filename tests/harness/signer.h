/*
 * tests/harness/signer.h - a DKIM signer for the tests: RFC 6376 section 5,
 * written the plain way, apart from what it tests.
 *
 *	char *message = signer_sign(&(struct signing){
 *		.header = "From: a@example.org\nSubject: x\n",
 *		.body = "Hello\n",
 *	});
 *
 * What is left out is a sensible message: RSA of 2048 bits, relaxed/relaxed,
 * h=from:to:subject:date, d=example.org, s=test.  Lines end in LF in what is
 * given and in CRLF in what comes out.  Failure ends the test program.
 */
#ifndef SIGNER_H
#define SIGNER_H

#include <stdbool.h>
#include <stddef.h>

enum signer_key {
	SIGNER_RSA2048,
	SIGNER_RSA1024,
	SIGNER_RSA512,
	SIGNER_OTHER_RSA2048, /* another one */
	SIGNER_ED25519,
	SIGNER_OTHER_ED25519,
	SIGNER_KEY_COUNT
};

struct signing {
	const char *header; /* lines; SIGNER_HEADER */
	const char *body; /* lines; SIGNER_BODY */
	enum signer_key key;
	const char *a; /* as named in the signature, whatever the key */
	const char *c; /* NULL: relaxed/relaxed; "": no tag, and simple */
	const char *h;
	const char *d;
	const char *s;
	const char *tags; /* others, before h=: "l=5; i=@a.example.org; " */
	const char *bh; /* instead of the right one */
	long limit; /* octets hashed, when `limited` */
	bool limited;
	bool lf; /* hash lines that end in LF */
	bool sha1; /* what is signed is a SHA-1 of the header */
	bool top_down; /* take fields from the top */
	bool b_first; /* b= is the first tag */
};

#define SIGNER_HEADER                                                          \
	"From: Joe <joe@example.org>\n"                                        \
	"To: Suzie <suzie@example.net>,\n"                                     \
	"\tBob  <bob@example.net>\n"                                           \
	"Subject: Is dinner   ready?\n"                                        \
	"Date: Fri, 11 Jul 2003 21:00:37 -0700\n"
#define SIGNER_BODY "Hi.\n\nWe lost  the game. \nAre you hungry yet?\n\nJoe.\n"

/* The whole message, signature on top; free it. */
char *signer_sign(const struct signing *);

/* The public half: p= of SPKI, or of 32 octets for Ed25519.  Lives on. */
const char *signer_public(enum signer_key);

/* p= of a bare RSAPublicKey; of an Ed25519 key as SPKI. */
const char *signer_public_other(enum signer_key);

/* p= of the private half, for those who publish it. */
const char *signer_private(enum signer_key);

/* Base64 of octets; free it. */
char *signer_base64(const void *octets, size_t len);

#endif
