/* One character at a time out of octets that may be UTF-8.  RFC 3629. */
#include "utf8.h"

/* The shapes of section 3: the first octet says how long, and how large. */
static const struct {
	unsigned char mask;
	unsigned char lead;
	uint32_t least; /* smaller is overlong */
} shapes[] = {
	{ 0x80, 0x00, 0 },
	{ 0xe0, 0xc0, 0x80 },
	{ 0xf0, 0xe0, 0x800 },
	{ 0xf8, 0xf0, 0x10000 },
};

size_t
utf8_read(struct str s, uint32_t *out)
{
	size_t more = 0;
	unsigned char first;
	uint32_t c;

	if (s.len == 0)
		return 0;
	first = (unsigned char)s.p[0];
	while (more < COUNT(shapes) &&
	    (first & shapes[more].mask) != shapes[more].lead)
		more++;
	if (more == COUNT(shapes) || s.len <= more)
		return 0;
	c = first & (unsigned char)~shapes[more].mask;
	for (size_t i = 1; i <= more; i++) {
		if (((unsigned char)s.p[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | ((unsigned char)s.p[i] & 0x3f);
	}
	if (c < shapes[more].least || c > 0x10ffff ||
	    (c >= 0xd800 && c <= 0xdfff))
		return 0;
	*out = c;
	return more + 1;
}

size_t
utf8_write(uint32_t c, char out[4])
{
	size_t more = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;

	for (size_t i = more; i > 0; i--) {
		out[i] = (char)(0x80 | (c & 0x3f));
		c >>= 6;
	}
	out[0] = (char)(shapes[more].lead | c);
	return more + 1;
}
