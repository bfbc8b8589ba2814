/* The checklist: a new DKIM key in place of an old one, and when. */
#include "checklist_inside.h"

#include "../checks/base/i18n.h"

/* What is to be done next, once the new key is in DNS. */
static const struct {
	const char *text; /* N_(), with the selector */
	const char *why, *fix; /* N_() */
	bool old; /* the selector is the old one's */
} todo[DKIM_ROTATION_STAGES] = {
	[DKIM_ROTATION_SWITCH] = {
		.text = N_("Let the server sign with the key %s"),
		.why = N_("Until then it signs with the old key. Caches may "
		    "not know the new name before that day."),
		.fix = N_("Set up the signer as the step DKIM shows, and say "
		    "there that it is switched."),
	},
	[DKIM_ROTATION_REVOKE] = {
		.text = N_("Revoke the old DKIM key %s"),
		.why = N_("Whoever has its private part can sign in your name "
		    "while it is in DNS. Mail that was signed with it may "
		    "wait in queues for a week after the change."),
		.fix = N_("Step DKIM, Change of keys: revoke the old key, and "
		    "publish its record with an empty p=."),
		.old = true,
	},
	[DKIM_ROTATION_REMOVE] = {
		.text = N_("Delete the record of the old DKIM key %s"),
		.why = N_("Nobody asks for it any more."),
		.fix = N_("Delete it at your DNS provider, and say so in the "
		    "step DKIM, Change of keys."),
		.old = true,
	},
};

void
checklist_add_rotation(struct checklist_builder *b)
{
	const struct plan *plan = b->source->plan;
	const struct dkim_rotation *turn = &b->source->rotation;
	enum dkim_rotation_stage stage = turn->stage;
	bool due = turn->at[stage] <= b->source->now;

	if (plan->old_selector[0] == '\0' || plan->sends_nothing ||
	    checklist_skips(plan, WIZ_DKIM) || todo[stage].text == NULL)
		return;
	/* Its record is among those to publish, and then in DNS for a while. */
	if (stage == DKIM_ROTATION_REVOKE && plan->key_revoke) {
		stage = DKIM_ROTATION_REMOVE;
		due = turn->at[stage] <= b->source->now;
	}
	b->open = b->open || due;
	checklist_add(b,
	    (struct item){
		.level = due ? ITEM_TODO : ITEM_WAIT,
		.group = GROUP_TODO,
		.text = arena_printf(b->arena, _(todo[stage].text),
		    todo[stage].old ? plan->old_selector : plan->key_selector),
		.detail = due ? NULL
			      : arena_printf(b->arena, _("from %s"),
				    clock_print(b->arena, turn->at[stage],
					b->source->now)),
		.why = _(todo[stage].why),
		.fix = _(todo[stage].fix),
		.step = WIZ_DKIM,
	    });
}
