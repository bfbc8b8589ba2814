/* Comparing and copying resource records. */
#include "record.h"

#include <string.h>

static int
compare_numbers(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int
compare_octets(const void *a, size_t a_len, const void *b, size_t b_len)
{
	size_t len = a_len < b_len ? a_len : b_len;
	int order = len == 0 ? 0 : memcmp(a, b, len);

	return order != 0 ? order : (a_len > b_len) - (a_len < b_len);
}

static int
compare_str(struct str a, struct str b)
{
	return compare_octets(a.p, a.len, b.p, b.len);
}

static int
compare_soa(const struct record *a, const struct record *b)
{
	const uint32_t numbers[][2] = {
		{ a->soa.serial, b->soa.serial },
		{ a->soa.refresh, b->soa.refresh },
		{ a->soa.retry, b->soa.retry },
		{ a->soa.expire, b->soa.expire },
		{ a->soa.minimum, b->soa.minimum },
	};
	int order = name_compare(a->soa.primary, b->soa.primary);

	if (order == 0)
		order = name_compare(a->soa.mailbox, b->soa.mailbox);
	for (size_t i = 0; i < COUNT(numbers) && order == 0; i++)
		order = compare_numbers(numbers[i][0], numbers[i][1]);
	return order;
}

static int
compare_mx(const struct record *a, const struct record *b)
{
	int order = compare_numbers(a->mx.preference, b->mx.preference);

	return order != 0 ? order : name_compare(a->mx.host, b->mx.host);
}

static int
compare_srv(const struct record *a, const struct record *b)
{
	int order = compare_numbers(a->srv.priority, b->srv.priority);

	if (order == 0)
		order = compare_numbers(a->srv.weight, b->srv.weight);
	if (order == 0)
		order = compare_numbers(a->srv.port, b->srv.port);
	return order != 0 ? order : name_compare(a->srv.host, b->srv.host);
}

static int
compare_caa(const struct record *a, const struct record *b)
{
	int order = compare_numbers(a->caa.flags, b->caa.flags);

	if (order == 0)
		order = compare_str(a->caa.tag, b->caa.tag);
	return order != 0 ? order : compare_str(a->caa.value, b->caa.value);
}

static int
compare_tlsa(const struct record *a, const struct record *b)
{
	int order = compare_numbers(a->tlsa.usage, b->tlsa.usage);

	if (order == 0)
		order = compare_numbers(a->tlsa.selector, b->tlsa.selector);
	if (order == 0)
		order = compare_numbers(a->tlsa.matching, b->tlsa.matching);
	return order != 0 ? order : compare_str(a->tlsa.data, b->tlsa.data);
}

/* Of two records of one type. */
static int
compare_values(const struct record *a, const struct record *b)
{
	switch (a->type) {
	case RR_A:
	case RR_AAAA:
		return compare_octets(a->ip.octets, ip_bits(a->ip) / 8,
		    b->ip.octets, ip_bits(b->ip) / 8);
	case RR_NS:
	case RR_CNAME:
	case RR_DNAME:
	case RR_PTR:
		return name_compare(a->host, b->host);
	case RR_TXT:
	case RR_SPF:
		return compare_str(a->text, b->text);
	case RR_MX:
		return compare_mx(a, b);
	case RR_SRV:
		return compare_srv(a, b);
	case RR_SOA:
		return compare_soa(a, b);
	case RR_CAA:
		return compare_caa(a, b);
	case RR_TLSA:
		return compare_tlsa(a, b);
	}
	return compare_str(a->rdata, b->rdata);
}

int
record_compare(const struct record *a, const struct record *b)
{
	int order = name_compare(a->name, b->name);

	if (order == 0)
		order = compare_numbers(a->type, b->type);
	return order != 0 ? order : compare_values(a, b);
}

bool
record_equal(const struct record *a, const struct record *b)
{
	return record_compare(a, b) == 0;
}

static struct str
copy_str(struct arena *arena, struct str s)
{
	return (struct str){ str_dup(arena, s), s.len };
}

struct record
record_copy(struct arena *arena, const struct record *record)
{
	struct record copy = *record;

	copy.name = arena_strdup(arena, record->name);
	switch (record->type) {
	case RR_A:
	case RR_AAAA:
		return copy;
	case RR_NS:
	case RR_CNAME:
	case RR_DNAME:
	case RR_PTR:
		copy.host = arena_strdup(arena, record->host);
		return copy;
	case RR_TXT:
	case RR_SPF:
		copy.text = copy_str(arena, record->text);
		return copy;
	case RR_MX:
		copy.mx.host = arena_strdup(arena, record->mx.host);
		return copy;
	case RR_SRV:
		copy.srv.host = arena_strdup(arena, record->srv.host);
		return copy;
	case RR_SOA:
		copy.soa.primary = arena_strdup(arena, record->soa.primary);
		copy.soa.mailbox = arena_strdup(arena, record->soa.mailbox);
		return copy;
	case RR_CAA:
		copy.caa.tag = copy_str(arena, record->caa.tag);
		copy.caa.value = copy_str(arena, record->caa.value);
		return copy;
	case RR_TLSA:
		copy.tlsa.data = copy_str(arena, record->tlsa.data);
		return copy;
	}
	copy.rdata = copy_str(arena, record->rdata);
	return copy;
}
