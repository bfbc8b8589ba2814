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

static struct stanza_asset asset = {
	.name = "providers.txt",
	.keys = keys,
	.nkeys = COUNT(keys),
	.size = sizeof(struct provider),
};

const struct provider *
provider_list(size_t *n)
{
	*n = stanza_table(&asset)->n;
	return stanza_table(&asset)->rows;
}

const struct provider *
provider_by_mx(const char *host)
{
	return stanza_by_end(&asset, "mx", host);
}

const struct provider *
provider_by_include(const char *domain)
{
	return stanza_by_end(&asset, "include", domain);
}

const char *
provider_asset_error(void)
{
	return stanza_table(&asset)->error;
}
