/* Text that was meant as an SPF record. */
#include "spf_clean.h"

#include "base/i18n.h"
#include "base/utf8.h"
#include "spf.h"

#define VERSION	    "v=spf1"
#define VERSION_LEN 6
#define JUNK_WORDS  6 /* "@ 3600 IN TXT" in front of the record */
#define CLEAN_MAX   8192 /* octets of a text looked at */

enum mark { MARK_PLAIN, MARK_BLANK, MARK_NOTHING, MARK_QUOTE, MARK_OTHER };

/* What typing and pasting make of plain characters. */
static const struct {
	uint32_t from, to; /* code points */
	enum mark mark;
	char plain; /* what was meant; 0: nothing */
} marks[] = {
	{ 0x01, 0x20, MARK_BLANK, ' ' }, /* controls and the blank */
	{ '"', '"', MARK_QUOTE, 0 },
	{ '\'', '\'', MARK_QUOTE, 0 },
	{ '`', '`', MARK_QUOTE, 0 },
	{ '\\', '\\', MARK_QUOTE, 0 }, /* an escape that was not meant */
	{ 0x7f, 0x9f, MARK_NOTHING, 0 },
	{ 0xa0, 0xa0, MARK_BLANK, ' ' }, /* no-break space */
	{ 0xab, 0xab, MARK_QUOTE, 0 },
	{ 0xad, 0xad, MARK_NOTHING, 0 }, /* soft hyphen */
	{ 0xb4, 0xb4, MARK_QUOTE, 0 },
	{ 0xbb, 0xbb, MARK_QUOTE, 0 },
	{ 0x2dc, 0x2dc, MARK_OTHER, '~' },
	{ 0x2000, 0x200a, MARK_BLANK, ' ' },
	{ 0x200b, 0x200f, MARK_NOTHING, 0 }, /* zero width, direction */
	{ 0x2010, 0x2015, MARK_OTHER, '-' }, /* hyphens and dashes */
	{ 0x2018, 0x201f, MARK_QUOTE, 0 },
	{ 0x2028, 0x2029, MARK_BLANK, ' ' },
	{ 0x202a, 0x202e, MARK_NOTHING, 0 },
	{ 0x202f, 0x202f, MARK_BLANK, ' ' },
	{ 0x2032, 0x2036, MARK_QUOTE, 0 },
	{ 0x2039, 0x203a, MARK_QUOTE, 0 },
	{ 0x2044, 0x2044, MARK_OTHER, '/' },
	{ 0x205f, 0x205f, MARK_BLANK, ' ' },
	{ 0x2060, 0x206f, MARK_NOTHING, 0 },
	{ 0x2212, 0x2212, MARK_OTHER, '-' }, /* minus sign */
	{ 0x2215, 0x2215, MARK_OTHER, '/' },
	{ 0x223c, 0x223c, MARK_OTHER, '~' },
	{ 0x3000, 0x3000, MARK_BLANK, ' ' },
	{ 0xfe58, 0xfe58, MARK_OTHER, '-' },
	{ 0xfe63, 0xfe63, MARK_OTHER, '-' },
	{ 0xfeff, 0xfeff, MARK_NOTHING, 0 }, /* byte order mark */
	{ 0xff02, 0xff02, MARK_QUOTE, 0 },
	{ 0xff07, 0xff07, MARK_QUOTE, 0 },
};

/* The same in Windows code page 1252, where the text is no UTF-8. */
static const struct {
	unsigned char octet;
	enum mark mark;
	char plain;
} marks_1252[] = {
	{ 0x91, MARK_QUOTE, 0 },
	{ 0x92, MARK_QUOTE, 0 },
	{ 0x93, MARK_QUOTE, 0 },
	{ 0x94, MARK_QUOTE, 0 },
	{ 0x96, MARK_OTHER, '-' },
	{ 0x97, MARK_OTHER, '-' },
	{ 0x98, MARK_OTHER, '~' },
	{ 0xa0, MARK_BLANK, ' ' },
	{ 0xab, MARK_QUOTE, 0 },
	{ 0xad, MARK_NOTHING, 0 },
	{ 0xbb, MARK_QUOTE, 0 },
};

/* One character: what it is, what it stands for, and how long it is. */
struct character {
	uint32_t code;
	enum mark mark;
	char plain;
	size_t len;
};

static struct character
look_up(uint32_t code, size_t len)
{
	struct character c = { .code = code, .len = len };

	for (size_t i = 0; i < COUNT(marks); i++)
		if (code >= marks[i].from && code <= marks[i].to) {
			c.mark = marks[i].mark;
			c.plain = marks[i].plain;
			return c;
		}
	if (code >= 0xff01 && code <= 0xff5e) { /* full width ASCII */
		c.mark = MARK_OTHER;
		c.plain = (char)(code - 0xff01 + '!');
	} else if (code < 0x80) {
		c.plain = (char)code;
	} else {
		c.mark = MARK_OTHER;
	}
	return c;
}

static struct character
read_character(struct str rest)
{
	uint32_t code = 0;
	size_t len = utf8_read(rest, &code);
	unsigned char octet = (unsigned char)rest.p[0];
	struct character c = { .code = octet, .mark = MARK_OTHER, .len = 1 };

	if (len > 0)
		return look_up(code, len);
	for (size_t i = 0; i < COUNT(marks_1252); i++)
		if (marks_1252[i].octet == octet) {
			c.mark = marks_1252[i].mark;
			c.plain = marks_1252[i].plain;
		}
	return c;
}

struct str
spf_plain(struct arena *arena, struct str raw)
{
	char *out;
	size_t n = 0;

	raw = str_slice(raw, 0, CLEAN_MAX);
	out = arena_alloc(arena, raw.len + 1);
	while (raw.len > 0) {
		struct character c = read_character(raw);

		/* "\\24" is a slash the wrong way round, not an escape */
		if (raw.p[0] == '\\' && raw.len > 1 && is_digit(raw.p[1]))
			c.plain = '/';
		if (c.plain != 0)
			out[n++] = c.plain;
		raw = str_slice(raw, c.len, raw.len);
	}
	return str_trim((struct str){ out, n });
}

static void
skip_any(struct str *rest, const char *signs)
{
	while (rest->len > 0 &&
	    str_find(str_of(signs), rest->p[0]) < str_of(signs).len)
		*rest = str_slice(*rest, 1, rest->len);
}

/* The letters of "spf", also in the orders that fingers make. */
static bool
skip_spf(struct str *rest)
{
	static const char *const words[] = { "spf", "sfp", "psf", "fps" };

	for (size_t i = 0; i < COUNT(words); i++)
		if (str_starts_nocase(*rest, words[i])) {
			*rest = str_slice(*rest, 3, rest->len);
			return true;
		}
	return false;
}

/*
 * "v=spf1" in any of the forms people give it, off the front.  Without the v
 * it takes the 1 and a blank, or every text about SPF would be a record.
 */
static bool
skip_version(struct str *rest)
{
	struct str s = *rest;
	bool has_v = str_starts_nocase(s, "v");
	bool has_1;

	if (has_v) {
		s = str_slice(s, 1, s.len);
		skip_any(&s, " =:-");
	}
	if (!skip_spf(&s))
		return false;
	skip_any(&s, has_v ? " -=" : "-");
	has_1 = s.len > 0 && is_digit(s.p[0]);
	while (s.len > 0 && is_digit(s.p[0]))
		s = str_slice(s, 1, s.len);
	if (str_starts_nocase(s, ".0/")) /* Sender ID, RFC 4406 */
		return false;
	if (!has_1 &&
	    (!has_v || s.len == rest->len || s.p[-1] != ' ')) /* "v=spf mx" */
		return false;
	if (!has_v && s.len > 0 && s.p[0] != ' ' && s.p[0] != ';')
		return false;
	skip_any(&s, ";,.:=");
	*rest = s;
	return true;
}

/* A word that a panel or a zone file has in front of the text. */
static bool
is_junk(struct str word)
{
	static const char *const words[] = { "@", "in", "txt",
		"txt:", "txt=", "spf",
		"spf:", "spf=", "value:", "record:", "value=", "host:" };

	for (size_t i = 0; i < COUNT(words); i++)
		if (str_equal_nocase(word, words[i]))
			return true;
	for (size_t i = 0; i < word.len; i++)
		if (!is_digit(word.p[i]) && word.p[word.len - 1] != '.')
			return false;
	return word.len > 0;
}

static bool
find_version(struct str *rest)
{
	struct str s = *rest;

	for (int i = 0; i < JUNK_WORDS; i++) {
		if (skip_version(&s)) {
			*rest = s;
			return true;
		}
		if (!is_junk(str_slice(s, 0, str_find(s, ' '))))
			return false;
		str_word(&s, ' ');
		s = str_trim(s);
	}
	return false;
}

static const char *
mark_phrase(struct arena *arena, const struct character *c, bool behind)
{
	bool ascii = c->code < 0x80;

	if (c->mark == MARK_QUOTE && ascii && !behind)
		return _("a quotation mark stands before it");
	if (c->mark == MARK_BLANK && ascii && !behind)
		return _("a blank stands before it");
	if (behind)
		return arena_printf(arena,
		    _("a character that is no plain blank stands behind "
		      "v=spf1 (U+%04X)"),
		    (unsigned int)c->code);
	if (c->mark == MARK_QUOTE)
		return arena_printf(arena,
		    _("a typographic quotation mark stands before it "
		      "(U+%04X)"),
		    (unsigned int)c->code);
	return arena_printf(arena,
	    _("an invisible or foreign character stands before it (U+%04X)"),
	    (unsigned int)c->code);
}

/* Octets of `raw` before its first letter or digit. */
static size_t
leading(struct str raw)
{
	size_t n = 0;

	while (n < raw.len && !is_alnum(raw.p[n]))
		n++;
	return n;
}

/* What is in the way of this text being a record? */
static void
name_slip(struct arena *arena, struct str raw, struct spf_clean *out)
{
	struct str rest;
	struct character c;
	bool behind = str_starts_nocase(raw, VERSION);
	size_t from = behind ? VERSION_LEN : 0;

	if (spf_is_record(raw))
		return;
	rest = str_slice(raw, from, raw.len);
	c = read_character(rest);
	if (c.mark != MARK_PLAIN) {
		out->slip = SPF_SLIP_MARK;
		out->why = mark_phrase(arena, &c, behind);
		out->at =
		    (struct span){ from, behind ? from + c.len : leading(raw) };
		return;
	}
	out->slip = SPF_SLIP_VERSION;
	out->why = _("a record begins with v=spf1 and a blank, exactly");
	out->at = (struct span){ 0, str_find(raw, ' ') };
}

bool
spf_clean(struct arena *arena, struct str raw, struct spf_clean *out)
{
	struct str rest = spf_plain(arena, raw);

	if (raw.len == 0 || !find_version(&rest))
		return false;
	*out = (struct spf_clean){ .terms = str_trim(rest) };
	name_slip(arena, raw, out);
	return true;
}
