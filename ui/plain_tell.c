/* What is told by itself: results that arrive, and what is waited for. */
#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/run.h"
#include "plain_inside.h"
#include "view.h"

void
plain_tell(struct plain *p)
{
	const struct message *m = session_message(p->session);

	if (m->number == p->message_seen)
		return;
	p->message_seen = m->number;
	if (m->text[0] != '\0')
		plain_put(arena_printf(p->arena, "%-5s ", level_word(m->level)),
		    m->text);
}

/* What a look is called while it is waited for; NULL: it never is. */
static const char *
look_name(enum look_kind kind)
{
	switch (kind) {
	case LOOK_DOMAIN:
		return _("Domain");
	case LOOK_SPF:
		return _("SPF in DNS");
	case LOOK_DKIM:
		return _("DKIM");
	case LOOK_DMARC:
		return _("DMARC");
	case LOOK_POP3:
		return _("POP3");
	case LOOK_IMAP4:
		return _("IMAP");
	case LOOK_SUBMISSION:
		return _("SMTP");
	case LOOK_PLAN:
		return _("your SPF record");
	case LOOK_PUBLISHED:
		return _("your name servers");
	case LOOK_SUBDOMAINS:
		return _("SPF of the subdomains");
	case LOOK_SERVICE:
		return _("the mail service");
	case LOOK_TRY:
		return _("the address");
	case LOOK_ALIGN:
		return _("the names");
	default:
		return NULL;
	}
}

/* Findings came with it, to be counted when it ends. */
static bool
has_findings(enum look_kind kind)
{
	return look_name(kind) != NULL && kind != LOOK_PUBLISHED &&
	    kind != LOOK_SERVICE && kind != LOOK_TRY && kind != LOOK_ALIGN;
}

static bool
is_done(struct plain *p, enum look_kind kind)
{
	const struct look *look = session_look(p->session, kind);

	return look != NULL && has_findings(kind) &&
	    look->number != p->look_seen[kind] &&
	    !session_busy(p->session, kind);
}

/* In the demo the session does not say where the record is by now. */
static const char *
new_headline(const struct plain *p, int i)
{
	const struct published_view *view =
	    session_published(p->session, (enum planned)i);

	/* Once all is there, nothing waits any more. */
	bool waits = view->said || (view->done && p->headline[i][0] != '\0');

	if (!session_is_demo(p->session) || !waits || !view->looked ||
	    strncmp(view->headline, p->headline[i],
		sizeof(p->headline[i]) - 1) == 0)
		return NULL;
	return view->headline;
}

static void
tell_headlines(struct plain *p)
{
	for (int i = 0; i < PLANNED_COUNT; i++) {
		const struct published_view *view =
		    session_published(p->session, (enum planned)i);
		const char *headline = new_headline(p, i);

		if (headline == NULL)
			continue;
		snprintf(
		    p->headline[i], sizeof(p->headline[i]), "%s", headline);
		plain_put(view->done ? "OK    " : "WAIT  ", headline);
	}
}

/* At a prompt only what differs is worth a line. */
bool
plain_any_news(struct plain *p)
{
	bool any = session_message(p->session)->number != p->message_seen;

	for (int i = 0; i < PLANNED_COUNT; i++)
		any = any || new_headline(p, i) != NULL;
	for (int i = 0; i < LOOK_COUNT; i++) {
		enum look_kind kind = (enum look_kind)i;

		if (!is_done(p, kind))
			continue;
		if (plain_found(p, kind) != p->look_told[kind])
			any = true;
		else
			p->look_seen[kind] =
			    session_look(p->session, kind)->number;
	}
	return any;
}

/* The session announces the worst finding; it is about to be read out. */
static void
drop_announcement(struct plain *p, const struct look *look)
{
	const struct message *m = session_message(p->session);
	const struct finding *f = look->report.findings.first;

	for (; f != NULL; f = f->next)
		if (strcmp(m->text, finding_title(p->arena, f)) == 0)
			p->message_seen = m->number;
}

void
plain_tell_news(struct plain *p)
{
	for (int i = 0; i < LOOK_COUNT; i++) {
		enum look_kind kind = (enum look_kind)i;
		const struct look *look = session_look(p->session, kind);

		if (!is_done(p, kind))
			continue;
		p->look_seen[kind] = look->number;
		p->look_told[kind] = plain_found(p, kind);
		plain_print("", _("Checked %s (%lld.%02lld s): %s"),
		    look_name(kind), (long long)look->took_ms / 1000,
		    (long long)look->took_ms % 1000 / 10,
		    plain_summary(p, look));
		drop_announcement(p, look);
	}
	tell_headlines(p);
	plain_tell(p);
}

void
plain_tell_waiting(struct plain *p)
{
	const char *names = "";

	for (int i = 0; i < LOOK_COUNT; i++) {
		enum look_kind kind = (enum look_kind)i;

		if (session_busy(p->session, kind) && look_name(kind) != NULL)
			names = arena_printf(p->arena, "%s%s%s", names,
			    *names == '\0' ? "" : ", ", look_name(kind));
	}
	plain_print("", _("still waiting: %s"), names);
}
