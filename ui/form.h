/*
 * ui/form.h - rows on the screen, some of which can be focused.
 *
 * A view says anew for every picture and every key which rows there are; what
 * lasts (focus, scroll position) is in struct form_state, by ids that the view
 * chose.  So a resize, or an answer from DNS that adds a row, never moves the
 * focus away from what the person was at.
 *
 * When the screen is low, rows are left out in the order of enum drop, the
 * last first; then the rows that scroll get what is left; and when even that
 * is not enough, all of them scroll.
 */
#ifndef FORM_H
#define FORM_H

#include "draw.h"
#include "keys.h"
#include "radio.h"
#include "text_field.h"

#define FORM_GROUPS  8
#define FORM_BUTTONS 6
#define FORM_HITS    64 /* places that can be clicked */

enum drop {
	DROP_NEVER,
	DROP_SECOND, /* what another row says shorter */
	DROP_NOTE,
	DROP_PURPOSE, /* why this screen is there */
	DROP_BLANK,
};

struct row {
	int id; /* of what can be focused; 0: cannot be */
	int group; /* Tab goes from group to group; below FORM_GROUPS */
	enum drop drop;
	int block; /* rows of one text are left out together; 0: alone */
	bool scrolls;
	void (*draw)(
	    const struct row *, const struct canvas *line, bool focused);

	/* What the ready-made rows need; views may use them as they like. */
	const char *label;
	const char *text;
	enum role role; /* of the text */
	int indent; /* columns before the text, or before the field */
	const char *badge; /* at the right edge: the word of a verdict... */
	enum role badge_role;
	const char *right; /* ...and what stands behind it */
	struct text_field *field;
	struct radio *radio;
	bool *tick;
	const void *data;
};

struct button {
	int id;
	const char *label;
};

struct form {
	struct arena *arena; /* of this picture */
	int columns; /* there are for a row */
	int label; /* columns before a field; 0: as ever */
	bool compact; /* a small screen: say it shorter */
	struct row *rows;
	size_t nrows;
	struct button buttons[FORM_BUTTONS];
	size_t nbuttons;
	int blocks; /* texts so far */
	const struct hint *hints; /* the view's own keys, right now */
	size_t nhints;
};

struct hit { /* in the window */
	int y, x, cols;
	int id;
};

struct form_state {
	int focus; /* id; 0: the first there is */
	int top; /* of the scrolling rows: the first one, as wanted... */
	int shown; /* ...and as the last picture had it: a change of size
		      leaves the wish alone */
	int page; /* of them: how many are visible */
	int hidden; /* of them: how many are not */
	int last[FORM_GROUPS]; /* where the focus was in a group */
	struct hit hits[FORM_HITS]; /* of the last picture */
	int nhits;
};

/* --- building ------------------------------------------------------------ */

struct row *form_add(struct form *, struct row);
void form_blank(struct form *);
void form_button(struct form *, int id, const char *label);

/* Text wrapped over as many rows as it needs. */
void form_text(
    struct form *, enum drop, enum role, int indent, const char *text);
/* The same among the rows that scroll. */
void form_scroll_text(struct form *, enum role, int indent, const char *text);

/* The same under a heading, after a blank row; nothing for NULL and "". */
void form_part(struct form *, const char *heading, const char *text);

/*
 * A row whose text, from column row.indent on, may need more than one line;
 * the further lines cannot be focused.  `draw` writes the first.
 */
void form_wrapped(struct form *, struct row);

/* "label  [text___]  right", "label  (o) this ( ) that", "[x] label" */
struct row *form_field(
    struct form *, int id, int group, const char *label, struct text_field *);
struct row *form_radio(
    struct form *, int id, int group, const char *label, struct radio *);

/* "[x] label"; Space ticks. */
struct row *form_tick(
    struct form *, int id, int group, const char *label, bool *tick);

#define FORM_LABEL 17 /* columns before a field, if form->label is 0 */

/* Draws badge and text at the right edge; gives the column they leave. */
int form_draw_right(const struct row *, const struct canvas *line, int least);

/* --- moving -------------------------------------------------------------- */

enum form_result {
	FORM_IGNORED,
	FORM_MOVED, /* the focus, or the scroll position */
	FORM_CHANGED, /* the widget that has the focus */
	FORM_PRESSED, /* Enter, or Space on a button */
};

/* A key; `character` belongs to ACT_TEXT. */
enum form_result form_act(
    const struct form *, struct form_state *, enum action, uint32_t character);

/* What was drawn at this place of the window; 0: nothing to be focused. */
int form_hit(const struct form_state *, int y, int x);

/* The row or button that has the focus; settles where it is, if nowhere. */
const struct row *form_focused(const struct form *, struct form_state *);
bool form_on_button(const struct form *, const struct form_state *);
void form_focus(struct form_state *, int id);
void form_next(const struct form *, struct form_state *);

/* --- drawing ------------------------------------------------------------- */

void form_draw(const struct form *, struct form_state *, const struct canvas *);
void form_draw_buttons(
    const struct form *, struct form_state *, const struct canvas *, int y);

/* ">" where the focus is, and the hardware cursor behind it. */
void form_mark(const struct canvas *line, bool focused);

#endif
