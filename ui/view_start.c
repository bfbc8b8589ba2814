/* ui/view_start.c - the first screen: which domain it is about. */
#include <string.h>
#include <time.h>

#include "../checks/base/i18n.h"
#include "../wizard/help.h"
#include "topic.h"

enum { /* ids of rows; fields have their field_id + 1 */
	ID_SAVED = 200,
	ID_START = 300,
};

enum { GROUP_DOMAIN, GROUP_HOST, GROUP_SERVER, GROUP_RESOLVER, GROUP_SAVED };

static const char *
title(struct ui *ui)
{
	(void)ui;
	return _("Start");
}

static void
open_start(struct ui *ui)
{
	struct start_fields *f = &ui->start;
	const struct field *server = &fields[FIELD_SERVER];
	const char *word = session_field(ui->session, FIELD_SERVER);

	text_field_set(&f->domain, session_field(ui->session, FIELD_DOMAIN));
	text_field_set(&f->host, session_field(ui->session, FIELD_HOST));
	text_field_set(
	    &f->resolver, session_field(ui->session, FIELD_RESOLVER));
	f->server = (struct radio){ .labels = f->labels,
		.count = (int)server->nchoices };
	for (size_t i = 0; i < server->nchoices; i++) {
		f->labels[i] = _(server->choices[i].label);
		if (strcmp(server->choices[i].word, word) == 0)
			f->server.chosen = (int)i;
	}
}

static struct text_field *
field_of(struct ui *ui, int id)
{
	switch (id - 1) {
	case FIELD_DOMAIN:
		return &ui->start.domain;
	case FIELD_HOST:
		return &ui->start.host;
	case FIELD_RESOLVER:
		return &ui->start.resolver;
	default:
		return NULL;
	}
}

/* --- verdicts from DNS, beside the fields -------------------------------- */

static void
verdict(struct row *row, enum role role, const char *badge, const char *text)
{
	row->badge = badge;
	row->badge_role = role;
	row->right = text;
}

/* True when the verdict is about what stands in the field now. */
static bool
is_about(const struct row *row, const struct answer *answer)
{
	return answer != NULL && strcmp(answer->name, row->field->text) == 0;
}

static void
could_not_look(struct ui *ui, struct row *row, const struct answer *answer)
{
	verdict(row, ROLE_WARN, _("WARN"),
	    ui_format(ui, _("could not look: %s"),
		answer->why == NULL ? "?" : answer->why));
}

static void
judge_domain_live(
    struct ui *ui, struct row *row, const struct start_facts *facts)
{
	if (!is_about(row, facts->domain))
		return;
	switch (facts->domain->outcome) {
	case DNS_FOUND:
	case DNS_NO_DATA:
		verdict(row, ROLE_OK, _("OK"), row->right);
		break;
	case DNS_NO_NAME:
		verdict(row, ROLE_WARN, _("WARN"),
		    session_is_demo(ui->session) ? _("not in the demo")
						 : _("not in DNS"));
		break;
	default:
		could_not_look(ui, row, facts->domain);
	}
}

static void
judge_host_live(struct ui *ui, struct row *row, const struct start_facts *facts)
{
	const struct answer *a = facts->a;

	if (!is_about(row, a))
		return;
	if (a->nrecords == 0 && is_about(row, facts->aaaa) &&
	    facts->aaaa->nrecords > 0)
		a = facts->aaaa;
	if (a->nrecords > 0)
		verdict(row, ROLE_OK, _("OK"),
		    ui_format(ui, "%s%s", ip_print(ui->arena, a->records[0].ip),
			facts->here ? _(" (this host)") : ""));
	else if (a->outcome == DNS_NO_NAME || a->outcome == DNS_NO_DATA)
		verdict(row, ROLE_WARN, _("WARN"), _("no address in DNS"));
	else
		could_not_look(ui, row, a);
}

static void
judge_resolver_live(
    struct ui *ui, struct row *row, const struct start_facts *facts)
{
	if (facts->answered)
		verdict(row, ROLE_OK, _("OK"),
		    facts->took_ms < 100
			? _("answered at once")
			: ui_format(ui, _("answered in %lld ms"),
			      (long long)facts->took_ms));
	else if (facts->why != NULL)
		verdict(row, ROLE_WARN, _("WARN"), facts->why);
}

static void
judge_live(struct ui *ui, struct row *row, enum field_id id)
{
	const struct look *look = session_look(ui->session, LOOK_START);

	if (session_busy(ui->session, LOOK_START)) {
		verdict(row, ROLE_WAIT, _("WAIT"), _("asking DNS"));
		return;
	}
	if (look == NULL)
		return;
	if (id == FIELD_DOMAIN)
		judge_domain_live(ui, row, &look->start);
	else if (id == FIELD_HOST)
		judge_host_live(ui, row, &look->start);
	else
		judge_resolver_live(ui, row, &look->start);
}

static void
add_field(struct ui *ui, struct form *form, enum field_id id, int group)
{
	struct row *row = form_field(form, (int)id + 1, group,
	    _(fields[id].label), field_of(ui, (int)id + 1));
	bool focused = ui->state[WIZ_START].focus == row->id;

	ui_judge(ui, row, id, focused);
	if (row->badge_role == ROLE_FAIL || (focused && ui_typing(ui)))
		return;
	if (row->field->len > 0 || id == FIELD_RESOLVER)
		judge_live(ui, row, id);
}

/* --- saved work ---------------------------------------------------------- */

static const char *
ago(struct ui *ui, time_t then)
{
	long minutes = (long)(time(NULL) - then) / 60;
	long n = minutes < 0 ? 0 : minutes;

	if (n < 2)
		return _("just now");
	if (n < 120)
		return ui_format(ui, _("%ld minutes ago"), n);
	if (n < 48 * 60)
		return ui_format(ui, _("%ld hours ago"), n / 60);
	return ui_format(ui, _("%ld days ago"), n / (60 * 24));
}

static void
draw_saved(const struct row *row, const struct canvas *line, bool focused)
{
	const char *button = _("< Resume it >");
	int x = line->cols - text_columns(button) - 1;

	form_mark(line, focused);
	draw_text(line, 0, 3, ROLE_TEXT, row->label);
	draw_cut(
	    line, 0, row->indent, x - row->indent - 1, ROLE_TEXT, row->text);
	draw_text(line, 0, x, focused ? ROLE_FOCUS : ROLE_TEXT, button);
	if (focused)
		draw_cursor(line, 0, x + 2);
}

static void
add_saved(struct ui *ui, struct form *form)
{
	size_t n;
	const struct saved_plan *saved = session_saved(ui->session, &n);

	if (n > 0)
		form_blank(form);
	for (size_t i = 0; i < n; i++) {
		unsigned int step =
		    saved[i].step < WIZ_COUNT ? saved[i].step : WIZ_START;

		form_add(form,
		    (struct row){ .id = ID_SAVED + (int)i,
			.group = GROUP_SAVED,
			.scrolls = true,
			.indent = FORM_LABEL,
			.draw = draw_saved,
			.label = i == 0 ? _("Saved work") : "",
			.text = ui_format(ui, "%s   %s, %s", saved[i].domain,
			    _(steps[step].name), ago(ui, saved[i].changed)) });
	}
}

static void
add_demo_words(struct form *form)
{
	form_blank(form);
	form_text(form, DROP_NEVER, ROLE_TEXT, 1,
	    _("This is a demo. The bakery below is made up, and its mail lands "
	      "in spam: its DNS has the faults that real domains have. You "
	      "repair them step by step, in ten minutes or less."));
	form_blank(form);
	form_text(form, DROP_PURPOSE, ROLE_TEXT, 3,
	    _("Nothing is asked on the network and nothing is saved. What you "
	      "publish appears in the demo's own DNS some seconds later, as "
	      "it would in real life after an hour."));
	form_blank(form);
	form_text(form, DROP_PURPOSE, ROLE_TEXT, 3,
	    _("Leave the answers below as they are, and press Start (Ctrl-N). "
	      "The last line of the screen always says which keys work."));
	form_blank(form);
}

static void
add_words(struct form *form)
{
	form_blank(form);
	form_text(form, DROP_PURPOSE, ROLE_TEXT, 1,
	    _("This wizard helps you to get the mail of one domain "
	      "accepted: it looks at the domain and its mail servers, says "
	      "what is wrong, and writes the SPF record with you. It takes "
	      "about ten minutes and can be stopped and continued at any "
	      "time."));
	form_blank(form);
	form_text(form, DROP_PURPOSE, ROLE_TEXT, 3,
	    _("It reads DNS. It changes nothing by itself: it shows what to "
	      "do and checks the result. To practise first: "
	      "mailwizard --demo"));
	form_blank(form);
	form_text(form, DROP_NOTE, ROLE_TEXT, 3,
	    _("Have ready:  1  your domain name"));
	form_text(form, DROP_NOTE, ROLE_TEXT, 16,
	    _("2  the login of your DNS provider"));
	form_text(form, DROP_NOTE, ROLE_TEXT, 16,
	    _("3  the addresses from which your mail leaves"));
	form_blank(form);
}

static void
build(struct ui *ui, struct form *form)
{
	static const struct hint typing[] = {
		{ ACT_TEXT, N_("to edit") },
		{ ACT_ENTER, N_("next field") },
		{ ACT_NEXT_STEP, N_("start") },
		{ ACT_NEXT_FIELD, N_("next") },
	};
	static const struct hint choosing[] = {
		{ ACT_LEFT, N_("choose") },
		{ ACT_NEXT_FIELD, N_("next") },
		{ ACT_NEXT_STEP, N_("start") },
	};
	static const struct hint pressing[] = {
		{ ACT_ENTER, N_("press") },
		{ ACT_NEXT_FIELD, N_("next") },
		{ ACT_NEXT_STEP, N_("start") },
	};
	int focus = ui->state[WIZ_START].focus;

	if (session_is_demo(ui->session))
		add_demo_words(form);
	else
		add_words(form);
	add_field(ui, form, FIELD_DOMAIN, GROUP_DOMAIN);
	add_field(ui, form, FIELD_HOST, GROUP_HOST);
	form_radio(form, FIELD_SERVER + 1, GROUP_SERVER,
	    _(fields[FIELD_SERVER].label), &ui->start.server)
	    ->right = session_origin(ui->session, FIELD_SERVER);
	if (!session_is_demo(ui->session))
		add_field(ui, form, FIELD_RESOLVER, GROUP_RESOLVER);
	add_saved(ui, form);
	form_button(form, ID_START, _("Start"));
	form->hints = typing;
	form->nhints = COUNT(typing);
	if (focus == FIELD_SERVER + 1) {
		form->hints = choosing;
		form->nhints = COUNT(choosing);
	} else if (focus >= ID_SAVED) {
		form->hints = pressing;
		form->nhints = COUNT(pressing);
	}
}

static bool
press(struct ui *ui, int id)
{
	if (id == ID_START) {
		ui_next_step(ui);
		return true;
	}
	if (id >= ID_SAVED) {
		session_resume(ui->session, (size_t)(id - ID_SAVED));
		return true;
	}
	return false;
}

/* While typing nothing is judged; after a pause it is, and kept. */
static void
changed(struct ui *ui, int id)
{
	struct text_field *field = field_of(ui, id);
	const char *problem;

	if (id == FIELD_SERVER + 1) {
		session_answer(ui->session, FIELD_SERVER,
		    fields[FIELD_SERVER].choices[ui->start.server.chosen].word);
		return;
	}
	if (field == NULL || ui_typing(ui))
		return;
	problem =
	    session_answer(ui->session, (enum field_id)(id - 1), field->text);
	if (problem != NULL)
		ui_note(ui, MESSAGE_FAIL, problem);
}

static void
left(struct ui *ui, int id)
{
	struct text_field *field = field_of(ui, id);

	if (field != NULL)
		ui_answer(ui, (enum field_id)(id - 1), field);
}

static const char *
hint(struct ui *ui, int id)
{
	struct text_field *field = field_of(ui, id);

	if (id == ID_START)
		return _("Looks at the domain, then shows what it found.");
	if (id >= ID_SAVED)
		return _("Goes on where you stopped.");
	if (field != NULL &&
	    session_field_problem(ui->session, (enum field_id)(id - 1)) != NULL)
		return session_field_problem(
		    ui->session, (enum field_id)(id - 1));
	return id > 0 && id <= FIELD_COUNT && fields[id - 1].hint != NULL
	    ? _(fields[id - 1].hint)
	    : "";
}

static const char *
help(struct ui *ui, int id)
{
	if (id > 0 && id <= FIELD_COUNT)
		return ui_field_help(ui, (enum field_id)(id - 1));
	return _(steps[WIZ_START].purpose);
}

static const char *
topic(struct ui *ui, int id)
{
	(void)ui;
	if (id > 0 && id <= FIELD_COUNT)
		return topic_of_field(id - 1);
	return help_for_step(steps[WIZ_START].help);
}

const struct view view_start = {
	.title = title,
	.open = open_start,
	.build = build,
	.press = press,
	.changed = changed,
	.left = left,
	.hint = hint,
	.help = help,
	.topic = topic,
};
