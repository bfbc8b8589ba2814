/* The ports mail programs use, in lines. */
#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../wizard/server_plan.h"
#include "plain_inside.h"
#include "view.h"

static enum mail_protocol
protocol_of(struct plain *p)
{
	enum mail_protocol protocol = MAIL_POP3;

	ports_protocol(session_at(p->session), &protocol);
	return protocol;
}

static void
put_lines(struct plain *p)
{
	const char *host = session_ports_host(p->session);
	struct port_line *lines;
	size_t n =
	    session_port_lines(p->session, p->arena, protocol_of(p), &lines);

	if (host != NULL)
		plain_print("", _("At %s:"), readable(p->arena, str_of(host)));
	for (size_t i = 0; i < n; i++)
		plain_print("    ", "%s %s: %s",
		    ports_plan_text(p->arena, &lines[i].port),
		    lines[i].seen ? severity_badge(lines[i].worst) : _("TODO"),
		    lines[i].seen ? lines[i].text : _("not looked yet"));
}

void
plain_ports_show(struct plain *p)
{
	switch (session_ports_state(p->session, protocol_of(p))) {
	case PORTS_NOTHING_TO_DO:
		plain_put("", _("Nothing has to be done here."));
		return;
	case PORTS_NO_HOST:
		plain_put("",
		    _("No MX record leads to a host inside the domain. Answer "
		      "in the first step which host mail programs connect "
		      "to."));
		return;
	case PORTS_NOT_ANSWERED:
		put_lines(p);
		plain_put("",
		    _("Nothing listens there. If nobody uses it, that is "
		      "right: answer no."));
		return;
	case PORTS_UNSEEN:
		put_lines(p);
		plain_put("",
		    _("None of these can be seen from here. Look again from "
		      "a machine that reaches the server."));
		break;
	case PORTS_LOOKING:
	case PORTS_NOT_LOOKED:
	case PORTS_SEEN:
		put_lines(p);
		break;
	}
	plain_put(
	    "", _("Or: g what to do on the server, in order, w it is done."));
}

/* Lines to be copied: none is cut. */
static void
put_server(struct plain *p)
{
	const struct plan *plan = session_plan(p->session);
	enum command_kind kind = server_plan_kind(plan);
	const struct command_list list = server_plan_commands(
	    p->arena, plan, session_ports_host(p->session), kind);
	struct str rest;

	if (list.error != NULL) {
		plain_put("", list.error);
		return;
	}
	rest = str_of(server_plan_text(p->arena, &list, kind));
	while (rest.len > 0) {
		struct str line = str_word(&rest, '\n');

		if (line.len > 0 && line.p[line.len - 1] == '\r')
			line.len--;
		plain_line(str_dup(p->arena, line));
	}
}

bool
plain_ports_act(struct plain *p, const char *line)
{
	if (!ports_plan_looks(session_plan(p->session), protocol_of(p)) ||
	    line[0] == '\0' || line[1] != '\0')
		return false;
	if (line[0] == 'g') {
		put_server(p);
		return true;
	}
	if (line[0] != 'w')
		return false;
	session_server_done(p->session);
	plain_tell(p);
	plain_wait(p);
	return true;
}
