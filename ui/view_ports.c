/* ui/view_ports.c - the steps POP3, IMAP and SMTP: each port, what was found.
 * The three are one view; which protocol it is about, the step says. */
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "findings.h"
#include "page.h"
#include "server.h"

enum { /* ids of rows of its own */
	ID_PORT = PAGE_OWN, /* and up, one a port */
	ID_PORT_END = ID_PORT + PLAN_PORTS,
	ID_LOGIN,
	ID_SERVER = PAGE_CONTINUE + 1,
};

enum { GROUP_USED, GROUP_HOST, GROUP_PORTS, GROUP_LINES };

#define ID_HOST	      (FIELD_HOST + 1)
#define LABEL	      17 /* columns before a field */
#define LABEL_COLUMNS 13 /* "995 STARTTLS " */

static enum mail_protocol
protocol_of(const struct ui *ui)
{
	enum mail_protocol protocol = MAIL_POP3;

	ports_protocol(ui->at, &protocol);
	return protocol;
}

static int
used_id(const struct ui *ui)
{
	return (int)ports_used_field(protocol_of(ui)) + 1;
}

static int
ports_id(const struct ui *ui)
{
	return (int)ports_port_field(protocol_of(ui)) + 1;
}

static const char *
title(struct ui *ui)
{
	return _(steps[ui->at].name);
}

static struct text_field *
field_of(struct ui *ui, int id)
{
	if (id == ID_HOST)
		return &ui->ports.host;
	return id == ports_id(ui) ? &ui->ports.ports : NULL;
}

static void
load(struct ui *ui, int id)
{
	text_field_set(field_of(ui, id),
	    session_field(ui->session, (enum field_id)(id - 1)));
}

static void
open_ports(struct ui *ui)
{
	load(ui, ID_HOST);
	load(ui, ports_id(ui));
}

/* --- rows ---------------------------------------------------------------- */

static void
add_used(struct ui *ui, struct form *form)
{
	const struct plan *plan = session_plan(ui->session);
	struct ports_fields *f = &ui->ports;
	unsigned int use = plan->ports[protocol_of(ui)].use;
	struct row *row;

	f->labels[0] = _("yes");
	f->labels[1] = _("no");
	f->used = (struct radio){ .labels = f->labels,
		.count = 2,
		.chosen = use == USE_YES ? 0
		    : use == USE_NO	 ? 1
					 : -1 };
	row = form_radio(form, used_id(ui), GROUP_USED,
	    _(fields[used_id(ui) - 1].label), &f->used);
	if (use == USE_UNKNOWN)
		row->right = _("not answered yet");
}

static void
add_field(struct ui *ui, struct form *form, int id, int group)
{
	enum field_id field = (enum field_id)(id - 1);
	bool focused = ui->state[ui->at].focus == id;
	const char *host = session_ports_host(ui->session);
	struct row *row;

	if (!focused)
		load(ui, id);
	row = form_field(
	    form, id, group, _(fields[field].label), field_of(ui, id));
	ui_judge(ui, row, field, focused);
	if (row->field->len > 0)
		return;
	if (id != ID_HOST)
		row->right = ui_format(ui, _("empty: %s"),
		    ports_plan_texts(
			ui->arena, session_plan(ui->session), protocol_of(ui)));
	else if (host != NULL)
		row->right = ui_format(
		    ui, _("found: %s"), printable(ui->arena, str_of(host)));
	else
		row->right = _("type the name here");
}

/* "> FAIL  995 TLS      Nothing listens at 192.0.2.25" */
static void
draw_port(const struct row *row, const struct canvas *line, bool focused)
{
	int at = row->indent + LABEL_COLUMNS;

	form_mark(line, focused);
	draw_badge(line, 0, 3, row->badge_role, row->badge);
	draw_text(line, 0, row->indent, focused ? ROLE_FOCUS : ROLE_HEADING,
	    row->label);
	draw_cut(line, 0, at, line->cols - at - 1,
	    focused ? ROLE_FOCUS : ROLE_TEXT, row->text);
	if (focused)
		draw_cursor(line, 0, row->indent);
}

static const char *
port_badge(struct ui *ui, const struct port_line *line)
{
	if (line->seen)
		return severity_badge(line->worst);
	return session_busy(ui->session, page_look(ui->at)) ? _("WAIT")
							    : _("TODO");
}

/* Column behind the widest badge. */
static int
badges_end(struct ui *ui, const struct port_line *lines, size_t n)
{
	int width = 4;

	for (size_t i = 0; i < n; i++) {
		int one = text_columns(port_badge(ui, &lines[i]));

		if (one > width)
			width = one;
	}
	return width + 5;
}

/* How TLS begins there, as the protocol calls it. */
static const char *
port_label(struct ui *ui, const struct port *port)
{
	return ui_format(ui, "%u %s", port->at.port,
	    port->implicit_tls		      ? "TLS"
		: port->protocol == MAIL_POP3 ? "STLS"
					      : "STARTTLS");
}

static void
add_lines(struct ui *ui, struct form *form)
{
	struct port_line *lines;
	size_t n =
	    session_port_lines(ui->session, ui->arena, protocol_of(ui), &lines);
	bool busy = session_busy(ui->session, page_look(ui->at));

	for (size_t i = 0; i < n; i++) {
		const struct port_line *line = &lines[i];
		struct row row = { .id = ID_PORT + (int)i,
			.group = GROUP_LINES,
			.draw = draw_port,
			.scrolls = true,
			.indent = badges_end(ui, lines, n),
			.label = port_label(ui, &line->port),
			.text = busy ? _("looking") : _("not looked yet"),
			.badge = port_badge(ui, line),
			.badge_role = busy ? ROLE_WAIT : ROLE_NOTE };

		if (line->seen) {
			row.badge_role = role_of_severity(line->worst);
			row.text = line->text;
		}
		form_add(form, row);
	}
}

static void
draw_login(const struct row *row, const struct canvas *line, bool focused)
{
	form_mark(line, focused);
	draw_cut(line, 0, row->indent, line->cols - row->indent - 1,
	    focused ? ROLE_FOCUS : ROLE_TEXT, row->label);
	if (focused)
		draw_cursor(line, 0, row->indent);
}

static void
add_login(struct ui *ui, struct form *form)
{
	if (session_can_log_in(ui->session, protocol_of(ui)))
		form_add(form,
		    (struct row){ .id = ID_LOGIN,
			.group = GROUP_LINES,
			.draw = draw_login,
			.scrolls = true,
			.indent = 3,
			.label = _("Try a login here ...") });
}

/* What keeps the step from being looked at, or from being green. */
static const char *
obstacle(struct ui *ui)
{
	switch (session_ports_state(ui->session, protocol_of(ui))) {
	case PORTS_NO_HOST:
		return _("No MX record leads to a host inside the domain. Type "
			 "the name mail programs connect to, as Mail host.");
	case PORTS_NOT_ANSWERED:
		return _("Nothing listens there. If nobody uses it, that is "
			 "right: choose \"no\" above.");
	case PORTS_UNSEEN:
		return _("None of these can be seen from here. Look again from "
			 "a machine that reaches the server.");
	default:
		return NULL;
	}
}

/* The finding that the focus is at; NULL: at none. */
static const struct finding *
focused_finding(struct ui *ui)
{
	int focus = ui->state[ui->at].focus;
	struct port_line *lines;
	size_t n;

	if (focus >= PAGE_FINDING)
		return findings_at(ui, page_look(ui->at), focus - PAGE_FINDING);
	n = session_port_lines(ui->session, ui->arena, protocol_of(ui), &lines);
	if (focus < ID_PORT || (size_t)(focus - ID_PORT) >= n)
		return NULL;
	return lines[focus - ID_PORT].finding;
}

/* What it means, below the list, where there is room. */
static void
add_explanation(struct ui *ui, struct form *form)
{
	const struct finding *f = focused_finding(ui);

	if (f == NULL || f->severity == SEV_PASS)
		return;
	form_text(form, DROP_NOTE, ROLE_TEXT, 1,
	    ui_format(ui, _("Why: %s"), finding_text(ui->arena, f)));
}

static void
set_hints(struct ui *ui, struct form *form)
{
	static const struct hint choosing[] = {
		{ ACT_LEFT, N_("choose") },
		{ ACT_UP, N_("select") },
		{ ACT_CHECK, N_("check") },
		{ ACT_BACK, N_("back") },
	};
	static const struct hint in_text[] = {
		{ ACT_TEXT, N_("to edit") },
		{ ACT_ENTER, N_("next field") },
		{ ACT_CHECK, N_("check") },
		{ ACT_BACK, N_("back") },
	};
	static const struct hint elsewhere[] = {
		{ ACT_UP, N_("select") },
		{ ACT_ENTER, N_("open") },
		{ ACT_NEXT_PROBLEM, N_("next problem") },
		{ ACT_CHECK, N_("check") },
		{ ACT_BACK, N_("back") },
	};
	int focus = ui->state[ui->at].focus;

	form->hints = elsewhere;
	form->nhints = COUNT(elsewhere);
	if (focus == 0 || focus == used_id(ui)) {
		form->hints = choosing;
		form->nhints = COUNT(choosing);
	} else if (field_of(ui, focus) != NULL) {
		form->hints = in_text;
		form->nhints = COUNT(in_text);
	}
}

static void
add_buttons(struct form *form, bool looks)
{
	form_button(form, PAGE_BACK, _("Back"));
	if (looks)
		form_button(form, PAGE_CHECK, _("Check"));
	if (looks)
		form_button(form, ID_SERVER, _("On the server"));
	form_button(form, PAGE_CONTINUE, _("Continue"));
}

static void
add_found(struct ui *ui, struct form *form)
{
	const char *host = session_ports_host(ui->session);
	const char *text = obstacle(ui);

	findings_add_status(ui, form, page_look(ui->at),
	    host == NULL ? _("What was found")
			 : ui_format(ui, _("At %s"),
			       printable(ui->arena, str_of(host))));
	add_lines(ui, form);
	add_login(ui, form);
	if (text != NULL)
		form_scroll_text(form, ROLE_TEXT, 3, text);
	findings_add(ui, form, page_look(ui->at), PAGE_FINDING, PAGE_GROUP + 1);
	add_explanation(ui, form);
}

static const char *
nothing_text(struct ui *ui)
{
	switch (ports_plan_use(session_plan(ui->session), protocol_of(ui))) {
	case PORTS_NO_MAIL:
		return protocol_of(ui) == MAIL_SMTP
		    ? _("You said that this domain sends no mail. Then nobody "
			"has to log in to send.")
		    : _("You said that this domain receives no mail. Then "
			"there is nothing to fetch.");
	default:
		return _("You said that nobody uses it. Then its ports are "
			 "best closed, and nothing is looked at.");
	}
}

static void
build(struct ui *ui, struct form *form)
{
	const struct plan *plan = session_plan(ui->session);
	bool looks = ports_plan_looks(plan, protocol_of(ui));

	page_begin(form, ui->at);
	form->label = LABEL;
	if (ports_plan_use(plan, protocol_of(ui)) != PORTS_NO_MAIL)
		add_used(ui, form);
	if (looks) {
		add_field(ui, form, ID_HOST, GROUP_HOST);
		add_field(ui, form, ports_id(ui), GROUP_PORTS);
		form_blank(form);
		add_found(ui, form);
	} else {
		form_blank(form);
		form_scroll_text(form, ROLE_TEXT, 1, nothing_text(ui));
	}
	add_buttons(form, looks);
	set_hints(ui, form);
}

/* --- keys ---------------------------------------------------------------- */

/* Its worst finding; what is fine says so on the message line. */
static void
open_line(struct ui *ui, size_t i)
{
	const struct finding **list = NULL;
	struct port_line *lines;
	size_t n =
	    session_port_lines(ui->session, ui->arena, protocol_of(ui), &lines);
	size_t nlist = findings_list(ui, page_look(ui->at), &list);

	for (size_t k = 0; i < n && k < nlist; k++)
		if (list[k] == lines[i].finding) {
			findings_open(ui, page_look(ui->at), (int)k);
			return;
		}
	if (i < n && lines[i].seen)
		ui_note(ui, MESSAGE_OK, _("Nothing is wrong at this port."));
	else
		ui_note(ui, MESSAGE_WAIT, _("Nothing is known of it yet."));
}

static bool
press(struct ui *ui, int id)
{
	if (id == used_id(ui) || field_of(ui, id) != NULL)
		return false;
	if (id >= ID_PORT && id < ID_PORT_END)
		open_line(ui, (size_t)(id - ID_PORT));
	else if (id == ID_LOGIN)
		ui_open(ui, &view_login);
	else if (id == ID_SERVER)
		ui_open(ui, &view_server);
	else
		return page_press(ui, ui->at, id);
	return true;
}

static void
changed(struct ui *ui, int id)
{
	const char *problem = NULL;

	if (id == used_id(ui) && ui->ports.used.chosen >= 0)
		problem = session_answer(ui->session, (enum field_id)(id - 1),
		    ui->ports.used.chosen == 0 ? "yes" : "no");
	else if (field_of(ui, id) != NULL && !ui_typing(ui))
		problem = session_answer(ui->session, (enum field_id)(id - 1),
		    field_of(ui, id)->text);
	if (problem != NULL)
		ui_note(ui, MESSAGE_FAIL, problem);
}

/* Who only passes by changes nothing. */
static void
left(struct ui *ui, int id)
{
	struct text_field *field = field_of(ui, id);

	if (field != NULL &&
	    strcmp(field->text,
		session_field(ui->session, (enum field_id)(id - 1))) != 0)
		ui_answer(ui, (enum field_id)(id - 1), field);
}

static bool
act(struct ui *ui, enum action action, int id)
{
	return id != ID_HOST && id != ports_id(ui) &&
	    page_act(ui, ui->at, action);
}

/* --- texts --------------------------------------------------------------- */

static const char *
hint(struct ui *ui, int id)
{
	const struct finding *f = focused_finding(ui);

	if (id == PAGE_CHECK)
		return _("Looks at all ports again, and at DNS.");
	if (id == ID_LOGIN)
		return _("Name and password, as a mail program gives them.");
	if (id == ID_SERVER)
		return _("What to do on the mail server, with its commands.");
	if (id >= ID_PORT && id < ID_PORT_END) {
		if (f == NULL)
			return _("One port, at every address of the host.");
		return finding_fix(ui->arena, f);
	}
	return page_hint(ui, ui->at, id);
}

static const char *
help(struct ui *ui, int id)
{
	const struct finding *f = focused_finding(ui);

	if (id >= ID_PORT && id < ID_PORT_END && f != NULL)
		return ui_format(ui, "%s.\n\n%s\n\n%s",
		    finding_title(ui->arena, f), finding_text(ui->arena, f),
		    finding_fix(ui->arena, f));
	return page_help(ui, ui->at, id);
}

static const char *
topic(struct ui *ui, int id)
{
	if (id >= ID_PORT && id <= ID_LOGIN)
		return page_topic(ui, ui->at, 0);
	return page_topic(ui, ui->at, id);
}

const struct view view_ports = {
	.title = title,
	.open = open_ports,
	.build = build,
	.press = press,
	.changed = changed,
	.left = left,
	.act = act,
	.hint = hint,
	.help = help,
	.topic = topic,
};
