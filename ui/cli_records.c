/* mailwizard records: what the saved plan wants to be published. */
#include <stdlib.h>

#include "../checks/base/i18n.h"
#include "../wizard/copy_form.h"
#include "../wizard/output.h"
#include "../wizard/store.h"
#include "cli.h"
#include "json.h"

static void
print_json(const char *domain, const struct output *output)
{
	char *line = json_records(domain, output->records, output->nrecords);

	printf("%s\n", line);
	free(line);
}

/* What stands in DNS now is not in a saved plan, so nothing is deleted. */
static void
warn_of_old(const struct output *output)
{
	puts(_("; This adds and deletes nothing. Where an older record of the "
	       "same kind stands,"));
	puts(_("; delete it first, with its exact value; the wizard's own "
	       "form does both:"));
	for (size_t i = 0; i < output->nrecords; i++) {
		const struct record *r = &output->records[i];

		printf("; update delete %s. IN %s\n", r->name,
		    r->type == RR_MX ? "MX" : "TXT \"...\"");
	}
}

static void
print_text(struct arena *arena, const struct options *options,
    const char *domain, const struct output *output)
{
	struct copy copy = {
		.records = output->records,
		.nrecords = output->nrecords,
		.zone = domain,
	};

	if (options->format == COPY_NSUPDATE)
		warn_of_old(output);
	fputs(copy_text(arena, &copy, options->format), stdout);
}

static int
print_records(struct arena *arena, const struct options *options,
    const char *domain, const struct plan *plan)
{
	struct output output;

	output_make(arena, plan, &output);
	if (options->json)
		print_json(domain, &output);
	else if (output.nrecords > 0)
		print_text(arena, options, domain, &output);
	if (output.nrecords > 0)
		return EXIT_FINE;
	complain(_("The saved plan of %s has no record to publish yet. Go on "
		   "with: mailwizard %s"),
	    domain, domain);
	return EXIT_FAILED;
}

int
cli_records(const struct options *options)
{
	struct arena *arena = arena_new();
	struct plan *plan = arena_new_of(arena, struct plan);
	const char *domain = read_operand(arena, options->operands[0]);
	const char *problem;
	int status = EXIT_USAGE;

	if (domain != NULL) {
		problem = store_read(arena, NULL, domain, plan);
		if (problem != NULL)
			complain("%s", problem);
		else
			status = finish_stdout(
			    print_records(arena, options, domain, plan));
	}
	arena_free(arena);
	return status;
}
