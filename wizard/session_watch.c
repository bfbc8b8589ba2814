/* Whether the record that was published is there yet, and everywhere. */
#include "session_inside.h"

#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "problem.h"
#include "spf_plan.h"

/* --- what is ------------------------------------------------------------- */

void
session_refresh_published(struct session *s)
{
	const struct look *look = session_look(s, LOOK_PUBLISHED);

	s->published = (struct published_view){
		.said = s->plan.spf_old_until != 0,
		.until = s->plan.spf_old_until,
	};
	if (look != NULL && s->spf.octets > 0)
		published_judge(s->spf_arena, look, str_of(s->spf.record),
		    s->plan.spf_old_until, (int64_t)time(NULL), &s->published);
}

const struct published_view *
session_published(const struct session *s)
{
	return &s->published;
}

bool
session_watch_stopped(const struct session *s)
{
	return s->published.said && s->watch_stopped;
}

int64_t
session_next_look_ms(const struct session *s)
{
	int64_t left = s->recheck_ms - monotonic_ms();
	int demo = session_demo_wait_ms(s);

	if (s->recheck_ms == 0 || session_busy(s, LOOK_PUBLISHED))
		return -1;
	/* The demo's DNS says when there is something new. */
	if (demo >= 0 && demo < left)
		return demo;
	return left > 0 ? left : 0;
}

/* --- beginning and ending ------------------------------------------------ */

/*
 * How long what was there before may be remembered: as the name servers gave
 * it, or the resolver, when it was last seen.
 */
static uint32_t
old_ttl(const struct session *s)
{
	const struct look *published = session_look(s, LOOK_PUBLISHED);
	const struct look *spf = session_look(s, LOOK_SPF);
	uint32_t ttl = 0;

	if (published != NULL) {
		published_old_ttl(published, str_of(s->spf.record), &ttl);
		return ttl;
	}
	return spf != NULL && spf->texts != NULL ? spf->texts->ttl : RECORD_TTL;
}

void
session_watch_begin(struct session *s)
{
	s->plan.spf_old_until = (int64_t)time(NULL) + old_ttl(s);
	s->watch_stopped = false;
	s->watch_told[0] = '\0';
	s->watch_seen = PUBLISHED_UNKNOWN;
	s->recheck_ms = monotonic_ms() + RECHECK_MS;
}

void
session_watch_end(struct session *s)
{
	s->plan.spf_old_until = 0;
	s->watch_stopped = false;
	s->watch_told[0] = '\0';
	s->recheck_ms = 0;
}

void
session_watch_changed(struct session *s)
{
	struct arena *arena = arena_new();
	const char *now = output_spf_text(arena, &s->plan);

	if (s->plan.spf_old_until != 0 &&
	    !spf_same_record(str_of(now), str_of(s->spf.record)))
		session_watch_end(s);
	arena_free(arena);
}

bool
session_watch_stop(struct session *s)
{
	char text[PLAN_TEXT];

	if (!s->published.said || s->watch_stopped || s->published.done)
		return false;
	s->watch_stopped = true;
	s->recheck_ms = 0;
	live_stop(s->live, LOOK_PUBLISHED);
	snprintf(text, sizeof(text),
	    _("Stopped looking for the published record. %s looks again."),
	    s->look_key);
	session_say(s, MESSAGE_NOTE, text);
	session_forget_list(s);
	return true;
}

/* --- looking again ------------------------------------------------------- */

bool
session_watch_poll(struct session *s)
{
	char problem[PLAN_TEXT];

	if (s->recheck_ms == 0 || monotonic_ms() < s->recheck_ms ||
	    session_busy(s, LOOK_PUBLISHED))
		return false;
	s->recheck_ms = monotonic_ms() + RECHECK_MS;
	if (!live_renew(s->live, &s->plan, problem)) {
		session_say(s, MESSAGE_FAIL, problem);
		s->recheck_ms = 0;
		return true;
	}
	live_start(s->live, LOOK_PUBLISHED, &s->plan, 0);
	return true;
}

/* An old record that is still handed out may be remembered from now on. */
static void
note_old(struct session *s)
{
	const struct look *look = session_look(s, LOOK_PUBLISHED);
	int64_t until;
	uint32_t ttl;

	/* In the demo its own clock says how long. */
	if (s->demo != NULL ||
	    !published_old_ttl(look, str_of(s->spf.record), &ttl))
		return;
	until = (int64_t)look->at + ttl;
	if (until <= s->plan.spf_old_until)
		return;
	s->plan.spf_old_until = until;
	session_changed(s);
}

static bool
holds_text(const struct answer *answer, const struct record *record)
{
	for (size_t i = 0; i < answer->nrecords; i++)
		if (record_equal(&answer->records[i], record))
			return true;
	return false;
}

/* Does the resolver say something else than when the record was checked? */
static bool
resolver_moved(const struct session *s)
{
	const struct look *spf = session_look(s, LOOK_SPF);
	const struct answer *now =
	    session_look(s, LOOK_PUBLISHED)->published.resolver;

	if (spf == NULL || spf->texts == NULL)
		return true;
	if (spf->texts->outcome != now->outcome ||
	    spf->texts->nrecords != now->nrecords)
		return true;
	for (size_t i = 0; i < now->nrecords; i++)
		if (!holds_text(spf->texts, &now->records[i]))
			return true;
	return false;
}

/* What the checks say of the record is of another time now. */
static void
check_again(struct session *s)
{
	bool moved = s->watch_seen != s->published.published;

	s->watch_seen = s->published.published;
	if (session_busy(s, LOOK_SPF) || (!moved && !resolver_moved(s)))
		return;
	live_start(s->live, LOOK_SPF, &s->plan, 0);
	session_recount(s, 0);
}

static void
tell(struct session *s)
{
	const struct published_view *view = &s->published;
	enum message_level level = view->slip != SLIP_NONE ? MESSAGE_FAIL
	    : view->done				   ? MESSAGE_OK
							   : MESSAGE_WAIT;
	char text[PLAN_TERM];

	if (session_at(s) != WIZ_SPF && session_at(s) != WIZ_LIST)
		return;
	snprintf(text, sizeof(text), "%s%s%s", view->headline,
	    *view->more == '\0' ? "" : " ", view->more);
	if (strcmp(text, s->watch_told) == 0 || s->demo != NULL)
		return;
	bounded_copy(s->watch_told, sizeof(s->watch_told), text);
	session_say(s, level, text);
}

void
session_watch_result(struct session *s)
{
	if (!s->published.said || !s->published.looked)
		return;
	note_old(s);
	tell(s);
	check_again(s);
	s->recheck_ms = 0;
	if (!s->published.done) {
		if (!s->watch_stopped)
			s->recheck_ms = monotonic_ms() + RECHECK_MS;
		return;
	}
	/* All is there, and no resolver remembers anything else. */
	if (s->plan.spf_old_until > (int64_t)time(NULL))
		return;
	s->plan.spf_old_until = 0;
	session_changed(s);
}
