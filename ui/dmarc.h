/*
 * ui/dmarc.h - the parts of the DMARC step.
 */
#ifndef UI_DMARC_H
#define UI_DMARC_H

#include "view.h"

/* The tag whose row has this id; false: it is none. */
bool dmarc_row_tag(int id, enum dmarc_tag_id *out);

/* Is its value one of a few? */
bool dmarc_is_radio(enum dmarc_tag_id);

/* What the value that is chosen does; of fo, each of its letters; or "". */
const char *dmarc_value_text(struct ui *, enum dmarc_tag_id);

/* What the tag with the focus is for, and what its value does. */
void dmarc_explain(struct ui *, struct form *);

enum { DMARC_ID_FO = 160 }; /* and the next ones: one for each letter of fo */

/*
 * fo as ticks, one for each of its letters.  It counts only together with
 * ruf: without that, and while the record has none, there are no rows.
 */
void dmarc_fo_add(struct ui *, struct form *, int group);

/* Is it one of these rows?  Then 0, 1, d or s. */
bool dmarc_fo_of(int id, char *kind);

/* It was ticked. */
void dmarc_fo_changed(struct ui *, char kind);

/* What the letter asks for. */
const char *dmarc_fo_text(char kind);

#endif
