/*
 * checks/look.h - what the checks of all steps have in common: questions that
 * leave together, trouble with DNS as findings, and the records of a report.
 */
#ifndef LOOK_H
#define LOOK_H

#include "check.h"
#include "dns.h"

/* Questions that do not depend on each other.  Begins as all zero. */
struct look {
	struct question *questions;
	const struct answer **answers; /* in the order asked; by look_ask() */
	size_t n;
};

/* Adds a question; the name is borrowed.  Gives its index in answers[]. */
size_t look_for(struct run *, struct look *, const char *name, enum rr_type);

/* Asks them side by side.  OK or E_CANCELLED. */
enum status look_ask(struct run *, struct look *);

/* Nothing is there, and DNS said so. */
bool answer_is_absent(const struct answer *);

/* Could not look: no usable answer, or none at all. */
bool answer_is_trouble(const struct answer *);

/*
 * When the answer is trouble, reports it as what it is: dns-failed,
 * dns-timeout or dns-bogus, once for a name and type.  Gives true then.
 */
bool look_trouble(struct run *, const struct answer *);

/* Puts a record into out->published, once; gives its index there. */
size_t look_publish(
    struct run *, struct step_report *out, const struct record *);

/* Puts a record into out->suggested, once. */
void look_suggest(struct run *, struct step_report *out, const struct record *);

/* "A, B" of the values of an answer's records, or why there are none. */
const char *look_values(struct run *, const struct answer *);

/* `list`, a comma and `more`; `more` alone when list is NULL or "". */
const char *look_join(struct arena *, const char *list, const char *more);

/*
 * Asks each of the domain's own servers for `name` and `type`, and reports
 * dns-servers-disagree when they differ in records that are `wanted` (NULL:
 * all) or in where an alias leads.  Does nothing unless target->authoritative.
 * OK or E_CANCELLED.
 */
enum status look_at_servers(struct run *, const struct target *,
    const char *name, enum rr_type, bool (*wanted)(const struct record *));

/* The same for several questions, side by side. */
enum status look_at_servers_for(struct run *, const struct target *,
    const struct question *, size_t nquestions,
    bool (*wanted)(const struct record *));

#endif
