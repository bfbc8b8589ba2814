/*
 * checks/base/character.h - which characters of Unicode may be shown.
 *
 * A table of our own: iswprint() of the C library lets direction overrides
 * and joiners through, and depends on the locale.
 */
#ifndef CHARACTER_H
#define CHARACTER_H

#include <stdint.h>

enum character_class {
	CHARACTER_HIDDEN, /* control, format, blank other than space, private,
			     unassigned, surrogate, invisible */
	CHARACTER_SHOWN, /* letter, digit, punctuation, symbol, space */
	CHARACTER_MARK, /* combines with the character before it */
};

/*
 * Of a code point; Unicode 14.  Above U+FFFF only pictographs and Han are
 * shown.
 */
enum character_class character_class(uint32_t);

#endif
