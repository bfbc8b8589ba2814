/* The zone file is the whole world. */
#include <stdlib.h>

#include "resolver.h"
#include "zone_answer.h"

struct offline {
	struct resolver resolver;
	const struct zone *zone; /* borrowed */
};

static enum status
ask(struct resolver *resolver, struct run *run, struct arena *arena,
    const struct question *questions, size_t n, struct answer **out)
{
	const struct zone *zone = ((struct offline *)resolver)->zone;

	(void)run; /* nothing here takes time */
	for (size_t i = 0; i < n; i++) {
		out[i] = arena_new_of(arena, struct answer);
		if (!zone_answer(arena, zone, &questions[i], out[i]) &&
		    !zone_answer_wildcard(
			arena, zone, &questions[i], out[i], NULL))
			zone_answer_nothing(arena, zone, &questions[i], out[i]);
	}
	return OK;
}

static void
end(struct resolver *resolver)
{
	free(resolver);
}

struct resolver *
resolver_offline(const struct zone *zone)
{
	struct offline *offline = calloc(1, sizeof(*offline));

	if (offline == NULL)
		out_of_memory();
	offline->resolver.ask = ask;
	offline->resolver.end = end;
	offline->zone = zone;
	resolver_init(&offline->resolver);
	return &offline->resolver;
}
