/* Macros: RFC 7208 section 7. */
#include "spf_macro.h"

#include <string.h>

#include "base/i18n.h"

#define MACRO_LETTERS	 "slodiphcrtv"
#define MACRO_DELIMITERS ".-+,/_="

/* One piece of a macro-string: literal octets, or one macro-expand. */
struct piece {
	struct str text; /* as written; or the octets at fault */
	char letter; /* s, l...; '%', '_' or '-'; 0: literal */
	bool escape; /* the letter was a capital; section 7.3 */
	bool reverse;
	size_t keep; /* right-hand parts; 0: all */
	struct str delimiters; /* len 0: a dot */
};

/* Text that grows.  Beyond the limit the first or the last octets stay. */
struct buffer {
	struct arena *arena;
	char *p;
	size_t len;
	size_t room;
	bool keep_first;
};

static bool
is_one_of(const char *set, char c)
{
	return c != '\0' && strchr(set, c) != NULL;
}

/*
 *	transformers     = *DIGIT [ "r" ]
 *	delimiter        = "." / "-" / "+" / "," / "/" / "_" / "="
 *
 * The number must not be zero; section 7.3.
 */
static const char *
read_transformers(struct str *rest, struct piece *out)
{
	size_t digits = 0;
	size_t n = 0;

	while (digits < rest->len && is_digit(rest->p[digits])) {
		if (n <= SPF_EXPANDED_MAX)
			n = n * 10 + (size_t)(rest->p[digits] - '0');
		digits++;
	}
	*rest = str_slice(*rest, digits, rest->len);
	if (digits > 0 && n == 0)
		return _("the number in a macro must be 1 or more");
	out->keep = n;
	if (rest->len > 0 && to_lower(rest->p[0]) == 'r') {
		out->reverse = true;
		*rest = str_slice(*rest, 1, rest->len);
	}

	out->delimiters = str_slice(*rest, 0, 0);
	while (out->delimiters.len < rest->len &&
	    is_one_of(MACRO_DELIMITERS, rest->p[out->delimiters.len]))
		out->delimiters.len++;
	*rest = str_slice(*rest, out->delimiters.len, rest->len);
	return NULL;
}

/*
 *	macro-expand     = ( "%{" macro-letter transformers *delimiter "}" )
 *			   / "%%" / "%_" / "%-"
 *	macro-letter     = "s" / "l" / "o" / "d" / "i" / "p" / "h" /
 *			   "c" / "r" / "t" / "v"
 */
static const char *
read_macro(struct str *rest, enum spf_macro_place place, struct piece *out)
{
	const char *problem;

	*rest = str_slice(*rest, 1, rest->len);
	if (rest->len > 0 && is_one_of("%_-", rest->p[0])) {
		out->letter = rest->p[0];
		*rest = str_slice(*rest, 1, rest->len);
		return NULL;
	}
	if (!str_skip(rest, "{"))
		return _("a % must be followed by {, %, _ or -");
	if (rest->len == 0)
		return _("a macro needs a closing brace");

	out->letter = to_lower(rest->p[0]);
	out->escape = out->letter != rest->p[0];
	*rest = str_slice(*rest, 1, rest->len);
	if (!is_one_of(MACRO_LETTERS, out->letter))
		return _("there is no macro with this letter");
	if (place == SPF_IN_TERM && is_one_of("crt", out->letter))
		return _("the macros c, r and t work only in the text that "
			 "exp= leads to");
	problem = read_transformers(rest, out);
	if (problem != NULL)
		return problem;
	return str_skip(rest, "}") ? NULL : _("a macro needs a closing brace");
}

/*
 *	explain-string   = *( macro-string / SP )
 *	macro-literal    = %x21-24 / %x26-7E
 */
static bool
is_literal(char c, enum spf_macro_place place)
{
	if (c == ' ')
		return place == SPF_IN_EXPLANATION;
	return c >= '!' && c <= '~' && c != '%';
}

/*
 *	macro-string     = *( macro-expand / macro-literal )
 *
 * Takes one piece off the front of `rest`, which is not empty.
 */
static const char *
read_piece(struct str *rest, enum spf_macro_place place, struct piece *out)
{
	struct str start = *rest;
	const char *problem = NULL;
	size_t n = 0;

	*out = (struct piece){ .letter = '\0' };
	if (rest->p[0] == '%') {
		problem = read_macro(rest, place, out);
	} else {
		while (n < rest->len && is_literal(rest->p[n], place))
			n++;
		if (n == 0) {
			n = 1;
			problem = _("only plain ASCII letters, digits and "
				    "signs may stand here");
		}
		*rest = str_slice(*rest, n, rest->len);
	}
	out->text = str_slice(start, 0, start.len - rest->len);
	return problem;
}

static struct span
span_in(struct str whole, struct str part)
{
	size_t from = whole.len == 0 ? 0 : (size_t)(part.p - whole.p);

	return (struct span){ from, from + part.len };
}

const char *
spf_macro_problem(
    struct str text, enum spf_macro_place place, struct span *fault)
{
	struct str rest = text;
	struct piece piece;

	while (rest.len > 0) {
		const char *problem = read_piece(&rest, place, &piece);

		if (problem != NULL) {
			*fault = span_in(text, piece.text);
			return problem;
		}
	}
	return NULL;
}

/*
 *	toplabel         = ( *alphanum ALPHA *alphanum ) /
 *			   ( 1*alphanum "-" *( alphanum / "-" ) alphanum )
 */
static bool
is_toplabel(struct str label)
{
	bool digits_only = true;

	if (label.len == 0 || label.p[0] == '-' ||
	    label.p[label.len - 1] == '-')
		return false;
	for (size_t i = 0; i < label.len; i++) {
		if (!is_alnum(label.p[i]) && label.p[i] != '-')
			return false;
		if (!is_digit(label.p[i]))
			digits_only = false;
	}
	return !digits_only;
}

/*
 *	domain-end       = ( "." toplabel [ "." ] ) / macro-expand
 *
 * `tail` is what stands behind the last macro-expand, not empty.
 */
static bool
is_domain_end(struct str tail)
{
	size_t dot;

	if (tail.p[tail.len - 1] == '.')
		tail.len--;
	dot = tail.len;
	while (dot > 0 && tail.p[dot - 1] != '.')
		dot--;
	return dot > 0 && is_toplabel(str_slice(tail, dot, tail.len));
}

/*	domain-spec      = macro-string domain-end */
const char *
spf_domain_problem(struct str text, struct span *fault)
{
	struct str rest = text;
	struct str tail = text;
	struct piece piece;

	*fault = (struct span){ 0, text.len };
	if (text.len == 0)
		return _("a domain name is missing here");
	while (rest.len > 0) {
		const char *problem = read_piece(&rest, SPF_IN_TERM, &piece);

		if (problem != NULL) {
			*fault = span_in(text, piece.text);
			return problem;
		}
		if (piece.letter != '\0')
			tail = rest;
	}
	if (tail.len == 0 || is_domain_end(tail))
		return NULL;
	*fault = span_in(text, tail);
	return _("a domain name must end in a dot and a top-level domain such "
		 "as .org");
}

bool
spf_macro_uses(struct str text, const char *letters)
{
	struct piece piece;

	while (text.len > 0) {
		if (read_piece(&text, SPF_IN_EXPLANATION, &piece) != NULL)
			return false;
		if (is_one_of(letters, piece.letter))
			return true;
	}
	return false;
}

static void
put(struct buffer *out, char c)
{
	if (out->len == out->room && out->room == 2 * SPF_EXPANDED_MAX) {
		memmove(out->p, out->p + SPF_EXPANDED_MAX, SPF_EXPANDED_MAX);
		out->len = SPF_EXPANDED_MAX;
	} else if (out->len == out->room) {
		size_t room = out->room == 0 ? 256 : out->room * 2;
		char *bigger = arena_alloc(out->arena, room);

		if (out->len > 0)
			memcpy(bigger, out->p, out->len);
		out->p = bigger;
		out->room = room;
	}
	if (!out->keep_first || out->len < SPF_EXPANDED_MAX)
		out->p[out->len++] = c;
}

/* URL escaping: all but the unreserved set of RFC 3986 section 2.3. */
static void
put_value(struct buffer *out, struct str value, bool escape)
{
	static const char hex[] = "0123456789ABCDEF";

	for (size_t i = 0; i < value.len; i++) {
		char c = value.p[i];

		if (!escape || is_alnum(c) || is_one_of("-._~", c)) {
			put(out, c);
			continue;
		}
		put(out, '%');
		put(out, hex[(unsigned char)c >> 4]);
		put(out, hex[(unsigned char)c & 15]);
	}
}

static bool
is_delimiter(const struct piece *macro, char c)
{
	if (macro->delimiters.len == 0)
		return c == '.';
	return memchr(macro->delimiters.p, c, macro->delimiters.len) != NULL;
}

/* The last `keep` parts, joined with dots; section 7.3. */
static void
put_parts(struct buffer *out, struct str value, const struct piece *macro,
    size_t keep)
{
	size_t i = value.len;

	while (i > 0 && !(is_delimiter(macro, value.p[i - 1]) && --keep == 0))
		i--;
	for (; i < value.len; i++) {
		if (is_delimiter(macro, value.p[i]))
			put(out, '.');
		else
			put_value(
			    out, str_slice(value, i, i + 1), macro->escape);
	}
}

/* The same turned round: the last ones are then the first of the value. */
static void
put_parts_reversed(struct buffer *out, struct str value,
    const struct piece *macro, size_t keep)
{
	size_t end = 0;

	while (end < value.len &&
	    !(is_delimiter(macro, value.p[end]) && --keep == 0))
		end++;
	for (size_t i = end; i > 0; i--) {
		if (!is_delimiter(macro, value.p[i - 1]))
			continue;
		put_value(out, str_slice(value, i, end), macro->escape);
		put(out, '.');
		end = i - 1;
	}
	put_value(out, str_slice(value, 0, end), macro->escape);
}

/* %{i} is made for %{ir}: an IPv6 address as its 32 digits; section 7.3. */
static const char *
dotted_ip(struct arena *arena, struct ip ip)
{
	static const char hex[] = "0123456789abcdef";
	char text[32 * 2];

	if (ip.family != IP_V6)
		return ip_print(arena, ip);
	for (size_t i = 0; i < 16; i++) {
		text[i * 4] = hex[ip.octets[i] >> 4];
		text[i * 4 + 1] = '.';
		text[i * 4 + 2] = hex[ip.octets[i] & 15];
		text[i * 4 + 3] = '.';
	}
	return arena_memdup(arena, text, sizeof(text) - 1);
}

/* Section 7.2. */
static struct str
value_of(struct arena *arena, char letter, const struct spf_macros *macros)
{
	switch (letter) {
	case 's':
		return macros->sender;
	case 'l':
		return macros->local;
	case 'o':
		return macros->sender_domain;
	case 'd':
		return macros->domain;
	case 'i':
		return str_of(dotted_ip(arena, macros->ip));
	case 'p':
		return macros->validated;
	case 'v':
		return str_of(macros->ip.family == IP_V6 ? "ip6" : "in-addr");
	case 'h':
		return macros->helo;
	case 'c':
		return str_of(ip_print(arena, macros->ip));
	case 'r':
		return macros->receiver;
	case 't':
		return str_of(
		    arena_printf(arena, "%lld", (long long)macros->now));
	default:
		return str_of("");
	}
}

/* "%%", "%_" and "%-" stand for themselves; section 7.1. */
static void
put_macro(struct buffer *out, const struct piece *macro,
    const struct spf_macros *macros)
{
	struct str value = value_of(out->arena, macro->letter, macros);
	size_t keep = macro->keep == 0 ? SIZE_MAX : macro->keep;

	if (macro->letter == '%')
		put(out, '%');
	else if (macro->letter == '_')
		put(out, ' ');
	else if (macro->letter == '-')
		put_value(out, str_of("%20"), false);
	else if (macro->reverse)
		put_parts_reversed(out, value, macro, keep);
	else if (macro->keep > 0 || macro->delimiters.len > 0)
		put_parts(out, value, macro, keep);
	else
		put_value(out, value, macro->escape);
}

struct str
spf_macro_expand(struct arena *arena, struct str text,
    enum spf_macro_place place, const struct spf_macros *macros)
{
	struct buffer out = { .arena = arena,
		.keep_first = place == SPF_IN_EXPLANATION };
	struct piece piece;

	while (text.len > 0 && read_piece(&text, place, &piece) == NULL) {
		if (piece.letter == '\0')
			put_value(&out, piece.text, false);
		else
			put_macro(&out, &piece, macros);
	}
	return (struct str){ out.p, out.len };
}

struct str
spf_macro_name(
    struct arena *arena, struct str text, const struct spf_macros *macros)
{
	struct str name = spf_macro_expand(arena, text, SPF_IN_TERM, macros);

	if (name.len > 0 && name.p[name.len - 1] == '.')
		name.len--;
	while (name.len > SPF_NAME_MAX && str_find(name, '.') < name.len)
		str_word(&name, '.');
	return name;
}
