/* Alignment tried on names that are typed. */
#include "try_alignment.h"

#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/domain.h"
#include "dmarc_plan.h"
#include "problem.h"
#include "session_inside.h"

/* "Joe <joe@example.org>", "d=example.org": what is the domain in it. */
static struct str
domain_in(struct str text)
{
	struct str end;

	text = str_trim(text);
	if (str_starts_nocase(text, "d="))
		text = str_slice(text, 2, text.len);
	for (size_t i = text.len; i > 0; i--) {
		if (text.p[i - 1] != '@')
			continue;
		end = str_slice(text, i, text.len);
		return str_slice(end, 0, str_find(end, '>'));
	}
	return text;
}

void
try_alignment_judge(const char *text, struct judged *out)
{
	struct arena *arena = arena_new();
	struct str domain = domain_in(str_of(text));
	struct domain_name name;
	const char *problem;

	*out = (struct judged){ 0 };
	if (domain.len > 0) {
		problem = domain_read_as(arena, domain, DOMAIN_IN_DNS, &name);
		bounded_copy(out->problem, sizeof(out->problem),
		    problem == NULL ? "" : problem);
		bounded_copy(out->value, sizeof(out->value),
		    problem == NULL ? name.name : "");
	}
	arena_free(arena);
}

/* False with a problem, or "" when one is lacking. */
static bool
make_question(const char *const typed[ALIGN_NAMES], struct look_question *out,
    char problem[PLAN_TERM])
{
	static const char *const labels[ALIGN_NAMES] = {
		[ALIGN_FROM] = "From",
		[ALIGN_MAIL_FROM] = "MAIL FROM",
		[ALIGN_SIGNER] = "d=",
	};

	*out = (struct look_question){ 0 };
	problem[0] = '\0';
	for (int i = 0; i < ALIGN_NAMES; i++) {
		struct judged judged;

		try_alignment_judge(typed[i], &judged);
		if (judged.problem[0] != '\0') {
			snprintf(problem, PLAN_TERM, "%s: %s", labels[i],
			    judged.problem);
			return false;
		}
		bounded_copy(
		    out->align[i], sizeof(out->align[i]), judged.value);
	}
	return out->align[ALIGN_FROM][0] != '\0' &&
	    (out->align[ALIGN_MAIL_FROM][0] != '\0' ||
		out->align[ALIGN_SIGNER][0] != '\0');
}

/* The look that answers it, when there is one. */
static const struct look *
answer_to(const struct session *s, const struct look_question *question)
{
	const struct look *look = session_look(s, LOOK_ALIGN);
	struct arena *arena;
	bool same;

	if (look == NULL || session_busy(s, LOOK_ALIGN))
		return NULL;
	for (int i = 0; i < ALIGN_NAMES; i++)
		if (strcmp(look->question.align[i], question->align[i]) != 0)
			return NULL;
	arena = arena_new();
	same = strcmp(look->plan.record, dmarc_plan_text(arena, &s->plan)) == 0;
	arena_free(arena);
	return same ? look : NULL;
}

const char *
try_alignment(struct session *s, const char *const typed[ALIGN_NAMES])
{
	struct look_question question;

	if (!make_question(typed, &question, s->problem)) {
		live_stop(s->live, LOOK_ALIGN);
		return s->problem[0] != '\0' ? s->problem : NULL;
	}
	if (answer_to(s, &question) == NULL)
		live_ask(s->live, LOOK_ALIGN, &s->plan, &question, COUNTING_MS);
	return NULL;
}

const struct dmarc_tries *
try_alignment_result(
    const struct session *s, const char *const typed[ALIGN_NAMES])
{
	struct look_question question;
	char problem[PLAN_TERM];
	const struct look *look;

	if (!make_question(typed, &question, problem))
		return NULL;
	look = answer_to(s, &question);
	return look == NULL ? NULL : &look->tries;
}

bool
alignment_is_ours(const struct plan *plan, const struct dmarc_try *row)
{
	return name_equal(row->from, plan->domain) ||
	    name_is_below(row->from, plan->domain);
}

bool
alignment_counts(const struct plan *plan, const struct dmarc_try *row)
{
	enum dmarc_tag_id tag =
	    row->kind == DMARC_BY_SIGNATURE ? DMARC_ADKIM : DMARC_ASPF;
	bool strict = to_lower(dmarc_plan_meaning(plan, tag)[0]) == 's';

	return (strict ? row->strict : row->relaxed) == DMARC_ALIGNED;
}

const char *
alignment_advice(const struct plan *plan, const struct dmarc_tries *tries)
{
	bool service = false, strict = false;

	for (size_t i = 0; i < tries->n; i++) {
		const struct dmarc_try *row = &tries->list[i];

		if (!alignment_is_ours(plan, row) ||
		    alignment_counts(plan, row))
			continue;
		if (row->relaxed == DMARC_NOT_ALIGNED)
			service = true;
		else if (row->relaxed == DMARC_ALIGNED)
			strict = true;
	}
	if (service)
		return N_("Bounces of a service often go to a domain of its "
			  "own. Its mail passes by DKIM then: let it sign "
			  "with d= of your domain; or give it a bounce "
			  "domain below yours, in its settings.");
	return strict ? N_("Strict alignment leaves out names that belong to "
			   "your domain. Few need it: relaxed counts them.")
		      : NULL;
}
