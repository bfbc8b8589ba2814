/*
 * wizard/planned.h - the records of a plan, one by one: how each is called,
 * and what a text in DNS is, measured by it.
 *
 * Texts are compared as what they mean, not as octets.
 */
#ifndef PLANNED_H
#define PLANNED_H

#include "../checks/base/arena.h"
#include "../checks/base/str.h"
#include "plan.h"
#include "step.h"

/* What is said of a record; all N_(). */
struct planned_words {
	enum wizard_step step; /* where it is planned */
	const char *label; /* "DKIM key", in front of a colon */
	const char *other; /* what a server has instead: "an old record" */
	const char *odd; /* "a text that is no SPF record" */
	const char *none; /* "no SPF record" */
	const char *odd_now; /* a sentence: such a text is there */
	const char *odd_do; /* what to do about it */
	const char *second_now; /* there are two */
	const char *second_do; /* "... Delete the other one: %s" */
	const char *publish; /* "Publish the SPF record of %s", the name */
	const char *faulty; /* "The planned SPF record of %s has faults" */
};
extern const struct planned_words planned_words[PLANNED_COUNT];

enum planned_text {
	PLANNED_TEXT_FOREIGN, /* nothing to do with it */
	PLANNED_TEXT_ODD, /* meant as such a record, and none */
	PLANNED_TEXT_OTHER, /* such a record, but another one */
	PLANNED_TEXT_SAME,
};

/* What is a text at the record's name?  `record` is what is planned. */
enum planned_text planned_compare(
    struct arena *, enum planned, struct str text, struct str record);

#endif
