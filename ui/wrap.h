/*
 * ui/wrap.h - sentences broken into lines.
 */
#ifndef WRAP_H
#define WRAP_H

#include <stdio.h>

#include "../checks/base/str.h"

#define WRAP_COLUMNS 78 /* of a line on paper, in a file or in a pipe */

/*
 * Columns for lines on `out`: WRAP_COLUMNS, or fewer when it is a terminal
 * that has not so many; at least 40.
 */
size_t wrap_columns(FILE *out);

/*
 * The text in lines of at most `width` columns, broken at blanks; every line
 * but the first begins with `indent` blanks, and the first has room for as
 * many before it.  A word that is too long stays whole.  One column is counted
 * for each character of UTF-8.  Lives in the arena.
 */
const char *wrap(struct arena *, const char *text, size_t width, size_t indent);

#endif
