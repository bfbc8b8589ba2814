/* A run over a world that is one zone file. */
#include "fixture.h"

#include "unit.h"

#define LIMIT_MS 10000

struct zone *
fixture_zone(const char *zone_text)
{
	struct arena *arena = arena_new();
	const char *error;
	struct zone *zone = zone_read_text(
	    arena, "test.zone", str_of(zone_text), FIXTURE_ORIGIN, &error);

	if (zone == NULL)
		fail_msg("%s", error);
	arena_free(arena);
	return zone;
}

void
fixture_begin(struct fixture *fixture, const char *zone_text)
{
	*fixture = (struct fixture){ .zone = fixture_zone(zone_text) };
	fixture->dns = resolver_offline(fixture->zone);
	run_begin(&fixture->run, fixture->dns, LIMIT_MS, -1);
}

void
fixture_overlay(struct fixture *fixture, const char *zone_text)
{
	fixture->over = fixture_zone(zone_text);
	fixture->over_dns = resolver_overlay(fixture->dns, fixture->over);
	fixture->run.dns = fixture->over_dns;
}

void
fixture_end(struct fixture *fixture)
{
	run_end(&fixture->run);
	resolver_free(fixture->over_dns);
	resolver_free(fixture->dns);
	zone_free(fixture->over);
	zone_free(fixture->zone);
}
