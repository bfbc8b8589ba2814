/* A login that a person tries from the step of a protocol. */
#include "session_inside.h"

#include <stdlib.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/mail_login.h"

bool
session_can_log_in(const struct session *s, enum mail_protocol protocol)
{
	return s->demo == NULL &&
	    session_ports_state(s, protocol) == PORTS_SEEN &&
	    session_ports_host(s) != NULL;
}

const char *
session_log_in(struct session *s, enum mail_protocol protocol, const char *user,
    const char *password)
{
	struct look_question question = { .protocol = protocol };
	const char *problem = mail_login_problem(user, password);

	if (problem != NULL)
		return problem;
	if (!session_can_log_in(s, protocol))
		return _("There is no mail server yet to log in to.");
	question.login = calloc(1, sizeof(*question.login));
	if (question.login == NULL)
		out_of_memory();
	memcpy(question.login->user, user, strlen(user));
	memcpy(question.login->password, password, strlen(password));
	live_ask(s->live, LOOK_LOGIN, &s->plan, &question, 0);
	return NULL;
}

void
session_forget_login(struct session *s)
{
	live_forget(s->live, LOOK_LOGIN);
}
