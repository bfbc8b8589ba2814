/* Addresses of name servers, as text. */
#include "dns.h"

#include <string.h>

#include "base/i18n.h"
#include "base/printable.h"

#define DNS_PORT 53

static const char *
refuse(struct arena *arena, struct str text, const char *why)
{
	return arena_printf(
	    arena, _("\"%s\": %s"), printable(arena, text), why);
}

/*
 * Takes the address off the front: "[v6]" and what follows, or all of a bare
 * IPv6 address, which has no port, or an IPv4 address up to a colon.
 */
static bool
take_address(struct str *rest, struct ip *out)
{
	struct str address;

	if (str_skip(rest, "[")) {
		size_t end = str_find(*rest, ']');

		if (end == rest->len)
			return false;
		address = str_slice(*rest, 0, end);
		*rest = str_slice(*rest, end + 1, rest->len);
		return ip_parse_v6(address, out);
	}
	if (ip_parse_v6(*rest, out)) {
		*rest = str_slice(*rest, rest->len, rest->len);
		return true;
	}
	address = str_slice(*rest, 0, str_find(*rest, ':'));
	*rest = str_slice(*rest, address.len, rest->len);
	return ip_parse_v4(address, out);
}

const char *
dns_server_parse(struct arena *arena, struct str text, struct dns_server *out)
{
	struct dns_server server = { .port = DNS_PORT };
	struct str rest = text;
	uint64_t port;

	if (text.len == 0)
		return _("the address of a name server is missing");
	if (!take_address(&rest, &server.ip))
		return refuse(arena, text,
		    _("a name server is given by its address, such as "
		      "192.0.2.53, 192.0.2.53:5353 or [2001:db8::53]:5353"));
	if (rest.len > 0) {
		if (!str_skip(&rest, ":"))
			return refuse(arena, text,
			    _("after the address only a colon and a port "
			      "number can follow"));
		if (!str_number(rest, UINT16_MAX, &port) || port == 0)
			return refuse(arena, text,
			    _("the port is a number from 1 to 65535"));
		server.port = (uint16_t)port;
	}
	*out = server;
	return NULL;
}

const char *
dns_server_print(struct arena *arena, const struct dns_server *server)
{
	const char *ip = ip_print(arena, server->ip);

	if (server->port == DNS_PORT)
		return ip;
	return arena_printf(arena,
	    server->ip.family == IP_V6 ? "[%s]:%u" : "%s:%u", ip,
	    (unsigned int)server->port);
}
