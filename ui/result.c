/* The result of one domain, as text or as JSON. */
#include "result.h"

#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "json.h"
#include "report_text.h"

void
result_print(
    FILE *out, const struct result_style *style, const struct audit *audit)
{
	const struct options *options = style->options;
	struct text_style text = {
		.color = style->color,
		.verbose =
		    options->verbose || strcmp(style->command, "spf") == 0,
		.server = options->nservers > 0 ? options->servers : NULL,
	};
	char *line;

	if (options->json) {
		line = json_audit(style->command, audit, style->saved);
		fprintf(out, "%s\n", line);
		free(line);
		return;
	}
	report_text(out, audit, &text);
	if (style->saved != NULL)
		since_print(out, audit->runs[0].arena, style->saved, audit);
}

void
result_trace(
    FILE *out, const struct options *options, const struct audit *audit)
{
	for (size_t i = 0; options->verbose && i < audit->nsteps; i++)
		print_trace(out, &audit->runs[i]);
}
