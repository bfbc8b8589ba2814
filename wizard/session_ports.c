/* The ports mail programs use: looking, and what was seen, line by line. */
#include "session_inside.h"

#include <string.h>

#include "../checks/base/i18n.h"

static enum look_kind
look_of(enum mail_protocol protocol)
{
	return (enum look_kind)(LOOK_POP3 + (int)protocol);
}

void
session_look_at_ports(
    struct session *s, enum mail_protocol protocol, int64_t delay_ms)
{
	if (s->opened && ports_plan_looks(&s->plan, protocol))
		live_start(s->live, look_of(protocol), &s->plan, delay_ms);
	else
		live_forget(s->live, look_of(protocol));
	session_forget_list(s);
}

enum ports_state
session_ports_state(const struct session *s, enum mail_protocol protocol)
{
	const struct look *look = session_look(s, look_of(protocol));

	if (!ports_plan_looks(&s->plan, protocol))
		return PORTS_NOTHING_TO_DO;
	if (look == NULL)
		return session_busy(s, look_of(protocol)) ? PORTS_LOOKING
							  : PORTS_NOT_LOOKED;
	return ports_found(look, ports_plan_use(&s->plan, protocol));
}

const char *
session_ports_host(const struct session *s)
{
	if (s->plan.host[0] != '\0')
		return s->plan.host;
	for (int i = MAIL_PROTOCOLS - 1; i >= 0; i--) {
		const struct look *look =
		    session_look(s, look_of((enum mail_protocol)i));

		if (look != NULL && look->report.nports > 0)
			return look->report.ports[0].host;
	}
	return NULL;
}

enum mark
session_ports_mark(const struct session *s, enum wizard_step step)
{
	enum mail_protocol protocol = MAIL_POP3;

	ports_protocol(step, &protocol);
	switch (session_ports_state(s, protocol)) {
	case PORTS_NOTHING_TO_DO:
		return s->opened ? MARK_SKIPPED : MARK_NONE;
	case PORTS_NO_HOST:
	case PORTS_NOT_ANSWERED:
	case PORTS_UNSEEN:
		return session_busy(s, look_of(protocol)) ? MARK_BUSY
							  : MARK_PROBLEM;
	case PORTS_LOOKING:
	case PORTS_NOT_LOOKED:
	case PORTS_SEEN:
		break;
	}
	return session_mark_of_look(s, look_of(protocol));
}

/* --- which ports ----------------------------------------------------------- */

static bool
is_same(const struct port *a, const struct port *b)
{
	return a->at.port == b->at.port && a->implicit_tls == b->implicit_tls;
}

/* Those that were looked at: SRV records may name others than the plan. */
static size_t
seen_ports(const struct port_seen *seen, size_t nseen, struct port_line *lines)
{
	size_t n = 0;

	for (size_t i = 0; i < nseen; i++) {
		size_t k = 0;

		while (k < n && !is_same(&lines[k].port, &seen[i].facts->port))
			k++;
		if (k == n)
			lines[n++].port = seen[i].facts->port;
	}
	return n;
}

static size_t
planned_ports(const struct plan *plan, enum mail_protocol protocol,
    struct port_line *lines)
{
	struct port ports[PLAN_PORTS];
	size_t n = ports_plan(plan, protocol, ports);

	for (size_t i = 0; i < n; i++)
		lines[i].port = ports[i];
	return n;
}

/* --- a line for each ------------------------------------------------------- */

/* The same finding in the report of the whole look, which is shown. */
static const struct finding *
shown_finding(
    struct arena *arena, const struct look *look, const struct finding *finding)
{
	const char *title = finding_title(arena, finding);
	const struct finding *f = look->report.findings.first;

	while (f != NULL &&
	    (f->code != finding->code ||
		strcmp(finding_title(arena, f), title) != 0))
		f = f->next;
	return f;
}

/* "192.0.2.25, 2001:db8::25" */
static const char *
addresses(struct arena *arena, const struct port_seen *seen, size_t nseen,
    const struct port *port)
{
	const char *list = "";

	for (size_t i = 0; i < nseen; i++)
		if (is_same(&seen[i].facts->port, port))
			list = arena_printf(arena, "%s%s%s", list,
			    *list == '\0' ? "" : ", ",
			    ip_print(arena, seen[i].facts->port.at.ip));
	return list;
}

/* "TLSv1.3, login only with TLS, at 192.0.2.25" */
static const char *
good_text(struct arena *arena, const struct port_facts *facts, const char *at)
{
	const char *version = tls_version_word(facts->tls.version);

	return arena_printf(arena, _("%s, login only with TLS, at %s"),
	    version != NULL ? version : _("answers"), at);
}

/* The sentence of the finding, of the address alone: the rest stands there. */
static const char *
finding_at(struct arena *arena, const struct finding *finding,
    const struct port_facts *facts)
{
	struct finding here = *finding;

	here.subject = ip_print(arena, facts->port.at.ip);
	return finding_title(arena, &here);
}

/* The worst at any address. */
static void
fill_line(struct arena *arena, const struct look *look,
    const struct port_seen *seen, size_t nseen, struct port_line *line)
{
	const struct port_facts *facts = NULL;

	for (size_t i = 0; i < nseen; i++) {
		const struct finding *f = seen[i].findings->first;

		if (!is_same(&seen[i].facts->port, &line->port))
			continue;
		line->seen = true;
		if (facts == NULL)
			facts = seen[i].facts;
		for (; f != NULL; f = f->next)
			if (f->severity > line->worst) {
				line->worst = f->severity;
				line->finding = f;
				facts = seen[i].facts;
			}
	}
	if (facts == NULL)
		return;
	if (line->finding != NULL) {
		line->text = finding_at(arena, line->finding, facts);
		line->finding = shown_finding(arena, look, line->finding);
	} else if (line->seen) {
		line->text = good_text(
		    arena, facts, addresses(arena, seen, nseen, &line->port));
	}
}

size_t
session_port_lines(const struct session *s, struct arena *arena,
    enum mail_protocol protocol, struct port_line **out)
{
	const struct look *look = session_look(s, look_of(protocol));
	struct port_seen *seen = NULL;
	size_t nseen = 0, n = 0;

	if (look != NULL)
		nseen = ports_seen(arena, look, &seen);
	*out = arena_array(arena, nseen + PLAN_PORTS, sizeof(**out));
	if (nseen > 0)
		n = seen_ports(seen, nseen, *out);
	else if (ports_plan_looks(&s->plan, protocol))
		n = planned_ports(&s->plan, protocol, *out);
	for (size_t i = 0; i < n && nseen > 0; i++)
		fill_line(arena, look, seen, nseen, &(*out)[i]);
	return n;
}
