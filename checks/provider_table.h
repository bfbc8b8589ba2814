/*
 * checks/provider_table.h - mail services: their MX hosts, what their SPF
 * policy is called, whether a domain that uses them has to include it, their
 * usual DKIM selectors, and where their bounces go.
 *
 * The table is assets/providers.txt.  A hint: the name of a host proves
 * nothing.
 */
#ifndef PROVIDER_TABLE_H
#define PROVIDER_TABLE_H

#include "base/str.h"

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
	const char *const
	    *include; /* SPF domains; the first is to be used... */
	size_t ninclude;
	const char *const *region; /* ...but for "MX=INCLUDE" of these */
	size_t nregion;
	unsigned int need; /* enum provider_need */
	const char *when; /* sentences; "" with PROVIDER_NEEDED */
	const char *const *selector; /* usual DKIM selectors */
	size_t nselector;
	const char *const *bounce; /* where bounces go (MAIL FROM) of customers
				      who set up nothing else; the first */
	size_t nbounce;
	const char *note; /* sentences; "" when nothing is to be said */
	const char *checked; /* "2026-10": when the names were compared with
				live DNS; "" when nobody did */
};

struct provider_table {
	const struct provider *rows; /* in the order of the file */
	size_t n;
	const char *error; /* what is wrong with the asset; NULL.  For tests */
};

/*
 * Reads the table, into the arena: a fraction of a millisecond, and nothing
 * is kept, so that threads need no lock.
 */
void provider_table_read(struct arena *, struct provider_table *out);

/*
 * The service an MX host belongs to, or an SPF domain such as
 * "_spf.google.com"; NULL for one that is not known.  Labels match as a whole,
 * the longest end wins.
 */
const struct provider *provider_of_mx(
    const struct provider_table *, const char *host);
const struct provider *provider_of_include(
    const struct provider_table *, const char *domain);

/* Its SPF domain for who has this MX host; NULL when it has none. */
const char *provider_include_for(
    struct arena *, const struct provider *, const char *host);

#endif
