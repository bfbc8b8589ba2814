/* ui/dkim.c - see dkim.h */
#include "dkim.h"

#include "../checks/base/i18n.h"

static const struct {
	enum role role;
	const char *badge;
	const char *text;
} states[] = {
	[DKIM_NOW_LOOKING] = { ROLE_WAIT, N_("WAIT"), N_("asking DNS ...") },
	[DKIM_NOW_NONE] = { ROLE_WAIT, N_("WAIT"), N_("not in DNS yet") },
	[DKIM_NOW_SAME] = { ROLE_OK, N_("OK"), N_("this is your key") },
	[DKIM_NOW_OTHER] = { ROLE_FAIL, N_("FAIL"),
	    N_("another key than yours: signatures fail") },
	[DKIM_NOW_SOUND] = { ROLE_OK, N_("OK"), N_("a sound key") },
	[DKIM_NOW_REVOKED] = { ROLE_WAIT, N_("NOTE"), N_("revoked") },
	[DKIM_NOW_BROKEN] = { ROLE_FAIL, N_("FAIL"), N_("broken") },
	[DKIM_NOW_UNKNOWN] = { ROLE_WARN, N_("WARN"),
	    N_("could not look: DNS did not answer") },
};

const char *
dkim_now_badge(const struct dkim_known *known)
{
	return _(states[known->now].badge);
}

enum role
dkim_now_role(const struct dkim_known *known)
{
	return states[known->now].role;
}

const char *
dkim_now_text(struct ui *ui, const struct dkim_known *known)
{
	const char *text = _(states[known->now].text);

	if (known->now == DKIM_NOW_BROKEN && known->problem != NULL)
		text = known->problem;
	if (*known->words != '\0')
		text = ui_format(ui, "%s, %s", known->words, text);
	if (known->old)
		text = ui_format(ui, _("%s (the old key)"), text);
	return text;
}

const char *
dkim_turn_text(struct ui *ui)
{
	const struct dkim_rotation turn = session_dkim_rotation(ui->session);
	const struct plan *plan = session_plan(ui->session);

	if (plan->old_selector[0] == '\0')
		return _("no change under way");
	switch (turn.stage) {
	case DKIM_ROTATION_PUBLISH:
		return _("publish the new key first");
	case DKIM_ROTATION_SWITCH:
		return ui_format(ui, _("switch the signer from %s on"),
		    ui_clock(ui, turn.at[DKIM_ROTATION_SWITCH]));
	case DKIM_ROTATION_REVOKE:
		return plan->key_revoke
		    ? _("publish the empty record of the old key")
		    : ui_format(ui, _("keep the old key until %s"),
			  ui_clock(ui, turn.at[DKIM_ROTATION_REVOKE]));
	default:
		return _("the old record can be deleted");
	}
}
