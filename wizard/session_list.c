/* Findings and what helps; the checklist, its ticks, its report. */
#include "session_inside.h"

#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "problem.h"

/* --- remedies ------------------------------------------------------------ */

size_t
session_remedies(const struct session *s, enum look_kind kind,
    const struct finding *finding, struct remedy out[REMEDY_MAX])
{
	const struct look *look = session_look(s, kind);

	return look == NULL ? 0 : remedy_find(look, finding, &s->plan, out);
}

/* A proposal needs to know the MX records, whatever the finding was about. */
static const struct look *
look_for(const struct session *s, enum look_kind kind, enum remedy_id id)
{
	if (id == REMEDY_PROPOSE || id == REMEDY_DECLARE_NOTHING)
		return session_look(s, LOOK_DOMAIN);
	return session_look(s, kind);
}

static bool
changes_plan(enum remedy_id id)
{
	return id != REMEDY_CHANGE_DOMAIN && id != REMEDY_ANSWER &&
	    id != REMEDY_PUBLISH;
}

const char *
session_apply(
    struct session *s, enum look_kind kind, const struct remedy *remedy)
{
	const struct look *look = look_for(s, kind, remedy->id);
	const char *problem;

	if (look == NULL && remedy->id == REMEDY_SUGGESTED)
		return _("What DNS has is not known yet. Check again first.");
	if (changes_plan(remedy->id)) {
		session_mark_undo(s, _("The record is as it was before."));
		problem = remedy_apply(remedy, look, &s->plan);
		if (problem != NULL) {
			session_drop_undo(s);
			return problem;
		}
	}
	if (remedy->step != session_at(s))
		session_jump(s, remedy->step);
	else
		session_changed(s);
	if (remedy->id == REMEDY_DECLARE_NOTHING)
		session_look_again(s, 0);
	else if (changes_plan(remedy->id))
		session_recount(s, 0);
	return NULL;
}

/* --- the checklist ------------------------------------------------------- */

void
session_forget_list(struct session *s)
{
	arena_free(s->list->arena);
	s->list->arena = NULL;
}

static bool
has_drafts(const struct session *s)
{
	for (size_t i = 0; i < FIELD_COUNT; i++)
		if (s->draft[i].set)
			return true;
	return false;
}

/* SPF by its own check, which knows more; the others by who has them. */
static void
describe_planned(
    const struct session *s, enum planned which, struct checklist_planned *out)
{
	const struct published_view *view = &s->published[which];
	bool waiting = view->said && !view->done;
	struct record record;

	*out = (struct checklist_planned){ .where = view };
	if (!output_record(s->list->arena, &s->plan, which, &record))
		return;
	out->name = record.name;
	out->text = record.text;
	out->known = which == PLANNED_SPF ||
	    (view->looked && view->resolver.has != HAS_UNSEEN);
	out->published = !waiting &&
	    (which == PLANNED_SPF ? s->spf.now == SPF_NOW_SAME
				  : view->visible == VISIBLE_YES);
}

static void
make_list(const struct session *s)
{
	struct list_cache *cache = s->list;

	cache->arena = arena_new();
	cache->source = (struct checklist_source){
		.plan = &s->plan,
		.rotation = session_dkim_rotation(s),
		.demo = s->demo != NULL,
		.open_fields = has_drafts(s),
		.look_key = s->look_key,
		.now = time(NULL),
	};
	for (int i = 0; i < LOOK_COUNT; i++) {
		enum look_kind kind = (enum look_kind)i;

		cache->source.result[i] = session_look(s, kind);
		cache->source.busy[i] = session_busy(s, kind);
	}
	for (int i = 0; i < PLANNED_COUNT; i++)
		describe_planned(s, (enum planned)i, &cache->source.planned[i]);
	checklist_make(cache->arena, &cache->source, &cache->list);
}

const struct checklist *
session_checklist(const struct session *s)
{
	if (s->list->arena == NULL)
		make_list(s);
	return &s->list->list;
}

const char *
session_tick(struct session *s, size_t i)
{
	const struct checklist *list = session_checklist(s);
	const char *id = i < list->nitems ? list->items[i].tick_id : NULL;
	size_t at = 0;

	if (id == NULL)
		return _("This one is verified by the program, not by hand.");
	while (at < s->plan.nticks && strcmp(s->plan.tick[at], id) != 0)
		at++;
	if (at < s->plan.nticks)
		field_remove(&s->plan, FIELD_TICK, at);
	else
		field_store(&s->plan, FIELD_TICK, str_of(id));
	session_changed(s);
	return NULL;
}

const char *
session_report(const struct session *s, size_t width)
{
	const struct checklist *list = session_checklist(s);

	return checklist_text(s->list->arena, &s->list->source, list,
	    s->list->report[0] != '\0' ? s->list->report : NULL, width);
}

const char *
session_save_report(struct session *s)
{
	const char *path;

	s->list->report[0] = '\0';
	path = store_write(
	    s->store, "checklist.txt", session_report(s, REPORT_WIDTH));
	if (path == NULL)
		return NULL;
	snprintf(s->list->report, sizeof(s->list->report), "%s", path);
	return s->list->report;
}

void
session_report_saved(struct session *s, const char *path)
{
	bounded_copy(s->list->report, sizeof(s->list->report), path);
}

int
session_exit_status(const struct session *s)
{
	int status = session_checklist(s)->exit_status;

	/* Whoever leaves before the end leaves questions open. */
	return status != 1 && session_at(s) != WIZ_LIST ? 1 : status;
}
