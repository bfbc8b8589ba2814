/*
 * wizard/step.h - the steps of the wizard, in order.
 *
 * A step is data.  The session walks over steps[], a form draws the fields of
 * field.h that belong to one, and neither knows what SPF is.
 */
#ifndef STEP_H
#define STEP_H

#include "../checks/check.h"
#include "plan.h"

enum wizard_step {
	WIZ_START, /* the first screen: which domain; not in the step bar */
	WIZ_DOMAIN,
	WIZ_SPF,
	WIZ_DKIM,
	WIZ_DMARC,
	WIZ_POP3, /* from here as enum mail_protocol */
	WIZ_IMAP4,
	WIZ_SUBMISSION,
	WIZ_LIST, /* the checklist */
	WIZ_COUNT
};

/* The mark of a step in the step bar. */
enum mark {
	MARK_NONE, /* "--" not started */
	MARK_BUSY, /* ".." looking, or waiting for DNS to show the plan */
	MARK_OK, /* "ok" verified */
	MARK_PROBLEM, /* "!!" */
	MARK_SKIPPED, /* "~~" left out on purpose */
	MARK_COUNT
};

struct step {
	const char *word; /* "spf": in the plan file and on the command line */
	const char *name; /* N_(): "SPF", for the step bar */
	const char *title; /* N_(): one line above the questions */
	const char *purpose; /* N_(): one or two sentences: why this step */
	const char *help; /* name of an asset, without folder and ".txt" */
	bool looks; /* has a check of its own */
	bool can_skip; /* may be left out on purpose */
};

extern const struct step steps[WIZ_COUNT];

/* "--", "..", "ok", "!!", "~~" */
const char *mark_text(enum mark);

/* Steps in the step bar (without the first screen), and the place of one in
 * it, from 1; 0 for the first screen: "Step 2 of 5". */
unsigned int step_total(void);
unsigned int step_number(enum wizard_step);

#endif
