/* ui/topic.c - see topic.h */
#include "topic.h"

#include "../wizard/help.h"
#include "findings.h"
#include "wrap.h"

static void
add_part(
    struct ui *ui, struct form *form, int indent, const struct help_part *part)
{
	const char *item;

	switch (part->kind) {
	case HELP_ITEM:
		item = ui_format(ui, "- %s", part->text);
		form_scroll_text(form, ROLE_TEXT, indent,
		    wrap(ui->arena, item, (size_t)(form->columns - indent - 1),
			2));
		break;
	case HELP_COMMAND:
		form_scroll_text(form, ROLE_HEADING, indent + 2, part->text);
		break;
	case HELP_GAP:
	case HELP_PARAGRAPH:
		form_scroll_text(form, ROLE_TEXT, indent, part->text);
		break;
	}
}

static void
add_text(struct ui *ui, struct form *form, int indent, const char *text)
{
	const char *rest = help_body(text);
	struct help_part part;

	form_scroll_text(form, ROLE_HEADING, indent > 0 ? 1 : 0,
	    help_heading(ui->arena, text));
	if (indent == 0)
		form_scroll_text(form, ROLE_TEXT, 0, "");
	while (help_next(ui->arena, &rest, &part))
		add_part(ui, form, indent, &part);
}

void
topic_add(struct ui *ui, struct form *form, const char *text)
{
	add_text(ui, form, 3, text);
}

void
topic_draw(struct ui *ui, const struct canvas *side, const char *text)
{
	struct form form = { .arena = ui->arena, .columns = side->cols };
	struct form_state state = { 0 };

	add_text(ui, &form, 0, text);
	form_draw(&form, &state, side);
}

const char *
topic_of(struct ui *ui, const struct view *view, int id)
{
	return view == NULL || view->topic == NULL ? NULL : view->topic(ui, id);
}

const char *
topic_of_field(int field_id)
{
	if (field_id < 0 || field_id >= FIELD_COUNT)
		return NULL;
	return help_for_field(fields[field_id].name);
}

const char *
topic_of_finding(struct ui *ui, enum look_kind kind, int place)
{
	const struct finding *f = findings_at(ui, kind, place);

	return f == NULL ? NULL : help_for_finding(finding_kinds[f->code].id);
}
