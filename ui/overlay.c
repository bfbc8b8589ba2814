/* ui/overlay.c - see overlay.h */
#include "overlay.h"

#define OVERLAY_COLUMNS 78 /* with the frame */
#define ROOMY		60 /* a body so wide shows what is behind */

static int
box_columns(const struct canvas *body)
{
	int cols = body->cols >= ROOMY ? body->cols - 4 : body->cols;

	return cols > OVERLAY_COLUMNS ? OVERLAY_COLUMNS : cols;
}

int
overlay_columns(const struct canvas *body)
{
	return box_columns(body) - 2;
}

void
overlay_draw(const char *title, const struct form *form,
    struct form_state *state, const struct canvas *body)
{
	int buttons = form->nbuttons > 0 ? 1 : 0;
	int rows = (int)form->nrows + 2 + buttons * 2;
	int left = body->cols >= ROOMY ? 2 : 0;
	struct canvas box, inside;

	if (rows > body->rows)
		rows = body->rows;
	box = canvas_part(body, 0, left, rows, box_columns(body));
	if (rows + 1 < body->rows)
		box.top++;
	draw_clear(body); /* what would look out at the sides says nothing */
	draw_box(&box);
	draw_format(&box, 0, 2, ROLE_HEADING, " %s ", title);
	inside = canvas_part(&box, 1, 1, rows - 2 - buttons, box.cols - 2);
	form_draw(form, state, &inside);
	if (buttons == 0)
		return;
	inside = canvas_part(&box, rows - 2, 1, 1, box.cols - 2);
	form_draw_buttons(form, state, &inside, 0);
}
