/* The door to ldns: questions and single records.  dns_answer.c reads on. */
#include "dns_message.h"

#include <ldns/ldns.h>
#include <string.h>

static bool
put_question(ldns_pkt *packet, const struct dns_query *query)
{
	uint8_t wire[NAME_WIRE_MAX];
	size_t len = name_to_wire(query->name, wire);
	ldns_rdf *name;
	ldns_rr *rr;

	if (len == 0)
		return false;
	name = ldns_rdf_new_frm_data(LDNS_RDF_TYPE_DNAME, len, wire);
	rr = ldns_rr_new();
	if (name == NULL || rr == NULL)
		out_of_memory();
	ldns_rr_set_owner(rr, name);
	ldns_rr_set_type(rr, (ldns_rr_type)query->type);
	ldns_rr_set_class(rr, LDNS_RR_CLASS_IN);
	ldns_rr_set_question(rr, true);
	if (!ldns_pkt_push_rr(packet, LDNS_SECTION_QUESTION, rr))
		out_of_memory();
	return true;
}

bool
dns_message_question(
    struct arena *arena, const struct dns_query *query, struct str *out)
{
	ldns_pkt *packet = ldns_pkt_new();
	uint8_t *wire = NULL;
	size_t len = 0;
	bool sound;

	if (packet == NULL)
		out_of_memory();
	ldns_pkt_set_id(packet, query->id);
	ldns_pkt_set_opcode(packet, LDNS_PACKET_QUERY);
	ldns_pkt_set_rd(packet, query->recurse);
	ldns_pkt_set_ad(packet, query->authentic);
	ldns_pkt_set_cd(packet, query->unchecked);
	if (query->edns)
		ldns_pkt_set_edns_udp_size(packet, DNS_EDNS_OCTETS);
	sound = put_question(packet, query);
	if (sound) {
		if (ldns_pkt2wire(&wire, packet, &len) != LDNS_STATUS_OK)
			out_of_memory();
		*out = (struct str){ arena_memdup(arena, wire, len), len };
	}
	LDNS_FREE(wire);
	ldns_pkt_free(packet);
	return sound;
}

/*
 * RDATA of one ldns record, field after field.  Every getter says false when
 * the field is not there or not of the size that the type has.
 */
static bool
get_octets(const ldns_rr *rr, size_t i, struct str *out)
{
	const ldns_rdf *field = ldns_rr_rdf(rr, i);

	if (i >= ldns_rr_rd_count(rr) || field == NULL)
		return false;
	*out = (struct str){ (const char *)ldns_rdf_data(field),
		ldns_rdf_size(field) };
	return true;
}

static bool
get_number(const ldns_rr *rr, size_t i, size_t octets, uint32_t *out)
{
	struct str field;

	if (!get_octets(rr, i, &field) || field.len != octets)
		return false;
	*out = 0;
	for (size_t at = 0; at < octets; at++)
		*out = *out << 8 | (uint8_t)field.p[at];
	return true;
}

static bool
get_name(struct arena *arena, const ldns_rr *rr, size_t i, const char **out)
{
	const ldns_rdf *field = ldns_rr_rdf(rr, i);

	if (i >= ldns_rr_rd_count(rr) || field == NULL ||
	    ldns_rdf_get_type(field) != LDNS_RDF_TYPE_DNAME ||
	    ldns_rdf_size(field) == 0)
		return false;
	*out = name_from_wire(arena, ldns_rdf_data(field));
	return true;
}

static bool
get_ip(const ldns_rr *rr, enum ip_family family, struct ip *out)
{
	struct ip ip = { .family = family };
	struct str field;

	if (!get_octets(rr, 0, &field) || field.len != ip_bits(ip) / 8)
		return false;
	memcpy(ip.octets, field.p, field.len);
	*out = ip;
	return true;
}

/* The character-strings of a TXT record, joined as they are; RFC 7208 3.3. */
static bool
get_text(struct arena *arena, const ldns_rr *rr, struct str *out)
{
	size_t len = 0;
	char *text;

	for (size_t i = 0; i < ldns_rr_rd_count(rr); i++)
		len += ldns_rdf_size(ldns_rr_rdf(rr, i));
	text = arena_alloc(arena, len + 1);
	*out = (struct str){ text, 0 };
	for (size_t i = 0; i < ldns_rr_rd_count(rr); i++) {
		struct str field;

		if (!get_octets(rr, i, &field) || field.len == 0 ||
		    field.len != (size_t)(uint8_t)field.p[0] + 1)
			return false;
		memcpy(text + out->len, field.p + 1, field.len - 1);
		out->len += field.len - 1;
	}
	return ldns_rr_rd_count(rr) > 0;
}

static bool
get_mx(struct arena *arena, const ldns_rr *rr, struct record *out)
{
	uint32_t preference;

	if (!get_number(rr, 0, 2, &preference))
		return false;
	out->mx.preference = (uint16_t)preference;
	return get_name(arena, rr, 1, &out->mx.host);
}

static bool
get_srv(struct arena *arena, const ldns_rr *rr, struct record *out)
{
	uint32_t priority, weight, port;

	if (!get_number(rr, 0, 2, &priority) ||
	    !get_number(rr, 1, 2, &weight) || !get_number(rr, 2, 2, &port))
		return false;
	out->srv.priority = (uint16_t)priority;
	out->srv.weight = (uint16_t)weight;
	out->srv.port = (uint16_t)port;
	return get_name(arena, rr, 3, &out->srv.host);
}

static bool
get_soa(struct arena *arena, const ldns_rr *rr, struct record *out)
{
	return get_name(arena, rr, 0, &out->soa.primary) &&
	    get_name(arena, rr, 1, &out->soa.mailbox) &&
	    get_number(rr, 2, 4, &out->soa.serial) &&
	    get_number(rr, 3, 4, &out->soa.refresh) &&
	    get_number(rr, 4, 4, &out->soa.retry) &&
	    get_number(rr, 5, 4, &out->soa.expire) &&
	    get_number(rr, 6, 4, &out->soa.minimum);
}

static struct str
copy(struct arena *arena, struct str octets)
{
	return (struct str){ str_dup(arena, octets), octets.len };
}

/* RFC 8659 section 4.1: flags, a tag with its length, the rest is value. */
static bool
get_caa(struct arena *arena, const ldns_rr *rr, struct record *out)
{
	struct str tag, value = { "", 0 };
	uint32_t flags;

	if (!get_number(rr, 0, 1, &flags) || !get_octets(rr, 1, &tag) ||
	    tag.len < 2 || tag.len != (size_t)(uint8_t)tag.p[0] + 1)
		return false;
	if (ldns_rr_rd_count(rr) > 2 && !get_octets(rr, 2, &value))
		return false;
	out->caa.flags = (uint8_t)flags;
	out->caa.tag = copy(arena, str_slice(tag, 1, tag.len));
	out->caa.value = copy(arena, value);
	return true;
}

/* RFC 6698 section 2.1 */
static bool
get_tlsa(struct arena *arena, const ldns_rr *rr, struct record *out)
{
	uint32_t usage, selector, matching;
	struct str data;

	if (!get_number(rr, 0, 1, &usage) || !get_number(rr, 1, 1, &selector) ||
	    !get_number(rr, 2, 1, &matching) || !get_octets(rr, 3, &data))
		return false;
	out->tlsa.usage = (uint8_t)usage;
	out->tlsa.selector = (uint8_t)selector;
	out->tlsa.matching = (uint8_t)matching;
	out->tlsa.data = copy(arena, data);
	return true;
}

/* RDATA of a type without fields of its own here, as it is on the wire. */
static bool
get_rdata(struct arena *arena, const ldns_rr *rr, struct str *out)
{
	ldns_buffer *buffer = ldns_buffer_new(LDNS_MIN_BUFLEN);
	bool sound;

	if (buffer == NULL)
		out_of_memory();
	sound = ldns_rr_rdata2buffer_wire(buffer, rr) == LDNS_STATUS_OK;
	if (sound)
		*out = copy(arena,
		    (struct str){ (const char *)ldns_buffer_begin(buffer),
			ldns_buffer_position(buffer) });
	ldns_buffer_free(buffer);
	return sound;
}

bool
record_from_rr(struct arena *arena, const ldns_rr *rr, struct record *out)
{
	*out = (struct record){
		.name = name_from_wire(arena, ldns_rdf_data(ldns_rr_owner(rr))),
		.type = (enum rr_type)ldns_rr_get_type(rr),
		.ttl = ldns_rr_ttl(rr),
	};
	switch (out->type) {
	case RR_A:
		return get_ip(rr, IP_V4, &out->ip);
	case RR_AAAA:
		return get_ip(rr, IP_V6, &out->ip);
	case RR_NS:
	case RR_CNAME:
	case RR_DNAME:
	case RR_PTR:
		return get_name(arena, rr, 0, &out->host);
	case RR_TXT:
	case RR_SPF:
		return get_text(arena, rr, &out->text);
	case RR_MX:
		return get_mx(arena, rr, out);
	case RR_SRV:
		return get_srv(arena, rr, out);
	case RR_SOA:
		return get_soa(arena, rr, out);
	case RR_CAA:
		return get_caa(arena, rr, out);
	case RR_TLSA:
		return get_tlsa(arena, rr, out);
	}
	return get_rdata(arena, rr, &out->rdata);
}

/*
 * What ldns leaves over at the end of RDATA, or misses there, is a length that
 * lies.
 */
bool
record_from_message(struct arena *arena, struct str message, size_t start,
    size_t end, struct record *out)
{
	size_t pos = start;
	ldns_rr *rr = NULL;
	bool sound;

	if (end > message.len)
		return false;
	sound = ldns_wire2rr(&rr, (const uint8_t *)message.p, end, &pos,
		    LDNS_SECTION_ANSWER) == LDNS_STATUS_OK &&
	    pos == end && record_from_rr(arena, rr, out);
	ldns_rr_free(rr);
	return sound;
}

bool
dns_message_asks(struct arena *arena, struct str message,
    const struct dns_query *query, size_t *end)
{
	ldns_rr *rr = NULL;
	bool same;

	*end = DNS_HEADER_SIZE;
	if (ldns_wire2rr(&rr, (const uint8_t *)message.p, message.len, end,
		LDNS_SECTION_QUESTION) != LDNS_STATUS_OK)
		return false;
	same = (unsigned int)ldns_rr_get_type(rr) == query->type &&
	    ldns_rr_get_class(rr) == LDNS_RR_CLASS_IN &&
	    name_equal(query->name,
		name_from_wire(arena, ldns_rdf_data(ldns_rr_owner(rr))));
	ldns_rr_free(rr);
	return same;
}

bool
record_from_rdata(struct arena *arena, struct record *record, struct str rdata)
{
	/* The root as owner, type, class IN, TTL 0, length; RFC 1035 4.1.3. */
	uint8_t head[] = { 0, 0, 0, 0, LDNS_RR_CLASS_IN, 0, 0, 0, 0, 0, 0 };
	struct str wire = { NULL, sizeof(head) + rdata.len };
	struct record found;
	char *octets;

	if (rdata.len > UINT16_MAX)
		return false;
	ldns_write_uint16(head + 1, (uint16_t)record->type);
	ldns_write_uint16(head + 9, (uint16_t)rdata.len);
	wire.p = octets = arena_alloc(arena, wire.len);
	memcpy(octets, head, sizeof(head));
	if (rdata.len > 0)
		memcpy(octets + sizeof(head), rdata.p, rdata.len);
	if (!record_from_message(arena, wire, 0, wire.len, &found))
		return false;
	found.name = record->name;
	found.ttl = record->ttl;
	*record = found;
	return true;
}
