/* A look at one mail port of one address. */
#include "mailport.h"

#include <string.h>

#include "base/printable.h"

#define SHAKE_MS 8000

/* --- who is it ---------------------------------------------------------------- */

struct mark {
	const char *part; /* of a greeting, lower case */
	const char *name;
};

static const struct mark servers[] = {
	{ "microsoft exchange", "exchange" },
	{ "microsoft esmtp", "exchange" },
	{ "dovecot", "dovecot" },
	{ "postfix", "postfix" },
	{ "exim", "exim" },
	{ "courier", "courier" },
	{ "cyrus", "cyrus" },
	{ "sendmail", "sendmail" },
	{ "gimap", "gmail" },
	{ "gsmtp", "gmail" },
	{ "hmailserver", "hmailserver" },
	{ "zimbra", "zimbra" },
	{ "mdaemon", "mdaemon" },
	{ "stalwart", "stalwart" },
	{ "haraka", "haraka" },
	{ "opensmtpd", "opensmtpd" },
	{ "kerio", "kerio" },
};

static bool
holds(const char *text, const char *part)
{
	size_t len = strlen(part);

	for (; *text != '\0'; text++)
		if (str_starts_nocase(str_of(text), part) && len > 0)
			return true;
	return false;
}

static const char *
software_of(const char *text)
{
	for (size_t i = 0; text != NULL && i < COUNT(servers); i++)
		if (holds(text, servers[i].part))
			return servers[i].name;
	return NULL;
}

/* How a line begins that no server of this protocol says. */
static const char *
other_protocol(struct str line, enum mail_protocol expected)
{
	bool esmtp = line.len > 3 && str_starts_nocase(line, "220");

	if (str_starts_nocase(line, "SSH-"))
		return "SSH";
	if (str_starts_nocase(line, "HTTP/"))
		return "HTTP";
	if (expected != MAIL_POP3 && str_starts_nocase(line, "+OK"))
		return "POP3";
	if (expected != MAIL_IMAP && str_starts_nocase(line, "* OK"))
		return "IMAP";
	if (expected != MAIL_SMTP && esmtp)
		return "SMTP";
	if (expected == MAIL_SMTP && str_starts_nocase(line, "-ERR"))
		return "POP3";
	return NULL;
}

/* "220 mail.example.org ESMTP": RFC 5321 section 4.2, the greeting. */
static const char *
name_in_greeting(struct arena *arena, struct str line)
{
	struct str rest = str_slice(line, 4, line.len);
	struct str name = str_word(&rest, ' ');
	bool dotted = str_find(name, '.') < name.len;

	if (name.len == 0 || name.len > 253 || (!dotted && rest.len == 0) ||
	    !is_alnum(name.p[0]))
		return NULL;
	return printable(arena, name);
}

/* --- steps --------------------------------------------------------------------- */

static enum port_state
state_of_silence(const struct dialogue *d)
{
	switch (d->end) {
	case TCP_TIMEOUT:
		return d->wire.octets > 0 ? PORT_SLOW : PORT_SILENT;
	case TCP_CLOSED:
		return d->wire.octets > 0 ? PORT_NONSENSE : PORT_HUNG_UP;
	case TCP_LIMIT:
		return PORT_NONSENSE;
	default:
		return PORT_NOT_SEEN;
	}
}

static enum port_state
state_of_connecting(enum tcp_end end)
{
	switch (end) {
	case TCP_REFUSED:
		return PORT_CLOSED;
	case TCP_TIMEOUT:
		return PORT_TIMEOUT;
	case TCP_NO_ROUTE:
		return PORT_NO_ROUTE;
	case TCP_CLOSED:
		return PORT_HUNG_UP;
	default:
		return PORT_NOT_SEEN;
	}
}

static bool
greet(struct dialogue *d, struct port_facts *facts)
{
	struct arena *arena = d->wire.run->arena;
	struct str line;
	enum mail_reply reply = dialogue_greeting(d, &line);

	if (reply == MAIL_REPLY_NONE) {
		facts->state = state_of_silence(d);
		return false;
	}
	facts->greeting = d->said;
	facts->software = software_of(d->said);
	facts->other = other_protocol(line, d->protocol);
	if (facts->other != NULL)
		facts->state = PORT_WRONG_PROTOCOL;
	else if (reply == MAIL_REPLY_NONSENSE)
		facts->state = PORT_NONSENSE;
	else if (reply == MAIL_REPLY_NO)
		facts->state = PORT_REFUSED_GREETING;
	else
		facts->state = PORT_GREETED;
	if (facts->state != PORT_GREETED)
		return false;
	if (d->protocol == MAIL_SMTP)
		facts->banner_name = name_in_greeting(arena, line);
	return true;
}

/* The last line before it hangs up: RFC 5321 section 3.8, RFC 3501 7.1.5. */
static bool
is_goodbye(const struct dialogue *d)
{
	return (d->protocol == MAIL_SMTP &&
		   str_starts_nocase(str_of(d->said), "421")) ||
	    (d->protocol == MAIL_IMAP &&
		str_starts_nocase(str_of(d->said), "* BYE"));
}

/* It has greeted; how did it fail to answer after that? */
static enum port_state
state_without_answer(enum tcp_end end)
{
	switch (end) {
	case TCP_CLOSED:
		return PORT_LEFT;
	case TCP_TIMEOUT:
		return PORT_SLOW;
	case TCP_STOPPED:
		return PORT_NOT_SEEN;
	default:
		return PORT_NONSENSE;
	}
}

static bool
ask_capabilities(
    struct dialogue *d, struct port_facts *facts, struct capabilities *out)
{
	enum mail_reply reply = dialogue_capabilities(d, out);

	if (facts->software == NULL)
		facts->software = software_of(
		    out->software != NULL ? out->software : out->list);
	if (reply == MAIL_REPLY_NONSENSE)
		facts->state = PORT_NONSENSE;
	else if (reply == MAIL_REPLY_NONE)
		facts->state = state_without_answer(d->end);
	else if (reply == MAIL_REPLY_NO && is_goodbye(d)) {
		facts->state = PORT_REFUSED_GREETING;
		facts->greeting = d->said;
	}
	return facts->state == PORT_GREETED;
}

/* CAPA is optional (RFC 2449); then only the question itself tells. */
static void
judge_login(struct dialogue *d, struct port_facts *facts)
{
	if (facts->before.known)
		facts->login_before_tls =
		    facts->before.login ? TRI_YES : TRI_NO;
	else if (d->protocol == MAIL_POP3)
		switch (dialogue_user(d)) {
		case MAIL_REPLY_YES:
			facts->login_before_tls = TRI_YES;
			break;
		case MAIL_REPLY_NO:
			facts->login_before_tls = TRI_NO;
			break;
		default:
			break;
		}
}

static bool
ask_for_tls(struct dialogue *d, struct port_facts *facts)
{
	enum mail_reply reply;

	/* Without a list nothing was said for or against it. */
	if (facts->before.known && !facts->before.starttls) {
		facts->starttls = TRI_NO;
		return false;
	}
	reply = dialogue_starttls(d, false);
	if (reply == MAIL_REPLY_NONE && d->end == TCP_STOPPED)
		return false;
	if (reply != MAIL_REPLY_NONE)
		facts->starttls_answer = d->said;
	if (reply != MAIL_REPLY_YES) {
		facts->starttls = TRI_NO;
		facts->starttls_refused = facts->before.starttls;
		return false;
	}
	return true;
}

static bool
plain_part(struct dialogue *d, struct port_facts *facts)
{
	struct str behind;

	if (!greet(d, facts) || !ask_capabilities(d, facts, &facts->before))
		return false;
	judge_login(d, facts);
	if (!ask_for_tls(d, facts))
		return false;
	behind = wire_waiting(&d->wire);
	if (behind.len > 0)
		facts->text_after =
		    printable(d->wire.run->arena, str_slice(behind, 0, 80));
	return true;
}

static bool
shake(struct dialogue *d, struct port_facts *facts)
{
	struct tls_wish wish = { .name = facts->host, .limit_ms = SHAKE_MS };
	bool fine = wire_start_tls(&d->wire, &wish, &facts->tls);

	facts->tls_tried = fine || facts->tls.trouble != TLS_FINE;
	if (run_left_ms(d->wire.run) <= 0 && !fine)
		facts->tls_tried = false;
	if (fine)
		facts->accepts[facts->tls.version] = TRI_YES;
	return fine;
}

/*
 * A server that insists on a certificate may only say so now: by an alert (RFC
 * 8446 section 4.4.2.4), or in words, as Postfix does.
 */
static void
note_certificate_wanted(const struct dialogue *d, struct port_facts *facts)
{
	bool alerted = d->end == TCP_CLOSED && d->wire.tls != NULL &&
	    tls_was_alerted(d->wire.tls);
	bool told = facts->state == PORT_REFUSED_GREETING &&
	    facts->tls.client_certificate && holds(d->said, "certificate");

	if (!alerted && !told)
		return;
	facts->tls.trouble = TLS_ALERTED;
	facts->tls.why = told ? d->said : "certificate required";
	facts->state = PORT_TLS_FAILED;
}

/* --- further connections --------------------------------------------------------- */

static bool
open_again(struct run *run, const struct port_facts *facts, struct dialogue *d)
{
	*d = (struct dialogue){ .protocol = facts->port.protocol };
	return wire_open(&d->wire, run, &facts->port.at) == TCP_OK;
}

/* Greeting and what must come before STARTTLS. */
static bool
up_to_starttls(struct dialogue *d, bool inject)
{
	struct capabilities ignored;
	struct str line;

	if (dialogue_greeting(d, &line) != MAIL_REPLY_YES)
		return false;
	if (d->protocol == MAIL_SMTP &&
	    dialogue_capabilities(d, &ignored) != MAIL_REPLY_YES)
		return false;
	return dialogue_starttls(d, inject) == MAIL_REPLY_YES;
}

static void
try_version(struct run *run, struct port_facts *facts, enum tls_version version)
{
	struct tls_wish wish = {
		.name = facts->host, .only = version, .limit_ms = SHAKE_MS
	};
	struct tls_facts tls;
	struct dialogue d;
	struct str line;

	if (open_again(run, facts, &d) &&
	    (facts->port.implicit_tls || up_to_starttls(&d, false))) {
		if (wire_start_tls(&d.wire, &wish, &tls)) {
			facts->accepts[version] = TRI_YES;
			if (!facts->port.implicit_tls ||
			    dialogue_greeting(&d, &line) != MAIL_REPLY_NONE)
				dialogue_quit(&d);
		} else if (tls.trouble != TLS_FINE &&
		    tls.trouble != TLS_SILENT) {
			facts->accepts[version] = TRI_NO;
		}
	}
	wire_close(&d.wire);
}

static void
try_injection(struct run *run, struct port_facts *facts)
{
	struct tls_wish wish = { .name = facts->host, .limit_ms = SHAKE_MS };
	struct tls_facts tls;
	struct dialogue d;

	if (open_again(run, facts, &d) && up_to_starttls(&d, true)) {
		bool in_clear = wire_waiting(&d.wire).len > 0;

		if (!in_clear && wire_start_tls(&d.wire, &wish, &tls))
			facts->injection = dialogue_goodbye_behind(&d);
		else if (in_clear || tls.trouble == TLS_HUNG_UP)
			facts->injection = TRI_NO;
	}
	wire_close(&d.wire);
}

/* Nobody greets on a port where TLS is expected first. */
static void
try_tls_on_plain(struct run *run, struct port_facts *facts)
{
	struct tls_wish wish = { .name = facts->host, .limit_ms = SHAKE_MS };
	struct tls_facts tls;
	struct dialogue d;

	if (open_again(run, facts, &d) && wire_start_tls(&d.wire, &wish, &tls))
		facts->state = PORT_IS_TLS;
	wire_close(&d.wire);
}

/* --- all of it -------------------------------------------------------------------- */

static void
begin_facts(const struct port *port, const char *host, struct port_facts *out)
{
	*out = (struct port_facts){ .port = *port, .host = host };
}

static bool
first_look(struct dialogue *d, struct port_facts *facts)
{
	if (facts->port.implicit_tls) {
		if (!shake(d, facts)) {
			facts->state = !facts->tls_tried ? PORT_NOT_SEEN
			    : facts->tls.trouble == TLS_PLAIN_TEXT
			    ? PORT_IS_PLAIN
			    : PORT_TLS_FAILED;
			return false;
		}
		if (!greet(d, facts)) {
			note_certificate_wanted(d, facts);
			return facts->tls.trouble == TLS_FINE;
		}
	} else {
		if (!plain_part(d, facts) || !shake(d, facts))
			return false;
		facts->starttls = TRI_YES;
	}
	if (!ask_capabilities(d, facts, &facts->after))
		note_certificate_wanted(d, facts);
	return facts->tls.trouble == TLS_FINE;
}

void
mailport_look(struct run *run, const struct port *port, const char *host,
    bool injection_test, struct port_facts *out)
{
	struct dialogue d = { .protocol = port->protocol };
	enum tcp_end end;
	bool tls = false;

	begin_facts(port, host, out);
	end = wire_open(&d.wire, run, &port->at);
	if (end != TCP_OK) {
		out->state = state_of_connecting(end);
	} else {
		out->local = d.wire.local;
		tls = first_look(&d, out);
		if (!tls && out->state == PORT_GREETED && run_left_ms(run) == 0)
			out->state = PORT_NOT_SEEN;
		if (out->state == PORT_GREETED && d.end == TCP_OK &&
		    (d.wire.tls != NULL || !out->tls_tried))
			dialogue_quit(&d);
	}
	wire_close(&d.wire);
	if (out->state == PORT_SILENT && !port->implicit_tls)
		try_tls_on_plain(run, out);
	for (enum tls_version v = TLS_1_0; tls && v < out->tls.version; v++)
		try_version(run, out, v);
	if (tls && !port->implicit_tls && injection_test)
		try_injection(run, out);
}

void
mailport_replay(struct run *run, const struct port *port, struct str octets,
    struct port_facts *out)
{
	struct dialogue d = { .protocol = port->protocol };

	begin_facts(port, NULL, out);
	wire_record(&d.wire, run, octets);
	(void)first_look(&d, out); /* what was seen is in *out */
	wire_close(&d.wire);
}
