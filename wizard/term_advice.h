/*
 * wizard/term_advice.h - plain advice where a term is chosen or typed.
 *
 * Advice never blocks: the finding that says the same comes when the record
 * is tried.
 */
#ifndef TERM_ADVICE_H
#define TERM_ADVICE_H

#include "../checks/spf.h"
#include "plan.h"

/*
 * What is to be thought of about this term in the record of the plan: a
 * mechanism nobody should use, a wide network, an address that the world
 * never sees, an include of the domain itself.  One or two sentences in the
 * arena, those that matter most first in 76 columns; NULL: nothing.
 */
const char *term_advice(
    struct arena *, const struct plan *, const struct spf_term *);

/*
 * A term of this kind more, in a record that needs `lookups` of 10 already;
 * NULL while there is room, or where it asks nobody.
 */
const char *term_pressure(struct arena *, enum spf_kind, unsigned int lookups);

#endif
