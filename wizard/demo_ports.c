/* The ports of the demo's mail server. */
#include "demo_ports.h"

#include <stdlib.h>

/* --- what it says --------------------------------------------------------- */

static const struct {
	const char *greeting, *software;
	const char *before, *after; /* capabilities around TLS */
} says[MAIL_PROTOCOLS] = {
	[MAIL_POP3] = { "+OK Dovecot ready.", "dovecot",
	    "CAPA TOP UIDL RESP-CODES PIPELINING STLS SASL",
	    "CAPA TOP UIDL RESP-CODES PIPELINING USER SASL PLAIN" },
	[MAIL_IMAP] = { "* OK [CAPABILITY IMAP4rev1 LITERAL+ ID] Dovecot "
			"ready.",
	    "dovecot", "IMAP4rev1 LITERAL+ ID STARTTLS LOGINDISABLED",
	    "IMAP4rev1 LITERAL+ ID AUTH=PLAIN" },
	[MAIL_SMTP] = { "220 mail.bakery.example ESMTP Postfix", "postfix",
	    "PIPELINING SIZE ETRN STARTTLS 8BITMIME",
	    "PIPELINING SIZE ETRN AUTH PLAIN 8BITMIME" },
};

static void
speak(struct port_facts *facts, const char *host)
{
	enum mail_protocol protocol = facts->port.protocol;

	facts->state = PORT_GREETED;
	facts->greeting = says[protocol].greeting;
	facts->software = says[protocol].software;
	facts->banner_name = protocol == MAIL_SMTP ? host : NULL;
	facts->after = (struct capabilities){
		.known = true, .list = says[protocol].after, .login = true
	};
	if (facts->port.implicit_tls)
		return;
	facts->before = (struct capabilities){
		.known = true, .list = says[protocol].before, .starttls = true
	};
	facts->login_before_tls = TRI_NO;
	facts->starttls = TRI_YES;
	facts->injection = TRI_NO;
}

static void
shake(struct port_facts *facts)
{
	facts->tls_tried = true;
	facts->tls = (struct tls_facts){ .trouble = TLS_FINE,
		.version = TLS_1_3,
		.cipher = "TLS_AES_256_GCM_SHA384" };
	facts->accepts[TLS_1_0] = facts->accepts[TLS_1_1] = TRI_NO;
	facts->accepts[TLS_1_2] = facts->accepts[TLS_1_3] = TRI_YES;
}

/* --- what is wrong with it ------------------------------------------------- */

static void
spoil(struct port_facts *facts)
{
	switch (facts->port.protocol) {
	case MAIL_POP3:
		if (!facts->port.implicit_tls)
			facts->login_before_tls = TRI_YES;
		break;
	case MAIL_IMAP:
		if (facts->port.implicit_tls) {
			facts->accepts[TLS_1_0] = TRI_YES;
			facts->accepts[TLS_1_1] = TRI_YES;
		}
		break;
	case MAIL_SMTP:
		*facts = (struct port_facts){ .port = facts->port,
			.host = facts->host,
			.state = PORT_CLOSED };
		break;
	}
}

/* --- the prober -------------------------------------------------------------- */

struct demo_prober {
	struct prober prober; /* first: look() gets it */
	bool mended;
};

static void
look(const struct prober *prober, struct run *run,
    const struct port_place *place, struct port_facts *out)
{
	const struct demo_prober *demo =
	    (const struct demo_prober *)(const void *)prober;

	(void)run;
	*out = (struct port_facts){ .port = place->port, .host = place->name };
	speak(out, place->name);
	shake(out);
	if (!demo->mended)
		spoil(out);
}

struct prober *
demo_prober_new(bool mended)
{
	struct demo_prober *demo = calloc(1, sizeof(*demo));

	if (demo == NULL)
		out_of_memory();
	demo->prober.look = look;
	demo->mended = mended;
	return &demo->prober;
}

void
demo_prober_free(struct prober *prober)
{
	free(prober);
}
