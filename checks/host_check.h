/*
 * checks/host_check.h - what one sending address looks like to a receiver: the
 * name of the address (PTR), the address of that name ("iprev", RFC 8601
 * section 3), and the name said in EHLO.
 *
 * Coordinated by domain_check.c, so that all addresses are asked about side by
 * side: names, then the addresses of those names, then the judgement.
 */
#ifndef HOST_CHECK_H
#define HOST_CHECK_H

#include "look.h"

#define HOST_NAMES_MAX 10 /* PTR names looked at; RFC 8601 section 3 */

struct sending_host {
	struct ip ip;
	const char *address; /* as text */
	const char *reverse; /* the name its PTR is at */
	size_t first; /* index of its first question */
	const struct answer *names; /* to the PTR question */
	const struct answer *const *forward; /* one a name, same order */
	size_t nforward;
	const char *confirmed; /* a name that leads back; or NULL */
	bool wants_ptr; /* its PTR is missing, wrong or generic */
};

/* What the server says in EHLO, and what that leads to. */
struct helo {
	const char *name; /* NULL: not known, not judged */
	const struct answer *a, *aaaa; /* NULL when it is no host name */
	bool bad; /* reported as such; no use to compare with it */
};

/* Adds the question for the names of host->ip. */
void host_ask_names(struct run *, struct look *, struct sending_host *);

/* After those were answered: adds the questions for their addresses. */
void host_ask_addresses(
    struct run *, struct look *names, struct look *, struct sending_host *);

/* After those were answered: publishes the PTR records, and reports. */
void host_judge(struct run *, const struct look *addresses,
    struct sending_host *, struct step_report *out);

/* The same without a word, for an address that does not send yet. */
void host_judge_quietly(
    const struct look *addresses, const struct helo *, struct sending_host *);

/* Is it a full host name that could be asked for; RFC 5321 section 2.3.5? */
bool helo_is_name(const char *);

/*
 * Compares the EHLO name with all sending addresses.  `all` says that each of
 * them was named as one of this server's; else those the name does not lead
 * to may belong to other servers.
 */
void helo_judge(struct run *, struct helo *, struct sending_host *, size_t n,
    bool all, struct step_report *out);

/* Does the answer hold this address? */
bool answer_has_ip(const struct answer *, struct ip);

#endif
