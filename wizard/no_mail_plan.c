/* The domain sends no mail: what its plan is then. */
#include "no_mail_plan.h"

#include <string.h>

#include "../checks/base/i18n.h"
#include "field.h"
#include "spf_plan.h"

static void
append(struct arena *arena, struct output *out, struct record record)
{
	record.ttl = RECORD_TTL;
	out->records = arena_grow(
	    arena, out->records, out->nrecords, sizeof(*out->records));
	out->records[out->nrecords++] = record;
}

void
no_mail_output(struct arena *arena, const struct plan *plan, struct output *out)
{
	if (!plan->sends_nothing || plan->domain[0] == '\0')
		return;
	append(arena, out,
	    (struct record){
		.name = arena_printf(arena, "_dmarc.%s", plan->domain),
		.type = RR_TXT,
		.text = str_of(NO_MAIL_DMARC),
	    });
	no_mail_mx(arena, plan, out);
}

void
no_mail_mx(struct arena *arena, const struct plan *plan, struct output *out)
{
	if (!plan->sends_nothing || !plan->receives_nothing ||
	    plan->domain[0] == '\0')
		return;
	append(arena, out,
	    (struct record){
		.name = arena_strdup(arena, plan->domain),
		.type = RR_MX,
		.mx = { 0, "." },
	    });
}

enum no_mail_state
no_mail_state_of(const struct no_mail *seen, const struct record *record)
{
	return record->type == RR_MX ? seen->null_mx : seen->dmarc;
}

bool
no_mail_is_planned(const struct plan *plan)
{
	return plan->spf_begun && plan->nterms == 1 &&
	    strcmp(plan->term[0], "-all") == 0;
}

void
no_mail_plan(struct plan *plan)
{
	field_clear(plan, FIELD_SPF_TERM);
	plan->spf_published = false;
	spf_plan_end(plan, SPF_END_FAIL, NULL);
}

const char *
no_mail_explanation(const struct plan *plan)
{
	if (plan->receives_nothing)
		return N_("This domain neither sends nor receives mail: "
			  "\"-all\" says that all mail in its name is forged, "
			  "and a null MX that nobody can write to it. DMARC "
			  "with p=reject asks receivers to refuse such mail; "
			  "after that there is nothing more to do here.");
	return N_("This domain sends no mail: \"-all\" says that all mail in "
		  "its name is forged. DMARC with p=reject asks receivers to "
		  "refuse such mail; after that there is nothing more to do "
		  "here.");
}
