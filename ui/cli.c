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

static const char *
read_zones(struct arena *arena, const struct options *options,
    const char *domain, struct world *world)
{
	const char *error = NULL;

	world->zones =
	    arena_array(arena, options->nzones, sizeof(*world->zones));
	for (size_t i = 0; i < options->nzones; i++) {
		struct zone *zone =
		    zone_read_file(arena, options->zones[i], domain, &error);

		if (zone == NULL)
			return error;
		world->zones[world->nzones++] = zone;
		if (i > 0)
			zone_lay(world->zones[0], zone);
	}
	return NULL;
}

const char *
world_open(struct arena *arena, const struct options *options,
    const char *domain, struct world *out)
{
	struct world world = { 0 };
	/* check_host() may be asked about what no zone can be called. */
	const char *origin = name_is_valid(domain) ? domain : ".";
	const char *problem = read_zones(arena, options, origin, &world);

	if (problem != NULL) {
		world_close(&world);
		return problem;
	}
	if (!options->offline)
		world.network =
		    resolver_network(options->servers, options->nservers);
	if (options->offline)
		world.top = resolver_offline(world.zones[0]);
	else if (world.nzones > 0)
		world.top = resolver_overlay(world.network, world.zones[0]);
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
	for (size_t i = 0; i < world->nzones; i++)
		zone_free(world->zones[i]);
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
