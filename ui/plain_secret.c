/* A secret asked for in plain mode: shown nowhere, and wiped. */
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "../checks/crypto.h"
#include "plain_inside.h"

/* What is typed is not shown, and nothing but the program sees Ctrl-Z. */
static bool
hide(struct termios *before)
{
	struct termios silent;

	if (tcgetattr(STDIN_FILENO, before) == -1)
		return false;
	silent = *before;
	silent.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL);
	silent.c_cc[VSUSP] = _POSIX_VDISABLE;
	return tcsetattr(STDIN_FILENO, TCSADRAIN, &silent) == 0;
}

/* The first line of the input as it is; false: it is empty, or too long. */
static bool
take_secret(struct plain *p, size_t len, char out[SECRET_MAX])
{
	bool fits = !p->skipping && len > 0 && len < SECRET_MAX;
	size_t rest = len < p->ninput ? p->ninput - len - 1 : 0;

	if (fits) {
		memcpy(out, p->input, len);
		out[len] = '\0';
	}
	p->skipping = false;
	memmove(p->input, p->input + (p->ninput - rest), rest);
	secret_wipe(p->input + rest, p->ninput - rest);
	p->ninput = rest;
	return fits;
}

bool
plain_ask_secret(struct plain *p, const char *prompt, char out[SECRET_MAX])
{
	struct termios before;
	bool hidden, given = false;

	plain_tell(p);
	hidden = hide(&before);
	plain_prompt(prompt);
	while (p->ended < 0) {
		struct str all = { p->input, p->ninput };
		size_t end = str_find(all, '\n');

		if (end < all.len || (p->input_ended && all.len > 0)) {
			given = take_secret(p, end, out);
			break;
		}
		if (p->input_ended)
			p->ended = session_exit_status(p->session);
		else
			plain_wait_once(p, true, session_wait_ms(p->session));
	}
	if (hidden)
		tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
	putchar('\n');
	return given;
}
