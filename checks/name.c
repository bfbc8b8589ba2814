/* Domain names as presentation text. */
#include "name.h"

#include <string.h>

enum unit { UNIT_END, UNIT_DOT, UNIT_OCTET, UNIT_BAD };

/* \DDD, decimal, at most 255; false when it is not one. */
static bool
read_decimal(const char *p, unsigned char *out)
{
	int value;

	if (!is_digit(p[0]) || !is_digit(p[1]) || !is_digit(p[2]))
		return false;
	value = (p[0] - '0') * 100 + (p[1] - '0') * 10 + (p[2] - '0');
	if (value > 255)
		return false;
	*out = (unsigned char)value;
	return true;
}

/*
 * Takes one unit off the front: an octet of a label, or the dot between two.
 * RFC 1035 section 5.1: \X is X itself, \DDD the octet of that number.
 */
static enum unit
next_unit(const char **p, unsigned char *octet)
{
	const char *text = *p;

	*octet = 0;
	if (text[0] == '\0')
		return UNIT_END;
	if (text[0] == '.') {
		*p = text + 1;
		return UNIT_DOT;
	}
	if (text[0] != '\\') {
		*octet = (unsigned char)text[0];
		*p = text + 1;
		return UNIT_OCTET;
	}
	if (is_digit(text[1])) {
		if (!read_decimal(text + 1, octet))
			return UNIT_BAD;
		*p = text + 4;
		return UNIT_OCTET;
	}
	if (text[1] == '\0')
		return UNIT_BAD;
	*octet = (unsigned char)text[1];
	*p = text + 2;
	return UNIT_OCTET;
}

static bool
is_root(const char *name)
{
	return name[0] == '.' && name[1] == '\0';
}

int
name_compare(const char *a, const char *b)
{
	for (;;) {
		unsigned char x, y;
		enum unit unit = next_unit(&a, &x);
		enum unit other = next_unit(&b, &y);

		if (unit != other)
			return unit < other ? -1 : 1;
		if (unit == UNIT_END)
			return 0;
		if (unit == UNIT_BAD)
			return strcmp(a, b);
		x = (unsigned char)to_lower((char)x);
		y = (unsigned char)to_lower((char)y);
		if (x != y)
			return x < y ? -1 : 1;
	}
}

bool
name_equal(const char *a, const char *b)
{
	return name_compare(a, b) == 0;
}

const char *
name_parent(const char *name)
{
	unsigned char octet;
	enum unit unit;

	if (is_root(name))
		return name;
	do
		unit = next_unit(&name, &octet);
	while (unit == UNIT_OCTET);
	return unit == UNIT_DOT && name[0] != '\0' ? name : ".";
}

size_t
name_labels(const char *name)
{
	size_t n = 0;

	if (name[0] == '\0')
		return 0;
	for (; !is_root(name); name = name_parent(name))
		n++;
	return n;
}

bool
name_is_below(const char *name, const char *ancestor)
{
	size_t labels = name_labels(name);
	size_t wanted = name_labels(ancestor);

	if (labels < wanted)
		return false;
	for (; labels > wanted; labels--)
		name = name_parent(name);
	return wanted == 0 || name_equal(name, ancestor);
}

size_t
name_to_wire(const char *name, unsigned char out[NAME_WIRE_MAX])
{
	size_t label = 0; /* where the length octet of this label is */
	size_t len = 1;
	unsigned char octet;

	if (is_root(name)) {
		out[0] = 0;
		return 1;
	}
	for (;;) {
		enum unit unit = next_unit(&name, &octet);
		size_t octets = len - label - 1;

		if (unit == UNIT_BAD || len >= NAME_WIRE_MAX)
			return 0;
		if (unit == UNIT_OCTET) {
			out[len++] = octet;
			continue;
		}
		if (octets == 0 || octets > NAME_LABEL_MAX)
			return 0;
		out[label] = (unsigned char)octets;
		label = len;
		out[len++] = 0;
		if (unit == UNIT_END)
			return len;
	}
}

bool
name_is_valid(const char *name)
{
	unsigned char wire[NAME_WIRE_MAX];

	return name_to_wire(name, wire) != 0;
}

/* Writes one octet of a label and gives how many octets that took: 1 to 4. */
static size_t
put_octet(char *out, char c)
{
	unsigned char octet = (unsigned char)c;

	if (is_alnum(c) || c == '-' || c == '_') {
		out[0] = c;
		return 1;
	}
	out[0] = '\\';
	if (c == '.' || c == '\\') {
		out[1] = c;
		return 2;
	}
	out[1] = (char)('0' + octet / 100);
	out[2] = (char)('0' + octet / 10 % 10);
	out[3] = (char)('0' + octet % 10);
	return 4;
}

const char *
name_from_octets(struct arena *arena, struct str octets)
{
	char *text, *p;

	if (octets.len > 1 && octets.p[octets.len - 1] == '.')
		octets.len--;
	text = p = arena_array(arena, octets.len + 1, 4);
	for (size_t i = 0; i < octets.len; i++) {
		if (octets.p[i] == '.')
			*p++ = '.';
		else
			p += put_octet(p, octets.p[i]);
	}
	*p = '\0';
	return text;
}

const char *
name_from_wire(struct arena *arena, const unsigned char *wire)
{
	char text[NAME_WIRE_MAX * 4 + 1];
	char *p = text;

	if (wire[0] == 0)
		return ".";
	while (wire[0] != 0) {
		unsigned int octets = *wire++;

		while (octets-- > 0)
			p += put_octet(p, (char)*wire++);
		if (wire[0] != 0)
			*p++ = '.';
	}
	return arena_memdup(arena, text, (size_t)(p - text));
}
