/* A run over a world that is one zone file. */
#include "fixture.h"

#include "unit.h"

#include <string.h>

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

const char *
fixture_summary(struct arena *arena, const struct answer *answer)
{
	static const char *const words[] = {
		[DNS_FOUND] = "found",
		[DNS_NO_DATA] = "no data",
		[DNS_NO_NAME] = "no name",
		[DNS_BROKEN] = "broken",
		[DNS_SILENT] = "silent",
	};
	const char *text = words[answer->outcome];

	for (size_t i = 0; i < answer->nrecords; i++)
		text = arena_printf(arena, "%s%s %s", text, i == 0 ? "" : " |",
		    record_value(arena, &answer->records[i]));
	if (answer->nchain > 0 && answer->outcome != DNS_BROKEN)
		text = arena_printf(arena, "%s -> %s", text, answer->owner);
	return text;
}

void
fixture_check(struct fixture *f, const struct fixture_row *rows, size_t n)
{
	struct arena *arena = f->run.arena;

	for (size_t i = 0; i < n; i++) {
		const char *name = rows[i].name;
		const struct answer *answer;

		if (strcmp(name, "@") == 0)
			name = FIXTURE_ORIGIN;
		else if (strchr(name, '.') == NULL)
			name = arena_printf(arena, "%s." FIXTURE_ORIGIN, name);
		assert_int_equal(
		    dns_ask(&f->run, name, rows[i].type, &answer), OK);
		if (strcmp(fixture_summary(arena, answer), rows[i].wanted) != 0)
			print_error(
			    "%s %s\n", name, rr_type_word(arena, rows[i].type));
		assert_string_equal(
		    fixture_summary(arena, answer), rows[i].wanted);
		assert_false(answer->partial);
		if (answer->outcome == DNS_FOUND)
			for (size_t k = 0; k < answer->nrecords; k++)
				assert_true(name_equal(
				    answer->records[k].name, answer->owner));
	}
}
