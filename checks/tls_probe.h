/*
 * checks/tls_probe.h - the client's side of TLS, for looking: everything is
 * accepted (security level 0, any certificate), everything is noted.  One of
 * the doors to OpenSSL.  Whether a certificate is good is judged elsewhere.
 */
#ifndef TLS_PROBE_H
#define TLS_PROBE_H

#include "tcp.h"
#include "tls_facts.h"

struct tls_session;

struct tls_wish {
	const char *name; /* for SNI, RFC 6066 section 3; NULL: none */
	enum tls_version only; /* this version alone; TLS_NONE: 1.0 to 1.3 */
	int limit_ms; /* for the whole handshake */
};

/*
 * Shakes hands over a connected socket, which stays the caller's.  Fills
 * *facts in any case.  TCP_OK and trouble TLS_FINE: *session is to be closed.
 * TCP_STOPPED: the run ended, nothing is known.  Else TCP_OK, no session.
 */
enum tcp_end tls_handshake(struct run *, int fd, const struct tls_wish *,
    struct tls_facts *facts, struct tls_session **session);

/* As tcp_send() and tcp_receive(). */
enum tcp_end tls_send(
    struct run *, struct tls_session *, struct str, int64_t until_ms);
enum tcp_end tls_receive(struct run *, struct tls_session *, char *buffer,
    size_t max, int64_t until_ms, size_t *got);

/* After TCP_CLOSED: did an alert of the server end it? */
bool tls_was_alerted(const struct tls_session *);

/* Says goodbye (close_notify) and frees; NULL is fine.  Not the socket. */
void tls_close(struct tls_session *);

#endif
