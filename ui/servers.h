/*
 * ui/servers.h - where the published record is by now, in words and badges.
 */
#ifndef SERVERS_H
#define SERVERS_H

#include "view.h"

/* "OK", "WAIT", "FAIL": of both verdicts together. */
const char *servers_badge(const struct published_view *);
enum role servers_role(const struct published_view *);

/* "Looking again in 24 s; s stops."  "" when all is done. */
const char *servers_next(struct ui *);

/* Milliseconds until that text is another one; -1: it stays. */
int servers_wait_ms(const struct ui *);

/* s and F5 where the record is waited for; true: done. */
bool servers_act(struct ui *, enum action);

extern const struct view view_servers;

#endif
