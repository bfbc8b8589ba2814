/*
 * wizard/try_alignment.h - alignment tried on names that are typed: From as
 * people see it, where bounces go (MAIL FROM), and d= of a signature.
 *
 * Asked while they are typed; the answer comes as a look of kind LOOK_ALIGN.
 */
#ifndef TRY_ALIGNMENT_H
#define TRY_ALIGNMENT_H

#include "session.h"

/*
 * One of the three: a domain, or an address of which the domain counts.
 * judged.value is the domain in A-labels; "" for an empty text.
 */
void try_alignment_judge(const char *text, struct judged *out);

/*
 * Starts to try them, unless that is known already.  NULL, also when there is
 * nothing to try yet: From and one of the others are needed; or a sentence
 * that says which is wrong, and why.  It lives in the session.
 */
const char *try_alignment(
    struct session *, const char *const typed[ALIGN_NAMES]);

/* What came out for these texts; NULL: nothing yet. */
const struct dmarc_tries *try_alignment_result(
    const struct session *, const char *const typed[ALIGN_NAMES]);

/* Does this row count for DMARC by the record of the plan? */
bool alignment_counts(const struct plan *, const struct dmarc_try *);

/* Is its From of the plan's domain, so that the plan's record applies? */
bool alignment_is_ours(const struct plan *, const struct dmarc_try *);

/*
 * What to do about names that do not count: a sentence, N_(); NULL when all
 * do.
 */
const char *alignment_advice(const struct plan *, const struct dmarc_tries *);

#endif
