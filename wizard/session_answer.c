/* The session's answers: judged, kept, or kept as a draft. */
#include "session_inside.h"

#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/record.h"
#include "dmarc_plan.h"
#include "no_mail_plan.h"
#include "problem.h"
#include "spf_plan.h"
#include "subdomain.h"

static void
judge_term(struct str text, struct judged *out)
{
	struct arena *arena = arena_new();
	struct spf_term term;

	spf_parse_term(arena, str_trim(text), &term);
	if (term.kind == SPF_BROKEN)
		bounded_copy(out->problem, sizeof(out->problem), term.problem);
	arena_free(arena);
}

/* What was typed is wrong: keeps it, and gives the sentence. */
static const char *
refuse(
    struct session *s, enum field_id id, const char *text, const char *problem)
{
	struct draft *draft = &s->draft[id];

	draft->set = true;
	bounded_copy(draft->text, sizeof(draft->text), text);
	bounded_copy(draft->problem, sizeof(draft->problem), problem);
	session_forget_list(s);
	return draft->problem;
}

/* --- what an answer sets going ------------------------------------------- */

/* Another resolver sees another world. */
static void
change_resolver(struct session *s)
{
	char problem[PLAN_TEXT];

	if (!live_renew(s->live, &s->plan, problem))
		session_say(s, MESSAGE_FAIL, problem);
	else if (s->opened)
		session_look_again(s, TYPING_MS);
}

static void
set_going(struct session *s, enum field_id id)
{
	enum dmarc_tag_id tag;

	switch (id) {
	case FIELD_RESOLVER:
		change_resolver(s);
		break;
	case FIELD_HOST:
	case FIELD_SENDING:
	case FIELD_HELO:
	case FIELD_SUBDOMAIN:
	case FIELD_DKIM_SELECTOR:
	case FIELD_DKIM_KEY_SELECTOR:
	case FIELD_DKIM_PUBLIC:
	case FIELD_DKIM_OLD_SELECTOR:
	case FIELD_DKIM_REVOKE:
	case FIELD_SENDS_NOTHING:
	case FIELD_RECEIVES_NOTHING:
		if (s->opened)
			session_look_again(s, TYPING_MS);
		break;
	case FIELD_SPF_TERM:
		session_recount(s, COUNTING_MS);
		break;
	case FIELD_POP3_USED:
	case FIELD_POP3_PORT:
		session_look_at_ports(s, MAIL_POP3, TYPING_MS);
		break;
	case FIELD_IMAP4_USED:
	case FIELD_IMAP4_PORT:
		session_look_at_ports(s, MAIL_IMAP, TYPING_MS);
		break;
	case FIELD_SUBMISSION_USED:
	case FIELD_SUBMISSION_PORT:
		session_look_at_ports(s, MAIL_SMTP, TYPING_MS);
		break;
	default:
		if (dmarc_tag_of(id, &tag))
			session_recount_dmarc(s, COUNTING_MS);
		break;
	}
	if (session_at(s) == WIZ_START)
		session_look_start(s, TYPING_MS);
}

static void
accept(struct session *s, enum field_id id)
{
	s->touched[id] = true;
	s->draft[id] = (struct draft){ 0 };
	session_changed(s);
	set_going(s, id);
}

/* --- single answers ------------------------------------------------------ */

/* Who sends nothing forbids it all; who sends begins with what is there. */
static void
declare(struct session *s)
{
	if (s->plan.sends_nothing && !no_mail_is_planned(&s->plan)) {
		no_mail_plan(&s->plan);
		session_say(s, MESSAGE_NOTE,
		    _("The SPF record planned is \"-all\" now: nobody sends. "
		      "u takes it back."));
	} else if (!s->plan.sends_nothing && no_mail_is_planned(&s->plan)) {
		field_clear(&s->plan, FIELD_SPF_TERM);
		s->plan.spf_begun = false;
		session_take_published(s);
	}
}

static void
put_value(struct session *s, enum field_id id, const char *value)
{
	if (id == FIELD_DOMAIN) {
		/* Settled by "Start" only: until then no file is its own. */
		bounded_copy(s->domain, sizeof(s->domain), value);
		if (s->opened && !name_equal(value, s->plan.domain))
			session_close(s);
		return;
	}
	field_clear(&s->plan, id);
	if (value[0] != '\0')
		field_store(&s->plan, id, str_of(value));
	if (id == FIELD_SENDS_NOTHING)
		declare(s);
}

static void
judge_with(const struct plan *plan, enum field_id id, struct str text,
    struct judged *out)
{
	enum dmarc_tag_id tag;

	if (id == FIELD_SUBDOMAIN)
		subdomain_judge(plan, text, out);
	else if (dmarc_tag_of(id, &tag))
		dmarc_plan_judge(tag, text, out);
	else
		field_judge(id, text, out);
}

/* The value of a DMARC tag. */
static void
put_tag(struct session *s, enum dmarc_tag_id tag, const char *value)
{
	char problem[PLAN_TEXT];

	session_mark_undo(s, _("The DMARC record is as it was before."));
	if (!dmarc_plan_set(&s->plan, tag, str_of(value), problem))
		session_drop_undo(s);
}

static const char *
answer_one(struct session *s, enum field_id id, const char *text)
{
	struct judged judged;
	char buf[PLAN_WORD];
	enum dmarc_tag_id tag;
	bool is_tag = dmarc_tag_of(id, &tag);

	judge_with(&s->plan, id, str_of(text), &judged);
	bounded_copy(s->told, sizeof(s->told), judged.told);
	if (judged.problem[0] != '\0')
		return refuse(s, id, text, judged.problem);
	if (is_tag && !s->draft[id].set &&
	    dmarc_plan_says(&s->plan, tag, str_of(judged.value)))
		return NULL;
	if (id != FIELD_DOMAIN && !s->draft[id].set && s->touched[id] &&
	    strcmp(judged.value, field_text(&s->plan, id, 0, buf)) == 0)
		return NULL;
	if (id == FIELD_SENDS_NOTHING)
		session_mark_undo(s, _("The record is as it was before."));
	if (is_tag)
		put_tag(s, tag, judged.value);
	else
		put_value(s, id, judged.value);
	accept(s, id);
	return NULL;
}

/* --- lists --------------------------------------------------------------- */

static struct str
entry_word(struct str *rest)
{
	struct str word;
	size_t n = 0;

	while (rest->len > 0 && strchr(" \t\r\n,;", rest->p[0]) != NULL)
		*rest = str_slice(*rest, 1, rest->len);
	while (n < rest->len && strchr(" \t\r\n,;", rest->p[n]) == NULL)
		n++;
	word = str_slice(*rest, 0, n);
	*rest = str_slice(*rest, n, rest->len);
	return word;
}

static void
judge_entry(const struct session *s, enum field_id id, struct str text,
    struct judged *out)
{
	judge_with(&s->plan, id, text, out);
	if (id == FIELD_SPF_TERM && out->problem[0] == '\0')
		judge_term(text, out);
}

/* Of a list the first entry with a problem, else the last one. */
void
session_judge(const struct session *s, enum field_id id, const char *text,
    struct judged *out)
{
	struct str rest = str_of(text);
	struct str word;

	if (fields[id].kind != FIELD_LIST || id == FIELD_SPF_TERM) {
		judge_entry(s, id, rest, out);
		return;
	}
	*out = (struct judged){ 0 };
	while ((word = entry_word(&rest)).len > 0 && out->problem[0] == '\0')
		judge_entry(s, id, word, out);
}

static bool
has_entry(const struct plan *plan, enum field_id id, const char *value)
{
	size_t n = field_lines(plan, id);
	char buf[PLAN_WORD];

	for (size_t i = 0; i < n; i++)
		if (strcmp(field_text(plan, id, i, buf), value) == 0)
			return true;
	return false;
}

/* Puts one judged entry in; NULL, or what is wrong. */
static const char *
put_entry(struct session *s, struct plan *plan, enum field_id id, size_t i,
    struct str text)
{
	struct judged judged;

	judge_with(plan, id, text, &judged);
	if (judged.told[0] != '\0')
		bounded_copy(s->told, sizeof(s->told), judged.told);
	bounded_copy(s->problem, sizeof(s->problem), judged.problem);
	if (judged.problem[0] != '\0')
		return s->problem;
	if (judged.value[0] == '\0' || has_entry(plan, id, judged.value))
		return NULL;
	if (field_insert(plan, id, i, str_of(judged.value)))
		return NULL;
	return _("The list is full.");
}

static const char *
answer_list(struct session *s, enum field_id id, const char *text)
{
	struct str rest = str_of(text);
	struct plan plan = s->plan;

	s->told[0] = '\0';
	field_clear(&plan, id);
	for (;;) {
		struct str word = entry_word(&rest);
		const char *problem;

		if (word.len == 0)
			break;
		problem = put_entry(s, &plan, id, field_lines(&plan, id), word);
		if (problem != NULL)
			return refuse(s, id, text, problem);
	}
	session_mark_undo(s, _("The list is as it was before."));
	s->plan = plan;
	if (id == FIELD_DMARC_RUA || id == FIELD_DMARC_RUF)
		s->plan.dmarc.begun = true;
	accept(s, id);
	return NULL;
}

const char *
session_answer(struct session *s, enum field_id id, const char *text)
{
	if (fields[id].kind == FIELD_LIST && id != FIELD_SPF_TERM)
		return answer_list(s, id, text);
	if (id == FIELD_SPF_TERM)
		return session_spf_add(s, SPF_AT_END, text);
	return answer_one(s, id, text);
}

const char *
session_list_add(struct session *s, enum field_id id, const char *text)
{
	const char *problem;

	if (id == FIELD_SPF_TERM)
		return session_spf_add(s, SPF_AT_END, text);
	s->told[0] = '\0';
	session_mark_undo(s, _("The new entry is taken out again."));
	problem =
	    put_entry(s, &s->plan, id, field_lines(&s->plan, id), str_of(text));
	if (problem != NULL) {
		session_drop_undo(s);
		return problem;
	}
	accept(s, id);
	return NULL;
}

const char *
session_list_set(
    struct session *s, enum field_id id, size_t i, const char *text)
{
	struct plan plan = s->plan;
	const char *problem;

	if (id == FIELD_SPF_TERM)
		return session_spf_set(s, i, text);
	s->told[0] = '\0';
	if (!field_remove(&plan, id, i))
		return _("There is no such entry.");
	problem = put_entry(s, &plan, id, i, str_of(text));
	if (problem != NULL)
		return problem;
	session_mark_undo(s, _("The entry is as it was before."));
	s->plan = plan;
	accept(s, id);
	return NULL;
}

const char *
session_list_remove(struct session *s, enum field_id id, size_t i)
{
	if (id == FIELD_SPF_TERM)
		return session_spf_remove(s, i);
	session_mark_undo(s, _("The entry is back."));
	if (!field_remove(&s->plan, id, i)) {
		session_drop_undo(s);
		return _("There is no such entry.");
	}
	accept(s, id);
	return NULL;
}

/* --- what a form shows --------------------------------------------------- */

const char *
session_told(const struct session *s)
{
	return s->told;
}

/* A first answer counts until the person gives another, an empty one too. */
static const char *
or_guess(const struct session *s, enum field_id id, const char *value)
{
	return value[0] == '\0' && !s->touched[id] ? s->guess[id].value : value;
}

static const char *
list_text(const struct session *s, enum field_id id)
{
	size_t n = field_lines(&s->plan, id);
	size_t len = 0;
	char *to = s->list->field_text;
	char buf[PLAN_WORD];

	to[0] = '\0';
	for (size_t i = 0; i < n; i++) {
		int put = snprintf(to + len, LIST_TEXT - len, "%s%s",
		    i == 0 ? "" : " ", field_text(&s->plan, id, i, buf));

		if (put < 0 || (size_t)put >= LIST_TEXT - len)
			break;
		len += (size_t)put;
	}
	return to;
}

const char *
session_field(const struct session *s, enum field_id id)
{
	char *buf = s->list->field_text;

	if (s->draft[id].set)
		return s->draft[id].text;
	if (id == FIELD_DOMAIN)
		return or_guess(s, id, s->domain);
	if (id == FIELD_SPF_TERM)
		return s->spf.record;
	if (fields[id].kind == FIELD_LIST)
		return list_text(s, id);
	if (fields[id].kind == FIELD_TEXT || field_lines(&s->plan, id) > 0)
		return or_guess(s, id, field_text(&s->plan, id, 0, buf));
	if (s->guess[id].value[0] != '\0' && !s->touched[id])
		return s->guess[id].value;
	return field_text(&s->plan, id, 0, buf);
}

const char *
session_field_problem(const struct session *s, enum field_id id)
{
	return s->draft[id].set ? s->draft[id].problem : NULL;
}

const char *
session_origin(const struct session *s, enum field_id id)
{
	if (s->touched[id] || s->draft[id].set ||
	    strcmp(session_field(s, id), s->guess[id].value) != 0)
		return "";
	return s->guess[id].origin;
}
