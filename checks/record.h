/*
 * checks/record.h - one resource record, as found or as to be published: one
 * type, so that both can be compared.  RFC 1035 section 3.3 and the RFCs of
 * the later types.
 *
 * Names are presentation text as in name.h, in the case DNS gave them.
 */
#ifndef RECORD_H
#define RECORD_H

#include "base/ip.h"
#include "name.h"

enum rr_type {
	RR_A = 1,
	RR_NS = 2,
	RR_CNAME = 5,
	RR_SOA = 6,
	RR_PTR = 12,
	RR_MX = 15,
	RR_TXT = 16,
	RR_AAAA = 28,
	RR_SRV = 33,
	RR_DNAME = 39,
	RR_TLSA = 52,
	RR_SPF = 99,
	RR_CAA = 257,
};

#define RECORD_TTL 3600 /* seconds; of the records we propose */

struct record {
	const char *name;
	enum rr_type type;
	uint32_t ttl; /* seconds */
	union {
		struct ip ip; /* A, AAAA */
		const char *host; /* NS, CNAME, DNAME, PTR */
		struct str text; /* TXT, SPF: strings joined, raw octets */
		struct str rdata; /* all types not named here; RFC 3597 */
		struct {
			uint16_t preference;
			const char *host; /* "." is the null MX, RFC 7505 */
		} mx;
		struct {
			uint16_t priority;
			uint16_t weight;
			uint16_t port;
			const char *host;
		} srv;
		struct {
			const char *primary;
			const char *mailbox;
			uint32_t serial;
			uint32_t refresh, retry, expire; /* seconds */
			uint32_t minimum; /* seconds; RFC 2308 section 4 */
		} soa;
		struct {
			uint8_t flags;
			struct str tag;
			struct str value;
		} caa;
		struct {
			uint8_t usage;
			uint8_t selector;
			uint8_t matching;
			struct str data; /* raw octets */
		} tlsa;
	};
};

/*
 * Do both say the same: name, type and value, whatever their TTL?  Names are
 * equal in both cases.  record_compare() is 0 for those, else gives some
 * order; all that is equal in name and type stands together in it.
 */
bool record_equal(const struct record *, const struct record *);
int record_compare(const struct record *, const struct record *);

/* A copy with all it points to, in the arena. */
struct record record_copy(struct arena *, const struct record *);

/* "TXT"; "TYPE65280" for one without a name here (RFC 3597). */
const char *rr_type_word(struct arena *, enum rr_type);

/*
 * The value as a person sees and types it at a hosting panel: TXT joined and
 * printable (\DDD), an MX as "10 mail.example.org.", host names with the dot
 * at the end.  This is `value` in the JSON.
 */
const char *record_value(struct arena *, const struct record *);

/*
 * One line of a zone file, RFC 1035 section 5.1, with TTL and class; text in
 * strings of at most 255 octets, quotes and backslashes escaped.
 */
const char *record_zone_line(struct arena *, const struct record *);

#endif
