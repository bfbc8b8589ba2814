/* The resolver that asks name servers: whose turn it is. */
#include <stdlib.h>

#include "dns_flight.h"
#include "dns_memo.h"
#include "resolver.h"

#define SYSTEM_SERVERS_MAX 8

struct network {
	struct resolver resolver;
	struct arena *arena;
	struct dns_peer *peers; /* in the order given */
	size_t npeers;
};

/* Those that were silent come last.  Each flag is read once: it may change. */
static struct dns_peer **
order_peers(struct network *network, struct arena *arena)
{
	struct dns_peer **order =
	    arena_array(arena, network->npeers, sizeof(*order));
	struct dns_peer **last =
	    arena_array(arena, network->npeers, sizeof(*last));
	size_t n = 0, nlast = 0;

	for (size_t i = 0; i < network->npeers; i++) {
		if (network->peers[i].silent)
			last[nlast++] = &network->peers[i];
		else
			order[n++] = &network->peers[i];
	}
	for (size_t i = 0; i < nlast; i++)
		order[n++] = last[i];
	return order;
}

static struct dns_flight *
make_flights(struct network *network, struct arena *arena,
    const struct question *questions, size_t n)
{
	struct dns_flight *flights = arena_array(arena, n, sizeof(*flights));
	struct dns_peer **order = order_peers(network, arena);

	for (size_t i = 0; i < n; i++)
		flights[i] = (struct dns_flight){
			.question = questions[i],
			.peers = order,
			.npeers = network->npeers,
			.whose = network,
			.recurse = true,
		};
	return flights;
}

static enum status
ask(struct resolver *resolver, struct run *run, struct arena *arena,
    const struct question *questions, size_t n, struct answer **out)
{
	struct dns_flight *flights =
	    make_flights((struct network *)resolver, run->arena, questions, n);
	enum status status;

	status = dns_fly(run, arena, flights, n);
	for (size_t i = 0; i < n && status == OK; i++)
		out[i] = flights[i].answer;
	return status;
}

static void
ahead(struct resolver *resolver, struct run *run,
    const struct question *questions, size_t n)
{
	struct question *unknown = arena_array(run->arena, n, sizeof(*unknown));
	size_t k = 0;

	/* An overlay asks without looking at our memo. */
	for (size_t i = 0; i < n; i++)
		if (!memo_knows(resolver->memo, &questions[i]))
			unknown[k++] = questions[i];
	dns_fly_ahead(run,
	    make_flights((struct network *)resolver, run->arena, unknown, k),
	    k);
}

static void
end(struct resolver *resolver)
{
	struct network *network = (struct network *)resolver;

	arena_free(network->arena);
	free(network);
}

struct resolver *
resolver_network(const struct dns_server *servers, size_t n)
{
	struct network *network = calloc(1, sizeof(*network));
	struct dns_server system[SYSTEM_SERVERS_MAX];

	if (network == NULL)
		out_of_memory();
	if (n == 0) {
		n = dns_system_servers(system, SYSTEM_SERVERS_MAX);
		servers = system;
	}
	network->arena = arena_new();
	network->peers =
	    arena_array(network->arena, n, sizeof(struct dns_peer));
	network->npeers = n;
	for (size_t i = 0; i < n; i++) {
		network->peers[i].server = servers[i];
		network->peers[i].text =
		    dns_server_print(network->arena, &servers[i]);
	}
	network->resolver.ask = ask;
	network->resolver.ahead = ahead;
	network->resolver.end = end;
	resolver_init(&network->resolver);
	return &network->resolver;
}
