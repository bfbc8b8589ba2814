/* One term of the SPF record: changed, moved, added; and its end. */
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "plain_inside.h"

static void
say(const char *problem)
{
	if (problem != NULL)
		plain_put("FAIL  ", problem);
}

/* "1  text", and help below it. */
static void
put_number(struct plain *p, size_t number, const char *text)
{
	plain_put(arena_printf(p->arena, "%2zu  ", number), text);
}

static const char *
kind_help(struct plain *p, const struct spf_help *h)
{
	return arena_printf(p->arena, _("%s %s Cost: %s. For example: %s"),
	    _(h->text), h->advice == NULL ? "" : _(h->advice), _(h->cost),
	    *h->example == '\0' ? "mx" : h->example);
}

/* Asks for a text; NULL: Enter, back or end. */
static const char *
ask_text(struct plain *p, const char *prompt, const char *help)
{
	if (plain_ask(p, prompt, help) != REPLY_TEXT)
		return NULL;
	return arena_strdup(p->arena, p->line);
}

/* --- one term ------------------------------------------------------------ */

static void
choose_sign(struct plain *p, size_t i)
{
	static const enum spf_result results[] = { SPF_RESULT_PASS,
		SPF_RESULT_FAIL, SPF_RESULT_SOFTFAIL, SPF_RESULT_NEUTRAL };
	enum reply reply;
	size_t chosen;

	plain_put("", _("What happens to senders that match it:"));
	for (size_t j = 0; j < COUNT(results); j++) {
		const struct qualifier_help *h = &qualifier_help[results[j]];

		plain_print(arena_printf(p->arena, "%2zu  ", j + 1),
		    "%s  %s. %s", h->sign, _(h->label), _(h->text));
	}
	chosen = plain_choose(p, _("Number, or Enter to leave it:"),
	    _("The sign in front of a term says what a receiver makes of a "
	      "sender that matches it."),
	    COUNT(results), &reply);
	if (chosen > 0)
		say(session_spf_qualify(p->session, i, results[chosen - 1]));
}

static void
change_text(struct plain *p, size_t i)
{
	const struct spf_line *line = &session_spf(p->session)->lines[i];
	const char *text =
	    ask_text(p, arena_printf(p->arena, _("The term [%s]:"), line->text),
		kind_help(p, line->help));

	if (text != NULL)
		say(session_spf_set(p->session, i, text));
}

void
plain_open_term(struct plain *p, size_t i)
{
	static const char *const acts[] = { N_("change its text"),
		N_("remove it"), N_("move it up"), N_("move it down"),
		N_("what happens to senders that match it") };
	const struct spf_line *line = &session_spf(p->session)->lines[i];
	enum reply reply;
	const char *help = kind_help(p, line->help);
	size_t chosen;

	plain_print("", _("Term %zu: %s, %s"), i + 1, line->text,
	    line->problem != NULL ? line->problem : _(line->help->label));
	for (size_t j = 0; j < COUNT(acts); j++)
		put_number(p, j + 1, _(acts[j]));
	chosen =
	    plain_choose(p, _("Number, Enter to leave it as it is, ? help:"),
		help, COUNT(acts), &reply);
	if (chosen == 1)
		change_text(p, i);
	else if (chosen == 2)
		say(session_spf_remove(p->session, i));
	else if (chosen == 3 || chosen == 4)
		say(session_spf_move(p->session, i, chosen == 3 ? -1 : 1));
	else if (chosen == 5)
		choose_sign(p, i);
}

/* --- a new term ---------------------------------------------------------- */

static const enum spf_kind kinds[] = { SPF_MX, SPF_A, SPF_IP4, SPF_IP6,
	SPF_INCLUDE, SPF_EXISTS };

/* mx and a can stand alone; the others need a value. */
static const char *
term_of_kind(struct plain *p, enum spf_kind kind)
{
	const struct spf_help *h = &spf_help[kind];
	bool alone = kind == SPF_MX || kind == SPF_A;
	const char *value;

	value = ask_text(p,
	    arena_printf(p->arena, "%s, %s%s:", h->word, _(h->value),
		alone ? _(" (Enter: the domain itself)") : ""),
	    kind_help(p, h));
	if (value == NULL)
		return alone && p->ended < 0 && p->line[0] == '\0' ? h->word
								   : NULL;
	return arena_printf(p->arena, "%s:%s", h->word, value);
}

/* A number of the list; 0: it is the text of a term. */
static size_t
kind_number(const char *text)
{
	uint64_t n = 0;

	return str_number(str_of(text), COUNT(kinds), &n) ? (size_t)n : 0;
}

void
plain_add_term(struct plain *p)
{
	const char *text;

	plain_put("", _("Who else sends mail for the domain?"));
	for (size_t i = 0; i < COUNT(kinds); i++)
		plain_print(arena_printf(p->arena, "%2zu  ", i + 1), "%s  %s",
		    spf_help[kinds[i]].word, _(spf_help[kinds[i]].label));
	text = ask_text(p,
	    _("Number, or a whole term such as include:_spf.example.net; "
	      "Enter to add nothing:"),
	    _("Type the number of a kind, then you are asked for its value. "
	      "Or type what the service told you to add; a whole record "
	      "works too. It is put in front of \"all\"."));
	if (text != NULL && kind_number(text) > 0)
		text = term_of_kind(p, kinds[kind_number(text) - 1]);
	if (text != NULL)
		say(session_spf_add(p->session, SPF_AT_END, text));
}

/* --- all other senders --------------------------------------------------- */

/* The offered ones, in order; how many. */
static size_t
offered(enum spf_ending out[SPF_END_COUNT])
{
	size_t n = 0;

	for (int i = 0; i < SPF_END_COUNT; i++)
		if (ending_help[i].offered)
			out[n++] = (enum spf_ending)i;
	return n;
}

void
plain_choose_ending(struct plain *p)
{
	enum spf_ending endings[SPF_END_COUNT];
	const char *domain = NULL;
	size_t n = offered(endings);
	enum reply reply;
	size_t chosen;

	plain_print("", _("All other senders; now: %s."),
	    _(ending_help[session_spf(p->session)->ending].label));
	for (size_t i = 0; i < n; i++)
		plain_print(arena_printf(p->arena, "%2zu  ", i + 1),
		    "%s  %s. %s", ending_help[endings[i]].term,
		    _(ending_help[endings[i]].label),
		    _(ending_help[endings[i]].text));
	chosen = plain_choose(p, _("Number, or Enter to leave it:"),
	    _("It says what receivers shall make of mail from all servers "
	      "that no term names."),
	    n, &reply);
	if (chosen == 0)
		return;
	if (endings[chosen - 1] == SPF_END_REDIRECT) {
		domain = ask_text(p, _("The domain whose record decides:"),
		    _("For example: _spf.example.net"));
		if (domain == NULL)
			return;
	}
	say(session_spf_end(p->session, endings[chosen - 1], domain));
}
