/* ui/aside.c - see aside.h */
#include "aside.h"

#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/utf8.h"
#include "keys.h"
#include "term_guard.h"

#define ENDING (TERM_TERMINATED | TERM_HANGUP | TERM_INTERRUPTED)

void
aside_begin(struct aside *aside, struct tty *term)
{
	*aside = (struct aside){ .term = term };
	term_leave(term);
	guard_keys_one_by_one();
}

void
aside_end(struct aside *aside)
{
	if (aside->ended != 0)
		guard_modes_before();
	else
		term_return(aside->term);
}

static void
stop(bool group)
{
	guard_modes_before();
	guard_stop(group);
	guard_keys_one_by_one();
}

bool
aside_key(struct aside *aside, uint32_t *key)
{
	struct input *input = &aside->term->input;

	while (aside->ended == 0) {
		unsigned int events;

		if (input_next(input, monotonic_ms(), key)) {
			if (*key == K_NONE)
				continue;
			if (*key != CONTROL('Z'))
				return true;
			stop(true);
			*key = K_NONE;
			return true;
		}
		events = term_wait(aside->term, -1, -1);
		aside->ended = events & ENDING;
		if ((events & (TERM_STOP | TERM_RESUMED)) == 0)
			continue;
		if ((events & TERM_STOP) != 0)
			stop(false);
		else
			guard_keys_one_by_one();
		*key = K_NONE;
		return aside->ended == 0;
	}
	return false;
}

bool
aside_key_ends(uint32_t key)
{
	static const uint32_t ends[] = { K_ENTER, K_ESC, 'q', CONTROL('C'),
		K_F1 + 2, CONTROL('V') };

	for (size_t i = 0; i < COUNT(ends); i++)
		if (key == ends[i])
			return true;
	return false;
}

void
aside_clipboard(struct str text)
{
	term_clipboard(text.p, text.len);
	aside_print(
	    _("--- Sent to the terminal's clipboard. Many terminals ignore "
	      "this: if pasting gives nothing, use the mouse.\n"));
}

void
aside_print(const char *text)
{
	fputs(text, stdout);
	fflush(stdout);
}

/* --- a line of text ------------------------------------------------------ */

static void
erase_last(char line[ASIDE_LINE])
{
	size_t len = strlen(line);
	int columns;

	if (len == 0)
		return;
	do
		len--;
	while (len > 0 && ((unsigned char)line[len] & 0xc0) == 0x80);
	columns = text_columns(line + len);
	line[len] = '\0';
	while (columns-- > 0)
		fputs("\b \b", stdout);
}

static void
type(char line[ASIDE_LINE], uint32_t character)
{
	char octets[5] = "";
	size_t len = strlen(line);
	size_t n;

	if (character < ' ' || character == 0x7f || character >= K_NONE)
		return;
	n = utf8_write(character, octets);
	if (len + n >= ASIDE_LINE || text_columns(octets) < 1)
		return;
	memcpy(line + len, octets, n + 1);
	fputs(octets, stdout);
}

/* One line of it; whoever pasted has not said yes yet. */
static void
type_paste(char line[ASIDE_LINE], const struct paste *paste)
{
	char text[ASIDE_LINE];
	struct paste_report report;
	struct str rest;

	paste_line(paste, PASTE_WORDS, text, sizeof(text), &report);
	rest = str_of(text);
	while (rest.len > 0) {
		uint32_t character;

		rest = str_slice(rest, utf8_read(rest, &character), rest.len);
		type(line, character);
	}
}

enum line_state { LINE_GOES_ON, LINE_DONE, LINE_GIVEN_UP };

static enum line_state
edit(struct aside *aside, const char *prompt, char line[ASIDE_LINE],
    uint32_t key)
{
	switch (key) {
	case K_ENTER:
		return LINE_DONE;
	case K_ESC:
	case CONTROL('C'):
		return LINE_GIVEN_UP;
	case K_NONE:
		printf("\n%s\n%s", prompt, line);
		break;
	case K_BACKSPACE:
		erase_last(line);
		break;
	case CONTROL('U'):
		while (*line != '\0')
			erase_last(line);
		break;
	case K_PASTE:
		type_paste(line, &aside->term->input.paste);
		break;
	default:
		type(line, key);
	}
	fflush(stdout);
	return LINE_GOES_ON;
}

bool
aside_line(struct aside *aside, const char *prompt, char line[ASIDE_LINE])
{
	enum line_state state = LINE_GOES_ON;
	uint32_t key;

	printf("%s\n%s", prompt, line);
	fflush(stdout);
	while (state == LINE_GOES_ON && aside_key(aside, &key))
		state = edit(aside, prompt, line, key);
	aside_print("\n");
	return state == LINE_DONE;
}

bool
aside_yes(struct aside *aside, const char *question)
{
	uint32_t key = K_NONE;

	aside_print(question);
	while (key == K_NONE && aside_key(aside, &key))
		continue;
	aside_print("\n");
	return key == 'y' || key == 'Y';
}
