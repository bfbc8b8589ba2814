/*
 * wizard/dns_panel.h - the web pages of DNS hosts, and what each of them wants in
 * its fields.
 *
 * The table is assets/panels.txt, read when it is first asked for; main thread
 * only.  A hint: the name of a name server tells who runs it, not which page
 * the person sees.
 */
#ifndef DNS_PANEL_H
#define DNS_PANEL_H

#include <stdbool.h>
#include <stddef.h>

/* How the domain itself is written in the name field. */
enum panel_apex {
	PANEL_APEX_AT, /* "@" */
	PANEL_APEX_EMPTY, /* the field stays empty */
	PANEL_APEX_FULL, /* "example.org" */
	PANEL_APEX_DOTTED, /* "example.org." */
};

struct panel {
	const char *name; /* "Cloudflare" */
	const char *const *ns; /* ends of the names of its servers... */
	size_t nns; /* ...this many */
	unsigned int apex; /* enum panel_apex */
	bool full_names; /* names are typed whole, not relative */
	bool quotes; /* TXT values are typed in quotation marks... */
	bool by_hand; /* ...and cut into strings of 255 by the person */
	bool dot; /* host names in values end with a dot */
	size_t limit; /* characters of a TXT value; 0: none known */
	const char *note; /* sentences; "" when nothing is to be said */
	const char *checked; /* "2026-10": when these facts were looked at;
				"" when nobody did */
};

/*
 * The DNS host behind a name server such as "ada.ns.cloudflare.com"; NULL for
 * one that is not known.  Labels match as a whole, the longest end wins.
 */
const struct panel *panel_by_ns(const char *host);

/* All, in the order of the file: for a list to pick from. */
const struct panel *panel_list(size_t *n);

/* What is wrong with the asset, in one sentence; NULL.  For the test. */
const char *panel_asset_error(void);

#endif
