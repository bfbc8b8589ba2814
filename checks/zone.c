/*
 * Zone files: RFC 1035 section 5, through ldns.
 *
 * ldns reads RDATA.  What it is lenient about or has no line numbers for is
 * done before it: entries and tokens (zone_lex.c), directives, owner, TTL,
 * class and type here; character-strings, the range of numbers and RFC 3597 in
 * zone_value.c.
 */
#include "zone.h"

#include <ldns/ldns.h>
#include <stddef.h>
#include <string.h>

#include "base/i18n.h"
#include "base/printable.h"
#include "dns_message.h"
#include "zone_reader.h"

#define LONGEST_WORD 32 /* of a type or class */
#define SCRATCH_MAX  ((size_t)256 * 1024) /* octets; then it is emptied */

/* Does the text end in a dot that is not escaped? */
static bool
is_absolute(struct str text)
{
	bool dot = false;

	for (size_t i = 0; i < text.len; i++) {
		dot = text.p[i] == '.';
		if (text.p[i] == '\\')
			i++;
	}
	return dot;
}

/* A name of the file in our form and absolute; NULL when it is none. */
static const char *
read_name(struct reader *reader, const struct zone_token *token)
{
	struct str text = token->text;
	unsigned char wire[NAME_WIRE_MAX];
	const char *name;

	if (!token->quoted && str_equal(text, str_of("@")))
		return reader->origin;
	if (text.len == 0)
		return NULL;
	name = str_dup(reader->scratch, text);
	if (str_equal(text, str_of(".")))
		return ".";
	if (is_absolute(text))
		name =
		    str_dup(reader->scratch, str_slice(text, 0, text.len - 1));
	else if (strcmp(reader->origin, ".") != 0)
		name = arena_printf(
		    reader->scratch, "%s.%s", name, reader->origin);
	if (name_to_wire(name, wire) == 0)
		return NULL;
	return name_from_wire(reader->zone->arena, wire);
}

static bool
read_origin(struct reader *reader, struct cursor *cursor)
{
	struct zone_token token;
	const char *name;

	if (!zone_take(cursor, &token) || cursor->n > 0)
		return zone_fail(
		    reader, cursor->line, _("$ORIGIN is followed by one name"));
	name = read_name(reader, &token);
	if (name == NULL)
		return zone_fail(reader, token.line,
		    _("%s is not a domain name"),
		    zone_shown(reader, token.text));
	reader->origin = name;
	return true;
}

static bool
read_default_ttl(struct reader *reader, struct cursor *cursor)
{
	struct zone_token token;

	if (!zone_take(cursor, &token) || cursor->n > 0 ||
	    !zone_read_ttl(token.text, &reader->ttl))
		return zone_fail(reader, cursor->line,
		    _("$TTL is followed by a number of seconds, at most %d"),
		    ZONE_TTL_MAX);
	return true;
}

static bool
read_directive(struct reader *reader, struct cursor *cursor)
{
	struct zone_token token;

	zone_take(cursor, &token);
	if (str_equal_nocase(token.text, "$ORIGIN"))
		return read_origin(reader, cursor);
	if (str_equal_nocase(token.text, "$TTL"))
		return read_default_ttl(reader, cursor);
	if (str_equal_nocase(token.text, "$INCLUDE"))
		return zone_fail(reader, token.line,
		    _("$INCLUDE is not followed; put the records of that "
		      "file in this one"));
	return zone_fail(reader, token.line,
	    _("%s is not understood; only $ORIGIN and $TTL are"),
	    zone_shown(reader, token.text));
}

/* "IN", "CLASS1"; false when it is no class at all. */
static bool
read_class(struct reader *reader, struct str text, bool *is_in)
{
	char *word;
	ldns_rr_class class;

	if (text.len > LONGEST_WORD)
		return false;
	word = str_dup(reader->scratch, text);
	class = ldns_get_rr_class_by_name(word);
	*is_in = class == LDNS_RR_CLASS_IN;
	return class != 0;
}

/* RFC 6895 section 3.1: 128 to 255 are for questions only, 41 is OPT. */
static bool
read_type(
    struct reader *reader, const struct zone_token *token, enum rr_type *out)
{
	struct str text = token->text;
	uint64_t type = 0;

	if (str_starts_nocase(text, "TYPE"))
		str_number(str_slice(text, 4, text.len), UINT16_MAX, &type);
	else if (text.len <= LONGEST_WORD)
		type = ldns_get_rr_type_by_name(str_dup(reader->scratch, text));
	if (type == 0 || token->quoted)
		return zone_fail(reader, token->line,
		    _("%s is not a type of record"), zone_shown(reader, text));
	if ((type >= 128 && type < 256) || type == 41)
		return zone_fail(reader, token->line,
		    _("a record of type %s is not for a zone file"),
		    zone_shown(reader, text));
	*out = (enum rr_type)type;
	return true;
}

/*
 * [TTL] [class] type, or [class] [TTL] type.  Leaves the cursor at RDATA.
 */
static bool
read_head(struct reader *reader, struct cursor *cursor, struct record *out)
{
	struct zone_token token;
	bool has_ttl = false, has_class = false, is_in;

	out->ttl = reader->ttl;
	while (zone_take(cursor, &token)) {
		if (!has_ttl && token.text.len > 0 &&
		    is_digit(token.text.p[0])) {
			if (!zone_read_ttl(token.text, &out->ttl))
				return zone_fail(reader, token.line,
				    _("%s is not a TTL, in seconds and at "
				      "most %d"),
				    zone_shown(reader, token.text),
				    ZONE_TTL_MAX);
			has_ttl = true;
		} else if (!has_class && !token.quoted &&
		    read_class(reader, token.text, &is_in)) {
			if (!is_in)
				return zone_fail(reader, token.line,
				    _("the class of a record is IN, not %s"),
				    zone_shown(reader, token.text));
			has_class = true;
		} else {
			return read_type(reader, &token, &out->type);
		}
	}
	return zone_fail(
	    reader, cursor->line, _("the type of the record is missing"));
}

/* Where names stand in RDATA, and in a record of ours. */
static const struct {
	enum rr_type type;
	size_t field; /* of RDATA */
	size_t at; /* offset in struct record */
} names[] = {
	{ RR_NS, 0, offsetof(struct record, host) },
	{ RR_CNAME, 0, offsetof(struct record, host) },
	{ RR_DNAME, 0, offsetof(struct record, host) },
	{ RR_PTR, 0, offsetof(struct record, host) },
	{ RR_MX, 1, offsetof(struct record, mx.host) },
	{ RR_SRV, 3, offsetof(struct record, srv.host) },
	{ RR_SOA, 0, offsetof(struct record, soa.primary) },
	{ RR_SOA, 1, offsetof(struct record, soa.mailbox) },
};

/*
 * ldns takes every name whose first label is "@" for the origin, escaped or
 * not and whatever follows; so names are read here.
 */
static bool
read_names(
    struct reader *reader, const struct cursor *cursor, struct record *out)
{
	for (size_t i = 0; i < COUNT(names); i++) {
		const struct zone_token *token;
		const char *name;

		if (names[i].type != out->type || names[i].field >= cursor->n)
			continue;
		token = &cursor->tokens[names[i].field];
		name = read_name(reader, token);
		if (name == NULL)
			return zone_fail(reader, token->line,
			    _("%s is not a domain name"),
			    zone_shown(reader, token->text));
		memcpy((char *)out + names[i].at, &name, sizeof(name));
	}
	return true;
}

static bool
read_by_ldns(struct reader *reader, struct cursor *cursor, struct record *out)
{
	const char *type = rr_type_word(reader->scratch, out->type);
	const char *line = zone_ldns_line(reader, cursor, out->type);
	struct record found;
	ldns_rdf *origin;
	ldns_rr *rr = NULL;
	bool sound;

	if (line == NULL)
		return zone_fail(
		    reader, cursor->line, _("the record is too long"));
	origin = ldns_dname_new_frm_str(strcmp(reader->origin, ".") == 0
		? "."
		: arena_printf(reader->scratch, "%s.", reader->origin));
	sound = origin != NULL &&
	    ldns_rr_new_frm_str(&rr, line, 0, origin, NULL) == LDNS_STATUS_OK &&
	    record_from_rr(reader->zone->arena, rr, &found);
	ldns_rr_free(rr);
	ldns_rdf_deep_free(origin);
	if (!sound && cursor->n == 0)
		return zone_fail(reader, cursor->line,
		    _("the value of the %s record is missing"), type);
	if (!sound)
		return zone_fail(reader, cursor->tokens[0].line,
		    _("%s is no value of type %s"),
		    zone_shown_rest(reader, cursor), type);
	found.name = out->name;
	found.ttl = out->ttl;
	*out = found;
	return read_names(reader, cursor, out);
}

static bool
read_value(struct reader *reader, struct cursor *cursor, struct record *out)
{
	struct zone_token token;

	if (cursor->n > 0 && !cursor->tokens[0].quoted &&
	    str_equal(cursor->tokens[0].text, str_of("\\#"))) {
		zone_take(cursor, &token);
		return zone_read_generic(reader, cursor, out);
	}
	if (out->type == RR_TXT || out->type == RR_SPF)
		return zone_read_strings(reader, cursor, out);
	return zone_check_value(reader, cursor, out->type) &&
	    read_by_ldns(reader, cursor, out);
}

/*
 * [name] [TTL] [class] type RDATA.  A line that begins with a blank belongs to
 * the name of the record before it; the first one of all to the origin.
 */
static bool
read_entry(struct reader *reader, const struct zone_line *line)
{
	struct cursor cursor = { line->tokens, line->ntokens, 0 };
	struct record record = { 0 };
	struct zone_token token = line->tokens[0];

	if (!line->indented && !token.quoted && token.text.len > 0 &&
	    token.text.p[0] == '$')
		return read_directive(reader, &cursor);
	if (!line->indented) {
		zone_take(&cursor, &token);
		reader->owner = read_name(reader, &token);
	}
	if (reader->owner == NULL)
		return zone_fail(reader, token.line,
		    _("%s is not a domain name"),
		    zone_shown(reader, token.text));
	record.name = reader->owner;
	if (!read_head(reader, &cursor, &record) ||
	    !read_value(reader, &cursor, &record))
		return false;
	zone_append(reader->zone, &record);
	return true;
}

static bool
read_entries(struct reader *reader, struct str text)
{
	struct zone_lexer lexer = { .rest = text, .line = 1 };
	bool sound = true;
	enum zone_lex lex;

	reader->scratch = arena_new();
	do {
		struct zone_line line;

		if (arena_used(reader->scratch) > SCRATCH_MAX) {
			arena_free(reader->scratch);
			reader->scratch = arena_new();
		}
		lex = zone_lex_next(reader->scratch, &lexer, &line);
		if (lex == ZONE_LEX_LINE)
			sound = read_entry(reader, &line);
		else if (lex == ZONE_LEX_ERROR)
			sound = zone_fail(
			    reader, lexer.problem_line, "%s", lexer.problem);
	} while (sound && lex == ZONE_LEX_LINE);
	arena_free(reader->scratch);
	return sound;
}

/* NUL is in no text; UTF-16 is full of them. */
static size_t
line_of_nul(struct str text)
{
	size_t at = str_find(text, '\0');
	size_t line = 1;

	if (at == text.len)
		return 0;
	for (size_t i = 0; i < at; i++)
		if (text.p[i] == '\n')
			line++;
	return line;
}

struct zone *
zone_read_text(struct arena *arena, const char *name, struct str text,
    const char *origin, const char **error)
{
	struct reader reader = {
		.arena = arena,
		.file = readable(arena, str_of(name)),
		.ttl = RECORD_TTL,
	};
	unsigned char wire[NAME_WIRE_MAX];
	size_t line = line_of_nul(text);

	*error = NULL;
	if (line > 0) {
		*error = arena_printf(arena,
		    _("%s line %zu: a NUL octet; is this a text file, and "
		      "not UTF-16?"),
		    reader.file, line);
		return NULL;
	}
	if (name_to_wire(origin, wire) == 0) {
		*error = arena_printf(arena,
		    _("%s: its names belong to %s, which is not a domain "
		      "name"),
		    reader.file, readable(arena, str_of(origin)));
		return NULL;
	}
	reader.zone =
	    zone_new(arena_printf(arena, _("zone file %s"), reader.file));
	reader.origin = name_from_wire(reader.zone->arena, wire);
	reader.owner = reader.origin;
	str_skip(&text, "\xef\xbb\xbf"); /* a byte order mark is no name */
	if (!read_entries(&reader, text)) {
		zone_free(reader.zone);
		*error = reader.error;
		return NULL;
	}
	zone_seal(reader.zone);
	return reader.zone;
}
