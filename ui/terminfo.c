/* ui/terminfo.c - see terminfo.h */
#include <string.h>
#include <unistd.h>

#include <curses.h>
#include <term.h>

#include "terminfo.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Is this terminal described here, and can it place the cursor? */
static bool
is_usable(const char *name)
{
	int error;
	bool usable;

	if (setupterm(name, STDOUT_FILENO, &error) == ERR)
		return false;
	usable = cursor_address != NULL;
	del_curterm(cur_term);
	return usable;
}

/* Newer terminals behave like xterm, but their descriptions are rare. */
const char *
terminfo_name(const char *name)
{
	static const char *const like_xterm[] = { "xterm", "alacritty", "foot",
		"kitty", "ghostty", "wezterm", "konsole", "st", "putty",
		"contour" };
	static const char *const known[] = { "xterm-256color", "xterm", "vt220",
		"vt100" };

	if (name == NULL || *name == '\0')
		return NULL;
	if (is_usable(name))
		return name;
	for (size_t i = 0; i < COUNT(like_xterm); i++) {
		if (strncmp(name, like_xterm[i], strlen(like_xterm[i])) != 0)
			continue;
		for (size_t j = 0; j < COUNT(known); j++)
			if (is_usable(known[j]))
				return known[j];
	}
	return NULL;
}

const char *
terminfo_string(const char *capability)
{
	const char *octets = tigetstr(capability);

	return octets == (char *)-1 ? NULL : octets;
}
