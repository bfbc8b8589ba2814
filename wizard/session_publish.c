/* What a look suggests is entered at the provider; in the demo, right here. */
#include "session_inside.h"

#include <stdio.h>

#include "../checks/base/i18n.h"
#include "demo.h"
#include "problem.h"

/* --- the demo ------------------------------------------------------------ */

static void
set_guess(struct session *s, enum field_id id, const char *value)
{
	bounded_copy(s->guess[id].value, sizeof(s->guess[id].value), value);
	bounded_copy(s->guess[id].origin, sizeof(s->guess[id].origin),
	    _("made up for this demo"));
}

void
session_demo_begin(struct session *s)
{
	s->demo = demo_new();
	set_guess(s, FIELD_DOMAIN, demo_domain);
	set_guess(s, FIELD_HOST, demo_host);
	set_guess(s, FIELD_SERVER, "postfix-dovecot");
}

bool
session_is_demo(const struct session *s)
{
	return s->demo != NULL;
}

bool
session_demo_waits(const struct session *s)
{
	return s->demo != NULL &&
	    demo_stage(s->demo, monotonic_ms()) != DEMO_STILL;
}

int
session_demo_wait_ms(const struct session *s)
{
	return s->demo != NULL ? demo_wait_ms(s->demo, monotonic_ms()) : -1;
}

static void
say_stage(struct session *s)
{
	s->demo_said = NULL;
	if (s->demo_stage == DEMO_ENTERED)
		session_say(s, MESSAGE_WAIT,
		    _("Entered. The name servers have it in a moment."));
	else if (s->demo_stage == DEMO_SERVED)
		session_say(s, MESSAGE_WAIT,
		    _("The name servers have it. Caches show it soon."));
}

bool
session_demo_poll(struct session *s)
{
	enum demo_stage stage;

	if (s->demo == NULL)
		return false;
	stage = demo_stage(s->demo, monotonic_ms());
	if (stage == s->demo_stage)
		return false;
	s->demo_stage = stage;
	say_stage(s);
	session_check_now(s);
	return true;
}

void
session_demo_enter(struct session *s, const struct record *records, size_t n)
{
	if (s->demo == NULL || n == 0)
		return;
	demo_publish(s->demo, records, n, monotonic_ms());
	s->demo_stage = DEMO_ENTERED;
	say_stage(s);
}

void
session_demo_enter_plan(struct session *s)
{
	struct arena *arena = arena_new();
	struct output output;

	output_make(arena, &s->plan, &output);
	session_demo_enter(s, output.records, output.nrecords);
	arena_free(arena);
}

/* --- what to do next ----------------------------------------------------- */

struct advice {
	enum message_level level;
	const char *text; /* N_(); short enough for 60 columns */
};

static enum severity
worst_of(const struct session *s, enum look_kind kind)
{
	const struct look *look = session_look(s, kind);

	return look != NULL ? report_worst(&look->report.findings) : SEV_PASS;
}

static struct advice
advise_domain(const struct session *s)
{
	const struct look *look = session_look(s, LOOK_DOMAIN);

	if (worst_of(s, LOOK_DOMAIN) < SEV_WARN)
		return (struct advice){ MESSAGE_OK,
			N_("All is in order here. Ctrl-N goes on to SPF.") };
	if (look->report.nsuggested == 0)
		return (struct advice){ MESSAGE_NOTE,
			N_("The demo knows bakery.example only: Esc, F2.") };
	return (struct advice){ MESSAGE_FAIL,
		N_("Faults below: Down to one, Enter explains it.") };
}

static struct advice
advise_spf(const struct session *s)
{
	if (worst_of(s, LOOK_PLAN) >= SEV_WARN)
		return (struct advice){ MESSAGE_FAIL,
			N_("This record has faults: Tab to \"Repair it\".") };
	if (s->spf.now == SPF_NOW_SAME)
		return (struct advice){ MESSAGE_OK,
			N_("DNS has this record. Ctrl-N: the checklist.") };
	return (struct advice){ MESSAGE_NOTE,
		N_("Fine, but DNS still has the old one: Publish.") };
}

static struct advice
advise_list(const struct session *s)
{
	if (session_checklist(s)->exit_status == 0)
		return (struct advice){ MESSAGE_OK,
			N_("All that can be tested is green. Now: Finish.") };
	return (struct advice){ MESSAGE_FAIL,
		N_("Not done yet: Enter on a line says where to go.") };
}

void
session_demo_advise(struct session *s)
{
	struct advice advice = { 0 };

	if (s->demo == NULL || !s->opened || session_any_busy(s) ||
	    session_demo_waits(s))
		return;
	if (session_at(s) == WIZ_DOMAIN)
		advice = advise_domain(s);
	else if (session_at(s) == WIZ_SPF)
		advice = advise_spf(s);
	else if (session_at(s) == WIZ_LIST)
		advice = advise_list(s);
	/* Once is enough. */
	if (advice.text == NULL || advice.text == s->demo_said)
		return;
	s->demo_said = advice.text;
	session_say(s, advice.level, _(advice.text));
}

/* --- what is suggested --------------------------------------------------- */

/* How long caches may know what is there now, in minutes. */
static unsigned int
minutes_remembered(const struct step_report *report)
{
	uint32_t ttl = 0;

	for (size_t i = 0; i < report->npublished; i++)
		if (report->published[i].ttl > ttl)
			ttl = report->published[i].ttl;
	return (ttl + 59) / 60;
}

static void
say_asked(struct session *s, const struct step_report *report)
{
	unsigned int minutes = minutes_remembered(report);
	char text[PLAN_TERM];

	snprintf(text, sizeof(text),
	    PLURAL("Asking DNS again. Resolvers may remember the old answer "
		   "for %u minute.",
		"Asking DNS again. Resolvers may remember the old answer for "
		"%u minutes.",
		minutes),
	    minutes);
	session_say(s, MESSAGE_WAIT, text);
}

void
session_publish(struct session *s, enum look_kind kind)
{
	const struct look *look = session_look(s, kind);

	if (look != NULL && s->demo != NULL)
		session_demo_enter(
		    s, look->report.suggested, look->report.nsuggested);
	else if (look != NULL)
		say_asked(s, &look->report);
	session_check_now(s);
}
