/* The text of --help, made from the tables. */
#include "options_table.h"

#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "wrap.h"

#define HELP_WIDTH  78 /* columns */
#define HELP_INDENT 28 /* columns, of the explanations */

/* "  -f, --file FILE             domains from a file" */
static const char *
option_line(struct arena *arena, const struct option_row *row)
{
	const char *names;

	names = arena_printf(arena, "  %s--%s%s%s",
	    row->letter != 0 ? arena_printf(arena, "-%c, ", row->letter)
			     : "    ",
	    row->name, row->argument == ARGUMENT_NEEDED ? " " : "",
	    row->shown != NULL ? row->shown : "");
	if (strlen(names) < HELP_INDENT)
		names = arena_printf(arena, "%-*s", HELP_INDENT, names);
	else
		names = arena_printf(arena, "%s\n%*s", names, HELP_INDENT, "");
	return arena_printf(arena, "%s%s\n", names,
	    wrap(arena, _(row->help), HELP_WIDTH, HELP_INDENT));
}

static const char *
usage_line(struct arena *arena, const struct command_row *row)
{
	return arena_printf(arena, "mailwizard%s%s [%s] %s",
	    row->word != NULL ? " " : "", row->word != NULL ? row->word : "",
	    _("OPTION..."), row->operands);
}

/* The other commands, under the help of the wizard. */
static const char *
command_lines(struct arena *arena)
{
	const char *made = "";

	for (size_t i = 0; i < ncommand_rows; i++) {
		const struct command_row *row = &command_rows[i];

		if (row->word != NULL && row->built)
			made = arena_printf(arena, "%s  %s\n      %s\n", made,
			    usage_line(arena, row),
			    wrap(arena, _(row->help), HELP_WIDTH, 6));
	}
	return made;
}

const char *
options_help(struct arena *arena, enum command command)
{
	const struct command_row *row = command_row(command);
	const char *made;

	made = arena_printf(arena, "%s %s\n\n%s\n", _("Usage:"),
	    usage_line(arena, row), wrap(arena, _(row->help), HELP_WIDTH, 0));
	if (command == COMMAND_WIZARD)
		made = arena_printf(arena, "%s\n%s\n%s", made, _("Commands:"),
		    command_lines(arena));
	made = arena_printf(arena, "%s\n%s\n", made, _("Options:"));
	for (size_t i = 0; i < noption_rows; i++)
		if ((option_rows[i].commands & FOR(command)) != 0 &&
		    option_rows[i].help != NULL)
			made = arena_printf(arena, "%s%s", made,
			    option_line(arena, &option_rows[i]));
	return arena_printf(arena, "%s\n%s\n", made,
	    _("Exit status: 0 nothing failed, 1 something failed, 2 wrong "
	      "use,\n3 something could not be looked at."));
}
