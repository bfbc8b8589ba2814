/* DNS messages, written and read by ldns. */
#include "dns_message.h"

#include <ldns/ldns.h>
#include <string.h>

#include "base/i18n.h"
#include "base/printable.h"
#include "dns_chain.h"

#define RCODE_BADVERS 16 /* RFC 6891 section 9 */
#define OPTION_EDE    15 /* RFC 8914 section 2 */
#define RR_OPT	      41 /* RFC 6891 section 6.1.1 */

/* A record as it lies in the message, RDATA not yet read. */
struct raw {
	size_t start; /* of the owner name */
	size_t rdata;
	size_t end;
	uint16_t type;
	uint16_t class; /* of an OPT record: a size */
	uint32_t ttl;
};

struct message {
	struct arena *arena;
	const uint8_t *octets;
	size_t len;
	size_t pos; /* what was read so far */
	struct found found; /* what the sections hold */
	unsigned int opts; /* OPT records; one at most */
	int rcode; /* with the upper bits of the OPT record */
	struct dns_facts *facts;
};

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

/* Steps over a name: labels, then the root or a pointer; RFC 1035 4.1.4. */
static bool
skip_name(const struct message *m, size_t *pos)
{
	while (*pos < m->len) {
		uint8_t length = m->octets[*pos];

		if (length == 0) {
			*pos += 1;
			return true;
		}
		if (length >= 0xc0) {
			*pos += 2;
			return *pos <= m->len;
		}
		if (length > NAME_LABEL_MAX)
			return false;
		*pos += (size_t)length + 1;
	}
	return false;
}

/* The next record; false when it is not whole. */
static bool
next_raw(struct message *m, struct raw *out)
{
	const uint8_t *fixed;
	size_t pos = m->pos;

	if (!skip_name(m, &pos) || m->len - pos < 10)
		return false;
	fixed = m->octets + pos;
	*out = (struct raw){
		.start = m->pos,
		.rdata = pos + 10,
		.end = pos + 10 + ldns_read_uint16(fixed + 8),
		.type = ldns_read_uint16(fixed),
		.class = ldns_read_uint16(fixed + 2),
		.ttl = ldns_read_uint32(fixed + 4),
	};
	m->pos = out->end;
	return out->end <= m->len;
}

/*
 * Reads a record by ldns and ours from that.  What ldns leaves over at the end
 * of RDATA, or misses there, is a length that lies.
 */
static bool
read_record(struct message *m, const struct raw *raw, struct record *out)
{
	size_t pos = raw->start;
	ldns_rr *rr = NULL;
	bool sound;

	sound = ldns_wire2rr(&rr, m->octets, raw->end, &pos,
		    LDNS_SECTION_ANSWER) == LDNS_STATUS_OK &&
	    pos == raw->end && record_from_rr(m->arena, rr, out);
	ldns_rr_free(rr);
	/* RFC 2181 section 8: the top bit set means 0. */
	if (sound && out->ttl > INT32_MAX)
		out->ttl = 0;
	return sound;
}

/* RFC 8914 section 2: the first extended error is kept. */
static bool
read_ede(struct message *m, const uint8_t *data, size_t len)
{
	struct str text = { (const char *)data + 2, len - 2 };

	if (len < 2)
		return false;
	if (m->facts->ede >= 0)
		return true;
	m->facts->ede = ldns_read_uint16(data);
	if (text.len > 0)
		m->facts->ede_text = readable(m->arena, text);
	return true;
}

/* RFC 6891 section 6.1.2: options, each a code, a length and its data. */
static bool
read_opt(struct message *m, const struct raw *raw)
{
	size_t pos = raw->rdata;

	if (m->octets[raw->start] != 0 || m->opts++ > 0)
		return false;
	m->rcode |= (int)(raw->ttl >> 24) << 4;
	while (pos < raw->end) {
		size_t len;

		if (raw->end - pos < 4)
			return false;
		len = ldns_read_uint16(m->octets + pos + 2);
		if (len > raw->end - pos - 4)
			return false;
		if (ldns_read_uint16(m->octets + pos) == OPTION_EDE &&
		    !read_ede(m, m->octets + pos + 4, len))
			return false;
		pos += 4 + len;
	}
	return true;
}

/* Records that say something about the question; the rest is stepped over. */
static bool
keep_record(struct message *m, ldns_pkt_section section, const struct raw *raw)
{
	struct found *found = &m->found;
	struct record record;

	if (raw->type == RR_OPT)
		return section == LDNS_SECTION_ADDITIONAL && read_opt(m, raw);
	if (raw->class != LDNS_RR_CLASS_IN)
		return true;
	if (section == LDNS_SECTION_ANSWER &&
	    (raw->type == found->type || raw->type == RR_CNAME ||
		raw->type == RR_DNAME)) {
		if (!read_record(m, raw, &record))
			return false;
		found->answers = arena_grow(
		    m->arena, found->answers, found->nanswers, sizeof(record));
		found->answers[found->nanswers++] = record;
	} else if (section == LDNS_SECTION_AUTHORITY && raw->type == RR_NS) {
		found->has_ns = true;
	} else if (section == LDNS_SECTION_AUTHORITY && raw->type == RR_SOA) {
		if (!read_record(m, raw, &record))
			return false;
		found->soa = arena_new_of(m->arena, struct record);
		*found->soa = record;
	}
	return true;
}

/* The three sections behind the question, whole or not at all. */
static bool
read_sections(struct message *m)
{
	static const ldns_pkt_section sections[] = {
		LDNS_SECTION_ANSWER,
		LDNS_SECTION_AUTHORITY,
		LDNS_SECTION_ADDITIONAL,
	};
	size_t n = 0;

	for (size_t i = 0; i < COUNT(sections); i++) {
		size_t count = ldns_read_uint16(m->octets + 6 + 2 * i);

		n += count;
		if (n > DNS_MAX_RECORDS)
			return false;
		for (; count > 0; count--) {
			struct raw raw;

			if (!next_raw(m, &raw) ||
			    !keep_record(m, sections[i], &raw))
				return false;
		}
	}
	return true;
}

/* Is the question of the message the one that was asked? */
static bool
is_same_question(struct message *m, const struct dns_query *query)
{
	ldns_rr *rr = NULL;
	bool same;

	if (ldns_wire2rr(&rr, m->octets, m->len, &m->pos,
		LDNS_SECTION_QUESTION) != LDNS_STATUS_OK)
		return false;
	same = (unsigned int)ldns_rr_get_type(rr) == query->type &&
	    ldns_rr_get_class(rr) == LDNS_RR_CLASS_IN &&
	    name_equal(query->name,
		name_from_wire(m->arena, ldns_rdf_data(ldns_rr_owner(rr))));
	ldns_rr_free(rr);
	return same;
}

/*
 * A header alone says no more than that the server did not understand or did
 * not want the question (RFC 1035 section 4.1.1, RFC 6891 section 7).
 */
static bool
is_for_us(struct message *m, const struct dns_query *query)
{
	uint16_t questions;

	if (m->len < DNS_HEADER_SIZE || m->len > DNS_MESSAGE_MAX)
		return false;
	if (LDNS_ID_WIRE(m->octets) != query->id || !LDNS_QR_WIRE(m->octets) ||
	    LDNS_OPCODE_WIRE(m->octets) != LDNS_PACKET_QUERY)
		return false;
	m->pos = DNS_HEADER_SIZE;
	m->rcode = LDNS_RCODE_WIRE(m->octets);
	questions = LDNS_QDCOUNT(m->octets);
	if (questions == 0)
		return m->rcode != LDNS_RCODE_NOERROR &&
		    m->rcode != LDNS_RCODE_NXDOMAIN &&
		    m->len == DNS_HEADER_SIZE;
	return questions == 1 && is_same_question(m, query);
}

const char *
dns_rcode_word(struct arena *arena, int rcode)
{
	ldns_lookup_table *found = rcode == RCODE_BADVERS
	    ? NULL
	    : ldns_lookup_by_id(ldns_rcodes, rcode);

	if (rcode == RCODE_BADVERS)
		return "BADVERS";
	if (found == NULL)
		return arena_printf(arena, _("rcode %d"), rcode);
	return found->name;
}

/* What the sections, once read, mean for the question. */
static void
conclude(struct message *m, const struct dns_query *query, struct answer *out)
{
	out->rcode = m->rcode;
	if (m->rcode != LDNS_RCODE_NOERROR && m->rcode != LDNS_RCODE_NXDOMAIN) {
		out->outcome = DNS_BROKEN;
		out->why = dns_rcode_word(m->arena, m->rcode);
		m->facts->no_edns = query->edns &&
		    (m->rcode == LDNS_RCODE_FORMERR ||
			m->rcode == LDNS_RCODE_NOTIMPL ||
			m->rcode == RCODE_BADVERS);
		return;
	}
	m->found.no_name = m->rcode == LDNS_RCODE_NXDOMAIN;
	m->found.authoritative = out->authoritative;
	dns_chain_follow(m->arena, &m->found, out);
	m->facts->lame = m->found.lame;
}

bool
dns_message_read(struct arena *arena, struct str octets,
    const struct dns_query *query, struct answer *out, struct dns_facts *facts)
{
	struct dns_facts noted = { .ede = -1 };
	struct message m = {
		.arena = arena,
		.octets = (const uint8_t *)octets.p,
		.len = octets.len,
		.found = { .type = query->type },
		.facts = facts,
	};

	if (!is_for_us(&m, query))
		return false;
	*facts = noted;
	facts->truncated = LDNS_TC_WIRE(m.octets);
	*out = (struct answer){
		.name = arena_strdup(arena, query->name),
		.type = query->type,
		.outcome = DNS_BROKEN,
		.rcode = m.rcode,
		.authoritative = LDNS_AA_WIRE(m.octets),
		.authentic = LDNS_AD_WIRE(m.octets),
	};
	out->owner = out->name;
	if (facts->truncated)
		out->why = _("truncated answer");
	else if (!read_sections(&m))
		out->why = _("malformed answer");
	else
		conclude(&m, query, out);
	return true;
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

bool
record_from_rdata(struct arena *arena, struct record *record, struct str rdata)
{
	/* The root as owner, type, class IN, TTL 0, length; RFC 1035 4.1.3. */
	uint8_t head[] = { 0, 0, 0, 0, LDNS_RR_CLASS_IN, 0, 0, 0, 0, 0, 0 };
	size_t len = sizeof(head) + rdata.len;
	uint8_t *wire = arena_alloc(arena, len);
	struct record found;
	ldns_rr *rr = NULL;
	size_t pos = 0;
	bool sound;

	if (rdata.len > UINT16_MAX)
		return false;
	ldns_write_uint16(head + 1, (uint16_t)record->type);
	ldns_write_uint16(head + 9, (uint16_t)rdata.len);
	memcpy(wire, head, sizeof(head));
	if (rdata.len > 0)
		memcpy(wire + sizeof(head), rdata.p, rdata.len);
	sound = ldns_wire2rr(&rr, wire, len, &pos, LDNS_SECTION_ANSWER) ==
		LDNS_STATUS_OK &&
	    pos == len && record_from_rr(arena, rr, &found);
	ldns_rr_free(rr);
	if (!sound)
		return false;
	found.name = record->name;
	found.ttl = record->ttl;
	*record = found;
	return true;
}
