/* One login at mail ports, inside verified TLS. */
#include "mail_login.h"

#include <string.h>

#include "base/i18n.h"
#include "cert_check.h"
#include "crypto.h"
#include "mail_login_inside.h"

#define SHAKE_MS 8000
#define UNCLEAR	 2 /* logins that end unclear: the next one is not tried */

static bool
ends_a_line(const char *text)
{
	return strpbrk(text, "\r\n") != NULL;
}

const char *
mail_login_problem(const char *user, const char *password)
{
	if (user[0] == '\0')
		return _("The name of the user is empty: give the name that "
			 "mail programs log in with.");
	if (password[0] == '\0')
		return _("The password is empty, and so no login is tried.");
	if (strlen(user) > LOGIN_USER_MAX || ends_a_line(user))
		return _("The name of the user is too long, or has more than "
			 "one line: give the name that mail programs log in "
			 "with.");
	if (strlen(password) > LOGIN_PASSWORD_MAX || ends_a_line(password))
		return _("The password is too long, or has more than one "
			 "line: no mail server takes it.");
	return NULL;
}

/* --- verified TLS ---------------------------------------------------------- */

/* Why it is not trusted: the first fault that a person has to repair. */
static const char *
fault_of_certificate(
    struct run *run, const struct tls_facts *tls, const struct login *login)
{
	const char *fault = _("its certificate is not verified");
	struct report before = run->report;
	struct chain chain;

	if (run->trust == NULL)
		return fault;
	chain_read(
	    run->arena, tls->der, tls->nder, run->trust, run->now, &chain);
	run->report = (struct report){ 0 };
	cert_check(run,
	    &(struct cert_question){ .where = login->host,
		.host = login->host,
		.stapled = tls->stapled,
		.chain = &chain });
	for (const struct finding *f = run->report.first; f != NULL;
	     f = f->next)
		if (f->severity == SEV_FAIL) {
			fault = finding_title(run->arena, f);
			break;
		}
	run->report = before;
	return fault;
}

static bool
is_trusted(struct run *run, const struct tls_facts *tls,
    const struct login *login, struct login_facts *out)
{
	if (tls->version < TLS_1_2 || tls->weak_cipher) {
		out->end = LOGIN_WEAK_TLS;
		out->why = tls->version < TLS_1_2
		    ? tls_version_word(tls->version)
		    : tls->cipher;
		return false;
	}
	if (run->trust != NULL &&
	    cert_trusted(run, tls, login->host, run->trust))
		return true;
	out->end = LOGIN_UNVERIFIED;
	out->why = fault_of_certificate(run, tls, login);
	return false;
}

/* Greeting, and what has to come before STARTTLS. */
static bool
asks_for_tls(struct dialogue *d)
{
	struct capabilities ignored;
	struct str line;

	if (dialogue_greeting(d, &line) != MAIL_REPLY_YES)
		return false;
	if (d->protocol == MAIL_SMTP &&
	    dialogue_capabilities(d, &ignored) != MAIL_REPLY_YES)
		return false;
	/* Text behind the answer would be read as if it came inside TLS. */
	return dialogue_starttls(d, false) == MAIL_REPLY_YES &&
	    wire_waiting(&d->wire).len == 0;
}

static bool
come_to_tls(struct dialogue *d, const struct port *port,
    const struct login *login, struct login_facts *out)
{
	bool address = ip_parse(str_of(login->host), &(struct ip){ 0 });
	struct tls_wish wish = { .name = address ? NULL : login->host,
		.limit_ms = SHAKE_MS };
	struct tls_facts tls = { .trouble = TLS_FINE };
	struct str line;

	if (!port->implicit_tls && !asks_for_tls(d)) {
		out->end = d->end == TCP_OK ? LOGIN_NO_TLS : LOGIN_UNREACHED;
		return false;
	}
	if (!wire_start_tls(&d->wire, &wish, &tls)) {
		out->end = LOGIN_NO_TLS;
		return false;
	}
	if (!is_trusted(d->wire.run, &tls, login, out))
		return false;
	return !port->implicit_tls ||
	    dialogue_greeting(d, &line) == MAIL_REPLY_YES;
}

/* --- one port --------------------------------------------------------------- */

static bool
knows_ways(struct dialogue *d, struct capabilities *out)
{
	enum mail_reply reply = dialogue_capabilities(d, out);

	/* CAPA is optional, RFC 2449; the others have to have a list. */
	return reply == MAIL_REPLY_YES ||
	    (reply == MAIL_REPLY_NO && d->protocol == MAIL_POP3);
}

static void
log_in(struct run *run, const struct port *port, bool exchange,
    const struct login *login, struct login_facts *out)
{
	struct dialogue d = { .protocol = port->protocol };
	struct capabilities offered;

	out->end = LOGIN_UNREACHED;
	if (wire_open(&d.wire, run, &port->at) == TCP_OK &&
	    come_to_tls(&d, port, login, out) && knows_ways(&d, &offered))
		login_talk(&d, &offered, login, exchange, out);
	else if (d.end == TCP_OK && d.wire.fd >= 0 && out->end != LOGIN_NO_TLS)
		dialogue_quit(&d);
	if (out->end == LOGIN_UNREACHED && run_left_ms(run) <= 0)
		out->end = LOGIN_NO_TIME;
	wire_close(&d.wire);
	secret_wipe(d.wire.buffer, sizeof(d.wire.buffer));
}

void
mail_login_replay(struct run *run, enum mail_protocol protocol,
    struct str octets, const struct login *login, struct login_facts *out)
{
	struct dialogue d = { .protocol = protocol };
	struct capabilities offered;
	struct str line;

	*out = (struct login_facts){ .end = LOGIN_NO_USE };
	if (mail_login_problem(login->user, login->password) != NULL)
		return;
	out->end = LOGIN_UNREACHED;
	wire_record(&d.wire, run, octets);
	if (dialogue_greeting(&d, &line) == MAIL_REPLY_YES &&
	    knows_ways(&d, &offered))
		login_talk(&d, &offered, login, false, out);
	wire_close(&d.wire);
	secret_wipe(d.wire.buffer, sizeof(d.wire.buffer));
}

/* --- one after another -------------------------------------------------------- */

/* A further attempt would be refused too, and counted. */
static bool
holds_back(enum login_end end)
{
	return end == LOGIN_REFUSED || end == LOGIN_REFUSED_EXCHANGE ||
	    end == LOGIN_EXPIRED || end == LOGIN_OTHER_KIND ||
	    end == LOGIN_ADMINISTRATOR || end == LOGIN_TOO_MANY;
}

static bool
is_exchange(const struct port_facts *looked, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (looked[i].software != NULL &&
		    strcmp(looked[i].software, "exchange") == 0)
			return true;
	return false;
}

/* What was seen decides whether a login is worth a try. */
static enum login_end
first_thought(const struct port_facts *looked)
{
	if (looked->state != PORT_GREETED ||
	    (looked->after.known && !looked->after.login))
		return LOGIN_NO_USE;
	if (!looked->tls_tried || looked->tls.trouble != TLS_FINE)
		return LOGIN_NO_TLS;
	return LOGIN_IN;
}

void
mail_login_all(struct run *run, const struct login *login,
    const struct port_facts *looked, size_t n, struct login_facts *out)
{
	bool exchange = is_exchange(looked, n);
	bool sendable =
	    mail_login_problem(login->user, login->password) == NULL;
	bool refused = false;
	unsigned int unclear = 0;

	for (size_t i = 0; i < n; i++) {
		out[i] =
		    (struct login_facts){ .end = first_thought(&looked[i]) };
		if (!sendable)
			out[i].end = LOGIN_NO_USE;
		if (out[i].end != LOGIN_IN)
			continue;
		if (refused || unclear == UNCLEAR) {
			out[i].end = LOGIN_HELD_BACK;
		} else if (run_left_ms(run) <= 0) {
			out[i].end = LOGIN_NO_TIME;
		} else {
			log_in(run, &looked[i].port, exchange, login, &out[i]);
			refused = holds_back(out[i].end);
			unclear += out[i].end == LOGIN_LOST;
		}
	}
}
