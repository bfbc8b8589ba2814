/* Resource records as text. */
#include "record.h"

#include <string.h>

#include "base/printable.h"

#define STRING_MAX 255 /* octets of a character-string; RFC 1035 3.3 */

static const struct {
	enum rr_type type;
	const char *word;
} types[] = {
	{ RR_A, "A" },
	{ RR_NS, "NS" },
	{ RR_CNAME, "CNAME" },
	{ RR_SOA, "SOA" },
	{ RR_PTR, "PTR" },
	{ RR_MX, "MX" },
	{ RR_TXT, "TXT" },
	{ RR_AAAA, "AAAA" },
	{ RR_SRV, "SRV" },
	{ RR_DNAME, "DNAME" },
	{ RR_TLSA, "TLSA" },
	{ RR_SPF, "SPF" },
	{ RR_CAA, "CAA" },
};

const char *
rr_type_word(struct arena *arena, enum rr_type type)
{
	for (size_t i = 0; i < COUNT(types); i++)
		if (types[i].type == type)
			return types[i].word;
	return arena_printf(arena, "TYPE%u", (unsigned int)type);
}

/* A host name with the dot at the end. */
static const char *
dotted(struct arena *arena, const char *host)
{
	if (strcmp(host, ".") == 0)
		return host;
	return arena_printf(arena, "%s.", host);
}

static const char *
hex(struct arena *arena, struct str octets)
{
	static const char digits[] = "0123456789abcdef";
	char *text = arena_array(arena, octets.len + 1, 2);

	for (size_t i = 0; i < octets.len; i++) {
		unsigned char octet = (unsigned char)octets.p[i];

		text[2 * i] = digits[octet >> 4];
		text[2 * i + 1] = digits[octet & 15];
	}
	return text;
}

/* RFC 3597 section 5: \# length octets. */
static const char *
generic(struct arena *arena, struct str rdata)
{
	if (rdata.len == 0)
		return "\\# 0";
	return arena_printf(arena, "\\# %zu %s", rdata.len, hex(arena, rdata));
}

/*
 * Writes a character-string of a zone file and gives the place behind it.
 * printable() has doubled the backslashes and written the odd octets; what is
 * left are the quotes.
 */
static char *
put_quoted(struct arena *arena, char *p, struct str octets)
{
	const char *text = printable(arena, octets);

	*p++ = '"';
	for (; *text != '\0'; text++) {
		if (*text == '"')
			*p++ = '\\';
		*p++ = *text;
	}
	*p++ = '"';
	return p;
}

/* Strings of at most 255 octets with a blank between; at least one. */
static const char *
quoted(struct arena *arena, struct str text)
{
	/* An octet takes 4 at most, the quotes and the blank of a string 3. */
	char *out = arena_array(arena, text.len + 2, 7);
	char *p = put_quoted(arena, out, str_slice(text, 0, STRING_MAX));

	while (text.len > STRING_MAX) {
		text = str_slice(text, STRING_MAX, text.len);
		*p++ = ' ';
		p = put_quoted(arena, p, str_slice(text, 0, STRING_MAX));
	}
	return out;
}

static const char *
soa_value(struct arena *arena, const struct record *record)
{
	return arena_printf(arena, "%s %s %u %u %u %u %u",
	    dotted(arena, record->soa.primary),
	    dotted(arena, record->soa.mailbox), record->soa.serial,
	    record->soa.refresh, record->soa.retry, record->soa.expire,
	    record->soa.minimum);
}

/* RFC 8659 section 4.1.1: a tag is letters and digits. */
static bool
is_tag(struct str tag)
{
	for (size_t i = 0; i < tag.len; i++)
		if (!is_alnum(tag.p[i]))
			return false;
	return tag.len > 0;
}

/* The value of a CAA record is one string of any length, in quotes. */
static const char *
caa_value(struct arena *arena, const struct record *record)
{
	struct str value = record->caa.value;
	char *text = arena_array(arena, value.len + 1, 7);

	put_quoted(arena, text, value);
	return arena_printf(arena, "%u %s %s", record->caa.flags,
	    printable(arena, record->caa.tag), text);
}

const char *
record_value(struct arena *arena, const struct record *record)
{
	switch (record->type) {
	case RR_A:
	case RR_AAAA:
		return ip_print(arena, record->ip);
	case RR_NS:
	case RR_CNAME:
	case RR_DNAME:
	case RR_PTR:
		return dotted(arena, record->host);
	case RR_TXT:
	case RR_SPF:
		return printable(arena, record->text);
	case RR_MX:
		return arena_printf(arena, "%u %s", record->mx.preference,
		    dotted(arena, record->mx.host));
	case RR_SRV:
		return arena_printf(arena, "%u %u %u %s", record->srv.priority,
		    record->srv.weight, record->srv.port,
		    dotted(arena, record->srv.host));
	case RR_SOA:
		return soa_value(arena, record);
	case RR_CAA:
		return caa_value(arena, record);
	case RR_TLSA:
		return arena_printf(arena, "%u %u %u %s", record->tlsa.usage,
		    record->tlsa.selector, record->tlsa.matching,
		    hex(arena, record->tlsa.data));
	}
	return generic(arena, record->rdata);
}

/* A CAA record whose tag no zone file could hold: RDATA in hexadecimal. */
static const char *
generic_caa(struct arena *arena, const struct record *record)
{
	struct str tag = record->caa.tag;
	struct str value = record->caa.value;
	char *rdata = arena_alloc(arena, 2 + tag.len + value.len);

	rdata[0] = (char)record->caa.flags;
	rdata[1] = (char)tag.len;
	if (tag.len > 0)
		memcpy(rdata + 2, tag.p, tag.len);
	if (value.len > 0)
		memcpy(rdata + 2 + tag.len, value.p, value.len);
	return generic(arena, (struct str){ rdata, 2 + tag.len + value.len });
}

/* RDATA as it stands in a zone file. */
static const char *
zone_value(struct arena *arena, const struct record *record)
{
	if (record->type == RR_TXT || record->type == RR_SPF)
		return quoted(arena, record->text);
	if (record->type == RR_CAA && !is_tag(record->caa.tag))
		return generic_caa(arena, record);
	return record_value(arena, record);
}

const char *
record_zone_line(struct arena *arena, const struct record *record)
{
	return arena_printf(arena, "%s %u IN %s %s",
	    dotted(arena, record->name), record->ttl,
	    rr_type_word(arena, record->type), zone_value(arena, record));
}
