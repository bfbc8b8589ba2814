/* Questions: the fields of the plan, and numbers of a list. */
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../wizard/help.h"
#include "plain_inside.h"

/* --- what all steps have in common --------------------------------------- */

void
plain_heading(struct plain *p, enum wizard_step step)
{
	const char *domain = session_plan(p->session)->domain;

	plain_put("", "");
	if (step_number(step) == 0)
		plain_print(
		    "", "%s: %s", _(steps[step].name), _(steps[step].title));
	else
		plain_print("", _("Step %u of %u: %s, %s. %s"),
		    step_number(step), step_total(), _(steps[step].name),
		    domain, _(steps[step].title));
	if (!p->step_shown[step])
		plain_put("", _(steps[step].purpose));
	p->step_shown[step] = true;
}

void
plain_common(struct plain *p, enum reply reply)
{
	if (reply == REPLY_BACK && session_back(p->session) == MOVE_QUIT)
		plain_put(
		    "", _("This is the first question. q saves and quits."));
	else if (reply == REPLY_CHECK &&
	    *session_plan(p->session)->domain == '\0')
		plain_put("", _("First the domain, then it can be checked."));
	else if (reply == REPLY_CHECK)
		session_check_now(p->session);
}

/* --- numbers ------------------------------------------------------------- */

static bool
parts_words(char c)
{
	return c == ' ' || c == ',' || c == ';';
}

bool
plain_number(struct str *rest, size_t most, size_t *out)
{
	struct arena *arena;
	struct str word;
	uint64_t n;
	size_t len = 0;
	bool good;

	while (rest->len > 0 && parts_words(rest->p[0]))
		*rest = str_slice(*rest, 1, rest->len);
	while (len < rest->len && !parts_words(rest->p[len]))
		len++;
	if (len == 0)
		return false;
	word = str_slice(*rest, 0, len);
	*rest = str_slice(*rest, len, rest->len);
	good = str_number(word, most, &n) && n > 0;
	if (good) {
		*out = (size_t)n;
		return true;
	}
	arena = arena_new();
	plain_print("",
	    _("\"%s\" is none of the choices here: type a number "
	      "from 1 to %zu, or ? for help."),
	    readable(arena, str_slice(word, 0, 40)), most);
	arena_free(arena);
	return false;
}

size_t
plain_choose_about(struct plain *p, const char *prompt, const char *help,
    const struct topics *topics, enum reply *reply)
{
	for (;;) {
		struct str rest;
		size_t n;

		*reply = plain_ask_about(p, prompt, help, topics);
		if (*reply != REPLY_TEXT)
			return 0;
		rest = str_of(p->line);
		if (plain_number(&rest, topics->most, &n))
			return n;
	}
}

size_t
plain_choose(struct plain *p, const char *prompt, const char *help, size_t most,
    enum reply *reply)
{
	const struct topics topics = { .most = most };

	return plain_choose_about(p, prompt, help, &topics, reply);
}

bool
plain_confirm(struct plain *p, const char *question)
{
	static const char *const yes[] = { "y", "yes" };

	if (plain_ask(p, question,
		_("Type y for yes; Enter alone means no.")) != REPLY_TEXT)
		return false;
	for (size_t i = 0; i < COUNT(yes); i++)
		if (str_equal_nocase(str_of(p->line), yes[i]))
			return true;
	return str_equal_nocase(str_of(p->line), _("yes"));
}

/* --- fields -------------------------------------------------------------- */

enum field_id
plain_next_field(enum wizard_step step, enum field_id id)
{
	while (id < FIELD_COUNT &&
	    (fields[id].step != step || fields[id].label == NULL ||
		id == FIELD_SPF_TERM))
		id++;
	return id;
}

/* What an empty answer means. */
static const char *
empty_text(struct plain *p, enum field_id id)
{
	enum mail_protocol protocol;

	if (!ports_protocol(fields[id].step, &protocol) ||
	    id != ports_port_field(protocol))
		return "-";
	return arena_printf(p->arena, _("- (the usual: %s)"),
	    ports_plan_texts(p->arena, session_plan(p->session), protocol));
}

/* A choice by its label, a yes or no in the language of the person. */
const char *
plain_field_text(struct plain *p, enum field_id id)
{
	const struct field *field = &fields[id];
	const char *text = session_field(p->session, id);

	if (field->kind == FIELD_YESNO)
		return strcmp(text, "yes") == 0 ? _("yes") : _("no");
	for (size_t i = 0; i < field->nchoices; i++)
		if (strcmp(field->choices[i].word, text) == 0)
			return _(field->choices[i].label);
	return *text == '\0' ? empty_text(p, id)
			     : readable(p->arena, str_of(text));
}

const char *
plain_field_help(struct plain *p, enum field_id id)
{
	const struct field *field = &fields[id];
	const char *hint = field->hint == NULL ? "" : _(field->hint);
	const char *example = field->example == NULL
	    ? ""
	    : arena_printf(p->arena, _(" For example: %s."), field->example);

	return arena_printf(p->arena,
	    _("%s%s\nEnter keeps the answer in brackets, - empties it, < goes "
	      "back, q saves and quits.%s"),
	    hint, example, plain_help(p, help_for_field(field->name)));
}

/* What was made of the text, where that is not what was typed. */
static void
tell_taken(struct plain *p, enum field_id id, const char *typed)
{
	const char *told = session_told(p->session);

	if (*told != '\0')
		plain_put("NOTE  ", told);
	if (fields[id].kind != FIELD_CHOICE &&
	    strcmp(session_field(p->session, id), typed) != 0)
		plain_print(
		    "", "%s: %s", _(fields[id].label), plain_field_text(p, id));
}

/* What was wrong does not stay: the answer before it counts on. */
static bool
give_answer(struct plain *p, enum field_id id, const char *text)
{
	const char *before =
	    arena_strdup(p->arena, session_field(p->session, id));
	const char *problem = session_answer(p->session, id, text);

	if (problem == NULL) {
		tell_taken(p, id, text);
		return true;
	}
	plain_put("FAIL  ", problem);
	session_answer(p->session, id, before);
	return false;
}

static const char *
word_of_choice(const struct field *field, const char *typed)
{
	uint64_t n;

	if (!str_number(str_of(typed), field->nchoices, &n) || n == 0)
		return typed;
	return field->choices[n - 1].word;
}

static void
put_choices(const struct field *field)
{
	struct arena *arena = arena_new();

	plain_put("", _(field->label));
	for (size_t i = 0; i < field->nchoices; i++)
		plain_put(arena_printf(arena, " %zu  ", i + 1),
		    _(field->choices[i].label));
	arena_free(arena);
}

static const char *
field_prompt(struct plain *p, enum field_id id)
{
	const struct field *field = &fields[id];
	const char *origin = session_origin(p->session, id);

	return arena_printf(p->arena, "%s [%s]%s%s%s:",
	    field->kind == FIELD_CHOICE ? _("Number") : _(field->label),
	    plain_field_text(p, id), *origin == '\0' ? "" : " (", origin,
	    *origin == '\0' ? "" : ")");
}

enum reply
plain_ask_field(struct plain *p, enum field_id id)
{
	const struct field *field = &fields[id];

	if (field->kind == FIELD_CHOICE)
		put_choices(field);
	for (;;) {
		const char *text = p->line;
		enum reply reply =
		    plain_ask(p, field_prompt(p, id), plain_field_help(p, id));

		if (reply == REPLY_CHECK) {
			plain_common(p, reply);
			plain_wait(p);
			continue;
		}
		if (reply == REPLY_EMPTY && field->required &&
		    *session_field(p->session, id) == '\0') {
			plain_put("", _("An answer is needed here."));
			continue;
		}
		if (reply != REPLY_TEXT)
			return reply;
		if (strcmp(text, "-") == 0)
			text = "";
		if (field->kind == FIELD_CHOICE)
			text = word_of_choice(field, text);
		if (give_answer(p, id, text))
			return reply;
	}
}
