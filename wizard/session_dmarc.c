/* The DMARC record of the plan: where it begins, how far it has come. */
#include "session_inside.h"

#include <string.h>
#include <stdio.h>

#include "../checks/base/i18n.h"
#include "../checks/dmarc.h"
#include "dmarc_plan.h"
#include "problem.h"

void
session_recount_dmarc(struct session *s, int64_t delay_ms)
{
	if (s->opened && s->plan.dmarc.begun)
		live_start(s->live, LOOK_DMARC_PLAN, &s->plan, delay_ms);
	else
		live_forget(s->live, LOOK_DMARC_PLAN);
	session_forget_list(s);
}

/* Is it a DMARC record at the domain's own name? */
static bool
is_own(const struct look *look, const struct record *record)
{
	const char *parent = name_parent(record->name);

	return record->type == RR_TXT && dmarc_is_record(record->text) &&
	    str_starts_nocase(str_of(record->name), "_dmarc.") &&
	    name_equal(parent, look->target.domain);
}

static size_t
find_own(const struct look *look, const struct record *records, size_t nrecords,
    struct str *first)
{
	size_t n = 0;

	for (size_t i = 0; i < nrecords; i++)
		if (is_own(look, &records[i]) && n++ == 0)
			*first = records[i].text;
	return n;
}

/* What the plan begins with; false: it cannot be edited here. */
static bool
begin_with(struct session *s, const struct look *look)
{
	struct str published = { 0 }, suggested = { 0 };
	size_t n = find_own(
	    look, look->report.published, look->report.npublished, &published);

	find_own(
	    look, look->report.suggested, look->report.nsuggested, &suggested);
	s->plan.dmarc.published = n == 1;
	if (n == 1)
		return dmarc_plan_take(&s->plan, published);
	if (suggested.len > 0)
		return dmarc_plan_take(&s->plan, suggested);
	if (n == 0)
		dmarc_plan_propose(&s->plan);
	return n == 0;
}

/* What stands in the plan is what the wizard put there. */
static void
note_base(struct session *s)
{
	struct arena *arena = arena_new();
	const char *planned = dmarc_plan_text(arena, &s->plan);

	bounded_copy(s->plan.dmarc.base, sizeof(s->plan.dmarc.base),
	    strlen(planned) < PLAN_BASE ? planned : "");
	arena_free(arena);
}

static bool
take_over(struct session *s, struct str published)
{
	struct plan before = s->plan;

	if (!dmarc_plan_take(&s->plan, published))
		return false;
	/* Taken back, it is the person's own wish. */
	before.dmarc.base[0] = '\0';
	session_note_undo(
	    s, &before, _("The DMARC record is as it was before."));
	s->plan.dmarc.published = true;
	note_base(s);
	s->followed |= 1U << WIZ_DMARC;
	return true;
}

/* Who changed nothing goes on with what was published meanwhile. */
static bool
follow(struct session *s, const struct look *look)
{
	struct arena *arena = arena_new();
	struct str base = str_of(s->plan.dmarc.base);
	struct str published = { 0 };
	size_t n = find_own(
	    look, look->report.published, look->report.npublished, &published);
	struct str planned = str_of(dmarc_plan_text(arena, &s->plan));
	bool changed = false;

	if (!s->plan.dmarc.begun || n != 1 ||
	    s->plan.old_until[PLANNED_DMARC] != 0) {
		/* There is nothing to go by. */
	} else if (dmarc_same_record(planned, published)) {
		changed = !str_equal(planned, base);
		note_base(s);
	} else if (base.len > 0 && dmarc_same_record(planned, base)) {
		changed = take_over(s, published);
	}
	arena_free(arena);
	return changed;
}

const char *
session_dmarc_repair(struct session *s)
{
	const struct look *look = session_look(s, LOOK_DMARC_PLAN);

	if (look == NULL || look->repair.len == 0)
		return _("There is nothing to repair.");
	session_mark_undo(s, _("The DMARC record is as it was before."));
	if (!dmarc_plan_take(&s->plan, look->repair)) {
		session_drop_undo(s);
		return _("The repaired record is too long to be edited "
			 "here.");
	}
	session_changed(s);
	session_recount_dmarc(s, 0);
	return NULL;
}

void
session_dmarc_toggle_fo(struct session *s, char kind)
{
	char before[PLAN_VALUE];

	session_mark_undo(s, _("The DMARC record is as it was before."));
	bounded_copy(before, sizeof(before), s->plan.dmarc.fo);
	dmarc_plan_toggle_fo(&s->plan, kind);
	if (strcmp(before, s->plan.dmarc.fo) == 0) {
		session_drop_undo(s);
		return;
	}
	session_changed(s);
	session_recount_dmarc(s, 0);
}

static void
note_stage(struct session *s, const struct dmarc_discovery *found)
{
	const struct dmarc_record *record = NULL;

	if (found->record != NULL &&
	    name_equal(found->record_domain, s->plan.domain))
		record = found->record;
	if (dmarc_path_note(&s->plan, record, session_now(s)))
		session_changed(s);
}

/* Could the domain's own name not be looked at? */
static bool
own_is_hidden(const struct dmarc_discovery *found)
{
	const struct answer *own =
	    found->walk.n > 0 ? found->walk.answers[0] : NULL;

	return own == NULL || own->outcome == DNS_BROKEN ||
	    own->outcome == DNS_SILENT;
}

void
session_take_dmarc(struct session *s)
{
	const struct look *look = session_look(s, LOOK_DMARC);
	const struct dmarc_discovery *found;

	if (look == NULL || look->report.dmarc == NULL)
		return;
	found = look->report.dmarc;
	/* Trouble above the domain hides nothing of its own record. */
	if (found->policy_trouble != NULL && own_is_hidden(found))
		return;
	note_stage(s, found);
	if (follow(s, look)) {
		session_changed(s);
		session_recount_dmarc(s, 0);
	}
	/* A subdomain that inherits needs no record of its own. */
	if (s->plan.dmarc.begun ||
	    (found->record != NULL &&
		!name_equal(found->record_domain, s->plan.domain)))
		return;
	if (!begin_with(s, look)) {
		session_say(s, MESSAGE_WARN,
		    _("The published DMARC record cannot be edited here. It "
		      "stays as it is."));
		return;
	}
	note_base(s);
	session_changed(s);
	session_recount_dmarc(s, 0);
}

/* Is what a look found in order? */
static enum dmarc_green
green(const struct session *s, enum look_kind kind)
{
	const struct look *look = session_look(s, kind);
	enum severity worst;

	if (look == NULL || look->report.findings.first == NULL)
		return GREEN_UNKNOWN;
	worst = report_worst(&look->report.findings);
	if (worst == SEV_UNKNOWN)
		return GREEN_UNKNOWN;
	return worst < SEV_WARN ? GREEN_YES : GREEN_NO;
}

struct dmarc_path
session_dmarc_path(const struct session *s)
{
	return dmarc_path_at(&s->plan, green(s, LOOK_SPF),
	    s->plan.sends_nothing ? GREEN_YES : green(s, LOOK_DKIM),
	    session_now(s));
}

void
session_dmarc_take(struct session *s, enum dmarc_stage stage)
{
	struct dmarc_path path;
	char text[PLAN_TERM];

	session_mark_undo(s, _("The DMARC record is as it was before."));
	dmarc_path_take(&s->plan, stage);
	session_changed(s);
	session_recount_dmarc(s, 0);
	path = session_dmarc_path(s);
	snprintf(text, sizeof(text), _("%s is in your record. Now publish it."),
	    _(dmarc_stage_label(stage)));
	session_say(s, path.jumps ? MESSAGE_WARN : MESSAGE_OK,
	    path.jumps ? _(dmarc_stage_risk(stage)) : text);
}
