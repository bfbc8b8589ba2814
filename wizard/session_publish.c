/* What a look suggests is entered at the provider; in the demo, right here. */
#include "session_inside.h"

#include <stdio.h>

#include "../checks/base/i18n.h"
#include "demo.h"
#include "no_mail_plan.h"
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

void
session_demo_open(struct session *s)
{
	struct judged judged;

	if (s->demo == NULL || !name_equal(s->plan.domain, demo_domain) ||
	    s->plan.key_selector[0] != '\0')
		return;
	field_judge(FIELD_DKIM_PUBLIC, str_of(demo_key()), &judged);
	field_store(&s->plan, FIELD_DKIM_KEY_SELECTOR, str_of(demo_selector));
	field_store(&s->plan, FIELD_DKIM_PUBLIC, str_of(judged.value));
}

bool
session_is_demo(const struct session *s)
{
	return s->demo != NULL;
}

bool
session_demo_waits(const struct session *s)
{
	return s->demo != NULL && demo_wait_ms(s->demo, monotonic_ms()) >= 0;
}

int
session_demo_wait_ms(const struct session *s)
{
	return s->demo != NULL ? demo_wait_ms(s->demo, monotonic_ms()) : -1;
}

static void
say_stage(struct session *s)
{
	if (s->demo_stage == DEMO_ENTERED)
		session_say(s, MESSAGE_WAIT,
		    _("Entered. The name servers have it in a moment."));
	else if (s->demo_stage == DEMO_SERVED)
		session_say(s, MESSAGE_WAIT,
		    _("The name servers have it. Caches show it soon."));
}

/* The mail server of the demo runs with what was done there. */
static bool
server_runs(struct session *s)
{
	if (s->demo_mended || !demo_server_is_mended(s->demo, monotonic_ms()))
		return false;
	s->demo_mended = true;
	session_say(s, MESSAGE_WAIT,
	    _("The server runs with the new settings. Looking again."));
	session_check_now(s);
	return true;
}

bool
session_demo_poll(struct session *s)
{
	enum demo_stage stage;

	if (s->demo == NULL)
		return false;
	if (server_runs(s))
		return true;
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

/* --- what is planned ------------------------------------------------------ */

/* What is entered together with the record, itself among it. */
static bool
goes_with(const struct plan *plan, enum planned which, enum planned other)
{
	if (which == PLANNED_SPF && other == PLANNED_DMARC)
		return plan->sends_nothing;
	if (which == PLANNED_KEY && other == PLANNED_OLD_KEY)
		return true;
	return which == other;
}

void
session_publish_record(struct session *s, enum planned which)
{
	struct arena *arena = arena_new();
	struct output entered = { 0 };
	struct record record;

	if (which == PLANNED_SPF)
		no_mail_mx(arena, &s->plan, &entered);
	for (int i = 0; i < PLANNED_COUNT; i++) {
		enum planned other = (enum planned)i;

		if (!goes_with(&s->plan, which, other) ||
		    !output_record(arena, &s->plan, other, &record))
			continue;
		session_watch_begin(s, other);
		entered.records = arena_grow(
		    arena, entered.records, entered.nrecords, sizeof(record));
		entered.records[entered.nrecords++] = record;
	}
	session_demo_enter(s, entered.records, entered.nrecords);
	arena_free(arena);
	session_changed(s);
	session_check_now(s);
}

void
session_server_done(struct session *s)
{
	if (s->demo != NULL) {
		demo_mend_server(s->demo, monotonic_ms());
		session_say(s, MESSAGE_WAIT,
		    _("Done, in this demo. The server restarts; that takes a "
		      "moment."));
		return;
	}
	session_say(s, MESSAGE_WAIT, _("Looking at the ports again."));
	session_check_now(s);
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

/* A record of the plan among them is watched like any other. */
static void
watch_planned(struct session *s, const struct step_report *report)
{
	struct arena *arena = arena_new();
	struct record record;

	for (int i = 0; i < PLANNED_COUNT; i++) {
		if (!output_record(arena, &s->plan, (enum planned)i, &record))
			continue;
		for (size_t j = 0; j < report->nsuggested; j++)
			if (record_equal(&report->suggested[j], &record))
				session_watch_begin(s, (enum planned)i);
	}
	arena_free(arena);
	session_changed(s);
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
	if (look != NULL)
		watch_planned(s, &look->report);
	session_check_now(s);
}
