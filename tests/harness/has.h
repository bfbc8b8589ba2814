/*
 * tests/harness/has.h - a text that must, or must not, be part of another.
 * Included after unit.h.
 */
#ifndef HAS_H
#define HAS_H

#include <string.h>

static inline void
has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("no \"%s\" in \"%s\"", part, text);
}

static inline void
has_not(const char *text, const char *part)
{
	if (strstr(text, part) != NULL)
		fail_msg("\"%s\" in \"%s\"", part, text);
}

#endif
