/* Octets from outside, made fit to be shown. */
#include "printable.h"

#include "character.h"
#include "utf8.h"

#define MARKS_MAX 2 /* on one letter; more would pile up over other lines */

/* Writes one octet as printable() shows it; gives the length, 1 to 4. */
static size_t
put_octet(char *out, char c)
{
	unsigned char octet = (unsigned char)c;

	out[0] = c;
	if (c == '\\') {
		out[1] = '\\';
		return 2;
	}
	if (octet >= ' ' && octet <= '~')
		return 1;
	out[0] = '\\';
	out[1] = (char)('0' + octet / 100);
	out[2] = (char)('0' + octet / 10 % 10);
	out[3] = (char)('0' + octet % 10);
	return 4;
}

const char *
printable(struct arena *arena, struct str octets)
{
	size_t len = 0;
	char *text, *p, octet[4];

	for (size_t i = 0; i < octets.len; i++)
		len += put_octet(octet, octets.p[i]);
	text = p = arena_alloc(arena, len + 1);
	for (size_t i = 0; i < octets.len; i++)
		p += put_octet(p, octets.p[i]);
	*p = '\0';
	return text;
}

/*
 * Length in octets of the character at the front if it may be shown as it is,
 * else 0.  *marks counts the combining marks since the last base character.
 */
static size_t
shown_length(struct str text, size_t *marks)
{
	uint32_t c;
	size_t len = utf8_read(text, &c);

	if (len == 0)
		return 0;
	switch (character_class(c)) {
	case CHARACTER_SHOWN:
		*marks = 0;
		return len;
	case CHARACTER_MARK:
		if (*marks >= MARKS_MAX)
			return 0;
		(*marks)++;
		return len;
	case CHARACTER_HIDDEN:
		break;
	}
	return 0;
}

const char *
readable(struct arena *arena, struct str octets)
{
	char *text = arena_array(arena, octets.len + 1, 4);
	char *p = text;
	size_t marks = MARKS_MAX; /* a mark needs something to stand on */

	while (octets.len > 0) {
		size_t len = shown_length(octets, &marks);

		if (len == 0) {
			marks = MARKS_MAX;
			len = 1;
			p += put_octet(p, octets.p[0]);
		} else if (octets.p[0] == '\\') {
			*p++ = '\\';
			*p++ = '\\';
		} else {
			for (size_t i = 0; i < len; i++)
				*p++ = octets.p[i];
		}
		octets = str_slice(octets, len, octets.len);
	}
	*p = '\0';
	return text;
}
