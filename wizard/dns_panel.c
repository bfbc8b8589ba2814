/* DNS hosts by their name servers. */
#include "dns_panel.h"

#include "stanza.h"

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

static const struct stanza_table *
table(void)
{
	static struct arena *arena;
	static struct stanza_table kept;

	if (arena == NULL) {
		arena = arena_new();
		kept = stanza_read(arena, "panels.txt", keys, COUNT(keys),
		    sizeof(struct panel));
	}
	return &kept;
}

const struct panel *
panel_list(size_t *n)
{
	*n = table()->n;
	return table()->rows;
}

const struct panel *
panel_by_ns(const char *host)
{
	size_t n;
	const struct panel *list = panel_list(&n);
	const struct panel *found = NULL;
	size_t longest = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < list[i].nns; j++) {
			size_t len = stanza_name_ends(host, list[i].ns[j]);

			if (len > longest) {
				longest = len;
				found = &list[i];
			}
		}
	return found;
}

const char *
panel_asset_error(void)
{
	return table()->error;
}
