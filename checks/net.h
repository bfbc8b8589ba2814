/*
 * checks/net.h - one DNS message to one server and back, over a socket of our
 * own.  RFC 1035 section 4.2.
 *
 * c-ares carries nearly all questions.  This is for the names it will not
 * send (SPF macros put any octet into a name), and for finding out why a
 * server could not be reached, which c-ares does not tell.
 *
 *	net_open(&exchange, ...);
 *	while (exchange.state == NET_WAITING)
 *		net_pollfd() -> run_poll() -> net_ready(), net_tick()
 *	net_close(&exchange);
 */
#ifndef NET_H
#define NET_H

#include "dns.h"

enum net_state {
	NET_WAITING,
	NET_ANSWERED, /* `answer` holds a whole message with our id */
	NET_FAILED, /* `error` says why */
};

struct net_exchange {
	enum net_state state;
	int fd; /* -1: none */
	int error; /* errno; 0: the server closed the connection */
	bool tcp;
	bool connected; /* TCP: there was an answer to the connection */
	struct str message;
	size_t sent; /* TCP: octets, those of the length too */
	unsigned char *octets; /* what came, in the arena */
	size_t got;
	struct str answer;
	int64_t opened_ms; /* CLOCK_MONOTONIC */
	unsigned int resent; /* UDP */
	struct arena *arena;
};

/*
 * Sends the message, which is borrowed, and must be a header at least.  The
 * answer will be in the arena.  A socket that cannot be had is NET_FAILED.
 */
void net_open(struct arena *, const struct dns_server *, bool tcp,
    struct str message, struct net_exchange *out);

/* What to wait for.  False when there is nothing to wait for. */
bool net_pollfd(const struct net_exchange *, struct pollfd *out);

/* Goes on, after poll() gave `revents`. */
void net_ready(struct net_exchange *, short revents);

/* UDP: sends again after 1 s and 3 s of silence.  Cheap to call often. */
void net_tick(struct net_exchange *);

/* The answer was not for us: UDP waits for another, TCP has failed. */
void net_reject(struct net_exchange *);

/* Closes the socket; may be called twice. */
void net_close(struct net_exchange *);

/*
 * Is there a way there from this machine?  Sends nothing.  False for IPv6
 * addresses where there is no IPv6.
 */
bool net_has_route(const struct dns_server *);

/*
 * Is that an address for examples (RFC 5737, RFC 3849), which no machine has?
 * Not where this one has it, as in a laboratory.  Sends nothing.
 */
bool net_is_nobody(const struct dns_server *);

#endif
