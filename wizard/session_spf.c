/* Changing the SPF record, one operation after the other, and back again. */
#include "session_inside.h"

#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "problem.h"
#include "spf_plan.h"

/* --- undo ---------------------------------------------------------------- */

void
session_mark_undo(struct session *s, const char *what)
{
	session_note_undo(s, &s->plan, what);
}

void
session_note_undo(struct session *s, const struct plan *plan, const char *what)
{
	size_t at = (s->undo_first + s->nundo) % UNDO_MAX;

	if (s->nundo == UNDO_MAX)
		s->undo_first = (s->undo_first + 1) % UNDO_MAX;
	else
		s->nundo++;
	s->undo[at].plan = *plan;
	bounded_copy(s->undo[at].what, sizeof(s->undo[at].what), what);
}

void
session_drop_undo(struct session *s)
{
	if (s->nundo > 0)
		s->nundo--;
}

bool
session_can_undo(const struct session *s)
{
	return s->nundo > 0;
}

/* The rest of the plan decides what the looks ask. */
static bool
asks_the_same(const struct plan *a, const struct plan *b)
{
	return memcmp(a->sending, b->sending, sizeof(a->sending)) == 0 &&
	    a->nsending == b->nsending && strcmp(a->helo, b->helo) == 0 &&
	    memcmp(a->subdomain, b->subdomain, sizeof(a->subdomain)) == 0 &&
	    a->nsubdomains == b->nsubdomains && strcmp(a->host, b->host) == 0 &&
	    a->sends_nothing == b->sends_nothing &&
	    a->receives_nothing == b->receives_nothing;
}

const char *
session_undo(struct session *s)
{
	struct undo *undo;
	unsigned int step = s->plan.step;
	bool same;

	if (s->nundo == 0)
		return _("There is nothing to take back.");
	undo = &s->undo[(s->undo_first + --s->nundo) % UNDO_MAX];
	same = asks_the_same(&s->plan, &undo->plan);
	s->plan = undo->plan;
	s->plan.step = step;
	session_watch_resume(s);
	session_refresh_spf(s); /* what was said to be published then */
	session_changed(s);
	if (!same) {
		session_look_again(s, COUNTING_MS);
		return undo->what;
	}
	session_recount(s, COUNTING_MS);
	session_recount_dmarc(s, COUNTING_MS);
	return undo->what;
}

/* --- what all changes have in common ------------------------------------- */

void
session_recount(struct session *s, int64_t delay_ms)
{
	if (s->opened && s->plan.spf_begun && s->plan.nterms > 0)
		live_start(s->live, LOOK_PLAN, &s->plan, delay_ms);
	else
		live_forget(s->live, LOOK_PLAN);
	session_refresh_spf(s);
	session_forget_list(s);
}

/* The change was made, or not and `problem` says why. */
static const char *
finish(struct session *s, const char *problem)
{
	if (problem != NULL) {
		session_drop_undo(s);
		bounded_copy(s->problem, sizeof(s->problem), problem);
		return s->problem;
	}
	session_changed(s);
	session_recount(s, COUNTING_MS);
	session_recount_dmarc(s, COUNTING_MS); /* services have bounces */
	return NULL;
}

/* "mx is back." and the like. */
static void
mark_term(struct session *s, const char *format, const char *term)
{
	struct arena *arena = arena_new();
	char what[PLAN_TEXT];

	snprintf(what, sizeof(what), format,
	    printable(arena, str_slice(str_of(term), 0, 80)));
	session_mark_undo(s, what);
	arena_free(arena);
}

static bool
has_term(const struct session *s, size_t i)
{
	return i < s->plan.nterms;
}

/* --- the operations ------------------------------------------------------ */

const char *
session_spf_add(struct session *s, size_t at, const char *text)
{
	mark_term(s, _("\"%s\" is taken out again."), text);
	return finish(s, spf_plan_add(&s->plan, at, str_of(text)));
}

const char *
session_spf_set(struct session *s, size_t i, const char *text)
{
	if (!has_term(s, i))
		return _("There is no such term.");
	mark_term(s, _("\"%s\" is as it was before."), s->plan.term[i]);
	return finish(s, spf_plan_set(&s->plan, i, str_of(text)));
}

const char *
session_spf_remove(struct session *s, size_t i)
{
	if (!has_term(s, i))
		return _("There is no such term.");
	mark_term(s, _("\"%s\" is back."), s->plan.term[i]);
	field_remove(&s->plan, FIELD_SPF_TERM, i);
	return finish(s, NULL);
}

const char *
session_spf_move(struct session *s, size_t i, int by)
{
	size_t to = by < 0 ? i - 1 : i + 1;

	if (!has_term(s, i))
		return _("There is no such term.");
	if (by < 0 && i == 0)
		return _("It is the first one already.");
	if (!has_term(s, to))
		return _("It is the last one already.");
	mark_term(s, _("\"%s\" is where it was before."), s->plan.term[i]);
	field_swap(&s->plan, FIELD_SPF_TERM, i, to);
	return finish(s, NULL);
}

/* The text of a term behind its sign. */
static const char *
without_sign(const char *term)
{
	return term[0] != '\0' && strchr("+-~?", term[0]) != NULL ? term + 1
								  : term;
}

const char *
session_spf_qualify(struct session *s, size_t i, enum spf_result qualifier)
{
	char text[PLAN_TERM + 1];
	const struct spf_line *line;
	const char *sign = qualifier_help[qualifier].sign;

	if (!has_term(s, i))
		return _("There is no such term.");
	line = &s->spf.lines[i];
	if (spf_term_kinds[line->term.kind].modifier ||
	    line->term.kind == SPF_UNKNOWN_MODIFIER)
		return _("A word with = takes no sign in front.");
	if (sign == NULL)
		return _("The signs are +, -, ~ and ?.");
	/* "+" goes without saying, except where it has to be seen. */
	if (qualifier == SPF_RESULT_PASS && line->term.kind != SPF_ALL)
		sign = "";
	snprintf(
	    text, sizeof(text), "%s%s", sign, without_sign(s->plan.term[i]));
	mark_term(s, _("\"%s\" is as it was before."), s->plan.term[i]);
	return finish(s, spf_plan_set(&s->plan, i, str_of(text)));
}

const char *
session_spf_toggle(struct session *s, enum spf_kind kind)
{
	const char *word = spf_term_kinds[kind].word;
	size_t at = spf_plan_find(&s->plan, kind);

	if (has_term(s, at)) {
		mark_term(s, _("\"%s\" is back."), word);
		while (has_term(s, at = spf_plan_find(&s->plan, kind)))
			field_remove(&s->plan, FIELD_SPF_TERM, at);
		return finish(s, NULL);
	}
	if (kind != SPF_A && kind != SPF_MX && kind != SPF_PTR)
		return _("It needs a value: add it with one.");
	return session_spf_add(s, SPF_AT_END, word);
}

const char *
session_spf_end(struct session *s, enum spf_ending ending, const char *domain)
{
	if (ending == SPF_END_REDIRECT && (domain == NULL || domain[0] == '\0'))
		return _("Which domain's record is to decide? Type its name.");
	mark_term(s, _("All other senders are treated as before: %s."),
	    _(ending_help[s->spf.ending].label));
	return finish(s, spf_plan_end(&s->plan, ending, domain));
}

const char *
session_spf_reload(struct session *s)
{
	const struct look *look = session_look(s, LOOK_SPF);

	if (look == NULL || session_spf_unseen(look))
		return _("What DNS has is not known yet. Check again first.");
	session_mark_undo(s, _("The record is as you had changed it."));
	s->plan.spf_begun = false;
	session_take_published(s);
	return finish(s,
	    s->plan.spf_begun ? NULL
			      : _("The published record cannot be edited "
				  "here: it is too long."));
}

/* --- what DNS has -------------------------------------------------------- */

size_t
session_published_spf(const struct look *look, struct str *first)
{
	size_t n = 0;

	for (size_t i = 0; look != NULL && i < look->report.npublished; i++) {
		const struct record *record = &look->report.published[i];

		if (record->type != RR_TXT || !spf_is_record(record->text) ||
		    !name_equal(record->name, look->target.domain))
			continue;
		if (n++ == 0)
			*first = record->text;
	}
	return n;
}

bool
session_spf_unseen(const struct look *look)
{
	const struct finding *f = look->report.findings.first;
	struct str first;

	if (session_published_spf(look, &first) > 0)
		return false;
	for (; f != NULL; f = f->next)
		if ((f->code == F_DNS_FAILED || f->code == F_DNS_TIMEOUT ||
			f->code == F_DNS_BOGUS) &&
		    name_equal(f->subject, look->target.domain))
			return true;
	return false;
}

/* The record the judge proposes in place of what is there; len 0: none. */
static struct str
suggested(const struct look *look)
{
	for (size_t i = 0; i < look->report.nsuggested; i++)
		if (look->report.suggested[i].type == RR_TXT &&
		    spf_is_record(look->report.suggested[i].text))
			return look->report.suggested[i].text;
	return (struct str){ 0 };
}

static void
say_taken(struct session *s, size_t records)
{
	char text[PLAN_TERM];

	if (records == 1)
		snprintf(text, sizeof(text),
		    PLURAL("The published record was read: %zu term.",
			"The published record was read: %zu terms.",
			s->plan.nterms),
		    s->plan.nterms);
	else if (records > 1)
		snprintf(text, sizeof(text),
		    _("There are %zu SPF records, and receivers take none. "
		      "Below they are merged into one."),
		    records);
	else
		bounded_copy(text, sizeof(text),
		    _("There is no SPF record yet. The one below is a first "
		      "proposal."));
	session_say(s, records > 1 ? MESSAGE_WARN : MESSAGE_NOTE, text);
}

/* What a plan begins with: what is there, else what the judge proposes. */
static bool
take_record(struct session *s, const struct look *look, size_t records,
    struct str published)
{
	struct str record = records == 1 ? published : suggested(look);

	if (record.len == 0 && records > 1)
		record = published;
	/* Who keeps the mailboxes, and so sends, the other look knows. */
	if (records == 0 && session_look(s, LOOK_DOMAIN) == NULL &&
	    session_busy(s, LOOK_DOMAIN))
		return false;
	if (record.len > 0 &&
	    (records > 0 || s->plan.sends_nothing ||
		!remedy_knows_service(session_look(s, LOOK_DOMAIN), &s->plan)))
		return spf_plan_take(&s->plan, record);
	remedy_propose_spf(session_look(s, LOOK_DOMAIN), &s->plan);
	return true;
}

/* What stands in the plan is what the wizard put there. */
static void
note_base(struct session *s)
{
	struct arena *arena = arena_new();
	const char *planned = output_spf_text(arena, &s->plan);

	bounded_copy(s->plan.spf_base, sizeof(s->plan.spf_base),
	    strlen(planned) < PLAN_BASE ? planned : "");
	arena_free(arena);
}

static bool
take_over(struct session *s, struct str published)
{
	struct plan before = s->plan;

	if (!spf_plan_take(&s->plan, published))
		return false;
	/* Taken back, it is the person's own wish. */
	before.spf_base[0] = '\0';
	session_note_undo(s, &before, _("The record is as it was before."));
	s->plan.spf_published = true;
	note_base(s);
	s->followed |= 1U << WIZ_SPF;
	return true;
}

/*
 * Who changed nothing goes on with what was published meanwhile.  While the
 * own record is on its way, resolvers may still show an older one.
 */
static bool
follow(struct session *s, size_t records, struct str published)
{
	struct arena *arena = arena_new();
	struct str base = str_of(s->plan.spf_base);
	struct str planned = str_of(output_spf_text(arena, &s->plan));
	bool changed = false;

	if (records != 1 || s->plan.old_until[PLANNED_SPF] != 0) {
		/* There is nothing to go by. */
	} else if (spf_same_record(planned, published)) {
		changed = !str_equal(planned, base);
		note_base(s);
	} else if (base.len > 0 && spf_same_record(planned, base)) {
		changed = take_over(s, published);
	}
	arena_free(arena);
	return changed;
}

void
session_take_published(struct session *s)
{
	const struct look *look = session_look(s, LOOK_SPF);
	struct str published = { 0 };
	size_t records;

	if (look == NULL || session_spf_unseen(look))
		return;
	records = session_published_spf(look, &published);
	if (s->plan.spf_begun) {
		if (follow(s, records, published)) {
			session_changed(s);
			session_recount(s, 0);
			session_recount_dmarc(s, 0);
		}
		return;
	}
	if (!take_record(s, look, records, published)) {
		if (records > 0)
			session_say(s, MESSAGE_WARN,
			    _("The published record is too long to be edited "
			      "here. It stays as it is until you begin a new "
			      "one."));
		return;
	}
	s->plan.spf_published = records == 1;
	note_base(s);
	session_changed(s);
	session_recount(s, 0);
	session_recount_dmarc(s, 0);
	if (session_at(s) == WIZ_SPF)
		say_taken(s, records);
}
