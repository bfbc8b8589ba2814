/* ui/view_login.c - a login is tried at the ports of the step below. */
#include "../checks/base/i18n.h"
#include "../checks/crypto.h"
#include "findings.h"
#include "view.h"

enum {
	ID_USER = 1,
	ID_PASSWORD,
	ID_DO = 300,
	ID_CLOSE,
	ID_FINDING = 1000, /* and up */
};

#define LABEL 14 /* columns before a field */

static enum mail_protocol
protocol_of(const struct ui *ui)
{
	enum mail_protocol protocol = MAIL_POP3;

	ports_protocol(ui->at, &protocol);
	return protocol;
}

static const char *
title(struct ui *ui)
{
	return ui_format(ui, _("A login: %s"), _(steps[ui->at].name));
}

static void
forget_password(struct ui *ui)
{
	struct text_field *password = &ui->login.password;

	secret_wipe(password, sizeof(*password));
	password->secret = true;
}

static void
open_login(struct ui *ui)
{
	forget_password(ui);
	session_forget_login(ui->session);
}

/* --- rows ---------------------------------------------------------------- */

/* Of the worst finding: what it means, and what to do. */
static void
add_meaning(struct ui *ui, struct form *form)
{
	const struct finding *f = findings_at(ui, LOOK_LOGIN, 0);

	if (f == NULL) {
		form_scroll_text(form, ROLE_TEXT, 3,
		    _("There is no port at which a login could be tried. What "
		      "was found at the ports says why."));
		return;
	}
	if (f->severity == SEV_PASS)
		return;
	form_part(form, _("Why"), finding_text(ui->arena, f));
	form_part(form, _("What to do"), finding_fix(ui->arena, f));
}

static void
add_result(struct ui *ui, struct form *form)
{
	bool busy = session_busy(ui->session, LOOK_LOGIN);

	if (!busy && session_look(ui->session, LOOK_LOGIN) == NULL)
		return;
	form_blank(form);
	findings_add_status(ui, form, LOOK_LOGIN, _("What came of it"));
	if (busy)
		return;
	findings_add(ui, form, LOOK_LOGIN, ID_FINDING, 2);
	add_meaning(ui, form);
}

static void
build(struct ui *ui, struct form *form)
{
	static const struct hint typing[] = {
		{ ACT_TEXT, N_("to edit") },
		{ ACT_ENTER, N_("next field") },
		{ ACT_BACK, N_("close") },
	};
	static const struct hint elsewhere[] = {
		{ ACT_UP, N_("select") },
		{ ACT_ENTER, N_("open") },
		{ ACT_BACK, N_("close") },
	};
	int focus = ui_state(ui)->focus;
	bool in_text = focus == 0 || focus == ID_USER || focus == ID_PASSWORD;

	form->label = LABEL;
	form_text(form, DROP_PURPOSE, ROLE_TEXT, 1,
	    _("Tried once at each port, as a mail program does it, and only "
	      "where the certificate is verified. After a refusal no other "
	      "port is tried, so that the account is not locked. The password "
	      "is forgotten as soon as the answer is there."));
	form_blank(form);
	form_field(form, ID_USER, 0, _("User name"), &ui->login.user);
	form_field(form, ID_PASSWORD, 1, _("Password"), &ui->login.password);
	add_result(ui, form);
	form_button(form, ID_DO, _("Log in"));
	form_button(form, ID_CLOSE, _("Close"));
	form->hints = in_text ? typing : elsewhere;
	form->nhints = in_text ? COUNT(typing) : COUNT(elsewhere);
}

/* --- keys ---------------------------------------------------------------- */

static void
log_in(struct ui *ui)
{
	struct login_fields *f = &ui->login;
	const char *problem = session_log_in(
	    ui->session, protocol_of(ui), f->user.text, f->password.text);

	if (problem != NULL)
		ui_note(ui, MESSAGE_FAIL, problem);
	else
		forget_password(ui);
}

static void
close_login(struct ui *ui)
{
	forget_password(ui);
	session_forget_login(ui->session);
}

static bool
press(struct ui *ui, int id)
{
	if (id >= ID_FINDING)
		findings_open(ui, LOOK_LOGIN, id - ID_FINDING);
	else if (id == ID_DO)
		log_in(ui);
	else if (id == ID_CLOSE) {
		close_login(ui);
		ui_close(ui);
	} else
		return false;
	return true;
}

/* Closed in whatever way, the password is gone. */
static bool
act(struct ui *ui, enum action action, int id)
{
	(void)id;
	if (action == ACT_BACK)
		close_login(ui);
	else if (action == ACT_STEPS || action == ACT_QUIT)
		forget_password(ui);
	return false;
}

/* --- texts --------------------------------------------------------------- */

static const char *
hint(struct ui *ui, int id)
{
	if (id >= ID_FINDING)
		return findings_hint(ui, LOOK_LOGIN, id - ID_FINDING);
	switch (id) {
	case ID_PASSWORD:
		return _("It is shown as stars, used once, and saved nowhere.");
	case ID_DO:
		return _("Takes some seconds; servers often delay a refusal.");
	case ID_CLOSE:
		return _("Esc closes this; the password is forgotten.");
	default:
		return _("As mail programs log in: often the whole address. "
			 "Exchange: the user principal name, or DOMAIN\\user.");
	}
}

static const char *
help(struct ui *ui, int id)
{
	if (id >= ID_FINDING)
		return findings_help(ui, LOOK_LOGIN, id - ID_FINDING);
	return _("A login shows that all is well from end to end: the port, "
		 "TLS, the certificate, the account, and whether the mailbox "
		 "opens. Nothing is read, sent or changed.\n\n"
		 "The password leaves this machine only inside TLS whose "
		 "certificate is verified. It is not saved, and no log or "
		 "report has it.");
}

const struct view view_login = {
	.title = title,
	.open = open_login,
	.build = build,
	.press = press,
	.act = act,
	.hint = hint,
	.help = help,
	.always_fresh = true,
};
