/* The checklist: the ports mail programs use. */
#include "checklist_inside.h"

#include "../checks/base/i18n.h"
#include "ports_seen.h"

static void
add_settled(
    struct checklist_builder *b, enum wizard_step step, const char *text)
{
	checklist_add(b,
	    (struct item){
		.level = ITEM_NOTE,
		.group = GROUP_DONE,
		.text = arena_printf(b->arena, text, _(steps[step].name)),
		.step = step,
		.ticked = true,
	    });
}

/* Only the person can tell. */
static void
add_question(struct checklist_builder *b, enum wizard_step step,
    const char *text, const char *why, const char *fix)
{
	b->open = true;
	checklist_add(b,
	    (struct item){
		.level = ITEM_TODO,
		.group = GROUP_TODO,
		.text = arena_printf(b->arena, text, _(steps[step].name)),
		.why = why,
		.fix = fix,
		.step = step,
	    });
}

static void
add_protocol(struct checklist_builder *b, enum mail_protocol protocol)
{
	enum look_kind kind = (enum look_kind)(LOOK_POP3 + (int)protocol);
	enum wizard_step step = ports_step(protocol);
	const struct look *look = b->source->result[kind];
	enum ports_use use = ports_plan_use(b->source->plan, protocol);
	bool skipped = checklist_skips(b->source->plan, step);

	if (use == PORTS_NO_MAIL && !skipped)
		add_settled(b, step,
		    protocol == MAIL_SMTP
			? _("%s: the domain sends no mail, so nobody logs in")
			: _("%s: the domain receives no mail, so nobody logs "
			    "in"));
	else if (use == PORTS_UNUSED && !skipped)
		add_settled(b, step, _("%s: not used, as you said"));
	else if (skipped || look == NULL ||
	    ports_found(look, use) >= PORTS_UNSEEN)
		checklist_add_look(b, step, kind);
	else if (ports_found(look, use) == PORTS_NO_HOST)
		add_question(b, step, _("%s: which host do mail programs use?"),
		    _("No MX record leads to a host inside the domain, so it "
		      "cannot be found out."),
		    _("Answer it in this step, under Mail host."));
	else
		add_question(b, step,
		    _("%s: nothing listens. Do mail programs use it?"),
		    _("Where nobody uses it, closed ports are right. Where "
		      "people do, they cannot get their mail."),
		    _("Answer yes or no in this step, under Used here."));
}

void
checklist_add_ports(struct checklist_builder *b)
{
	for (int i = 0; i < MAIL_PROTOCOLS; i++)
		add_protocol(b, (enum mail_protocol)i);
}
