/* Changing the SPF record of a plan, term by term. */
#include "spf_plan.h"

#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "field.h"
#include "output.h"

#define VERSION "v=spf1"

static const char too_many[] =
    N_("There is no room for more: a record holds 128 terms here, of 511 "
       "characters each.");

/* --- text from outside --------------------------------------------------- */

/* What stands between quotation marks, one behind the other. */
static struct str
unquoted(struct arena *arena, struct str text)
{
	char *joined = arena_alloc(arena, text.len + 1);
	size_t n = 0;
	bool inside = false;

	for (size_t i = 0; i < text.len; i++) {
		if (text.p[i] == '"')
			inside = !inside;
		else if (inside)
			joined[n++] = text.p[i];
	}
	return (struct str){ joined, n };
}

/* A line of a zone file or an answer of dig is pasted as a whole. */
static struct str
record_in(struct arena *arena, struct str text)
{
	size_t open = str_find(text, '"');

	if (open < text.len &&
	    str_find(str_slice(text, open + 1, text.len), '"') <
		text.len - open - 1)
		text = unquoted(arena, text);
	for (size_t i = 0; i < text.len; i++) {
		struct str rest = str_slice(text, i, text.len);

		if (str_starts_nocase(rest, VERSION))
			return rest;
	}
	return text;
}

/* Terms of a text that may be a record, or a part of one. */
static bool
terms_of(struct arena *arena, struct str text, struct spf_record *out)
{
	struct str record = record_in(arena, str_trim(text));
	bool whole = spf_is_record(record);

	if (!whole)
		record = str_of(
		    arena_printf(arena, VERSION " %s", str_dup(arena, record)));
	spf_parse(arena, record, out);
	return whole;
}

/* Is there room for these terms beside `have` others? */
static bool
has_room(size_t have, const struct spf_record *record)
{
	if (record->nterms > PLAN_TERMS - have)
		return false;
	for (size_t i = 0; i < record->nterms; i++)
		if (record->terms[i].text.len >= PLAN_TERM ||
		    record->terms[i].text.len == 0)
			return false;
	return true;
}

/* NUL cannot be kept; what it stood in is broken anyhow. */
static struct str
without_nul(struct arena *arena, struct str text)
{
	char *copy = str_dup(arena, text);

	for (size_t i = 0; i < text.len; i++)
		if (copy[i] == '\0')
			copy[i] = '?';
	return (struct str){ copy, text.len };
}

/* --- reading the plan ---------------------------------------------------- */

static void
read_terms(struct arena *arena, const struct plan *plan, struct spf_record *out)
{
	out->terms = arena_array(arena, plan->nterms + 1, sizeof(*out->terms));
	out->nterms = plan->nterms;
	for (size_t i = 0; i < plan->nterms; i++)
		spf_parse_term(arena, str_of(plan->term[i]), &out->terms[i]);
}

static size_t
find_kind(const struct spf_record *record, enum spf_kind kind)
{
	size_t i = 0;

	while (i < record->nterms && record->terms[i].kind != kind)
		i++;
	return i;
}

size_t
spf_plan_find(const struct plan *plan, enum spf_kind kind)
{
	struct arena *arena = arena_new();
	struct spf_record record = { 0 };
	size_t at;

	read_terms(arena, plan, &record);
	at = find_kind(&record, kind);
	arena_free(arena);
	return at;
}

static bool
is_modifier(const struct spf_term *term)
{
	return spf_term_kinds[term->kind].modifier ||
	    term->kind == SPF_UNKNOWN_MODIFIER;
}

/* Is "all" or redirect, which say what happens to all others? */
static bool
is_ending(const struct spf_term *term)
{
	return term->kind == SPF_ALL || term->kind == SPF_REDIRECT;
}

size_t
spf_plan_place(const struct plan *plan)
{
	struct arena *arena = arena_new();
	struct spf_record record = { 0 };
	size_t at;

	read_terms(arena, plan, &record);
	at = find_kind(&record, SPF_ALL);
	if (at == record.nterms)
		while (at > 0 && is_modifier(&record.terms[at - 1]))
			at--;
	arena_free(arena);
	return at;
}

/* Two terms say the same when they are printed the same. */
static bool
same_term(struct arena *arena, struct str a, struct str b)
{
	struct spf_term x, y;

	spf_parse_term(arena, a, &x);
	spf_parse_term(arena, b, &y);
	return strcasecmp(
		   spf_print_term(arena, &x), spf_print_term(arena, &y)) == 0;
}

size_t
spf_plan_same(const struct plan *plan, struct str term)
{
	struct arena *arena = arena_new();
	size_t i = 0;

	while (
	    i < plan->nterms && !same_term(arena, str_of(plan->term[i]), term))
		i++;
	arena_free(arena);
	return i;
}

static enum spf_ending
ending_of(enum spf_result qualifier)
{
	switch (qualifier) {
	case SPF_RESULT_FAIL:
		return SPF_END_FAIL;
	case SPF_RESULT_SOFTFAIL:
		return SPF_END_SOFTFAIL;
	case SPF_RESULT_NEUTRAL:
		return SPF_END_NEUTRAL;
	default:
		return SPF_END_PASS;
	}
}

enum spf_ending
spf_plan_ending(const struct plan *plan)
{
	struct arena *arena = arena_new();
	struct spf_record record = { 0 };
	enum spf_ending ending = SPF_END_NONE;
	size_t all;

	read_terms(arena, plan, &record);
	all = find_kind(&record, SPF_ALL);
	if (all < record.nterms)
		ending = ending_of(record.terms[all].qualifier);
	else if (find_kind(&record, SPF_REDIRECT) < record.nterms)
		ending = SPF_END_REDIRECT;
	arena_free(arena);
	return ending;
}

bool
spf_same_record(struct str a, struct str b)
{
	struct arena *arena = arena_new();
	struct spf_record x, y;
	bool same;

	spf_parse(arena, a, &x);
	spf_parse(arena, b, &y);
	same = x.problem == NULL && y.problem == NULL &&
	    strcasecmp(spf_print(arena, &x), spf_print(arena, &y)) == 0;
	arena_free(arena);
	return same || str_equal(a, b);
}

/* --- changing it --------------------------------------------------------- */

bool
spf_plan_take(struct plan *plan, struct str text)
{
	struct arena *arena = arena_new();
	struct spf_record record;
	bool fits;

	spf_parse(arena, text, &record);
	fits = has_room(0, &record);
	if (fits) {
		field_clear(plan, FIELD_SPF_TERM);
		for (size_t i = 0; i < record.nterms; i++)
			field_store(plan, FIELD_SPF_TERM,
			    without_nul(arena, record.terms[i].text));
		plan->spf_begun = true;
	}
	arena_free(arena);
	return fits;
}

/* Leaves out of a whole record what the plan has, a second ending too. */
static void
drop_known(const struct plan *plan, struct spf_record *record)
{
	bool ended = spf_plan_ending(plan) != SPF_END_NONE;
	size_t n = 0;

	for (size_t i = 0; i < record->nterms; i++) {
		const struct spf_term *term = &record->terms[i];

		if ((is_ending(term) && ended) ||
		    spf_plan_same(plan, term->text) < plan->nterms)
			continue;
		record->terms[n++] = *term;
	}
	record->nterms = n;
}

static void
insert_terms(struct arena *arena, struct plan *plan, size_t at,
    const struct spf_record *record)
{
	for (size_t i = 0; i < record->nterms; i++)
		field_insert(plan, FIELD_SPF_TERM, at + i,
		    without_nul(arena, record->terms[i].text));
	plan->spf_begun = true;
}

const char *
spf_plan_add(struct plan *plan, size_t at, struct str text)
{
	struct arena *arena = arena_new();
	const char *problem = NULL;
	struct spf_record record;

	if (terms_of(arena, text, &record))
		drop_known(plan, &record);
	if (record.nterms == 0)
		problem = _("There is nothing to add that is not there yet.");
	else if (!has_room(plan->nterms, &record))
		problem = _(too_many);
	else if (at > plan->nterms && record.terms[0].kind != SPF_ALL &&
	    !is_modifier(&record.terms[0]))
		insert_terms(arena, plan, spf_plan_place(plan), &record);
	else
		insert_terms(arena, plan, at > plan->nterms ? plan->nterms : at,
		    &record);
	arena_free(arena);
	return problem;
}

const char *
spf_plan_set(struct plan *plan, size_t i, struct str text)
{
	struct arena *arena = arena_new();
	const char *problem = NULL;
	struct spf_record record;

	terms_of(arena, text, &record);
	if (i >= plan->nterms)
		problem = _("There is no such term.");
	else if (record.nterms == 0)
		problem = _("A term cannot be empty. Remove it instead.");
	else if (!has_room(plan->nterms, &record))
		problem = _(too_many);
	if (problem == NULL) {
		field_remove(plan, FIELD_SPF_TERM, i);
		insert_terms(arena, plan, i, &record);
	}
	arena_free(arena);
	return problem;
}

/* Takes "all" and redirect out.  The place of the one that counted. */
static size_t
remove_endings(struct plan *plan)
{
	struct arena *arena = arena_new();
	struct spf_record record = { 0 };
	size_t place = spf_plan_place(plan);
	size_t before = 0;
	size_t at;

	read_terms(arena, plan, &record);
	at = find_kind(&record, SPF_ALL);
	if (at == record.nterms)
		at = find_kind(&record, SPF_REDIRECT);
	if (at == record.nterms)
		at = place;
	for (size_t i = 0; i < at; i++)
		before += is_ending(&record.terms[i]) ? 0 : 1;
	for (size_t i = record.nterms; i > 0; i--)
		if (is_ending(&record.terms[i - 1]))
			field_remove(plan, FIELD_SPF_TERM, i - 1);
	arena_free(arena);
	return before;
}

const char *
spf_plan_end(struct plan *plan, enum spf_ending ending, const char *domain)
{
	char text[PLAN_TERM];
	int n = snprintf(text, sizeof(text), "%s%s", ending_help[ending].term,
	    ending == SPF_END_REDIRECT && domain != NULL ? domain : "");

	if (n < 0 || (size_t)n >= sizeof(text))
		return _(too_many);
	/* "" stands for no ending at all and is not put in. */
	field_insert(plan, FIELD_SPF_TERM, remove_endings(plan), str_of(text));
	plan->spf_begun = true;
	return NULL;
}
