/*
 * The step "domain".  The longest chain of questions is the time it takes:
 *
 *	MX -> addresses of the hosts -> their names -> the names' addresses
 *
 * Everything else is asked along with one of these four.
 */
#include "domain_check.h"

#include "base/i18n.h"
#include "dns_authority.h"
#include "domain_facts.h"
#include "domain_hosts.h"
#include "name.h"
#include "sending.h"

/* Indexes of the questions that need no other answer first. */
struct first_questions {
	struct look look;
	size_t mx, a, aaaa, cname, soa, ns, host_a, host_aaaa, helo_a,
	    helo_aaaa;
};

static void
ask_about_domain(struct domain_facts *facts, struct first_questions *q)
{
	struct run *run = facts->run;
	const char *domain = facts->target->domain;
	static const char *const words[FREE_NAMES] = { "mail", "mx", "mx1" };

	q->mx = look_for(run, &q->look, domain, RR_MX);
	q->a = look_for(run, &q->look, domain, RR_A);
	q->aaaa = look_for(run, &q->look, domain, RR_AAAA);
	q->cname = look_for(run, &q->look, domain, RR_CNAME);
	q->soa = look_for(run, &q->look, domain, RR_SOA);
	if (facts->target->authoritative)
		q->ns = look_for(run, &q->look, domain, RR_NS);
	for (size_t i = 0; i < FREE_NAMES; i++)
		facts->free_names[i] =
		    arena_printf(run->arena, "%s.%s", words[i], domain);
}

static void
ask_about_names(struct domain_facts *facts, struct first_questions *q)
{
	struct run *run = facts->run;
	const struct target *target = facts->target;

	if (target->host != NULL) {
		q->host_a = look_for(run, &q->look, target->host, RR_A);
		q->host_aaaa = look_for(run, &q->look, target->host, RR_AAAA);
	}
	if (target->helo != NULL && helo_is_name(target->helo)) {
		q->helo_a = look_for(run, &q->look, target->helo, RR_A);
		q->helo_aaaa = look_for(run, &q->look, target->helo, RR_AAAA);
	}
}

static void
take_first_answers(struct domain_facts *facts, const struct first_questions *q)
{
	const struct answer *const *answers = q->look.answers;
	const struct target *target = facts->target;

	facts->mx = answers[q->mx];
	facts->a = answers[q->a];
	facts->aaaa = answers[q->aaaa];
	facts->cname = answers[q->cname];
	facts->soa = answers[q->soa];
	if (target->host != NULL) {
		facts->host_a = answers[q->host_a];
		facts->host_aaaa = answers[q->host_aaaa];
	}
	facts->helo.name = target->helo;
	if (target->helo != NULL && helo_is_name(target->helo)) {
		facts->helo.a = answers[q->helo_a];
		facts->helo.aaaa = answers[q->helo_aaaa];
	}
}

/* Senders that the target names can be asked about from the start. */
static void
ask_named_senders(struct domain_facts *facts, struct look *look)
{
	struct ip ips[TARGET_IPS_MAX];

	facts->nsenders = sending_addresses(facts->target, NULL, 0, ips);
	for (size_t i = 0; i < facts->nsenders; i++) {
		facts->senders[i].ip = ips[i];
		host_ask_names(facts->run, look, &facts->senders[i]);
	}
}

/*
 * NXDOMAIN: nothing is at the name or below it (RFC 8020).  A dry run may put
 * single records at a name that does not exist yet; then it does.
 */
static bool
is_missing(const struct domain_facts *facts)
{
	return facts->mx->outcome == DNS_NO_NAME &&
	    facts->a->outcome != DNS_FOUND &&
	    facts->aaaa->outcome != DNS_FOUND &&
	    facts->cname->outcome != DNS_FOUND &&
	    facts->soa->outcome != DNS_FOUND;
}

/* Has the answer records of the name itself, not of what it is an alias of? */
static bool
is_own(const struct answer *answer)
{
	return answer->outcome == DNS_FOUND && answer->nchain == 0;
}

/*
 * An alias in place of a mail domain that works is somebody's design (a
 * subdomain handed to a service).  It is a conflict where other records stand
 * beside it, at the apex of a zone, or when no mail can follow it.
 */
static void
judge_alias(struct domain_facts *facts)
{
	struct run *run = facts->run;
	const char *others = NULL;
	const struct answer *seen[] = { facts->soa, facts->mx, facts->a,
		facts->aaaa };

	if (facts->cname->outcome != DNS_FOUND)
		return;
	for (size_t i = 0; i < COUNT(seen); i++)
		if (is_own(seen[i]))
			others = look_join(run->arena, others,
			    rr_type_word(run->arena, seen[i]->type));
	if (others == NULL && facts->mx->outcome == DNS_FOUND)
		return;
	report(run, F_DNS_CNAME_CONFLICT, .subject = facts->target->domain,
	    .detail = { facts->cname->records[0].host,
		others == NULL ? _("no MX there") : others },
	    .has_record = true,
	    .record = look_publish(run, facts->out, &facts->cname->records[0]));
}

static void
judge_host(struct domain_facts *facts)
{
	const struct answer *answers[] = { facts->host_a, facts->host_aaaa };
	struct run *run = facts->run;
	bool trouble;

	if (facts->host_a == NULL)
		return;
	trouble = look_trouble(run, answers[0]);
	trouble = look_trouble(run, answers[1]) || trouble;
	if (answers[0]->nrecords + answers[1]->nrecords == 0 && !trouble)
		report(run, F_HOST_NO_ADDRESS, .subject = facts->target->host);
	for (size_t i = 0; i < COUNT(answers); i++)
		judge_addresses(run, facts->out, facts->target->host,
		    answers[i], F_HOST_PRIVATE_ADDRESS);
}

static const char *
sender_list(const struct domain_facts *facts)
{
	const char *list = NULL;

	for (size_t i = 0; i < facts->nsenders; i++)
		list = look_join(
		    facts->run->arena, list, facts->senders[i].address);
	return list == NULL ? _("none") : list;
}

#define HOSTS_SHOWN 8

/* "mail.example.org, mx.example.net"; the domain itself without an MX. */
static const char *
mail_hosts(const struct domain_facts *facts)
{
	const char *list = NULL;

	if (facts->null_mx)
		return _("nowhere (null MX)");
	for (size_t i = 0; i < facts->mx->nrecords && i < HOSTS_SHOWN; i++)
		list = look_join(
		    facts->run->arena, list, facts->mx->records[i].mx.host);
	if (facts->mx->nrecords > HOSTS_SHOWN)
		list = arena_printf(facts->run->arena, "%s, ...", list);
	return list == NULL ? facts->target->domain : list;
}

static void
report_ok(struct domain_facts *facts)
{
	struct run *run = facts->run;

	if (report_worst(&run->report) > SEV_NOTE)
		return;
	report(run, F_DOMAIN_OK, .subject = facts->target->domain,
	    .detail = { mail_hosts(facts), sender_list(facts) });
}

static void
take_servers(struct domain_facts *facts, const struct answer *ns)
{
	if (is_own(ns))
		facts->out->name_server = ns->records[0].host;
	dns_authorities_ahead(facts->run, ns);
}

/* The first questions; false in *go_on when the domain does not exist. */
static enum status
begin(struct domain_facts *facts, struct look *names, bool *go_on)
{
	struct first_questions q = { 0 };
	enum status status;

	ask_about_domain(facts, &q);
	ask_about_names(facts, &q);
	ask_named_senders(facts, &q.look);
	status = look_ask(facts->run, &q.look);
	if (status != OK)
		return status;
	take_first_answers(facts, &q);
	if (is_own(facts->soa))
		facts->out->name_server = facts->soa->records[0].soa.primary;
	if (facts->target->authoritative)
		take_servers(facts, q.look.answers[q.ns]);
	*names = q.look;
	*go_on = !is_missing(facts);
	if (!*go_on)
		report(facts->run, F_DOMAIN_MISSING,
		    .subject = facts->target->domain);
	return OK;
}

/*
 * The addresses of the MX hosts; along with them, those of the names that the
 * senders have, when the senders were known from the start.
 */
static enum status
ask_hosts(
    struct domain_facts *facts, struct look *names, struct look *addresses)
{
	enum status status;

	hosts_begin(facts);
	hosts_ask(facts, addresses);
	for (size_t i = 0; i < facts->nsenders; i++)
		host_ask_addresses(
		    facts->run, names, addresses, &facts->senders[i]);
	status = look_ask(facts->run, addresses);
	if (status == OK)
		hosts_take(facts, addresses);
	return status;
}

/* Asks for the names of these addresses, and the addresses of those names. */
static enum status
ask_names_of(struct run *run, const struct ip *ips, size_t n,
    struct sending_host *hosts, struct look *addresses)
{
	struct look names = { 0 };
	enum status status;

	for (size_t i = 0; i < n; i++) {
		hosts[i].ip = ips[i];
		host_ask_names(run, &names, &hosts[i]);
	}
	status = look_ask(run, &names);
	if (status != OK)
		return status;
	*addresses = (struct look){ 0 };
	for (size_t i = 0; i < n; i++)
		host_ask_addresses(run, &names, addresses, &hosts[i]);
	return look_ask(run, addresses);
}

/* Senders that are the MX hosts. */
static enum status
ask_found_senders(struct domain_facts *facts, struct look *addresses)
{
	struct ip ips[TARGET_IPS_MAX];

	if (facts->nsenders > 0)
		return OK;
	facts->nsenders = hosts_senders(facts, ips);
	return ask_names_of(
	    facts->run, ips, facts->nsenders, facts->senders, addresses);
}

/* What would be asked about if the proposed MX records were published. */
static enum status
repair_fresh(struct domain_facts *facts)
{
	struct sending_host *hosts =
	    arena_array(facts->run->arena, TARGET_IPS_MAX, sizeof(*hosts));
	struct look addresses = { 0 };
	enum status status;

	if (facts->nfresh == 0)
		return OK;
	status = ask_names_of(
	    facts->run, facts->fresh, facts->nfresh, hosts, &addresses);
	for (size_t i = 0; status == OK && i < facts->nfresh; i++) {
		host_judge_quietly(&addresses, &facts->helo, &hosts[i]);
		domain_repair_ptr(facts, &hosts[i]);
	}
	return status;
}

static enum status
ask_servers(struct domain_facts *facts)
{
	const char *domain = facts->target->domain;
	const struct question questions[] = {
		{ domain, RR_MX },
		{ domain, RR_NS },
	};

	return look_at_servers_for(
	    facts->run, facts->target, questions, COUNT(questions), NULL);
}

enum status
check_domain(
    struct run *run, const struct target *target, struct step_report *out)
{
	struct domain_facts *facts =
	    arena_new_of(run->arena, struct domain_facts);
	struct look names = { 0 }, addresses = { 0 };
	enum status status;
	bool go_on = false;

	*facts =
	    (struct domain_facts){ .run = run, .target = target, .out = out };
	status = begin(facts, &names, &go_on);
	if (status != OK || !go_on)
		return status;
	status = ask_hosts(facts, &names, &addresses);
	if (status != OK)
		return status;
	judge_alias(facts);
	hosts_judge(facts);
	judge_host(facts);
	status = ask_found_senders(facts, &addresses);
	if (status != OK)
		return status;
	for (size_t i = 0; i < facts->nsenders; i++)
		host_judge(run, &addresses, &facts->senders[i], out);
	helo_judge(run, &facts->helo, facts->senders, facts->nsenders,
	    target->nsending > 0, out);
	domain_repair(facts);
	status = repair_fresh(facts);
	/* Last: servers that are silent may use up the time. */
	if (status == OK)
		status = ask_servers(facts);
	if (status == OK)
		report_ok(facts);
	return status;
}
