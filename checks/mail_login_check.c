/* What came of logins, judged. */
#include "mail_login.h"

#include "base/i18n.h"
#include "base/printable.h"
#include "look.h"
#include "mailport_check.h"

static const enum finding_code codes[LOGIN_ENDS] = {
	[LOGIN_NO_USE] = F_NONE,
	[LOGIN_UNREACHED] = F_LOGIN_UNREACHED,
	[LOGIN_NO_TLS] = F_LOGIN_NO_TLS,
	[LOGIN_WEAK_TLS] = F_LOGIN_WEAK_TLS,
	[LOGIN_UNVERIFIED] = F_LOGIN_NOT_TRIED,
	[LOGIN_NO_WAY] = F_AUTH_NO_PASSWORD,
	[LOGIN_NO_TIME] = F_LOGIN_NO_TIME,
	[LOGIN_HELD_BACK] = F_NONE, /* of all ports together */
	[LOGIN_IN] = F_LOGIN_OK,
	[LOGIN_REFUSED] = F_LOGIN_FAILED,
	[LOGIN_REFUSED_EXCHANGE] = F_LOGIN_EXCHANGE,
	[LOGIN_DISABLED] = F_LOGIN_DISABLED,
	[LOGIN_EXPIRED] = F_LOGIN_EXPIRED,
	[LOGIN_OTHER_KIND] = F_LOGIN_OTHER_KIND,
	[LOGIN_TLS_WANTED] = F_LOGIN_TLS_WANTED,
	[LOGIN_MECHANISM] = F_LOGIN_MECHANISM,
	[LOGIN_ADMINISTRATOR] = F_LOGIN_ADMINISTRATOR,
	[LOGIN_MAILBOX] = F_LOGIN_MAILBOX,
	[LOGIN_LATER] = F_LOGIN_UNAVAILABLE,
	[LOGIN_BUSY] = F_LOGIN_BUSY,
	[LOGIN_TOO_MANY] = F_LOGIN_TOO_MANY,
	[LOGIN_LOST] = F_LOGIN_LOST,
};

static enum finding_code
code_of(const struct port *port, enum login_end end)
{
	if (end == LOGIN_REFUSED_EXCHANGE && port->protocol == MAIL_SMTP)
		return F_LOGIN_EXCHANGE_SMTP;
	return codes[end];
}

/* What the server said, or what is said instead of it. */
static const char *
words_of(const struct login_facts *facts)
{
	if (facts->why != NULL)
		return facts->why;
	if (facts->said != NULL)
		return facts->said;
	return facts->withheld
	    ? _("its answer holds the password, and is not shown")
	    : _("no answer");
}

static const char *
user_of(struct arena *arena, const struct login *login)
{
	return readable(arena, str_of(login->user));
}

void
mail_login_judge(struct run *run, const struct login *login,
    const struct port_facts *port, const struct login_facts *facts)
{
	enum finding_code code = code_of(&port->port, facts->end);

	if (code == F_NONE)
		return;
	report(run, code, .subject = mailport_subject(run->arena, &port->port),
	    .detail = { arena_strdup(run->arena, words_of(facts)),
		user_of(run->arena, login) });
	mailport_note_proof(run, port);
}

void
mail_login_judge_together(struct run *run, const struct login *login,
    const struct port_facts *ports, const struct login_facts *facts, size_t n)
{
	const char *list = NULL;

	for (size_t i = 0; i < n; i++)
		if (facts[i].end == LOGIN_HELD_BACK)
			list = look_join(run->arena, list,
			    mailport_subject(run->arena, &ports[i].port));
	if (list != NULL)
		report(run, F_LOGIN_HELD_BACK,
		    .subject = arena_strdup(run->arena, login->host),
		    .detail = { list, user_of(run->arena, login) });
}

void
port_login(struct run *run, const struct login *login, struct port_check *check)
{
	struct report before = run->report;
	struct login_facts *facts =
	    arena_array(run->arena, check->n, sizeof(*facts));

	if (run->prober != NULL && run->prober->look != NULL)
		return;
	mail_login_all(run, login, check->facts, check->n, facts);
	for (size_t i = 0; i < check->n; i++) {
		run->report = check->findings[i];
		mail_login_judge(run, login, &check->facts[i], &facts[i]);
		check->findings[i] = run->report;
	}
	run->report = check->together;
	mail_login_judge_together(run, login, check->facts, facts, check->n);
	check->together = run->report;
	run->report = before;
}
