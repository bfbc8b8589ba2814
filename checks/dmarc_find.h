/*
 * checks/dmarc_find.h - looking for the DMARC record of a domain, where it
 * belongs and where it lands by mistake.
 */
#ifndef DMARC_FIND_H
#define DMARC_FIND_H

#include "dmarc_facts.h"

/*
 * Walks the tree, and asks for the places where a record lands by mistake when
 * none applies.  Fills found, mx, home, texts, and publishes the texts.  OK or
 * E_CANCELLED.
 */
enum status dmarc_find(struct dmarc_facts *);

/* Is it not known which record applies, and would that change what is said? */
bool dmarc_is_hidden(const struct dmarc_facts *);

#endif
