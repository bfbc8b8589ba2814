/* Text with a length. */
#include "str.h"

#include <string.h>
#include <strings.h>

struct str
str_of(const char *text)
{
	return (struct str){ text, text == NULL ? 0 : strlen(text) };
}

char *
str_dup(struct arena *arena, struct str s)
{
	return arena_memdup(arena, s.p, s.len);
}

bool
str_equal(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}

bool
str_starts_nocase(struct str s, const char *prefix)
{
	size_t i;

	for (i = 0; prefix[i] != '\0'; i++)
		if (i >= s.len || to_lower(s.p[i]) != to_lower(prefix[i]))
			return false;
	return true;
}

bool
str_equal_nocase(struct str s, const char *text)
{
	return s.len == strlen(text) && str_starts_nocase(s, text);
}

struct str
str_slice(struct str s, size_t from, size_t to)
{
	if (to > s.len)
		to = s.len;
	if (from > to)
		from = to;
	return (struct str){ s.len == 0 ? s.p : s.p + from, to - from };
}

size_t
str_find(struct str s, char c)
{
	const char *found = s.len == 0 ? NULL : memchr(s.p, c, s.len);

	return found == NULL ? s.len : (size_t)(found - s.p);
}

struct str
str_word(struct str *rest, char c)
{
	size_t end = str_find(*rest, c);
	struct str word = str_slice(*rest, 0, end);

	*rest = str_slice(*rest, end + 1, rest->len);
	return word;
}

bool
str_skip(struct str *rest, const char *prefix)
{
	size_t len = strlen(prefix);

	if (rest->len < len || memcmp(rest->p, prefix, len) != 0)
		return false;
	*rest = str_slice(*rest, len, rest->len);
	return true;
}

bool
str_is_ascii(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((s.p[i] & 0x80) != 0)
			return false;
	return true;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

struct str
str_trim(struct str s)
{
	while (s.len > 0 && is_blank(s.p[0]))
		s = str_slice(s, 1, s.len);
	while (s.len > 0 && is_blank(s.p[s.len - 1]))
		s.len--;
	return s;
}

bool
str_number(struct str s, uint64_t max, uint64_t *out)
{
	uint64_t n = 0;

	if (s.len == 0 || (s.len > 1 && s.p[0] == '0'))
		return false;
	for (size_t i = 0; i < s.len; i++) {
		uint64_t digit;

		if (!is_digit(s.p[i]))
			return false;
		digit = (uint64_t)(s.p[i] - '0');
		if (digit > max || n > (max - digit) / 10)
			return false;
		n = n * 10 + digit;
	}
	*out = n;
	return true;
}

bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool
is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool
is_alnum(char c)
{
	return is_digit(c) || is_alpha(c);
}

char
to_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}
