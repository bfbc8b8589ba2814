/* ui/view_dkim_key.c - a key is made, read from its file, or pasted. */
#include <stdlib.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../wizard/key_file.h"
#include "dkim.h"
#include "save_view.h"
#include "topic.h"

enum {
	ID_HOW = 1,
	ID_NAME,
	ID_KIND,
	ID_FILE,
	ID_PASSPHRASE,
	ID_TEXT,
	ID_DO = 300,
	ID_CLOSE
};

static const char *
title(struct ui *ui)
{
	(void)ui;
	return _("Your DKIM key");
}

/* The name of a new key, and the file it would be kept in. */
static void
propose(struct ui *ui)
{
	struct dkim_key_fields *f = &ui->dkim_key;
	const char *selector = f->how.chosen == DKIM_KEY_MAKE
	    ? session_dkim_fresh_selector(
		  ui->session, ui->arena, (enum key_kind)f->kind.chosen)
	    : session_dkim_selector(ui->session, ui->arena);

	text_field_set(&f->selector, selector);
	if (f->how.chosen == DKIM_KEY_MAKE)
		text_field_set(&f->file,
		    key_file_name(ui->arena, session_plan(ui->session)->domain,
			selector));
	else
		text_field_set(&f->file, session_plan(ui->session)->key_file);
}

static void
open_key(struct ui *ui)
{
	static const char *const hows[] = {
		[DKIM_KEY_MAKE] = N_("make a new one"),
		[DKIM_KEY_READ] = N_("read a file"),
		[DKIM_KEY_PASTE] = N_("paste it"),
	};
	struct dkim_key_fields *f = &ui->dkim_key;
	const struct field *kind = &fields[FIELD_DKIM_KEY_TYPE];

	*f = (struct dkim_key_fields){ 0 };
	for (int i = 0; i < DKIM_KEY_HOWS; i++)
		f->hows[i] = _(hows[i]);
	for (size_t i = 0; i < kind->nchoices; i++)
		f->kinds[i] = _(kind->choices[i].label);
	f->passphrase.secret = true;
	f->how = (struct radio){ .labels = f->hows, .count = DKIM_KEY_HOWS };
	f->kind = (struct radio){ .labels = f->kinds,
		.count = (int)kind->nchoices,
		.chosen = (int)session_plan(ui->session)->key_type };
	propose(ui);
}

static void
add_words(struct ui *ui, struct form *form)
{
	static const char *const words[] = {
		[DKIM_KEY_MAKE] =
		    N_("A new pair of keys: the private one goes into a file "
		       "that only you can read, the public one into the "
		       "record. What is in DNS now is not touched."),
		[DKIM_KEY_READ] =
		    N_("The server signs with a key already, and its file can "
		       "be read from here. Only the public part is taken from "
		       "it; then DNS is compared with that."),
		[DKIM_KEY_PASTE] =
		    N_("Your server or provider has the private key. Paste "
		       "the record it shows, or the public key: then DNS is "
		       "compared with it."),
	};

	form_text(form, DROP_PURPOSE, ROLE_TEXT, 1,
	    _(words[ui->dkim_key.how.chosen]));
	form_blank(form);
}

static void
build(struct ui *ui, struct form *form)
{
	static const struct hint hints[] = {
		{ ACT_LEFT, N_("choose") },
		{ ACT_NEXT_FIELD, N_("next") },
		{ ACT_BACK, N_("close") },
	};
	static const struct hint typing[] = {
		{ ACT_TEXT, N_("to edit") },
		{ ACT_NEXT_FIELD, N_("next") },
		{ ACT_BACK, N_("close") },
	};
	struct dkim_key_fields *f = &ui->dkim_key;
	int focus = ui_state(ui)->focus;
	bool in_text = focus == ID_NAME || focus == ID_FILE ||
	    focus == ID_TEXT || focus == ID_PASSPHRASE;
	struct row *row;

	form->label = 18;
	add_words(ui, form);
	form_radio(form, ID_HOW, 0, _("What to do"), &f->how);
	row = form_field(form, ID_NAME, 1, _("Selector"), &f->selector);
	ui_judge(ui, row, FIELD_DKIM_KEY_SELECTOR, focus == ID_NAME);
	if (f->how.chosen == DKIM_KEY_MAKE)
		form_radio(form, ID_KIND, 2,
		    _(fields[FIELD_DKIM_KEY_TYPE].label), &f->kind);
	if (f->how.chosen != DKIM_KEY_PASTE)
		form_field(form, ID_FILE, 3, _("File"), &f->file);
	if (f->how.chosen == DKIM_KEY_READ && f->locked)
		form_field(
		    form, ID_PASSPHRASE, 4, _("Passphrase"), &f->passphrase);
	if (f->how.chosen == DKIM_KEY_PASTE)
		form_field(form, ID_TEXT, 5, _("Public key"), &f->text);
	form_button(form, ID_DO,
	    f->how.chosen == DKIM_KEY_MAKE ? _("Make the key")
					   : _("Take this key"));
	form_button(form, ID_CLOSE, _("Close"));
	form->hints = in_text ? typing : hints;
	form->nhints = COUNT(hints);
}

static const char *
do_it(struct ui *ui)
{
	struct dkim_key_fields *f = &ui->dkim_key;
	const char *path = save_view_path(ui, f->file.text);
	const char *problem;

	switch ((enum dkim_key_how)f->how.chosen) {
	case DKIM_KEY_MAKE:
		return session_dkim_make(ui->session, f->selector.text,
		    (enum key_kind)f->kind.chosen, path);
	case DKIM_KEY_READ:
		problem = session_dkim_read(ui->session, f->selector.text, path,
		    f->passphrase.len > 0 ? f->passphrase.text : NULL,
		    &f->locked);
		secret_wipe(&f->passphrase, sizeof(f->passphrase));
		f->passphrase.secret = true;
		if (f->locked)
			form_focus(ui_state(ui), ID_PASSPHRASE);
		return problem;
	default:
		return session_dkim_take(
		    ui->session, f->selector.text, f->text.text);
	}
}

static bool
press(struct ui *ui, int id)
{
	const char *problem;

	if (id == ID_CLOSE) {
		ui_close(ui);
		return true;
	}
	if (id != ID_DO)
		return false;
	problem = do_it(ui);
	if (problem != NULL) {
		ui_note(ui, MESSAGE_FAIL, problem);
		return true;
	}
	ui_close(ui);
	ui->dkim.selector_typed = false;
	return true;
}

/* Closed in whatever way, the passphrase is gone. */
static bool
act(struct ui *ui, enum action action, int id)
{
	struct text_field *passphrase = &ui->dkim_key.passphrase;

	(void)id;
	if (action == ACT_BACK || action == ACT_STEPS || action == ACT_QUIT)
		secret_wipe(passphrase, sizeof(*passphrase));
	passphrase->secret = true;
	return false;
}

static void
changed(struct ui *ui, int id)
{
	if (id == ID_HOW || id == ID_KIND)
		propose(ui);
}

static const char *
hint(struct ui *ui, int id)
{
	switch (id) {
	case ID_HOW:
		return _("Left and Right: where the key comes from.");
	case ID_NAME:
		return _(fields[FIELD_DKIM_KEY_SELECTOR].hint);
	case ID_KIND:
		return _(fields[FIELD_DKIM_KEY_TYPE].hint);
	case ID_PASSPHRASE:
		return _("It is used once, and forgotten.");
	case ID_FILE:
		if (ui->dkim_key.how.chosen == DKIM_KEY_READ)
			return _("Such as the KeyFile of OpenDKIM; you need "
				 "the right to read it.");
		return _("A new file for the private key; nothing is ever "
			 "written over.");
	case ID_TEXT:
		return _(fields[FIELD_DKIM_PUBLIC].hint);
	case ID_DO:
		return ui->dkim_key.how.chosen == DKIM_KEY_MAKE
		    ? _("Takes a second or more; then the record is there.")
		    : _("Only the public key is kept.");
	default:
		return _("Esc closes this; nothing is changed.");
	}
}

static const char *
help(struct ui *ui, int id)
{
	(void)id;
	return ui_field_help(ui, FIELD_DKIM_PUBLIC);
}

static const char *
topic(struct ui *ui, int id)
{
	(void)ui;
	if (id == ID_NAME)
		return topic_of_field(FIELD_DKIM_KEY_SELECTOR);
	if (id == ID_KIND)
		return topic_of_field(FIELD_DKIM_KEY_TYPE);
	return topic_of_field(FIELD_DKIM_PUBLIC);
}

const struct view view_dkim_key = {
	.title = title,
	.open = open_key,
	.build = build,
	.press = press,
	.changed = changed,
	.act = act,
	.hint = hint,
	.help = help,
	.topic = topic,
};
