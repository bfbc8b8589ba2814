/* Which domain it is about, and which step. */
#include "session_inside.h"

#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/record.h"
#include "problem.h"

/* --- looking ------------------------------------------------------------- */

void
session_look_again(struct session *s, int64_t delay_ms)
{
	live_start(s->live, LOOK_DOMAIN, &s->plan, delay_ms);
	live_start(s->live, LOOK_SPF, &s->plan, delay_ms);
	live_start(s->live, LOOK_PUBLISHED, &s->plan, delay_ms);
	/* Who sends nothing signs nothing. */
	if (!s->plan.sends_nothing)
		live_start(s->live, LOOK_DKIM, &s->plan, delay_ms);
	else
		live_forget(s->live, LOOK_DKIM);
	live_start(s->live, LOOK_DMARC, &s->plan, delay_ms);
	if (s->plan.nsubdomains > 0)
		live_start(s->live, LOOK_SUBDOMAINS, &s->plan, delay_ms);
	else
		live_forget(s->live, LOOK_SUBDOMAINS);
	if (s->plan.sends_nothing)
		live_start(s->live, LOOK_NO_MAIL, &s->plan, delay_ms);
	else
		live_forget(s->live, LOOK_NO_MAIL);
	for (int i = 0; i < MAIL_PROTOCOLS; i++)
		session_look_at_ports(s, (enum mail_protocol)i, delay_ms);
	session_recount(s, delay_ms);
	session_recount_dmarc(s, delay_ms);
	session_forget_list(s);
}

void
session_look_start(struct session *s, int64_t delay_ms)
{
	struct plan plan = s->plan;
	char problem[PLAN_TEXT];

	bounded_copy(plan.domain, sizeof(plan.domain),
	    session_field_problem(s, FIELD_DOMAIN) == NULL
		? session_field(s, FIELD_DOMAIN)
		: "");
	bounded_copy(plan.host, sizeof(plan.host),
	    session_field_problem(s, FIELD_HOST) == NULL
		? session_field(s, FIELD_HOST)
		: "");
	/* Names in a zone file may be relative to the domain. */
	if (!s->opened && strcmp(plan.domain, s->world_domain) != 0) {
		bounded_copy(
		    s->world_domain, sizeof(s->world_domain), plan.domain);
		if (!live_renew(s->live, &plan, problem))
			session_say(s, MESSAGE_FAIL, problem);
	}
	live_start(s->live, LOOK_START, &plan, delay_ms);
}

void
session_check_now(struct session *s)
{
	char problem[PLAN_TEXT];

	if (!live_renew(s->live, &s->plan, problem)) {
		session_say(s, MESSAGE_FAIL, problem);
		return;
	}
	s->watch_stopped = false;
	s->nservice_costs = 0;
	if (s->opened)
		session_look_again(s, 0);
	if (session_at(s) == WIZ_START)
		session_look_start(s, 0);
}

bool
session_stop(struct session *s)
{
	bool any = session_any_busy(s);

	for (int i = 0; i < LOOK_COUNT; i++)
		live_stop(s->live, (enum look_kind)i);
	s->recheck_ms = 0;
	s->watch_stopped = true;
	if (any)
		session_say(s, MESSAGE_NOTE,
		    _("Stopped. What was found so far stays."));
	session_refresh_spf(s);
	session_forget_list(s);
	return any;
}

/* --- opening a domain ---------------------------------------------------- */

/* What was answered on the first screen counts more than what was saved. */
static void
merge_answers(struct session *s, const struct plan *saved)
{
	static const enum field_id asked[] = { FIELD_HOST, FIELD_SERVER,
		FIELD_RESOLVER, FIELD_SENDING, FIELD_HELO };
	struct plan now = s->plan;
	char buf[PLAN_WORD];

	s->plan = *saved;
	for (size_t i = 0; i < COUNT(asked); i++) {
		enum field_id id = asked[i];
		size_t n = field_lines(&now, id);

		if (!s->touched[id] && !s->given[id])
			continue;
		field_clear(&s->plan, id);
		for (size_t j = 0; j < n; j++)
			field_store(
			    &s->plan, id, str_of(field_text(&now, id, j, buf)));
	}
}

static void
forget_all(struct session *s)
{
	for (int i = 0; i < LOOK_COUNT; i++)
		live_forget(s->live, (enum look_kind)i);
	memset(s->draft, 0, sizeof(s->draft));
	s->nundo = 0;
	s->recheck_ms = 0;
	s->watch_stopped = false;
	memset(s->watched, 0, sizeof(s->watched));
	memset(s->published, 0, sizeof(s->published));
}

/* Of the last domain only what is about the machine stays. */
void
session_close(struct session *s)
{
	s->parked = s->plan;
	store_close(s->store);
	forget_all(s);
	plan_clear(&s->plan);
	s->plan.server = s->parked.server;
	memcpy(s->plan.resolver, s->parked.resolver, PLAN_TEXT);
	s->opened = false;
	/* From here on it is said again what counts more than a saved plan. */
	memcpy(s->touched, s->given, sizeof(s->touched));
	s->touched[FIELD_DOMAIN] = true;
	session_changed(s);
}

static void
begin_plan(struct session *s, const char *domain)
{
	if (name_equal(s->parked.domain, domain))
		s->plan = s->parked;
	bounded_copy(s->plan.domain, sizeof(s->plan.domain), domain);
	s->plan.step = WIZ_DOMAIN;
	/* The people of the demo use all there is. */
	for (int i = 0; s->demo != NULL && i < MAIL_PROTOCOLS; i++)
		s->plan.ports[i].use = USE_YES;
}

static void
announce_opening(struct session *s, bool saved)
{
	char text[PLAN_TERM];

	if (store_problem(s->store) != NULL) {
		session_say(s, MESSAGE_WARN, store_problem(s->store));
	} else if (store_told(s->store) != NULL) {
		session_say(s, MESSAGE_WARN, store_told(s->store));
	} else if (saved) {
		snprintf(text, sizeof(text),
		    _("Going on with %s where it was left."), s->plan.domain);
		session_say(s, MESSAGE_NOTE, text);
	}
	bounded_copy(s->save_problem, sizeof(s->save_problem),
	    store_problem(s->store) != NULL ? store_problem(s->store) : "");
}

bool
session_open(struct session *s, const char *domain)
{
	struct plan plan = s->plan;
	char problem[PLAN_TEXT];
	bool saved;

	/* A zone file that cannot be read stops us before anything changes. */
	bounded_copy(plan.domain, sizeof(plan.domain), domain);
	if (!live_renew(s->live, &plan, problem)) {
		session_say(s, MESSAGE_FAIL, problem);
		return false;
	}
	if (s->opened)
		session_close(s);
	forget_all(s);
	saved = store_open(s->store, domain, &plan);
	if (saved)
		merge_answers(s, &plan);
	else
		begin_plan(s, domain);
	session_demo_open(s);
	if (session_at(s) == WIZ_START)
		s->plan.step = WIZ_DOMAIN;
	s->opened = true;
	memset(s->touched, true, sizeof(s->touched));
	bounded_copy(s->domain, sizeof(s->domain), domain);
	bounded_copy(s->world_domain, sizeof(s->world_domain), domain);
	/* The saved plan may name another resolver. */
	if (!live_renew(s->live, &s->plan, problem))
		session_say(s, MESSAGE_FAIL, problem);
	session_changed(s);
	announce_opening(s, saved);
	session_watch_resume(s);
	session_look_again(s, 0);
	return true;
}

/* --- moving -------------------------------------------------------------- */

static void
go_to(struct session *s, enum wizard_step step)
{
	s->plan.step = step;
	session_changed(s);
	if (step == WIZ_START) {
		s->nsaved = store_list(s->store, s->saved);
		session_look_start(s, 0);
	}
}

static enum move
block(struct session *s, enum field_id id, const char *why, enum field_id *bad)
{
	char text[PLAN_TERM];

	snprintf(text, sizeof(text), "%s: %s",
	    fields[id].label != NULL ? _(fields[id].label) : fields[id].name,
	    why);
	session_say(s, MESSAGE_FAIL, text);
	if (bad != NULL)
		*bad = id;
	return MOVE_BLOCKED;
}

/* The first field of the step that keeps us here; FIELD_COUNT: none. */
static enum field_id
first_problem(const struct session *s, enum wizard_step step)
{
	for (size_t i = 0; i < FIELD_COUNT; i++)
		if (fields[i].step == step && s->draft[i].set)
			return (enum field_id)i;
	return FIELD_COUNT;
}

/* Guesses shown on the first screen are answers once "Start" is pressed. */
static void
accept_guesses(struct session *s, const char *domain)
{
	const char *host = s->guess[FIELD_HOST].value;

	if (!s->touched[FIELD_HOST] && s->plan.host[0] == '\0' &&
	    host[0] != '\0' && name_is_below(host, domain))
		field_store(&s->plan, FIELD_HOST, str_of(host));
	if (!s->touched[FIELD_SERVER] && s->plan.server == SERVER_UNKNOWN)
		field_store(&s->plan, FIELD_SERVER,
		    str_of(s->guess[FIELD_SERVER].value));
	/* The system's resolver stays "the system's": it may change. */
}

static enum move
start(struct session *s, enum field_id *bad)
{
	char domain[PLAN_NAME];

	bounded_copy(domain, sizeof(domain), session_field(s, FIELD_DOMAIN));
	if (domain[0] == '\0')
		return block(s, FIELD_DOMAIN,
		    _("which domain is it about? Type it here."), bad);
	if (s->opened && name_equal(domain, s->plan.domain)) {
		go_to(s, WIZ_DOMAIN);
		return MOVE_DONE;
	}
	accept_guesses(s, domain);
	return session_open(s, domain) ? MOVE_DONE : MOVE_BLOCKED;
}

enum move
session_next(struct session *s, enum field_id *bad)
{
	enum wizard_step at = session_at(s);
	enum field_id id = first_problem(s, at);

	if (id != FIELD_COUNT)
		return block(s, id, s->draft[id].problem, bad);
	if (at == WIZ_START)
		return start(s, bad);
	if (at == WIZ_LIST)
		return MOVE_QUIT;
	go_to(s, at + 1);
	return MOVE_DONE;
}

enum move
session_back(struct session *s)
{
	enum wizard_step at = session_at(s);

	if (at == WIZ_START)
		return MOVE_QUIT;
	go_to(s, at - 1);
	return MOVE_DONE;
}

enum move
session_jump(struct session *s, enum wizard_step step)
{
	bool other = !s->opened ||
	    !name_equal(session_field(s, FIELD_DOMAIN), s->plan.domain);

	if (step != WIZ_START && session_at(s) == WIZ_START && other &&
	    session_next(s, NULL) != MOVE_DONE)
		return MOVE_BLOCKED;
	go_to(s, step);
	return MOVE_DONE;
}

void
session_skip(struct session *s, enum wizard_step step, bool skip)
{
	size_t i = 0;

	if (!steps[step].can_skip)
		return;
	while (i < s->plan.nskipped &&
	    strcmp(s->plan.skipped[i], steps[step].word) != 0)
		i++;
	if (skip && i == s->plan.nskipped)
		field_store(&s->plan, FIELD_SKIPPED, str_of(steps[step].word));
	else if (!skip)
		field_remove(&s->plan, FIELD_SKIPPED, i);
	session_changed(s);
}

const struct saved_plan *
session_saved(const struct session *s, size_t *n)
{
	*n = s->nsaved;
	return s->saved;
}

enum move
session_resume(struct session *s, size_t i)
{
	char domain[PLAN_NAME];

	if (i >= s->nsaved)
		return MOVE_BLOCKED;
	bounded_copy(domain, sizeof(domain), s->saved[i].domain);
	/* Its own answers count, not the guesses of the first screen. */
	memcpy(s->touched, s->given, sizeof(s->touched));
	return session_open(s, domain) ? MOVE_DONE : MOVE_BLOCKED;
}

/* --- marks --------------------------------------------------------------- */

static bool
is_skipped(const struct session *s, enum wizard_step step)
{
	for (size_t i = 0; i < s->plan.nskipped; i++)
		if (strcmp(s->plan.skipped[i], steps[step].word) == 0)
			return true;
	return false;
}

enum mark
session_mark_of_look(const struct session *s, enum look_kind kind)
{
	const struct look *look = session_look(s, kind);

	if (session_busy(s, kind))
		return MARK_BUSY;
	if (look == NULL)
		return MARK_NONE;
	return look->report.status >= SEV_WARN ? MARK_PROBLEM : MARK_OK;
}

/* DNS has something else than the plan, or not everywhere. */
static bool
is_awaited(const struct session *s, enum planned which)
{
	const struct published_view *view = &s->published[which];

	return published_differs(view) || (view->said && !view->done);
}

enum mark
session_mark(const struct session *s, enum wizard_step step)
{
	enum mark mark = MARK_NONE;
	int status;

	if (is_skipped(s, step))
		return MARK_SKIPPED;
	switch (step) {
	case WIZ_DOMAIN:
		return session_mark_of_look(s, LOOK_DOMAIN);
	case WIZ_SPF:
		mark = session_mark_of_look(s, LOOK_SPF);
		if (mark == MARK_OK && s->plan.nsubdomains > 0)
			mark = session_mark_of_look(s, LOOK_SUBDOMAINS);
		/* DNS is fine, and the plan is something else: not done. */
		if (mark == MARK_OK &&
		    (s->spf.now != SPF_NOW_SAME || s->spf.waiting))
			mark = MARK_BUSY;
		return mark;
	case WIZ_DKIM:
		if (s->plan.sends_nothing && s->opened)
			return MARK_SKIPPED;
		mark = session_mark_of_look(s, LOOK_DKIM);
		return mark == MARK_OK &&
			(is_awaited(s, PLANNED_KEY) ||
			    is_awaited(s, PLANNED_OLD_KEY))
		    ? MARK_BUSY
		    : mark;
	case WIZ_DMARC:
		mark = session_mark_of_look(s, LOOK_DMARC);
		return mark == MARK_OK && is_awaited(s, PLANNED_DMARC)
		    ? MARK_BUSY
		    : mark;
	case WIZ_POP3:
	case WIZ_IMAP4:
	case WIZ_SUBMISSION:
		return session_ports_mark(s, step);
	case WIZ_LIST:
		if (!s->opened || session_any_busy(s))
			return s->opened ? MARK_BUSY : MARK_NONE;
		status = session_checklist(s)->exit_status;
		return status == 0 ? MARK_OK : MARK_PROBLEM;
	case WIZ_START:
	case WIZ_COUNT:
		break;
	}
	return mark;
}
