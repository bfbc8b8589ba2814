/*
 * checks/dns.h - asking DNS, and what came of it.
 *
 *	dns_ask() -> memo -> CNAME, DNAME -> resolver: network, zone file,
 *	                                     or a zone laid over another
 *
 * c-ares carries (dns_ares.c), ldns reads (dns_message.c, zone.c).  A question
 * is asked once as long as the resolver lives; independent questions leave
 * together.  How the world answered is never an error of ours: NXDOMAIN, no
 * data, a broken answer and silence are four outcomes, and stay so up to the
 * screen.
 */
#ifndef DNS_H
#define DNS_H

#include "record.h"
#include "run.h"

#define DNS_CHAIN_MAX 16 /* CNAMEs and DNAMEs followed for one question */

enum dns_outcome {
	DNS_FOUND, /* at least one record of the type */
	DNS_NO_DATA, /* the name is there, this type is not; RFC 2308 2.2 */
	DNS_NO_NAME, /* NXDOMAIN; RFC 2308 section 2.1 */
	DNS_BROKEN, /* SERVFAIL, REFUSED, ..., malformed, a CNAME loop */
	DNS_SILENT, /* nobody answered before the time was up */
};

struct answer {
	const char *name; /* as asked, in the letters of the first time */
	enum rr_type type;
	enum dns_outcome outcome;
	int rcode; /* RFC 1035 section 4.1.1; -1: none came */
	const char *why; /* BROKEN, SILENT: a phrase such as "SERVFAIL" or
			    "no answer from 192.0.2.53 in 6 s"; else NULL */
	bool bogus; /* BROKEN, and fine without DNSSEC: RFC 4035 5.5 */
	struct record *records; /* of the type asked, at `owner` */
	size_t nrecords;
	struct record *chain; /* the CNAMEs and DNAMEs that led there */
	size_t nchain;
	const char *owner; /* the name behind the chain; == name without */
	bool partial; /* ends in the middle of a chain, at `owner`: only what
			 a resolver gives; dns_ask() has followed it */
	uint32_t ttl; /* seconds; negative answers by RFC 2308 5 */
	bool authentic; /* AD; RFC 4035 section 3.2.3 */
	bool authoritative; /* AA */
	const char *server; /* who answered: "192.0.2.53", "zone file x" */
};

struct question {
	const char *name;
	enum rr_type type;
};

struct dns_server {
	struct ip ip;
	uint16_t port;
};

struct zone;

/* One question that went out, for --verbose. */
struct dns_trace {
	const char *name;
	enum rr_type type;
	const char *server;
	const char *result; /* "2 records", "NXDOMAIN", "no answer" ... */
	int64_t took_ms;
	struct dns_trace *next;
};

/*
 * Asks one question, or `n` that do not depend on each other, side by side.
 * out[] is filled with answers that live as long as the resolver does.  OK
 * whenever it was filled: a deadline that passes gives DNS_SILENT.  Else
 * E_CANCELLED, and out[] is untouched.
 */
enum status dns_ask(
    struct run *, const char *name, enum rr_type, const struct answer **out);
enum status dns_ask_many(
    struct run *, const struct question *, size_t n, const struct answer **out);

/*
 * Sends questions that dns_ask() will soon be called for, perhaps, and waits
 * for none of them.  A hint: nothing is lost where it does nothing, and the
 * answer of a question never asked for again is not waited for.
 */
void dns_ask_ahead(struct run *, const struct question *, size_t n);

/*
 * The network: these servers, asked in this order, the next after silence,
 * SERVFAIL or REFUSED; those of the system when n is 0.  The servers are
 * copied.  May be shared by threads.
 */
struct resolver *resolver_network(const struct dns_server *, size_t n);

/* The zone is the whole world; RFC 1034 section 4.3.2 without delegations. */
struct resolver *resolver_offline(const struct zone *);

/* The zone over another resolver, per name and type; borrows both. */
struct resolver *resolver_overlay(struct resolver *, const struct zone *);

/* Frees it with all answers it gave; NULL is fine.  Not what it borrowed. */
void resolver_free(struct resolver *);

/*
 * "192.0.2.53", "192.0.2.53:5353", "[2001:db8::53]:5353".  Port 53 when none
 * is given.  NULL, or one sentence that says what is wrong (in the arena).
 */
const char *dns_server_parse(
    struct arena *, struct str text, struct dns_server *out);
const char *dns_server_print(struct arena *, const struct dns_server *);

/* The system's servers, as /etc/resolv.conf names them; at most `max`. */
size_t dns_system_servers(struct dns_server *out, size_t max);

#endif
