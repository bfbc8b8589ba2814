/* ui/view_server.c - what to do on the mail server, in order. */
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "server.h"
#include "topic.h"

enum {
	ID_KIND = FIELD_COUNT + 1,
	ID_DONE = 300,
	ID_COPY,
	ID_NEXT,
	ID_CLOSE,
	ID_BLOCK = 1000, /* and up */
};

enum { GROUP_KIND, GROUP_VALUES, GROUP_BLOCKS };

#define LABEL	     16 /* columns before a value */
#define BLOCK_COLUMN 6 /* of its title */

/* In the order of the radio. */
static const struct {
	enum command_kind kind;
	const char *label;
} kinds[SERVER_KINDS] = {
	{ COMMANDS_EXCHANGE, N_("Exchange") },
	{ COMMANDS_DOVECOT_2_3, N_("Dovecot 2.3") },
	{ COMMANDS_DOVECOT_2_4, N_("2.4") },
	{ COMMANDS_OTHER, N_("another") },
};

/* The values of each kind; all other fields of the plan are asked elsewhere. */
static const enum field_id exchange_values[] = { FIELD_EXCHANGE_NAME,
	FIELD_EXCHANGE_THUMBPRINT, FIELD_EXCHANGE_MAILBOX };
static const enum field_id dovecot_values[] = { FIELD_DOVECOT_CHAIN,
	FIELD_DOVECOT_KEY };

static enum command_kind
kind_of(const struct ui *ui)
{
	return kinds[ui->server.kind.chosen].kind;
}

static size_t
values_of(const struct ui *ui, const enum field_id **out)
{
	switch (kind_of(ui)) {
	case COMMANDS_EXCHANGE:
		*out = exchange_values;
		return COUNT(exchange_values);
	case COMMANDS_DOVECOT_2_3:
	case COMMANDS_DOVECOT_2_4:
		*out = dovecot_values;
		return COUNT(dovecot_values);
	default:
		*out = NULL;
		return 0;
	}
}

static struct command_list
list_of(struct ui *ui)
{
	return server_plan_commands(ui->arena, session_plan(ui->session),
	    session_ports_host(ui->session), kind_of(ui));
}

/* --- the list ------------------------------------------------------------ */

static const char *
title(struct ui *ui)
{
	(void)ui;
	return _("On the mail server");
}

/* The field of a value; NULL: the row is none. */
static struct text_field *
field_of(struct ui *ui, int id)
{
	const enum field_id *values;
	size_t n = values_of(ui, &values);

	for (size_t i = 0; i < n; i++)
		if (id == (int)values[i] + 1)
			return &ui->server.values[i];
	return NULL;
}

static void
load(struct ui *ui)
{
	const enum field_id *values;
	size_t n = values_of(ui, &values);

	for (size_t i = 0; i < n; i++)
		text_field_set(&ui->server.values[i],
		    session_field(ui->session, values[i]));
	ui->server.wildcard = session_plan(ui->session)->mail_server.wildcard;
}

static void
open_server(struct ui *ui)
{
	struct server_fields *f = &ui->server;
	enum command_kind kind = server_plan_kind(session_plan(ui->session));

	f->kind = (struct radio){ .labels = f->kinds, .count = SERVER_KINDS };
	for (int i = 0; i < SERVER_KINDS; i++) {
		f->kinds[i] = _(kinds[i].label);
		if (kinds[i].kind == kind)
			f->kind.chosen = i;
	}
	load(ui);
}

/* What the commands do without it. */
static const char *
empty_text(enum field_id id)
{
	switch (id) {
	case FIELD_EXCHANGE_NAME:
		return _("empty: this one");
	case FIELD_EXCHANGE_THUMBPRINT:
		return _("empty: the newest");
	case FIELD_EXCHANGE_MAILBOX:
		return _("empty: none");
	default:
		return _("empty: certbot's");
	}
}

static void
add_values(struct ui *ui, struct form *form)
{
	const enum field_id *values;
	size_t n = values_of(ui, &values);
	struct row *row;

	for (size_t i = 0; i < n; i++) {
		enum field_id id = values[i];
		bool focused = ui_state(ui)->focus == (int)id + 1;

		row = form_field(form, (int)id + 1, GROUP_VALUES,
		    _(fields[id].label), &ui->server.values[i]);
		row->scrolls = true;
		ui_judge(ui, row, id, focused);
		if (row->field->len == 0)
			row->right = empty_text(id);
	}
	if (kind_of(ui) == COMMANDS_EXCHANGE) {
		row = form_tick(form, FIELD_EXCHANGE_WILDCARD + 1, GROUP_VALUES,
		    _(fields[FIELD_EXCHANGE_WILDCARD].label),
		    &ui->server.wildcard);
		row->scrolls = true;
	}
}

static void
draw_block(const struct row *row, const struct canvas *line, bool focused)
{
	int end = line->cols - 1;

	form_mark(line, focused);
	if (row->right != NULL && line->cols >= 70)
		end = draw_right(line, 0, 1, ROLE_NOTE, row->right) - 2;
	draw_text(line, 0, 3, ROLE_TEXT, row->label);
	draw_cut(line, 0, row->indent, end - row->indent,
	    focused ? ROLE_FOCUS : ROLE_TEXT, row->text);
	if (focused)
		draw_cursor(line, 0, row->indent);
}

/* "Exchange Management Shell, as administrator; ...": its first words. */
static const char *
short_place(struct ui *ui, const char *place)
{
	return arena_memdup(ui->arena, place, strcspn(place, ",;"));
}

static void
add_blocks(struct ui *ui, struct form *form, const struct command_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		form_add(form,
		    (struct row){ .id = ID_BLOCK + (int)i,
			.group = GROUP_BLOCKS,
			.draw = draw_block,
			.scrolls = true,
			.indent = BLOCK_COLUMN,
			.label = ui_format(ui, "%zu", i + 1),
			.text = list->blocks[i].title,
			.right = short_place(ui, list->blocks[i].place) });
}

static void
set_hints(struct ui *ui, struct form *form)
{
	static const struct hint on_block[] = {
		{ ACT_UP, N_("select") },
		{ ACT_ENTER, N_("open") },
		{ ACT_COPY, N_("Copy all") },
		{ ACT_SAVE, N_("Save") },
		{ ACT_BACK, N_("close") },
	};
	static const struct hint elsewhere[] = {
		{ ACT_UP, N_("select") },
		{ ACT_NEXT_FIELD, N_("next") },
		{ ACT_COPY, N_("Copy all") },
		{ ACT_SAVE, N_("Save") },
		{ ACT_BACK, N_("close") },
	};
	bool block = ui_state(ui)->focus >= ID_BLOCK;

	form->hints = block ? on_block : elsewhere;
	form->nhints = block ? COUNT(on_block) : COUNT(elsewhere);
}

static void
build(struct ui *ui, struct form *form)
{
	const struct command_list list = list_of(ui);
	struct row *row;

	form->label = LABEL;
	row = form_radio(
	    form, ID_KIND, GROUP_KIND, _("Mail server"), &ui->server.kind);
	row->scrolls = true;
	add_values(ui, form);
	if (list.error != NULL)
		form_scroll_text(form, ROLE_TEXT, 1, list.error);
	else if (server_plan_odd_ports(session_plan(ui->session)))
		form_scroll_text(form, ROLE_TEXT, 1,
		    _("Your ports are not the usual ones, which stand here: "
		      "change them where they stand."));
	form_scroll_text(form, ROLE_HEADING, 1,
	    kind_of(ui) == COMMANDS_OTHER
		? _("What has to be true, one after the other:")
		: _("What to do, one after the other:"));
	add_blocks(ui, form, &list);
	form_button(form, ID_DONE, _("I have done it"));
	form_button(form, ID_COPY, _("Copy all"));
	form_button(form, ID_CLOSE, _("Close"));
	set_hints(ui, form);
}

static bool
press(struct ui *ui, int id)
{
	if (id == ID_KIND || field_of(ui, id) != NULL)
		return false;
	if (id >= ID_BLOCK) {
		ui->server.block = (size_t)(id - ID_BLOCK);
		ui_open(ui, &view_server_block);
	} else if (id == ID_COPY) {
		ui->wish = WISH_PLAIN;
	} else if (id == ID_DONE) {
		ui_close_all(ui);
		session_server_done(ui->session);
	} else if (id == ID_CLOSE) {
		ui_close(ui);
	}
	return true;
}

/* Which Dovecot it is stays; another server is answered on the first screen. */
static void
choose_kind(struct ui *ui)
{
	enum command_kind kind = kind_of(ui);

	if (kind == COMMANDS_DOVECOT_2_3 || kind == COMMANDS_DOVECOT_2_4)
		ui_said(ui,
		    session_answer(ui->session, FIELD_DOVECOT_VERSION,
			kind == COMMANDS_DOVECOT_2_4 ? "2.4" : "2.3"));
	load(ui);
}

static void
changed(struct ui *ui, int id)
{
	if (id == ID_KIND)
		choose_kind(ui);
	else if (id == FIELD_EXCHANGE_WILDCARD + 1)
		ui_said(ui,
		    session_answer(ui->session, FIELD_EXCHANGE_WILDCARD,
			ui->server.wildcard ? "yes" : "no"));
	else if (field_of(ui, id) != NULL && !ui_typing(ui))
		ui_said(ui,
		    session_answer(ui->session, (enum field_id)(id - 1),
			field_of(ui, id)->text));
}

static void
left(struct ui *ui, int id)
{
	if (field_of(ui, id) != NULL)
		ui_answer(ui, (enum field_id)(id - 1), field_of(ui, id));
}

static bool
act(struct ui *ui, enum action action, int id)
{
	(void)id;
	if (action == ACT_COPY || action == ACT_SAVE)
		ui->wish = WISH_PLAIN;
	return action == ACT_COPY || action == ACT_SAVE;
}

static const char *
hint(struct ui *ui, int id)
{
	if (id == ID_KIND)
		return _("Left and Right: whose commands are shown.");
	if (id == ID_DONE)
		return _("Looks at the ports again, to see what it changed.");
	if (id == ID_COPY)
		return _("All of it on the normal screen, for the mouse, the "
			 "clipboard or a file.");
	if (id >= ID_BLOCK)
		return _("Enter: the commands, how to check them, and how to "
			 "undo them.");
	if (id > 0 && id <= FIELD_COUNT) {
		const char *problem =
		    session_field_problem(ui->session, (enum field_id)(id - 1));

		return problem != NULL ? problem : _(fields[id - 1].hint);
	}
	return _("Esc closes this and goes back.");
}

static const char *
help(struct ui *ui, int id)
{
	if (id > 0 && id <= FIELD_COUNT)
		return ui_field_help(ui, (enum field_id)(id - 1));
	return _("These are the steps for all of POP3, IMAP and submission "
		 "that are used here, in this order. Each says why, how to "
		 "see that it worked, and how to undo it.\n\nNothing is done "
		 "by this program: you do it on the server, then press "
		 "\"I have done it\", and the ports are looked at again.\n\n"
		 "Copy all shows the whole as plain text; there f writes it "
		 "to a file: for Exchange a script that ends in .ps1.");
}

static const char *
topic(struct ui *ui, int id)
{
	(void)ui;
	return id > 0 && id <= FIELD_COUNT ? topic_of_field(id - 1) : NULL;
}

const struct view view_server = {
	.title = title,
	.open = open_server,
	.build = build,
	.press = press,
	.changed = changed,
	.left = left,
	.act = act,
	.hint = hint,
	.help = help,
	.topic = topic,
};

/* --- one block ----------------------------------------------------------- */

static const char *
block_title(struct ui *ui)
{
	return ui_format(ui, _("On the mail server, %zu of %zu"),
	    ui->server.block + 1, list_of(ui).n);
}

static void
add_commands(
    struct ui *ui, struct form *form, const char *heading, const char *lines)
{
	struct str rest = str_of(lines);

	if (rest.len == 0)
		return;
	form_scroll_text(form, ROLE_TEXT, 0, "");
	form_scroll_text(form, ROLE_NOTE, 1, heading);
	while (rest.len > 0)
		form_scroll_text(form, ROLE_HEADING, 3,
		    str_dup(ui->arena, str_word(&rest, '\n')));
}

/* Lines of a sentence are one text. */
static const char *
one_line(struct ui *ui, const char *text)
{
	char *out = arena_strdup(ui->arena, text);

	for (char *p = out; *p != '\0'; p++)
		if (*p == '\n')
			*p = p[1] == '\0' ? '\0' : ' ';
	return out;
}

static void
build_block(struct ui *ui, struct form *form)
{
	static const struct hint hints[] = {
		{ ACT_UP, N_("scroll") },
		{ ACT_LEFT, N_("choose") },
		{ ACT_ENTER, N_("press") },
		{ ACT_COPY, N_("Copy") },
		{ ACT_BACK, N_("close") },
	};
	const struct command_list list = list_of(ui);
	size_t at = ui->server.block;

	form->hints = hints;
	form->nhints = COUNT(hints);
	if (at < list.n) {
		const struct command_block *block = &list.blocks[at];

		form_scroll_text(form, ROLE_HEADING, 1, block->title);
		form_scroll_text(form, ROLE_TEXT, 1, one_line(ui, block->why));
		add_commands(ui, form, ui_format(ui, _("In: %s"), block->place),
		    block->commands);
		add_commands(
		    ui, form, _("How to see that it worked"), block->check);
		add_commands(ui, form, _("How to undo it"), block->undo);
	}
	if (at + 1 < list.n)
		form_button(form, ID_NEXT, _("Next"));
	form_button(form, ID_COPY, _("Copy"));
	form_button(form, ID_CLOSE, _("Close"));
}

static bool
press_block(struct ui *ui, int id)
{
	if (id == ID_NEXT) {
		ui->server.block++;
		*ui_state(ui) = (struct form_state){ 0 };
	} else if (id == ID_COPY) {
		ui->wish = WISH_PLAIN;
	} else {
		ui_close(ui);
		form_focus(ui_state(ui), ID_BLOCK + (int)ui->server.block);
	}
	return true;
}

static bool
act_block(struct ui *ui, enum action action, int id)
{
	size_t n = list_of(ui).n;

	(void)id;
	switch (action) {
	case ACT_NEXT_PROBLEM:
	case ACT_PREVIOUS_PROBLEM:
		if (action == ACT_NEXT_PROBLEM && ui->server.block + 1 < n)
			ui->server.block++;
		else if (action == ACT_PREVIOUS_PROBLEM && ui->server.block > 0)
			ui->server.block--;
		*ui_state(ui) = (struct form_state){ 0 };
		return true;
	case ACT_COPY:
	case ACT_SAVE:
		ui->wish = WISH_PLAIN;
		return true;
	default:
		return false;
	}
}

static const char *
hint_block(struct ui *ui, int id)
{
	(void)ui;
	if (id == ID_NEXT)
		return _("On to what comes behind it.");
	if (id == ID_COPY)
		return _("This one on the normal screen, for the mouse, the "
			 "clipboard or a file.");
	return _("Esc closes this and goes back to the list.");
}

const struct view view_server_block = {
	.title = block_title,
	.build = build_block,
	.press = press_block,
	.act = act_block,
	.hint = hint_block,
	.help = help,
};

/* --- to be copied -------------------------------------------------------- */

const char *
server_text(struct ui *ui)
{
	const struct command_list list = list_of(ui);

	if (list.error != NULL)
		return ui_format(ui, "# %s\n", list.error);
	if (ui_view(ui) == &view_server_block && ui->server.block < list.n)
		return server_plan_block(
		    ui->arena, &list.blocks[ui->server.block], kind_of(ui));
	return server_plan_text(ui->arena, &list, kind_of(ui));
}

const char *
server_suffix(struct ui *ui)
{
	return server_plan_suffix(kind_of(ui));
}
