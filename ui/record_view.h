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

/* What it prints for the record of the plan; lives in ui->arena. */
const char *record_view_text(struct ui *);

/* Shows it until Enter or Esc; gives the events that ended it otherwise. */
unsigned int record_view(struct ui *, struct tty *);

#endif
