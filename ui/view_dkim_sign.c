/* ui/view_dkim_sign.c - how the mail server is made to sign. */
#include "../checks/base/i18n.h"
#include "../checks/base/str.h"
#include "dkim.h"

enum { ID_SIGNER = 1, ID_DONE = 300, ID_COPY, ID_CLOSE };

static const char *
title(struct ui *ui)
{
	(void)ui;
	return _("Let your server sign");
}

static void
open_sign(struct ui *ui)
{
	struct dkim_fields *f = &ui->dkim;

	for (int i = 0; i < DKIM_SIGNER_COUNT; i++)
		f->signers[i] = _(dkim_signer_label((enum dkim_signer)i));
	f->signer = (struct radio){ .labels = f->signers,
		.count = DKIM_SIGNER_COUNT,
		.chosen = (int)dkim_signer_of(
		    (enum mail_server)session_plan(ui->session)->server) };
}

static struct dkim_signer_key
key_of(struct ui *ui)
{
	const struct plan *plan = session_plan(ui->session);
	const char **trusted =
	    arena_array(ui->arena, plan->nsending + 1, sizeof(*trusted));

	for (size_t i = 0; i < plan->nsending; i++)
		trusted[i] = plan->sending[i];
	return (struct dkim_signer_key){
		.domain = plan->domain,
		.selector = session_dkim_selector(ui->session, ui->arena),
		.file = plan->key_file[0] != '\0' ? plan->key_file : NULL,
		.ed25519 = dkim_plan_is_ed25519(ui->arena, plan),
		.trusted = trusted,
		.ntrusted = plan->nsending,
	};
}

const char *
dkim_sign_text(struct ui *ui)
{
	const struct dkim_signer_key key = key_of(ui);

	return dkim_signer_text(
	    ui->arena, (enum dkim_signer)ui->dkim.signer.chosen, &key);
}

static void
add_lines(struct ui *ui, struct form *form, const char *lines)
{
	struct str rest = str_of(lines);

	while (rest.len > 0)
		form_scroll_text(form, ROLE_HEADING, 5,
		    str_dup(ui->arena, str_word(&rest, '\n')));
}

static void
add_steps(struct ui *ui, struct form *form)
{
	const struct dkim_signer_key key = key_of(ui);
	struct dkim_signer_step *todo;
	size_t n = dkim_signer_steps(
	    ui->arena, (enum dkim_signer)ui->dkim.signer.chosen, &key, &todo);

	for (size_t i = 0; i < n; i++) {
		form_scroll_text(form, ROLE_TEXT, 1,
		    ui_format(ui, "%zu  %s", i + 1, todo[i].say));
		if (todo[i].where != NULL)
			form_scroll_text(form, ROLE_NOTE, 4,
			    ui_format(ui, "%s:", todo[i].where));
		if (todo[i].lines != NULL)
			add_lines(ui, form, todo[i].lines);
		form_scroll_text(form, ROLE_TEXT, 0, "");
	}
}

static void
build(struct ui *ui, struct form *form)
{
	static const struct hint hints[] = {
		{ ACT_LEFT, N_("choose") },
		{ ACT_UP, N_("scroll") },
		{ ACT_COPY, N_("Copy") },
		{ ACT_BACK, N_("close") },
	};

	form->label = 14;
	form_radio(form, ID_SIGNER, 0, _("Signer"), &ui->dkim.signer);
	add_steps(ui, form);
	form_button(form, ID_DONE, _("It signs now"));
	form_button(form, ID_COPY, _("Copy"));
	form_button(form, ID_CLOSE, _("Close"));
	form->hints = hints;
	form->nhints = COUNT(hints);
}

static bool
press(struct ui *ui, int id)
{
	if (id == ID_SIGNER)
		return false;
	if (id == ID_COPY) {
		ui->wish = WISH_PLAIN;
		return true;
	}
	ui_close(ui);
	if (id == ID_DONE)
		session_dkim_switched(ui->session);
	return true;
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
	(void)ui;
	if (id == ID_SIGNER)
		return _("Left and Right: the program that signs.");
	if (id == ID_COPY)
		return _("All of it on the normal screen, for the mouse, the "
			 "clipboard or a file.");
	if (id == ID_DONE)
		return _("Notes the time: an old key may go a week later.");
	return _("Esc closes this and goes back.");
}

static const char *
help(struct ui *ui, int id)
{
	(void)ui;
	(void)id;
	return _("Publish the key first, and begin to sign when it is in DNS: "
		 "signatures that nobody can verify do harm.\n\nRelaxed for "
		 "header and body means that blanks may change on the way. "
		 "The fields that are signed cannot be changed without "
		 "breaking the signature.\n\nWhether it works only a receiver "
		 "can say: send a mail to a mailbox elsewhere, show its "
		 "headers, and look for dkim=pass in Authentication-Results.");
}

const struct view view_dkim_sign = {
	.title = title,
	.open = open_sign,
	.build = build,
	.press = press,
	.act = act,
	.hint = hint,
	.help = help,
};
