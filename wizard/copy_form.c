/* A record in the form of the place it is entered at. */
#include "copy_form.h"

#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "copy_powershell.h"

#define STRING_MAX 255 /* octets of a character-string; RFC 1035 3.3 */

const char *
copy_relative_name(struct arena *arena, const char *name, const char *zone)
{
	size_t len = strlen(name);
	size_t below = strlen(zone);

	if (name_equal(name, zone))
		return "@";
	if (below == 0 || !name_is_below(name, zone) || len <= below + 1)
		return name;
	return arena_memdup(arena, name, len - below - 1);
}

/* --- text as DNS writes it ------------------------------------------------ */

static bool
is_text(const struct record *record)
{
	return record->type == RR_TXT || record->type == RR_SPF;
}

/* printable() has seen to backslashes and odd octets; left are the quotes. */
static const char *
quoted(struct arena *arena, struct str text)
{
	const char *in = printable(arena, text);
	char *out = arena_alloc(arena, 2 * strlen(in) + 3);
	char *at = out;

	*at++ = '"';
	for (; *in != '\0'; in++) {
		if (*in == '"')
			*at++ = '\\';
		*at++ = *in;
	}
	*at = '"';
	return out;
}

/* Strings of at most 255 octets, each in quotes; `between` stands between. */
static const char *
strings(struct arena *arena, struct str text, const char *between)
{
	const char *out = quoted(arena, str_slice(text, 0, STRING_MAX));

	while (text.len > STRING_MAX) {
		text = str_slice(text, STRING_MAX, text.len);
		out = arena_printf(arena, "%s%s%s", out, between,
		    quoted(arena, str_slice(text, 0, STRING_MAX)));
	}
	return out;
}

/* One record of a zone file; a long text on a line for each string. */
static const char *
zone_lines(struct arena *arena, const struct record *record)
{
	if (!is_text(record) || record->text.len <= STRING_MAX)
		return arena_printf(
		    arena, "%s\n", record_zone_line(arena, record));
	return arena_printf(arena, "%s. %u IN %s (\n\t%s )\n", record->name,
	    (unsigned int)record->ttl, rr_type_word(arena, record->type),
	    strings(arena, record->text, "\n\t"));
}

/* --- the fields of a web page --------------------------------------------- */

static bool
is_plain(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.p[i] < ' ' || text.p[i] > '~')
			return false;
	return true;
}

/*
 * A page takes what is typed as it is.  What cannot be typed is written as in
 * a zone file; a page that passes the text on to one gets it right.
 */
static const char *
panel_text(struct arena *arena, struct str text, const struct panel *panel)
{
	if (panel != NULL && panel->quotes)
		return panel->by_hand ? strings(arena, text, " ")
				      : quoted(arena, text);
	return is_plain(text) ? str_dup(arena, text) : printable(arena, text);
}

/* A host name; the null MX of RFC 7505 is the dot alone. */
static const char *
panel_host(struct arena *arena, const char *host, const struct panel *panel)
{
	if (strcmp(host, ".") == 0 || (panel != NULL && !panel->dot))
		return host;
	return arena_printf(arena, "%s.", host);
}

static const char *
panel_name(struct arena *arena, const char *name, const char *zone,
    const struct panel *panel)
{
	const char *relative = copy_relative_name(arena, name, zone);

	if (panel == NULL)
		return relative;
	if (strcmp(relative, "@") != 0)
		return panel->full_names ? name : relative;
	switch (panel->apex) {
	case PANEL_APEX_EMPTY:
		return "";
	case PANEL_APEX_FULL:
		return name;
	case PANEL_APEX_DOTTED:
		return arena_printf(arena, "%s.", name);
	default:
		return relative;
	}
}

void
copy_fields(struct arena *arena, const struct record *record, const char *zone,
    const struct panel *panel, struct copy_fields *out)
{
	*out = (struct copy_fields){
		.name = panel_name(arena, record->name, zone, panel),
		.full_name = record->name,
		.type = rr_type_word(arena, record->type),
	};
	switch (record->type) {
	case RR_TXT:
	case RR_SPF:
		out->value = panel_text(arena, record->text, panel);
		return;
	case RR_MX:
		out->priority =
		    arena_printf(arena, "%u", record->mx.preference);
		out->value = panel_host(arena, record->mx.host, panel);
		return;
	case RR_SRV:
		out->priority = arena_printf(arena, "%u", record->srv.priority);
		out->value = arena_printf(arena, "%u %u %s", record->srv.weight,
		    record->srv.port,
		    panel_host(arena, record->srv.host, panel));
		return;
	case RR_CNAME:
	case RR_NS:
	case RR_PTR:
	case RR_DNAME:
		out->value = panel_host(arena, record->host, panel);
		return;
	default:
		out->value = record_value(arena, record);
	}
}

/* Values stand alone on their lines: a triple click takes them. */
static const char *
panel_lines(
    struct arena *arena, const struct copy *copy, const struct record *record)
{
	struct copy_fields f;
	const char *priority = "";

	copy_fields(arena, record, copy->zone, copy->panel, &f);
	if (f.priority != NULL)
		priority =
		    arena_printf(arena, _("   Priority: %s"), f.priority);
	return arena_printf(arena,
	    _("Name:\n%s\nFull name: %s\nType: %s   TTL: %u%s\nValue:\n%s\n"),
	    f.name[0] == '\0' ? _("(leave this field empty)") : f.name,
	    f.full_name, f.type, (unsigned int)record->ttl, priority, f.value);
}

static const char *
panel_old(
    struct arena *arena, const struct copy *copy, const struct record *record)
{
	struct copy_fields f;

	copy_fields(arena, record, copy->zone, copy->panel, &f);
	return arena_printf(arena,
	    _("Takes the place of this %s record of %s, which goes:\n%s\n"),
	    f.type, f.full_name, f.value);
}

/* --- other forms ---------------------------------------------------------- */

/* Of text that printable() has been over, so there are no odd octets. */
static const char *
json_string(struct arena *arena, const char *text)
{
	char *out = arena_alloc(arena, 2 * strlen(text) + 3);
	char *at = out;

	*at++ = '"';
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			*at++ = '\\';
		*at++ = *text;
	}
	*at = '"';
	return out;
}

static const char *
json_line(struct arena *arena, const struct record *record)
{
	return arena_printf(arena,
	    "{\"name\": %s, \"type\": %s, \"ttl\": %u, \"value\": %s}\n",
	    json_string(arena, printable(arena, str_of(record->name))),
	    json_string(arena, rr_type_word(arena, record->type)),
	    (unsigned int)record->ttl,
	    json_string(arena, record_value(arena, record)));
}

/* RFC 2136 section 2.5.4: a record is named by its data, its TTL is not. */
static const char *
nsupdate_delete(struct arena *arena, const struct record *old)
{
	const char *line = record_zone_line(arena, old);
	size_t name = strcspn(line, " ");
	const char *rest = line + name + 1 + strcspn(line + name + 1, " ");

	return arena_printf(
	    arena, "update delete %.*s%s\n", (int)name, line, rest);
}

static const char *
take_away(struct arena *arena, const struct copy *copy,
    const struct record *old, enum copy_form form)
{
	switch (form) {
	case COPY_PANEL:
		return panel_old(arena, copy, old);
	case COPY_POWERSHELL:
		return powershell_remove(arena, old, copy->zone);
	case COPY_NSUPDATE:
		return nsupdate_delete(arena, old);
	default:
		return "";
	}
}

static const char *
enter(struct arena *arena, const struct copy *copy, const struct record *record,
    enum copy_form form)
{
	switch (form) {
	case COPY_ZONE:
		return zone_lines(arena, record);
	case COPY_POWERSHELL:
		return powershell_add(arena, record, copy->zone);
	case COPY_NSUPDATE:
		return arena_printf(
		    arena, "update add %s\n", record_zone_line(arena, record));
	case COPY_JSON:
		return json_line(arena, record);
	default:
		return panel_lines(arena, copy, record);
	}
}

/*
 * Old records go first: two SPF records at once are an error for receivers,
 * none for a moment is not.  nsupdate does both in one step.
 */
const char *
copy_text(struct arena *arena, const struct copy *copy, enum copy_form form)
{
	bool page = form == COPY_PANEL;
	const char *text = "";

	for (size_t i = 0; !page && i < copy->nold; i++)
		text = arena_printf(arena, "%s%s", text,
		    take_away(arena, copy, &copy->old[i], form));
	for (size_t i = 0; i < copy->nrecords; i++)
		text = arena_printf(arena, "%s%s%s", text,
		    page && i > 0 ? "\n" : "",
		    enter(arena, copy, &copy->records[i], form));
	for (size_t i = 0; page && i < copy->nold; i++)
		text = arena_printf(arena, "%s\n%s", text,
		    take_away(arena, copy, &copy->old[i], form));
	if (form == COPY_NSUPDATE && text[0] != '\0')
		text = arena_printf(arena, "%ssend\n", text);
	return text;
}

/* --- their names ---------------------------------------------------------- */

static const struct {
	const char *word;
	const char *label;
} forms[COPY_FORM_COUNT] = {
	[COPY_PANEL] = { "panel", N_("Web panel") },
	[COPY_ZONE] = { "zone", N_("Zone file (BIND)") },
	[COPY_POWERSHELL] = { "powershell", N_("Windows DNS (PowerShell)") },
	[COPY_NSUPDATE] = { "nsupdate", N_("nsupdate") },
	[COPY_JSON] = { "json", N_("JSON") },
};

const char *
copy_form_word(enum copy_form form)
{
	return forms[form].word;
}

bool
copy_form_by_word(struct str word, enum copy_form *out)
{
	for (size_t i = 0; i < COPY_FORM_COUNT; i++)
		if (str_equal(word, str_of(forms[i].word))) {
			*out = (enum copy_form)i;
			return true;
		}
	return false;
}

const char *
copy_form_label(enum copy_form form)
{
	return forms[form].label;
}
