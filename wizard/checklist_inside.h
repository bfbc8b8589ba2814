/*
 * wizard/checklist_inside.h - what the files of the checklist share.
 *
 *	checklist.c          findings; order and numbers
 *	checklist_publish.c  records to publish, and where they are
 *	checklist_rotation.c a new DKIM key in place of an old one
 *	checklist_manual.c   what cannot be tested from here
 *	checklist_text.c     the list as plain text
 */
#ifndef CHECKLIST_INSIDE_H
#define CHECKLIST_INSIDE_H

#include "checklist.h"

struct checklist_builder {
	struct arena *arena;
	const struct checklist_source *source;
	struct checklist *out;
	bool failed; /* a finding "fail" */
	bool unknown; /* something could not be looked at */
	bool open; /* a question has no answer yet */
};

/* One more item at the end; sorted later. */
void checklist_add(struct checklist_builder *, struct item);

/* Was the step left out on purpose? */
bool checklist_skips(const struct plan *, enum wizard_step);

/* The records of the plan, while DNS shows something else. */
void checklist_add_publishing(struct checklist_builder *);

/* DMARC and null MX of a domain that sends no mail; else nothing. */
void checklist_add_no_mail(struct checklist_builder *);

/* What to do with the old DKIM key, and when; else nothing. */
void checklist_add_rotation(struct checklist_builder *);

/* What applies to the plan, with its ticks. */
void checklist_add_manuals(struct checklist_builder *);

#endif
