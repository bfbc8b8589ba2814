/*
 * checks/service_srv.h - where a domain says that its mail services are: SRV
 * records (RFC 2782, 6186, 8314 section 5.1), and its MX hosts.
 */
#ifndef SERVICE_SRV_H
#define SERVICE_SRV_H

#include "mail_dialogue.h"

enum srv_service { /* two for each protocol, TLS from the start first */
	SRV_POP3S,
	SRV_POP3,
	SRV_IMAPS,
	SRV_IMAP,
	SRV_SUBMISSIONS,
	SRV_SUBMISSION,
	SRV_SERVICES
};

struct srv_kind {
	const char *label; /* "_imaps._tcp" */
	enum mail_protocol protocol;
	uint16_t port; /* the usual one */
	bool implicit_tls;
};
extern const struct srv_kind srv_kinds[SRV_SERVICES];

/* The first of the two services of a protocol. */
enum srv_service srv_first(enum mail_protocol);

#define SRV_RECORDS_MAX 8 /* of one name that are looked at */

/* A host that is named somewhere, and its addresses. */
struct srv_host {
	const char *name; /* NULL: none, or not known; then so are the rest */
	const struct answer *a;
	const struct answer *aaaa;
};

struct srv_record {
	const struct record *record;
	struct srv_host host; /* none: ".", not offered; RFC 2782 */
};

/* The records at one name, in the order clients try them. */
struct srv_set {
	const char *name; /* "_imaps._tcp.example.org" */
	const struct answer *answer;
	struct srv_record records[SRV_RECORDS_MAX];
	size_t n;
};

struct service_srv {
	struct srv_set sets[SRV_SERVICES];
	const struct answer *mx;
	bool null_mx; /* RFC 7505 */
	struct srv_host mx_host; /* the first in the domain that has an
				    address */
	struct srv_host given;
};

/*
 * Asks for the SRV records of all mail services, the MX records, and the
 * addresses they lead to; and for those of the host `given` (NULL: none; one
 * that is an address gets none).  Everything lives in run->arena or with the
 * resolver.  OK or E_CANCELLED.
 */
enum status service_srv_find(struct run *, const char *domain,
    const char *given, struct service_srv *out);

/* Does a record name a host?  A service, one of a protocol's, any at all. */
bool srv_offers(const struct srv_set *);
bool srv_offers_protocol(const struct service_srv *, enum mail_protocol);
bool srv_offers_any(const struct service_srv *);

/* A protocol is said not to be offered: "." there, and nothing else. */
bool srv_denies(const struct service_srv *, enum mail_protocol);

/* Both A and AAAA are known not to be there. */
bool srv_is_dead(const struct srv_host *);

/* What the host is an alias for; NULL: it is none that leads to an address. */
const char *srv_alias(const struct srv_host *);

/* Is `host` the one that was given, or what that is an alias for? */
bool srv_is_given(const struct service_srv *, const char *host);

#endif
