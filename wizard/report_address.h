/*
 * wizard/report_address.h - an address for DMARC reports, as people type it.
 */
#ifndef REPORT_ADDRESS_H
#define REPORT_ADDRESS_H

#include "field.h"

/*
 * Cleans and judges one entry of rua or ruf: "mailto:" is put before a bare
 * address, and that is told.  The value is a URI as RFC 9989 section 4.8
 * takes it.  An empty text is no problem here.
 */
void judge_report_address(struct arena *, struct str, struct judged *out);

#endif
