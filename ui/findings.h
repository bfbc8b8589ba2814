/*
 * ui/findings.h - findings as rows, and the place in a record they point at.
 */
#ifndef FINDINGS_H
#define FINDINGS_H

#include "view.h"

/*
 * For the screen and for plain mode: findings worst first, at most so many;
 * gives how many.  All lives in the arena.
 */
size_t findings_sorted(struct arena *, const struct report *, size_t most,
    const struct finding ***out);

/* "2 FAIL, 1 WARN" with this between them; "nothing is wrong". */
const char *findings_counted(
    struct arena *, const struct report *, const char *between);

/* The findings of a look in the order shown: worst first.  Gives how many. */
size_t findings_list(struct ui *, enum look_kind, const struct finding ***out);

/* One of them, by its place in that order; NULL: it is gone. */
const struct finding *findings_at(struct ui *, enum look_kind, int place);

/* "What DNS says now    2 FAIL 1 WARN", or how long it has been looking. */
struct row *findings_add_status(
    struct ui *, struct form *, enum look_kind, const char *label);

/* "2 FAIL 1 WARN", "all fine"; NULL: there is no result yet. */
const char *findings_summary(struct ui *, enum look_kind);
enum severity findings_worst(struct ui *, enum look_kind);

/* A row each, with the ids first_id and up. */
void findings_add(
    struct ui *, struct form *, enum look_kind, int first_id, int group);

/* Opens one over the screen: what, why, what to do, how to prove it. */
void findings_open(struct ui *, enum look_kind, int place);

/* Moves the focus to the next one that is not fine. */
bool findings_next_problem(
    struct ui *, struct form_state *, enum look_kind, int first_id, int by);

const char *findings_hint(struct ui *, enum look_kind, int place);
const char *findings_help(struct ui *, enum look_kind, int place);

/*
 * A text from outside in as many rows as it needs, made printable; the octets
 * of the marked parts are shown reversed, with "^" under them.
 */
void form_evidence(struct form *, int indent, struct str raw,
    const struct span *marks, size_t nmarks);

#endif
