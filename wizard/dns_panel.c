/* DNS hosts by their name servers. */
#include "dns_panel.h"

#include "../checks/stanza.h"

static const char *const apexes[] = {
	[PANEL_APEX_AT] = "@",
	[PANEL_APEX_EMPTY] = "empty",
	[PANEL_APEX_FULL] = "full",
	[PANEL_APEX_DOTTED] = "dotted",
};

#define MEMBER(name) .at = offsetof(struct panel, name)

static const struct stanza_key keys[] = {
	{ "panel", STANZA_TEXT, MEMBER(name), .required = true },
	{ "ns", STANZA_WORDS, MEMBER(ns),
	    .count_at = offsetof(struct panel, nns), .required = true },
	{ "apex", STANZA_CHOICE, MEMBER(apex), .choices = apexes,
	    .nchoices = COUNT(apexes), .required = true },
	{ "full-names", STANZA_FLAG, MEMBER(full_names) },
	{ "quotes", STANZA_FLAG, MEMBER(quotes), .required = true },
	{ "by-hand", STANZA_FLAG, MEMBER(by_hand) },
	{ "dot", STANZA_FLAG, MEMBER(dot), .required = true },
	{ "limit", STANZA_NUMBER, MEMBER(limit) },
	{ "note", STANZA_TEXT, MEMBER(note) },
	{ "checked", STANZA_TEXT, MEMBER(checked) },
};

static struct stanza_asset asset = {
	.name = "panels.txt",
	.keys = keys,
	.nkeys = COUNT(keys),
	.size = sizeof(struct panel),
};

const struct panel *
panel_list(size_t *n)
{
	*n = stanza_table(&asset)->n;
	return stanza_table(&asset)->rows;
}

const struct panel *
panel_by_ns(const char *host)
{
	return stanza_by_end(&asset, "ns", host);
}

const char *
panel_asset_error(void)
{
	return stanza_table(&asset)->error;
}
