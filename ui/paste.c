/* ui/paste.c - makes pasted text fit for a field; see paste.h */
#include <stdlib.h>
#include <string.h>

#include "../checks/base/arena.h"
#include "../checks/base/utf8.h"
#include "paste.h"

void
paste_add(struct paste *paste, const void *octets, size_t n)
{
	if (n > PASTE_MAX - paste->len) {
		n = PASTE_MAX - paste->len;
		paste->cut = true;
	}
	if (n == 0)
		return;
	if (paste->len + n > paste->size) {
		size_t size = paste->size * 2 + n;
		char *text = realloc(paste->text, size);

		if (text == NULL)
			out_of_memory();
		paste->text = text;
		paste->size = size;
	}
	memcpy(paste->text + paste->len, octets, n);
	paste->len += n;
}

void
paste_clear(struct paste *paste)
{
	free(paste->text);
	memset(paste, 0, sizeof(*paste));
}

/* Characters that nobody sees, but that a copy takes along. */
static bool
is_invisible(uint32_t c)
{
	return c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0xad ||
	    (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
	    (c >= 0x2060 && c <= 0x206f) || (c >= 0xfe00 && c <= 0xfe0f) ||
	    c == 0xfeff;
}

static bool
is_blank(uint32_t c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0xa0;
}

static bool
is_wrapping(uint32_t c, enum paste_rule rule)
{
	return rule == PASTE_JOIN &&
	    (is_blank(c) || c == '"' || c == '(' || c == ')');
}

static size_t
read_character(struct str rest, uint32_t *c)
{
	size_t n = utf8_read(rest, c);

	if (n == 0) {
		*c = 0; /* not UTF-8: goes the way of the invisible */
		n = 1;
	}
	return n;
}

size_t
paste_line(const struct paste *paste, enum paste_rule rule, char *out,
    size_t size, struct paste_report *report)
{
	size_t len = 0;
	bool gap = false;
	bool new_line = true;

	*report = (struct paste_report){ 0 };
	for (size_t i = 0; i < paste->len;) {
		uint32_t c;
		char one[4];
		size_t n = read_character(
		    (struct str){ paste->text + i, paste->len - i }, &c);

		i += n;
		if (c == '\r' || c == '\n')
			new_line = true;
		if (is_wrapping(c, rule))
			continue;
		if (is_blank(c)) {
			gap = len > 0;
			continue;
		}
		if (is_invisible(c)) {
			report->removed++;
			continue;
		}
		report->lines += new_line;
		new_line = false;
		n = utf8_write(c, one);
		if (len + n + gap >= size)
			break;
		if (gap)
			out[len++] = ' ';
		gap = false;
		memcpy(out + len, one, n);
		len += n;
	}
	out[len] = '\0';
	return len;
}
