/* Keys by name, "<Enter>", as the octets a terminal sends for them. */
#include "pty_inside.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static const struct {
	const char *name;
	VTermKey key;
} names[] = {
	{ "Enter", VTERM_KEY_ENTER },
	{ "Tab", VTERM_KEY_TAB },
	{ "Esc", VTERM_KEY_ESCAPE },
	{ "BS", VTERM_KEY_BACKSPACE },
	{ "Del", VTERM_KEY_DEL },
	{ "Ins", VTERM_KEY_INS },
	{ "Home", VTERM_KEY_HOME },
	{ "End", VTERM_KEY_END },
	{ "PgUp", VTERM_KEY_PAGEUP },
	{ "PgDn", VTERM_KEY_PAGEDOWN },
	{ "Up", VTERM_KEY_UP },
	{ "Down", VTERM_KEY_DOWN },
	{ "Left", VTERM_KEY_LEFT },
	{ "Right", VTERM_KEY_RIGHT },
};

static bool
is_name(const char *name, size_t len, const char *text)
{
	return strlen(text) == len && memcmp(name, text, len) == 0;
}

static void
press(struct terminal *t, VTermModifier with, const char *name, size_t len)
{
	if (len == 1) {
		vterm_keyboard_unichar(t->vt, (unsigned char)*name, with);
	} else if (is_name(name, len, "Space")) {
		vterm_keyboard_unichar(t->vt, ' ', with);
	} else if (is_name(name, len, "lt")) {
		vterm_keyboard_unichar(t->vt, '<', with);
	} else if (*name == 'F' && len <= 3) {
		unsigned long number = strtoul(name + 1, NULL, 10);

		vterm_keyboard_key(
		    t->vt, (VTermKey)VTERM_KEY_FUNCTION(number), with);
	} else {
		for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
			if (is_name(name, len, names[i].name)) {
				vterm_keyboard_key(t->vt, names[i].key, with);
				return;
			}
		fprintf(stderr, "no key is called <%.*s>\n", (int)len, name);
		abort();
	}
}

/* "C-", "M-", "S-" before the name. */
static VTermModifier
modifiers(const char **name, size_t *len)
{
	int with = VTERM_MOD_NONE;

	while (*len > 2 && (*name)[1] == '-') {
		if (**name == 'C')
			with |= VTERM_MOD_CTRL;
		else if (**name == 'M')
			with |= VTERM_MOD_ALT;
		else if (**name == 'S')
			with |= VTERM_MOD_SHIFT;
		*name += 2;
		*len -= 2;
	}
	return (VTermModifier)with;
}

/*
 * Until the program has read what was sent, or has better things to do: keys
 * that come in one read are taken for a paste.
 */
static void
let_read(const struct terminal *t)
{
	const struct timespec moment = { .tv_nsec = 1000000 };
	const char *name = t->fd != -1 ? ptsname(t->fd) : NULL;
	int fd = name != NULL ? open(name, O_RDWR | O_NOCTTY | O_CLOEXEC) : -1;
	bool seen = false; /* it takes a moment to get there */
	int unread = 0;

	for (int i = 0; fd != -1 && i < 300; i++) {
		if (ioctl(fd, FIONREAD, &unread) == -1 ||
		    (unread == 0 && (seen || i > 5)))
			break;
		seen |= unread > 0;
		nanosleep(&moment, NULL);
	}
	if (fd != -1)
		close(fd);
}

void
terminal_keys(struct terminal *t, const char *keys)
{
	while (*keys != '\0') {
		const char *end = *keys == '<' ? strchr(keys, '>') : NULL;

		if (end != NULL) {
			const char *name = keys + 1;
			size_t len = (size_t)(end - name);
			VTermModifier with = modifiers(&name, &len);

			press(t, with, name, len);
			terminal_flush_keys(t);
			keys = end + 1;
		} else {
			terminal_send(t, keys, 1);
			keys++;
		}
		if (*keys != '\0')
			let_read(t);
	}
}

void
terminal_paste(struct terminal *t, const char *text)
{
	vterm_keyboard_start_paste(t->vt);
	terminal_flush_keys(t);
	terminal_send(t, text, strlen(text));
	vterm_keyboard_end_paste(t->vt);
	terminal_flush_keys(t);
}
