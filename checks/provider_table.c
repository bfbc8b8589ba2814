/* Mail services by their MX hosts and by their SPF domains. */
#include "provider_table.h"

#include "stanza.h"

static const char *const kinds[] = {
	[PROVIDER_MAILBOX] = "mailbox",
	[PROVIDER_FILTER] = "filter",
	[PROVIDER_SENDER] = "sender",
};

static const char *const needs[] = {
	[PROVIDER_NEEDED] = "yes",
	[PROVIDER_SOMETIMES] = "sometimes",
	[PROVIDER_NOT_NEEDED] = "no",
};

#define MEMBER(name) .at = offsetof(struct provider, name)
#define WORDS(name)                                                            \
	STANZA_WORDS, MEMBER(name),                                            \
	    .count_at = offsetof(struct provider, n##name)

static const struct stanza_key keys[] = {
	{ "provider", STANZA_TEXT, MEMBER(name), .required = true },
	{ "kind", STANZA_CHOICE, MEMBER(kind), .choices = kinds,
	    .nchoices = COUNT(kinds), .required = true },
	{ "mx", WORDS(mx) },
	{ "include", WORDS(include) },
	{ "regions", WORDS(region) },
	{ "needed", STANZA_CHOICE, MEMBER(need), .choices = needs,
	    .nchoices = COUNT(needs), .required = true },
	{ "when", STANZA_TEXT, MEMBER(when) },
	{ "selectors", WORDS(selector) },
	{ "bounces", WORDS(bounce) },
	{ "note", STANZA_TEXT, MEMBER(note) },
	{ "checked", STANZA_TEXT, MEMBER(checked) },
};

void
provider_table_read(struct arena *arena, struct provider_table *out)
{
	const struct stanza_table table = stanza_read(
	    arena, "providers.txt", keys, COUNT(keys), sizeof(struct provider));

	*out = (struct provider_table){
		.rows = table.rows,
		.n = table.n,
		.error = table.error,
	};
}

static size_t
longest_end(const char *const *ends, size_t n, const char *host)
{
	size_t longest = 0;

	for (size_t i = 0; i < n; i++) {
		size_t len = stanza_name_ends(host, ends[i]);

		if (len > longest)
			longest = len;
	}
	return longest;
}

const struct provider *
provider_of_mx(const struct provider_table *table, const char *host)
{
	const struct provider *found = NULL;
	size_t longest = 0;

	for (size_t i = 0; i < table->n; i++) {
		const struct provider *p = &table->rows[i];
		size_t len = longest_end(p->mx, p->nmx, host);

		if (len > longest) {
			longest = len;
			found = p;
		}
	}
	return found;
}

const struct provider *
provider_of_include(const struct provider_table *table, const char *domain)
{
	const struct provider *found = NULL;
	size_t longest = 0;

	for (size_t i = 0; i < table->n; i++) {
		const struct provider *p = &table->rows[i];
		size_t len = longest_end(p->include, p->ninclude, domain);

		if (len > longest) {
			longest = len;
			found = p;
		}
	}
	return found;
}

const char *
provider_include_for(
    struct arena *arena, const struct provider *p, const char *host)
{
	for (size_t i = 0; i < p->nregion; i++) {
		struct str include = str_of(p->region[i]);
		struct str mx = str_word(&include, '=');

		if (stanza_name_ends(host, str_dup(arena, mx)) > 0)
			return str_dup(arena, include);
	}
	return p->ninclude > 0 ? p->include[0] : NULL;
}
