/* What DNS says about the domain and its mail servers. */
#include <string.h>

#include "../checks/base/i18n.h"
#include "../wizard/help.h"
#include "plain_inside.h"

/* The questions, numbered.  Gives how many. */
static size_t
put_fields(struct plain *p)
{
	enum field_id id = plain_next_field(WIZ_DOMAIN, 0);
	size_t n = 0;

	for (; id < FIELD_COUNT; id = plain_next_field(WIZ_DOMAIN, id + 1)) {
		const char *first = arena_printf(p->arena, "%2zu  ", ++n);

		if (fields[id].kind == FIELD_YESNO)
			plain_print(first, "[%c] %s",
			    strcmp(session_field(p->session, id), "yes") == 0
				? 'x'
				: ' ',
			    _(fields[id].label));
		else
			plain_print(first, "%s: %s", _(fields[id].label),
			    plain_field_text(p, id));
	}
	return n;
}

/* The question with this number. */
static enum field_id
field_of(size_t number)
{
	enum field_id id = plain_next_field(WIZ_DOMAIN, 0);

	while (--number > 0)
		id = plain_next_field(WIZ_DOMAIN, id + 1);
	return id;
}

static void
open_number(struct plain *p, size_t number, size_t nfields)
{
	const struct finding **list = NULL;
	enum field_id id;

	if (number > nfields) {
		if (plain_findings(p, LOOK_DOMAIN, &list) >= number - nfields)
			plain_open_finding(
			    p, LOOK_DOMAIN, list[number - nfields - 1]);
		return;
	}
	id = field_of(number);
	if (fields[id].kind != FIELD_YESNO)
		plain_ask_field(p, id);
	else
		session_answer(p->session, id,
		    strcmp(session_field(p->session, id), "yes") == 0 ? "no"
								      : "yes");
}

static const char *
help(struct plain *p)
{
	return arena_printf(p->arena, "%s%s",
	    _("Numbers of questions change their answer; numbers of "
	      "findings read them out whole, with what can be done about "
	      "them. Several numbers may stand on one line. Enter goes on "
	      "to the next step, < back to the one before, ! asks DNS "
	      "again, p shows the records that would mend what is wrong, s "
	      "leaves this step out, q saves and quits."),
	    plain_help(p, help_for_step(steps[WIZ_DOMAIN].help)));
}

/* What "?3" is about: a question or a finding. */
static const char *
topic(struct plain *p, const void *about, size_t number)
{
	const size_t *nfields = about;

	return number <= *nfields
	    ? plain_field_help(p, field_of(number))
	    : plain_finding_help(p, LOOK_DOMAIN, number - *nfields);
}

/* False when nothing in it could be done. */
static bool
take_text(struct plain *p, size_t nfields, size_t most)
{
	const char *line = arena_strdup(p->arena, p->line);
	struct str rest = str_of(line);
	bool done = false;
	size_t number;

	if (strcmp(line, "s") == 0) {
		session_skip(p->session, WIZ_DOMAIN, true);
		session_next(p->session, NULL);
		return true;
	}
	if (strcmp(line, "p") == 0) {
		plain_publish_suggested(p, LOOK_DOMAIN);
		return true;
	}
	while (p->ended < 0 && p->jump < 0 &&
	    session_at(p->session) == WIZ_DOMAIN &&
	    plain_number(&rest, most, &number)) {
		open_number(p, number, nfields);
		done = true;
	}
	return done;
}

/* Gives how many numbers there are; *nfields of them are questions. */
static size_t
show(struct plain *p, size_t *nfields)
{
	const struct look *look = session_look(p->session, LOOK_DOMAIN);
	size_t most;

	plain_heading(p, WIZ_DOMAIN);
	*nfields = put_fields(p);
	if (look != NULL)
		plain_put_records(p, look);
	else
		plain_put("", _("What DNS has is not known yet."));
	most = *nfields + plain_put_findings(p, LOOK_DOMAIN, *nfields + 1);
	if (look != NULL && look->report.nsuggested > 0)
		plain_put("", _("Or: p the records that would mend it."));
	return most;
}

void
plain_domain(struct plain *p)
{
	struct topics topics = { .text = topic };
	size_t nfields;
	enum reply reply;

	plain_wait(p);
	if (p->ended >= 0)
		return;
	topics.most = show(p, &nfields);
	topics.about = &nfields;
	do
		reply = plain_ask_about(p, _(PLAIN_PROMPT), help(p), &topics);
	while (reply == REPLY_TEXT && !take_text(p, nfields, topics.most));
	if (reply == REPLY_EMPTY)
		session_next(p->session, NULL);
	else
		plain_common(p, reply);
}
