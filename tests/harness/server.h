/*
 * tests/harness/server.h - real name servers for the tests.
 *
 *	const struct zone_source zones[] = {
 *		{ "example.org", "@ TXT \"v=spf1 -all\"\n" },
 *	};
 *	struct server *nsd = nsd_start(zones, 1);
 *	struct stub stubs[] = { { "example.org", nsd } };
 *	struct server *unbound = unbound_start(stubs, 1);
 *	... ask nsd->at, or unbound->at ...
 *	server_stop(unbound);
 *	server_stop(nsd);
 *
 * NSD and unbound come from the machine or from build/servers, where
 * tests/servers/fetch.sh unpacks them.  They run in the foreground as children,
 * as the user who runs the test, on loopback addresses and ports of their own:
 * any number at once.  They die with the test, however it ends.  A test begins
 * with NEED_SERVERS() of unit.h, which skips it where they cannot be had.
 *
 * What cannot be done (no memory, a zone file NSD refuses, no answer in 10 s)
 * ends the test program with a sentence on stderr.
 */
#ifndef SERVER_H
#define SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* NULL when there are NSD, unbound and ldns-signzone; else why not. */
const char *servers_missing(void);

/*
 * One zone.  The text is a zone file, relative to the zone's name, TTL 300
 * where it gives none.  Without " SOA " in it, it gets an SOA and an NS record
 * (ns.NAME, at the server's first address).
 */
struct zone_source {
	const char *name; /* "example.org", "2.0.192.in-addr.arpa" */
	const char *text;
};

struct server {
	char address[64]; /* the first: "127.0.0.1", "::1" */
	uint16_t port;
	char at[80]; /* for --dns: "127.0.0.1:15353", "[::1]:15353" */
	char addresses[256]; /* all, with a blank between */
	char folder[256]; /* its files; removed by server_stop() */
	char identity[40]; /* its answer to CH TXT id.server */
	char program[512];
	pid_t pid; /* and process group; 0 when stopped */
};

/*
 * An authoritative server for `n` zones, on 127.0.0.1 and a free port.  No
 * rate limit.  Returns when it answers.  Names outside its zones: REFUSED.
 */
struct server *nsd_start(const struct zone_source *, size_t n);

/*
 * The same at addresses that the caller chooses ("127.0.0.2", or several with
 * a blank between: "127.0.0.2 ::1"), and at a port (0: a free one).
 */
struct server *nsd_start_at(
    const char *addresses, uint16_t port, const struct zone_source *, size_t n);

/* Other zones, same place.  Stops it and starts it again; some 50 ms. */
void nsd_reload(struct server *, const struct zone_source *, size_t n);

/* Who is asked for the names in and under a zone. */
struct stub {
	const char *zone; /* "example.org"; "." for all names */
	const struct server *server;
};

/*
 * A recursive resolver on 127.0.0.1 and a free port that asks these servers.
 * Names in none of the zones: SERVFAIL, at once.  It does not validate.
 */
struct server *unbound_start(const struct stub *, size_t n);

/*
 * The same, validating (RFC 4035) below `anchors`: DS or DNSKEY records, one a
 * line; see zone_sign().  Zones without an anchor are insecure, not bogus.
 */
struct server *unbound_start_validating(
    const struct stub *, size_t n, const char *anchors);

/*
 * Signs a zone (ECDSA P-256).  Gives the zone to hand to nsd_start(), and its
 * DS record for unbound_start_validating(); free both texts.  With `expired`
 * the signatures ended in 2020, so that a validator finds the zone bogus.
 */
void zone_sign(const struct zone_source *, bool expired,
    struct zone_source *out, char **anchor);

/* What was running is started again, its cache empty. */
void server_restart(struct server *);

/* Silence: the process is stopped, its port stays taken.  And on again. */
void server_pause(struct server *);
void server_resume(struct server *);

/* Ends it and removes its files.  NULL is fine. */
void server_stop(struct server *);

/*
 * A port of these addresses that is free for UDP and TCP, outside of the range
 * the kernel hands out to clients; for servers that a test writes itself.
 */
uint16_t server_free_port(const char *addresses);

#endif
