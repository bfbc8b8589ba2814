/* Asking a domain's own name servers, each of them. */
#include "dns_authority.h"

#include "base/i18n.h"
#include "dns_flight.h"
#include "net.h"
#include "resolver.h"

#define HOSTS_MAX     16 /* NS records looked at */
#define ANCESTORS_MAX 4 /* asked for their NS side by side */

static bool
has_no_servers(const struct answer *answer)
{
	return answer->nchain > 0 || answer->outcome == DNS_NO_DATA ||
	    answer->outcome == DNS_NO_NAME;
}

/*
 * The NS records of the closest enclosing zone: of the name, or the first of
 * its ancestors that has any.  The root is not asked for.  *out is NULL when
 * there are none, or DNS failed on the way.
 */
static enum status
find_zone(struct run *run, const char *name, const struct answer **out)
{
	*out = NULL;
	while (name_labels(name) > 0) {
		const struct answer *answers[ANCESTORS_MAX];
		struct question questions[ANCESTORS_MAX];
		enum status status;
		size_t n = 0;

		for (; n < ANCESTORS_MAX && name_labels(name) > 0;
		     name = name_parent(name))
			questions[n++] = (struct question){ name, RR_NS };
		status = dns_ask_many(run, questions, n, answers);
		if (status != OK)
			return status;
		for (size_t i = 0; i < n; i++) {
			if (has_no_servers(answers[i]))
				continue;
			if (answers[i]->outcome == DNS_FOUND)
				*out = answers[i];
			return OK;
		}
	}
	return OK;
}

/* What is known of one host of an NS record. */
struct host {
	const char *name;
	const struct answer *by_type[2]; /* A, AAAA */
};

static enum status
find_addresses(struct run *run, const struct answer *zone, struct host *hosts,
    size_t nhosts)
{
	const struct answer *answers[2 * HOSTS_MAX];
	struct question questions[2 * HOSTS_MAX];
	enum status status;

	for (size_t i = 0; i < nhosts; i++) {
		hosts[i].name = zone->records[i].host;
		questions[2 * i] = (struct question){ hosts[i].name, RR_A };
		questions[2 * i + 1] =
		    (struct question){ hosts[i].name, RR_AAAA };
	}
	status = dns_ask_many(run, questions, 2 * nhosts, answers);
	for (size_t i = 0; i < nhosts && status == OK; i++) {
		hosts[i].by_type[0] = answers[2 * i];
		hosts[i].by_type[1] = answers[2 * i + 1];
	}
	return status;
}

/* The `round`th address of a host, IPv4 first; false when it has fewer. */
static bool
nth_address(const struct host *host, size_t round, struct ip *out)
{
	for (size_t i = 0; i < COUNT(host->by_type); i++) {
		const struct answer *answer = host->by_type[i];

		if (round < answer->nrecords) {
			*out = answer->records[round].ip;
			return true;
		}
		round -= answer->nrecords;
	}
	return false;
}

static bool
is_listed(const struct authority *list, size_t n, struct ip ip)
{
	for (size_t i = 0; i < n; i++)
		if (ip_equal(list[i].server.ip, ip))
			return true;
	return false;
}

/* First one address of every host, then the second of those that have one. */
static size_t
list_servers(struct run *run, const struct host *hosts, size_t nhosts,
    uint16_t port, struct authority *out)
{
	bool network = run->dns->ask_server == NULL;
	size_t n = 0, left = nhosts;

	for (size_t round = 0; left > 0 && n < AUTHORITY_MAX; round++) {
		left = 0;
		for (size_t i = 0; i < nhosts && n < AUTHORITY_MAX; i++) {
			struct authority *next = &out[n];

			*next = (struct authority){
				.host = hosts[i].name,
				.server.port = port,
			};
			if (!nth_address(&hosts[i], round, &next->server.ip))
				continue;
			left++;
			if (!is_listed(out, n, next->server.ip) &&
			    (!network || net_has_route(&next->server)))
				n++;
		}
	}
	return n;
}

/* RFC 1034 section 4.3.1: a server of the zone says that it is one, by AA. */
static void
judge(struct answer *answer)
{
	if (answer->outcome == DNS_BROKEN || answer->outcome == DNS_SILENT ||
	    answer->authoritative)
		return;
	answer->outcome = DNS_BROKEN;
	answer->why = _("lame: it does not answer for this zone itself");
	answer->records = NULL;
	answer->nrecords = 0;
	answer->partial = false;
}

/* Where the resolver knows what each of them says. */
static enum status
ask_resolver(struct run *run, const struct question *question,
    struct authority *list, size_t n)
{
	enum status status = OK;

	for (size_t i = 0; i < n && status == OK; i++) {
		struct answer *answer = NULL;

		status = run->dns->ask_server(
		    run->dns, run, &list[i].server, question, &answer);
		list[i].answer = answer;
	}
	return status;
}

static enum status
ask_each(struct run *run, const struct question *question,
    struct authority *list, size_t n)
{
	struct dns_flight flights[AUTHORITY_MAX];
	enum status status;

	for (size_t i = 0; i < n; i++) {
		struct dns_peer *peer =
		    arena_new_of(run->arena, struct dns_peer);
		struct dns_peer **peers =
		    arena_array(run->arena, 1, sizeof(*peers));

		peer->server = list[i].server;
		peer->text = dns_server_print(run->arena, &peer->server);
		peers[0] = peer;
		flights[i] = (struct dns_flight){
			.question = *question,
			.peers = peers,
			.npeers = 1,
		};
	}
	status = dns_fly(run, run->arena, flights, n);
	for (size_t i = 0; i < n && status == OK; i++) {
		judge(flights[i].answer);
		list[i].answer = flights[i].answer;
	}
	return status;
}

enum status
dns_ask_authorities(struct run *run, const char *name, enum rr_type type,
    uint16_t port, struct authority *out, size_t *n)
{
	struct question question = { arena_strdup(run->arena, name), type };
	struct host hosts[HOSTS_MAX];
	const struct answer *zone;
	enum status status;
	size_t nhosts;

	*n = 0;
	if (!name_is_valid(name))
		return OK;
	status = find_zone(run, question.name, &zone);
	if (status != OK || zone == NULL)
		return status;
	nhosts = zone->nrecords < HOSTS_MAX ? zone->nrecords : HOSTS_MAX;
	status = find_addresses(run, zone, hosts, nhosts);
	if (status != OK)
		return status;
	*n = list_servers(run, hosts, nhosts, port == 0 ? 53 : port, out);
	if (run->dns->ask_server != NULL)
		return ask_resolver(run, &question, out, *n);
	return ask_each(run, &question, out, *n);
}
