/* Blocks of commands as a script for PowerShell. */
#include <string.h>

#include "../checks/base/i18n.h"
#include "server_commands.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* Every line behind "# ", but for those that are comments already. */
static const char *
commented(struct arena *arena, const char *text)
{
	struct str rest = str_of(text);
	const char *out = "";

	while (rest.len > 0) {
		struct str line = str_word(&rest, '\n');

		out = arena_printf(arena, "%s%s%.*s\n", out,
		    line.len > 0 && line.p[0] == '#' ? "" : "# ", (int)line.len,
		    line.p);
	}
	return out;
}

static const char *
with_cr_lf(struct arena *arena, const char *text)
{
	char *out = arena_alloc(arena, 2 * strlen(text) + 1), *at = out;

	for (; *text != '\0'; text++) {
		if (*text == '\n')
			*at++ = '\r';
		*at++ = *text;
	}
	return out;
}

const char *
server_commands_script(struct arena *arena, const struct command_list *list)
{
	const char *out = arena_printf(arena, "# %s\n# %s\n",
	    _("Made by mailwizard. Read it before you run it, in the Exchange "
	      "Management Shell, as administrator."),
	    _("It stops at the first command that fails; what is done can be "
	      "done again."));

	for (size_t i = 0; i < list->n; i++) {
		const struct command_block *block = &list->blocks[i];

		out = arena_printf(arena, "%s\n# ---- %s\n%s%s", out,
		    block->title, commented(arena, block->why),
		    block->commands);
		out = arena_printf(arena, "%s# %s\n%s# %s\n%s", out,
		    _("Check:"), block->check, _("To undo it:"),
		    commented(arena, block->undo));
	}
	out = with_cr_lf(arena, out);
	if (str_is_ascii(str_of(out)))
		return out;
	return arena_printf(arena, BYTE_ORDER_MARK "%s", out);
}
