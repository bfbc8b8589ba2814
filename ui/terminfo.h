/*
 * ui/terminfo.h - what is written about this kind of terminal.
 *
 * By itself because <term.h> takes words such as "lines" and "columns" away
 * from whoever includes it.
 */
#ifndef TERMINFO_H
#define TERMINFO_H

#include <stdbool.h>

/*
 * The description to draw with: of `name` itself, or of xterm when it is one
 * of the newer terminals that behave like it.  NULL when the cursor could not
 * be placed.
 */
const char *terminfo_name(const char *name);

/* A string of the terminal in use, such as "kf5"; NULL: it has none. */
const char *terminfo_string(const char *capability);

#endif
