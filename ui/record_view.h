/*
 * ui/record_view.h - records as plain text on the normal screen.
 *
 * A value in a box, or one that curses drew over several rows, cannot be
 * marked with the mouse as one line.  Here curses is left, the value stands
 * alone on its line, and a triple click takes exactly it.
 */
#ifndef RECORD_VIEW_H
#define RECORD_VIEW_H

#include "term.h"
#include "view.h"

/*
 * Shows the records to be published one by one, those of the step first,
 * until Enter or Esc; gives the events that end the program otherwise.
 */
unsigned int record_view(struct ui *, struct tty *);

#endif
