/* A step that shows a check: what is in DNS or at the ports, what was found, what mends it. */
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../wizard/help.h"
#include "plain_inside.h"

struct shown {
	enum wizard_step step;
	enum look_kind look;
	size_t nfields; /* numbers of questions... */
	size_t most; /* ...and of findings behind them */
};

static bool
is_yes(struct plain *p, enum field_id id)
{
	return strcmp(session_field(p->session, id), "yes") == 0;
}

/* The questions of the step, numbered. */
static void
put_fields(struct plain *p, struct shown *shown)
{
	enum field_id id = plain_next_field(shown->step, 0);

	for (; id < FIELD_COUNT; id = plain_next_field(shown->step, id + 1)) {
		const char *first =
		    arena_printf(p->arena, "%2zu  ", ++shown->nfields);

		if (fields[id].kind == FIELD_YESNO)
			plain_print(first, "[%c] %s", is_yes(p, id) ? 'x' : ' ',
			    _(fields[id].label));
		else
			plain_print(first, "%s: %s", _(fields[id].label),
			    plain_dmarc_default(p, id) != NULL
				? plain_dmarc_default(p, id)
				: plain_field_text(p, id));
	}
}

/* The question with this number. */
static enum field_id
field_of(const struct shown *shown, size_t number)
{
	enum field_id id = plain_next_field(shown->step, 0);

	while (--number > 0)
		id = plain_next_field(shown->step, id + 1);
	return id;
}

static void
open_number(struct plain *p, const struct shown *shown, size_t number)
{
	const struct finding **list = NULL;
	enum field_id id;

	if (number > shown->nfields) {
		number -= shown->nfields;
		if (plain_findings(p, shown->look, &list) >= number)
			plain_open_finding(p, shown->look, list[number - 1]);
		return;
	}
	id = field_of(shown, number);
	if (plain_dmarc_tag(p, id))
		return;
	if (fields[id].kind == FIELD_YESNO)
		session_answer(p->session, id, is_yes(p, id) ? "no" : "yes");
	else
		plain_ask_field(p, id);
}

/* What "?3" is about: a question or a finding. */
static const char *
topic(struct plain *p, const void *about, size_t number)
{
	const struct shown *shown = about;

	return number <= shown->nfields
	    ? plain_field_help(p, field_of(shown, number))
	    : plain_finding_help(p, shown->look, number - shown->nfields);
}

static const char *
help(struct plain *p, enum wizard_step step)
{
	return arena_printf(p->arena, "%s%s",
	    _("Numbers of questions change their answer; numbers of "
	      "findings read them out whole, with what can be done about "
	      "them. Several numbers may stand on one line. Enter goes on "
	      "to the next step, < back to the one before, ! asks DNS "
	      "again, p shows the record of your plan, or those that would "
	      "mend what is wrong, to be published; stop ends looking for one "
	      "that was; s leaves this step out, q saves and quits."),
	    plain_help(p, help_for_step(steps[step].help)));
}

/* The record of the plan that belongs to this step; false: there is none. */
static bool
own_record(struct plain *p, const struct shown *shown, enum planned *which,
    struct record *out)
{
	*which = shown->step == WIZ_DMARC ? PLANNED_DMARC : PLANNED_KEY;
	return (shown->step == WIZ_DMARC || shown->step == WIZ_DKIM) &&
	    output_record(p->arena, session_plan(p->session), *which, out);
}

/*
 * Is it that which "p" publishes, and not what the check suggests: because it
 * is in DNS already, or is among the suggestions?
 */
static bool
publishes_own(struct plain *p, const struct shown *shown, enum planned which,
    const struct record *record)
{
	const struct look *look = session_look(p->session, shown->look);

	if (look == NULL || look->report.nsuggested == 0)
		return true;
	for (size_t i = 0; i < look->report.nsuggested; i++)
		if (record_equal(&look->report.suggested[i], record))
			return false;
	return session_published(p->session, which)->visible != VISIBLE_YES;
}

static void
publish(struct plain *p, const struct shown *shown)
{
	struct record record;
	enum planned which;

	if (own_record(p, shown, &which, &record) &&
	    publishes_own(p, shown, which, &record))
		plain_publish(p, which);
	else
		plain_publish_suggested(p, shown->look);
}

static bool
is_ports(enum wizard_step step)
{
	enum mail_protocol protocol;

	return ports_protocol(step, &protocol);
}

/* False when nothing in it could be done. */
static bool
take_text(struct plain *p, const struct shown *shown)
{
	const char *line = arena_strdup(p->arena, p->line);
	struct str rest = str_of(line);
	bool done = false;
	size_t number;

	if (strcmp(line, "s") == 0) {
		session_skip(p->session, shown->step, true);
		session_next(p->session, NULL);
		return true;
	}
	if (shown->step == WIZ_DKIM && plain_dkim_act(p, line))
		return true;
	if (shown->step == WIZ_DMARC && plain_dmarc_act(p, line))
		return true;
	if (is_ports(shown->step) && plain_ports_act(p, line))
		return true;
	if (strcmp(line, "p") == 0) {
		publish(p, shown);
		return true;
	}
	if (plain_stop(p, line))
		return false;
	while (p->ended < 0 && p->jump < 0 &&
	    session_at(p->session) == shown->step &&
	    plain_number(&rest, shown->most, &number)) {
		open_number(p, shown, number);
		done = true;
	}
	return done;
}

/* Your record, and what "p" does. */
static void
put_publishing(struct plain *p, const struct shown *shown)
{
	const struct look *look = session_look(p->session, shown->look);
	struct record record;
	enum planned which;
	bool own = own_record(p, shown, &which, &record);

	if (shown->step == WIZ_DMARC && own) {
		plain_put_published(p, which);
		plain_print("", _("Your record, TXT at %s:"), record.name);
		plain_line(printable(p->arena, record.text));
	}
	if (own && publishes_own(p, shown, which, &record))
		plain_put("", _("Or: p publish your record, in any form."));
	else if (look != NULL && look->report.nsuggested > 0)
		plain_put("", _("Or: p the records that would mend it."));
}

static void
show(struct plain *p, struct shown *shown)
{
	const struct look *look = session_look(p->session, shown->look);

	plain_heading(p, shown->step);
	put_fields(p, shown);
	if (is_ports(shown->step))
		plain_ports_show(p);
	else if (look != NULL)
		plain_put_records(p, look);
	else
		plain_put("", _("What DNS has is not known yet."));
	shown->most = shown->nfields +
	    plain_put_findings(p, shown->look, shown->nfields + 1);
	put_publishing(p, shown);
	if (shown->step == WIZ_DKIM)
		plain_dkim_show(p);
	if (shown->step == WIZ_DMARC)
		plain_dmarc_show(p);
}

/* Who sends no mail has nothing to sign. */
static void
show_nothing(struct plain *p)
{
	plain_heading(p, WIZ_DKIM);
	plain_put("",
	    _("You said that this domain sends no mail. Then there is nothing "
	      "to sign, and no key is needed."));
}

static void
go_through(struct plain *p, enum wizard_step step, enum look_kind kind)
{
	struct shown shown = { .step = step, .look = kind };
	struct topics topics = { .text = topic, .about = &shown };
	enum reply reply;

	if (step == WIZ_DMARC)
		plain_wait_for(p, LOOK_DMARC_PLAN);
	else
		plain_wait(p);
	if (p->ended >= 0)
		return;
	if (step == WIZ_DKIM && session_plan(p->session)->sends_nothing)
		show_nothing(p);
	else
		show(p, &shown);
	topics.most = shown.most;
	do
		reply =
		    plain_ask_about(p, _(PLAIN_PROMPT), help(p, step), &topics);
	while (reply == REPLY_TEXT && !take_text(p, &shown));
	if (reply == REPLY_EMPTY)
		session_next(p->session, NULL);
	else
		plain_common(p, reply);
}

void
plain_domain(struct plain *p)
{
	go_through(p, WIZ_DOMAIN, LOOK_DOMAIN);
}

void
plain_dkim(struct plain *p)
{
	go_through(p, WIZ_DKIM, LOOK_DKIM);
}

void
plain_dmarc(struct plain *p)
{
	go_through(p, WIZ_DMARC, LOOK_DMARC);
}

void
plain_ports(struct plain *p)
{
	enum wizard_step step = session_at(p->session);
	enum mail_protocol protocol = MAIL_POP3;

	ports_protocol(step, &protocol);
	go_through(p, step, (enum look_kind)(LOOK_POP3 + (int)protocol));
}
