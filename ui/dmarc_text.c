/* ui/dmarc_text.c - what the tags of a DMARC record and their values do. */
#include "../checks/base/i18n.h"
#include "../wizard/dmarc_plan.h"
#include "dmarc.h"

bool
dmarc_row_tag(int id, enum dmarc_tag_id *out)
{
	return id > 0 && id <= FIELD_COUNT &&
	    dmarc_tag_of((enum field_id)(id - 1), out);
}

bool
dmarc_is_radio(enum dmarc_tag_id tag)
{
	return tag >= DMARC_P && tag <= DMARC_PSD;
}

/* What the value that is chosen does; of fo, each of its letters. */
const char *
dmarc_value_text(struct ui *ui, enum dmarc_tag_id tag)
{
	const struct plan *plan = session_plan(ui->session);
	struct str rest = str_of(dmarc_plan_meaning(plan, tag));
	const struct dmarc_value_help *help;
	const char *text = "";

	if (dmarc_is_radio(tag) && ui->dmarc.radio[tag - DMARC_P].chosen < 0)
		return "";
	if (dmarc_is_radio(tag) && !dmarc_plan_has(plan, tag) &&
	    (help = dmarc_help_value(tag, str_of(""))) != NULL)
		return _(help->text);
	while (rest.len > 0) {
		struct str word = str_trim(str_word(&rest, ':'));

		help = dmarc_help_value(tag, word);
		if (help != NULL)
			text = ui_format(ui, "%s%s%s: %s", text,
			    text[0] == '\0' ? "" : " ", help->value,
			    _(help->text));
	}
	return text;
}

/* Why the addresses of the record get no reports; "" where they do. */
static const char *
fault_text(struct ui *ui, enum dmarc_tag_id tag)
{
	const char *fault =
	    dmarc_plan_fault(ui->arena, session_plan(ui->session), tag);

	return fault == NULL
	    ? ""
	    : ui_format(ui,
		  _("As it stands in the record, no reports come: %s. "
		    "\"Repair it\" below puts that right."),
		  fault);
}

/* What the tag is for, and what its value does: below the list. */
void
dmarc_explain(struct ui *ui, struct form *form)
{
	enum dmarc_tag_id tag;
	const char *text;
	char kind;

	if (dmarc_fo_of(ui->state[WIZ_DMARC].focus, &kind))
		form_text(form, DROP_NOTE, ROLE_TEXT, 1,
		    _(dmarc_tag_help[DMARC_FO].text));
	if (!dmarc_row_tag(ui->state[WIZ_DMARC].focus, &tag))
		return;
	text = fault_text(ui, tag);
	if (text[0] == '\0')
		text = dmarc_value_text(ui, tag);
	if (text[0] == '\0')
		text = _(dmarc_tag_help[tag].text);
	if (dmarc_tag_help[tag].older != NULL &&
	    (tag != DMARC_T || !dmarc_plan_has(session_plan(ui->session), tag)))
		text =
		    ui_format(ui, "%s %s", text, _(dmarc_tag_help[tag].older));
	form_text(form, DROP_NOTE, ROLE_TEXT, 1, text);
}
