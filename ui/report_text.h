/*
 * ui/report_text.h - the checklist as text: CONTRACT section 2.
 */
#ifndef REPORT_TEXT_H
#define REPORT_TEXT_H

#include <stdio.h>

#include "audit.h"

struct text_style {
	bool color;
	bool verbose; /* with the tree of SPF lookups */
	const struct dns_server *server; /* for the proofs; NULL: system's */
};

/*
 * One line a finding, beginning OK, NOTE, WARN, FAIL or UNKNOWN; then for each
 * that is not OK what it is, why it matters, what to do, how to prove it, with
 * the place in the record underlined; then the records to publish.
 */
void report_text(FILE *, const struct audit *, const struct text_style *);

/* What was at fault in a record: its text in lines, and carets below. */
void report_fault(FILE *, struct arena *, struct str value, struct span at);

#endif
