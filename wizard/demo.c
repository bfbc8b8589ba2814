/* The made-up world of "mailwizard --demo". */
#include "demo.h"

#include <stdlib.h>

#include "../assets/asset.h"
#include "../checks/resolver.h"
#include "../checks/zone.h"
#include "look.h"

#define ZONE_ASSET "demo/bakery.zone"
#define KEY_ASSET  "demo/signer.pem"

const char demo_domain[] = "bakery.example";
const char demo_host[] = "mail.bakery.example";
const char demo_selector[] = "mail";

/* Records that were entered together. */
struct change {
	struct record *records;
	size_t n;
	int64_t at_ms;
	struct change *next; /* a later one */
};

struct demo {
	struct arena *arena; /* owns the changes */
	struct change *first;
	struct change **last;
	int64_t mended_ms; /* when the mail server was set right; 0: not yet */
};

const char *
demo_key(void)
{
	const struct asset *asset = asset_find(KEY_ASSET);

	if (asset == NULL)
		abort(); /* a text of ours */
	return asset->text;
}

struct demo *
demo_new(void)
{
	struct demo *demo = calloc(1, sizeof(*demo));

	if (demo == NULL)
		out_of_memory();
	demo->arena = arena_new();
	demo->last = &demo->first;
	return demo;
}

void
demo_free(struct demo *demo)
{
	if (demo == NULL)
		return;
	arena_free(demo->arena);
	free(demo);
}

/* --- publishing ---------------------------------------------------------- */

void
demo_publish(
    struct demo *demo, const struct record *records, size_t n, int64_t now_ms)
{
	struct change *change = arena_new_of(demo->arena, struct change);

	change->records =
	    arena_array(demo->arena, n + 1, sizeof(*change->records));
	for (size_t i = 0; i < n; i++) {
		struct record *record = &change->records[change->n++];

		*record = record_copy(demo->arena, &records[i]);
		record->ttl = DEMO_CACHES_MS / 1000;
	}
	change->at_ms = now_ms;
	*demo->last = change;
	demo->last = &change->next;
}

/* The newest change: all before it are further on. */
static const struct change *
newest(const struct demo *demo)
{
	const struct change *change = demo->first;

	while (change != NULL && change->next != NULL)
		change = change->next;
	return change;
}

enum demo_stage
demo_stage(const struct demo *demo, int64_t now_ms)
{
	const struct change *change = newest(demo);

	if (change == NULL || now_ms >= change->at_ms + DEMO_CACHES_MS)
		return DEMO_STILL;
	return now_ms >= change->at_ms + DEMO_SERVERS_MS ? DEMO_SERVED
							 : DEMO_ENTERED;
}

void
demo_mend_server(struct demo *demo, int64_t now_ms)
{
	if (demo->mended_ms == 0)
		demo->mended_ms = now_ms;
}

bool
demo_server_is_mended(const struct demo *demo, int64_t now_ms)
{
	return demo->mended_ms != 0 &&
	    now_ms >= demo->mended_ms + DEMO_RESTART_MS;
}

static int
stage_wait_ms(const struct demo *demo, int64_t now_ms)
{
	const struct change *change = newest(demo);

	switch (demo_stage(demo, now_ms)) {
	case DEMO_ENTERED:
		return (int)(change->at_ms + DEMO_SERVERS_MS - now_ms);
	case DEMO_SERVED:
		return (int)(change->at_ms + DEMO_CACHES_MS - now_ms);
	case DEMO_STILL:
		break;
	}
	return -1;
}

int
demo_wait_ms(const struct demo *demo, int64_t now_ms)
{
	int wait = stage_wait_ms(demo, now_ms);
	int64_t runs = demo->mended_ms + DEMO_RESTART_MS - now_ms;

	if (demo->mended_ms == 0 || runs <= 0)
		return wait;
	return wait < 0 || runs < wait ? (int)runs : wait;
}

/* --- the zone at a time -------------------------------------------------- */

static struct zone *
read_zone(void)
{
	const struct asset *asset = asset_find(ZONE_ASSET);
	struct arena *arena = arena_new();
	const char *error = "";
	struct zone *zone = NULL;

	if (asset != NULL)
		zone = zone_read_text(arena, asset->name,
		    (struct str){ asset->text, asset->len }, ".", &error);
	arena_free(arena);
	if (zone == NULL)
		abort(); /* a text of ours, read by the tests */
	return zone;
}

/* The texts at a name that are not meant as SPF: they stay. */
static size_t
other_texts(struct run *run, const char *name, struct record **out)
{
	const struct answer *texts;
	size_t n = 0;

	*out = NULL;
	if (dns_ask(run, name, RR_TXT, &texts) != OK)
		return 0;
	*out = arena_array(run->arena, texts->nrecords + 1, sizeof(**out));
	for (size_t i = 0; i < texts->nrecords; i++)
		if (!look_means_spf(texts->records[i].text))
			(*out)[n++] = texts->records[i];
	return n;
}

/* Lays one change over the zone. */
static void
lay(struct zone *zone, const struct change *change)
{
	struct resolver *dns = resolver_offline(zone);
	struct zone *over = zone_from_records(change->records, change->n);
	struct run run;

	run_begin(&run, dns, 1000, -1);
	for (size_t i = 0; i < change->n; i++) {
		const struct record *record = &change->records[i];
		struct record *texts;
		struct zone *more;
		size_t n;

		if (record->type != RR_TXT || !look_means_spf(record->text))
			continue;
		n = other_texts(&run, record->name, &texts);
		more = zone_from_records(texts, n);
		zone_add(over, more);
		zone_free(more);
	}
	run_end(&run);
	resolver_free(dns);
	zone_lay(zone, over);
	zone_free(over);
}

/* What was there when `delay_ms` had passed since each change. */
static struct zone *
zone_at(const struct demo *demo, int64_t now_ms, int64_t delay_ms)
{
	struct zone *zone = read_zone();

	for (const struct change *change = demo->first;
	     change != NULL && change->at_ms + delay_ms <= now_ms;
	     change = change->next)
		lay(zone, change);
	return zone;
}

/* --- the resolver -------------------------------------------------------- */

struct demo_dns {
	struct resolver resolver;
	struct zone *seen; /* by resolvers */
	struct zone *served; /* by the name servers */
	struct resolver *by_caches, *by_servers; /* over these */
};

static enum status
ask(struct resolver *resolver, struct run *run, struct arena *arena,
    const struct question *questions, size_t n, struct answer **out)
{
	struct resolver *below = ((struct demo_dns *)resolver)->by_caches;

	return below->ask(below, run, arena, questions, n, out);
}

/* Every server of the demo answers for every zone of it. */
static enum status
ask_server(struct resolver *resolver, struct run *run,
    const struct dns_server *server, const struct question *question,
    struct answer **out)
{
	struct resolver *below = ((struct demo_dns *)resolver)->by_servers;
	enum status status =
	    below->ask(below, run, run->arena, question, 1, out);

	if (status == OK) {
		(*out)->authoritative = true;
		(*out)->server = dns_server_print(run->arena, server);
	}
	return status;
}

static void
end(struct resolver *resolver)
{
	struct demo_dns *dns = (struct demo_dns *)resolver;

	resolver_free(dns->by_caches);
	resolver_free(dns->by_servers);
	zone_free(dns->seen);
	zone_free(dns->served);
	free(dns);
}

struct resolver *
demo_resolver(const struct demo *demo, int64_t now_ms)
{
	struct demo_dns *dns = calloc(1, sizeof(*dns));

	if (dns == NULL)
		out_of_memory();
	dns->seen = zone_at(demo, now_ms, DEMO_CACHES_MS);
	dns->served = zone_at(demo, now_ms, DEMO_SERVERS_MS);
	dns->by_caches = resolver_offline(dns->seen);
	dns->by_servers = resolver_offline(dns->served);
	dns->resolver.ask = ask;
	dns->resolver.ask_server = ask_server;
	dns->resolver.end = end;
	resolver_init(&dns->resolver);
	return &dns->resolver;
}
