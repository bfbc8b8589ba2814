/*
 * ui/server.h - what to do on the mail server: the list, and one block of it.
 */
#ifndef SERVER_VIEWS_H
#define SERVER_VIEWS_H

#include "../wizard/server_plan.h"
#include "view.h"

/*
 * What is on the screen there, as a text to be copied: the whole list, or the
 * block that is open; and how a file with it ends.
 */
const char *server_text(struct ui *);
const char *server_suffix(struct ui *);

extern const struct view view_server, view_server_block;

#endif
