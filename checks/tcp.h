/*
 * checks/tcp.h - connections that bound their time: opened, written to, read.
 * Nothing here waits but in run_poll().
 */
#ifndef TCP_H
#define TCP_H

#include "dns.h"

enum tcp_end {
	TCP_OK,
	TCP_REFUSED, /* a reset answered the connection attempt */
	TCP_NO_ROUTE, /* this machine has no way there */
	TCP_TIMEOUT, /* the step's own limit passed */
	TCP_CLOSED, /* the peer ended the connection, or it was reset */
	TCP_LIMIT, /* the peer sent more than a dialogue may hold */
	TCP_STOPPED, /* the run's deadline passed, or it was cancelled */
};

/*
 * Connects, in at most `limit_ms`.  TCP_OK: *fd is a socket that does not
 * block, the caller closes it.  Else *fd is -1.
 */
enum tcp_end tcp_connect(
    struct run *, const struct dns_server *to, int limit_ms, int *fd);

/* Waits for `events` (of poll()) until `until_ms` of CLOCK_MONOTONIC. */
enum tcp_end tcp_wait(struct run *, int fd, short events, int64_t until_ms);

/* Sends all of it. */
enum tcp_end tcp_send(struct run *, int fd, struct str, int64_t until_ms);

/* Takes what has come, waiting for the first octet; `max` at most. */
enum tcp_end tcp_receive(struct run *, int fd, char *buffer, size_t max,
    int64_t until_ms, size_t *got);

/* Are both ends of the connection at the same address? */
bool tcp_is_local(int fd);

/* Our own address on this connection as EHLO wants it: RFC 5321 4.1.3. */
const char *tcp_own_literal(struct arena *, int fd);

#endif
