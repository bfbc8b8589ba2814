/* Where a domain says that its mail services are. */
#include "service_srv.h"

#include <stdlib.h>
#include <string.h>

#include "look.h"

#define MX_HOSTS_MAX 4 /* in the domain, whose addresses are asked for */

const struct srv_kind srv_kinds[SRV_SERVICES] = {
	[SRV_POP3S] = { "_pop3s._tcp", MAIL_POP3, 995, true },
	[SRV_POP3] = { "_pop3._tcp", MAIL_POP3, 110, false },
	[SRV_IMAPS] = { "_imaps._tcp", MAIL_IMAP, 993, true },
	[SRV_IMAP] = { "_imap._tcp", MAIL_IMAP, 143, false },
	[SRV_SUBMISSIONS] = { "_submissions._tcp", MAIL_SMTP, 465, true },
	[SRV_SUBMISSION] = { "_submission._tcp", MAIL_SMTP, 587, false },
};

enum srv_service
srv_first(enum mail_protocol protocol)
{
	static const enum srv_service first[MAIL_PROTOCOLS] = {
		[MAIL_POP3] = SRV_POP3S,
		[MAIL_IMAP] = SRV_IMAPS,
		[MAIL_SMTP] = SRV_SUBMISSIONS,
	};

	return first[protocol];
}

static bool
is_root(const char *host)
{
	return host[0] == '\0' || strcmp(host, ".") == 0;
}

/* --- the order --------------------------------------------------------------- */

/* RFC 2782: the least priority first; weight decides by chance, mostly. */
static int
compare_srv(const void *a, const void *b)
{
	const struct record *x = ((const struct srv_record *)a)->record;
	const struct record *y = ((const struct srv_record *)b)->record;

	if (x->srv.priority != y->srv.priority)
		return x->srv.priority < y->srv.priority ? -1 : 1;
	if (x->srv.weight != y->srv.weight)
		return x->srv.weight > y->srv.weight ? -1 : 1;
	return record_compare(x, y);
}

static void
take_records(struct srv_set *set)
{
	for (size_t i = 0;
	     i < set->answer->nrecords && set->n < SRV_RECORDS_MAX; i++) {
		const struct record *record = &set->answer->records[i];

		set->records[set->n++] = (struct srv_record){ .record = record,
			.host.name = is_root(record->srv.host)
			    ? NULL
			    : record->srv.host };
	}
	qsort(set->records, set->n, sizeof(set->records[0]), compare_srv);
}

static int
compare_mx(const void *a, const void *b)
{
	const struct record *x = *(const struct record *const *)a;
	const struct record *y = *(const struct record *const *)b;

	if (x->mx.preference != y->mx.preference)
		return x->mx.preference < y->mx.preference ? -1 : 1;
	return record_compare(x, y);
}

/* The MX hosts inside the domain, the most preferred first. */
static size_t
own_hosts(struct run *run, const struct answer *mx, const char *domain,
    const char *out[MX_HOSTS_MAX])
{
	const struct record **list =
	    arena_array(run->arena, mx->nrecords, sizeof(*list));
	size_t n = 0;

	for (size_t i = 0; i < mx->nrecords; i++)
		list[i] = &mx->records[i];
	qsort(list, mx->nrecords, sizeof(*list), compare_mx);
	for (size_t i = 0; i < mx->nrecords && n < MX_HOSTS_MAX; i++)
		if (!is_root(list[i]->mx.host) &&
		    name_is_below(list[i]->mx.host, domain))
			out[n++] = list[i]->mx.host;
	return n;
}

/* --- asking -------------------------------------------------------------------- */

static bool
is_address(const char *host)
{
	struct ip ip;

	return ip_parse(str_of(host), &ip);
}

/* A and AAAA, one behind the other. */
static size_t
ask_for_host(struct run *run, struct look *look, const char *host)
{
	size_t first = look_for(run, look, host, RR_A);

	look_for(run, look, host, RR_AAAA);
	return first;
}

static struct srv_host
host_from(const struct look *look, size_t first)
{
	return (struct srv_host){ .name = look->questions[first].name,
		.a = look->answers[first],
		.aaaa = look->answers[first + 1] };
}

static enum status
ask_names(struct run *run, const char *domain, const char *given,
    struct service_srv *out)
{
	struct look look = { 0 };
	enum status status;
	size_t mx, host = 0;

	for (size_t i = 0; i < SRV_SERVICES; i++) {
		out->sets[i].name = arena_printf(
		    run->arena, "%s.%s", srv_kinds[i].label, domain);
		look_for(run, &look, out->sets[i].name, RR_SRV);
	}
	mx = look_for(run, &look, domain, RR_MX);
	if (given != NULL && !is_address(given))
		host = ask_for_host(run, &look, given);
	status = look_ask(run, &look);
	if (status != OK)
		return status;
	for (size_t i = 0; i < SRV_SERVICES; i++) {
		out->sets[i].answer = look.answers[i];
		take_records(&out->sets[i]);
	}
	out->mx = look.answers[mx];
	out->null_mx =
	    out->mx->nrecords == 1 && is_root(out->mx->records[0].mx.host);
	if (host > 0)
		out->given = host_from(&look, host);
	return OK;
}

static enum status
ask_addresses(struct run *run, const char *domain, struct service_srv *out)
{
	const char *hosts[MX_HOSTS_MAX];
	struct look look = { 0 };
	size_t nhosts = own_hosts(run, out->mx, domain, hosts);
	size_t next = 0;
	enum status status;

	for (size_t i = 0; i < SRV_SERVICES; i++)
		for (size_t k = 0; k < out->sets[i].n; k++)
			if (out->sets[i].records[k].host.name != NULL)
				ask_for_host(run, &look,
				    out->sets[i].records[k].host.name);
	for (size_t i = 0; i < nhosts; i++)
		ask_for_host(run, &look, hosts[i]);
	status = look_ask(run, &look);
	if (status != OK)
		return status;
	for (size_t i = 0; i < SRV_SERVICES; i++)
		for (size_t k = 0; k < out->sets[i].n; k++) {
			struct srv_record *r = &out->sets[i].records[k];

			if (r->host.name == NULL)
				continue;
			r->host = host_from(&look, next);
			next += 2;
		}
	for (; next < look.n && out->mx_host.name == NULL; next += 2)
		if (look.answers[next]->nrecords +
			look.answers[next + 1]->nrecords >
		    0)
			out->mx_host = host_from(&look, next);
	return OK;
}

enum status
service_srv_find(struct run *run, const char *domain, const char *given,
    struct service_srv *out)
{
	enum status status;

	*out = (struct service_srv){ 0 };
	status = ask_names(run, domain, given, out);
	return status == OK ? ask_addresses(run, domain, out) : status;
}

/* --- what they say ------------------------------------------------------------- */

bool
srv_offers(const struct srv_set *set)
{
	for (size_t i = 0; i < set->n; i++)
		if (set->records[i].host.name != NULL)
			return true;
	return false;
}

bool
srv_offers_protocol(const struct service_srv *srv, enum mail_protocol protocol)
{
	const struct srv_set *sets = &srv->sets[srv_first(protocol)];

	return srv_offers(&sets[0]) || srv_offers(&sets[1]);
}

bool
srv_offers_any(const struct service_srv *srv)
{
	for (size_t i = 0; i < SRV_SERVICES; i++)
		if (srv_offers(&srv->sets[i]))
			return true;
	return false;
}

bool
srv_denies(const struct service_srv *srv, enum mail_protocol protocol)
{
	const struct srv_set *sets = &srv->sets[srv_first(protocol)];

	return sets[0].n + sets[1].n > 0 && !srv_offers_protocol(srv, protocol);
}

bool
srv_is_dead(const struct srv_host *host)
{
	return host->name != NULL && answer_is_absent(host->a) &&
	    answer_is_absent(host->aaaa);
}

/*
 * Where one type has addresses of its own, an alias for the other is a thing
 * of dry runs: a zone is laid over DNS by name and type.
 */
const char *
srv_alias(const struct srv_host *host)
{
	const struct answer *answers[] = { host->a, host->aaaa };

	for (size_t i = 0; host->name != NULL && i < COUNT(answers); i++)
		if (answers[i]->nchain > 0 && answers[i]->nrecords > 0)
			return answers[i]->owner;
	return NULL;
}

bool
srv_is_given(const struct service_srv *srv, const char *host)
{
	const char *alias = srv_alias(&srv->given);

	return srv->given.name != NULL &&
	    (name_equal(host, srv->given.name) ||
		(alias != NULL && name_equal(host, alias)));
}
