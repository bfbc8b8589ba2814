/*
 * checks/dmarc_report.h - where reports go: does that domain take mail, and
 * has it agreed?  RFC 9990 section 4; RFC 9991 section 5 for ruf.
 */
#ifndef DMARC_REPORT_H
#define DMARC_REPORT_H

#include "dmarc_facts.h"

/*
 * Looks at the addresses of the record that applies, and suggests the record
 * of consent that its owner has to publish.  OK or E_CANCELLED.
 */
enum status dmarc_report(const struct dmarc_facts *, const struct dmarc_text *);

#endif
