/* Mail services by their MX hosts and by their SPF domains. */
#include "provider.h"

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
	{ "needed", STANZA_CHOICE, MEMBER(need), .choices = needs,
	    .nchoices = COUNT(needs), .required = true },
	{ "when", STANZA_TEXT, MEMBER(when) },
	{ "selectors", WORDS(selector) },
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
		kept = stanza_read(arena, "providers.txt", keys, COUNT(keys),
		    sizeof(struct provider));
	}
	return &kept;
}

const struct provider *
provider_list(size_t *n)
{
	*n = table()->n;
	return table()->rows;
}

static size_t
longest_end(const char *host, const char *const *ends, size_t n)
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
provider_by_mx(const char *host)
{
	size_t n;
	const struct provider *list = provider_list(&n);
	const struct provider *found = NULL;
	size_t longest = 0;

	for (size_t i = 0; i < n; i++) {
		size_t len = longest_end(host, list[i].mx, list[i].nmx);

		if (len > longest) {
			longest = len;
			found = &list[i];
		}
	}
	return found;
}

const struct provider *
provider_by_include(const char *domain)
{
	size_t n;
	const struct provider *list = provider_list(&n);
	const struct provider *found = NULL;
	size_t longest = 0;

	for (size_t i = 0; i < n; i++) {
		size_t len =
		    longest_end(domain, list[i].include, list[i].ninclude);

		if (len > longest) {
			longest = len;
			found = &list[i];
		}
	}
	return found;
}

const char *
provider_asset_error(void)
{
	return table()->error;
}
