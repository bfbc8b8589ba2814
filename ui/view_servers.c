/* ui/view_servers.c - who has the published record, one by one. */
#include <string.h>

#include "../checks/base/i18n.h"
#include "../wizard/planned.h"
#include "servers.h"

enum { ID_CLOSE = 300, ID_AGAIN, ID_STOP, ID_COMPARE };

#define ONE_LINE   66 /* columns from which a server needs one line only */
#define BADGE_AT   44
#define ADDRESS_AT 27

/* --- words --------------------------------------------------------------- */

const char *
servers_badge(const struct published_view *view)
{
	return view->slip != SLIP_NONE ? _("FAIL")
	    : view->done	       ? _("OK")
				       : _("WAIT");
}

enum role
servers_role(const struct published_view *view)
{
	return view->slip != SLIP_NONE ? ROLE_FAIL
	    : view->done	       ? ROLE_OK
				       : ROLE_WAIT;
}

const char *
servers_next(struct ui *ui, enum planned which)
{
	const struct published_view *view =
	    session_published(ui->session, which);
	int64_t ms = session_next_look_ms(ui->session);

	if (!view->said || view->done)
		return "";
	if (session_busy(ui->session, LOOK_PUBLISHED))
		return _("Looking now ...");
	if (session_watch_stopped(ui->session) || ms < 0)
		return _("Stopped looking; F5 looks again.");
	return ui_format(ui, _("Looking again in %lld s; s stops."),
	    (long long)(ms + 999) / 1000);
}

int
servers_wait_ms(const struct ui *ui)
{
	int64_t ms = session_next_look_ms(ui->session);

	if (!session_watches(ui->session) || ms <= 0)
		return -1;
	return (int)((ms - 1) % 1000) + 1;
}

void
servers_open(struct ui *ui, enum planned which)
{
	ui->record = which;
	ui_open(ui, &view_servers);
}

bool
servers_compare(struct ui *ui, enum wizard_step step)
{
	for (int i = 0; i < PLANNED_COUNT; i++)
		if (planned_words[i].step == step &&
		    session_published(ui->session, (enum planned)i)->said) {
			servers_open(ui, (enum planned)i);
			return true;
		}
	return false;
}

bool
servers_act(struct ui *ui, enum action action)
{
	if (action == ACT_CHECK) {
		session_check_now(ui->session);
		return true;
	}
	if (action != ACT_STOP)
		return false;
	if (!session_watch_stop(ui->session))
		ui_note(ui, MESSAGE_NOTE, _("Nothing is waited for."));
	return true;
}

/* --- in the page of a step ------------------------------------------------ */

/* "> DKIM key    WAIT  Published at 1 of 2 name servers." */
static void
draw_where(const struct row *row, const struct canvas *line, bool focused)
{
	int x = line->cols < ONE_LINE ? 10 : row->indent;
	int end = line->cols - 1;

	form_mark(line, focused);
	draw_cut(
	    line, 0, 3, x - 4, focused ? ROLE_FOCUS : ROLE_HEADING, row->label);
	if (row->right != NULL)
		end = draw_right(line, 0, 1, ROLE_NOTE, row->right) - 2;
	x = draw_badge(line, 0, x, row->badge_role, row->badge) + 2;
	draw_cut(line, 0, x, end - x, ROLE_TEXT, row->text);
}

void
servers_add(
    struct ui *ui, struct form *form, enum planned which, int id, int group)
{
	const struct published_view *view =
	    session_published(ui->session, which);
	const char *next = servers_next(ui, which);

	if (!view->said)
		return;
	form_add(form,
	    (struct row){ .id = id,
		.group = group,
		.draw = draw_where,
		.indent = form->label,
		.label = form->compact ? _("Publ.") : _("Published"),
		.badge = servers_badge(view),
		.badge_role = servers_role(view),
		.text = !view->looked ? _("asking the name servers ...")
		    : form->compact   ? view->brief
				      : view->headline,
		.right = form->columns < ONE_LINE ? NULL : _("F6 servers") });
	if (form->compact || !view->looked)
		return;
	if (*view->more != '\0')
		form_text(form, DROP_NOTE, ROLE_TEXT, form->label, view->more);
	if (*next != '\0')
		form_text(form, DROP_SECOND, ROLE_TEXT, form->label, next);
}

/* --- rows ---------------------------------------------------------------- */

static enum role
role_of(enum witness_has has)
{
	return has == HAS_RECORD		  ? ROLE_OK
	    : has == HAS_SECOND || has == HAS_ODD ? ROLE_FAIL
						  : ROLE_WAIT;
}

static const char *
badge_of(enum witness_has has)
{
	return has == HAS_RECORD		  ? _("OK")
	    : has == HAS_SECOND || has == HAS_ODD ? _("FAIL")
						  : _("WAIT");
}

/* "ns1.example.org  192.0.2.1  OK  the record" */
static void
draw_line(const struct row *row, const struct canvas *line, bool focused)
{
	int x;

	(void)focused;
	draw_cut(line, 0, 3, ADDRESS_AT - 4, ROLE_TEXT, row->label);
	draw_cut(line, 0, ADDRESS_AT, BADGE_AT - ADDRESS_AT - 1, ROLE_TEXT,
	    row->right);
	x = draw_badge(line, 0, BADGE_AT, row->badge_role, row->badge);
	draw_cut(line, 0, x + 2, line->cols - x - 3, ROLE_TEXT, row->text);
}

/* The second line of two, where there is less room. */
static void
draw_below(const struct row *row, const struct canvas *line, bool focused)
{
	int x = draw_badge(line, 0, 5, row->badge_role, row->badge);

	(void)focused;
	draw_cut(line, 0, x + 2, line->cols - x - 3, ROLE_TEXT, row->text);
}

static const char *
name_of(const struct witness *w)
{
	return w->host != NULL ? w->host : _("resolver");
}

static void
add_witness(struct ui *ui, struct form *form, const struct witness *w)
{
	enum planned which = ui->record;
	struct row row = {
		.scrolls = true,
		.draw = draw_line,
		.label = name_of(w),
		.right = w->address,
		.badge = badge_of(w->has),
		.badge_role = role_of(w->has),
		.text = witness_text(which, w->has),
	};

	if (form->columns < ONE_LINE) {
		form_scroll_text(form, ROLE_TEXT, 3,
		    ui_format(ui, "%s  %s", name_of(w), w->address));
		row.draw = draw_below;
	}
	form_add(form, row);
}

/* What it has instead, unless that was just said of the one before. */
static void
add_shown(
    struct form *form, const struct witness *w, const struct witness *last)
{
	if (*w->shown == '\0' ||
	    (last != NULL && strcmp(last->shown, w->shown) == 0))
		return;
	form_scroll_text(form, ROLE_NOTE, 5, w->shown);
}

static void
add_witnesses(
    struct ui *ui, struct form *form, const struct published_view *view)
{
	const struct witness *last = NULL;

	if (view->nservers > 0)
		form_scroll_text(
		    form, ROLE_HEADING, 1, _("The domain's own name servers"));
	for (size_t i = 0; i < view->nservers; i++) {
		add_witness(ui, form, &view->servers[i]);
		add_shown(form, &view->servers[i], last);
		last = &view->servers[i];
	}
	form_scroll_text(form, ROLE_HEADING, 1, _("The resolver you use"));
	add_witness(ui, form, &view->resolver);
	add_shown(form, &view->resolver, last);
}

static void
add_verdict(
    struct ui *ui, struct form *form, const char *label, const char *text)
{
	form_scroll_text(
	    form, ROLE_TEXT, 1, ui_format(ui, "%s %s", label, text));
}

static void
add_verdicts(
    struct ui *ui, struct form *form, const struct published_view *view)
{
	if (form->compact) {
		form_scroll_text(form, ROLE_HEADING, 1, view->brief);
		return;
	}
	add_verdict(ui, form, _("Published:"), view->published_text);
	add_verdict(ui, form, _("Visible:  "), view->visible_text);
	form_scroll_text(form, ROLE_TEXT, 0, "");
}

/* --- the view ------------------------------------------------------------ */

static const char *
title(struct ui *ui)
{
	(void)ui;
	return _("Where the record is by now");
}

static void
set_keys(struct ui *ui, struct form *form)
{
	static const struct hint waiting[] = {
		{ ACT_STOP, N_("stop") },
		{ ACT_CHECK, N_("look now") },
		{ ACT_UP, N_("scroll") },
		{ ACT_COMPARE, N_("compare") },
		{ ACT_BACK, N_("close") },
	};
	static const struct hint others[] = {
		{ ACT_STOP, N_("stop") },
		{ ACT_CHECK, N_("look now") },
		{ ACT_UP, N_("scroll") },
		{ ACT_BACK, N_("close") },
	};
	static const struct hint asked[] = {
		{ ACT_CHECK, N_("look now") },
		{ ACT_UP, N_("scroll") },
		{ ACT_BACK, N_("close") },
	};
	bool stops = *servers_next(ui, ui->record) != '\0' &&
	    !session_watch_stopped(ui->session);
	bool compares = ui->record == PLANNED_SPF;

	form->hints = stops ? waiting : waiting + 1;
	form->nhints = stops ? COUNT(waiting) : COUNT(waiting) - 1;
	if (!compares) { /* there is nothing to compare it with */
		form->hints = stops ? others : asked;
		form->nhints = stops ? COUNT(others) : COUNT(asked);
	}
	form_button(form, ID_CLOSE, _("Close"));
	if (form->compact)
		return; /* no room; their keys remain */
	form_button(form, ID_AGAIN, _("Look now"));
	if (stops)
		form_button(form, ID_STOP, _("Stop"));
	if (compares)
		form_button(form, ID_COMPARE, _("Compare"));
}

static void
build(struct ui *ui, struct form *form)
{
	const struct published_view *view =
	    session_published(ui->session, ui->record);
	const char *next = servers_next(ui, ui->record);

	set_keys(ui, form);
	if (!view->looked) {
		form_scroll_text(form, ROLE_TEXT, 1,
		    _("The name servers are being asked ..."));
		return;
	}
	add_verdicts(ui, form, view);
	add_witnesses(ui, form, view);
	if (!form->compact)
		form_scroll_text(form, ROLE_TEXT, 0, "");
	if (view->slip != SLIP_NONE)
		form_scroll_text(form, ROLE_HEADING, 1,
		    ui_format(ui, "%s %s", view->headline, view->more));
	if (*next != '\0')
		form_scroll_text(form, ROLE_TEXT, 1, next);
}

static bool
press(struct ui *ui, int id)
{
	if (id == ID_AGAIN)
		return servers_act(ui, ACT_CHECK);
	if (id == ID_STOP)
		return servers_act(ui, ACT_STOP);
	if (id == ID_COMPARE)
		ui_open(ui, &view_compare);
	else
		ui_close(ui);
	return true;
}

static bool
act(struct ui *ui, enum action action, int id)
{
	(void)id;
	if (action == ACT_COMPARE && ui->record == PLANNED_SPF) {
		ui_open(ui, &view_compare);
		return true;
	}
	return servers_act(ui, action);
}

static const char *
hint(struct ui *ui, int id)
{
	(void)ui;
	switch (id) {
	case ID_AGAIN:
		return _("Asks all of them now, past everything remembered.");
	case ID_STOP:
		return _("Looks no more by itself. F5 goes on.");
	case ID_COMPARE:
		return _("Your record beside the one in DNS.");
	default:
		return _("Asked one by one; a resolver may lag behind.");
	}
}

static const char *
help(struct ui *ui, int id)
{
	(void)ui;
	(void)id;
	return _("A domain has several name servers. Your provider changes "
		 "the first of them, and the others follow after seconds or "
		 "minutes. \"Published\" says whether all of them have your "
		 "record.\n\n"
		 "Everybody else asks a resolver, which remembers an answer "
		 "for a while: its time to live (TTL). \"Visible\" says from "
		 "when on the old answer is forgotten. There is nothing you "
		 "can do to make that faster.");
}

const struct view view_servers = {
	.title = title,
	.build = build,
	.press = press,
	.act = act,
	.hint = hint,
	.help = help,
};
