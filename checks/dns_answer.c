/* Answers: whose they are, what they hold, and what that means. */
#include "dns_message.h"

#include "base/i18n.h"
#include "base/printable.h"
#include "dns_chain.h"

#define CLASS_IN   1 /* RFC 1035 section 3.2.4 */
#define RR_OPT	   41 /* RFC 6891 section 6.1.1 */
#define OPTION_EDE 15 /* RFC 8914 section 2 */

/* Flags in octets 2 and 3 of the header; RFC 1035 4.1.1, RFC 4035 3.1.6. */
#define FLAG_QR	    0x8000
#define FLAG_OPCODE 0x7800
#define FLAG_AA	    0x0400
#define FLAG_TC	    0x0200
#define FLAG_AD	    0x0020
#define FLAG_RCODE  0x000f

enum {
	RCODE_NOERROR = 0,
	RCODE_FORMERR = 1,
	RCODE_NXDOMAIN = 3,
	RCODE_NOTIMP = 4,
	RCODE_BADVERS = 16
};

/* RFC 6895 section 2.3 */
static const char *const rcodes[] = { "NOERROR", "FORMERR", "SERVFAIL",
	"NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET", "NXRRSET",
	"NOTAUTH", "NOTZONE", [RCODE_BADVERS] = "BADVERS", [23] = "BADCOOKIE" };

enum section {
	SECTION_QUESTION,
	SECTION_ANSWER,
	SECTION_AUTHORITY,
	SECTION_ADDITIONAL
};

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
	struct str octets;
	size_t pos; /* what was read so far */
	struct found found; /* what the sections hold */
	unsigned int opts; /* OPT records; one at most */
	int rcode; /* with the upper bits of the OPT record */
	struct dns_facts *facts;
};

static uint8_t
octet_at(const struct message *m, size_t pos)
{
	return (uint8_t)m->octets.p[pos];
}

/* Numbers in network order; the caller knows that they are there. */
static uint16_t
u16_at(const struct message *m, size_t pos)
{
	return (uint16_t)(octet_at(m, pos) << 8 | octet_at(m, pos + 1));
}

static uint32_t
u32_at(const struct message *m, size_t pos)
{
	return (uint32_t)u16_at(m, pos) << 16 | u16_at(m, pos + 2);
}

/* Steps over a name: labels, then the root or a pointer; RFC 1035 4.1.4. */
static bool
skip_name(const struct message *m, size_t *pos)
{
	while (*pos < m->octets.len) {
		uint8_t length = octet_at(m, *pos);

		if (length == 0) {
			*pos += 1;
			return true;
		}
		if (length >= 0xc0) {
			*pos += 2;
			return *pos <= m->octets.len;
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
	size_t pos = m->pos;

	if (!skip_name(m, &pos) || m->octets.len - pos < 10)
		return false;
	*out = (struct raw){
		.start = m->pos,
		.rdata = pos + 10,
		.end = pos + 10 + u16_at(m, pos + 8),
		.type = u16_at(m, pos),
		.class = u16_at(m, pos + 2),
		.ttl = u32_at(m, pos + 4),
	};
	m->pos = out->end;
	return out->end <= m->octets.len;
}

static bool
read_record(struct message *m, const struct raw *raw, struct record *out)
{
	if (!record_from_message(
		m->arena, m->octets, raw->start, raw->end, out))
		return false;
	/* RFC 2181 section 8: the top bit set means 0. */
	if (out->ttl > INT32_MAX)
		out->ttl = 0;
	return true;
}

/* RFC 8914 section 2: the first extended error is kept. */
static bool
read_ede(struct message *m, size_t pos, size_t len)
{
	if (len < 2)
		return false;
	if (m->facts->ede >= 0)
		return true;
	m->facts->ede = u16_at(m, pos);
	if (len > 2)
		m->facts->ede_text = readable(
		    m->arena, str_slice(m->octets, pos + 2, pos + len));
	return true;
}

/* RFC 6891 section 6.1.2: options, each a code, a length and its data. */
static bool
read_opt(struct message *m, const struct raw *raw)
{
	size_t pos = raw->rdata;

	if (octet_at(m, raw->start) != 0 || m->opts++ > 0)
		return false;
	m->rcode |= (int)(raw->ttl >> 24) << 4;
	while (pos < raw->end) {
		size_t len;

		if (raw->end - pos < 4)
			return false;
		len = u16_at(m, pos + 2);
		if (len > raw->end - pos - 4)
			return false;
		if (u16_at(m, pos) == OPTION_EDE && !read_ede(m, pos + 4, len))
			return false;
		pos += 4 + len;
	}
	return true;
}

/* Records that say something about the question; the rest is stepped over. */
static bool
keep_record(struct message *m, enum section section, const struct raw *raw)
{
	struct found *found = &m->found;
	struct record record;

	if (raw->type == RR_OPT)
		return section == SECTION_ADDITIONAL && read_opt(m, raw);
	if (raw->class != CLASS_IN)
		return true;
	if (section == SECTION_ANSWER &&
	    (raw->type == found->type || raw->type == RR_CNAME ||
		raw->type == RR_DNAME)) {
		if (!read_record(m, raw, &record))
			return false;
		found->answers = arena_grow(
		    m->arena, found->answers, found->nanswers, sizeof(record));
		found->answers[found->nanswers++] = record;
	} else if (section == SECTION_AUTHORITY && raw->type == RR_NS) {
		found->has_ns = true;
	} else if (section == SECTION_AUTHORITY && raw->type == RR_SOA) {
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
	size_t n = 0;

	for (int i = SECTION_ANSWER; i <= SECTION_ADDITIONAL; i++) {
		/* RFC 1035 section 4.1.1: the counts stand at 4, 6, 8, 10. */
		size_t count = u16_at(m, 4 + 2 * (size_t)i);

		n += count;
		if (n > DNS_MAX_RECORDS)
			return false;
		for (; count > 0; count--) {
			struct raw raw;

			if (!next_raw(m, &raw) ||
			    !keep_record(m, (enum section)i, &raw))
				return false;
		}
	}
	return true;
}

static bool
is_error(int rcode)
{
	return rcode != RCODE_NOERROR && rcode != RCODE_NXDOMAIN;
}

/*
 * An answer without the question says no more than that the server did not
 * understand or did not want it (RFC 1035 section 4.1.1, RFC 6891 section 7).
 */
static bool
is_for_us(struct message *m, const struct dns_query *query)
{
	uint16_t flags;

	if (m->octets.len < DNS_HEADER_SIZE || m->octets.len > DNS_MESSAGE_MAX)
		return false;
	flags = u16_at(m, 2);
	if (u16_at(m, 0) != query->id || (flags & FLAG_QR) == 0 ||
	    (flags & FLAG_OPCODE) != 0)
		return false;
	m->rcode = flags & FLAG_RCODE;
	m->pos = DNS_HEADER_SIZE;
	if (u16_at(m, 4) == 0)
		return is_error(m->rcode);
	return u16_at(m, 4) == 1 &&
	    dns_message_asks(m->arena, m->octets, query, &m->pos);
}

const char *
dns_rcode_word(struct arena *arena, int rcode)
{
	if (rcode < 0 || (size_t)rcode >= COUNT(rcodes) ||
	    rcodes[rcode] == NULL)
		return arena_printf(arena, _("rcode %d"), rcode);
	return rcodes[rcode];
}

/* What the sections, once read, mean for the question. */
static void
conclude(struct message *m, const struct dns_query *query, struct answer *out)
{
	out->rcode = m->rcode;
	if (is_error(m->rcode)) {
		out->outcome = DNS_BROKEN;
		out->why = dns_rcode_word(m->arena, m->rcode);
		m->facts->no_edns = query->edns &&
		    (m->rcode == RCODE_FORMERR || m->rcode == RCODE_NOTIMP ||
			m->rcode == RCODE_BADVERS);
		return;
	}
	m->found.no_name = m->rcode == RCODE_NXDOMAIN;
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
		.octets = octets,
		.found = { .type = query->type },
		.facts = &noted,
	};
	uint16_t flags;

	if (!is_for_us(&m, query))
		return false;
	flags = u16_at(&m, 2);
	noted.truncated = (flags & FLAG_TC) != 0;
	*out = (struct answer){
		.name = arena_strdup(arena, query->name),
		.type = query->type,
		.outcome = DNS_BROKEN,
		.rcode = m.rcode,
		.authoritative = (flags & FLAG_AA) != 0,
		.authentic = (flags & FLAG_AD) != 0,
	};
	out->owner = out->name;
	if (noted.truncated)
		out->why = _("truncated answer");
	else if (!read_sections(&m) && !is_error(m.rcode))
		out->why = _("malformed answer");
	else
		conclude(&m, query, out);
	*facts = noted;
	return true;
}
