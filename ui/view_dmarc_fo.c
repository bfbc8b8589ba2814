/* ui/view_dmarc_fo.c - of which failures reports are wanted: fo, by letter. */
#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/dmarc_value.h"
#include "../wizard/dmarc_plan.h"
#include "dmarc.h"

static const char kinds[DMARC_FO_KINDS] = { '0', '1', 'd', 's' };

bool
dmarc_fo_of(int id, char *kind)
{
	if (id < DMARC_ID_FO || id >= DMARC_ID_FO + DMARC_FO_KINDS)
		return false;
	*kind = kinds[id - DMARC_ID_FO];
	return true;
}

const char *
dmarc_fo_text(char kind)
{
	const struct dmarc_value_help *help =
	    dmarc_help_value(DMARC_FO, (struct str){ &kind, 1 });

	return help == NULL ? "" : _(help->text);
}

/* What stands there is none of the letters. */
static void
add_fault(struct ui *ui, struct row *row, const struct plan *plan)
{
	struct str value = str_of(plan->dmarc.fo);

	if (value.len == 0 || dmarc_value_is_valid(DMARC_FO, value))
		return;
	row->badge = _("FAIL");
	row->badge_role = ROLE_FAIL;
	row->right = printable(ui->arena, value);
}

void
dmarc_fo_add(struct ui *ui, struct form *form, int group)
{
	const struct plan *plan = session_plan(ui->session);
	char kind;

	if (plan->dmarc.nruf == 0 && ui->dmarc.text[DMARC_RUF].len == 0 &&
	    !dmarc_plan_has(plan, DMARC_FO) &&
	    !dmarc_fo_of(ui->state[WIZ_DMARC].focus, &kind))
		return;
	for (int i = 0; i < DMARC_FO_KINDS; i++) {
		struct row *row;

		ui->dmarc.fo[i] = dmarc_plan_fo(plan, kinds[i]);
		row = form_tick(form, DMARC_ID_FO + i, group,
		    ui_format(
			ui, "fo %c: %s", kinds[i], dmarc_fo_text(kinds[i])),
		    &ui->dmarc.fo[i]);
		row->scrolls = true;
		if (i == 0)
			add_fault(ui, row, plan);
	}
}

void
dmarc_fo_changed(struct ui *ui, char kind)
{
	session_dmarc_toggle_fo(ui->session, kind);
}
