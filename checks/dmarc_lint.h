/*
 * checks/dmarc_lint.h - what is wrong with a DMARC record, tag by tag.
 */
#ifndef DMARC_LINT_H
#define DMARC_LINT_H

#include "dmarc_facts.h"

/* Reports what the text of one record has wrong; asks DNS for nothing. */
void dmarc_lint(const struct dmarc_facts *, const struct dmarc_text *,
    const struct dmarc_record *);

#endif
