/* Addresses and networks. */
#include "ip.h"

#include <arpa/inet.h>
#include <string.h>

#define V6_TEXT_MAX 45 /* octets of the longest text form; RFC 4291 */

bool
ip_parse_v4(struct str text, struct ip *out)
{
	struct ip ip = { .family = IP_V4 };

	for (int i = 0; i < 4; i++) {
		struct str part = str_slice(text, 0, str_find(text, '.'));
		uint64_t n;

		if (!str_number(part, 255, &n))
			return false;
		ip.octets[i] = (uint8_t)n;
		text = str_slice(text, part.len, text.len);
		if (i < 3 && !str_skip(&text, "."))
			return false;
	}
	if (text.len != 0)
		return false;
	*out = ip;
	return true;
}

bool
ip_parse_v6(struct str text, struct ip *out)
{
	struct ip ip = { .family = IP_V6 };
	char copy[V6_TEXT_MAX + 1];

	if (text.len == 0 || text.len > V6_TEXT_MAX ||
	    memchr(text.p, '\0', text.len) != NULL)
		return false;
	memcpy(copy, text.p, text.len);
	copy[text.len] = '\0';
	if (inet_pton(AF_INET6, copy, ip.octets) != 1)
		return false;
	*out = ip;
	return true;
}

bool
ip_parse(struct str text, struct ip *out)
{
	return ip_parse_v4(text, out) || ip_parse_v6(text, out);
}

const char *
ip_print(struct arena *arena, struct ip ip)
{
	char text[INET6_ADDRSTRLEN] = "";
	int family = ip.family == IP_V4 ? AF_INET : AF_INET6;

	if (ip.family != IP_NONE)
		inet_ntop(family, ip.octets, text, sizeof(text));
	return arena_strdup(arena, text);
}

unsigned int
ip_bits(struct ip ip)
{
	return ip.family == IP_V4 ? 32 : 128;
}

struct ip
ip_network(struct ip ip, unsigned int bits)
{
	for (unsigned int i = 0; i < 16; i++) {
		unsigned int kept = bits > i * 8 ? bits - i * 8 : 0;

		if (kept < 8)
			ip.octets[i] &= (uint8_t)(0xff00 >> kept);
	}
	return ip;
}

bool
ip_equal(struct ip a, struct ip b)
{
	return a.family == b.family &&
	    memcmp(a.octets, b.octets, ip_bits(a) / 8) == 0;
}

bool
ip_in_network(struct ip ip, struct ip network, unsigned int bits)
{
	return ip.family == network.family &&
	    ip_equal(ip_network(ip, bits), ip_network(network, bits));
}

struct ip
ip_unmap(struct ip ip)
{
	static const uint8_t prefix[12] = { [10] = 0xff, [11] = 0xff };
	struct ip v4 = { .family = IP_V4 };

	if (ip.family != IP_V6 || memcmp(ip.octets, prefix, 12) != 0)
		return ip;
	memcpy(v4.octets, ip.octets + 12, 4);
	return v4;
}

const char *
ip_reverse_name(struct arena *arena, struct ip ip)
{
	static const char hex[] = "0123456789abcdef";
	char text[32 * 2 + 1];
	char *p = text;

	if (ip.family == IP_V4)
		return arena_printf(arena, "%u.%u.%u.%u.in-addr.arpa",
		    ip.octets[3], ip.octets[2], ip.octets[1], ip.octets[0]);
	for (int i = 15; i >= 0; i--) {
		*p++ = hex[ip.octets[i] & 15];
		*p++ = '.';
		*p++ = hex[ip.octets[i] >> 4];
		*p++ = '.';
	}
	*p = '\0';
	return arena_printf(arena, "%sip6.arpa", text);
}

/* Takes the end off a name. */
static bool
take_end(struct str *name, const char *end)
{
	size_t len = strlen(end);

	if (name->len <= len ||
	    !str_equal_nocase(
		str_slice(*name, name->len - len, name->len), end))
		return false;
	*name = str_slice(*name, 0, name->len - len);
	return true;
}

/*
 * Labels from the last to the first, as an address is written: four numbers,
 * or 32 digits in eight groups.
 */
static bool
turn_around(struct str labels, bool v4, struct ip *out)
{
	char text[64];
	size_t n = 0, group = 0;

	while (labels.len > 0) {
		size_t from = labels.len;

		while (from > 0 && labels.p[from - 1] != '.')
			from--;
		if (n + labels.len - from + 2 > sizeof(text) ||
		    (!v4 && !is_alnum(labels.p[from])))
			return false;
		memcpy(text + n, labels.p + from, labels.len - from);
		n += labels.len - from;
		labels = str_slice(labels, 0, from > 0 ? from - 1 : 0);
		if (labels.len > 0 && (v4 || ++group % 4 == 0))
			text[n++] = v4 ? '.' : ':';
	}
	return v4 ? ip_parse_v4((struct str){ text, n }, out)
		  : ip_parse_v6((struct str){ text, n }, out);
}

bool
ip_of_reverse_name(struct str name, struct ip *out)
{
	/* 32 digits and the dots between: no more, no less, or it is no
	   address but a part of one. */
	if (take_end(&name, ".ip6.arpa"))
		return name.len == 63 && turn_around(name, false, out);
	return take_end(&name, ".in-addr.arpa") && turn_around(name, true, out);
}

static const struct {
	const char *network;
	unsigned int bits;
	enum ip_use use;
} uses[] = {
	{ "10.0.0.0", 8, IP_USE_PRIVATE }, { "172.16.0.0", 12, IP_USE_PRIVATE },
	{ "192.168.0.0", 16, IP_USE_PRIVATE },
	{ "100.64.0.0", 10, IP_USE_SHARED },
	{ "127.0.0.0", 8, IP_USE_LOOPBACK },
	{ "169.254.0.0", 16, IP_USE_LINK_LOCAL },
	{ "192.0.2.0", 24, IP_USE_DOCUMENTATION },
	{ "198.51.100.0", 24, IP_USE_DOCUMENTATION },
	{ "203.0.113.0", 24, IP_USE_DOCUMENTATION },
	{ "0.0.0.0", 8, IP_USE_OTHER }, { "192.0.0.0", 24, IP_USE_OTHER },
	{ "198.18.0.0", 15, IP_USE_OTHER }, { "224.0.0.0", 3, IP_USE_OTHER },
	{ "::", 128, IP_USE_OTHER }, { "::1", 128, IP_USE_LOOPBACK },
	{ "fc00::", 7, IP_USE_PRIVATE }, { "fe80::", 10, IP_USE_LINK_LOCAL },
	{ "2001:db8::", 32, IP_USE_DOCUMENTATION },
	{ "3fff::", 20, IP_USE_DOCUMENTATION },
	{ "2001:2::", 48, IP_USE_OTHER },
	{ "64:ff9b::", 96, IP_USE_PUBLIC }, /* RFC 6052 */
	{ "2000::", 3, IP_USE_PUBLIC },
	{ "::", 0, IP_USE_OTHER }, /* multicast, and not given out yet */
};

enum ip_use
ip_use(struct ip ip)
{
	struct ip network;

	ip = ip_unmap(ip);
	for (size_t i = 0; i < COUNT(uses); i++)
		if (ip_parse(str_of(uses[i].network), &network) &&
		    ip_in_network(ip, network, uses[i].bits))
			return uses[i].use;
	return IP_USE_PUBLIC;
}
