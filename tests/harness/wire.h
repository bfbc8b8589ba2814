/*
 * tests/harness/wire.h - DNS messages octet by octet; RFC 1035 section 4.1.
 *
 *	wire_begin(0);
 *	wire_a("example.org", 60);
 *	assert_int_equal(wire_outcome(), DNS_FOUND);
 *
 * One message under construction, one question, one answer: `wire`.  A test
 * has wire_setup() and wire_teardown() around it.
 */
#ifndef WIRE_H
#define WIRE_H

#include "../../checks/dns_message.h"

#define WIRE_ID 0x4d57

extern struct wire {
	unsigned char octets[DNS_MESSAGE_MAX + 64];
	size_t len;
	size_t section; /* count of this one goes up: 6 answer, 8, 10 */
	struct arena *arena;
	struct dns_query query; /* A of example.org; a test may change it */
	struct answer answer; /* of the last wire_read() */
	struct dns_facts facts;
} wire;

/* Fixtures of cmocka. */
int wire_setup(void **state);
int wire_teardown(void **state);

/* Header and question of a new answer; the flags beside QR. */
void wire_begin(unsigned int flags);

/* A record in the section, counted. */
void wire_record(const char *name, unsigned int type, uint32_t ttl,
    const void *rdata, size_t len);
void wire_host(
    const char *name, unsigned int type, uint32_t ttl, const char *host);
void wire_a(const char *name, uint32_t ttl); /* 192.0.2.1 */
void wire_soa(const char *name, uint32_t ttl, uint32_t minimum);

/* Octets as they are, and one more in the section's count. */
void wire_put(const void *octets, size_t len);
void wire_16(unsigned int n);
void wire_32(uint32_t n);
void wire_name(const char *name);
void wire_count(void);

/* Reads the first `len` octets; false when they are not for us. */
bool wire_read(size_t len);

/* Reads it all, which must be for us. */
enum dns_outcome wire_outcome(void);
void wire_is_broken(const char *why);

#endif
