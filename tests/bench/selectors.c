/*
 * tests/bench/selectors.c - what it costs to ask for all known selectors of
 * DKIM: a real name server behind a proxy that delivers everything later.
 *
 * Gives 1 when a target is missed; 77, and why, without the servers.
 */
#include <stdio.h>
#include <stdlib.h>

#include "../harness/bench.h"
#include "../harness/delay_proxy.h"
#include "../harness/dkim_keys.h"
#include "../harness/server.h"

#define ONE_WAY	    25 /* milliseconds */
#define RUNS	    20
#define TRIPS	    2 /* is there any selector?  then all of them */
#define DNSMASQ	    150 /* questions at once: its default */
#define MANY	    150 /* selectors, at least */
#define KEY_OF(sel) sel "._domainkey TXT \"v=DKIM1; k=rsa; p=" KEY "\"\n"

/* --- all known selectors ------------------------------------------------- */

static const struct zone_source zones[] = {
	{ "example.org", KEY_OF("default") KEY_OF("selector2") },
};

/* The fastest of runs that ask the server at this port: no other work. */
static double
asking(const char *words, int port, int wanted)
{
	char all[256];

	snprintf(all, sizeof(all), "%s --dns 127.0.0.1:%d", words, port);
	return bench_fastest(all, wanted, RUNS);
}

/*
 * What the distance adds to a command, in trips: to the nearest whole one,
 * because our own time is not quite the same.
 */
static double
trips_of(
    const char *words, const struct server *near, const struct delay_proxy *far)
{
	double added =
	    asking(words, far->port, 0) - asking(words, near->port, 0);

	return (double)(long)(added / (2 * ONE_WAY) + 0.5);
}

static void
selectors(void)
{
	static const char words[] = "dkim example.org";
	struct server *nsd = nsd_start(zones, 1);
	struct delay_proxy *far =
	    delay_proxy_start_dns("127.0.0.1", nsd->port, ONE_WAY, 0);
	struct delay_proxy *router =
	    delay_proxy_start_dns("127.0.0.1", nsd->port, ONE_WAY, DNSMASQ);
	unsigned int questions;
	char what[80];

	asking(words, far->port, 0);
	questions = atomic_load(far->connections) / RUNS;
	if (questions < MANY) {
		fprintf(stderr, "bench: %u questions only\n", questions);
		exit(2);
	}
	snprintf(what, sizeof(what), "%u selectors, each answer %d ms late",
	    questions, 2 * ONE_WAY);
	bench_tell(what, trips_of(words, nsd, far), "trips", TRIPS);
	snprintf(
	    what, sizeof(what), "  of a router that takes %d at once", DNSMASQ);
	bench_tell(what, trips_of(words, nsd, router), "trips", TRIPS + 1);
	delay_proxy_stop(router);
	delay_proxy_stop(far);
	server_stop(nsd);
}

int
main(void)
{
	if (servers_missing() != NULL) {
		fprintf(stderr, "%s\n", servers_missing());
		return 77;
	}
	selectors();
	return bench_missed > 0;
}
