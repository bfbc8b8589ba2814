/*
 * Any octets as a zone file: read or refused with a printable sentence; and
 * every record that was read is printed, read again, and the same.
 */
#include <stdlib.h>
#include <string.h>

#include "../../checks/zone_index.h"

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t len);

static void
check_sentence(const char *error)
{
	if (error == NULL || strlen(error) > 400)
		abort();
	for (; *error != '\0'; error++)
		if ((unsigned char)*error < ' ' || *error == 127)
			abort();
}

static void
check_record(struct arena *arena, const struct record *record)
{
	const char *line = record_zone_line(arena, record);
	const char *error;
	struct zone *again =
	    zone_read_text(arena, "line", str_of(line), ".", &error);

	for (const char *p = line; *p != '\0'; p++)
		if (*p < ' ' || *p > '~')
			abort();
	if (again == NULL || again->n != 1 ||
	    !record_equal(&again->entries[0].record, record))
		abort();
	zone_free(again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *octets, size_t len)
{
	struct arena *arena = arena_new();
	const char *error;
	struct zone *zone = zone_read_text(arena, "fuzz",
	    (struct str){ (const char *)octets, len }, "example.org", &error);

	if (zone == NULL)
		check_sentence(error);
	for (size_t i = 0; zone != NULL && i < zone->n; i++)
		check_record(arena, &zone->entries[i].record);
	zone_free(zone);
	arena_free(arena);
	return 0;
}
