/*
 * ui/wrap.h - sentences broken into lines.
 */
#ifndef WRAP_H
#define WRAP_H

#include "../checks/base/str.h"

/*
 * The text in lines of at most `width` columns, broken at blanks; every line
 * but the first begins with `indent` blanks, and the first has room for as
 * many before it.  A word that is too long stays whole.  One column is counted
 * for each character of UTF-8.  Lives in the arena.
 */
const char *wrap(struct arena *, const char *text, size_t width, size_t indent);

#endif
