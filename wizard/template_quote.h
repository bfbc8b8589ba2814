/*
 * wizard/template_quote.h - the quotings of template.h, which has
 * template_quote().
 */
#ifndef TEMPLATE_QUOTE_H
#define TEMPLATE_QUOTE_H

#include "template.h"

/* Is there a quoting of that name? */
bool template_has_quoting(struct str);

#endif
