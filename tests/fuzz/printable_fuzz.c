/* Any octets: what printable() and readable() give holds nothing else. */
#include <stdlib.h>
#include <string.h>

#include "../../checks/base/character.h"
#include "../../checks/base/printable.h"
#include "../../checks/base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t len);

/* Printable ASCII alone, and the octets come back from it. */
static void
check_printable(const char *text, struct str octets)
{
	size_t at = 0;

	for (; *text != '\0'; text++, at++) {
		unsigned char value = (unsigned char)*text;

		if (value < ' ' || value > '~' || at >= octets.len)
			abort();
		if (value == '\\' && text[1] == '\\') {
			text++;
		} else if (value == '\\') {
			value = (unsigned char)((text[1] - '0') * 100 +
			    (text[2] - '0') * 10 + (text[3] - '0'));
			text += 3;
		}
		if (value != (unsigned char)octets.p[at])
			abort();
	}
	if (at != octets.len)
		abort();
}

/* Whole characters, each one that may be shown, and two marks in a row. */
static void
check_readable(struct str text)
{
	unsigned int marks = 2;
	uint32_t c;

	while (text.len > 0) {
		size_t len = utf8_read(text, &c);
		enum character_class class = character_class(c);

		if (len == 0 || class == CHARACTER_HIDDEN)
			abort();
		marks = class == CHARACTER_MARK ? marks + 1 : 0;
		if (marks > 2)
			abort();
		text = str_slice(text, len, text.len);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *octets, size_t len)
{
	struct arena *arena = arena_new();
	struct str text = { (const char *)octets, len };

	check_printable(printable(arena, text), text);
	check_readable(str_of(readable(arena, text)));
	arena_free(arena);
	return 0;
}
