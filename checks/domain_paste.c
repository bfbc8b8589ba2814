/* The domain name out of what was pasted. */
#include "domain_paste.h"

#include <string.h>

#include "base/i18n.h"
#include "base/printable.h"
#include "base/utf8.h"

#define PIECES_MAX 12 /* there are not so many kinds */
#define SHOWN_MAX  40 /* octets of a piece that are shown */

enum invisible { ZERO_WIDTH, BLANK, JOINER, LOOKS_LIKE };

/* Characters that are not what they look like, or cannot be seen at all. */
static const struct {
	uint32_t from;
	uint32_t to;
	enum invisible what;
	char ascii; /* LOOKS_LIKE: the first of the range */
} strange[] = {
	{ 0x00a0, 0x00a0, BLANK, 0 },
	{ 0x00ab, 0x00ab, LOOKS_LIKE, '"' },
	{ 0x00ad, 0x00ad, ZERO_WIDTH, 0 },
	{ 0x00bb, 0x00bb, LOOKS_LIKE, '"' },
	{ 0x034f, 0x034f, ZERO_WIDTH, 0 },
	{ 0x061c, 0x061c, ZERO_WIDTH, 0 },
	{ 0x1680, 0x1680, BLANK, 0 },
	{ 0x180b, 0x180f, ZERO_WIDTH, 0 },
	{ 0x2000, 0x200a, BLANK, 0 },
	{ 0x200b, 0x200b, ZERO_WIDTH, 0 },
	{ 0x200c, 0x200d, JOINER, 0 },
	{ 0x200e, 0x200f, ZERO_WIDTH, 0 },
	{ 0x2010, 0x2010, LOOKS_LIKE, '-' },
	{ 0x2011, 0x2011, LOOKS_LIKE, '-' },
	{ 0x2018, 0x2018, LOOKS_LIKE, '"' },
	{ 0x2019, 0x2019, LOOKS_LIKE, '"' },
	{ 0x201a, 0x201a, LOOKS_LIKE, '"' },
	{ 0x201b, 0x201b, LOOKS_LIKE, '"' },
	{ 0x201c, 0x201c, LOOKS_LIKE, '"' },
	{ 0x201d, 0x201d, LOOKS_LIKE, '"' },
	{ 0x201e, 0x201e, LOOKS_LIKE, '"' },
	{ 0x201f, 0x201f, LOOKS_LIKE, '"' },
	{ 0x2028, 0x2029, BLANK, 0 },
	{ 0x202a, 0x202e, ZERO_WIDTH, 0 },
	{ 0x202f, 0x202f, BLANK, 0 },
	{ 0x2039, 0x2039, LOOKS_LIKE, '"' },
	{ 0x203a, 0x203a, LOOKS_LIKE, '"' },
	{ 0x205f, 0x205f, BLANK, 0 },
	{ 0x2060, 0x206f, ZERO_WIDTH, 0 },
	{ 0x3000, 0x3000, BLANK, 0 },
	{ 0x3002, 0x3002, LOOKS_LIKE, '.' }, /* RFC 5895 section 2 (4) */
	{ 0xfe00, 0xfe0f, ZERO_WIDTH, 0 },
	{ 0xfeff, 0xfeff, ZERO_WIDTH, 0 },
	{ 0xff01, 0xff5e, LOOKS_LIKE, '!' }, /* full width, in ASCII's order */
	{ 0xff61, 0xff61, LOOKS_LIKE, '.' },
	{ 0xe0000, 0xe007f, ZERO_WIDTH, 0 },
};

struct cleaning {
	struct arena *arena;
	struct str rest;
	const char *piece[PIECES_MAX];
	size_t npieces;
	unsigned int unseen; /* invisible characters */
	bool quotes, brackets, blanks, marks, dot, capitals, lookalikes;
	bool url;
};

/* Notes what is taken away, in quotation marks. */
static void
note(struct cleaning *c, struct str taken)
{
	bool cut = taken.len > SHOWN_MAX;

	if (taken.len == 0 || c->npieces == PIECES_MAX)
		return;
	c->piece[c->npieces++] = arena_printf(c->arena, "\"%s%s\"",
	    readable(c->arena, str_slice(taken, 0, SHOWN_MAX)),
	    cut ? "..." : "");
}

/* Takes the first `n` octets off the front, and says so. */
static void
take_front(struct cleaning *c, size_t n)
{
	note(c, str_slice(c->rest, 0, n));
	c->rest = str_slice(c->rest, n, c->rest.len);
}

static void
take_back(struct cleaning *c, size_t keep)
{
	note(c, str_slice(c->rest, keep, c->rest.len));
	c->rest = str_slice(c->rest, 0, keep);
}

/* The row of strange[] for a character; COUNT(strange): it is as it looks. */
static size_t
strange_row(uint32_t c)
{
	for (size_t i = 0; i < COUNT(strange); i++)
		if (c >= strange[i].from && c <= strange[i].to)
			return i;
	return COUNT(strange);
}

/*
 * A joiner is a letter of some scripts (RFC 5892 appendix A); beside ASCII it
 * is an accident.
 */
static bool
joins_letters(struct str before, struct str after)
{
	return before.len > 0 && after.len > 0 &&
	    (before.p[before.len - 1] & 0x80) != 0 && (after.p[0] & 0x80) != 0;
}

/* Gives what to write for a strange character: 0 for nothing. */
static char
replace(
    struct cleaning *c, size_t row, uint32_t character, enum invisible *what)
{
	*what = strange[row].what;
	if (*what == LOOKS_LIKE) {
		c->lookalikes = true;
		return (char)(strange[row].ascii +
		    (char)(character - strange[row].from));
	}
	c->unseen++;
	return *what == BLANK ? ' ' : 0;
}

/* Every character becomes what it looks like; what cannot be seen goes. */
static void
plain_characters(struct cleaning *c)
{
	char *text = arena_alloc(c->arena, c->rest.len + 1);
	struct str in = c->rest;
	size_t len = 0;

	while (in.len > 0) {
		uint32_t character = 0;
		size_t n = utf8_read(in, &character);
		size_t row = n > 1 ? strange_row(character) : COUNT(strange);
		enum invisible what = LOOKS_LIKE;
		char instead = 0;

		if (n == 0)
			n = 1;
		if (row != COUNT(strange) && strange[row].what == JOINER &&
		    joins_letters(
			(struct str){ text, len }, str_slice(in, n, in.len)))
			row = COUNT(strange);
		if (row == COUNT(strange)) {
			memcpy(text + len, in.p, n);
			len += n;
		} else if ((instead = replace(c, row, character, &what)) != 0) {
			text[len++] = instead;
		}
		in = str_slice(in, n, in.len);
	}
	c->rest = (struct str){ text, len };
}

/* Is this an octet that belongs to the wrapping?  Says which kind. */
static bool *
wrapping(struct cleaning *c, char octet, bool at_end)
{
	if (octet == 0)
		return NULL;
	if (strchr(" \t\r\n\v\f", octet) != NULL)
		return &c->blanks;
	if (strchr("\"'`", octet) != NULL)
		return &c->quotes;
	if (strchr("<>()[]{}", octet) != NULL)
		return &c->brackets;
	if (at_end && strchr(",;:", octet) != NULL)
		return &c->marks;
	return NULL;
}

/* Quotation marks, brackets, blanks at both ends, and commas behind. */
static void
unwrap(struct cleaning *c)
{
	bool *kind;

	while (c->rest.len > 0 &&
	    (kind = wrapping(c, c->rest.p[0], false)) != NULL) {
		*kind = true;
		c->rest = str_slice(c->rest, 1, c->rest.len);
	}
	while (c->rest.len > 0 &&
	    (kind = wrapping(c, c->rest.p[c->rest.len - 1], true)) != NULL) {
		*kind = true;
		c->rest.len--;
	}
}

/* Position of the last octet `c`, or s.len where there is none. */
static size_t
find_last(struct str s, char c)
{
	for (size_t i = s.len; i > 0; i--)
		if (s.p[i - 1] == c)
			return i - 1;
	return s.len;
}

/* "Someone <a@example.org>": what counts is in the brackets. */
static void
take_display_name(struct cleaning *c)
{
	size_t open = find_last(c->rest, '<');
	size_t close;

	if (open == c->rest.len || str_find(c->rest, '<') != open)
		return;
	close = open + str_find(str_slice(c->rest, open, c->rest.len), '>');
	note(c, str_trim(str_slice(c->rest, 0, open)));
	if (close < c->rest.len)
		note(c, str_trim(str_slice(c->rest, close + 1, c->rest.len)));
	c->brackets = true;
	c->rest = str_slice(c->rest, open + 1, close);
	unwrap(c);
}

/* The length of "https://" or "//" at the front, 0 without; RFC 3986 3.1. */
static size_t
scheme_length(struct str s)
{
	size_t i = 0;

	if (s.len > 0 && is_alpha(s.p[0]))
		while (i < s.len &&
		    (is_alnum(s.p[i]) || strchr("+-.", s.p[i]) != NULL))
			i++;
	if (i > 0) {
		if (i == s.len || s.p[i] != ':')
			return 0;
		i++;
	}
	return s.len >= i + 2 && s.p[i] == '/' && s.p[i + 1] == '/' ? i + 2 : 0;
}

/* Where the path, query or fragment begins; s.len without. */
static size_t
path_start(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.p[i] != 0 && strchr("/?#\\", s.p[i]) != NULL)
			return i;
	return s.len;
}

/* Everything up to the last '@': a person, or a login in a web address. */
static void
take_person(struct cleaning *c)
{
	size_t at = find_last(c->rest, '@');

	if (at == c->rest.len || (at > 0 && c->rest.p[at - 1] == '/') ||
	    str_find(c->rest, '@') != at) /* two people: whose domain? */
		return;
	take_front(c, at + 1);
}

/* ":25" behind a name or a bracket; an IPv6 address has more colons. */
static void
take_port(struct cleaning *c)
{
	size_t colon = find_last(c->rest, ':');
	struct str digits = str_slice(c->rest, colon + 1, c->rest.len);
	uint64_t port;

	if (colon == c->rest.len || !str_number(digits, UINT16_MAX, &port))
		return;
	if (str_find(c->rest, ':') == colon ||
	    (colon > 0 && c->rest.p[colon - 1] == ']'))
		take_back(c, colon);
}

/* What a browser's address line or a mail program put around the name. */
static void
take_address_parts(struct cleaning *c)
{
	size_t scheme = scheme_length(c->rest);
	size_t path;

	if (scheme > 0) {
		c->url = true;
		take_front(c, scheme);
		take_back(c, path_start(c->rest));
		take_person(c);
	} else if (str_starts_nocase(c->rest, "mailto:")) {
		take_front(c, strlen("mailto:"));
		take_back(c, str_find(c->rest, '?'));
		take_person(c);
	} else {
		take_person(c);
		path = path_start(c->rest);
		c->url = path < c->rest.len;
		take_back(c, path);
	}
	take_port(c);
	unwrap(c);
}

/* A web server's name; the mail domain is the one above it. */
static void
take_www(struct cleaning *c)
{
	struct str above = str_slice(c->rest, strlen("www."), c->rest.len);

	if (c->url && str_starts_nocase(c->rest, "www.") &&
	    str_find(above, '.') < above.len)
		take_front(c, strlen("www."));
}

static void
take_last_dot(struct cleaning *c)
{
	size_t len = c->rest.len;

	c->dot =
	    len > 1 && c->rest.p[len - 1] == '.' && c->rest.p[len - 2] != '.';
	if (c->dot)
		c->rest.len--;
}

/* Adds one to the pieces: a translated phrase. */
static void
note_phrase(struct cleaning *c, bool wanted, const char *phrase)
{
	if (wanted && c->npieces < PIECES_MAX)
		c->piece[c->npieces++] = phrase;
}

/* "a", "a and b", "a, b and c" */
static const char *
list_pieces(struct cleaning *c)
{
	const char *list = c->piece[0];

	for (size_t i = 1; i < c->npieces; i++)
		list = arena_printf(c->arena,
		    i + 1 < c->npieces ? "%s, %s" : _("%s and %s"), list,
		    c->piece[i]);
	return list;
}

static const char *
add_sentence(struct cleaning *c, const char *told, const char *more)
{
	return told == NULL ? more
			    : arena_printf(c->arena, "%s %s", told, more);
}

/* All that was cleaned away, in one breath. */
static const char *
tell(struct cleaning *c)
{
	const char *told = NULL;

	note_phrase(c, c->quotes, _("quotation marks"));
	note_phrase(c, c->brackets, _("brackets"));
	note_phrase(c, c->marks, _("punctuation"));
	note_phrase(c, c->blanks, _("blanks"));
	note_phrase(c, c->dot, _("the dot at the end"));
	if (c->unseen > 0)
		note_phrase(c, true,
		    arena_printf(c->arena,
			PLURAL("%u invisible character",
			    "%u invisible characters", c->unseen),
			c->unseen));
	if (c->npieces > 0)
		told = arena_printf(c->arena, _("Removed %s."), list_pieces(c));
	if (c->lookalikes)
		told = add_sentence(
		    c, told, _("Typographic characters are now plain ones."));
	if (c->capitals)
		told =
		    add_sentence(c, told, _("Capitals are now small letters."));
	return told;
}

static bool
has_capitals(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.p[i] >= 'A' && s.p[i] <= 'Z')
			return true;
	return false;
}

void
paste_clean(struct arena *arena, struct str typed, struct paste *out)
{
	struct cleaning c = { .arena = arena, .rest = typed };

	plain_characters(&c);
	unwrap(&c);
	take_display_name(&c);
	take_address_parts(&c);
	take_www(&c);
	take_last_dot(&c);
	c.capitals = has_capitals(c.rest);
	out->surprising = c.npieces > 0 || c.unseen > 0 || c.lookalikes ||
	    c.quotes || c.brackets || c.marks;
	out->removed = tell(&c);
	out->rest = c.rest;
}
