/*
 * ui/servers.h - where a published record is by now, in words and badges.
 */
#ifndef SERVERS_H
#define SERVERS_H

#include "view.h"

/* "OK", "WAIT", "FAIL": of both verdicts together. */
const char *servers_badge(const struct published_view *);
enum role servers_role(const struct published_view *);

/* "Looking again in 24 s; s stops."  "" when all is done. */
const char *servers_next(struct ui *, enum planned);

/* Milliseconds until that text is another one; -1: it stays. */
int servers_wait_ms(const struct ui *);

/*
 * In the page of a step: the record that was said to be published, and where
 * it is by now; nothing while none was, or when it is there.
 */
void servers_add(struct ui *, struct form *, enum planned, int id, int group);

/* s and F5 where the record is waited for; true: done. */
bool servers_act(struct ui *, enum action);

/* Opens the list of those who were asked for this record. */
void servers_open(struct ui *, enum planned);

/* F6 in the page of a step: the same, where one is waited for. */
bool servers_compare(struct ui *, enum wizard_step);

/* Opens the record, in the form of the DNS provider, to be published. */
void publish_open(struct ui *, enum planned);

extern const struct view view_servers;

#endif
