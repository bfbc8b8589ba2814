/*
 * The client in a Received field.
 *
 *	from HELO (NAME [192.0.2.1]) by ...		Postfix, Sendmail
 *	from NAME ([192.0.2.1] helo=HELO) by ...	Exim
 *	from HELO (192.0.2.1) by ...			Exchange
 *	from unknown (HELO HELO) (192.0.2.1) by ...	qmail
 *	from [192.0.2.1] (helo=HELO) by ...
 */
#include "mailbox.h"

#include "base/printable.h"
#include "tagvalue.h"

/* What stands before "by": only that speaks of the client. */
static struct str
from_part(struct str value)
{
	size_t depth = 0;

	for (size_t i = 0; i < value.len; i++) {
		char c = value.p[i];

		if (c == '(')
			depth++;
		else if (c == ')' && depth > 0)
			depth--;
		else if (depth == 0 && i > 0 && is_tag_blank(value.p[i - 1]) &&
		    str_starts_nocase(str_slice(value, i, value.len), "by") &&
		    i + 2 < value.len && is_tag_blank(value.p[i + 2]))
			return str_slice(value, 0, i);
	}
	return value;
}

static bool
ends_word(char c)
{
	return is_tag_blank(c) || c == '(' || c == ')' || c == '[' ||
	    c == ']' || c == ';' || c == ',';
}

/* The next run of octets that end no word. */
static bool
next_word(struct str text, size_t *at, struct str *out)
{
	size_t from = *at, to;

	while (from < text.len && ends_word(text.p[from]))
		from++;
	to = from;
	while (to < text.len && !ends_word(text.p[to]))
		to++;
	*out = str_slice(text, from, to);
	*at = to;
	return to > from;
}

static bool
read_ip(struct str word, struct ip *out)
{
	if (str_starts_nocase(word, "IPv6:"))
		word = str_slice(word, 5, word.len);
	return ip_parse(word, out);
}

/* An address in brackets is surer than one that stands free. */
static bool
find_ip(struct str text, struct ip *out)
{
	bool found = false;
	struct str word;

	for (size_t at = 0; next_word(text, &at, &word);) {
		const char *p = word.p;
		struct ip ip;

		if (!read_ip(word, &ip))
			continue;
		if (p > text.p && p[-1] == '[') {
			*out = ip;
			return true;
		}
		if (!found)
			*out = ip;
		found = true;
	}
	return found;
}

/* "helo=NAME", "EHLO NAME", "HELO NAME"; else the word behind "from". */
static bool
find_helo(struct str text, struct str *out)
{
	struct str word, first = { 0 };
	bool next = false;

	for (size_t at = 0; next_word(text, &at, &word);) {
		if (next || str_starts_nocase(word, "helo=") ||
		    str_starts_nocase(word, "ehlo=")) {
			*out = next ? word : str_slice(word, 5, word.len);
			return out->len > 0;
		}
		next = str_equal_nocase(word, "helo") ||
		    str_equal_nocase(word, "ehlo");
		if (first.len == 0)
			first = word;
	}
	*out = first;
	return first.len > 0;
}

bool
received_read(struct arena *arena, struct str value, struct received *out)
{
	struct str text = tag_trim(from_part(value));
	struct str helo;
	struct ip ip;

	if (!str_starts_nocase(text, "from") || text.len < 5 ||
	    !is_tag_blank(text.p[4]))
		return false;
	text = str_slice(text, 5, text.len);
	if (!find_ip(text, &out->ip))
		return false;
	out->helo = NULL;
	if (find_helo(text, &helo) && !read_ip(helo, &ip))
		out->helo = printable(arena, helo);
	return true;
}
