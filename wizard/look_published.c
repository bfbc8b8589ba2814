/* Who hands out the planned record by now: asking. */
#include "look.h"
#include "published.h"

/* "example.org.example.org": where a panel puts what is entered as a full
 * name; NULL when that is too long to be one. */
static const char *
doubled(struct arena *arena, const char *domain)
{
	const char *name = arena_printf(arena, "%s.%s", domain, domain);

	return name_is_valid(name) ? name : NULL;
}

static bool
found_everywhere(struct look *look)
{
	const struct published_facts *facts = &look->published;
	struct arena *arena = look->run.arena;
	struct str record = str_of(look->plan.record);
	const char *shown;

	for (size_t i = 0; i < facts->nservers; i++)
		if (witness_judge(arena, facts->servers[i].answer, record,
			&shown) != HAS_RECORD)
			return false;
	return facts->nservers > 0 ||
	    witness_judge(arena, facts->resolver, record, &shown) == HAS_RECORD;
}

/* At the wrong name: asked of the servers, which do not remember. */
static enum status
look_beside(struct look *look)
{
	struct published_facts *facts = &look->published;
	struct authority servers[AUTHORITY_MAX];
	const char *name = doubled(look->run.arena, look->target.domain);
	enum status status;
	size_t n = 0;

	if (name == NULL || look->plan.record[0] == '\0')
		return OK;
	facts->doubled_name = name;
	if (facts->nservers == 0)
		return dns_ask(&look->run, name, RR_TXT, &facts->doubled);
	status = dns_ask_authorities(&look->run, name, RR_TXT,
	    look->target.authoritative_port, servers, &n);
	for (size_t i = 0; i < n && status == OK; i++)
		if (servers[i].answer->outcome == DNS_FOUND)
			facts->doubled = servers[i].answer;
	return status;
}

enum status
look_published(struct look *look)
{
	struct published_facts *facts = &look->published;
	const char *domain = look->target.domain;
	enum status status;

	status = dns_ask(&look->run, domain, RR_TXT, &facts->resolver);
	if (status == OK && facts->asking == ASKING_ALL)
		status = dns_ask_authorities(&look->run, domain, RR_TXT,
		    look->target.authoritative_port, facts->servers,
		    &facts->nservers);
	if (status == OK && !found_everywhere(look))
		status = look_beside(look);
	return status;
}
