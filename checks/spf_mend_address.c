/* Addresses and networks as people write them. */
#include <string.h>

#include "spf_mend.h"

#define RANGE_NETWORKS 32 /* a range of addresses becomes at most so many */

static bool
all_of(struct str s, const char *signs)
{
	for (size_t i = 0; i < s.len; i++)
		if (str_find(str_of(signs), s.p[i]) == strlen(signs))
			return false;
	return true;
}

/* "024" is 24 here: people count in tens. */
static bool
read_number(struct str s, uint64_t max, uint64_t *out)
{
	while (s.len > 1 && s.p[0] == '0')
		s = str_slice(s, 1, s.len);
	return str_number(s, max, out);
}

/* Four numbers; "*" for the last ones shortens *bits. */
static bool
read_v4(struct str text, struct ip *out, unsigned int *bits)
{
	struct ip ip = { .family = IP_V4 };
	unsigned int known = 0;

	for (unsigned int i = 0; i < 4; i++) {
		struct str part = str_slice(text, 0, str_find(text, '.'));
		uint64_t n = 0;

		if (i < 3 && part.len == text.len)
			return false;
		text = str_slice(text, part.len + 1, text.len);
		if (str_equal(part, str_of("*")))
			continue;
		if (known < i || !read_number(part, 255, &n))
			return false;
		ip.octets[i] = (uint8_t)n;
		known++;
	}
	if (text.len > 0)
		return false;
	*out = ip;
	*bits = 8 * known;
	return true;
}

/* "255.255.255.0" is 24. */
static bool
read_netmask(struct str text, unsigned int *bits)
{
	struct ip mask;
	uint32_t word = 0;
	unsigned int n = 0;

	if (!ip_parse_v4(text, &mask))
		return false;
	for (size_t i = 0; i < 4; i++)
		word = word << 8 | mask.octets[i];
	while (n < 32 && (word & 0x80000000u) != 0) {
		word <<= 1;
		n++;
	}
	*bits = n;
	return word == 0 && n > 0;
}

static bool
add_network(struct arena *arena, struct ip ip, unsigned int bits,
    const char *sign, struct spf_terms *out)
{
	const char *word = ip.family == IP_V4 ? "ip4" : "ip6";
	const char *address = ip_print(arena, ip);

	if (bits >= ip_bits(ip))
		return spf_terms_add(arena, out,
		    arena_printf(arena, "%s%s:%s", sign, word, address));
	return spf_terms_add(arena, out,
	    arena_printf(arena, "%s%s:%s/%u", sign, word, address, bits));
}

static uint32_t
word_of(struct ip ip)
{
	return (uint32_t)ip.octets[0] << 24 | (uint32_t)ip.octets[1] << 16 |
	    (uint32_t)ip.octets[2] << 8 | ip.octets[3];
}

static struct ip
ip_of(uint32_t word)
{
	return (struct ip){ .family = IP_V4,
		.octets = { (uint8_t)(word >> 24), (uint8_t)(word >> 16),
		    (uint8_t)(word >> 8), (uint8_t)word } };
}

/* The length of the largest network that begins at `first` and ends in time. */
static unsigned int
fitting_bits(uint64_t first, uint64_t last)
{
	unsigned int bits = 32;

	while (bits > 8) {
		uint64_t size = 1ull << (32 - (bits - 1));

		if (first % size != 0 || first + size - 1 > last)
			break;
		bits--;
	}
	return bits;
}

/* "192.0.2.1-192.0.2.20" and "192.0.2.1-20", as networks. */
static bool
add_range(struct arena *arena, struct str text, const char *sign,
    struct spf_terms *out)
{
	struct str low = str_word(&text, '-');
	struct ip from, to;
	unsigned int bits;
	uint64_t first, last, number;
	size_t n = out->n;

	if (!read_v4(low, &from, &bits) || bits != 32)
		return false;
	to = from;
	if (read_number(text, 255, &number))
		to.octets[3] = (uint8_t)number;
	else if (!read_v4(text, &to, &bits) || bits != 32)
		return false;
	first = word_of(from);
	last = word_of(to);
	if (first > last) {
		first = last;
		last = word_of(from);
	}
	while (first <= last && out->n - n < RANGE_NETWORKS) {
		bits = fitting_bits(first, last);
		if (!add_network(
			arena, ip_of((uint32_t)first), bits, sign, out))
			break;
		first += 1ull << (32 - bits);
	}
	if (first > last && out->n > n)
		return true;
	out->n = n;
	return false;
}

/* "[192.0.2.1]", "192.0.2.1:25": without what is too much. */
static struct str
bare_address(struct str text)
{
	size_t colon = str_find(text, ':');
	struct str behind = str_slice(text, colon + 1, text.len);

	if (text.len > 2 && text.p[0] == '[')
		return str_slice(text, 1, str_find(text, ']'));
	if (colon < text.len && str_find(text, '.') < colon &&
	    all_of(behind, "0123456789"))
		return str_slice(text, 0, colon);
	return text;
}

/* The length behind the slash; false: there is none that can be meant. */
static bool
read_length(struct str text, struct ip ip, unsigned int *bits)
{
	uint64_t n;

	while (text.len > 0 && text.p[0] == '/')
		text = str_slice(text, 1, text.len);
	text = str_slice(text, 0, str_find(text, '/'));
	if (ip.family == IP_V4 && read_netmask(text, bits))
		return true;
	if (text.len == 0 || !read_number(text, ip_bits(ip), &n))
		return false;
	*bits = (unsigned int)n;
	return true;
}

bool
spf_mend_address(struct arena *arena, struct str text, const char *sign,
    struct spf_terms *out)
{
	struct str address = str_slice(text, 0, str_find(text, '/'));
	struct str length = str_slice(text, address.len, text.len);
	struct ip ip;
	unsigned int bits;

	if (str_find(address, '-') < address.len && length.len == 0)
		return add_range(arena, address, sign, out);
	address = bare_address(address);
	if (!read_v4(address, &ip, &bits)) {
		if (!ip_parse(address, &ip))
			return false;
		bits = ip_bits(ip);
	}
	if (bits == 0)
		return false; /* "*.*.*.*" is everybody */
	read_length(length, ip, &bits);
	return add_network(arena, ip, bits, sign, out);
}
