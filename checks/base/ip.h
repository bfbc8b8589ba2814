/*
 * checks/base/ip.h - IPv4 and IPv6 addresses and networks.
 *
 * Text forms: RFC 4291 section 2.2 for IPv6 (no zone id), four decimal numbers
 * without leading zeros for IPv4.  Printed as RFC 5952 says.
 */
#ifndef IP_H
#define IP_H

#include "str.h"

enum ip_family { IP_NONE, IP_V4, IP_V6 };

struct ip {
	enum ip_family family;
	uint8_t octets[16]; /* network order; the first 4 for IPv4 */
};

/* What an address is set aside for; RFC 6890 and the registries it names. */
enum ip_use {
	IP_USE_PUBLIC,
	IP_USE_PRIVATE, /* 10/8, 172.16/12, 192.168/16, fc00::/7 */
	IP_USE_SHARED, /* 100.64/10, RFC 6598 */
	IP_USE_LOOPBACK, /* 127/8, ::1 */
	IP_USE_LINK_LOCAL, /* 169.254/16, fe80::/10 */
	IP_USE_DOCUMENTATION, /* 192.0.2/24, 198.51.100/24, 203.0.113/24,
				 2001:db8::/32, 3fff::/20 */
	IP_USE_OTHER, /* multicast, unspecified, reserved, benchmark */
};

/* The whole text must be an address.  False leaves *out alone. */
bool ip_parse(struct str, struct ip *out);
bool ip_parse_v4(struct str, struct ip *out);
bool ip_parse_v6(struct str, struct ip *out);

/* "192.0.2.1", "2001:db8::1" */
const char *ip_print(struct arena *, struct ip);

bool ip_equal(struct ip, struct ip);

/* Do the first `bits` bits agree?  Addresses of two families never do. */
bool ip_in_network(struct ip, struct ip network, unsigned int bits);

unsigned int ip_bits(struct ip); /* 32 or 128 */

/* The network's first address: what stands behind `bits` bits is cleared. */
struct ip ip_network(struct ip, unsigned int bits);

/* ::ffff:192.0.2.1 becomes 192.0.2.1, all else stays; RFC 7208 section 5. */
struct ip ip_unmap(struct ip);

/* "1.2.0.192.in-addr.arpa", "1.0....ip6.arpa"; RFC 1035 3.5, RFC 3596 2.5. */
const char *ip_reverse_name(struct arena *, struct ip);

/* The address of such a whole name.  False leaves *out alone. */
bool ip_of_reverse_name(struct str name, struct ip *out);

enum ip_use ip_use(struct ip);

#endif
