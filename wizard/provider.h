/*
 * wizard/provider.h - mail services, what their SPF policy is called, and
 * whether a domain that uses them has to include it.
 *
 * The table is assets/providers.txt, read when it is first asked for; main
 * thread only.  A hint: the name of a host proves nothing.
 */
#ifndef PROVIDER_H
#define PROVIDER_H

#include <stddef.h>

enum provider_kind {
	PROVIDER_MAILBOX, /* receives and sends: mailboxes, forwarding */
	PROVIDER_FILTER, /* stands before a server of one's own */
	PROVIDER_SENDER, /* only sends: newsletters, shops, tickets */
};

/* Does the domain's own SPF record need the include? */
enum provider_need {
	PROVIDER_NEEDED,
	PROVIDER_SOMETIMES, /* `when` says when */
	PROVIDER_NOT_NEEDED, /* `when` says why */
};

struct provider {
	const char *name; /* "Google Workspace" */
	unsigned int kind; /* enum provider_kind */
	const char *const *mx; /* ends of the names of its MX hosts... */
	size_t nmx; /* ...this many */
	const char *const *include; /* SPF domains; the first is to be used */
	size_t ninclude;
	unsigned int need; /* enum provider_need */
	const char *when; /* sentences; "" with PROVIDER_NEEDED */
	const char *const *selector; /* usual DKIM selectors */
	size_t nselector;
	const char *note; /* sentences; "" when nothing is to be said */
	const char *checked; /* "2026-10": when the names were compared with
				live DNS; "" when nobody did */
};

/*
 * The service an MX host belongs to, or an SPF domain such as
 * "_spf.google.com"; NULL for one that is not known.  Labels match as a whole,
 * the longest end wins.
 */
const struct provider *provider_by_mx(const char *host);
const struct provider *provider_by_include(const char *domain);

/* All, in the order of the file: for a list to pick from. */
const struct provider *provider_list(size_t *n);

/* What is wrong with the asset, in one sentence; NULL.  For the test. */
const char *provider_asset_error(void);

#endif
