/* Help on a question and on each of its numbers; and another step. */
#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../wizard/help.h"
#include "plain_inside.h"

/* --- texts --------------------------------------------------------------- */

/* The texts name keys of the screen; here a letter does the same. */
static const char *
in_our_words(struct arena *arena, const char *text)
{
	static const struct {
		const char *key;
		char sign;
	} words[] = { { "F5", '!' }, { "F3", 'p' } };
	char *out = arena_strdup(arena, text);

	for (size_t i = 0; i < COUNT(words); i++)
		for (char *at = out; (at = strstr(at, words[i].key)) != NULL;) {
			*at++ = words[i].sign;
			memmove(at, at + 1, strlen(at));
		}
	return out;
}

const char *
plain_help(struct plain *p, const char *text)
{
	static const char *const marks[] = {
		[HELP_GAP] = "",
		[HELP_PARAGRAPH] = "",
		[HELP_ITEM] = "- ",
		[HELP_COMMAND] = "    ",
	};
	const char *rest, *all;
	struct help_part part;

	if (text == NULL)
		return "";
	rest = help_body(text);
	all = arena_printf(p->arena, "\n\n%s\n", help_heading(p->arena, text));
	while (help_next(p->arena, &rest, &part))
		all = arena_printf(p->arena, "%s\n%s%s", all, marks[part.kind],
		    part.kind == HELP_COMMAND
			? part.text
			: in_our_words(p->arena, part.text));
	return all;
}

const char *
plain_finding_help(struct plain *p, enum look_kind kind, size_t number)
{
	const struct finding **list = NULL;
	const struct finding *f;

	if (number == 0 || number > plain_findings(p, kind, &list))
		return NULL;
	f = list[number - 1];
	return arena_printf(p->arena, "%s.%s", finding_title(p->arena, f),
	    plain_help(p, help_for_finding(finding_kinds[f->code].id)));
}

/* Without the empty lines it begins with. */
static const char *
without_gap(const char *text)
{
	while (*text == '\n')
		text++;
	return text;
}

void
plain_explain(struct plain *p, size_t number, const char *help,
    const struct topics *topics)
{
	const char *text = help;

	plain_put("", "");
	if (number > 0 && topics != NULL && number > topics->most) {
		plain_print("",
		    _("There is no number %zu here: they are 1 to %zu."),
		    number, topics->most);
		return;
	}
	if (number > 0 && topics != NULL && topics->text != NULL)
		text = topics->text(p, topics->about, number);
	if (text == NULL || *without_gap(text) == '\0')
		text = _("There is no more to say about it than stands there.");
	plain_put("", without_gap(text));
}

/* --- another step -------------------------------------------------------- */

static void
put_steps(struct plain *p)
{
	static const char *const marks[MARK_COUNT] = {
		[MARK_NONE] = N_("not begun"),
		[MARK_BUSY] = N_("is being looked at"),
		[MARK_OK] = N_("in order"),
		[MARK_PROBLEM] = N_("has problems"),
		[MARK_SKIPPED] = N_("left out"),
	};

	plain_put("", _("The steps:"));
	for (int i = 0; i < WIZ_COUNT; i++) {
		enum wizard_step step = (enum wizard_step)i;

		if (step_number(step) > 0)
			plain_print(
			    arena_printf(p->arena, "%2u  ", step_number(step)),
			    "%s, %s: %s%s", _(steps[i].name),
			    _(marks[session_mark(p->session, step)]),
			    _(steps[i].title),
			    step == session_at(p->session)
				? _(" (you are here)")
				: "");
	}
}

static const char *
step_topic(struct plain *p, const void *about, size_t number)
{
	(void)about;
	for (int i = 0; i < WIZ_COUNT; i++)
		if (step_number((enum wizard_step)i) == number)
			return plain_help(p, help_for_step(steps[i].help));
	return NULL;
}

static size_t
ask_step(struct plain *p)
{
	const struct topics topics = { .text = step_topic,
		.most = step_total() };
	enum reply reply;

	put_steps(p);
	return plain_choose_about(p,
	    _("Number to go there, Enter to stay, ?1 on step 1:"),
	    _("Every step can be entered at any time, also one that was left "
	      "out. Nothing is lost by it."),
	    &topics, &reply);
}

void
plain_jump(struct plain *p)
{
	size_t number = (size_t)p->jump;

	p->jump = -1;
	if (number > step_total())
		plain_print("", _("There is no step %zu: they are 1 to %u."),
		    number, step_total());
	if (number == 0 || number > step_total())
		number = ask_step(p);
	for (int i = 0; i < WIZ_COUNT && number > 0; i++)
		if (step_number((enum wizard_step)i) == number)
			session_jump(p->session, (enum wizard_step)i);
}
