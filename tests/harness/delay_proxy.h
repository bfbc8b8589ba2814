/*
 * tests/harness/delay_proxy.h - distance, as a proxy: what a client sends
 * arrives so many milliseconds later, and so does what the server answers.
 *
 *	struct delay_proxy *far = delay_proxy_start(d->address, d->imaps, 50);
 *	... connect to far->address, far->port: a round trip takes 100 ms ...
 *	delay_proxy_stop(far);
 *
 * A TCP connection itself is made at once, as the kernel does it.
 */
#ifndef DELAY_PROXY_H
#define DELAY_PROXY_H

#include <stdatomic.h>
#include <stdint.h>
#include <sys/types.h>

struct delay_proxy {
	char address[64]; /* that of the server */
	uint16_t port;
	atomic_uint *connections; /* so far; of DNS: questions */
	atomic_uint *refused; /* of DNS: questions */
	pid_t pid;
};

/* `ms`: one way.  Failure ends the test program. */
struct delay_proxy *delay_proxy_start(
    const char *address, uint16_t port, unsigned int ms);

/*
 * The same before a name server, by UDP.  One process, however much is under
 * way.  `most`: of more questions at once the rest is REFUSED right away, as
 * dnsmasq does it; 0: any number.
 */
struct delay_proxy *delay_proxy_start_dns(
    const char *address, uint16_t port, unsigned int ms, unsigned int most);

/* NULL is fine. */
void delay_proxy_stop(struct delay_proxy *);

#endif
