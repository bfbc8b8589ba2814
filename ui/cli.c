/* What the commands share. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/domain.h"

void
complain(const char *fmt, ...)
{
	va_list ap;

	fputs("mailwizard: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
}

/* NULL with *problem set when one of the files cannot be read. */
static struct zone *
read_zones(struct arena *arena, const struct options *options,
    const char *domain, const char **problem)
{
	struct zone *all = NULL;

	for (size_t i = 0; i < options->nzones; i++) {
		struct zone *zone =
		    zone_read_file(arena, options->zones[i], domain, problem);

		if (zone == NULL) {
			zone_free(all);
			return NULL;
		}
		if (all == NULL) {
			all = zone;
			continue;
		}
		zone_lay(all, zone);
		zone_free(zone);
	}
	return all;
}

struct zone *
world_shared_zone(struct arena *arena, const struct options *options)
{
	const char *problem = NULL;
	struct zone *here = read_zones(arena, options, ".", &problem);
	struct zone *there = here != NULL
	    ? read_zones(arena, options, "elsewhere.invalid", &problem)
	    : NULL;
	bool same = there != NULL && zone_equal(here, there);

	zone_free(there);
	if (same)
		return here;
	zone_free(here);
	return NULL;
}

const char *
world_open(struct arena *arena, const struct options *options,
    const char *domain, struct world *out)
{
	struct world world = { .zone = options->shared,
		.borrowed = options->shared != NULL };
	/* check_host() may be asked about what no zone can be called. */
	const char *origin = name_is_valid(domain) ? domain : ".";
	const char *problem = NULL;

	if (!world.borrowed)
		world.zone = read_zones(arena, options, origin, &problem);
	if (problem != NULL)
		return problem;
	if (!options->offline)
		world.network =
		    resolver_network(options->servers, options->nservers);
	if (options->offline)
		world.top = resolver_offline(world.zone);
	else if (world.zone != NULL)
		world.top = resolver_overlay(world.network, world.zone);
	else
		world.top = world.network;
	*out = world;
	return NULL;
}

void
world_close(struct world *world)
{
	if (world->top != world->network)
		resolver_free(world->top);
	resolver_free(world->network);
	if (!world->borrowed)
		zone_free(world->zone);
}

int
finish_stdout(int status)
{
	bool failed = fflush(stdout) != 0;

	if (!failed && !ferror(stdout))
		return status;
	if (errno != EPIPE)
		complain(
		    _("The result could not be written: %s."), strerror(errno));
	return EXIT_USAGE;
}

const char *
read_operand(struct arena *arena, const char *typed)
{
	struct domain_name domain;
	const char *problem =
	    domain_read_as(arena, str_of(typed), DOMAIN_IN_DNS, &domain);

	if (problem != NULL) {
		complain("%s", problem);
		return NULL;
	}
	if (domain.surprising)
		complain("%s: %s", domain.name, domain.removed);
	return domain.name;
}

static void
print_questions(FILE *out, struct arena *arena, const struct dns_trace *trace)
{
	fprintf(out, "%6lld ms  %s %s: %s (%s)\n", (long long)trace->took_ms,
	    rr_type_word(arena, trace->type),
	    printable(arena, str_of(trace->name)),
	    printable(arena, str_of(trace->result)),
	    printable(arena, str_of(trace->server)));
}

void
print_trace(FILE *out, const struct run *run)
{
	const struct dns_trace **all = NULL;
	size_t n = 0;

	for (const struct dns_trace *t = run->trace; t != NULL; t = t->next) {
		all = arena_grow(run->arena, all, n, sizeof(*all));
		all[n++] = t;
	}
	while (n > 0)
		print_questions(out, run->arena, all[--n]);
}

bool
wants_color(const struct options *options)
{
	const char *no = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	if (options->color != WHEN_AUTO)
		return options->color == WHEN_ALWAYS;
	return (no == NULL || no[0] == '\0') && term != NULL &&
	    strcmp(term, "dumb") != 0 && isatty(STDOUT_FILENO);
}
