/*
 * checks/dmarc_report.h - where reports go: does that domain take mail, and
 * has it agreed?  RFC 9990 section 4; RFC 9991 section 5 for ruf.
 */
#ifndef DMARC_REPORT_H
#define DMARC_REPORT_H

#include "dmarc_facts.h"

/*
 * Looks at the addresses of a record: the one that applies, and then findings
 * point into `text`; or, with NULL, one that is proposed, and there are none.
 * Suggests the records of consent that are missing; their owners have to
 * publish them.  OK or E_CANCELLED.
 */
enum status dmarc_report(const struct dmarc_facts *,
    const struct dmarc_record *, const struct dmarc_text *);

#endif
