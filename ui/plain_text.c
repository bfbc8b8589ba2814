/* Text in lines, as plain mode prints it. */
#include "plain_text.h"

#include <stdio.h>

#include "../checks/base/str.h"

#define INDENT_MOST 40 /* columns */

/* One line as it grows. */
struct line {
	size_t indent;
	size_t at; /* the column that comes next */
	bool begun; /* a word stands in it */
};

static bool
continues(char octet)
{
	return ((unsigned char)octet & 0xc0) == 0x80;
}

static size_t
columns(struct str text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += continues(text.p[i]) ? 0 : 1;
	return n;
}

/* C0, DEL, and the C1 controls in their UTF-8 form. */
static bool
is_control(struct str text, size_t i)
{
	unsigned char c = (unsigned char)text.p[i];
	unsigned char next =
	    i + 1 < text.len ? (unsigned char)text.p[i + 1] : 0;

	return c < 0x20 || c == 0x7f || (c == 0xc2 && next < 0xa0);
}

static void
put_octets(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (is_control(text, i))
			printf(
			    "\\%03u", (unsigned int)(unsigned char)text.p[i]);
		else
			putchar(text.p[i]);
	}
}

static void
new_line(struct line *line)
{
	printf("\n%*s", (int)line->indent, "");
	line->at = line->indent;
	line->begun = false;
}

/* The octets of the first `n` columns. */
static size_t
octets_of(struct str text, size_t n)
{
	size_t i = 0;

	while (i < text.len && (n > 0 || continues(text.p[i])))
		n -= continues(text.p[i++]) ? 0 : 1;
	return i;
}

static void
put_word(struct line *line, struct str word)
{
	size_t wide = columns(word);

	if (line->begun && line->at + 1 + wide > PLAIN_COLUMNS)
		new_line(line);
	if (line->begun) {
		putchar(' ');
		line->at++;
	}
	while (line->at + wide > PLAIN_COLUMNS) {
		size_t n = octets_of(word, PLAIN_COLUMNS - line->at);

		put_octets(str_slice(word, 0, n));
		word = str_slice(word, n, word.len);
		wide = columns(word);
		new_line(line);
	}
	put_octets(word);
	line->at += wide;
	line->begun = true;
}

static void
put_text(const char *first, const char *text)
{
	struct str rest = str_of(text);
	struct line line = { .at = columns(str_of(first)) };

	line.indent = line.at > INDENT_MOST ? 0 : line.at;
	put_octets(str_of(first));
	if (line.at >= PLAIN_COLUMNS && rest.len > 0)
		new_line(&line);
	while (rest.len > 0) {
		struct str part = str_word(&rest, '\n');

		while (part.len > 0)
			put_word(&line, str_word(&part, ' '));
		if (rest.len > 0)
			new_line(&line);
	}
}

void
plain_put(const char *first, const char *text)
{
	put_text(first, text);
	putchar('\n');
}

void
plain_print(const char *first, const char *fmt, ...)
{
	struct arena *arena = arena_new();
	va_list ap;

	va_start(ap, fmt);
	plain_put(first, arena_vprintf(arena, fmt, ap));
	va_end(ap);
	arena_free(arena);
}

void
plain_line(const char *text)
{
	put_octets(str_of(text));
	putchar('\n');
}

void
plain_prompt(const char *text)
{
	put_text("", text);
	putchar(' ');
}
