/* The addresses reports are sent to. */
#include "dmarc_uri.h"

#include <string.h>

#include "base/i18n.h"
#include "base/printable.h"
#include "mailbox.h"

#define MAILTO "mailto:"

/* "!" 1*DIGIT [ "k" / "m" / "g" / "t" ]; gives its octets. */
static size_t
size_suffix(struct str text)
{
	size_t at = text.len;

	if (at > 0 && strchr("kmgt", to_lower(text.p[at - 1])) != NULL &&
	    is_alpha(text.p[at - 1]))
		at--;
	while (at > 0 && is_digit(text.p[at - 1]))
		at--;
	if (at == 0 || at == text.len || !is_digit(text.p[at]) ||
	    text.p[at - 1] != '!')
		return 0;
	return text.len - (at - 1);
}

/* Octets of RFC 3986 section 2; "%" with two digits behind it. */
static bool
is_uri_text(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.p[i];

		if (is_alnum(c) ||
		    (c != '\0' && strchr("-._~:/?#[]@$&'()*+;=", c) != NULL))
			continue;
		if (c != '%' || i + 2 >= text.len)
			return false;
		for (size_t k = i + 1; k <= i + 2; k++)
			if (!is_digit(text.p[k]) &&
			    (to_lower(text.p[k]) < 'a' ||
				to_lower(text.p[k]) > 'f'))
				return false;
	}
	return true;
}

/* scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." ), and ":"; its octets. */
static size_t
scheme_len(struct str text)
{
	size_t n = 0;

	while (n < text.len &&
	    (is_alnum(text.p[n]) ||
		(n > 0 && strchr("+-.", text.p[n]) != NULL &&
		    text.p[n] != '\0')))
		n++;
	return n < text.len && n > 0 && text.p[n] == ':' && is_alpha(text.p[0])
	    ? n + 1
	    : 0;
}

static int
hex(char c)
{
	return is_digit(c) ? c - '0' : to_lower(c) - 'a' + 10;
}

static struct str
percent_decode(struct arena *arena, struct str text)
{
	char *out = arena_alloc(arena, text.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		if (text.p[i] == '%' && i + 2 < text.len) {
			out[n++] = (char)(hex(text.p[i + 1]) * 16 +
			    hex(text.p[i + 2]));
			i += 2;
		} else {
			out[n++] = text.p[i];
		}
	return (struct str){ out, n };
}

static const char *
read_mailto(struct arena *arena, struct str text, struct dmarc_uri *uri)
{
	struct str address = percent_decode(
	    arena, str_slice(text, strlen(MAILTO), str_find(text, '?')));

	if (str_find(address, '@') == address.len || address.p[0] == '@')
		return _("there is no mail address behind mailto:");
	uri->domain = mailbox_domain(arena, address);
	if (uri->domain == NULL)
		return _("the domain of the address is none");
	uri->address = printable(arena, address);
	return NULL;
}

static const char *
read_uri(struct arena *arena, struct dmarc_uri *uri)
{
	struct str text = str_slice(uri->text, 0, uri->text.len);
	size_t scheme;

	uri->size_len = size_suffix(text);
	text.len -= uri->size_len;
	scheme = scheme_len(text);
	if (text.len == 0)
		return _("an address is missing");
	if (str_find(text, ' ') < text.len || str_find(text, '\t') < text.len)
		return _("there is a blank in it");
	if (scheme == 0)
		return str_find(text, '@') < text.len
		    ? _("mailto: is missing in front of the address")
		    : _("it is no address (mailto: and a mail address)");
	if (!is_uri_text(text))
		return _("it holds a character that must be encoded");
	if (str_starts_nocase(text, MAILTO))
		return read_mailto(arena, text, uri);
	return scheme == text.len ? _("it is cut off") : NULL;
}

void
dmarc_uris_read(struct arena *arena, struct str whole,
    const struct dmarc_tag *tag, struct dmarc_uris *out)
{
	struct str rest;
	bool more = tag != NULL && tag->value.len > 0;

	if (more)
		rest = tag->value;
	while (more) {
		struct dmarc_uri uri = { 0 };
		struct str word;

		more = str_find(rest, ',') < rest.len;
		word = str_word(&rest, ',');
		uri.text = str_trim(word);
		uri.at.from = (size_t)(uri.text.p - whole.p);
		uri.at.to = uri.at.from + uri.text.len;
		uri.problem = read_uri(arena, &uri);
		out->list =
		    arena_grow(arena, out->list, out->n, sizeof(*out->list));
		out->list[out->n++] = uri;
	}
}

/* Without the blanks and the marks people put around an address. */
static struct str
stripped(struct arena *arena, struct str text)
{
	char *out = arena_alloc(arena, text.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		if (text.p[i] > ' ' && text.p[i] <= '~' &&
		    strchr("<>\"'!\\`,;", text.p[i]) == NULL)
			out[n++] = text.p[i];
	return (struct str){ out, n };
}

const char *
dmarc_uri_meant(struct arena *arena, const struct dmarc_uri *uri)
{
	static const char *const wrong[] = { MAILTO, "mail:", "mailto//",
		"mailto=", "maito:", "mailtto:", "malito:", "email:",
		"mailto" };
	struct str text = stripped(
	    arena, str_slice(uri->text, 0, uri->text.len - uri->size_len));
	struct dmarc_uri again = { 0 };

	for (size_t i = 0; i < COUNT(wrong); i++)
		if (str_starts_nocase(text, wrong[i])) {
			text = str_slice(text, strlen(wrong[i]), text.len);
			break;
		}
	while (text.len > 0 && (text.p[0] == '/' || text.p[0] == ':'))
		text = str_slice(text, 1, text.len);
	again.text =
	    str_of(arena_printf(arena, MAILTO "%.*s", (int)text.len, text.p));
	return read_uri(arena, &again) == NULL ? again.text.p : NULL;
}
