/*
 * checks/verify.h - the verdict on one message: DKIM, SPF, and DMARC out of
 * both.  RFC 9989 section 5.3, RFC 8601 for the words.
 */
#ifndef VERIFY_H
#define VERIFY_H

#include "dkim.h"
#include "spf.h"

/* Who delivered the message.  Names are printable. */
struct verify_client {
	struct ip ip; /* IP_NONE: not known, SPF is not looked at */
	const char *helo; /* NULL: the domain of From */
	const char *sender; /* MAIL FROM; "": the null sender; NULL:
			       postmaster at the domain of From */
};

struct verify_spf {
	enum spf_result result;
	const char *domain; /* that was judged; printable */
	const char *reason; /* a sentence */
	bool aligned;
};

enum verify_word { /* of DMARC */
	VERIFY_UNKNOWN, /* SPF would decide, and was not looked at */
	VERIFY_NONE, /* no record */
	VERIFY_PASS,
	VERIFY_FAIL,
	VERIFY_TEMPERROR,
	VERIFY_PERMERROR,
};

struct verify_dmarc {
	enum verify_word result;
	const char *reason; /* a sentence; "spf-unknown" with UNKNOWN */
	const char *policy; /* "reject"...: what applies; NULL: none does */
	const char *disposition; /* what receivers are asked to do; or NULL */
	const char *record_domain; /* or NULL */
	const char *organizational_domain; /* or NULL */
};

struct verify {
	const char *from_domain; /* of the author; NULL: not to be had */
	const char *from_problem; /* a sentence: why DMARC has no one domain */
	struct dkim_verdicts dkim;
	bool *aligned; /* for each of them: d= belongs to from_domain */
	bool has_spf;
	struct verify_spf spf;
	const char *spf_problem; /* a sentence: SPF was wanted, and no client
				    is known; or NULL */
	struct verify_dmarc dmarc;
};

/*
 * Verifies the message.  With `trust_received`, what the client does not tell
 * is taken from the topmost Received and Return-Path.  Findings go to the
 * report of the run.  Status as dkim_verify().
 */
enum status verify_message(struct run *, const struct message *,
    const struct verify_client *, bool trust_received, struct verify *out);

/*
 * The domain of the author, in out->from_domain; else out->from_problem says
 * why DMARC has no one domain.  Other parts of *out are left alone.
 */
void verify_author(struct arena *, const struct message *, struct verify *out);

/* DMARC out of what DKIM and SPF gave; fills in `aligned` and `dmarc`. */
enum status verify_dmarc(struct run *, struct verify *);

/* DNS gave no usable answer: the finding that says so. */
struct answer;
void verify_report_dns(struct run *, const struct answer *);

/* Does any signature pass?  Could anything not be looked at? */
bool verify_any_pass(const struct verify *);
bool verify_any_temperror(const struct verify *);

/* "pass", "none"...; NULL for VERIFY_UNKNOWN. */
const char *verify_word(enum verify_word);

/* The verdict in one sentence, for who reads it for the first time. */
const char *verify_sentence(struct arena *, const struct verify *);

#endif
