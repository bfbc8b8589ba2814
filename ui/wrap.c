/* Sentences broken into lines. */
#include "wrap.h"

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

const char *
wrap(struct arena *arena, const char *text, size_t width, size_t indent)
{
	struct str rest = str_of(text);
	const char *made = "";
	size_t at = indent; /* the column that comes next */

	while (rest.len > 0) {
		size_t columns;
		size_t end = next_word(rest, &columns);
		bool first = rest.p == text;

		if (!first && at + 1 + columns > width) {
			made = arena_printf(
			    arena, "%s\n%*s", made, (int)indent, "");
			at = indent;
		} else if (!first) {
			made = arena_printf(arena, "%s ", made);
			at++;
		}
		made = arena_printf(arena, "%s%.*s", made, (int)end, rest.p);
		at += columns;
		rest = str_slice(rest, end + 1, rest.len);
	}
	return made;
}
