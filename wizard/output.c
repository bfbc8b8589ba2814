/* What to publish for the plan as it is now. */
#include "output.h"

#include <string.h>

#include "../checks/base/str.h"
#include "copy_form.h"
#include "dkim_plan.h"
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

void
output_make(struct arena *arena, const struct plan *plan, struct output *out)
{
	const char *spf = output_spf_text(arena, plan);

	*out = (struct output){ 0 };
	if (plan->domain[0] == '\0')
		return;
	if (spf[0] != '\0') {
		out->records =
		    arena_grow(arena, NULL, 0, sizeof(*out->records));
		out->records[0] = (struct record){
			.name = arena_strdup(arena, plan->domain),
			.type = RR_TXT,
			.ttl = RECORD_TTL,
			.text = str_of(spf),
		};
		out->nrecords = 1;
		no_mail_output(arena, plan, out);
	}
	dkim_plan_output(arena, plan, out);
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
