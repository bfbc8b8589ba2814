/* The MX hosts of a domain. */
#include "domain_hosts.h"

#include <string.h>

#include "base/i18n.h"
#include "name.h"
#include "sending.h"

#define ADDRESSES_MAX 32 /* of one host that are spoken about */

/* The octets of a name as they were typed: "\091" is "[". */
static struct str
typed(struct arena *arena, const char *name)
{
	unsigned char wire[NAME_WIRE_MAX];
	size_t len = name_to_wire(name, wire);
	char *out = arena_alloc(arena, NAME_WIRE_MAX);
	size_t n = 0;

	for (size_t i = 0; i < len && wire[i] != 0; i += wire[i] + 1u) {
		if (n > 0)
			out[n++] = '.';
		memcpy(out + n, wire + i + 1, wire[i]);
		n += wire[i];
	}
	return (struct str){ out, n };
}

/* "192.0.2.1", "[192.0.2.1]", "[IPv6:2001:db8::1]" */
static bool
read_literal(struct str text, struct ip *out)
{
	if (text.len > 2 && text.p[0] == '[' && text.p[text.len - 1] == ']')
		text = str_slice(text, 1, text.len - 1);
	if (str_starts_nocase(text, "IPv6:"))
		text = str_slice(text, 5, text.len);
	return ip_parse(text, out);
}

/*
 * An address in place of a name.  With the domain behind it, added by a zone
 * file or a panel, it may be a real name: then its addresses decide.
 */
static void
judge_name(struct domain_facts *facts, struct mx_host *host)
{
	const char *name = host->mx->mx.host;
	struct str text = typed(facts->run->arena, name);
	size_t domain = strlen(facts->target->domain);

	if (strcmp(name, ".") == 0) {
		host->trouble = MX_NULL;
		return;
	}
	if (read_literal(text, &host->literal))
		host->trouble = MX_ADDRESS;
	else if (text.len > domain + 1 &&
	    name_is_below(name, facts->target->domain))
		read_literal(
		    str_slice(text, 0, text.len - domain - 1), &host->literal);
}

/* "mail.example.org" for "mail.example.org.example.org"; else NULL. */
static const char *
straighten(struct domain_facts *facts, const char *host)
{
	struct arena *arena = facts->run->arena;
	const char *domain = facts->target->domain;
	const char *twice = arena_printf(arena, "%s.%s", domain, domain);

	if (!name_is_below(host, twice))
		return NULL;
	return str_dup(arena,
	    str_slice(str_of(host), 0, strlen(host) - strlen(domain) - 1));
}

void
hosts_begin(struct domain_facts *facts)
{
	const struct answer *mx = facts->mx;

	for (size_t i = 0; i < mx->nrecords; i++) {
		struct mx_host *host;
		size_t record =
		    look_publish(facts->run, facts->out, &mx->records[i]);

		if (facts->nhosts == MX_HOSTS_MAX)
			continue;
		host = &facts->hosts[facts->nhosts++];
		host->mx = &mx->records[i];
		host->record = record;
		judge_name(facts, host);
		host->straight = straighten(facts, host->mx->mx.host);
	}
	facts->null_mx =
	    mx->nrecords == 1 && facts->hosts[0].trouble == MX_NULL;
}

/* Is a name for a new MX record wanted? */
static bool
wants_name(const struct domain_facts *facts)
{
	for (size_t i = 0; i < facts->nhosts; i++)
		if (facts->hosts[i].literal.family != IP_NONE)
			return true;
	return answer_is_absent(facts->mx);
}

void
hosts_ask(struct domain_facts *facts, struct look *look)
{
	struct run *run = facts->run;

	for (size_t i = 0; i < facts->nhosts; i++) {
		struct mx_host *host = &facts->hosts[i];

		if (host->trouble != MX_FINE)
			continue;
		host->first = look->n;
		look_for(run, look, host->mx->mx.host, RR_A);
		look_for(run, look, host->mx->mx.host, RR_AAAA);
		if (host->straight != NULL) {
			look_for(run, look, host->straight, RR_A);
			look_for(run, look, host->straight, RR_AAAA);
		}
	}
	for (size_t i = 0; i < FREE_NAMES && wants_name(facts); i++) {
		facts->free_first[i] = look->n;
		look_for(run, look, facts->free_names[i], RR_A);
		look_for(run, look, facts->free_names[i], RR_AAAA);
	}
}

static enum mx_trouble
without_address(const struct mx_host *host)
{
	if (answer_is_trouble(host->a) || answer_is_trouble(host->aaaa))
		return MX_UNKNOWN;
	return host->literal.family == IP_NONE ? MX_DEAD : MX_ADDRESS;
}

static void
judge_trouble(struct mx_host *host)
{
	bool visible = false;
	const struct answer *answers[] = { host->a, host->aaaa };

	for (size_t i = 0; i < COUNT(answers); i++)
		for (size_t j = 0; j < answers[i]->nrecords; j++)
			visible =
			    visible || ip_is_visible(answers[i]->records[j].ip);
	if (host->a->nrecords + host->aaaa->nrecords == 0)
		host->trouble = without_address(host);
	else if (host->a->nchain > 0 || host->aaaa->nchain > 0)
		host->trouble = MX_ALIAS;
	else if (!visible)
		host->trouble = MX_PRIVATE;
}

void
hosts_take(struct domain_facts *facts, const struct look *look)
{
	for (size_t i = 0; i < facts->nhosts; i++) {
		struct mx_host *host = &facts->hosts[i];

		if (host->trouble != MX_FINE)
			continue;
		host->a = look->answers[host->first];
		host->aaaa = look->answers[host->first + 1];
		if (host->straight != NULL) {
			host->straight_a = look->answers[host->first + 2];
			host->straight_aaaa = look->answers[host->first + 3];
		}
		judge_trouble(host);
	}
	for (size_t i = 0; i < FREE_NAMES && wants_name(facts); i++) {
		facts->free_a[i] = look->answers[facts->free_first[i]];
		facts->free_aaaa[i] = look->answers[facts->free_first[i] + 1];
	}
}

size_t
hosts_senders(const struct domain_facts *facts, struct ip *out)
{
	const struct answer *answers[2 * MX_HOSTS_MAX];
	size_t n = 0;

	for (size_t i = 0; i < facts->nhosts; i++)
		if (facts->hosts[i].a != NULL) {
			answers[n++] = facts->hosts[i].a;
			answers[n++] = facts->hosts[i].aaaa;
		}
	return sending_addresses(facts->target, answers, n, out);
}

void
judge_addresses(struct run *run, struct step_report *out, const char *host,
    const struct answer *answer, enum finding_code code)
{
	for (size_t i = 0; i < answer->nrecords && i < ADDRESSES_MAX; i++) {
		struct ip ip = answer->records[i].ip;
		size_t record = look_publish(run, out, &answer->records[i]);

		if (ip_use(ip) == IP_USE_PUBLIC ||
		    (run->made_up && ip_is_visible(ip)))
			continue;
		report(run, code, .subject = host,
		    .has_severity = ip_use(ip) == IP_USE_DOCUMENTATION,
		    .severity = SEV_NOTE,
		    .detail = { ip_print(run->arena, ip), ip_use_phrase(ip) },
		    .has_record = true, .record = record);
	}
}

/* "20 mail.example.net.": the host, in the value as it is shown. */
static struct span
host_span(struct run *run, const struct record *mx)
{
	struct str value = str_of(record_value(run->arena, mx));

	return (struct span){ str_find(value, ' ') + 1, value.len };
}

static void
report_host(struct domain_facts *facts, const struct mx_host *host,
    enum finding_code code, const char *detail)
{
	struct run *run = facts->run;

	report(run, code, .subject = facts->target->domain,
	    .detail = { host->mx->mx.host, detail }, .has_record = true,
	    .record = host->record, .at = host_span(run, host->mx));
}

/* The records of a null MX; RFC 7505 section 3. */
static void
judge_null(struct domain_facts *facts, const struct mx_host *host)
{
	const char *others = NULL;

	for (size_t i = 0; i < facts->nhosts; i++)
		if (facts->hosts[i].trouble != MX_NULL)
			others = look_join(facts->run->arena, others,
			    facts->hosts[i].mx->mx.host);
	if (others != NULL)
		report(facts->run, F_MX_NULL_BESIDE,
		    .subject = facts->target->domain, .detail = { others },
		    .has_record = true, .record = host->record,
		    .at = host_span(facts->run, host->mx));
	else if (facts->target->receives_nothing)
		report_host(facts, host, F_MX_NULL_DECLARED, NULL);
	else
		report_host(facts, host, F_MX_NULL, NULL);
}

static void
judge_one(struct domain_facts *facts, const struct mx_host *host)
{
	struct run *run = facts->run;
	const struct answer *alias;

	look_trouble(run, host->a);
	look_trouble(run, host->aaaa);
	alias = host->a->nchain > 0 ? host->a : host->aaaa;
	if (alias->nchain > 0)
		report_host(facts, host, F_MX_IS_CNAME, alias->owner);
	if (host->trouble == MX_DEAD)
		report_host(facts, host, F_MX_NO_ADDRESS, NULL);
	judge_addresses(
	    run, facts->out, host->mx->mx.host, host->a, F_MX_PRIVATE_ADDRESS);
	judge_addresses(run, facts->out, host->mx->mx.host, host->aaaa,
	    F_MX_PRIVATE_ADDRESS);
}

void
hosts_judge(struct domain_facts *facts)
{
	struct run *run = facts->run;

	if (look_trouble(run, facts->mx))
		return;
	if (facts->mx->nrecords == 0)
		report(run, F_MX_MISSING, .subject = facts->target->domain);
	for (size_t i = 0; i < facts->nhosts; i++) {
		const struct mx_host *host = &facts->hosts[i];

		if (host->trouble == MX_NULL)
			judge_null(facts, host);
		else if (host->trouble == MX_ADDRESS)
			report_host(facts, host, F_MX_IS_ADDRESS, NULL);
		else
			judge_one(facts, host);
	}
}
