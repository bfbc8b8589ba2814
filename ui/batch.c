/* Ten thousand domains: looked at side by side, printed in order. */
#include "batch.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "../checks/base/i18n.h"
#include "audit.h"
#include "cli.h"
#include "json.h"
#include "result.h"

#define WAITING_FACTOR                                                         \
	16 /* results that may wait for a slow one before them,
			     for each domain looked at at once */
#define OPEN_FILES 8192 /* descriptors asked for, for many at once */

/* One domain on its way: read, given away, done, printed. */
struct entry {
	struct job job; /* first: what the pool sees */
	const struct options *options;
	const struct prober *prober; /* of the batch */
	const struct trust *trust; /* the same */
	struct arena *arena; /* holds domain and problem */
	const char *domain;
	char *text; /* for stdout */
	char *trace; /* for stderr; empty without --verbose */
	const char *problem; /* could not even begin; NULL: fine */
	bool color;
	int status;
	bool done;
};

struct batch {
	const struct options *options;
	struct domain_list *list;
	struct prober prober; /* one gate for all */
	const struct trust *trust; /* or NULL */
	struct pool *pool;
	struct entry **ring; /* in the order asked, `room` of them */
	size_t room;
	size_t first; /* the next to be printed */
	size_t waiting; /* in the ring, from `first` on */
	size_t given; /* and of those: at the pool */
	bool all; /* domains of the list were taken */
	bool any; /* something was printed */
	bool color;
	int status;
};

/* A stream into memory; there is no other reason for it to fail. */
static FILE *
memory_stream(char **text, size_t *len)
{
	FILE *stream = open_memstream(text, len);

	if (stream == NULL)
		out_of_memory();
	return stream;
}

static void
keep_result(struct entry *entry, const struct audit *audit)
{
	struct result_style style = { .options = entry->options,
		.command = "check",
		.color = entry->color };
	size_t len;
	FILE *out = memory_stream(&entry->text, &len);

	result_print(out, &style, audit);
	if (fclose(out) != 0)
		out_of_memory();
	out = memory_stream(&entry->trace, &len);
	result_trace(out, entry->options, audit);
	if (fclose(out) != 0)
		out_of_memory();
	entry->status = audit_exit_status(audit);
}

/* On a worker thread: one domain, from its resolver to its text. */
static void
look_at(struct job *job)
{
	struct entry *entry = (struct entry *)job;
	const struct options *options = entry->options;
	struct audit_means means = { .prober = entry->prober,
		.trust = entry->trust,
		.cancel_fd = job->cancel_fd };
	struct audit audit;
	struct world world;

	entry->problem =
	    world_open(entry->arena, options, entry->domain, &world);
	if (entry->problem != NULL) {
		entry->status = EXIT_USAGE;
		return;
	}
	means.dns = world.top;
	if (audit_run(options, options->step, &means, entry->domain, &audit) ==
	    OK) {
		keep_result(entry, &audit);
		audit_end(&audit);
	}
	world_close(&world);
}

static void
entry_free(struct entry *entry)
{
	arena_free(entry->arena);
	free(entry->text);
	free(entry->trace);
	free(entry);
}

/* The next domain of the list goes to the end of the queue and to the pool. */
static bool
give_next(struct batch *batch)
{
	struct entry *entry = calloc(1, sizeof(*entry));

	if (entry == NULL)
		out_of_memory();
	entry->options = batch->options;
	entry->prober = &batch->prober;
	entry->trust = batch->trust;
	entry->color = batch->color;
	entry->job.work = look_at;
	entry->arena = arena_new();
	entry->domain = domain_list_next(batch->list, entry->arena);
	if (entry->domain == NULL) {
		entry_free(entry);
		return false;
	}
	batch->ring[(batch->first + batch->waiting++) % batch->room] = entry;
	if (pool_give(batch->pool, &entry->job)) {
		batch->given++;
	} else { /* out of descriptors: one at a time, then */
		entry->job.cancel_fd = -1;
		look_at(&entry->job);
		entry->done = true;
	}
	return true;
}

static void
fill_pool(struct batch *batch)
{
	size_t jobs = batch->options->jobs;

	while (
	    !batch->all && batch->given < jobs && batch->waiting < batch->room)
		batch->all = !give_next(batch);
}

static void
print_entry(struct batch *batch, const struct entry *entry)
{
	if (entry->problem != NULL)
		complain("%s: %s", entry->domain, entry->problem);
	if (entry->trace != NULL)
		fputs(entry->trace, stderr);
	if (entry->text != NULL) {
		if (batch->any && !batch->options->json)
			putchar('\n');
		fputs(entry->text, stdout);
		batch->any = true;
	}
	batch->status = worse_status(batch->status, entry->status);
}

/* The oldest, taken out of the ring; NULL: there is none. */
static struct entry *
take_first(struct batch *batch)
{
	struct entry *entry;

	if (batch->waiting == 0)
		return NULL;
	entry = batch->ring[batch->first];
	batch->first = (batch->first + 1) % batch->room;
	batch->waiting--;
	return entry;
}

/* Prints what is done, as far as nothing before it is still looked at. */
static bool
print_done(struct batch *batch)
{
	while (batch->waiting > 0 && batch->ring[batch->first]->done) {
		struct entry *entry = take_first(batch);

		print_entry(batch, entry);
		entry_free(entry);
	}
	return fflush(stdout) == 0;
}

static void
run_batch(struct batch *batch)
{
	bool writable = true;
	struct entry *entry;

	fill_pool(batch);
	while (writable && batch->waiting > 0) {
		entry = (struct entry *)pool_wait(batch->pool);
		if (entry != NULL) {
			entry->done = true;
			batch->given--;
		}
		writable = print_done(batch);
		fill_pool(batch);
	}
	pool_free(batch->pool); /* what is still there belongs to us again */
	while ((entry = take_first(batch)) != NULL)
		entry_free(entry);
}

/* Each domain has a few sockets open, and a pipe to be cancelled by. */
static void
allow_open_files(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return;
	if (limit.rlim_cur < OPEN_FILES) {
		limit.rlim_cur =
		    limit.rlim_max < OPEN_FILES ? limit.rlim_max : OPEN_FILES;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}

int
batch_many(const struct options *options, const struct trust *trust,
    struct domain_list *list)
{
	struct arena *arena = arena_new();
	struct options shared = *options;
	struct batch batch = {
		.options = &shared,
		.list = list,
		.trust = trust,
		.color = wants_color(options),
	};
	size_t jobs = options->jobs;

	if (options->file == NULL && options->noperands < jobs)
		jobs = options->noperands;
	allow_open_files();
	json_begin();
	batch.pool = pool_new(jobs);
	if (batch.pool == NULL) {
		arena_free(arena);
		complain(_("No thread could be started; try a smaller "
			   "--jobs."));
		return EXIT_USAGE;
	}
	shared.shared = world_shared_zone(arena, options);
	batch.prober.gate = port_gate_new(AUDIT_CONNECTIONS);
	batch.room = jobs * WAITING_FACTOR;
	batch.ring = calloc(batch.room, sizeof(struct entry *));
	if (batch.ring == NULL)
		out_of_memory();
	run_batch(&batch);
	port_gate_free(batch.prober.gate);
	free(batch.ring);
	zone_free(shared.shared);
	arena_free(arena);
	return list->troubled ? EXIT_USAGE : batch.status;
}
