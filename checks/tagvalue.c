/* Lists of tags. */
#include "tagvalue.h"

#include "base/i18n.h"
#include "base/printable.h"
#include "base/utf8.h"

#define SHOWN_MAX 40 /* octets of a name in a sentence */

bool
is_tag_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct str
tag_trim(struct str text)
{
	while (text.len > 0 && is_tag_blank(text.p[0]))
		text = str_slice(text, 1, text.len);
	while (text.len > 0 && is_tag_blank(text.p[text.len - 1]))
		text.len--;
	return text;
}

bool
tag_next(struct str *rest, char separator, bool *more, struct str *out)
{
	size_t end;

	if (!*more)
		return false;
	end = str_find(*rest, separator);
	*out = tag_trim(str_slice(*rest, 0, end));
	*more = end < rest->len;
	*rest = str_slice(*rest, end + 1, rest->len);
	return true;
}

const struct tag *
tag_find(const struct tag_list *list, const char *name)
{
	for (size_t i = 0; i < list->n; i++)
		if (str_equal(list->tags[i].name, str_of(name)))
			return &list->tags[i];
	return NULL;
}

/* Where a slice of the text lies in it. */
static struct span
place(struct str text, struct str part)
{
	size_t from = (size_t)(part.p - text.p);

	return (struct span){ from, from + part.len };
}

static void
complain_at(struct tag_list *list, struct span at, const char *problem)
{
	list->problem = problem;
	list->fault = at;
}

static const char *
shown(struct arena *arena, struct str name)
{
	return printable(arena, str_slice(name, 0, SHOWN_MAX));
}

/* tag-name = ALPHA *ALNUMPUNC */
static bool
is_tag_name(struct str name)
{
	if (name.len == 0 || !is_alpha(name.p[0]))
		return false;
	for (size_t i = 1; i < name.len; i++)
		if (!is_alnum(name.p[i]) && name.p[i] != '_')
			return false;
	return true;
}

/*
 * tag-value = [ tval *( 1*(WSP / FWS) tval ) ]
 *
 * Beyond that, characters of UTF-8, as section 3.2 advises and RFC 8616
 * section 5 has it for signatures.  Gives the octets that are sound.
 */
static size_t
sound_octets(struct str value)
{
	size_t i = 0;

	while (i < value.len) {
		unsigned char c = (unsigned char)value.p[i];
		uint32_t character;
		size_t n = 1;

		if (c >= 0x80)
			n = utf8_read(
			    str_slice(value, i, value.len), &character);
		else if ((c <= ' ' && !is_tag_blank((char)c)) || c == 0x7f)
			n = 0;
		if (n == 0)
			break;
		i += n;
	}
	return i;
}

static void
check_tag(struct arena *arena, struct tag_list *list, struct str text,
    const struct tag *tag)
{
	size_t sound = sound_octets(tag->value);
	struct span name = place(text, tag->name);

	if (!is_tag_name(tag->name)) {
		complain_at(list, name,
		    arena_printf(arena, _("\"%s\" is not the name of a tag"),
			shown(arena, tag->name)));
	} else if (sound < tag->value.len) {
		struct span value = place(text, tag->value);

		complain_at(list,
		    (struct span){ value.from + sound, value.from + sound + 1 },
		    arena_printf(arena,
			_("the tag %s= holds a character that is not allowed"),
			shown(arena, tag->name)));
	} else {
		for (size_t i = 0; i < list->n; i++)
			if (str_equal(list->tags[i].name, tag->name))
				complain_at(list, tag->at,
				    arena_printf(arena,
					_("the tag %s= stands there twice"),
					shown(arena, tag->name)));
	}
}

/* tag-spec = [FWS] tag-name [FWS] "=" [FWS] tag-value [FWS] */
static void
read_tag(struct arena *arena, struct tag_list *list, struct str text,
    struct str spec)
{
	struct str trimmed = tag_trim(spec);
	size_t sign = str_find(spec, '=');
	struct tag tag = { .at = place(text, trimmed) };

	if (trimmed.len == 0) {
		complain_at(list, place(text, spec),
		    _("there is nothing between two semicolons"));
		return;
	}
	if (sign == spec.len) {
		complain_at(list, tag.at,
		    arena_printf(arena, _("\"%s\" has no \"=\""),
			shown(arena, trimmed)));
		return;
	}
	tag.name = tag_trim(str_slice(spec, 0, sign));
	tag.room = place(text, str_slice(spec, sign + 1, spec.len));
	tag.value = tag_trim(str_slice(spec, sign + 1, spec.len));
	check_tag(arena, list, text, &tag);
	if (list->problem == NULL && list->n == TAG_LIST_MAX)
		complain_at(list, tag.at, _("it has too many tags"));
	if (list->problem != NULL)
		return;
	list->tags =
	    arena_grow(arena, list->tags, list->n, sizeof(*list->tags));
	list->tags[list->n++] = tag;
}

/* tag-list = tag-spec *( ";" tag-spec ) [ ";" ] */
void
tag_list_read(struct arena *arena, struct str text, struct tag_list *out)
{
	size_t from = 0;

	*out = (struct tag_list){ 0 };
	if (tag_trim(text).len == 0) {
		complain_at(
		    out, (struct span){ 0, text.len }, _("it is empty"));
		return;
	}
	while (out->problem == NULL) {
		struct str rest = str_slice(text, from, text.len);
		size_t end = str_find(rest, ';');

		/* White space behind the last semicolon does no harm. */
		if (from > 0 && tag_trim(rest).len == 0)
			break;
		read_tag(arena, out, text, str_slice(rest, 0, end));
		if (end == rest.len)
			break;
		from += end + 1;
	}
}

static int
base64_digit(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (is_digit(c))
		return c - '0' + 52;
	if (c == '+')
		return 62;
	return c == '/' ? 63 : -1;
}

static const char *
length_problem(
    size_t digits, size_t padding, struct str text, struct span *fault)
{
	*fault = (struct span){ 0, text.len };
	if (digits == 0)
		return _("there is no base64 in it");
	if (digits % 4 == 1 || (digits + padding) % 4 != 0 || padding > 2)
		return _("the base64 ends in the middle: characters are "
			 "missing or one too many");
	return NULL;
}

const char *
base64_read(
    struct arena *arena, struct str text, struct str *out, struct span *fault)
{
	char *octets = arena_alloc(arena, text.len / 4 * 3 + 3);
	size_t digits = 0, padding = 0, len = 0;
	unsigned int bits = 0;
	const char *problem;

	for (size_t i = 0; i < text.len; i++) {
		int digit = base64_digit(text.p[i]);

		if (is_tag_blank(text.p[i]))
			continue;
		if (text.p[i] == '=') {
			padding++;
			continue;
		}
		*fault = (struct span){ i, i + 1 };
		if (digit < 0)
			return arena_printf(arena,
			    _("the character \"%s\" does not belong in base64"),
			    printable(arena, (struct str){ text.p + i, 1 }));
		if (padding > 0)
			return _(
			    "the base64 goes on behind its end, the \"=\"");
		bits = (bits << 6 | (unsigned int)digit) & 0xffffff;
		if (++digits % 4 != 1)
			octets[len++] =
			    (char)(bits >> (6 - 2 * ((digits - 1) % 4)));
	}
	problem = length_problem(digits, padding, text, fault);
	if (problem == NULL)
		*out = (struct str){ octets, len };
	return problem;
}

static int
hex_digit(char c)
{
	if (is_digit(c))
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

struct str
tag_unquote(struct arena *arena, struct str text)
{
	char *octets = arena_alloc(arena, text.len);
	size_t len = 0;

	for (size_t i = 0; i < text.len; i++) {
		int high = i + 2 < text.len ? hex_digit(text.p[i + 1]) : -1;
		int low = i + 2 < text.len ? hex_digit(text.p[i + 2]) : -1;

		if (is_tag_blank(text.p[i]))
			continue;
		if (text.p[i] == '=' && high >= 0 && low >= 0) {
			octets[len++] = (char)(high * 16 + low);
			i += 2;
		} else {
			octets[len++] = text.p[i];
		}
	}
	return (struct str){ octets, len };
}

char *
base64_write(struct arena *arena, struct str octets)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	char *text = arena_alloc(arena, (octets.len + 2) / 3 * 4 + 1);
	size_t n = 0;

	for (size_t i = 0; i < octets.len; i += 3) {
		uint32_t three = 0;

		for (size_t k = i; k < i + 3; k++)
			three = three << 8 |
			    (k < octets.len ? (unsigned char)octets.p[k] : 0);
		for (size_t k = 0; k < 4; k++)
			text[n++] = i + k > octets.len
			    ? '='
			    : digits[three >> (18 - 6 * k) & 63];
	}
	return text;
}
