/* Where the planned record is by now: saying it. */
#include <string.h>
#include <time.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "copy_form.h"
#include "planned.h"
#include "published_inside.h"

#define NAMED_MOST    3 /* servers named in one sentence */
#define SECONDS_BELOW 180 /* s; a time so near is told to the second */

/* Local time; with its date unless that is today. */
static const char *
time_print(struct arena *arena, int64_t when, int64_t now, const char *clock)
{
	time_t times[2] = { (time_t)when, (time_t)now };
	struct tm then, today;
	char day[32] = "", text[64];

	if (localtime_r(&times[0], &then) == NULL ||
	    localtime_r(&times[1], &today) == NULL ||
	    strftime(text, sizeof(text), clock, &then) == 0)
		return "?";
	if (then.tm_yday != today.tm_yday || then.tm_year != today.tm_year)
		strftime(day, sizeof(day), "%Y-%m-%d ", &then);
	return arena_printf(arena, "%s%s", day, text);
}

const char *
clock_print(struct arena *arena, int64_t when, int64_t now)
{
	return time_print(arena, when, now, "%H:%M");
}

const char *
deadline_print(struct arena *arena, int64_t when, int64_t now)
{
	if (when > now && when - now < SECONDS_BELOW)
		return time_print(arena, when, now, "%H:%M:%S");
	return time_print(arena, when + 59, now, "%H:%M");
}

/* --- the servers that do not have it ------------------------------------- */

/* "ns1.example.org, ns2.example.org" of the hosts that have it so. */
static const char *
hosts_with(struct arena *arena, const struct published_view *view,
    enum witness_has has, size_t *n)
{
	const char *list = "";

	*n = 0;
	for (size_t i = 0; i < view->nservers; i++) {
		if (published_host(view, i) != has)
			continue;
		if (*n < NAMED_MOST)
			list = arena_printf(arena, "%s%s%s", list,
			    *n == 0 ? "" : ", ", view->servers[i].host);
		++*n;
	}
	if (*n > NAMED_MOST)
		list = arena_printf(
		    arena, _("%s and %zu more"), list, *n - NAMED_MOST);
	return list;
}

static const char *
sentence_of(enum planned what, enum witness_has has, size_t n)
{
	switch (has) {
	case HAS_OTHER:
		if (what == PLANNED_KEY)
			return PLURAL(
			    "%s has another key.", "%s have another key.", n);
		if (what == PLANNED_OLD_KEY)
			return PLURAL("%s still has the old key.",
			    "%s still have the old key.", n);
		return PLURAL("%s still has the old record.",
		    "%s still have the old record.", n);
	case HAS_NONE:
		return PLURAL(
		    "%s does not have it yet.", "%s do not have it yet.", n);
	case HAS_ODD:
		if (what != PLANNED_SPF)
			return PLURAL("%s has a text that is no such record.",
			    "%s have a text that is no such record.", n);
		return PLURAL("%s has a text that is no SPF record.",
		    "%s have a text that is no SPF record.", n);
	case HAS_SECOND:
		return PLURAL("%s has a second record beside it.",
		    "%s have a second record beside it.", n);
	case HAS_UNSEEN:
		return PLURAL(
		    "%s could not be asked.", "%s could not be asked.", n);
	case HAS_RECORD:
	case HAS_COUNT:
		break;
	}
	return "%s";
}

/* One sentence for each kind of those that do not have it. */
static const char *
who_lacks_it(struct arena *arena, const struct published_view *view)
{
	static const enum witness_has kinds[] = { HAS_SECOND, HAS_ODD,
		HAS_OTHER, HAS_NONE, HAS_UNSEEN };
	const char *said = "";

	for (size_t i = 0; i < COUNT(kinds); i++) {
		size_t n;
		const char *hosts = hosts_with(arena, view, kinds[i], &n);
		const char *sentence;

		if (n == 0)
			continue;
		sentence = arena_printf(
		    arena, sentence_of(view->what, kinds[i], n), hosts);
		said = arena_printf(
		    arena, "%s%s%s", said, *said == '\0' ? "" : " ", sentence);
	}
	return said;
}

static const char *
why_not_asked(const struct look *look, enum planned what)
{
	switch (look->published[what].asking) {
	case ASKING_OFFLINE:
		return _("Name servers are not asked (--offline).");
	case ASKING_OFF:
		return _("Name servers are not asked (option "
			 "--authoritative is off).");
	case ASKING_RESOLVER:
		return _("Name servers are not asked, because a DNS resolver "
			 "is entered on the first screen.");
	case ASKING_ALL:
		break;
	}
	return look->published[what].nservers == 0
	    ? _("The domain's name servers could not be found.")
	    : _("None of the name servers answered.");
}

/* --- published ----------------------------------------------------------- */

/* "at 2 of 3 name servers", "at all 3 name servers" */
static const char *
where_it_is(struct arena *arena, const struct published_view *view)
{
	if (view->nhosts == 1 && view->nhave == 1)
		return _("at the only name server");
	if (view->nhave == 2 && view->nhosts == 2)
		return _("at both name servers");
	if (view->nhave == view->nhosts)
		return arena_printf(
		    arena, _("at all %zu name servers"), view->nhosts);
	return arena_printf(
	    arena, _("at %zu of %zu name servers"), view->nhave, view->nhosts);
}

static const char *
say_published(struct arena *arena, const struct look *look,
    const struct published_view *view)
{
	switch (view->published) {
	case PUBLISHED_UNKNOWN:
		return arena_printf(arena, _("cannot tell from here. %s"),
		    why_not_asked(look, view->what));
	case PUBLISHED_NO:
		return _("no, not yet at any of the name servers");
	case PUBLISHED_PARTLY:
		return arena_printf(
		    arena, _("not everywhere: %s"), where_it_is(arena, view));
	case PUBLISHED_YES:
		break;
	}
	if (view->nunseen > 0)
		return arena_printf(arena,
		    _("yes, %s; the others could not be asked"),
		    where_it_is(arena, view));
	return arena_printf(arena, _("yes, %s"), where_it_is(arena, view));
}

/* --- visible ------------------------------------------------------------- */

static const char *
say_visible(struct arena *arena, const struct published_view *view, int64_t now)
{
	if (view->visible == VISIBLE_UNKNOWN)
		return arena_printf(
		    arena, _("cannot tell: %s"), view->resolver.shown);
	if (view->visible == VISIBLE_YES && view->until > now)
		return arena_printf(arena,
		    _("yes; other resolvers from %s at latest"),
		    deadline_print(arena, view->until, now));
	if (view->visible == VISIBLE_YES)
		return _("yes");
	if (view->published == PUBLISHED_NO ||
	    view->published == PUBLISHED_PARTLY)
		return _("not before it is published everywhere");
	if (view->until > now)
		return arena_printf(arena, _("from %s at latest"),
		    deadline_print(arena, view->until, now));
	return _("not yet, though the time for it has passed");
}

/* Published, and resolvers remember what was there before. */
static const char *
say_remembered(
    struct arena *arena, const struct published_view *view, int64_t now)
{
	const char *clock = deadline_print(arena, view->until, now);

	if (view->until <= now)
		return _("Your resolver should show it by now. Try another "
			 "one (first screen), or wait a little.");
	if (view->resolver.has == HAS_NONE)
		return arena_printf(arena,
		    _("Resolvers may say \"none\" until %s. Just wait."),
		    clock);
	return arena_printf(arena,
	    _("Resolvers may keep the old one until %s. Just wait."), clock);
}

/* --- both in two sentences ----------------------------------------------- */

static const char *
other_record(const struct published_view *view)
{
	for (size_t i = 0; i < view->nservers; i++)
		if (view->servers[i].has == HAS_SECOND)
			return view->servers[i].shown;
	return view->resolver.shown;
}

static void
say_slip(
    struct arena *arena, const struct look *look, struct published_view *view)
{
	const struct published_facts *facts = &look->published[view->what];
	const struct planned_words *words = &planned_words[view->what];

	switch (view->slip) {
	case SLIP_DOUBLED:
		view->headline = arena_printf(arena, _("Found at %s."),
		    printable(arena, str_of(facts->doubled_name)));
		view->more = arena_printf(arena,
		    _("Your panel adds the domain itself: enter %s as the "
		      "name, and delete the wrong entry."),
		    copy_relative_name(
			arena, facts->name, look->target.domain));
		view->brief = _("at a doubled name");
		break;
	case SLIP_SECOND:
		view->headline = _(words->second_now);
		view->more = arena_printf(
		    arena, _(words->second_do), other_record(view));
		view->brief = _("two records now");
		break;
	case SLIP_ODD:
		view->headline = _(words->odd_now);
		view->more = _(words->odd_do);
		view->brief = _("no record yet");
		break;
	case SLIP_NONE:
		break;
	}
}

static void
say_unknown(struct arena *arena, const struct look *look, int64_t now,
    struct published_view *view)
{
	const char *why = why_not_asked(look, view->what);

	if (view->visible == VISIBLE_YES) {
		view->headline = _("Your resolver shows the record.");
		view->more = why;
		view->brief = _("your resolver shows it");
	} else if (view->visible == VISIBLE_UNKNOWN) {
		view->headline = _("Cannot tell from here.");
		view->more = arena_printf(arena,
		    _("%s The resolver did not answer: %s."), why,
		    view->resolver.shown);
		view->brief = _("cannot tell");
	} else if (view->until > now) {
		view->headline = _("Your resolver does not show it yet.");
		view->more = arena_printf(arena,
		    _("It may remember the old answer until %s. %s"),
		    deadline_print(arena, view->until, now), why);
		view->brief = arena_printf(arena, _("not before %s"),
		    deadline_print(arena, view->until, now));
	} else {
		view->headline = _("Your resolver does not show it yet.");
		view->more = arena_printf(arena,
		    _("Cannot tell from here whether it is published. %s"),
		    why);
		view->brief = _("not there yet");
	}
}

static void
say_done(struct arena *arena, int64_t now, struct published_view *view)
{
	const char *where = where_it_is(arena, view);

	view->headline =
	    arena_printf(arena, _("Published %s, and visible."), where);
	view->brief = _("published and visible");
	view->more = who_lacks_it(arena, view);
	if (view->until > now)
		view->more = arena_printf(arena,
		    _("%s%sOther resolvers may show the old one until %s."),
		    view->more, *view->more == '\0' ? "" : " ",
		    deadline_print(arena, view->until, now));
}

static void
say_known(struct arena *arena, int64_t now, struct published_view *view)
{
	const char *where = where_it_is(arena, view);

	view->brief = where;
	if (view->published == PUBLISHED_NO) {
		view->headline = _("Not at any of the name servers yet.");
		view->more = arena_printf(arena,
		    _("%s Providers often need some minutes."),
		    who_lacks_it(arena, view));
		view->brief = _("not there yet");
		return;
	}
	view->headline = arena_printf(arena, _("Published %s."), where);
	if (view->published == PUBLISHED_PARTLY) {
		view->more = who_lacks_it(arena, view);
		view->brief = arena_printf(arena, _("at %zu of %zu servers"),
		    view->nhave, view->nhosts);
		return;
	}
	view->more = view->visible == VISIBLE_UNKNOWN
	    ? arena_printf(arena, _("The resolver did not answer: %s."),
		  view->resolver.shown)
	    : say_remembered(arena, view, now);
	if (view->nunseen > 0)
		view->more = arena_printf(
		    arena, "%s %s", who_lacks_it(arena, view), view->more);
	view->brief = view->until > now
	    ? arena_printf(arena, _("visible from %s"),
		  deadline_print(arena, view->until, now))
	    : _("not visible yet");
}

void
published_say(struct arena *arena, const struct look *look, int64_t now,
    struct published_view *view)
{
	view->published_text = say_published(arena, look, view);
	view->visible_text = say_visible(arena, view, now);
	view->more = "";
	if (view->slip != SLIP_NONE)
		say_slip(arena, look, view);
	else if (view->published == PUBLISHED_UNKNOWN)
		say_unknown(arena, look, now, view);
	else if (view->done)
		say_done(arena, now, view);
	else
		say_known(arena, now, view);
}
