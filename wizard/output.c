/* What to publish for the plan as it is now. */
#include "output.h"

#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/base/str.h"

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
	if (spf[0] == '\0' || plan->domain[0] == '\0')
		return;
	out->records = arena_new_of(arena, struct record);
	out->records[0] = (struct record){
		.name = arena_strdup(arena, plan->domain),
		.type = RR_TXT,
		.ttl = RECORD_TTL,
		.text = str_of(spf),
	};
	out->nrecords = 1;
}

const char *
output_panel_name(
    struct arena *arena, const struct plan *plan, const struct record *record)
{
	size_t len = strlen(record->name);
	size_t below = strlen(plan->domain);

	if (name_equal(record->name, plan->domain))
		return "@";
	if (!name_is_below(record->name, plan->domain) || len <= below + 1)
		return record->name;
	return arena_memdup(arena, record->name, len - below - 1);
}

static const char *
panel_text(
    struct arena *arena, const struct plan *plan, const struct record *record)
{
	return arena_printf(arena,
	    _("Name:\n%s\nFull name: %s\nType: %s   TTL: %u\nValue:\n%s\n"),
	    output_panel_name(arena, plan, record), record->name,
	    rr_type_word(arena, record->type), (unsigned int)record->ttl,
	    record_value(arena, record));
}

/* Between single quotes PowerShell changes nothing; '' is one of them. */
static const char *
powershell_quoted(struct arena *arena, const char *text)
{
	char *quoted = arena_alloc(arena, 2 * strlen(text) + 3);
	char *at = quoted;

	*at++ = '\'';
	for (; *text != '\0'; text++) {
		if (*text == '\'')
			*at++ = '\'';
		*at++ = *text;
	}
	*at = '\'';
	return quoted;
}

static const char *
powershell_text(
    struct arena *arena, const struct plan *plan, const struct record *record)
{
	return arena_printf(arena,
	    "Add-DnsServerResourceRecord -ZoneName %s -Name %s -Txt "
	    "-DescriptiveText %s -TimeToLive ([TimeSpan]::FromSeconds(%u))\n",
	    powershell_quoted(arena, plan->domain),
	    powershell_quoted(arena, output_panel_name(arena, plan, record)),
	    powershell_quoted(arena, record_value(arena, record)),
	    (unsigned int)record->ttl);
}

static const char *
nsupdate_text(struct arena *arena, const struct record *record)
{
	return arena_printf(
	    arena, "update add %s\nsend\n", record_zone_line(arena, record));
}

const char *
output_text(struct arena *arena, const struct plan *plan,
    const struct record *record, enum output_format format)
{
	switch (format) {
	case OUTPUT_ZONE:
		return arena_printf(
		    arena, "%s\n", record_zone_line(arena, record));
	case OUTPUT_POWERSHELL:
		return powershell_text(arena, plan, record);
	case OUTPUT_NSUPDATE:
		return nsupdate_text(arena, record);
	case OUTPUT_PANEL:
	case OUTPUT_COUNT:
		break;
	}
	return panel_text(arena, plan, record);
}

const char *
output_format_label(enum output_format format)
{
	static const char *const labels[OUTPUT_COUNT] = {
		[OUTPUT_PANEL] = N_("Web panel"),
		[OUTPUT_ZONE] = N_("Zone file (BIND)"),
		[OUTPUT_POWERSHELL] = N_("Windows DNS (PowerShell)"),
		[OUTPUT_NSUPDATE] = N_("nsupdate"),
	};

	return labels[format];
}
