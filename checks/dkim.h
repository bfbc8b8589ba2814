/*
 * checks/dkim.h - DKIM: read a signature, read a key, verify a message and say
 * why it fails.  RFC 6376, with 8301 (no SHA-1, no short keys), 8463 (Ed25519)
 * and 8616 (names in letters of all languages).
 *
 *	header field --dkim_signature_read()--> struct dkim_signature
 *	TXT record   --dkim_key_read()-------->  struct dkim_key
 *	message      --dkim_verify()---------->  a verdict for each signature
 */
#ifndef DKIM_H
#define DKIM_H

#include "crypto.h"
#include "message.h"
#include "record.h"
#include "run.h"
#include "tagvalue.h"

#define DKIM_SIGNATURES_MAX 64 /* of one message; the rest is not verified */
#define DKIM_NAMES_MAX	    1024 /* in one h=; a signature of more is refused */
#define DKIM_RSA_MIN_BITS   1024 /* RFC 8301 section 3.2 */
#define DKIM_RSA_SHORT_BITS 2048 /* below: signers SHOULD NOT; the same */

enum dkim_word { /* RFC 8601 section 2.7.1 */
	DKIM_PASS,
	DKIM_FAIL,
	DKIM_POLICY,
	DKIM_NEUTRAL,
	DKIM_TEMPERROR,
	DKIM_PERMERROR,
};

enum dkim_canon { DKIM_SIMPLE, DKIM_RELAXED }; /* section 3.4 */

struct dkim_signature {
	const struct header_field *field; /* borrowed */
	struct tag_list tags; /* positions count in field->value */
	enum dkim_word result; /* PASS: sound, go on; else why not: */
	const char *problem; /* a sentence; NULL with PASS */
	enum key_type type;
	const char *algorithm; /* as written, printable; NULL: there is none */
	const char *domain; /* d=, A-labels; or as written, printable; NULL */
	bool has_domain; /* the former: a name that DNS can be asked for */
	const char *selector; /* s=, the same */
	enum dkim_canon header, body; /* c= */
	bool limited; /* l= is there: */
	uint64_t limit; /* octets of canonical body; UINT64_MAX: and more */
	struct str signature; /* b=, octets */
	struct str body_hash; /* bh=, octets */
	struct str *names; /* h=, in order */
	size_t nnames;
	bool own_domain; /* i= names d= itself, no name below it */
	uint64_t signed_at; /* t=, seconds since 1970; 0: unknown */
	uint64_t expires; /* x=; 0: never */
	struct span b_room; /* what b= holds, in field->value */
};

/*
 * Reads the value of a DKIM-Signature field.  What the standard forbids sets
 * `result` and `problem`; names are filled in as far as they could be read.
 * Asks nobody, and knows no time: x= in the past is the verifier's matter.
 */
void dkim_signature_read(
    struct arena *, const struct header_field *, struct dkim_signature *out);

enum dkim_key_fault { /* in the order in which they are looked for */
	DKIM_KEY_SOUND,
	DKIM_KEY_SYNTAX, /* no list of tags */
	DKIM_KEY_VERSION, /* v= is not first, or not "DKIM1" */
	DKIM_KEY_NO_P,
	DKIM_KEY_UNKNOWN_TYPE, /* k= */
	DKIM_KEY_REVOKED, /* p= is empty */
	DKIM_KEY_BASE64,
	DKIM_KEY_TRUNCATED, /* octets are missing at its end */
	DKIM_KEY_TRAILING, /* and here there are too many */
	DKIM_KEY_UNDECODABLE,
	DKIM_KEY_PRIVATE, /* a private key */
	DKIM_KEY_CERTIFICATE,
	DKIM_KEY_WRONG_FORM, /* Ed25519 as SPKI; RFC 8463 section 4.2 */
	DKIM_KEY_OTHER_TYPE, /* the key in p= is not what k= says */
};

struct dkim_key {
	struct tag_list tags; /* positions count in the record */
	enum dkim_key_fault fault; /* the first one */
	const char *problem; /* a phrase for it; NULL: sound */
	struct span at; /* where it is */
	enum key_type type; /* k= */
	const char *type_word; /* k= as written, printable; "rsa" without */
	struct str octets; /* p=, decoded; empty when it cannot be */
	struct key_facts facts; /* of those */
	bool for_email; /* s= */
	bool sha256; /* h= allows it */
	bool testing; /* t=y */
	bool strict; /* t=s */
};

/* Reads the text of a TXT record at selector._domainkey.  Section 3.6.1. */
void dkim_key_read(struct arena *, struct str text, struct dkim_key *out);

/*
 * Could that be a key record at all, if a broken one?  A wildcard brings other
 * TXT records to the place (section 6.1.2).
 */
bool dkim_is_key_record(struct str text);

/* "selector._domainkey.example.org" */
const char *dkim_key_name(
    struct arena *, const char *selector, const char *domain);

/*
 * Can a new key have this selector?  NULL; or one sentence (in the arena) that
 * says why not.  Labels of letters, digits and hyphens with dots between,
 * RFC 6376 section 3.1; `existing` allows underscores too, which some services
 * use.  The name made with the domain has to fit into DNS as well.
 */
const char *dkim_selector_problem(
    struct arena *, const char *selector, const char *domain, bool existing);

/* The TXT record of a key pair: "v=DKIM1; k=rsa; p=...". */
struct record dkim_key_record(struct arena *, const char *selector,
    const char *domain, const struct key_pair *, enum key_kind);

struct answer;

struct dkim_verdict {
	struct dkim_signature signature;
	enum dkim_word result;
	const char *reason; /* a sentence, for all results; printable */
	const char *key_name; /* that was asked for; NULL: not asked */
	const struct answer *answer; /* of DNS; NULL: not asked */
	size_t nkeys; /* key records there */
	struct dkim_key key; /* when nkeys > 0: the one that counted */
	unsigned int key_bits; /* 0: not known */
	bool body_known, body_good; /* bh= was compared, and equal */
	bool header_known, header_good; /* b= was tried, and right */
	bool expired;
	uint64_t body_octets; /* of the canonical body */
	bool part_signed; /* l= ends before the body does: */
	uint64_t unsigned_octets; /* that many octets behind it */
	const char **autopsy; /* sentences: what is behind a failure */
	size_t nautopsy;
};

struct dkim_verdicts {
	struct dkim_verdict *list; /* in the order of the header */
	size_t n;
};

/*
 * Verifies every signature of a message: sections 3.7 and 6.1.  The keys are
 * asked for together.  OK when *out was filled; E_CANCELLED; E_NETWORK when
 * the file could not be read (run->error).
 */
enum status dkim_verify(
    struct run *, const struct message *, struct dkim_verdicts *out);

const char *dkim_word(enum dkim_word); /* "pass", "permerror"... */

#endif
