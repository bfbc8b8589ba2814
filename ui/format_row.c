/* ui/format_row.c - see format_row.h */
#include "format_row.h"

#include "../checks/base/i18n.h"

static void
draw_format_row(const struct row *row, const struct canvas *line, bool focused)
{
	enum output_format format = *(const enum output_format *)row->data;
	int x;

	form_mark(line, focused);
	x = draw_text(line, 0, 3, ROLE_TEXT, _("Format"));
	x = draw_text(line, 0, x + 2, ROLE_TEXT, "< ");
	x = draw_text(line, 0, x, focused ? ROLE_FOCUS : ROLE_HEADING,
	    _(output_format_label(format)));
	draw_text(line, 0, x, ROLE_TEXT, " >");
	if (focused)
		draw_cursor(line, 0, 11);
}

void
format_row_add(struct ui *ui, struct form *form, int id)
{
	form_add(form,
	    (struct row){
		.id = id, .draw = draw_format_row, .data = &ui->format });
}

bool
format_row_act(struct ui *ui, enum action action)
{
	int format = (int)ui->format;

	if (action == ACT_RIGHT || action == ACT_TOGGLE)
		format = (format + 1) % OUTPUT_COUNT;
	else if (action == ACT_LEFT)
		format = (format + OUTPUT_COUNT - 1) % OUTPUT_COUNT;
	else
		return false;
	ui->format = (enum output_format)format;
	return true;
}

const char *
format_row_hint(void)
{
	return _("Left and Right: for a web panel, a zone file, PowerShell, "
		 "nsupdate.");
}
