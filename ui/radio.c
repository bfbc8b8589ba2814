/* ui/radio.c - see radio.h */
#include "radio.h"

bool
radio_act(struct radio *radio, enum action action)
{
	switch (action) {
	case ACT_LEFT:
		if (radio->chosen > 0)
			radio->chosen--;
		return true;
	case ACT_RIGHT:
		if (radio->chosen < radio->count - 1)
			radio->chosen++;
		return true;
	case ACT_TOGGLE:
		radio->chosen = (radio->chosen + 1) % radio->count;
		return true;
	default:
		return false;
	}
}

static int
all_columns(const struct radio *radio)
{
	int columns = -2;

	for (int i = 0; i < radio->count; i++)
		columns += 4 + text_columns(radio->labels[i]) + 2;
	return columns;
}

static void
draw_one(const struct canvas *canvas, int y, int x, int width,
    const struct radio *radio, bool focused)
{
	const char *label =
	    radio->chosen < 0 ? "-" : radio->labels[radio->chosen];

	draw_text(canvas, y, x, ROLE_TEXT, "< ");
	width = draw_cut(canvas, y, x + 2, width - 4,
	    focused ? ROLE_FOCUS : ROLE_TEXT, label);
	draw_text(canvas, y, width, ROLE_TEXT, " >");
	if (focused)
		draw_cursor(canvas, y, x + 2);
}

void
radio_draw(const struct canvas *canvas, int y, int x, int width,
    const struct radio *radio, bool focused)
{
	if (all_columns(radio) > width) {
		draw_one(canvas, y, x, width, radio, focused);
		return;
	}
	if (focused)
		draw_cursor(canvas, y, x + 1);
	for (int i = 0; i < radio->count; i++) {
		bool chosen = i == radio->chosen;

		if (chosen && focused)
			draw_cursor(canvas, y, x + 1);
		x = draw_text(
		    canvas, y, x, ROLE_TEXT, chosen ? "(o) " : "( ) ");
		x = draw_text(canvas, y, x,
			chosen && focused ? ROLE_FOCUS
			    : chosen	  ? ROLE_HEADING
					  : ROLE_TEXT,
			radio->labels[i]) +
		    2;
	}
}
