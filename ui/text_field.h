/*
 * ui/text_field.h - one line of text that can be edited.
 *
 * UTF-8 in, UTF-8 out; a character with its marks is one step of the cursor.
 */
#ifndef TEXT_FIELD_H
#define TEXT_FIELD_H

#include "draw.h"
#include "keys.h"
#include "paste.h"

#define TEXT_FIELD_SIZE 1024 /* octets, NUL included */

struct text_field {
	char text[TEXT_FIELD_SIZE];
	size_t len;
	size_t cursor; /* octets before it */
	size_t scroll; /* octets left of the first column */
	bool secret; /* shown as stars */
	char erased[TEXT_FIELD_SIZE]; /* by ^U; "" when there is nothing to
					 bring back */
};

/* Takes a new text, cursor at its end. */
void text_field_set(struct text_field *, const char *text);

/* Types one character; false when it does not fit or cannot be shown. */
bool text_field_type(struct text_field *, uint32_t character);

/* Puts a text in at the cursor; false when a part did not fit. */
bool text_field_insert(struct text_field *, const char *text);

/* Moves and erases.  False if the action means nothing to a text field. */
bool text_field_act(struct text_field *, enum action);

/*
 * Draws "[text____]" from column `x` on, `width` columns with the brackets;
 * "<" and ">" stand in their place where the text goes on.  With `focused`
 * the hardware cursor is put into it.
 */
void text_field_draw(const struct canvas *, int y, int x, int width,
    struct text_field *, bool focused);

#endif
