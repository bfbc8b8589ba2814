/*
 * tests/harness/verdict.h - a message signed, published, changed and verified,
 * as a row of a table.
 */
#ifndef VERDICT_H
#define VERDICT_H

#include "../../checks/dkim.h"
#include "signer.h"

struct edit {
	const char *find; /* in the message as it is on the wire */
	const char *put;
};

struct verdict_case {
	const char *what;
	struct signing sign;
	const char *raw; /* instead: this message, lines ending in LF */
	struct edit edit[3]; /* made after signing; the first place each */
	const char *record; /* {p} is the key; NULL: a sound one; "": none */
	enum signer_key publish; /* the key published, when `other` */
	bool other;
	const char *zone; /* more lines of the zone, or NULL */
	bool lf; /* the file has LF where the wire has CRLF */
	const char *front; /* octets put before the message */
	enum dkim_word result; /* of the first signature */
	const char *reason; /* a part of it */
	const char *autopsy; /* a part of one of its sentences; "": none */
};

/* Runs the rows; fails the test at the first that differs, with its name. */
void verdict_check(const struct verdict_case *, size_t n);

/* The zone line of a key record at SELECTOR._domainkey; free it. */
char *verdict_record(const char *selector, const char *text);

/* An open message of these octets. */
void verdict_message(
    struct arena *, const char *octets, size_t len, struct message *out);

#endif
