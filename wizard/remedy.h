/*
 * wizard/remedy.h - what the program can do about a finding.
 *
 * A remedy changes the plan, nothing else; the session makes the snapshot for
 * undo.  Findings without one are repaired outside: finding_fix() says how.
 */
#ifndef REMEDY_H
#define REMEDY_H

#include "live.h"
#include "plan.h"
#include "step.h"

enum remedy_id {
	REMEDY_SUGGESTED, /* take over the judge's repaired record */
	REMEDY_PROPOSE, /* a first record from what is known */
	REMEDY_REMOVE_TERM, /* drop the term the finding points at */
	REMEDY_SOFTFAIL, /* end with ~all */
	REMEDY_ADD_SENDER, /* allow the address that is not covered */
	REMEDY_DECLARE_NOTHING, /* the domain sends no mail: v=spf1 -all */
	REMEDY_CHANGE_DOMAIN, /* back to the first screen */
	REMEDY_ANSWER, /* back to the question that decides it */
	REMEDY_PUBLISH, /* the plan mends it already: publish that */
	REMEDY_COUNT
};

#define REMEDY_MAX 4 /* offers for one finding */

struct remedy {
	enum remedy_id id;
	char label[PLAN_TEXT]; /* a command: "Merge both records into one" */
	char value[PLAN_TERM]; /* the term or address it is about; or "" */
	enum wizard_step step; /* where to go for it */
};

/*
 * What can be done about one finding of a look, best first; at most
 * REMEDY_MAX.  Gives how many; none about a subdomain, whose record the plan
 * does not hold.
 */
size_t remedy_find(const struct look *, const struct finding *,
    const struct plan *, struct remedy out[REMEDY_MAX]);

/* Does it.  NULL, or one sentence that says why it cannot be done (static). */
const char *remedy_apply(
    const struct remedy *, const struct look *, struct plan *);

/*
 * A first SPF record from what is known: "mx" when MX hosts are inside the
 * domain, the include of the service that keeps its mailboxes, the own sending
 * addresses, "~all"; "-all" alone for a domain that sends nothing.  The look
 * is the LOOK_DOMAIN result, or NULL.
 */
void remedy_propose_spf(const struct look *, struct plan *);

/* A service keeps the mailboxes of the domain, as its MX hosts say. */
bool remedy_knows_service(const struct look *, const struct plan *);

#endif
