/* One domain: looked at once, or again and again. */
#include "watch.h"

#include <poll.h>
#include <time.h>

#include "../checks/base/i18n.h"
#include "cli.h"
#include "json.h"
#include "result.h"

struct watch {
	struct result_style style;
	const bool *wanted;
	const char *domain;
	struct pool *pool; /* NULL: the steps in turn */
	struct arena *arena; /* of `last` */
	struct saved last; /* what the look before found */
	bool looked; /* there was one */
};

/* Keeps what was found, to compare the next look with it. */
static void
remember(struct watch *watch, const struct audit *audit)
{
	arena_free(watch->arena);
	watch->arena = arena_new();
	since_take(watch->arena, audit, &watch->last);
	watch->looked = true;
}

static bool
has_changed(const struct watch *watch, const struct audit *audit)
{
	struct change *changes;

	return !watch->looked ||
	    since_compare(audit->runs[0].arena, &watch->last, audit, &changes) >
	    0;
}

/* One look with a world of its own: nothing is remembered from before. */
static int
look(struct watch *watch)
{
	const struct options *options = watch->style.options;
	struct arena *arena = arena_new();
	struct audit_means means = { .pool = watch->pool, .cancel_fd = -1 };
	struct audit audit;
	struct trust *trust;
	struct world world;
	int status = EXIT_USAGE;
	const char *problem =
	    audit_trust(arena, options, watch->wanted, &trust);

	if (problem == NULL)
		problem = world_open(arena, options, watch->domain, &world);

	if (problem != NULL) {
		complain("%s", problem);
		goto done;
	}
	means.dns = world.top;
	means.trust = trust;
	if (audit_run(options, watch->wanted, &means, watch->domain, &audit) ==
	    OK) {
		status = audit_exit_status(&audit);
		if (has_changed(watch, &audit) || status == EXIT_FINE)
			result_print(stdout, &watch->style, &audit);
		result_trace(stderr, options, &audit);
		if (options->watch)
			remember(watch, &audit);
		audit_end(&audit);
	}
	world_close(&world);
done:
	trust_free(trust);
	arena_free(arena);
	return status;
}

static void
wait_for_next(const struct options *options)
{
	char clock[sizeof("10:00:00")];
	time_t now = time(NULL);
	struct tm tm;

	if (localtime_r(&now, &tm) != NULL &&
	    strftime(clock, sizeof(clock), "%H:%M:%S", &tm) > 0)
		complain(_("%s: not everything is in order yet; the next "
			   "look is in %d s, Ctrl-C ends."),
		    clock, options->watch_seconds);
	poll(NULL, 0, options->watch_seconds * 1000);
}

/* NULL, or why the saved result cannot be used. */
static const char *
read_since(struct arena *arena, struct watch *watch, struct saved *saved)
{
	const char *problem;

	if (watch->style.options->since == NULL)
		return NULL;
	problem = json_read_saved(
	    arena, watch->style.options->since, watch->domain, saved);
	watch->style.saved = saved;
	return problem;
}

int
watch_domain(const struct options *options, const char *command,
    const bool wanted[STEP_COUNT], const char *domain)
{
	struct arena *arena = arena_new();
	struct watch watch = {
		.style = { .options = options,
		    .command = command,
		    .color = wants_color(options) },
		.wanted = wanted,
		.domain = domain,
	};
	struct saved saved;
	const char *problem = read_since(arena, &watch, &saved);
	int status = EXIT_USAGE;

	if (problem != NULL) {
		complain("%s", problem);
		goto done;
	}
	if (!options->offline)
		watch.pool = pool_new(STEP_COUNT);
	status = finish_stdout(look(&watch));
	while (options->watch &&
	    (status == EXIT_FAILED || status == EXIT_NOT_SEEN)) {
		wait_for_next(options);
		status = finish_stdout(look(&watch));
	}
	pool_free(watch.pool);
done:
	arena_free(watch.arena);
	arena_free(arena);
	return status;
}
