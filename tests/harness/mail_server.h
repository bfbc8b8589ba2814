/*
 * tests/harness/mail_server.h - what Dovecot and Postfix for the tests have in
 * common; see dovecot.h and postfix.h.
 *
 * The programs are those of the machine or of build/servers.  They run as
 * whoever runs the test, root or not, by the help of tests/preload/elsewhere.c,
 * from a folder of their own and at ports of their own: the machine's servers
 * and their files are never touched.  They end with the test.
 *
 * They listen at 127.0.0.2, because a client at 127.0.0.1 is then somebody
 * else: where both addresses are the same (or with a client at the server's
 * address), Dovecot takes the connection for secured, and offers a login
 * without TLS.
 *
 * What cannot be done ends the test program with a sentence on stderr.
 */
#ifndef MAIL_SERVER_H
#define MAIL_SERVER_H

#include "server.h"

/* NULL when there are Dovecot and Postfix; else why not, in one sentence. */
const char *mail_servers_missing(void);

/* First line of a test that starts one; needs unit.h. */
#define NEED_MAIL_SERVERS()                                                    \
	do {                                                                   \
		const char *missing_ = mail_servers_missing();                 \
		if (missing_ != NULL)                                          \
			SKIP("%s", missing_);                                  \
	} while (0)

enum mail_tls {
	MAIL_TLS_REQUIRED, /* no login before it */
	MAIL_TLS_OPTIONAL, /* offered; see plain_login */
	MAIL_TLS_OFF, /* not offered; the TLS ports are closed */
	MAIL_TLS_IMPLICIT, /* from the first octet; the others are closed */
};

struct mail_options {
	const char *address; /* NULL: "127.0.0.2" */
	const char *name; /* in the greeting; NULL: "mail.example.org" */
	const char *chain; /* PEM files: the certificate, then those above */
	const char *key;
	enum mail_tls tls;
	bool plain_login; /* also before TLS; not with MAIL_TLS_REQUIRED */
	const char *oldest; /* "TLSv1", "TLSv1.1", "TLSv1.3"; NULL: TLSv1.2 */
	const char *user; /* who may log in; NULL: "joe@example.org" */
	const char *password; /* NULL: "secret" */

	/*
	 * More configuration, which has the last word; NULL: none.  For
	 * Dovecot lines of dovecot.conf, for Postfix of main.cf.
	 */
	const char *more;
};

#endif
