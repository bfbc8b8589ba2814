/* What the SPF screen shows, made anew after every change. */
#include "session_inside.h"

#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "spf_plan.h"

/* Why the target of a term does not work, a phrase. */
static const char *
trouble_text(struct arena *arena, const struct spf_node *node)
{
	const struct answer *answer = node->answer;

	switch (node->trouble) {
	case SPF_TROUBLE_MISSING:
		return _("no SPF record there");
	case SPF_TROUBLE_MULTIPLE:
		return _("more than one SPF record there");
	case SPF_TROUBLE_SYNTAX:
		return _("the record there cannot be read");
	case SPF_TROUBLE_LOOP:
		return _("leads back to itself");
	case SPF_TROUBLE_TOO_MANY_MX:
		return _("more than 10 MX hosts");
	case SPF_TROUBLE_VOID:
		return _("nothing found");
	case SPF_TROUBLE_DNS:
		return arena_printf(arena, _("could not look: %s"),
		    answer != NULL && answer->why != NULL
			? printable(arena, str_of(answer->why))
			: _("no answer"));
	case SPF_TROUBLE_DEPTH:
		return _("too many records in a row");
	case SPF_FINE:
		break;
	}
	return NULL;
}

/* The node of a term in the newest count, whatever its place was then. */
static const struct spf_node *
find_node(const struct look *look, const char *term)
{
	const struct spf_node *node;

	if (look == NULL)
		return NULL;
	for (node = look->plan.cost.first; node != NULL; node = node->next)
		if (str_equal(node->term->text, str_of(term)))
			return node;
	return NULL;
}

static void
count_line(struct arena *arena, const struct look *look, const char *term,
    struct spf_line *line)
{
	if (!spf_term_kinds[line->term.kind].asks_dns) {
		line->counted = true;
		return;
	}
	line->node = find_node(look, term);
	if (line->node == NULL)
		return;
	line->counted = true;
	line->lookups = line->node->lookups;
	line->voids = line->node->voids;
	line->trouble = trouble_text(arena, line->node);
}

static void
make_lines(struct session *s, const struct look *look)
{
	struct arena *arena = s->spf_arena;
	size_t n = s->plan.nterms;
	struct spf_line *lines = arena_array(arena, n + 1, sizeof(*lines));

	for (size_t i = 0; i < n; i++) {
		struct spf_line *line = &lines[i];
		struct str text = str_of(s->plan.term[i]);

		spf_parse_term(arena, text, &line->term);
		line->text = printable(arena, text);
		line->help = &spf_help[line->term.kind];
		line->problem = line->term.problem;
		count_line(arena, look, s->plan.term[i], line);
	}
	s->spf.lines = lines;
	s->spf.nlines = n;
}

/* The domain redirect leads to, for the ending. */
static void
make_ending(struct session *s)
{
	size_t at = spf_plan_find(&s->plan, SPF_REDIRECT);

	s->spf.ending = spf_plan_ending(&s->plan);
	if (s->spf.ending == SPF_END_REDIRECT)
		s->spf.redirect =
		    printable(s->spf_arena, s->spf.lines[at].term.domain);
}

static void
make_record(struct session *s)
{
	struct arena *arena = s->spf_arena;
	struct spf_record record;

	s->spf.record = output_spf_text(arena, &s->plan);
	s->spf.octets = strlen(s->spf.record);
	s->spf.shown = printable(arena, str_of(s->spf.record));
	spf_parse(arena, str_of(s->spf.record), &record);
	if (s->spf.octets > 0)
		s->spf.problem = record.problem;
}

/* The sum of what is known about the lines, while a count is under way. */
static void
add_lines(struct session *s)
{
	for (size_t i = 0; i < s->spf.nlines; i++) {
		const struct spf_line *line = &s->spf.lines[i];

		s->spf.lookups += line->lookups;
		s->spf.voids += line->voids;
		if (!line->counted)
			s->spf.at_least = true;
	}
}

static void
make_numbers(struct session *s, const struct look *look)
{
	const struct plan_facts *facts = look != NULL ? &look->plan : NULL;

	s->spf.counting = session_busy(s, LOOK_PLAN);
	s->spf.counted = facts != NULL && !s->spf.counting &&
	    strcmp(facts->record, s->spf.record) == 0;
	if (!s->spf.counted) {
		add_lines(s);
		return;
	}
	s->spf.lookups = facts->cost.lookups;
	s->spf.voids = facts->cost.voids;
	s->spf.at_least = facts->cost.unknown;
	s->spf.senders = facts->sender;
	s->spf.nsenders = facts->nsenders;
	for (size_t i = 0; i < facts->nsenders; i++)
		if (facts->sender[i].verdict.result == SPF_RESULT_PASS)
			s->spf.npassing++;
}

static void
make_now(struct session *s)
{
	const struct look *look = session_look(s, LOOK_SPF);
	struct str published = { 0 };
	size_t n;

	if (look == NULL) {
		s->spf.now = SPF_NOW_LOOKING;
		return;
	}
	n = session_published_spf(look, &published);
	if (n > 0)
		s->spf.published = printable(s->spf_arena, published);
	if (session_spf_unseen(look))
		s->spf.now = SPF_NOW_FAILED;
	else if (n == 0)
		s->spf.now = SPF_NOW_NONE;
	else if (n > 1)
		s->spf.now = SPF_NOW_SEVERAL;
	else if (spf_same_record(published,
		     str_of(s->spf.octets > 0 ? s->spf.record : "v=spf1")))
		s->spf.now = SPF_NOW_SAME;
	else
		s->spf.now = SPF_NOW_DIFFERENT;
}

void
session_refresh_spf(struct session *s)
{
	const struct look *look = session_look(s, LOOK_PLAN);

	arena_free(s->spf_arena);
	s->spf_arena = arena_new();
	s->spf = (struct spf_view){ 0 };
	make_lines(s, look);
	make_ending(s);
	make_record(s);
	make_numbers(s, look);
	make_now(s);
	session_refresh_published(s);
	s->spf.old_until = s->plan.old_until[PLANNED_SPF];
	s->spf.waiting =
	    s->published[PLANNED_SPF].said && !s->published[PLANNED_SPF].done;
}

const struct spf_view *
session_spf(const struct session *s)
{
	return &s->spf;
}
