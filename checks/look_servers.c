/* Do all name servers of a domain say the same? */
#include "look.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "dns_authority.h"

#define VALUES_MAX 64 /* records of one answer that are compared */
#define LONG	   160 /* octets; a longer text is shown from where it differs */
#define BEGINNING  20 /* octets of it that are shown anyway */
#define EXCERPT	   60

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

/*
 * The wanted records of an answer as one text, in an order of its own.  Of an
 * alias only where it leads: what is there may be another zone's.
 */
static const char *
contents(struct run *run, const struct answer *answer,
    bool (*wanted)(const struct record *))
{
	const char *values[VALUES_MAX];
	const char *list = NULL;
	size_t n = 0;

	if (answer_is_trouble(answer))
		return look_values(run, answer);
	if (answer->nchain > 0)
		return arena_printf(run->arena, "%s %s",
		    rr_type_word(run->arena, answer->chain[0].type),
		    value(run->arena, &answer->chain[0]));
	for (size_t i = 0; i < answer->nrecords && n < VALUES_MAX; i++)
		if (wanted == NULL || wanted(&answer->records[i]))
			values[n++] = value(run->arena, &answer->records[i]);
	qsort(values, n, sizeof(values[0]), compare);
	for (size_t i = 0; i < n; i++)
		list = look_join(run->arena, list, values[i]);
	return list == NULL ? _("nothing") : list;
}

/* How many octets at the front all texts have in common. */
static size_t
common_length(const char *const *texts, size_t n)
{
	const char *first = NULL;
	size_t common = 0;

	for (size_t i = 0; i < n; i++) {
		size_t same = 0;

		if (texts[i] == NULL)
			continue;
		if (first == NULL) {
			first = texts[i];
			common = strlen(first);
		}
		while (same < common && texts[i][same] == first[same])
			same++;
		common = same;
	}
	return common;
}

/* A key is long, and two of them differ somewhere in the middle. */
static const char *
excerpt(struct arena *arena, const char *text, size_t common)
{
	size_t from = common > 2 * BEGINNING ? common - BEGINNING : 0;
	size_t shown = from > 0 ? BEGINNING : 0;
	const char *end = strlen(text) > from + EXCERPT ? "..." : "";

	if (strlen(text) <= LONG)
		return text;
	return arena_printf(arena, "%.*s%s%.*s%s", (int)shown, text,
	    shown > 0 ? "..." : "", EXCERPT, text + from, end);
}

/*
 * "ns1.example.org, ns2.example.org: 10 mail.example.org.", for all that have
 * the same contents as server number `first`.
 */
static const char *
group(struct run *run, const struct authority *servers, size_t n,
    const char *const *texts, size_t first, size_t common)
{
	const char *names = NULL;

	for (size_t i = first; i < n; i++)
		if (texts[i] != NULL && strcmp(texts[i], texts[first]) == 0)
			names = look_join(run->arena, names,
			    arena_printf(run->arena, "%s (%s)", servers[i].host,
				ip_print(run->arena, servers[i].server.ip)));
	return arena_printf(run->arena, "%s: %s", names,
	    excerpt(run->arena, texts[first], common));
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
	size_t groups = 0, common;

	/* Silence may be the network here; it is no other opinion. */
	for (size_t i = 0; i < n; i++)
		if (servers[i].answer->outcome != DNS_SILENT)
			texts[i] = contents(run, servers[i].answer, wanted);
	common = common_length(texts, n);
	for (size_t i = 0; i < n; i++) {
		const char *part;

		if (!is_new(texts, i))
			continue;
		part = group(run, servers, n, texts, i, common);
		said = said == NULL
		    ? part
		    : arena_printf(run->arena, "%s; %s", said, part);
		groups++;
	}
	if (groups > 1)
		report(run, F_DNS_SERVERS_DISAGREE, .subject = name,
		    .detail = { rr_type_word(run->arena, type), said });
}

enum status
look_at_servers_for(struct run *run, const struct target *target,
    const struct question *questions, size_t nquestions,
    bool (*wanted)(const struct record *))
{
	struct authority *servers;
	enum status status;
	size_t *n;

	if (!target->authoritative || nquestions == 0)
		return OK;
	servers = arena_array(
	    run->arena, nquestions * AUTHORITY_MAX, sizeof(*servers));
	n = arena_array(run->arena, nquestions, sizeof(*n));
	status = dns_ask_authorities_for(
	    run, questions, nquestions, target->authoritative_port, servers, n);
	for (size_t i = 0; i < nquestions && status == OK; i++)
		compare_answers(run, questions[i].name, questions[i].type,
		    &servers[i * AUTHORITY_MAX], n[i], wanted);
	return status;
}

enum status
look_at_servers(struct run *run, const struct target *target, const char *name,
    enum rr_type type, bool (*wanted)(const struct record *))
{
	const struct question question = { name, type };

	return look_at_servers_for(run, target, &question, 1, wanted);
}
