/* One look at the world: what is asked, and asking it. */
#include "look.h"

#include <ifaddrs.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/dns_ares.h"
#include "../checks/sending.h"
#include "../checks/subdomain_check.h"
#include "../checks/zone.h"
#include "dkim_plan.h"
#include "dmarc_plan.h"
#include "output.h"
#include "ports_plan.h"

#define LOOK_LIMIT_MS 30000 /* of one look; CONTRACT, --timeout */

/* --- on the main thread -------------------------------------------------- */

static const char *
text_or_null(struct arena *arena, const char *text)
{
	return text[0] == '\0' ? NULL : arena_strdup(arena, text);
}

/* CONTRACT, --authoritative: on by default only without a resolver named. */
static enum asking
whom_to_ask(const struct plan *plan, const struct live_options *options)
{
	if (options->offline)
		return ASKING_OFFLINE;
	if (!options->authoritative)
		return ASKING_OFF;
	if (options->only_with_system && plan->resolver[0] != '\0')
		return ASKING_RESOLVER;
	return ASKING_ALL;
}

static void
copy_target(struct look *look, const struct plan *plan,
    const struct live_options *options)
{
	struct target *target = &look->target;

	*target = (struct target){
		.domain = arena_strdup(look->arena, plan->domain),
		.host = text_or_null(look->arena, plan->host),
		.helo = text_or_null(look->arena, plan->helo),
		.sends_nothing = plan->sends_nothing,
		.receives_nothing = plan->receives_nothing,
		.authoritative = whom_to_ask(plan, options) == ASKING_ALL,
		.authoritative_port = options->authoritative_port,
	};
	for (size_t i = 0; i < plan->nsending; i++) {
		struct ip ip;

		if (target->nsending < TARGET_IPS_MAX &&
		    ip_parse(str_of(plan->sending[i]), &ip))
			target->sending[target->nsending++] = ip;
	}
	target->nexpected =
	    dkim_plan_expected(look->arena, plan, &target->expected);
	target->nselectors =
	    dkim_plan_selectors(look->arena, plan, &target->selectors);
	for (size_t i = 0; i < plan->nsubdomains; i++)
		look->subdomains[look->nsubdomains++] =
		    arena_strdup(look->arena, plan->subdomain[i]);
}

/* What was answered; the others are found out. */
static void
copy_ports(struct look *look, const struct plan *plan)
{
	for (int i = 0; i < MAIL_PROTOCOLS; i++)
		if (plan->ports[i].nports > 0)
			look->target.nports +=
			    ports_plan(plan, (enum mail_protocol)i,
				&look->ports[look->target.nports]);
	look->target.ports = look->ports;
}

struct look *
look_new(enum look_kind kind, const struct plan *plan,
    const struct live_options *options, struct world *world,
    unsigned int number)
{
	struct look *look = calloc(1, sizeof(*look));

	if (look == NULL)
		out_of_memory();
	look->job.work = look_work;
	look->job.cancel_fd = -1;
	look->kind = kind;
	look->number = number;
	look->limit_ms =
	    options->timeout_ms > 0 ? options->timeout_ms : LOOK_LIMIT_MS;
	look->world = world_hold(world);
	look->arena = arena_new();
	copy_target(look, plan, options);
	look->plan.record = output_spf_text(look->arena, plan);
	if (kind == LOOK_DMARC_PLAN) {
		look->plan.record = dmarc_plan_text(look->arena, plan);
		dmarc_try_names(look->arena, plan, &look->tries);
	}
	if (kind == LOOK_ALIGN)
		look->plan.record = dmarc_plan_text(look->arena, plan);
	copy_ports(look, plan);
	if (kind == LOOK_PLAN || kind == LOOK_DMARC_PLAN)
		look->target.authoritative = false;
	/* The servers of the demo ask nobody. */
	if (kind == LOOK_PUBLISHED)
		look_published_begin(look, plan,
		    options->demo != NULL ? ASKING_ALL
					  : whom_to_ask(plan, options));
	return look;
}

void
look_free(struct look *look)
{
	if (look == NULL)
		return;
	key_pair_wipe(&look->pair);
	login_words_free(look->question.login);
	if (look->run.arena != NULL)
		run_end(&look->run);
	resolver_free(look->overlay);
	zone_free(look->zone);
	world_drop(look->world);
	arena_free(look->arena);
	free(look);
}

/* --- on a worker --------------------------------------------------------- */

static struct ip
ip_of_interface(const struct sockaddr *address)
{
	struct ip ip = { 0 };

	if (address != NULL && address->sa_family == AF_INET) {
		struct sockaddr_in in;

		memcpy(&in, address, sizeof(in));
		ip.family = IP_V4;
		memcpy(ip.octets, &in.sin_addr, 4);
	} else if (address != NULL && address->sa_family == AF_INET6) {
		struct sockaddr_in6 in6;

		memcpy(&in6, address, sizeof(in6));
		ip.family = IP_V6;
		memcpy(ip.octets, &in6.sin6_addr, 16);
	}
	return ip;
}

static bool
holds(const struct answer *answer, struct ip ip)
{
	for (size_t i = 0; i < answer->nrecords; i++)
		if (ip_equal(answer->records[i].ip, ip))
			return true;
	return false;
}

/* Is one of these addresses an interface of this machine? */
static bool
is_here(const struct answer *a, const struct answer *aaaa)
{
	struct ifaddrs *list, *at;
	bool here = false;

	if (getifaddrs(&list) == -1)
		return false;
	for (at = list; at != NULL && !here; at = at->ifa_next) {
		struct ip ip = ip_of_interface(at->ifa_addr);

		here =
		    ip.family != IP_NONE && (holds(a, ip) || holds(aaaa, ip));
	}
	freeifaddrs(list);
	return here;
}

static enum status
look_start(struct look *look)
{
	struct start_facts *facts = &look->start;
	const struct target *target = &look->target;
	struct question questions[3] = {
		{ target->domain[0] != '\0' ? target->domain : ".", RR_SOA },
		{ target->host, RR_A },
		{ target->host, RR_AAAA },
	};
	const struct answer *answers[3] = { 0 };
	int64_t begin = monotonic_ms();
	size_t n = target->host != NULL ? 3 : 1;
	enum status status;

	status = dns_ask_many(&look->run, questions, 1, answers);
	facts->took_ms = monotonic_ms() - begin;
	if (status == OK && n > 1)
		status =
		    dns_ask_many(&look->run, questions + 1, n - 1, answers + 1);
	if (status != OK)
		return status;
	facts->domain = answers[0];
	facts->a = answers[1];
	facts->aaaa = answers[2];
	facts->answered = answers[0]->outcome != DNS_SILENT;
	facts->why = facts->answered ? NULL : answers[0]->why;
	facts->here = n > 1 && is_here(facts->a, facts->aaaa);
	return OK;
}

/* The A and AAAA answers of the MX hosts inside the domain. */
static enum status
ask_own_hosts(struct look *look, const struct answer ***out, size_t *nout)
{
	struct run *run = &look->run;
	const struct answer *mx;
	struct question *questions;
	enum status status;
	size_t n = 0;

	*nout = 0;
	status = dns_ask(run, look->target.domain, RR_MX, &mx);
	if (status != OK)
		return status;
	questions =
	    arena_array(run->arena, 2 * mx->nrecords + 1, sizeof(*questions));
	for (size_t i = 0; i < mx->nrecords; i++) {
		const char *host = mx->records[i].mx.host;

		if (!name_is_below(host, look->target.domain))
			continue;
		questions[n++] = (struct question){ host, RR_A };
		questions[n++] = (struct question){ host, RR_AAAA };
	}
	*out = arena_array(run->arena, n + 1, sizeof(**out));
	*nout = n;
	return n == 0 ? OK : dns_ask_many(run, questions, n, *out);
}

/* What each of the own addresses gets from the planned record. */
static enum status
try_senders(struct look *look)
{
	struct plan_facts *facts = &look->plan;
	const struct answer **hosts = NULL;
	struct ip ips[TARGET_IPS_MAX];
	size_t nhosts = 0, n;
	enum status status = OK;

	if (look->target.nsending == 0)
		status = ask_own_hosts(look, &hosts, &nhosts);
	if (status != OK)
		return status;
	n = sending_addresses(&look->target, hosts, nhosts, ips);
	for (size_t i = 0; i < n && status == OK; i++) {
		struct spf_query query = {
			.ip = ips[i],
			.helo = look->target.domain,
			.sender = arena_printf(look->run.arena, "postmaster@%s",
			    look->target.domain),
		};

		facts->sender[i].ip = ips[i];
		status = spf_check_host(&look->run, look->target.domain, &query,
		    &facts->sender[i].verdict);
		if (status == OK)
			facts->nsenders++;
	}
	return status;
}

bool
look_means_spf(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (str_starts_nocase(str_slice(text, i, text.len), "v=spf1"))
			return true;
	return false;
}

/* The planned record beside the other texts at the name, over DNS. */
static enum status
lay_plan_over(struct look *look)
{
	struct run *run = &look->run;
	const struct answer *texts;
	struct record *records;
	enum status status;
	size_t n = 0;

	status = dns_ask(run, look->target.domain, RR_TXT, &texts);
	if (status != OK)
		return status;
	records =
	    arena_array(run->arena, texts->nrecords + 1, sizeof(*records));
	for (size_t i = 0; i < texts->nrecords; i++)
		if (!look_means_spf(texts->records[i].text))
			records[n++] = texts->records[i];
	records[n++] = (struct record){
		.name = look->target.domain,
		.type = RR_TXT,
		.ttl = RECORD_TTL,
		.text = str_of(look->plan.record),
	};
	look->zone = zone_from_records(records, n);
	look->overlay = resolver_overlay(look->world->dns, look->zone);
	run->dns = look->overlay;
	return OK;
}

static enum status
look_at_plan(struct look *look)
{
	struct plan_facts *facts = &look->plan;
	struct run *run = &look->run;
	enum status status;

	spf_parse(run->arena, str_of(facts->record), &facts->parsed);
	status = lay_plan_over(look);
	if (status == OK)
		status = spf_cost(
		    run, look->target.domain, &facts->parsed, &facts->cost);
	if (status == OK)
		status = try_senders(look);
	if (status == OK)
		status =
		    check_step(run, STEP_SPF, &look->target, &look->report);
	return status;
}

/* The plan's record is what DNS has already. */
static bool
is_published(const struct look *look, const struct answer *texts)
{
	struct str found = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < texts->nrecords; i++)
		if (dmarc_is_record(texts->records[i].text) && n++ == 0)
			found = texts->records[i].text;
	return n == 1 && dmarc_same_record(found, str_of(look->plan.record));
}

/* What is to be published for the plan: its record, and consent of others. */
static void
suggest_dmarc(struct look *look, const struct record *planned, bool published)
{
	struct step_report *report = &look->report;
	struct record *out =
	    arena_array(look->run.arena, report->nsuggested + 1, sizeof(*out));
	size_t n = 0;

	if (!published)
		out[n++] = *planned;
	for (size_t i = 0; i < report->nsuggested; i++)
		if (!name_equal(report->suggested[i].name, planned->name))
			out[n++] = report->suggested[i];
		else
			look->repair = report->suggested[i].text;
	report->suggested = out;
	report->nsuggested = n;
}

static struct record
planned_dmarc(struct look *look)
{
	return (struct record){
		.name = arena_printf(
		    look->run.arena, "_dmarc.%s", look->target.domain),
		.type = RR_TXT,
		.ttl = RECORD_TTL,
		.text = str_of(look->plan.record),
	};
}

static void
lay_dmarc_over(struct look *look, const struct record *planned)
{
	look->zone = zone_from_records(planned, 1);
	look->overlay = resolver_overlay(look->world->dns, look->zone);
	look->run.dns = look->overlay;
}

static enum status
look_at_dmarc_plan(struct look *look)
{
	struct run *run = &look->run;
	struct record planned = planned_dmarc(look);
	const struct answer *texts;
	enum status status = dns_ask(run, planned.name, RR_TXT, &texts);
	bool published;

	if (status != OK)
		return status;
	published = is_published(look, texts);
	lay_dmarc_over(look, &planned);
	status = check_step(run, STEP_DMARC, &look->target, &look->report);
	if (status == OK)
		status = dmarc_try_align(run, &look->tries);
	if (status == OK)
		suggest_dmarc(look, &planned, published);
	return status;
}

/* The planned record matters: it may say where the organization begins. */
static enum status
look_at_alignment(struct look *look)
{
	struct record planned = planned_dmarc(look);

	if (planned.text.len > 0)
		lay_dmarc_over(look, &planned);
	dmarc_try_typed(look->arena, look->question.align[ALIGN_FROM],
	    look->question.align[ALIGN_MAIL_FROM],
	    look->question.align[ALIGN_SIGNER], &look->tries);
	return dmarc_try_align(&look->run, &look->tries);
}

/* What one address gets: by what is published, and by what is planned. */
static enum status
look_try(struct look *look)
{
	struct try_facts *facts = &look->tried;
	const char *domain = look->target.domain;
	struct run *run = &look->run;
	struct spf_query query = { .helo = domain };
	enum status status;

	facts->record = look->plan.record;
	facts->sender = look->question.sender[0] != '\0'
	    ? look->question.sender
	    : arena_printf(run->arena, "postmaster@%s", domain);
	if (!ip_parse(str_of(look->question.ip), &facts->ip))
		return E_CANCELLED;
	query.ip = facts->ip;
	query.sender = facts->sender;
	status = spf_check_host(run, domain, &query, &facts->published);
	if (status == OK && facts->record[0] != '\0')
		status = lay_plan_over(look);
	if (status == OK && facts->record[0] != '\0')
		status = spf_check_host(run, domain, &query, &facts->planned);
	return status;
}

static enum status
look_at_service(struct look *look)
{
	struct service_facts *facts = &look->service;
	struct run *run = &look->run;
	const char *text = arena_printf(
	    run->arena, "v=spf1 include:%s", look->question.domain);

	spf_parse(run->arena, str_of(text), &facts->parsed);
	return spf_cost(run, look->target.domain, &facts->parsed, &facts->cost);
}

static enum status
look_at_spf(struct look *look)
{
	enum status status =
	    check_step(&look->run, STEP_SPF, &look->target, &look->report);

	/* Asked by the check, and remembered since. */
	if (status == OK)
		status = dns_ask(
		    &look->run, look->target.domain, RR_TXT, &look->texts);
	return status;
}

static enum status
look_at(struct look *look)
{
	switch (look->kind) {
	case LOOK_START:
		return look_start(look);
	case LOOK_DOMAIN:
		return check_step(
		    &look->run, STEP_DOMAIN, &look->target, &look->report);
	case LOOK_SPF:
		return look_at_spf(look);
	case LOOK_DKIM:
		return check_step(
		    &look->run, STEP_DKIM, &look->target, &look->report);
	case LOOK_DMARC:
		return check_step(
		    &look->run, STEP_DMARC, &look->target, &look->report);
	case LOOK_PLAN:
		return look_at_plan(look);
	case LOOK_DMARC_PLAN:
		return look_at_dmarc_plan(look);
	case LOOK_PUBLISHED:
		return look_published(look);
	case LOOK_SUBDOMAINS:
		return subdomain_check(&look->run, &look->target,
		    look->subdomains, look->nsubdomains, &look->report);
	case LOOK_SERVICE:
		return look_at_service(look);
	case LOOK_NO_MAIL:
		return no_mail_look(
		    &look->run, look->target.domain, &look->no_mail);
	case LOOK_TRY:
		return look_try(look);
	case LOOK_ALIGN:
		return look_at_alignment(look);
	case LOOK_KEY_PAIR:
		look->pair_made =
		    key_pair_make(look->arena, look->question.key, &look->pair);
		return OK;
	case LOOK_LOGIN:
		return look_at_login(look);
	case LOOK_POP3:
		return check_step(
		    &look->run, STEP_POP3, &look->target, &look->report);
	case LOOK_IMAP4:
		return check_step(
		    &look->run, STEP_IMAP4, &look->target, &look->report);
	case LOOK_SUBMISSION:
		return check_step(
		    &look->run, STEP_SUBMISSION, &look->target, &look->report);
	case LOOK_COUNT:
		break;
	}
	return E_CANCELLED;
}

void
look_work(struct job *job)
{
	struct look *look = (struct look *)(void *)job;
	int64_t begin = monotonic_ms();

	run_begin(&look->run, look->world->dns, look->limit_ms, job->cancel_fd);
	look->run.made_up = look->world->made_up;
	look->run.prober = look->world->prober;
	look->run.trust = look->world->trust;
	look->cancelled = look_at(look) != OK;
	/* Sockets end with the thread that used them. */
	dns_channels_close(&look->run);
	look->took_ms = monotonic_ms() - begin;
	look->at = time(NULL);
}
