/*
 * ui/save_view.h - a text to a file whose name the person gives.
 */
#ifndef SAVE_VIEW_H
#define SAVE_VIEW_H

#include "aside.h"
#include "view.h"

/*
 * Asks for a path, beside the saved plan and ending in `suffix` at first, and
 * writes the text to it: mode 0600, and never over a file without asking.  The
 * path, or NULL.  *said is what became of it in one sentence, "" when it was
 * given up.  Both live in ui->arena.
 */
const char *save_view_text(struct ui *, struct aside *, const char *suffix,
    struct str text, const char **said);

/* The same with the checklist; gives the events that end the program. */
unsigned int save_view_report(struct ui *, struct tty *);

/* A path as typed with "~/", which no system call knows, made whole. */
const char *save_view_path(struct ui *, const char *path);

#endif
