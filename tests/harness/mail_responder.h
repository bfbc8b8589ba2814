/*
 * tests/harness/mail_responder.h - a mail server that does what it is told,
 * for the faults that no real server makes.
 *
 *	static const struct mail_answer answers[] = {
 *		{ .command = "CAPABILITY",
 *		  .reply = "* CAPABILITY IMAP4rev1 STARTTLS\r\n$ OK\r\n" },
 *		{ .command = "STARTTLS", .reply = "$ OK\r\n", .last = true },
 *		{ .command = NULL, .reply = "$ BAD\r\n" },
 *	};
 *	static const struct mail_step steps[] = {
 *		{ .act = M_SAY, .text = "* OK hello\r\n" },
 *		{ .act = M_SERVE, .answers = answers },
 *		{ .act = M_TLS },
 *		{ .act = M_SERVE, .answers = answers },
 *		{ .act = M_END },
 *	};
 *	struct mail_responder *r = mail_responder_start(
 *	    &(struct mail_script){ .steps = steps, .chain = "chain.pem",
 *	    .key = "key.pem" });
 *	... connect to r->address, r->port ...
 *	mail_responder_stop(r);
 *
 * Each connection walks through the steps by itself, in a process of its own.
 * They die with the test.
 */
#ifndef MAIL_RESPONDER_H
#define MAIL_RESPONDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * What is said to a command: the first row that fits.  `command` is compared
 * without regard to case with the beginning of the line, after the tag where
 * `reply` has a "$", which stands for the tag (IMAP).  NULL fits all.
 */
struct mail_answer {
	const char *command;
	const char *reply;
	bool last; /* go on with the next step */
};

enum mail_act {
	M_END, /* the last: closes the connection */
	M_SAY, /* sends `text` (`len` octets, where that is not 0) */
	M_SLOW, /* the same, an octet every `ms` milliseconds */
	M_FLOOD, /* `text` again and again, as long as it is taken */
	M_HEAR, /* waits for a line */
	M_SERVE, /* answers lines, until the `last` or the client leaves */
	M_WAIT, /* silence for `ms` milliseconds; 0: until the client leaves */
	M_TLS, /* handshake; what came in clear before it is forgotten */
	M_TLS_KEEP, /* handshake; what came in clear is served after it */
	M_RESET, /* ends the connection with RST */
};

struct mail_step {
	enum mail_act act;
	const char *text;
	size_t len;
	unsigned int ms;
	const struct mail_answer *answers; /* ended by command NULL */
};

struct mail_script {
	const char *address; /* NULL: "127.0.0.2" */
	const struct mail_step *steps;
	const char *chain; /* PEM files, for the handshake */
	const char *key;
	bool client_certificate; /* demanded */
	int newest; /* a version number of OpenSSL, such as TLS1_1_VERSION */
	const char *ciphers; /* for TLS 1.2 and older; NULL: OpenSSL's */
	const char *heard; /* a file: every line of clients is added; or NULL */
};

struct mail_responder {
	char address[64];
	uint16_t port;
	pid_t pid;
};

/* Failure ends the test program. */
struct mail_responder *mail_responder_start(const struct mail_script *);

/* NULL is fine. */
void mail_responder_stop(struct mail_responder *);

#endif
