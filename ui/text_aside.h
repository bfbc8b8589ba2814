/*
 * ui/text_aside.h - commands and files as plain text on the normal screen, to
 * be marked with the mouse, sent to the clipboard or saved.
 */
#ifndef TEXT_ASIDE_H
#define TEXT_ASIDE_H

#include "term.h"
#include "view.h"

/* Until Enter or Esc; gives the events that end the program otherwise. */
unsigned int text_aside(
    struct ui *, struct tty *, const char *suffix, const char *text);

#endif
