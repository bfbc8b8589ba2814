/* mailwizard dkim: the published keys of a domain, each judged. */
#include "../checks/dkim.h"
#include "cli.h"
#include "watch.h"

/* A selector that DNS cannot have is a slip of the command line. */
static const char *
selectors_problem(
    struct arena *arena, const struct options *options, const char *domain)
{
	const char *problem = NULL;

	for (size_t i = 0; problem == NULL && i < options->nselectors; i++)
		problem = dkim_selector_problem(
		    arena, options->selectors[i], domain, true);
	return problem;
}

int
cli_dkim(const struct options *options)
{
	static const bool wanted[STEP_COUNT] = { [STEP_DKIM] = true };
	struct arena *arena = arena_new();
	const char *domain = read_operand(arena, options->operands[0]);
	const char *problem;
	int status = EXIT_USAGE;

	if (domain != NULL) {
		problem = selectors_problem(arena, options, domain);
		if (problem != NULL)
			complain("%s", problem);
		else
			status = watch_domain(options, "dkim", wanted, domain);
	}
	arena_free(arena);
	return status;
}
