/* Looking at the world while the screen goes on. */
#include "live.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "../checks/certificate.h"
#include "look.h"
#include "problem.h"

#define LIVE_THREADS 9 /* looks that run side by side, superseded ones too */

/* What is known about one kind of look. */
struct slot {
	struct look *next; /* waits for its time; or NULL */
	int64_t due_ms; /* monotonic_ms() when it begins */
	struct look *running; /* belongs to the pool; or NULL */
	struct look *result; /* the newest; or NULL */
};

struct live {
	struct live_options options;
	char **paths; /* owned copies of options.zones */
	char *ca_file; /* and of options.ca_file */
	struct trust *trust; /* NULL before the first generation, in the demo */
	struct pool *pool;
	struct world *world; /* of this generation; NULL before the first */
	unsigned int number; /* of the last look made */
	struct slot slots[LOOK_COUNT];
};

static void
copy_paths(struct live *live, const struct live_options *options)
{
	live->paths = calloc(options->nzones + 1, sizeof(*live->paths));
	if (live->paths == NULL)
		out_of_memory();
	for (size_t i = 0; i < options->nzones; i++) {
		live->paths[i] = strdup(options->zones[i]);
		if (live->paths[i] == NULL)
			out_of_memory();
	}
	live->options.zones = (const char *const *)live->paths;
	if (options->ca_file != NULL &&
	    (live->ca_file = strdup(options->ca_file)) == NULL)
		out_of_memory();
	live->options.ca_file = live->ca_file;
}

struct live *
live_new(const struct live_options *options)
{
	struct live *live = calloc(1, sizeof(*live));

	if (live == NULL)
		out_of_memory();
	live->options = *options;
	live->pool =
	    pool_new(options->threads > 0 ? options->threads : LIVE_THREADS);
	if (live->pool == NULL) {
		free(live);
		return NULL;
	}
	copy_paths(live, options);
	return live;
}

void
live_stop(struct live *live, enum look_kind kind)
{
	struct slot *slot = &live->slots[kind];

	look_free(slot->next);
	slot->next = NULL;
	/* It still comes back; nobody knows it then. */
	if (slot->running != NULL)
		job_cancel(&slot->running->job);
	slot->running = NULL;
}

void
live_forget(struct live *live, enum look_kind kind)
{
	live_stop(live, kind);
	look_free(live->slots[kind].result);
	live->slots[kind].result = NULL;
}

void
live_free(struct live *live)
{
	struct job *job;

	if (live == NULL)
		return;
	for (int i = 0; i < LOOK_COUNT; i++)
		live_forget(live, (enum look_kind)i);
	while ((job = pool_wait(live->pool)) != NULL)
		look_free((struct look *)(void *)job);
	pool_free(live->pool);
	world_drop(live->world);
	for (size_t i = 0; i < live->options.nzones; i++)
		free(live->paths[i]);
	free(live->paths);
	free(live->ca_file);
	trust_free(live->trust);
	free(live);
}

/* Once: a system may have all its roots in one file, which takes a while. */
static bool
open_roots(struct live *live, char problem[PLAN_TEXT])
{
	struct arena *arena;
	const char *why;

	if (live->trust != NULL || live->options.demo != NULL)
		return true;
	arena = arena_new();
	why = trust_open(arena, live->options.ca_file, &live->trust);
	if (why != NULL)
		bounded_copy(problem, PLAN_TEXT, why);
	arena_free(arena);
	return why == NULL;
}

bool
live_renew(struct live *live, const struct plan *plan, char problem[PLAN_TEXT])
{
	struct world *world;

	if (!open_roots(live, problem))
		return false;
	world = world_new(&live->options, plan, problem);
	if (world == NULL)
		return false;
	world->trust = live->trust;
	world_drop(live->world);
	live->world = world;
	return true;
}

static void
give(struct live *live, struct slot *slot)
{
	struct look *look = slot->next;

	slot->next = NULL;
	look->started_ms = monotonic_ms();
	/* Without a descriptor for the pipe there is no look; try later. */
	if (pool_give(live->pool, &look->job))
		slot->running = look;
	else
		look_free(look);
}

void
live_ask(struct live *live, enum look_kind kind, const struct plan *plan,
    const struct look_question *question, int64_t delay_ms)
{
	struct slot *slot = &live->slots[kind];

	if (live->world == NULL) {
		login_words_free(question->login);
		return;
	}
	live_stop(live, kind);
	slot->next =
	    look_new(kind, plan, &live->options, live->world, ++live->number);
	slot->next->question = *question;
	slot->due_ms = monotonic_ms() + delay_ms;
	if (delay_ms <= 0)
		give(live, slot);
}

void
live_start(struct live *live, enum look_kind kind, const struct plan *plan,
    int64_t delay_ms)
{
	live_ask(live, kind, plan, &(struct look_question){ 0 }, delay_ms);
}

/* Takes one job back.  True when its result is now the newest of its kind. */
static bool
take_back(struct live *live, struct look *look)
{
	struct slot *slot = &live->slots[look->kind];

	if (look != slot->running) {
		look_free(look);
		return false;
	}
	slot->running = NULL;
	if (look->cancelled) {
		look_free(look);
		return false;
	}
	look_free(slot->result);
	slot->result = look;
	return true;
}

unsigned int
live_poll(struct live *live)
{
	int64_t now = monotonic_ms();
	unsigned int changed = 0;
	struct job *job;

	while ((job = pool_take(live->pool)) != NULL) {
		struct look *look = (struct look *)(void *)job;
		unsigned int bit = 1U << look->kind;

		if (take_back(live, look))
			changed |= bit;
	}
	for (size_t i = 0; i < LOOK_COUNT; i++) {
		struct slot *slot = &live->slots[i];

		if (slot->next != NULL && slot->due_ms <= now)
			give(live, slot);
	}
	return changed;
}

int
live_fd(const struct live *live)
{
	return pool_fd(live->pool);
}

int
live_wait_ms(const struct live *live)
{
	int64_t now = monotonic_ms();
	int64_t wait = -1;

	for (size_t i = 0; i < LOOK_COUNT; i++) {
		const struct slot *slot = &live->slots[i];
		int64_t left = slot->due_ms > now ? slot->due_ms - now : 0;

		if (slot->next != NULL && (wait == -1 || left < wait))
			wait = left;
	}
	return wait > INT_MAX ? INT_MAX : (int)wait;
}

enum look_state
live_state(const struct live *live, enum look_kind kind)
{
	const struct slot *slot = &live->slots[kind];

	if (slot->running != NULL)
		return LOOK_RUNNING;
	if (slot->next != NULL)
		return LOOK_WAITING;
	return slot->result != NULL ? LOOK_DONE : LOOK_NONE;
}

const struct look *
live_result(const struct live *live, enum look_kind kind)
{
	return live->slots[kind].result;
}

int64_t
live_running_ms(const struct live *live, enum look_kind kind)
{
	const struct look *look = live->slots[kind].running;

	/* Set before the job was given away, and never after. */
	return look != NULL ? monotonic_ms() - look->started_ms : 0;
}
