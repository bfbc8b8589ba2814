/* The records of a zone, found by name and type. */
#include "zone_index.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

struct zone *
zone_new(const char *label)
{
	struct arena *arena = arena_new();
	struct zone *zone = arena_new_of(arena, struct zone);

	zone->arena = arena;
	zone->label = arena_strdup(arena, label);
	return zone;
}

void
zone_free(struct zone *zone)
{
	if (zone != NULL)
		arena_free(zone->arena);
}

bool
zone_key_of(const char *name, struct zone_key *out)
{
	unsigned char wire[NAME_WIRE_MAX];
	size_t left = name_to_wire(name, wire);

	if (left == 0)
		return false;
	/* Labels are filled in from behind; the root label has no octets. */
	out->len = left - 1;
	left = out->len;
	for (size_t at = 0; wire[at] != 0; at += (size_t)wire[at] + 1) {
		size_t octets = (size_t)wire[at] + 1;

		left -= octets;
		out->octets[left] = wire[at];
		for (size_t i = 1; i < octets; i++)
			out->octets[left + i] =
			    (unsigned char)to_lower((char)wire[at + i]);
	}
	return true;
}

bool
zone_key_parent(struct zone_key *key)
{
	size_t at = 0, last = 0;

	if (key->len == 0)
		return false;
	while (at < key->len) {
		last = at;
		at += (size_t)key->octets[at] + 1;
	}
	key->len = last;
	return true;
}

bool
zone_append(struct zone *zone, const struct record *record)
{
	struct zone_key key;
	struct zone_entry *entry;

	if (!zone_key_of(record->name, &key))
		return false;
	zone->entries = arena_grow(
	    zone->arena, zone->entries, zone->n, sizeof(*zone->entries));
	entry = &zone->entries[zone->n];
	*entry = (struct zone_entry){
		.record = *record,
		.key = { arena_memdup(zone->arena, key.octets, key.len),
		    key.len },
		.order = zone->added++,
	};
	zone->n++;
	return true;
}

static int
compare_keys(const void *a, size_t a_len, const void *b, size_t b_len)
{
	int order = memcmp(a, b, a_len < b_len ? a_len : b_len);

	return order != 0 ? order : (a_len > b_len) - (a_len < b_len);
}

/* By name and type. */
static int
compare_sets(const struct zone_entry *a, const struct zone_entry *b)
{
	int order = compare_keys(a->key.p, a->key.len, b->key.p, b->key.len);

	if (order != 0)
		return order;
	return (a->record.type > b->record.type) -
	    (a->record.type < b->record.type);
}

static int
compare_order(const struct zone_entry *a, const struct zone_entry *b)
{
	return (a->order > b->order) - (a->order < b->order);
}

/* What is there twice stands together, the first one first. */
static int
by_value(const void *first, const void *second)
{
	const struct zone_entry *a = first, *b = second;
	int order = compare_sets(a, b);

	if (order == 0)
		order = record_compare(&a->record, &b->record);
	return order != 0 ? order : compare_order(a, b);
}

static int
by_order(const void *first, const void *second)
{
	const struct zone_entry *a = first, *b = second;
	int order = compare_sets(a, b);

	return order != 0 ? order : compare_order(a, b);
}

/*
 * Puts the entries in order, each once (RFC 2181 section 5); but TXT as often
 * as it was written, since SPF counts records (RFC 7208 section 4.5) and who
 * entered one twice has to be told.
 */
void
zone_seal(struct zone *zone)
{
	struct zone_entry *entries = zone->entries;
	size_t kept = 0;

	if (zone->n == 0)
		return;
	qsort(entries, zone->n, sizeof(*entries), by_value);
	for (size_t i = 0; i < zone->n; i++)
		if (kept == 0 || entries[i].record.type == RR_TXT ||
		    !record_equal(
			&entries[kept - 1].record, &entries[i].record))
			entries[kept++] = entries[i];
	zone->n = kept;
	qsort(entries, zone->n, sizeof(*entries), by_order);
}

/* The first entry that is not before this key and type. */
static size_t
lower_bound(const struct zone *zone, const struct zone_key *key, int type)
{
	size_t low = 0, high = zone->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct zone_entry *entry = &zone->entries[middle];
		int order = compare_keys(
		    entry->key.p, entry->key.len, key->octets, key->len);

		if (order < 0 || (order == 0 && (int)entry->record.type < type))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct zone_slice
zone_find(
    const struct zone *zone, const struct zone_key *key, enum rr_type type)
{
	size_t from = lower_bound(zone, key, (int)type);
	size_t to = lower_bound(zone, key, (int)type + 1);

	if (from == to)
		return (struct zone_slice){ 0 };
	return (struct zone_slice){ zone->entries + from, to - from };
}

bool
zone_has_name(const struct zone *zone, const struct zone_key *key)
{
	size_t at = lower_bound(zone, key, 0);
	const struct zone_entry *entry;

	if (at == zone->n)
		return false;
	entry = &zone->entries[at];
	return entry->key.len >= key->len &&
	    memcmp(entry->key.p, key->octets, key->len) == 0;
}

struct zone *
zone_from_records(const struct record *records, size_t n)
{
	struct zone *zone = zone_new(_("the plan"));

	for (size_t i = 0; i < n; i++) {
		struct record copy = record_copy(zone->arena, &records[i]);

		zone_append(zone, &copy);
	}
	zone_seal(zone);
	return zone;
}

static bool
has_record(const struct zone *zone, const struct record *record)
{
	struct zone_slice found = { 0 };
	struct zone_key key;

	if (zone_key_of(record->name, &key))
		found = zone_find(zone, &key, record->type);
	for (size_t i = 0; i < found.n; i++)
		if (record_equal(&found.entries[i].record, record))
			return true;
	return false;
}

void
zone_add(struct zone *zone, const struct zone *more)
{
	/* As it was: still sorted, and `more` may be the same zone. */
	const struct zone before = *zone;
	size_t n = more->n;

	for (size_t i = 0; i < n; i++) {
		const struct record *record = &more->entries[i].record;
		struct record copy;

		if (has_record(&before, record))
			continue;
		copy = record_copy(zone->arena, record);
		zone_append(zone, &copy);
	}
	zone_seal(zone);
}

/* Is there something in `over` that takes the place of this entry? */
static bool
is_covered(const struct zone *over, const struct zone_entry *entry)
{
	struct zone_key key;
	size_t at;

	if (!zone_key_of(entry->record.name, &key))
		return false;
	if (zone_find(over, &key, entry->record.type).n > 0 ||
	    zone_find(over, &key, RR_CNAME).n > 0)
		return true;
	if (entry->record.type != RR_CNAME)
		return false;
	/* Other types of the name exclude the alias that was there. */
	at = lower_bound(over, &key, 0);
	return at < over->n &&
	    compare_keys(over->entries[at].key.p, over->entries[at].key.len,
		key.octets, key.len) == 0;
}

bool
zone_equal(const struct zone *a, const struct zone *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!record_equal(&a->entries[i].record, &b->entries[i].record))
			return false;
	return true;
}

void
zone_lay(struct zone *zone, const struct zone *over)
{
	size_t kept = 0;

	if (over == zone)
		return;
	for (size_t i = 0; i < zone->n; i++)
		if (!is_covered(over, &zone->entries[i]))
			zone->entries[kept++] = zone->entries[i];
	zone->n = kept;
	zone_add(zone, over);
}
