/*
 * checks/mailport.h - a look at one mail port of one address: the dialogue in
 * clear, STARTTLS, TLS.  RFC 1939, 2449, 2595, 3501, 6409, 3207, 8314.
 *
 * Polite: one connection at a time, a fixed number in all, no login tried,
 * goodbye said.  What was seen is plain data; mailport_check.c judges it.
 */
#ifndef MAILPORT_H
#define MAILPORT_H

#include "mail_dialogue.h"

struct port {
	enum mail_protocol protocol;
	struct dns_server at;
	bool implicit_tls; /* TLS from the first octet; RFC 8314 section 3 */
	bool wanted; /* it matters when it is closed */
};

enum port_state {
	PORT_NOT_SEEN, /* the run ended first */
	PORT_NO_ROUTE, /* no way there from this machine */
	PORT_TIMEOUT, /* no answer to the connection attempt */
	PORT_CLOSED, /* refused */
	PORT_SILENT, /* connected, and not a word */
	PORT_SLOW, /* a part of a line in all that time */
	PORT_HUNG_UP, /* closed without a word */
	PORT_LEFT, /* greeted, and closed at the first question */
	PORT_REFUSED_GREETING, /* "-ERR", "* BYE", "554" */
	PORT_WRONG_PROTOCOL, /* greets as something else */
	PORT_NONSENSE, /* no protocol, or no end */
	PORT_IS_TLS, /* plain was expected */
	PORT_IS_PLAIN, /* TLS was expected */
	PORT_TLS_FAILED, /* TLS was expected, and did not come about */
	PORT_GREETED,
};

struct port_facts {
	struct port port;
	const char *host; /* asked for in SNI; or NULL */
	const char *helo; /* a name it may greet by, too; or NULL */
	enum port_state state;
	const char *greeting; /* printable; or NULL */
	const char *other; /* PORT_WRONG_PROTOCOL: "SSH" */
	const char *banner_name; /* SMTP: the name in the greeting; or NULL */
	const char *software; /* "dovecot"; NULL: not recognised */
	bool local; /* both ends at one address: servers trust that */
	struct capabilities before; /* TLS; of a plain port */
	struct capabilities after;
	enum tri login_before_tls;
	enum tri starttls; /* worked? NO: not offered or refused */
	bool starttls_refused; /* offered, and then refused */
	const char *starttls_answer; /* printable; or NULL */
	const char *text_after; /* what stood behind that answer; or NULL */
	enum tri injection; /* a command from before TLS was answered in it */
	bool tls_tried;
	struct tls_facts tls;
	enum tri accepts[TLS_VERSIONS]; /* each version by itself */
};

/*
 * Looks, within the run's deadline.  Everything is in run->arena.  `host`
 * (NULL: none) is the name for SNI.
 */
void mailport_look(struct run *, const struct port *, const char *host,
    bool injection_test, struct port_facts *out);

/*
 * The plain part of it over octets recorded earlier: greeting, capabilities,
 * the answer to STARTTLS.
 */
void mailport_replay(
    struct run *, const struct port *, struct str octets, struct port_facts *);

#endif
