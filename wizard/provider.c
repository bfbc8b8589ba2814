/* The table of mail services, kept. */
#include "provider.h"

static const struct provider_table *
kept(void)
{
	static struct provider_table table;
	static struct arena *arena; /* lives as long as the program */

	if (arena == NULL) {
		arena = arena_new();
		provider_table_read(arena, &table);
	}
	return &table;
}

const struct provider *
provider_list(size_t *n)
{
	*n = kept()->n;
	return kept()->rows;
}

const struct provider *
provider_by_mx(const char *host)
{
	return provider_of_mx(kept(), host);
}

const struct provider *
provider_by_include(const char *domain)
{
	return provider_of_include(kept(), domain);
}

const char *
provider_asset_error(void)
{
	return kept()->error;
}
