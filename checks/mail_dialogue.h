/*
 * checks/mail_dialogue.h - what is said to POP3, IMAP and SMTP servers, and
 * how their answers are read.
 */
#ifndef MAIL_DIALOGUE_H
#define MAIL_DIALOGUE_H

#include "wire.h"

enum mail_protocol { MAIL_POP3, MAIL_IMAP, MAIL_SMTP };

#define MAIL_PROTOCOLS 3

enum mail_reply {
	MAIL_REPLY_YES, /* +OK, OK, 2xx */
	MAIL_REPLY_NO, /* -ERR, NO, BAD, BYE, 4xx, 5xx */
	MAIL_REPLY_NONSENSE, /* none of these */
	MAIL_REPLY_NONE, /* no whole answer: see `end` */
};

struct capabilities {
	bool known; /* the server gave a list */
	const char *list; /* printable, a blank between; or NULL */
	bool starttls;
	bool login; /* a password can be given */
	bool user; /* POP3: by USER and PASS */
	bool plain; /* by SASL PLAIN, RFC 4616 */
	bool sasl_login; /* by SASL LOGIN, which has no RFC */
	bool sasl_ir; /* IMAP: with it in one line, RFC 4959 */
	const char *ways; /* all of SASL, "NTLM GSSAPI", printable; or NULL */
	const char *software; /* IMPLEMENTATION of POP3; or NULL */
};

struct dialogue {
	enum mail_protocol protocol;
	struct wire wire;
	enum tcp_end end; /* why the last reply was MAIL_REPLY_NONE */
	const char *said; /* its last line, printable */
};

/* The greeting, within the time of a step; raw in *line until the next. */
enum mail_reply dialogue_greeting(struct dialogue *, struct str *line);

enum mail_reply dialogue_capabilities(
    struct dialogue *, struct capabilities *out);

/*
 * Asks for TLS.  With `inject`, a harmless command follows in the same
 * segment; RFC 2595 section 8 and RFC 3207 section 6 have it forgotten.
 */
enum mail_reply dialogue_starttls(struct dialogue *, bool inject);

/*
 * Says goodbye in TLS: was that command kept?  Commands are answered in order,
 * so a server that kept it answers it first, and the goodbye behind it.
 */
enum tri dialogue_goodbye_behind(struct dialogue *);

/* POP3: may a user name be given? */
enum mail_reply dialogue_user(struct dialogue *);

void dialogue_quit(struct dialogue *);

/* "pop3", "imap", "smtp": the words of the JSON. */
const char *mail_protocol_word(enum mail_protocol);

#endif
