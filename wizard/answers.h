/*
 * wizard/answers.h - the answers of a whole session from a file.  CONTRACT,
 * "Files".
 *
 * The form is that of a saved plan, with or without its first line, so that a
 * saved plan is a file of answers.  Unlike there nothing is passed over: the
 * first line that is no answer is said, and nothing is done.
 */
#ifndef ANSWERS_H
#define ANSWERS_H

#include "session.h"

struct answers {
	struct plan plan; /* what was answered... */
	bool given[FIELD_COUNT]; /* ...to these questions */
};

/*
 * Reads a file; `name` is what the person calls it.  NULL, or one sentence
 * with the name and the line (in the arena).  *out is big.
 */
const char *answers_read(
    struct arena *, struct str text, const char *name, struct answers *out);

/*
 * Gives all answers but the domain to a session that was just opened: before
 * its first session_poll(), so that nothing it finds comes before them; only the
 * tags of DMARC wait, up to `limit_ms`, for the record that they change.  A
 * list replaces the one there was.  NULL, or one sentence (in the arena).
 */
const char *answers_give(
    struct arena *, const struct answers *, struct session *, int limit_ms);

#endif
