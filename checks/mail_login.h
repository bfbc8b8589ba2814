/*
 * checks/mail_login.h - one login at mail ports, as a mail program makes it:
 * inside TLS whose certificate is verified by run->trust, and nowhere else.
 * RFC 1939, 5034, 3501, 4954, 4616.
 *
 * One attempt at a port, and none anywhere once the password was refused: each
 * refusal brings an account nearer to being locked.
 *
 * The password is borrowed.  Whatever was made of it is overwritten before a
 * function here returns, and no text of a server that repeats it is kept.
 */
#ifndef MAIL_LOGIN_H
#define MAIL_LOGIN_H

#include "port_check.h"

#define LOGIN_USER_MAX	   512 /* octets */
#define LOGIN_PASSWORD_MAX 1024

struct login {
	const char *user; /* octets as they are sent */
	const char *password;
	const char *host; /* what the certificate has to be for: a name in
			     A-labels, or an address */
};

/* Where it ended.  Up to LOGIN_HELD_BACK nothing secret was sent. */
enum login_end {
	LOGIN_NO_USE, /* what was seen at the port forbids it */
	LOGIN_UNREACHED, /* the server did not answer as before */
	LOGIN_NO_TLS,
	LOGIN_WEAK_TLS, /* older than 1.2, or a weak cipher */
	LOGIN_UNVERIFIED, /* the certificate */
	LOGIN_NO_WAY, /* a password is not among the ways to log in */
	LOGIN_NO_TIME,
	LOGIN_HELD_BACK, /* refused at another port before */
	LOGIN_IN,
	LOGIN_REFUSED, /* name or password, says the server */
	LOGIN_REFUSED_EXCHANGE, /* Exchange, which says that to more */
	LOGIN_DISABLED, /* this protocol, for this account */
	LOGIN_EXPIRED, /* the password */
	LOGIN_OTHER_KIND, /* a password made for one program is wanted, or a
			     login by web browser */
	LOGIN_TLS_WANTED, /* it says so, inside TLS */
	LOGIN_MECHANISM, /* what it offers, it does not know */
	LOGIN_ADMINISTRATOR, /* is to be asked */
	LOGIN_MAILBOX, /* in, and then the mailbox does not open */
	LOGIN_LATER, /* the server's own trouble */
	LOGIN_BUSY, /* somebody else has the mailbox open */
	LOGIN_TOO_MANY, /* logins before this one */
	LOGIN_LOST, /* no answer that can be understood */
};

#define LOGIN_ENDS (LOGIN_LOST + 1)

struct login_facts {
	enum login_end end;
	const char *why; /* LOGIN_UNVERIFIED: the fault of the certificate;
			    LOGIN_WEAK_TLS: the version or cipher;
			    LOGIN_NO_WAY: the mechanisms that are there */
	const char *said; /* the answer of the server, printable; or NULL */
	bool withheld; /* the password was in that answer, so `said` is NULL */
};

/*
 * Why a name and a password cannot be sent, one sentence; NULL: they can.
 * Neither may be empty, too long, or hold a control character that ends a line.
 */
const char *mail_login_problem(const char *user, const char *password);

/*
 * Logs in at the ports that were looked at, one after another in that order,
 * within the run's deadline.  Fills out[0] to out[n - 1]; texts are in
 * run->arena.  run->report stays as it is.
 */
void mail_login_all(struct run *, const struct login *,
    const struct port_facts *looked, size_t n, struct login_facts *out);

/*
 * The same dialogue over octets that a server said earlier: its greeting, and
 * all behind it.  No TLS, and so no certificate.
 */
void mail_login_replay(struct run *, enum mail_protocol, struct str octets,
    const struct login *, struct login_facts *out);

/*
 * What a refusal means.  `said` is raw: "-ERR [AUTH] ...", "NO [...] ..."
 * without the tag, or "535 5.7.8 ..."; `exchange`: the server is Exchange.
 */
enum login_end login_meaning(
    enum mail_protocol, struct str said, bool exchange);

/*
 * The logins at all ports of a check, with what came of them among its
 * findings.  In a made-up world there is nobody to log in to.
 */
void port_login(struct run *, const struct login *, struct port_check *);

/* Reports what came of one login; the texts are copied into run->arena. */
void mail_login_judge(struct run *, const struct login *,
    const struct port_facts *, const struct login_facts *);

/* Reports, once, at which ports it was left because of a refusal before. */
void mail_login_judge_together(struct run *, const struct login *,
    const struct port_facts *, const struct login_facts *, size_t n);

#endif
