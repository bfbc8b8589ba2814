/*
 * wizard/spf_plan.h - changing the SPF record of a plan, term by term.
 *
 * The terms are an ordered list of texts; whatever can be typed can stand in
 * it, and nothing is dropped that nobody asked to drop.  "all" and redirect
 * are terms like others there, and looked at together as the ending.
 */
#ifndef SPF_PLAN_H
#define SPF_PLAN_H

#include "../checks/spf.h"
#include "plan.h"
#include "spf_help.h"

/*
 * The terms of this record replace those of the plan.  False when there are
 * too many or one is too long: then the plan stays as it is.
 */
bool spf_plan_take(struct plan *, struct str record);

/*
 * Puts one or several terms, or those of a whole record, before term `at`;
 * beyond the end: in front of "all" and the modifiers.  A whole record comes
 * without what is there already and without a second ending.  NULL, or one
 * sentence that says why nothing was added (static).
 */
const char *spf_plan_add(struct plan *, size_t at, struct str text);

/* Replaces term `i` by one or several.  NULL or one sentence (static). */
const char *spf_plan_set(struct plan *, size_t i, struct str text);

/* Where a new mechanism belongs: before "all" and the modifiers at the end. */
size_t spf_plan_place(const struct plan *);

/* The place of the first term of this kind; nterms when there is none. */
size_t spf_plan_find(const struct plan *, enum spf_kind);

/* The place of a term that reads the same; nterms when there is none. */
size_t spf_plan_same(const struct plan *, struct str term);

/* What happens to all other senders; "all" wins over redirect, 6.1. */
enum spf_ending spf_plan_ending(const struct plan *);

/*
 * Changes that; `domain` is for redirect.  The two exclude each other: the
 * one not chosen is taken out.
 */
const char *spf_plan_end(struct plan *, enum spf_ending, const char *domain);

/* Do both records say the same, term by term? */
bool spf_same_record(struct str, struct str);

#endif
