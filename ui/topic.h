/*
 * ui/topic.h - the long help about what is selected.
 */
#ifndef TOPIC_H
#define TOPIC_H

#include "view.h"

/*
 * A text of wizard/help.h as rows that scroll: its title, and its parts
 * wrapped to the columns of the form.
 */
void topic_add(struct ui *, struct form *, const char *text);

/* The same on a part of the screen, as much of it as there is room for. */
void topic_draw(struct ui *, const struct canvas *side, const char *text);

/* The text about a row or button of a view; NULL: there is none. */
const char *topic_of(struct ui *, const struct view *, int id);

/* Those about a field, by its id, and about a finding of a look. */
const char *topic_of_field(int field_id);
const char *topic_of_finding(struct ui *, enum look_kind, int place);

#endif
