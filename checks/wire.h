/*
 * checks/wire.h - a dialogue in lines: over a connection, with or without
 * TLS, or over octets recorded earlier.  Bounded in time and size.
 *
 * A step is a command and its answer: wire_say() begins one, and all lines
 * read after it must come within its time, however slowly they trickle.
 */
#ifndef WIRE_H
#define WIRE_H

#include "tls_probe.h"

#define WIRE_LINE_MAX	8192 /* octets of a line */
#define WIRE_LINES_MAX	100 /* lines of a step */
#define WIRE_OCTETS_MAX 65536 /* of a whole connection */
#define WIRE_STEP_MS	10000
#define WIRE_CONNECT_MS 6000

struct wire {
	struct run *run;
	int fd; /* -1: recorded */
	struct tls_session *tls; /* or NULL */
	struct str recorded; /* what is still to come, without `fd` */
	bool local; /* both ends at one address */
	const char *own; /* our address literal */
	char buffer[WIRE_LINE_MAX];
	size_t held; /* octets in it... */
	size_t used; /* ...those already given away */
	size_t octets; /* of this connection */
	size_t lines; /* of this step */
	int64_t until_ms; /* of this step */
};

/* To be closed when TCP_OK. */
enum tcp_end wire_open(struct wire *, struct run *, const struct dns_server *);

/* A server that says `octets`, whatever it is told. */
void wire_record(struct wire *, struct run *, struct str octets);

void wire_close(struct wire *);

/* Begins a step of `limit_ms` without a command: for greetings. */
void wire_step(struct wire *, int limit_ms);

/* Begins a step by sending `text`, which holds its own CR LF. */
enum tcp_end wire_say(struct wire *, const char *text);

/* The next line without its end (CR LF, or LF alone); until the next call. */
enum tcp_end wire_line(struct wire *, struct str *line);

/* Octets that came before anybody asked. */
struct str wire_waiting(struct wire *);

/*
 * Goes on in TLS.  What waited is forgotten.  False when it cannot; why is in
 * *facts.
 */
bool wire_start_tls(
    struct wire *, const struct tls_wish *, struct tls_facts *facts);

#endif
