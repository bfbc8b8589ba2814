/* Zone files: tokens and values, as far as ldns is not asked. */
#include "zone_reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/printable.h"
#include "dns_message.h"

#define RDATA_MAX  65535 /* octets; RFC 1035 section 3.2.1 */
#define STRING_MAX 255 /* octets of a character-string; 3.3 */
#define SHOWN_MAX  60 /* octets of a text shown in an error */
#define LDNS_LINE  8000 /* ldns takes lines of 10230 octets */

bool
zone_fail(struct reader *reader, size_t line, const char *fmt, ...)
{
	va_list ap;
	const char *what;

	va_start(ap, fmt);
	what = arena_vprintf(reader->scratch, fmt, ap);
	va_end(ap);
	reader->error = arena_printf(
	    reader->arena, _("%s line %zu: %s"), reader->file, line, what);
	return false;
}

const char *
zone_shown(struct reader *reader, struct str text)
{
	const char *cut = text.len > SHOWN_MAX ? "..." : "";

	return arena_printf(reader->scratch, "%s%s",
	    readable(reader->scratch, str_slice(text, 0, SHOWN_MAX)), cut);
}

/* What is left of an entry, with blanks between. */
static struct str
joined(struct reader *reader, const struct cursor *cursor)
{
	const char *text = "";

	for (size_t i = 0; i < cursor->n && strlen(text) <= SHOWN_MAX; i++) {
		struct str next =
		    str_slice(cursor->tokens[i].text, 0, SHOWN_MAX + 1);

		text = arena_printf(reader->scratch, "%s%s%s", text,
		    i == 0 ? "" : " ", str_dup(reader->scratch, next));
	}
	return str_of(text);
}

const char *
zone_shown_rest(struct reader *reader, const struct cursor *cursor)
{
	return zone_shown(reader, joined(reader, cursor));
}

bool
zone_take(struct cursor *cursor, struct zone_token *out)
{
	if (cursor->n == 0)
		return false;
	*out = *cursor->tokens++;
	cursor->n--;
	cursor->line = out->line;
	return true;
}

static bool
read_number(struct str text, uint64_t max, uint64_t *out)
{
	/* Leading zeros mean nothing here, and do not make it octal. */
	while (text.len > 1 && text.p[0] == '0')
		text = str_slice(text, 1, text.len);
	return str_number(text, max, out);
}

static uint64_t
unit_seconds(char unit)
{
	switch (to_lower(unit)) {
	case 'w':
		return 7 * 24 * 3600;
	case 'd':
		return 24 * 3600;
	case 'h':
		return 3600;
	case 'm':
		return 60;
	case 's':
		return 1;
	}
	return 0;
}

/* Seconds, or what everybody writes since BIND 8: 1w2d3h4m5s. */
bool
zone_read_ttl(struct str text, uint32_t *out)
{
	uint64_t total = 0, n;

	if (read_number(text, ZONE_TTL_MAX, &n)) {
		*out = (uint32_t)n;
		return true;
	}
	while (text.len > 0) {
		size_t digits = 0;
		uint64_t unit;

		while (digits < text.len && is_digit(text.p[digits]))
			digits++;
		unit = digits < text.len ? unit_seconds(text.p[digits]) : 0;
		if (unit == 0 ||
		    !read_number(str_slice(text, 0, digits), ZONE_TTL_MAX, &n))
			return false;
		total += n * unit;
		if (total > ZONE_TTL_MAX)
			return false;
		text = str_slice(text, digits + 1, text.len);
		*out = (uint32_t)total;
	}
	return true;
}

/* Octets of a token with its escapes undone; false: an escape is no escape. */
static bool
unescape(struct arena *arena, struct str text, struct str *out)
{
	char *octets = arena_alloc(arena, text.len + 1);
	size_t n = 0;

	while (text.len > 0) {
		uint64_t value = (unsigned char)text.p[0];
		size_t len = 1;

		if (text.p[0] == '\\' && text.len > 1 && is_digit(text.p[1])) {
			if (text.len < 4 ||
			    !read_number(str_slice(text, 1, 4), 255, &value))
				return false;
			len = 4;
		} else if (text.p[0] == '\\') {
			if (text.len < 2)
				return false;
			value = (unsigned char)text.p[1];
			len = 2;
		}
		octets[n++] = (char)value;
		text = str_slice(text, len, text.len);
	}
	*out = (struct str){ octets, n };
	return true;
}

/* TXT: one or more character-strings, joined. */
bool
zone_read_strings(
    struct reader *reader, struct cursor *cursor, struct record *out)
{
	struct zone_token token;
	size_t wire = 0, len = 0;
	char *text;

	if (cursor->n == 0)
		return zone_fail(
		    reader, cursor->line, _("the text is missing"));
	for (size_t i = 0; i < cursor->n; i++)
		len += cursor->tokens[i].text.len;
	text = arena_alloc(reader->zone->arena, len + 1);
	out->text = (struct str){ text, 0 };
	while (zone_take(cursor, &token)) {
		struct str string;

		if (!unescape(reader->scratch, token.text, &string))
			return zone_fail(reader, token.line,
			    _("a backslash stands before three digits up to "
			      "255, or before another character: %s"),
			    zone_shown(reader, token.text));
		if (string.len > STRING_MAX)
			return zone_fail(reader, token.line,
			    _("a text of %zu octets; at most %d stand between "
			      "two quotes, so split it: \"...\" \"...\""),
			    string.len, STRING_MAX);
		wire += string.len + 1;
		if (wire > RDATA_MAX)
			return zone_fail(
			    reader, token.line, _("the record is too long"));
		if (string.len > 0)
			memcpy(text + out->text.len, string.p, string.len);
		out->text.len += string.len;
	}
	return true;
}

/* Two hexadecimal digits an octet, in *out; false: other octets, or too few. */
static bool
read_hex(struct arena *arena, const struct cursor *cursor, struct str *out)
{
	size_t digits = 0;
	char *octets;

	for (size_t i = 0; i < cursor->n; i++)
		digits += cursor->tokens[i].text.len;
	octets = arena_alloc(arena, digits / 2 + 1);
	*out = (struct str){ octets, digits / 2 };
	digits = 0;
	for (size_t i = 0; i < cursor->n; i++) {
		struct str text = cursor->tokens[i].text;

		for (size_t at = 0; at < text.len; at++, digits++) {
			char c = to_lower(text.p[at]);
			bool is_letter = c >= 'a' && c <= 'f';

			if (!is_digit(c) && !is_letter)
				return false;
			octets[digits / 2] =
			    (char)((unsigned char)octets[digits / 2] << 4 |
				(is_letter ? c - 'a' + 10 : c - '0'));
		}
	}
	return digits % 2 == 0;
}

/* RFC 3597 section 5: \# LENGTH HEX..., for any type; after the \#. */
bool
zone_read_generic(
    struct reader *reader, struct cursor *cursor, struct record *out)
{
	struct zone_token token;
	uint64_t len;
	struct str octets;

	if (!zone_take(cursor, &token) ||
	    !read_number(token.text, RDATA_MAX, &len))
		return zone_fail(reader, cursor->line,
		    _("\\# is followed by a number of octets"));
	if (!read_hex(reader->scratch, cursor, &octets) || octets.len != len)
		return zone_fail(reader, cursor->line,
		    _("\\# is followed by a number and as many octets in "
		      "hexadecimal"));
	if (!record_from_rdata(reader->zone->arena, out, octets))
		return zone_fail(reader, cursor->line,
		    _("these octets are no value of type %s"),
		    rr_type_word(reader->scratch, out->type));
	return true;
}

/*
 * Numbers that ldns would cut to their size: fields `from` to `to` of a type.
 */
static const struct {
	enum rr_type type;
	size_t from, to; /* both included */
	uint32_t max;
	bool period; /* or as a TTL: 1w2d */
} numbers[] = {
	{ RR_MX, 0, 0, UINT16_MAX, false },
	{ RR_SRV, 0, 2, UINT16_MAX, false },
	{ RR_CAA, 0, 0, UINT8_MAX, false },
	{ RR_TLSA, 0, 2, UINT8_MAX, false },
	{ RR_SOA, 2, 2, UINT32_MAX, false },
	{ RR_SOA, 3, 6, UINT32_MAX, true },
};

static bool
check_numbers(
    struct reader *reader, const struct cursor *cursor, enum rr_type type)
{
	uint64_t n;
	uint32_t ttl;

	for (size_t row = 0; row < COUNT(numbers); row++) {
		uint32_t max = numbers[row].max;

		if (numbers[row].type != type)
			continue;
		for (size_t i = numbers[row].from;
		     i <= numbers[row].to && i < cursor->n; i++) {
			struct zone_token *token = &cursor->tokens[i];

			if (read_number(token->text, max, &n) ||
			    (numbers[row].period &&
				zone_read_ttl(token->text, &ttl)))
				continue;
			return zone_fail(reader, token->line,
			    _("%s is not a number from 0 to %u"),
			    zone_shown(reader, token->text), max);
		}
	}
	return true;
}

/* RFC 6698 section 2.2: the rest is hexadecimal, and there is some. */
static bool
check_tlsa(struct reader *reader, const struct cursor *cursor)
{
	struct cursor data = *cursor;
	struct str octets;

	if (cursor->n < 4)
		return true; /* ldns says that it is incomplete */
	data.tokens += 3;
	data.n -= 3;
	if (read_hex(reader->scratch, &data, &octets))
		return true;
	return zone_fail(reader, data.tokens[0].line,
	    _("%s is not hexadecimal, two digits an octet"),
	    zone_shown(reader, data.tokens[0].text));
}

bool
zone_check_value(
    struct reader *reader, const struct cursor *cursor, enum rr_type type)
{
	return check_numbers(reader, cursor, type) &&
	    (type != RR_TLSA || check_tlsa(reader, cursor));
}

/*
 * A token as ldns reads it without surprise: every octet that means something
 * to a zone file becomes \DDD.
 */
static char *
put_token(char *p, const struct zone_token *token, bool quoted)
{
	struct str text = token->text;

	*p++ = ' ';
	if (quoted)
		*p++ = '"';
	for (size_t i = 0; i < text.len; i++) {
		char c = text.p[i];
		bool escaped = c == '\\' && i + 1 < text.len;

		if (escaped && !is_digit(text.p[i + 1]))
			c = text.p[++i];
		else if (is_alnum(c) || strchr(".-_:/+=@*\\", c) != NULL) {
			*p++ = c;
			continue;
		}
		p += snprintf(p, 5, "\\%03u", (unsigned int)(unsigned char)c);
	}
	if (quoted)
		*p++ = '"';
	return p;
}

/* The entry as one line for ldns; NULL when it takes no line so long. */
const char *
zone_ldns_line(
    struct reader *reader, const struct cursor *cursor, enum rr_type type)
{
	size_t len = 64;
	char *line, *p;

	for (size_t i = 0; i < cursor->n; i++)
		len += 3 + cursor->tokens[i].text.len;
	if (len > LDNS_LINE)
		return NULL;
	line = arena_array(reader->scratch, len, 4);
	p = line + snprintf(line, len, ". 0 IN TYPE%u", (unsigned int)type);
	for (size_t i = 0; i < cursor->n; i++) {
		const struct zone_token *token = &cursor->tokens[i];
		/* RFC 8659 section 4.2: or unquoted, which ldns refuses. */
		bool is_caa_value = type == RR_CAA && i == 2;

		p = put_token(p, token, token->quoted || is_caa_value);
	}
	return p - line <= LDNS_LINE ? line : NULL;
}
