/*
 * wizard/dmarc_help.h - what the tags of a DMARC record and their values
 * mean, for the place where one is chosen.
 *
 * Texts are N_(): the reader calls _() on them.  The long help of a tag is
 * help_for_field("dmarc.TAG").
 */
#ifndef DMARC_HELP_H
#define DMARC_HELP_H

#include "../checks/dmarc.h"

#define DMARC_VALUES   5 /* explained of one tag */
#define DMARC_FO_KINDS 4 /* letters of fo: 0, 1, d, s */

struct dmarc_value_help {
	const char *value; /* "quarantine"; "": the tag is left out */
	const char *label; /* "as p": shown in place of the value; or NULL */
	const char *text; /* one or two sentences: what receivers do */
};

struct dmarc_tag_help {
	const char *label; /* "Policy" */
	const char *text; /* one or two sentences */
	const char *older; /* what receivers of RFC 7489 do where that
			      differs; or NULL */
	const char *example; /* a value */
	/* In the order offered; the first without `value` ends them. */
	struct dmarc_value_help values[DMARC_VALUES];
};
extern const struct dmarc_tag_help dmarc_tag_help[DMARC_TAGS];

/* How many values of a tag are explained; 0: any text. */
size_t dmarc_help_values(enum dmarc_tag_id);

/* The explanation of a value, letters of either case; NULL: none. */
const struct dmarc_value_help *dmarc_help_value(
    enum dmarc_tag_id, struct str value);

#endif
