/* What a receiver would say to one address. */
#include "try_address.h"

#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "problem.h"
#include "session_inside.h"

/* --- asking -------------------------------------------------------------- */

/* The whole sender: "news@" and "example.org" are completed. */
static const char *
whole_sender(const struct session *s, struct arena *arena, const char *typed)
{
	const char *at = strchr(typed, '@');

	if (typed[0] == '\0' || (at != NULL && at[1] != '\0'))
		return typed;
	if (at == NULL && strchr(typed, '.') != NULL)
		return arena_printf(arena, "postmaster@%s", typed);
	return arena_printf(
	    arena, "%.*s@%s", (int)strcspn(typed, "@"), typed, s->plan.domain);
}

static bool
make_question(const struct session *s, const char *ip, const char *sender,
    struct look_question *out, char problem[PLAN_TEXT])
{
	struct arena *arena = arena_new();
	struct judged judged;

	*out = (struct look_question){ 0 };
	field_judge(FIELD_SENDING, str_of(ip), &judged);
	bounded_copy(problem, PLAN_TEXT, judged.problem);
	bounded_copy(out->ip, sizeof(out->ip), judged.value);
	bounded_copy(
	    out->sender, sizeof(out->sender), whole_sender(s, arena, sender));
	arena_free(arena);
	return judged.problem[0] == '\0' && judged.value[0] != '\0';
}

static bool
same_question(const struct look_question *a, const struct look_question *b)
{
	return strcmp(a->ip, b->ip) == 0 && strcmp(a->sender, b->sender) == 0;
}

const char *
try_address(struct session *s, const char *ip, const char *sender)
{
	const struct look *look = session_look(s, LOOK_TRY);
	struct look_question question;

	if (!make_question(s, ip, sender, &question, s->problem)) {
		live_stop(s->live, LOOK_TRY);
		return s->problem[0] != '\0' ? s->problem : NULL;
	}
	if (look != NULL && !session_busy(s, LOOK_TRY) &&
	    same_question(&look->question, &question) &&
	    strcmp(look->tried.record, s->spf.record) == 0)
		return NULL; /* is known */
	live_ask(s->live, LOOK_TRY, &s->plan, &question, COUNTING_MS);
	return NULL;
}

const struct try_facts *
try_result(const struct session *s, const char *ip, const char *sender)
{
	const struct look *look = session_look(s, LOOK_TRY);
	struct look_question question;
	char problem[PLAN_TEXT];

	if (look == NULL || session_busy(s, LOOK_TRY) ||
	    !make_question(s, ip, sender, &question, problem) ||
	    !same_question(&look->question, &question) ||
	    strcmp(look->tried.record, s->spf.record) != 0)
		return NULL;
	return &look->tried;
}

bool
try_term_place(
    const struct session *s, const struct try_facts *facts, struct span *out)
{
	struct arena *arena = arena_new();
	struct str record = str_of(s->spf.record);
	struct str rest = record;
	bool found = false;

	while (!found && rest.len > 0 && facts->planned.term != NULL) {
		size_t from = record.len - rest.len;
		struct str word = str_word(&rest, ' ');

		if (word.len == 0 ||
		    strcmp(printable(arena, word), facts->planned.term) != 0)
			continue;
		*out = (struct span){ from, from + word.len };
		found = true;
	}
	arena_free(arena);
	return found;
}

/* --- what is worth a try ------------------------------------------------- */

struct suggestions {
	struct try_suggestion *out;
	size_t n;
};

static void
suggest(struct suggestions *list, struct ip ip, const char *what)
{
	if (list->n == TRY_SUGGESTIONS - 1 || ip.family == IP_NONE)
		return;
	for (size_t i = 0; i < list->n; i++)
		if (ip_equal(list->out[i].ip, ip))
			return;
	list->out[list->n++] = (struct try_suggestion){ ip, what };
}

static void
suggest_sending(const struct session *s, struct suggestions *list)
{
	const struct look *look = session_look(s, LOOK_PLAN);

	for (size_t i = 0; i < s->plan.nsending; i++) {
		struct ip ip;

		if (ip_parse(str_of(s->plan.sending[i]), &ip))
			suggest(list, ip, _("sends for you"));
	}
	for (size_t i = 0; look != NULL && i < look->plan.nsenders; i++)
		suggest(list, look->plan.sender[i].ip, _("your mail host"));
}

/* The hosts of the domain that DNS showed. */
static void
suggest_hosts(
    const struct session *s, struct arena *arena, struct suggestions *list)
{
	const struct look *look = session_look(s, LOOK_DOMAIN);

	for (size_t i = 0; look != NULL && i < look->report.npublished; i++) {
		const struct record *record = &look->report.published[i];

		if (record->type == RR_A || record->type == RR_AAAA)
			suggest(list, record->ip,
			    printable(arena, str_of(record->name)));
	}
}

size_t
try_suggestions(const struct session *s, struct arena *arena,
    struct try_suggestion out[TRY_SUGGESTIONS])
{
	struct suggestions list = { .out = out };
	struct ip stranger;

	suggest_sending(s, &list);
	suggest_hosts(s, arena, &list);
	/* RFC 5737: documentation, so nobody's. */
	if (ip_parse(str_of("203.0.113.99"), &stranger))
		out[list.n++] = (struct try_suggestion){ stranger,
			_("a stranger: should not pass") };
	return list.n;
}
