/* Do all name servers of a domain say the same? */
#include "look.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "dns_authority.h"

#define VALUES_MAX 64 /* records of one answer that are compared */

static int
compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* As text; names are equal in both cases (RFC 4343), texts are not. */
static const char *
value(struct arena *arena, const struct record *record)
{
	char *text = arena_strdup(arena, record_value(arena, record));

	if (record->type != RR_TXT)
		for (char *p = text; *p != '\0'; p++)
			*p = to_lower(*p);
	return text;
}

/* The wanted records of an answer as one text, in an order of its own. */
static const char *
contents(struct run *run, const struct answer *answer,
    bool (*wanted)(const struct record *))
{
	const char *values[VALUES_MAX];
	const char *list = NULL;
	size_t n = 0;

	if (answer_is_trouble(answer))
		return look_values(run, answer);
	for (size_t i = 0; i < answer->nrecords && n < VALUES_MAX; i++)
		if (wanted == NULL || wanted(&answer->records[i]))
			values[n++] = value(run->arena, &answer->records[i]);
	qsort(values, n, sizeof(values[0]), compare);
	for (size_t i = 0; i < n; i++)
		list = look_join(run->arena, list, values[i]);
	return list == NULL ? _("nothing") : list;
}

/*
 * "ns1.example.org, ns2.example.org: 10 mail.example.org.", for all that have
 * the same contents as server number `first`.
 */
static const char *
group(struct run *run, const struct authority *servers, size_t n,
    const char *const *texts, size_t first)
{
	const char *names = NULL;

	for (size_t i = first; i < n; i++)
		if (texts[i] != NULL && strcmp(texts[i], texts[first]) == 0)
			names = look_join(run->arena, names,
			    arena_printf(run->arena, "%s (%s)", servers[i].host,
				ip_print(run->arena, servers[i].server.ip)));
	return arena_printf(run->arena, "%s: %s", names, texts[first]);
}

static bool
is_new(const char *const *texts, size_t i)
{
	if (texts[i] == NULL)
		return false;
	for (size_t j = 0; j < i; j++)
		if (texts[j] != NULL && strcmp(texts[j], texts[i]) == 0)
			return false;
	return true;
}

/* What the servers said about one type. */
static void
compare_answers(struct run *run, const char *name, enum rr_type type,
    const struct authority *servers, size_t n,
    bool (*wanted)(const struct record *))
{
	const char *texts[AUTHORITY_MAX] = { NULL };
	const char *said = NULL;
	size_t groups = 0;

	/* Silence may be the network here; it is no other opinion. */
	for (size_t i = 0; i < n; i++)
		if (servers[i].answer->outcome != DNS_SILENT)
			texts[i] = contents(run, servers[i].answer, wanted);
	for (size_t i = 0; i < n; i++) {
		const char *part;

		if (!is_new(texts, i))
			continue;
		part = group(run, servers, n, texts, i);
		said = said == NULL
		    ? part
		    : arena_printf(run->arena, "%s; %s", said, part);
		groups++;
	}
	if (groups > 1)
		report(run, F_DNS_SERVERS_DISAGREE, .subject = name,
		    .detail = { rr_type_word(run->arena, type), said });
}

static enum status
at_servers(struct run *run, const struct target *target, const char *name,
    const enum rr_type *types, size_t ntypes,
    bool (*wanted)(const struct record *))
{
	struct authority *servers;
	enum status status;
	size_t n = 0;

	if (!target->authoritative)
		return OK;
	servers =
	    arena_array(run->arena, ntypes * AUTHORITY_MAX, sizeof(*servers));
	status = dns_ask_authorities_for(
	    run, name, types, ntypes, target->authoritative_port, servers, &n);
	for (size_t i = 0; i < ntypes && status == OK; i++)
		compare_answers(run, name, types[i],
		    &servers[i * AUTHORITY_MAX], n, wanted);
	return status;
}

enum status
look_at_servers(struct run *run, const struct target *target, const char *name,
    enum rr_type type, bool (*wanted)(const struct record *))
{
	return at_servers(run, target, name, &type, 1, wanted);
}

enum status
look_at_servers_for(struct run *run, const struct target *target,
    const char *name, const enum rr_type *types, size_t ntypes)
{
	return at_servers(run, target, name, types, ntypes, NULL);
}
