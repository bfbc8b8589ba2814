/* One term of the SPF record: changed, moved, added; and its end. */
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../wizard/help.h"
#include "../wizard/term_advice.h"
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

/* What is to be thought of a term that was chosen; it never blocks. */
static void
advise(struct plain *p, const char *text, bool fresh)
{
	const struct spf_view *spf = session_spf(p->session);
	const char *said;
	struct spf_term term;

	spf_parse_term(p->arena, str_of(text), &term);
	if (term.kind == SPF_BROKEN)
		return;
	said = term_advice(p->arena, session_plan(p->session), &term);
	if (said == NULL && fresh)
		said = term_pressure(p->arena, term.kind, spf->lookups);
	if (said != NULL)
		plain_print("NOTE  ",
		    _("%s Taken all the same; u takes it "
		      "back."),
		    said);
}

/* Of the term in this place, as it is now. */
static void
advise_on(struct plain *p, size_t i)
{
	const struct spf_view *spf = session_spf(p->session);

	if (i < spf->nlines)
		advise(p, spf->lines[i].text, false);
}

/* True when it was done; else it is said why not. */
static bool
done(const char *problem)
{
	say(problem);
	return problem == NULL;
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

static const enum spf_result results[] = { SPF_RESULT_PASS, SPF_RESULT_FAIL,
	SPF_RESULT_SOFTFAIL, SPF_RESULT_NEUTRAL };

static const char *
sign_topic(struct plain *p, const void *about, size_t number)
{
	(void)about;
	return plain_help(p, help_for_qualifier(results[number - 1]));
}

static void
choose_sign(struct plain *p, size_t i)
{
	static const struct topics topics = { .text = sign_topic,
		.most = COUNT(results) };
	enum reply reply;
	size_t chosen;

	plain_put("", _("What happens to senders that match it:"));
	for (size_t j = 0; j < COUNT(results); j++) {
		const struct qualifier_help *h = &qualifier_help[results[j]];

		plain_print(arena_printf(p->arena, "%2zu  ", j + 1),
		    "%s  %s. %s", h->sign, _(h->label), _(h->text));
	}
	chosen = plain_choose_about(p,
	    _("Number, or Enter to leave it, ?1 on number 1:"),
	    _("The sign in front of a term says what a receiver makes of a "
	      "sender that matches it."),
	    &topics, &reply);
	if (chosen > 0 &&
	    done(session_spf_qualify(p->session, i, results[chosen - 1])))
		advise_on(p, i);
}

static void
change_text(struct plain *p, size_t i)
{
	const struct spf_line *line = &session_spf(p->session)->lines[i];
	const char *text =
	    ask_text(p, arena_printf(p->arena, _("The term [%s]:"), line->text),
		kind_help(p, line->help));

	if (text != NULL && done(session_spf_set(p->session, i, text)))
		advise_on(p, i);
}

void
plain_open_term(struct plain *p, size_t i)
{
	static const char *const acts[] = { N_("change its text"),
		N_("remove it"), N_("move it up"), N_("move it down"),
		N_("what happens to senders that match it") };
	const struct spf_line *line = &session_spf(p->session)->lines[i];
	enum reply reply;
	const char *help =
	    arena_printf(p->arena, "%s%s", kind_help(p, line->help),
		plain_help(p, help_for_term(line->term.kind)));
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

/* The usual ones first, and a service: its number is that of no kind. */
static const struct offer {
	bool service; /* to be picked from a list; its include is added */
	enum spf_kind kind;
} offers[] = {
	{ .kind = SPF_MX },
	{ .kind = SPF_A },
	{ .kind = SPF_IP4 },
	{ .kind = SPF_IP6 },
	{ .service = true, .kind = SPF_INCLUDE },
	{ .kind = SPF_INCLUDE },
	{ .kind = SPF_EXISTS },
	{ .kind = SPF_PTR },
	{ .kind = SPF_REDIRECT },
	{ .kind = SPF_EXP },
};

/* mx, a and ptr can stand alone; the others need a value. */
static bool
stands_alone(enum spf_kind kind)
{
	return kind == SPF_MX || kind == SPF_A || kind == SPF_PTR;
}

static const char *
term_of_kind(struct plain *p, enum spf_kind kind)
{
	const struct spf_help *h = &spf_help[kind];
	bool alone = stands_alone(kind);
	const char *value;

	if (h->advice != NULL)
		plain_put("NOTE  ", _(h->advice));
	value = ask_text(p,
	    arena_printf(p->arena, "%s, %s%s:", h->word, _(h->value),
		alone ? _(" (Enter: the domain itself)") : ""),
	    arena_printf(p->arena, "%s%s", kind_help(p, h),
		plain_help(p, help_for_term(kind))));
	if (value == NULL)
		return alone && p->ended < 0 && p->line[0] == '\0' ? h->word
								   : NULL;
	return arena_printf(p->arena, "%s%s%s", h->word,
	    spf_term_kinds[kind].modifier ? "=" : ":", value);
}

/* A number of the list; 0: it is the text of a term. */
static size_t
offer_number(const char *text)
{
	uint64_t n = 0;

	return str_number(str_of(text), COUNT(offers), &n) ? (size_t)n : 0;
}

static const char *
offer_topic(struct plain *p, const void *about, size_t number)
{
	(void)about;
	return arena_printf(p->arena, "%s%s",
	    kind_help(p, &spf_help[offers[number - 1].kind]),
	    plain_help(p, help_for_term(offers[number - 1].kind)));
}

static const char *
ask_offer(struct plain *p)
{
	static const struct topics topics = { .text = offer_topic,
		.most = COUNT(offers) };

	plain_put("", _("Who else sends mail for the domain?"));
	for (size_t i = 0; i < COUNT(offers); i++)
		plain_print(arena_printf(p->arena, "%2zu  ", i + 1), "%s  %s",
		    offers[i].service ? _("service")
				      : spf_help[offers[i].kind].word,
		    offers[i].service
			? _("a mail service I use: pick it from a list")
			: _(spf_help[offers[i].kind].label));
	if (plain_ask_about(p,
		_("Number, or a whole term such as include:_spf.example.net; "
		  "Enter to add nothing, ?1 on number 1:"),
		_("Type the number of a kind, then you are asked for its "
		  "value. Or type what the service told you to add; a whole "
		  "record works too. It is put in front of \"all\"."),
		&topics) != REPLY_TEXT)
		return NULL;
	return arena_strdup(p->arena, p->line);
}

void
plain_add_term(struct plain *p)
{
	const char *text = ask_offer(p);
	size_t number;

	if (text == NULL)
		return;
	number = offer_number(text);
	if (number > 0 && offers[number - 1].service) {
		plain_add_service(p);
		return;
	}
	if (number > 0)
		text = term_of_kind(p, offers[number - 1].kind);
	if (text != NULL && done(session_spf_add(p->session, SPF_AT_END, text)))
		advise(p, text, true);
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

static const char *
ending_topic(struct plain *p, const void *about, size_t number)
{
	static const enum spf_result signs[SPF_END_COUNT] = {
		[SPF_END_FAIL] = SPF_RESULT_FAIL,
		[SPF_END_SOFTFAIL] = SPF_RESULT_SOFTFAIL,
		[SPF_END_NEUTRAL] = SPF_RESULT_NEUTRAL,
		[SPF_END_PASS] = SPF_RESULT_PASS,
	};
	const enum spf_ending *endings = about;
	enum spf_ending ending = endings[number - 1];

	return plain_help(p,
	    ending == SPF_END_REDIRECT	 ? help_for_term(SPF_REDIRECT)
		: ending == SPF_END_NONE ? help_for_term(SPF_ALL)
					 : help_for_qualifier(signs[ending]));
}

void
plain_choose_ending(struct plain *p)
{
	enum spf_ending endings[SPF_END_COUNT];
	struct topics topics = { .text = ending_topic, .about = endings };
	const struct plan *plan = session_plan(p->session);
	const char *domain = NULL;
	enum spf_ending before;
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
	topics.most = n;
	chosen = plain_choose_about(p,
	    _("Number, or Enter to leave it, ?1 on number 1:"),
	    _("It says what receivers shall make of mail from all servers "
	      "that no term names."),
	    &topics, &reply);
	if (chosen == 0)
		return;
	if (endings[chosen - 1] == SPF_END_REDIRECT) {
		domain = ask_text(p, _("The domain whose record decides:"),
		    _("For example: _spf.example.net"));
		if (domain == NULL)
			return;
	}
	before = session_spf(p->session)->ending;
	if (done(session_spf_end(p->session, endings[chosen - 1], domain)) &&
	    endings[chosen - 1] == SPF_END_FAIL && before != SPF_END_FAIL &&
	    before != SPF_END_SOFTFAIL && !plan->sends_nothing)
		plain_put("NOTE  ",
		    _("Better ~all for some weeks first, until you are sure "
		      "that the list is complete. Taken all the same; u takes "
		      "it back."));
}
