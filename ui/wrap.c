/* Sentences broken into lines. */
#include "wrap.h"

#include <string.h>
#include <sys/ioctl.h>

#define COLUMNS_LEAST 40

size_t
wrap_columns(FILE *out)
{
	struct winsize size;

	if (ioctl(fileno(out), TIOCGWINSZ, &size) == -1 || size.ws_col == 0 ||
	    size.ws_col > WRAP_COLUMNS)
		return WRAP_COLUMNS;
	/* A line that fills the last column makes some terminals skip one. */
	return size.ws_col > COLUMNS_LEAST ? size.ws_col - 1U : COLUMNS_LEAST;
}

/* Columns up to the next blank, and its place. */
static size_t
next_word(struct str text, size_t *columns)
{
	size_t end = str_find(text, ' ');

	*columns = 0;
	for (size_t i = 0; i < end; i++)
		if ((text.p[i] & 0xc0) != 0x80)
			++*columns;
	return end;
}

static size_t
count_words(const char *text)
{
	size_t words = 1;

	for (; *text != '\0'; text++)
		words += *text == ' ';
	return words;
}

const char *
wrap(struct arena *arena, const char *text, size_t width, size_t indent)
{
	struct str rest = str_of(text);
	char *made =
	    arena_alloc(arena, rest.len + count_words(text) * (indent + 1) + 1);
	char *p = made;
	size_t at = indent; /* the column that comes next */

	while (rest.len > 0) {
		size_t columns;
		size_t end = next_word(rest, &columns);

		if (rest.p != text && at + 1 + columns > width) {
			*p++ = '\n';
			memset(p, ' ', indent);
			p += indent;
			at = indent;
		} else if (rest.p != text) {
			*p++ = ' ';
			at++;
		}
		memcpy(p, rest.p, end);
		p += end;
		at += columns;
		rest = str_slice(rest, end + 1, rest.len);
	}
	return made;
}
