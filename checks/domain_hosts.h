/*
 * checks/domain_hosts.h - the MX hosts of a domain: asked about, and judged.
 * RFC 5321 section 5.1, RFC 2181 section 10.3, RFC 7505.
 */
#ifndef DOMAIN_HOSTS_H
#define DOMAIN_HOSTS_H

#include "domain_facts.h"

/* From the MX answer: the hosts, published, those that are no names marked. */
void hosts_begin(struct domain_facts *);

/* Adds the questions for their addresses; takes the answers. */
void hosts_ask(struct domain_facts *, struct look *);
void hosts_take(struct domain_facts *, const struct look *);

/* The sending addresses among them; at most TARGET_IPS_MAX. */
size_t hosts_senders(const struct domain_facts *, struct ip *out);

/* Reports on MX records and hosts. */
void hosts_judge(struct domain_facts *);

/*
 * Publishes the addresses in an answer and reports, as `code`, each that
 * cannot be reached from the Internet.
 */
void judge_addresses(struct run *, struct step_report *, const char *host,
    const struct answer *, enum finding_code code);

#endif
