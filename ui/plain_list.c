/* The checklist: read out, ticked, saved. */
#include <string.h>
#include <time.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../wizard/help.h"
#include "plain_inside.h"

static void
put_item(struct plain *p, size_t number, const struct item *item)
{
	const char *level = item->level == ITEM_TODO
	    ? (item->ticked ? "[x] " : "[ ] ")
	    : _(item_level_word(item->level));
	size_t len = strlen(item->text);
	bool sentence = len > 0 && item->text[len - 1] == '.';
	bool detail = item->detail != NULL && *item->detail != '\0';

	plain_print(arena_printf(p->arena, "%2zu  %-4s  ", number, level),
	    "%s%s%s", item->text, detail ? (sentence ? " " : ": ") : "",
	    detail ? item->detail : "");
}

static void
show(struct plain *p, const struct checklist *list)
{
	enum item_group group = GROUP_COUNT;

	plain_heading(p, WIZ_LIST);
	plain_print("",
	    _("%zu of %zu done, %zu to fix, %zu to wait for, %zu to do by "
	      "hand."),
	    list->done, list->nitems, list->to_fix, list->to_wait, list->to_do);
	for (size_t i = 0; i < list->nitems; i++) {
		if (list->items[i].group != group)
			plain_print("",
			    "%s:", _(item_group_title(list->items[i].group)));
		group = list->items[i].group;
		put_item(p, i + 1, &list->items[i]);
	}
}

static const char *
help(struct plain *p)
{
	return arena_printf(p->arena, "%s%s",
	    _("The number of an item reads it out: why, what to do, and a "
	      "command that shows the same. What cannot be tested from "
	      "here is ticked by hand there. s saves the list to a file. "
	      "Enter finishes, < goes back, ! checks everything again, q "
	      "saves and quits."),
	    plain_help(p, help_for_step(steps[WIZ_LIST].help)));
}

/* --- one item ------------------------------------------------------------ */

static void
put_part(const char *first, const char *text)
{
	if (text != NULL && *text != '\0')
		plain_put(first, text);
}

/* The list may have been made anew while we asked. */
static void
tick(struct plain *p, const char *id)
{
	const struct checklist *list = session_checklist(p->session);

	for (size_t i = 0; i < list->nitems; i++)
		if (list->items[i].tick_id != NULL &&
		    strcmp(list->items[i].tick_id, id) == 0) {
			session_tick(p->session, i);
			return;
		}
}

static void
offer_tick(struct plain *p, const struct item *item)
{
	const char *id = arena_strdup(p->arena, item->tick_id);

	if (plain_confirm(p,
		item->ticked
		    ? _("It is ticked. Take the tick back? y or Enter:")
		    : _("Is it done? y ticks it, Enter does not:")))
		tick(p, id);
}

static void
offer_step(struct plain *p, const struct item *item)
{
	enum wizard_step step = item->step;

	if (step == WIZ_LIST || item->level == ITEM_OK)
		return;
	if (plain_confirm(p,
		arena_printf(p->arena,
		    _("Go to the step %s for it? y or Enter:"),
		    _(steps[step].name))))
		session_jump(p->session, step);
}

static void
open_item(struct plain *p, size_t i)
{
	const struct checklist *list = session_checklist(p->session);
	const struct item *item = &list->items[i];

	if (i >= list->nitems) /* it was made anew, and is shorter */
		return;
	plain_put("", "");
	put_item(p, i + 1, item);
	put_part(_("Why:    "), item->why);
	put_part(_("Do:     "), item->fix);
	if (item->proof != NULL) /* is copied: one line */
		plain_line(
		    arena_printf(p->arena, _("Prove:  %s"), item->proof));
	if (item->tick_id != NULL)
		offer_tick(p, item);
	else
		offer_step(p, item);
}

static void
save(struct plain *p)
{
	const char *path = session_save_report(p->session);
	const char *problem = session_save_problem(p->session);

	if (path != NULL)
		plain_print("OK    ", _("Saved to %s"),
		    readable(p->arena, str_of(path)));
	else
		plain_put("WARN  ",
		    problem != NULL ? problem
				    : _("The report could not be saved."));
}

/* --- the step ------------------------------------------------------------ */

/* What "?3" is about: the finding a line stands for. */
static const char *
topic(struct plain *p, const void *about, size_t number)
{
	const struct checklist *list = session_checklist(p->session);
	const struct item *item = &list->items[number - 1];

	(void)about;
	if (number > list->nitems || item->finding == NULL)
		return NULL;
	return plain_help(
	    p, help_for_finding(finding_kinds[item->finding->code].id));
}

/* False when nothing in it could be done. */
static bool
take_text(struct plain *p, size_t most)
{
	const char *line = arena_strdup(p->arena, p->line);
	struct str rest = str_of(line);
	bool done = false;
	size_t number;

	if (strcmp(line, "s") == 0) {
		save(p);
		return false;
	}
	if (plain_stop(p, line))
		return false;
	while (p->ended < 0 && p->jump < 0 &&
	    session_at(p->session) == WIZ_LIST &&
	    plain_number(&rest, most, &number)) {
		open_item(p, number - 1);
		done = true;
	}
	return done;
}

void
plain_list(struct plain *p)
{
	const struct checklist *list;
	struct topics topics = { .text = topic };
	enum reply reply;

	plain_wait(p);
	if (p->ended >= 0)
		return;
	list = session_checklist(p->session);
	topics.most = list->nitems;
	show(p, list);
	plain_put("", _("Or: s save this list to a file."));
	do
		reply = plain_ask_about(p,
		    _("Numbers to switch, Enter to finish, ? help (?1 on "
		      "number 1), < back, # steps, ! check now, q quit:"),
		    help(p), &topics);
	while (reply == REPLY_TEXT && !take_text(p, topics.most));
	if (reply == REPLY_EMPTY)
		p->ended = session_exit_status(p->session);
	else
		plain_common(p, reply);
}
