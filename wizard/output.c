/* What to publish for the plan as it is now. */
#include "output.h"

#include <string.h>

#include "../checks/base/str.h"
#include "copy_form.h"
#include "dkim_plan.h"
#include "dmarc_plan.h"
#include "no_mail_plan.h"

const char *
output_spf_text(struct arena *arena, const struct plan *plan)
{
	size_t size = sizeof("v=spf1");
	char *text;
	char *at;

	if (!plan->spf_begun || plan->nterms == 0)
		return "";
	for (size_t i = 0; i < plan->nterms; i++)
		size += 1 + strlen(plan->term[i]);
	text = arena_alloc(arena, size);
	at = stpcpy(text, "v=spf1");
	for (size_t i = 0; i < plan->nterms; i++) {
		*at++ = ' ';
		at = stpcpy(at, plan->term[i]);
	}
	return text;
}

/* Who sends no mail has that refused, whatever was planned before. */
static const char *
dmarc_text(struct arena *arena, const struct plan *plan)
{
	return plan->sends_nothing ? NO_MAIL_DMARC
				   : dmarc_plan_text(arena, plan);
}

bool
output_record(struct arena *arena, const struct plan *plan, enum planned which,
    struct record *out)
{
	const char *text = NULL;

	*out = (struct record){
		.name = plan->domain, .type = RR_TXT, .ttl = RECORD_TTL
	};
	if (plan->domain[0] == '\0')
		return false;
	switch (which) {
	case PLANNED_SPF:
		text = output_spf_text(arena, plan);
		break;
	case PLANNED_KEY:
		return dkim_plan_record(arena, plan, out);
	case PLANNED_OLD_KEY:
		return dkim_plan_revocation(arena, plan, out);
	case PLANNED_DMARC:
		text = dmarc_text(arena, plan);
		out->name = arena_printf(arena, "_dmarc.%s", plan->domain);
		break;
	case PLANNED_COUNT:
		return false;
	}
	out->name = arena_strdup(arena, out->name);
	out->text = str_of(text);
	return out->text.len > 0;
}

void
output_make(struct arena *arena, const struct plan *plan, struct output *out)
{
	struct record record;

	*out = (struct output){ 0 };
	for (int i = 0; i < PLANNED_COUNT; i++) {
		if (!output_record(arena, plan, (enum planned)i, &record))
			continue;
		out->records = arena_grow(
		    arena, out->records, out->nrecords, sizeof(record));
		out->records[out->nrecords++] = record;
	}
	no_mail_mx(arena, plan, out);
}

const char *
output_panel_name(
    struct arena *arena, const struct plan *plan, const struct record *record)
{
	return copy_relative_name(arena, record->name, plan->domain);
}

static const enum copy_form forms[OUTPUT_COUNT] = {
	[OUTPUT_PANEL] = COPY_PANEL,
	[OUTPUT_ZONE] = COPY_ZONE,
	[OUTPUT_POWERSHELL] = COPY_POWERSHELL,
	[OUTPUT_NSUPDATE] = COPY_NSUPDATE,
};

const char *
output_text(struct arena *arena, const struct plan *plan,
    const struct record *record, enum output_format format)
{
	const struct copy copy = {
		.records = record,
		.nrecords = 1,
		.zone = plan->domain,
	};

	return copy_text(arena, &copy, forms[format]);
}

const char *
output_format_label(enum output_format format)
{
	return copy_form_label(forms[format]);
}
