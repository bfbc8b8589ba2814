/* mailwizard check: every step of one domain or of many. */
#include "audit.h"
#include "batch.h"
#include "cli.h"
#include "watch.h"

static bool
read_operands(
    struct arena *arena, const struct options *options, const char **names)
{
	for (size_t i = 0; i < options->noperands; i++) {
		names[i] = read_operand(arena, options->operands[i]);
		if (names[i] == NULL)
			return false;
	}
	return true;
}

static int
look_at_all(struct arena *arena, const struct options *options,
    struct domain_list *list)
{
	struct trust *trust;
	const char *problem =
	    audit_trust(arena, options, options->step, &trust);
	int status;

	if (problem != NULL) {
		complain("%s", problem);
		return EXIT_USAGE;
	}
	status = finish_stdout(batch_many(options, trust, list));
	trust_free(trust);
	return status;
}

int
cli_check(const struct options *options)
{
	struct arena *arena = arena_new();
	const char **names =
	    arena_array(arena, options->noperands, sizeof(*names));
	struct domain_list list;
	int status = EXIT_USAGE;

	if (!read_operands(arena, options, names))
		goto done;
	if (options->noperands == 1 && options->file == NULL) {
		status =
		    watch_domain(options, "check", options->step, names[0]);
	} else if (domain_list_open(
		       &list, arena, options, names, options->noperands)) {
		status = look_at_all(arena, options, &list);
		domain_list_close(&list);
	}
done:
	arena_free(arena);
	return status;
}
