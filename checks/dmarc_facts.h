/*
 * checks/dmarc_facts.h - what was learnt about the DMARC record of a domain;
 * between the parts of the step "dmarc".
 */
#ifndef DMARC_FACTS_H
#define DMARC_FACTS_H

#include "dmarc_clean.h"
#include "look.h"

#define DMARC_TEXTS_MAX 16 /* texts of one domain looked at */

enum dmarc_place {
	DMARC_HERE, /* at _dmarc.DOMAIN */
	DMARC_ABOVE, /* inherited */
	DMARC_APEX, /* at DOMAIN itself */
	DMARC_DOUBLED, /* the domain or "_dmarc" is in the name twice */
};

/* A text that is a record, or was meant as one. */
struct dmarc_text {
	const struct record *found;
	size_t record; /* index in published */
	enum dmarc_place place;
	const char *domain; /* whose it is; misplaced: where it is */
	struct dmarc_clean clean;
};

struct dmarc_facts {
	struct run *run;
	const struct target *target;
	struct step_report *out;
	struct dmarc_discovery found;
	const struct answer *mx; /* of the domain */
	const char *home; /* the name where the record belongs */
	struct dmarc_text texts[DMARC_TEXTS_MAX];
	size_t ntexts;
	size_t nrecords; /* of those, records at _dmarc.DOMAIN */
	bool sends_nothing; /* declared, or by a null MX */
};

#endif
