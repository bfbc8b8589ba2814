/*
 * wizard/no_mail_plan.h - the domain sends no mail: what its plan is then.
 */
#ifndef NO_MAIL_PLAN_H
#define NO_MAIL_PLAN_H

#include "../checks/no_mail.h"
#include "output.h"
#include "plan.h"

/*
 * The records that go with "v=spf1 -all" in the plan: DMARC, and a null MX
 * when the domain receives nothing either; none for a plan of a domain that
 * sends.  Appended to *out, in the arena.
 */
void no_mail_output(struct arena *, const struct plan *, struct output *out);

/* The null MX among them alone. */
void no_mail_mx(struct arena *, const struct plan *, struct output *out);

/* Is this record of no_mail_output() in DNS, as the look saw it? */
enum no_mail_state no_mail_state_of(
    const struct no_mail *, const struct record *);

/* The plan's SPF record says that nobody sends, and nothing more. */
bool no_mail_is_planned(const struct plan *);

/* Makes it so, whatever the record was before. */
void no_mail_plan(struct plan *);

/* Two sentences for the person: what is published then, and why: N_(). */
const char *no_mail_explanation(const struct plan *);

#endif
