/*
 * wizard/checklist_inside.h - what the files of the checklist share.
 *
 *	checklist.c          findings; order and numbers
 *	checklist_publish.c  records to publish, and where they are
 *	checklist_rotation.c a new DKIM key in place of an old one
 *	checklist_manual.c   what cannot be tested from here
 *	checklist_ports.c    POP3, IMAP4 and submission
 *	checklist_server.c   what is done on the mail server for them
 *	checklist_text.c     the list as plain text
 */
#ifndef CHECKLIST_INSIDE_H
#define CHECKLIST_INSIDE_H

#include "checklist.h"

struct checklist_builder {
	struct arena *arena;
	const struct checklist_source *source;
	struct checklist *out;
	size_t unseen; /* ports that an item for another one stands for */
	bool failed; /* a finding "fail" */
	bool unknown; /* something could not be looked at */
	bool open; /* a question has no answer yet */
};

/* One more item at the end; sorted later. */
void checklist_add(struct checklist_builder *, struct item);

/* Was the step left out on purpose? */
bool checklist_skips(const struct plan *, enum wizard_step);

/* What a look found about its step, or that it has to be waited for. */
void checklist_add_look(
    struct checklist_builder *, enum wizard_step, enum look_kind);

/* The steps of the ports. */
void checklist_add_ports(struct checklist_builder *);

/* The records of the plan, while DNS shows something else. */
void checklist_add_publishing(struct checklist_builder *);

/* DMARC and null MX of a domain that sends no mail; else nothing. */
void checklist_add_no_mail(struct checklist_builder *);

/* What to do with the old DKIM key, and when; else nothing. */
void checklist_add_rotation(struct checklist_builder *);

/* What is done on the mail server: seen at the ports, or ticked by hand. */
void checklist_add_server(struct checklist_builder *);

/* Was an item ticked by hand? */
bool checklist_is_ticked(const struct plan *, const char *id);

/* What applies to the plan, with its ticks. */
void checklist_add_manuals(struct checklist_builder *);

#endif
