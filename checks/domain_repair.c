/*
 * Records that repair what the step "domain" found.  Where the MX records
 * change, all of them are proposed: together they take the place of the old.
 */
#include "domain_facts.h"

#include <string.h>

#include "name.h"
#include "ptr_name.h"
#include "sending.h"

static void
propose(const struct domain_facts *facts, struct record record)
{
	record.ttl = RECORD_TTL;
	look_suggest(facts->run, facts->out, &record);
}

static void
propose_address(
    const struct domain_facts *facts, const char *name, struct ip ip)
{
	propose(facts,
	    (struct record){ .name = name,
		.type = ip.family == IP_V4 ? RR_A : RR_AAAA,
		.ip = ip });
}

/* An address that begins to send once the proposal is published. */
static void
note_fresh(struct domain_facts *facts, const char *name, struct ip ip)
{
	const struct target *target = facts->target;

	if (target->nsending > 0 || target->sends_nothing ||
	    facts->nfresh == TARGET_IPS_MAX || !ip_is_visible(ip) ||
	    !name_is_below(name, target->domain))
		return;
	for (size_t i = 0; i < facts->nsenders; i++)
		if (ip_equal(facts->senders[i].ip, ip))
			return;
	facts->fresh[facts->nfresh] = ip;
	facts->fresh_names[facts->nfresh++] = name;
}

/* A host with private addresses beside public ones: only the latter. */
static void
repair_addresses(const struct domain_facts *facts, const struct answer *answer)
{
	size_t visible = 0;

	if (answer == NULL)
		return;
	for (size_t i = 0; i < answer->nrecords; i++)
		visible += ip_is_visible(answer->records[i].ip);
	if (visible == 0 || visible == answer->nrecords)
		return;
	for (size_t i = 0; i < answer->nrecords; i++)
		if (ip_is_visible(answer->records[i].ip))
			propose_address(
			    facts, answer->owner, answer->records[i].ip);
}

/* `a` and `aaaa` are the addresses of the host, as far as they are known. */
static void
propose_mx(struct domain_facts *facts, uint16_t preference, const char *host,
    const struct answer *a, const struct answer *aaaa)
{
	const struct answer *answers[] = { a, aaaa };

	propose(facts,
	    (struct record){ .name = facts->target->domain,
		.type = RR_MX,
		.mx = { preference, host } });
	for (size_t i = 0; i < COUNT(answers); i++) {
		repair_addresses(facts, answers[i]);
		for (size_t j = 0;
		     answers[i] != NULL && j < answers[i]->nrecords; j++)
			note_fresh(facts, host, answers[i]->records[j].ip);
	}
}

/* Has it an address that can be reached from outside? */
static bool
is_reachable(const struct answer *a, const struct answer *aaaa)
{
	const struct answer *answers[] = { a, aaaa };

	for (size_t i = 0; i < COUNT(answers); i++)
		for (size_t j = 0;
		     answers[i] != NULL && j < answers[i]->nrecords; j++)
			if (ip_is_visible(answers[i]->records[j].ip))
				return true;
	return false;
}

/*
 * A name in the domain for an address that has none: one that leads there
 * already, or the first that is free.  NULL when all are taken.
 */
static const char *
name_for(const struct domain_facts *facts, struct ip ip)
{
	for (size_t i = 0; i < FREE_NAMES; i++)
		if (answer_has_ip(facts->free_a[i], ip) ||
		    answer_has_ip(facts->free_aaaa[i], ip))
			return facts->free_names[i];
	for (size_t i = 0; i < FREE_NAMES; i++)
		if (facts->free_a[i] != NULL &&
		    answer_is_absent(facts->free_a[i]) &&
		    answer_is_absent(facts->free_aaaa[i]) &&
		    facts->free_a[i]->nchain == 0)
			return facts->free_names[i];
	return NULL;
}

/* What is to stand in the MX record instead; NULL: drop it. */
static const char *
better_host(const struct domain_facts *facts, const struct mx_host *host)
{
	switch (host->trouble) {
	case MX_FINE:
	case MX_UNKNOWN:
		return host->mx->mx.host;
	case MX_ADDRESS:
		return ip_is_visible(host->literal)
		    ? name_for(facts, host->literal)
		    : NULL;
	case MX_ALIAS:
		if (!is_reachable(host->a, host->aaaa) && facts->nhosts > 1)
			return NULL;
		return host->a->nrecords > 0 ? host->a->owner
					     : host->aaaa->owner;
	case MX_DEAD:
		return is_reachable(host->straight_a, host->straight_aaaa)
		    ? host->straight
		    : NULL;
	case MX_NULL:
	case MX_PRIVATE:
		break;
	}
	return NULL;
}

/* Would the domain keep a mail server if the hopeless ones were dropped? */
static bool
some_are_left(const struct domain_facts *facts)
{
	for (size_t i = 0; i < facts->nhosts; i++)
		if (better_host(facts, &facts->hosts[i]) != NULL)
			return true;
	return false;
}

static bool
all_are_fine(const struct domain_facts *facts)
{
	for (size_t i = 0; i < facts->nhosts; i++)
		if (facts->hosts[i].trouble != MX_FINE &&
		    facts->hosts[i].trouble != MX_UNKNOWN)
			return false;
	return true;
}

static void
repair_host(struct domain_facts *facts, const struct mx_host *host)
{
	const char *better = better_host(facts, host);
	uint16_t preference = host->mx->mx.preference;

	if (better == NULL)
		return;
	if (host->trouble == MX_DEAD)
		propose_mx(facts, preference, better, host->straight_a,
		    host->straight_aaaa);
	else
		propose_mx(facts, preference, better, host->a, host->aaaa);
	if (host->trouble != MX_ADDRESS)
		return;
	propose_address(facts, better, host->literal);
	note_fresh(facts, better, host->literal);
}

static void
repair_hosts(struct domain_facts *facts)
{
	if (facts->mx->nrecords > facts->nhosts || all_are_fine(facts) ||
	    !some_are_left(facts))
		return;
	for (size_t i = 0; i < facts->nhosts; i++)
		repair_host(facts, &facts->hosts[i]);
}

/* Has it addresses of its own that can be reached from outside? */
static bool
is_server(const struct answer *a, const struct answer *aaaa)
{
	return is_reachable(a, aaaa) && a->nchain + aaaa->nchain == 0;
}

/* The server mail should go to, as far as it can be guessed. */
static void
repair_missing_mx(struct domain_facts *facts)
{
	if (is_server(facts->host_a, facts->host_aaaa)) {
		propose_mx(facts, 10, facts->target->host, facts->host_a,
		    facts->host_aaaa);
		return;
	}
	for (size_t i = 0; i < FREE_NAMES; i++)
		if (is_server(facts->free_a[i], facts->free_aaaa[i])) {
			propose_mx(facts, 10, facts->free_names[i],
			    facts->free_a[i], facts->free_aaaa[i]);
			return;
		}
	/* What senders use today, said openly; RFC 5321 section 5.1. */
	if (is_server(facts->a, facts->aaaa))
		propose_mx(
		    facts, 10, facts->target->domain, facts->a, facts->aaaa);
}

static bool
leads_to(const struct answer *a, const struct answer *aaaa, struct ip ip)
{
	return answer_has_ip(a, ip) || answer_has_ip(aaaa, ip);
}

/* The name of a server whose address this is; NULL when none is known. */
static const char *
forward_name(const struct domain_facts *facts, struct ip ip)
{
	if (leads_to(facts->helo.a, facts->helo.aaaa, ip))
		return facts->helo.name;
	if (leads_to(facts->host_a, facts->host_aaaa, ip))
		return facts->target->host;
	for (size_t i = 0; i < facts->nhosts; i++) {
		const struct mx_host *host = &facts->hosts[i];

		if (answer_has_ip(host->a, ip))
			return host->a->owner;
		if (answer_has_ip(host->aaaa, ip))
			return host->aaaa->owner;
	}
	for (size_t i = 0; i < facts->nfresh; i++)
		if (ip_equal(facts->fresh[i], ip))
			return facts->fresh_names[i];
	return NULL;
}

/* Keep the PTR, and let its name in the domain lead back. */
static void
repair_forward(
    const struct domain_facts *facts, const struct sending_host *sender)
{
	const char *name;
	const struct answer *forward;

	if (sender->nforward == 0)
		return;
	name = sender->names->records[0].host;
	forward = sender->forward[0];
	if (!name_is_below(name, facts->target->domain) || forward->nchain > 0)
		return;
	for (size_t i = 0; i < forward->nrecords; i++)
		propose_address(facts, name, forward->records[i].ip);
	propose_address(facts, name, sender->ip);
}

void
domain_repair_ptr(
    const struct domain_facts *facts, const struct sending_host *sender)
{
	const char *name = forward_name(facts, sender->ip);

	if (!sender->wants_ptr)
		return;
	if (name == NULL) {
		repair_forward(facts, sender);
		return;
	}
	if (ptr_name_is_generic(name, sender->ip))
		return;
	for (size_t i = 0; i < sender->names->nrecords; i++)
		if (name_equal(sender->names->records[i].host, name))
			return;
	propose(facts,
	    (struct record){
		.name = sender->reverse, .type = RR_PTR, .host = name });
}

/* The addresses of the host that clients use, and of the MX hosts. */
static void
repair_private(const struct domain_facts *facts)
{
	for (size_t i = 0; i < facts->nhosts; i++) {
		const struct mx_host *host = &facts->hosts[i];

		repair_addresses(facts, host->a);
		repair_addresses(facts, host->aaaa);
	}
	if (facts->target->host == NULL)
		return;
	repair_addresses(facts, facts->host_a);
	repair_addresses(facts, facts->host_aaaa);
}

/* No MX record, or a null MX that is not alone. */
static bool
wants_null(const struct domain_facts *facts)
{
	for (size_t i = 0; i < facts->nhosts; i++)
		if (facts->hosts[i].trouble == MX_NULL)
			return !facts->null_mx;
	return facts->nhosts == 0;
}

void
domain_repair(struct domain_facts *facts)
{
	if (answer_is_trouble(facts->mx))
		return; /* nothing is built on ignorance */
	if (facts->mx->nchain > 0)
		return; /* an alias has no records of its own */
	if (facts->target->receives_nothing && wants_null(facts))
		propose_mx(facts, 0, ".", NULL, NULL); /* RFC 7505 3 */
	else if (answer_is_absent(facts->mx))
		repair_missing_mx(facts);
	else
		repair_hosts(facts);
	repair_private(facts);
	for (size_t i = 0; i < facts->nsenders; i++)
		domain_repair_ptr(facts, &facts->senders[i]);
}
