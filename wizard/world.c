/* The DNS that looks of one generation ask. */
#include "world.h"

#include <stdlib.h>
#include <string.h>

#include "../checks/zone.h"
#include "demo.h"
#include "demo_ports.h"
#include "problem.h"

#define WORLD_SERVERS 16 /* name servers of a plan */

/* The plan's name servers; false with a sentence.  None: the system's. */
static bool
plan_servers(struct arena *arena, const struct plan *plan,
    struct dns_server out[WORLD_SERVERS], size_t *n, const char **problem)
{
	struct str rest = str_of(plan->resolver);

	*n = 0;
	while (rest.len > 0 && *n < WORLD_SERVERS) {
		struct str word = str_trim(str_word(&rest, ','));

		if (word.len == 0)
			continue;
		*problem = dns_server_parse(arena, word, &out[*n]);
		if (*problem != NULL)
			return false;
		++*n;
	}
	return true;
}

/* All zone files as one zone; false with a sentence. */
static bool
read_zones(struct arena *arena, const struct live_options *options,
    const char *origin, struct zone **out, const char **problem)
{
	*out = NULL;
	for (size_t i = 0; i < options->nzones; i++) {
		struct zone *zone =
		    zone_read_file(arena, options->zones[i], origin, problem);

		if (zone == NULL) {
			zone_free(*out);
			*out = NULL;
			return false;
		}
		if (*out == NULL) {
			*out = zone;
		} else {
			zone_lay(*out, zone);
			zone_free(zone);
		}
	}
	if (*out == NULL && options->offline)
		*out = zone_from_records(NULL, 0);
	return true;
}

static void
connect_parts(struct world *world, const struct live_options *options,
    const struct dns_server *servers, size_t nservers)
{
	if (options->offline) {
		world->dns = resolver_offline(world->zone);
		return;
	}
	world->network = resolver_network(servers, nservers);
	world->dns = world->zone == NULL
	    ? world->network
	    : resolver_overlay(world->network, world->zone);
}

/* The demo as it is now; nothing else is asked or read. */
static struct world *
demo_world(const struct demo *demo)
{
	struct world *world = calloc(1, sizeof(*world));

	if (world == NULL)
		out_of_memory();
	world->holders = 1;
	world->dns = demo_resolver(demo, monotonic_ms());
	world->made_up = true;
	world->prober =
	    demo_prober_new(demo_server_is_mended(demo, monotonic_ms()));
	return world;
}

struct world *
world_new(const struct live_options *options, const struct plan *plan,
    char problem[PLAN_TEXT])
{
	const char *origin = plan->domain[0] != '\0' ? plan->domain : ".";
	struct dns_server servers[WORLD_SERVERS];
	struct arena *arena;
	struct world *world;
	const char *why = "";
	size_t n;

	if (options->demo != NULL)
		return demo_world(options->demo);
	arena = arena_new();
	world = calloc(1, sizeof(*world));
	if (world == NULL)
		out_of_memory();
	world->holders = 1;
	if (plan_servers(arena, plan, servers, &n, &why) &&
	    read_zones(arena, options, origin, &world->zone, &why)) {
		connect_parts(world, options, servers, n);
	} else {
		bounded_copy(problem, PLAN_TEXT, why);
		world_drop(world);
		world = NULL;
	}
	arena_free(arena);
	return world;
}

struct world *
world_hold(struct world *world)
{
	world->holders++;
	return world;
}

void
world_drop(struct world *world)
{
	if (world == NULL || --world->holders > 0)
		return;
	if (world->dns != world->network)
		resolver_free(world->dns);
	resolver_free(world->network);
	zone_free(world->zone);
	demo_prober_free(world->prober);
	free(world);
}
