/*
 * checks/dkim_autopsy.h - why a signature fails, in sentences; for
 * dkim_verify.c.
 *
 * An RSA signature tells what was signed (RFC 8017 section 9.2): the digest of
 * the header as the signer saw it.  So a guess of what happened on the way can
 * be proved: undo it, hash, compare.
 */
#ifndef DKIM_AUTOPSY_H
#define DKIM_AUTOPSY_H

#include "dkim.h"

/* What judging one signature knows beyond its verdict. */
struct dkim_evidence {
	struct sha256 header; /* digest of the header as it is */
	enum recovered recovered; /* of b=; RSA only */
	struct sha256 wanted; /* RECOVERED_SHA256: what was signed */
};

/*
 * Fills in verdict->autopsy for a signature that failed, passed in part, or
 * is otherwise worth a word.  Status as dkim_verify().
 */
enum status dkim_autopsy(struct run *, const struct message *,
    const struct dkim_evidence *, struct dkim_verdict *);

/* The guesses about the header, and about the body; each in its own file. */
void autopsy_header(struct run *, const struct message *,
    const struct dkim_evidence *, struct dkim_verdict *);
enum status autopsy_body(
    struct run *, const struct message *, struct dkim_verdict *);

/* One more sentence. */
void autopsy_say(struct run *, struct dkim_verdict *, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#endif
