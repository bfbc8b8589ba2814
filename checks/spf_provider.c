/* Mail services and the SPF policy each of them publishes. */
#include "spf_provider.h"

#include "provider_table.h"

/* Does what receives mail there send it as well? */
static bool
sends(const struct provider *p)
{
	return p != NULL && p->kind != PROVIDER_FILTER &&
	    p->need != PROVIDER_NOT_NEEDED && p->ninclude > 0;
}

const char *
spf_provider(struct arena *arena, const struct answer *mx, const char *domain)
{
	struct provider_table table = { .n = 0 };

	for (size_t i = 0; i < mx->nrecords; i++) {
		const char *host = mx->records[i].mx.host;
		const struct provider *p;

		if (name_is_below(host, domain))
			continue;
		if (table.n == 0)
			provider_table_read(arena, &table);
		p = provider_of_mx(&table, host);
		if (sends(p))
			return arena_printf(arena, "include:%s",
			    provider_include_for(arena, p, host));
	}
	return NULL;
}
