/* DNS messages octet by octet, and what dns_message_read() makes of them. */
#include "wire.h"

#include <stdlib.h>
#include <string.h>

#include "unit.h"

struct wire wire;

int
wire_setup(void **state)
{
	(void)state;
	wire.arena = arena_new();
	wire.query = (struct dns_query){
		.name = "example.org",
		.type = RR_A,
		.id = WIRE_ID,
		.recurse = true,
		.edns = true,
	};
	return 0;
}

int
wire_teardown(void **state)
{
	(void)state;
	arena_free(wire.arena);
	return 0;
}

void
wire_put(const void *octets, size_t len)
{
	assert_true(wire.len + len <= sizeof(wire.octets));
	memcpy(wire.octets + wire.len, octets, len);
	wire.len += len;
}

void
wire_16(unsigned int n)
{
	const unsigned char octets[] = { (unsigned char)(n >> 8),
		(unsigned char)n };

	wire_put(octets, 2);
}

void
wire_32(uint32_t n)
{
	wire_16(n >> 16);
	wire_16(n & 0xffff);
}

void
wire_name(const char *name)
{
	unsigned char octets[NAME_WIRE_MAX];
	size_t len = name_to_wire(name, octets);

	assert_true(len > 0);
	wire_put(octets, len);
}

/* Header and question; flags beside QR. */
void
wire_begin(unsigned int flags)
{
	wire.len = 0;
	wire.section = 6;
	wire_16(WIRE_ID);
	wire_16(0x8000 | flags);
	wire_16(1);
	wire_16(0);
	wire_16(0);
	wire_16(0);
	wire_name(wire.query.name);
	wire_16(wire.query.type);
	wire_16(1);
}

void
wire_count(void)
{
	unsigned char *count = wire.octets + wire.section;

	if (++count[1] == 0)
		count[0]++;
}

void
wire_record(const char *name, unsigned int type, uint32_t ttl,
    const void *rdata, size_t len)
{
	wire_count();
	wire_name(name);
	wire_16(type);
	wire_16(1);
	wire_32(ttl);
	wire_16((unsigned int)len);
	wire_put(rdata, len);
}

void
wire_host(const char *name, unsigned int type, uint32_t ttl, const char *host)
{
	unsigned char octets[NAME_WIRE_MAX];

	wire_record(name, type, ttl, octets, name_to_wire(host, octets));
}

void
wire_a(const char *name, uint32_t ttl)
{
	wire_record(name, RR_A, ttl, "\300\0\2\1", 4);
}

void
wire_soa(const char *name, uint32_t ttl, uint32_t minimum)
{
	unsigned char rdata[22] = { 0 };

	rdata[18] = (unsigned char)(minimum >> 24);
	rdata[19] = (unsigned char)(minimum >> 16);
	rdata[20] = (unsigned char)(minimum >> 8);
	rdata[21] = (unsigned char)minimum;
	wire_record(name, RR_SOA, ttl, rdata, sizeof(rdata));
}

bool
wire_read(size_t len)
{
	/* A copy of its own, so that a step over the end is seen. */
	char *copy = malloc(len + 1);
	bool ours;

	assert_non_null(copy);
	memcpy(copy, wire.octets, len);
	ours = dns_message_read(wire.arena, (struct str){ copy, len },
	    &wire.query, &wire.answer, &wire.facts);
	free(copy);
	return ours;
}

enum dns_outcome
wire_outcome(void)
{
	assert_true(wire_read(wire.len));
	return wire.answer.outcome;
}

void
wire_is_broken(const char *why)
{
	assert_int_equal(wire_outcome(), DNS_BROKEN);
	assert_string_equal(wire.answer.why, why);
	assert_int_equal(wire.answer.nrecords, 0);
}
