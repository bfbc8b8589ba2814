/* Asking a domain's own name servers, each of them. */
#include "dns_authority.h"

#include <string.h>

#include "base/i18n.h"
#include "dns_flight.h"
#include "dns_memo.h"
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

static bool
is_known(struct run *run, const struct question *question)
{
	return run->dns->memo != NULL && memo_knows(run->dns->memo, question);
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
		     name = name_parent(name)) {
			questions[n++] = (struct question){ name, RR_NS };
			if (n == 1 && is_known(run, &questions[0])) {
				name = name_parent(name);
				break; /* its ancestors may not be needed */
			}
		}
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

static struct dns_flight
flight_to(struct run *run, const struct question *question,
    const struct dns_server *server)
{
	struct dns_peer *peer = arena_new_of(run->arena, struct dns_peer);
	struct dns_peer **peers = arena_array(run->arena, 1, sizeof(*peers));

	peer->server = *server;
	peer->text = dns_server_print(run->arena, &peer->server);
	peers[0] = peer;
	return (struct dns_flight){
		.question = *question,
		.peers = peers,
		.npeers = 1,
	};
}

/* All servers of all questions, side by side. */
static enum status
ask_each(struct run *run, const struct question *questions, size_t nquestions,
    struct authority *out, const size_t *n)
{
	struct dns_flight *flights = arena_array(
	    run->arena, nquestions * AUTHORITY_MAX, sizeof(*flights));
	struct authority **to = arena_array(
	    run->arena, nquestions * AUTHORITY_MAX, sizeof(struct authority *));
	enum status status;
	size_t all = 0;

	for (size_t i = 0; i < nquestions; i++)
		for (size_t j = 0; j < n[i]; j++) {
			to[all] = &out[i * AUTHORITY_MAX + j];
			flights[all] =
			    flight_to(run, &questions[i], &to[all]->server);
			all++;
		}
	status = dns_fly(run, run->arena, flights, all);
	for (size_t i = 0; i < all && status == OK; i++) {
		judge(flights[i].answer);
		to[i]->answer = flights[i].answer;
	}
	return status;
}

/* The servers of the zone that `name` is in; *n is 0 when there are none. */
static enum status
find_servers(struct run *run, const char *name, uint16_t port,
    struct authority *out, size_t *n)
{
	struct host hosts[HOSTS_MAX];
	const struct answer *zone;
	enum status status;
	size_t nhosts;

	*n = 0;
	if (!name_is_valid(name))
		return OK;
	status = find_zone(run, name, &zone);
	if (status != OK || zone == NULL)
		return status;
	nhosts = zone->nrecords < HOSTS_MAX ? zone->nrecords : HOSTS_MAX;
	status = find_addresses(run, zone, hosts, nhosts);
	if (status == OK)
		*n = list_servers(
		    run, hosts, nhosts, port == 0 ? 53 : port, out);
	return status;
}

/* The NS records that find_zone() wants first, of all names at once. */
static void
ask_zones_ahead(
    struct run *run, const struct question *questions, size_t nquestions)
{
	for (size_t i = 0; i < nquestions; i++) {
		const char *name = questions[i].name;
		struct question ahead[ANCESTORS_MAX];
		size_t n = 0;

		for (; n < ANCESTORS_MAX && name_labels(name) > 0;
		     name = name_parent(name))
			ahead[n++] = (struct question){ name, RR_NS };
		dns_ask_ahead(run, ahead, n);
	}
}

static enum status
find_all_servers(struct run *run, const struct question *questions,
    size_t nquestions, uint16_t port, struct authority *out, size_t *n)
{
	enum status status = OK;

	if (nquestions > 1 &&
	    !name_equal(questions[0].name, questions[nquestions - 1].name))
		ask_zones_ahead(run, questions, nquestions);
	for (size_t i = 0; i < nquestions && status == OK; i++) {
		struct authority *to = &out[i * AUTHORITY_MAX];

		if (i > 0 &&
		    name_equal(questions[i].name, questions[i - 1].name)) {
			n[i] = n[i - 1];
			memcpy(to, to - AUTHORITY_MAX, n[i] * sizeof(*to));
		} else {
			status = find_servers(
			    run, questions[i].name, port, to, &n[i]);
		}
	}
	return status;
}

enum status
dns_ask_authorities_for(struct run *run, const struct question *asked,
    size_t nquestions, uint16_t port, struct authority *out, size_t *n)
{
	struct question *questions =
	    arena_array(run->arena, nquestions, sizeof(*questions));
	enum status status;

	for (size_t i = 0; i < nquestions; i++) {
		n[i] = 0;
		questions[i] =
		    (struct question){ arena_strdup(run->arena, asked[i].name),
			    asked[i].type };
	}
	status = find_all_servers(run, questions, nquestions, port, out, n);
	if (status != OK)
		return status;
	if (run->dns->ask_server == NULL)
		return ask_each(run, questions, nquestions, out, n);
	for (size_t i = 0; i < nquestions && status == OK; i++)
		status = ask_resolver(
		    run, &questions[i], &out[i * AUTHORITY_MAX], n[i]);
	return status;
}

enum status
dns_ask_authorities(struct run *run, const char *name, enum rr_type type,
    uint16_t port, struct authority *out, size_t *n)
{
	const struct question question = { name, type };

	return dns_ask_authorities_for(run, &question, 1, port, out, n);
}

void
dns_authorities_ahead(struct run *run, const struct answer *ns)
{
	struct question questions[2 * HOSTS_MAX];
	size_t n = 0;

	for (size_t i = 0; i < ns->nrecords && i < HOSTS_MAX; i++) {
		const char *host = ns->records[i].host;

		questions[n++] = (struct question){ host, RR_A };
		questions[n++] = (struct question){ host, RR_AAAA };
	}
	if (n > 0)
		dns_ask_ahead(run, questions, n);
}
