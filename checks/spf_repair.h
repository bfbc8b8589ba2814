/*
 * checks/spf_repair.h - the record that was meant.
 */
#ifndef SPF_REPAIR_H
#define SPF_REPAIR_H

#include "spf_facts.h"

/*
 * Proposes, into out->suggested, the record that repairs what was found: one
 * record with the terms that were meant, inside the limits, that covers the
 * sending addresses.  Proposes nothing when there is nothing to change, or
 * when records alone cannot help.  May ask DNS.  OK or E_CANCELLED.
 */
enum status spf_repair(const struct spf_facts *);

#endif
