/*
 * checks/dmarc_wish.h - the record that was meant, put together from one or
 * more texts.
 */
#ifndef DMARC_WISH_H
#define DMARC_WISH_H

#include "dmarc.h"

struct dmarc_wish {
	const char *value[DMARC_TAGS]; /* NULL: without it */
	const char *extra; /* unknown tags, "; x=1"; "" without */
};

/*
 * Takes in what a text means (dmarc_clean.h made it begin with v=DMARC1).  Of
 * two policies the milder one is kept, of all else the first.
 */
void dmarc_wish_add(struct arena *, struct dmarc_wish *, struct str text);

/* As a record: v, p, and the others in the order of the standard. */
const char *dmarc_wish_print(struct arena *, const struct dmarc_wish *);

#endif
