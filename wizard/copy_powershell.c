/* Records as commands for a Windows DNS server. */
#include "copy_powershell.h"

#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "copy_form.h"

/*
 * Add-DnsServerResourceRecord takes one string, of 254 characters at most; a
 * TXT record of several strings is made by dnscmd.
 */
#define CMDLET_MAX 254
#define STRING_MAX 255 /* octets of a character-string; RFC 1035 3.3 */

/* Between single quotes PowerShell changes nothing; '' is one of them. */
static const char *
quoted(struct arena *arena, struct str text)
{
	char *out = arena_alloc(arena, 2 * text.len + 3);
	char *at = out;

	*at++ = '\'';
	for (size_t i = 0; i < text.len; i++) {
		if (text.p[i] == '\'')
			*at++ = '\'';
		*at++ = text.p[i];
	}
	*at = '\'';
	return out;
}

static const char *
quoted_text(struct arena *arena, const char *text)
{
	return quoted(arena, str_of(text));
}

/*
 * Printable ASCII.  Everything else depends on the code page of the window,
 * and PowerShell takes typographic quotes for its own.
 */
static bool
is_plain(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.p[i] < ' ' || text.p[i] > '~')
			return false;
	return true;
}

/* A text may hold a NUL, which its command line would end at. */
static bool
is_typeable(const struct record *record, const char *line)
{
	return is_plain(record->type == RR_TXT ? record->text : str_of(line));
}

/* PowerShell hands these to a program in a way that loses them. */
static bool
is_fit_for_programs(struct str text)
{
	return is_plain(text) && str_find(text, '"') == text.len &&
	    str_find(text, '\\') == text.len;
}

/* One line; whatever stands in a name stays behind the "#". */
static const char *
by_hand(struct arena *arena, const struct record *record, const char *what)
{
	return arena_printf(arena, _("# %s %s: %s.\n"),
	    printable(arena, str_of(record->name)),
	    rr_type_word(arena, record->type), what);
}

/* "01:00:00", or "1.00:00:00" for a day. */
static const char *
time_span(struct arena *arena, uint32_t seconds)
{
	unsigned int days = seconds / 86400;
	const char *time = arena_printf(arena, "%02u:%02u:%02u",
	    seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);

	return days == 0 ? time : arena_printf(arena, "%u.%s", days, time);
}

/* dnscmd /RecordAdd ZONE NAME TTL TXT STRING... */
static const char *
add_long_text(
    struct arena *arena, const struct record *record, const char *zone)
{
	struct str rest = record->text;
	const char *line;

	if (!is_fit_for_programs(rest))
		return by_hand(arena, record,
		    _("no command can enter this value; use DNS Manager, one "
		      "line for each 255 characters"));
	line = arena_printf(arena, "dnscmd /RecordAdd %s %s %u %s",
	    quoted_text(arena, zone),
	    quoted_text(arena, copy_relative_name(arena, record->name, zone)),
	    (unsigned int)record->ttl, rr_type_word(arena, record->type));
	for (; rest.len > 0; rest = str_slice(rest, STRING_MAX, rest.len))
		line = arena_printf(arena, "%s %s", line,
		    quoted(arena, str_slice(rest, 0, STRING_MAX)));
	return arena_printf(arena, "%s\n", line);
}

/* The switch of a type and its values; NULL where there is none. */
static const char *
values(struct arena *arena, const struct record *record)
{
	switch (record->type) {
	case RR_TXT:
		return arena_printf(arena, "-Txt -DescriptiveText %s",
		    quoted(arena, record->text));
	case RR_A:
		return arena_printf(arena, "-A -IPv4Address %s",
		    quoted_text(arena, record_value(arena, record)));
	case RR_AAAA:
		return arena_printf(arena, "-AAAA -IPv6Address %s",
		    quoted_text(arena, record_value(arena, record)));
	case RR_MX:
		return arena_printf(arena,
		    "-MX -MailExchange %s -Preference %u",
		    quoted_text(arena, record->mx.host), record->mx.preference);
	case RR_CNAME:
		return arena_printf(arena, "-CName -HostNameAlias %s",
		    quoted_text(arena, record->host));
	case RR_PTR:
		return arena_printf(arena, "-Ptr -PtrDomainName %s",
		    quoted_text(arena, record->host));
	case RR_SRV:
		return arena_printf(arena,
		    "-Srv -DomainName %s -Priority %u -Weight %u -Port %u",
		    quoted_text(arena, record->srv.host), record->srv.priority,
		    record->srv.weight, record->srv.port);
	default:
		return NULL;
	}
}

const char *
powershell_add(
    struct arena *arena, const struct record *record, const char *zone)
{
	const char *what = values(arena, record);

	if (what == NULL)
		return by_hand(arena, record,
		    _("no command for this type; use DNS Manager"));
	if (record->type == RR_TXT && record->text.len > CMDLET_MAX)
		return add_long_text(arena, record, zone);
	if (!is_typeable(record, what))
		return by_hand(arena, record,
		    _("the value has characters that cannot be typed here; "
		      "use a zone file"));
	return arena_printf(arena,
	    "Add-DnsServerResourceRecord -ZoneName %s -Name %s %s "
	    "-TimeToLive %s\n",
	    quoted_text(arena, zone),
	    quoted_text(arena, copy_relative_name(arena, record->name, zone)),
	    what, time_span(arena, record->ttl));
}

/* What is true of the record among all of its name and type; NULL. */
static const char *
condition(struct arena *arena, const struct record *record)
{
	switch (record->type) {
	case RR_TXT:
		return record->text.len > CMDLET_MAX
		    ? NULL
		    : arena_printf(arena, "DescriptiveText -ceq %s",
			  quoted(arena, record->text));
	case RR_A:
		return arena_printf(arena, "IPv4Address -eq %s",
		    quoted_text(arena, record_value(arena, record)));
	case RR_AAAA:
		return arena_printf(arena, "IPv6Address -eq %s",
		    quoted_text(arena, record_value(arena, record)));
	case RR_MX:
		return arena_printf(arena, "MailExchange.TrimEnd('.') -eq %s",
		    quoted_text(arena,
			strcmp(record->mx.host, ".") == 0 ? ""
							  : record->mx.host));
	default:
		return NULL;
	}
}

const char *
powershell_remove(
    struct arena *arena, const struct record *record, const char *zone)
{
	const char *is_it = condition(arena, record);

	if (is_it == NULL || !is_typeable(record, is_it))
		return by_hand(arena, record,
		    _("no command can name the old record; delete it in DNS "
		      "Manager first"));
	return arena_printf(arena,
	    "Get-DnsServerResourceRecord -ZoneName %s -Name %s -RRType %s | "
	    "Where-Object { $_.RecordData.%s } | "
	    "Remove-DnsServerResourceRecord -ZoneName %s -Force\n",
	    quoted_text(arena, zone),
	    quoted_text(arena, copy_relative_name(arena, record->name, zone)),
	    rr_type_word(arena, record->type), is_it, quoted_text(arena, zone));
}
