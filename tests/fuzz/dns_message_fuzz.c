/*
 * Answers of hostile name servers.  The first octets choose the question, the
 * rest is what came back; its id is set right, or nothing would be read.
 */
#include <stdlib.h>
#include <string.h>

#include "../../checks/dns_message.h"
#include "../../checks/zone_index.h"

static const enum rr_type types[] = { RR_A, RR_NS, RR_CNAME, RR_SOA, RR_PTR,
	RR_MX, RR_TXT, RR_AAAA, RR_SRV, RR_DNAME, RR_TLSA, RR_SPF, RR_CAA };

/* Whatever was read is printed, and a zone file gives the same again. */
static void
look(struct arena *arena, const struct record *records, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *line = record_zone_line(arena, &records[i]);
		const char *error;
		struct zone *zone =
		    zone_read_text(arena, "line", str_of(line), ".", &error);

		if (zone == NULL || zone->n != 1 ||
		    !record_equal(&zone->entries[0].record, &records[i]))
			abort();
		zone_free(zone);
	}
}

static void
check(struct arena *arena, const struct answer *answer)
{
	look(arena, answer->records, answer->nrecords);
	look(arena, answer->chain, answer->nchain);
	if ((answer->outcome == DNS_FOUND) != (answer->nrecords > 0))
		abort();
	if ((answer->outcome == DNS_BROKEN) != (answer->why != NULL))
		abort();
	if (answer->outcome == DNS_SILENT || answer->owner == NULL)
		abort();
	if (answer->partial && answer->nchain == 0)
		abort();
	for (size_t i = 0; i < answer->nrecords; i++)
		if (!name_equal(answer->records[i].name, answer->owner) ||
		    answer->records[i].type != answer->type)
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct dns_query query = {
		.name = "a.example.org",
		.id = 0x4d57,
		.recurse = true,
		.edns = true,
	};
	struct dns_facts facts;
	struct answer answer;
	struct arena *arena;
	char *octets;

	if (size < 3)
		return 0;
	arena = arena_new();
	query.type = types[data[0] % COUNT(types)];
	/* A copy of its own size, so that reading beyond it is seen. */
	octets = malloc(size - 1);
	if (octets == NULL)
		abort();
	memcpy(octets, data + 1, size - 1);
	memcpy(octets, "\x4d\x57", 2);
	if (dns_message_read(arena, (struct str){ octets, size - 1 }, &query,
		&answer, &facts))
		check(arena, &answer);
	free(octets);
	arena_free(arena);
	return 0;
}
