/* Whether the records that were published are there yet, and everywhere. */
#include "session_inside.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "../checks/base/i18n.h"
#include "planned.h"
#include "problem.h"

/* --- what is ------------------------------------------------------------- */

void
session_refresh_published(struct session *s)
{
	const struct look *look = session_look(s, LOOK_PUBLISHED);

	for (int i = 0; i < PLANNED_COUNT; i++) {
		struct published_view *view = &s->published[i];
		enum planned which = (enum planned)i;
		struct record record;

		*view = (struct published_view){
			.what = which,
			.until = s->plan.old_until[i],
		};
		if (!output_record(s->spf_arena, &s->plan, which, &record))
			continue;
		view->said = view->until != 0;
		view->record = record.text;
		if (published_asked(look, which, record.name))
			published_judge(
			    s->spf_arena, look, (int64_t)time(NULL), view);
	}
}

const struct published_view *
session_published(const struct session *s, enum planned which)
{
	return &s->published[which];
}

bool
session_watches(const struct session *s)
{
	for (int i = 0; i < PLANNED_COUNT; i++)
		if (s->published[i].said && !s->published[i].done)
			return true;
	return false;
}

bool
session_watch_stopped(const struct session *s)
{
	return s->watch_stopped;
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

/* The look at what is, of the step that plans the record. */
static enum look_kind
look_of(enum planned which)
{
	static const enum look_kind looks[PLANNED_COUNT] = {
		[PLANNED_SPF] = LOOK_SPF,
		[PLANNED_KEY] = LOOK_DKIM,
		[PLANNED_OLD_KEY] = LOOK_DKIM,
		[PLANNED_DMARC] = LOOK_DMARC,
	};

	return looks[which];
}

/*
 * How long what was there before may be remembered: as the name servers gave
 * it, or the resolver, when it was last seen.
 */
static uint32_t
old_ttl(
    const struct session *s, enum planned which, const struct record *record)
{
	const struct look *published = session_look(s, LOOK_PUBLISHED);
	const struct look *spf = session_look(s, LOOK_SPF);
	uint32_t ttl = 0;

	if (published_asked(published, which, record->name)) {
		published_old_ttl(published, which, record->text, &ttl);
		return ttl;
	}
	return which == PLANNED_SPF && spf != NULL && spf->texts != NULL
	    ? spf->texts->ttl
	    : RECORD_TTL;
}

void
session_watch_begin(struct session *s, enum planned which)
{
	struct arena *arena = arena_new();
	struct record record;

	if (output_record(arena, &s->plan, which, &record)) {
		s->plan.old_until[which] =
		    (int64_t)time(NULL) + old_ttl(s, which, &record);
		s->watch_stopped = false;
		s->watched[which] = (struct watched){ 0 };
		s->recheck_ms = monotonic_ms() + RECHECK_MS;
	}
	arena_free(arena);
}

void
session_watch_resume(struct session *s)
{
	s->recheck_ms = 0;
	for (int i = 0; i < PLANNED_COUNT; i++)
		if (s->plan.old_until[i] != 0)
			s->recheck_ms = monotonic_ms() + RECHECK_MS;
}

static bool
is_still_planned(const struct session *s, struct arena *arena, int i)
{
	const struct published_view *view = &s->published[i];
	struct record record;

	return output_record(arena, &s->plan, view->what, &record) &&
	    planned_compare(arena, view->what, record.text, view->record) ==
	    PLANNED_TEXT_SAME;
}

void
session_watch_changed(struct session *s)
{
	struct arena *arena = arena_new();
	bool any = false;

	for (int i = 0; i < PLANNED_COUNT; i++) {
		if (!s->published[i].said)
			continue;
		if (is_still_planned(s, arena, i)) {
			any = true;
			continue;
		}
		s->plan.old_until[i] = 0;
		s->watched[i] = (struct watched){ 0 };
		s->watch_stopped = false;
	}
	/* What is waited for beside it is waited for on. */
	for (int i = 0; i < PLANNED_COUNT; i++)
		any = any || s->plan.old_until[i] != 0;
	if (!any)
		s->recheck_ms = 0;
	arena_free(arena);
}

bool
session_watch_stop(struct session *s)
{
	char text[PLAN_TEXT];

	if (!session_watches(s) || s->watch_stopped)
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
static bool
note_old(struct session *s, const struct published_view *view)
{
	const struct look *look = session_look(s, LOOK_PUBLISHED);
	int64_t *old_until = &s->plan.old_until[view->what];
	int64_t until;
	uint32_t ttl;

	/* In the demo its own clock says how long. */
	if (s->demo != NULL ||
	    !published_old_ttl(look, view->what, view->record, &ttl))
		return false;
	until = (int64_t)look->at + ttl;
	if (until <= *old_until)
		return false;
	*old_until = until;
	return true;
}

static bool
holds_text(const struct answer *answer, const struct record *record)
{
	for (size_t i = 0; i < answer->nrecords; i++)
		if (record_equal(&answer->records[i], record))
			return true;
	return false;
}

/* Does the resolver say something else than when SPF was checked? */
static bool
resolver_moved(const struct session *s)
{
	const struct look *spf = session_look(s, LOOK_SPF);
	const struct answer *now =
	    session_look(s, LOOK_PUBLISHED)->published[PLANNED_SPF].resolver;

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
check_again(struct session *s, const struct published_view *view)
{
	struct watched *watched = &s->watched[view->what];
	enum look_kind kind = look_of(view->what);
	bool moved = watched->seen != view->published ||
	    watched->resolver != view->resolver.has;

	if (view->what == PLANNED_SPF && !moved)
		moved = resolver_moved(s);
	watched->seen = view->published;
	watched->resolver = view->resolver.has;
	if (!moved || session_busy(s, kind))
		return;
	live_start(s->live, kind, &s->plan, 0);
	if (view->what == PLANNED_SPF)
		session_recount(s, 0);
	else if (view->what == PLANNED_DMARC)
		session_recount_dmarc(s, 0);
}

static void
tell(struct session *s, const struct published_view *view)
{
	struct watched *watched = &s->watched[view->what];
	enum message_level level = view->slip != SLIP_NONE ? MESSAGE_FAIL
	    : view->done				   ? MESSAGE_OK
							   : MESSAGE_WAIT;
	enum wizard_step at = session_at(s);
	char text[PLAN_TERM];

	if (at != planned_words[view->what].step && at != WIZ_LIST)
		return;
	snprintf(text, sizeof(text), "%s%s%s%s", view->headline,
	    *view->more == '\0' ? "" : " ", view->more,
	    view->done && view->what == PLANNED_KEY
		? _(" Now let the server sign with the key.")
		: "");
	if (strcmp(text, watched->told) == 0 || s->demo != NULL)
		return;
	bounded_copy(watched->told, sizeof(watched->told), text);
	session_say(s, level, text);
}

/* All is there, and no resolver remembers anything else. */
static bool
is_over(const struct session *s, const struct published_view *view)
{
	return view->done &&
	    s->plan.old_until[view->what] <= (int64_t)time(NULL);
}

void
session_watch_result(struct session *s)
{
	bool changed = false;

	for (int i = 0; i < PLANNED_COUNT; i++) {
		const struct published_view *view = &s->published[i];

		if (!view->said || !view->looked)
			continue;
		changed |= note_old(s, view);
		tell(s, view);
		check_again(s, view);
		if (is_over(s, view)) {
			s->plan.old_until[i] = 0;
			changed = true;
		}
	}
	s->recheck_ms = session_watches(s) && !s->watch_stopped
	    ? monotonic_ms() + RECHECK_MS
	    : 0;
	if (changed)
		session_changed(s);
}
