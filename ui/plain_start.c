/* The first questions: which domain, and what is known of its server. */
#include <string.h>
#include <time.h>

#include "../checks/base/i18n.h"
#include "../checks/name.h"
#include "plain_inside.h"

static const char *
ago(struct plain *p, time_t then)
{
	long minutes = (long)(time(NULL) - then) / 60;

	if (minutes < 2)
		return _("just now");
	if (minutes < 120)
		return arena_printf(p->arena, _("%ld minutes ago"), minutes);
	if (minutes < 48 * 60)
		return arena_printf(p->arena, _("%ld hours ago"), minutes / 60);
	return arena_printf(p->arena, _("%ld days ago"), minutes / (60 * 24));
}

static const char *
start_help(void)
{
	return _("Type the number of saved work to go on with it. Enter "
		 "asks for another domain. q quits.");
}

/* True when there is saved work and the person goes on with it, or leaves. */
static bool
resume(struct plain *p)
{
	size_t n;
	const struct saved_plan *saved = session_saved(p->session, &n);
	enum reply reply = REPLY_EMPTY;
	size_t chosen;

	if (n == 0)
		return false;
	plain_put("", _("Saved work:"));
	for (size_t i = 0; i < n; i++)
		plain_print(arena_printf(p->arena, "%2zu  ", i + 1),
		    "%s, %s, %s", saved[i].domain,
		    _(steps[saved[i].step < WIZ_COUNT ? saved[i].step
						      : WIZ_START]
			    .name),
		    ago(p, saved[i].changed));
	chosen = plain_choose(p,
	    _("Number to go on with one, Enter for another domain, ? help, q "
	      "quit:"),
	    start_help(), n, &reply);
	if (chosen == 0) {
		if (reply != REPLY_END && reply != REPLY_EMPTY)
			plain_common(p, reply);
		return reply == REPLY_END || reply == REPLY_JUMP;
	}
	return session_resume(p->session, chosen - 1) == MOVE_DONE;
}

/* What was saved for this domain answers the other questions. */
static bool
is_saved(struct plain *p)
{
	const char *domain = session_field(p->session, FIELD_DOMAIN);
	size_t n;
	const struct saved_plan *saved = session_saved(p->session, &n);

	for (size_t i = 0; i < n; i++)
		if (name_equal(saved[i].domain, domain))
			return true;
	return false;
}

/* The question before; the same when it is the first. */
static enum field_id
field_before(struct plain *p, enum field_id id)
{
	enum field_id before = plain_next_field(WIZ_START, 0);

	if (before == id)
		plain_common(p, REPLY_BACK);
	while (before < id) {
		enum field_id next = plain_next_field(WIZ_START, before + 1);

		if (next >= id)
			break;
		before = next;
	}
	return before;
}

static bool
ask_all(struct plain *p)
{
	enum field_id id = plain_next_field(WIZ_START, 0);

	while (id < FIELD_COUNT) {
		enum reply reply = plain_ask_field(p, id);

		if (reply == REPLY_END || reply == REPLY_JUMP)
			return false;
		if (reply == REPLY_BACK) {
			id = field_before(p, id);
			continue;
		}
		if (id == FIELD_DOMAIN && is_saved(p))
			return true;
		id = plain_next_field(WIZ_START, id + 1);
	}
	return true;
}

void
plain_start(struct plain *p)
{
	bool first = !p->step_shown[WIZ_START];
	enum field_id bad;

	plain_heading(p, WIZ_START);
	if (first && session_is_demo(p->session))
		plain_put("",
		    _("This is a demo: a made-up bakery whose DNS has the "
		      "faults that real domains have. Nothing is asked on the "
		      "network and nothing is saved. Keep the answers, mend "
		      "the faults, and publish: it appears in the demo's own "
		      "DNS some seconds later."));
	if (first)
		plain_put("",
		    _("At every question: Enter keeps the answer in brackets, "
		      "- empties it, ? explains, < goes back, # goes to any "
		      "step, ! checks now, q saves and quits."));
	if (resume(p) || p->ended >= 0)
		return;
	if (ask_all(p))
		session_next(p->session, &bad);
	plain_tell(p);
}
