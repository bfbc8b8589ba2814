/*
 * checks/dmarc_repair.h - the record that shall stand in place of the faulty
 * ones.
 */
#ifndef DMARC_REPAIR_H
#define DMARC_REPAIR_H

#include "dmarc_facts.h"

/*
 * Fills out->suggested when the findings of the run are such that a record can
 * mend them.  What was meant is kept; a policy is never made stricter than
 * what is written, for that may cost mail: so p=none and t=y stay.  OK or
 * E_CANCELLED.
 */
enum status dmarc_repair(const struct dmarc_facts *);

#endif
