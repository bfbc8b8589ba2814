/*
 * A hash table of questions, under one lock.  An entry is in flight, or has
 * its answer, or neither: then its flight was cancelled and whoever wants the
 * answer asks.  Answers are made in arenas that one flight has for itself at a
 * time, so that nobody allocates under the lock but for the table.
 */
#include "dns_memo.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "pool.h"

#define BUCKETS_FIRST 64 /* a power of two */

struct waiter {
	int bell;
	struct waiter *next;
};

struct entry {
	struct question question; /* the name in the arena of the memo */
	uint32_t hash;
	bool flying;
	struct answer *answer; /* as the maker gave it, or NULL */
	struct answer *followed; /* with the chain followed, or NULL */
	struct waiter *waiters; /* while flying */
	struct entry *next;
};

/* An arena for answers. */
struct store {
	struct arena *arena;
	struct store *next; /* in the list of those nobody uses */
};

struct memo {
	struct lock *lock; /* of all below */
	struct arena *arena; /* of the table */
	struct entry **buckets;
	size_t nbuckets;
	size_t nentries;
	struct store *idle;
};

struct memo *
memo_new(void)
{
	struct memo *memo = calloc(1, sizeof(*memo));

	if (memo == NULL)
		out_of_memory();
	memo->lock = lock_new();
	memo->arena = arena_new();
	memo->nbuckets = BUCKETS_FIRST;
	memo->buckets =
	    arena_array(memo->arena, memo->nbuckets, sizeof(struct entry *));
	return memo;
}

void
memo_free(struct memo *memo)
{
	if (memo == NULL)
		return;
	for (struct store *store = memo->idle; store != NULL;
	     store = store->next)
		arena_free(store->arena);
	arena_free(memo->arena);
	lock_free(memo->lock);
	free(memo);
}

/* FNV-1a over the name in lower case, and the type. */
static uint32_t
hash_of(const struct question *question)
{
	uint32_t hash = 2166136261u ^ (uint32_t)question->type;

	for (const char *p = question->name; *p != '\0'; p++)
		hash = (hash ^ (unsigned char)to_lower(*p)) * 16777619u;
	return hash;
}

static void
make_room(struct memo *memo)
{
	size_t n = memo->nbuckets * 2;
	struct entry **buckets;

	if (memo->nentries < memo->nbuckets)
		return;
	buckets = arena_array(memo->arena, n, sizeof(struct entry *));
	for (size_t i = 0; i < memo->nbuckets; i++) {
		for (struct entry *e = memo->buckets[i]; e != NULL;) {
			struct entry *next = e->next;

			e->next = buckets[e->hash & (n - 1)];
			buckets[e->hash & (n - 1)] = e;
			e = next;
		}
	}
	memo->buckets = buckets;
	memo->nbuckets = n;
}

/* NULL when there is none.  Under the lock. */
static struct entry *
find_entry(
    const struct memo *memo, const struct question *question, uint32_t hash)
{
	struct entry *entry = memo->buckets[hash & (memo->nbuckets - 1)];

	for (; entry != NULL; entry = entry->next)
		if (entry->hash == hash &&
		    entry->question.type == question->type &&
		    str_equal_nocase(
			str_of(entry->question.name), question->name))
			break;
	return entry;
}

/* The entry of a question, made when there is none.  Under the lock. */
static struct entry *
entry_of(struct memo *memo, const struct question *question)
{
	uint32_t hash = hash_of(question);
	struct entry *entry = find_entry(memo, question, hash);

	if (entry != NULL)
		return entry;
	make_room(memo);
	entry = arena_new_of(memo->arena, struct entry);
	entry->question.name = arena_strdup(memo->arena, question->name);
	entry->question.type = question->type;
	entry->hash = hash;
	entry->next = memo->buckets[hash & (memo->nbuckets - 1)];
	memo->buckets[hash & (memo->nbuckets - 1)] = entry;
	memo->nentries++;
	return entry;
}

/* Under the lock. */
static struct store *
take_store(struct memo *memo)
{
	struct store *store = memo->idle;

	if (store != NULL) {
		memo->idle = store->next;
		return store;
	}
	store = arena_new_of(memo->arena, struct store);
	store->arena = arena_new();
	return store;
}

/* Under the lock. */
static void
give_back(struct memo *memo, struct store *store)
{
	store->next = memo->idle;
	memo->idle = store;
}

/* What one call of memo_ask() is at. */
struct asking {
	struct memo *memo;
	const struct answer **out; /* NULL where there is none yet */
	struct entry **entries; /* of the questions */
	size_t n;
	struct entry **mine; /* entries this call has in flight */
	struct question *wanted; /* their questions */
	size_t nmine;
	struct store *store; /* while nmine > 0 */
};

/*
 * Takes what is known and sets out on what nobody has asked.  When all that is
 * left is on its way for others, gives an entry to wait for.  Under the lock.
 */
static struct entry *
look(struct asking *a)
{
	struct entry *others = NULL;

	a->nmine = 0;
	for (size_t i = 0; i < a->n; i++) {
		struct entry *entry = a->entries[i];

		if (a->out[i] != NULL)
			continue;
		if (entry->answer != NULL) {
			a->out[i] = entry->answer;
		} else if (entry->flying) {
			others = entry;
		} else {
			entry->flying = true;
			a->wanted[a->nmine] = entry->question;
			a->mine[a->nmine++] = entry;
		}
	}
	if (a->nmine > 0)
		a->store = take_store(a->memo);
	return a->nmine > 0 ? NULL : others;
}

/* Under the lock. */
static void
land(struct entry *entry, struct answer *answer)
{
	entry->answer = answer;
	entry->flying = false;
	for (struct waiter *w = entry->waiters; w != NULL; w = w->next)
		bell_ring(w->bell);
	entry->waiters = NULL;
}

/* Silence says nothing about the world when we had no time to listen. */
static bool
is_worth_keeping(const struct run *run, const struct answer *answer)
{
	return answer->outcome != DNS_SILENT || run_left_ms(run) > 0;
}

static void
hand_out(struct asking *a, const struct entry *entry, struct answer *answer)
{
	for (size_t i = 0; i < a->n; i++)
		if (a->out[i] == NULL && a->entries[i] == entry)
			a->out[i] = answer;
}

static enum status
fly(struct resolver *resolver, struct run *run, struct asking *a)
{
	struct answer **answers =
	    arena_array(run->arena, a->nmine, sizeof(*answers));
	enum status status = resolver->ask(
	    resolver, run, a->store->arena, a->wanted, a->nmine, answers);

	lock_take(a->memo->lock);
	for (size_t i = 0; i < a->nmine; i++) {
		if (status == OK)
			hand_out(a, a->mine[i], answers[i]);
		land(a->mine[i],
		    status == OK && is_worth_keeping(run, answers[i])
			? answers[i]
			: NULL);
	}
	give_back(a->memo, a->store);
	lock_drop(a->memo->lock);
	return status == OK ? OK : E_CANCELLED;
}

static void
unregister(struct entry *entry, struct waiter *waiter)
{
	struct waiter **link = &entry->waiters;

	while (*link != NULL && *link != waiter)
		link = &(*link)->next;
	if (*link != NULL)
		*link = waiter->next;
}

static struct record *
copy_records(struct arena *arena, const struct record *records, size_t n)
{
	struct record *copy = arena_array(arena, n, sizeof(*copy));

	if (n > 0)
		memcpy(copy, records, n * sizeof(*copy));
	return copy;
}

/* Under the lock. */
static struct answer *
copy_answer(struct memo *memo, const struct answer *answer)
{
	struct answer *copy = arena_new_of(memo->arena, struct answer);

	*copy = *answer;
	copy->name = arena_strdup(memo->arena, answer->name);
	copy->owner = arena_strdup(memo->arena, answer->owner);
	copy->records =
	    copy_records(memo->arena, answer->records, answer->nrecords);
	copy->chain = copy_records(memo->arena, answer->chain, answer->nchain);
	if (answer->why != NULL)
		copy->why = arena_strdup(memo->arena, answer->why);
	return copy;
}

/* Answers, of our own making, for what did not come before the deadline. */
static void
give_up(struct asking *a)
{
	lock_take(a->memo->lock);
	for (size_t i = 0; i < a->n; i++) {
		const struct question *question = &a->entries[i]->question;
		const struct answer silence = {
			.name = question->name,
			.type = question->type,
			.outcome = DNS_SILENT,
			.rcode = -1,
			.why = _("the time was up before an answer came"),
			.owner = question->name,
		};

		if (a->out[i] == NULL)
			a->out[i] = copy_answer(a->memo, &silence);
	}
	lock_drop(a->memo->lock);
}

static enum status
wait_for(struct run *run, struct asking *a, struct entry *entry,
    struct waiter *waiter, int bell)
{
	struct pollfd rung = { .fd = bell, .events = POLLIN };
	enum status status = run_poll(run, &rung, 1, -1);

	lock_take(a->memo->lock);
	unregister(entry, waiter);
	lock_drop(a->memo->lock);
	if (status != OK && status != E_CANCELLED)
		give_up(a);
	return status == E_CANCELLED ? E_CANCELLED : OK;
}

/* One look and what it leads to; *open is whether questions are left. */
static enum status
step(struct resolver *resolver, struct run *run, struct asking *a, bool *open)
{
	struct waiter waiter = { 0 };
	struct entry *others;
	enum status status = OK;
	int bell = -1;

	lock_take(a->memo->lock);
	others = look(a);
	if (others != NULL && bell_open(&bell, &waiter.bell)) {
		waiter.next = others->waiters;
		others->waiters = &waiter;
	}
	lock_drop(a->memo->lock);
	*open = a->nmine > 0 || others != NULL;
	if (a->nmine > 0)
		return fly(resolver, run, a);
	if (bell != -1) {
		status = wait_for(run, a, others, &waiter, bell);
		close(bell);
		close(waiter.bell);
	} else if (others != NULL) {
		/* No descriptor left to wait on: look again in a while. */
		status = run_poll(run, NULL, 0, 10);
		if (status != OK && status != E_CANCELLED) {
			give_up(a);
			status = OK;
		}
	}
	return status;
}

enum status
memo_ask(struct resolver *resolver, struct run *run,
    const struct question *questions, size_t n, const struct answer **out)
{
	struct asking a = {
		.memo = resolver->memo,
		.out = arena_array(run->arena, n, sizeof(*out)),
		.entries = arena_array(run->arena, n, sizeof(*a.entries)),
		.n = n,
		.mine = arena_array(run->arena, n, sizeof(*a.mine)),
		.wanted = arena_array(run->arena, n, sizeof(*a.wanted)),
	};
	bool open = true;

	lock_take(a.memo->lock);
	for (size_t i = 0; i < n; i++)
		a.entries[i] = entry_of(a.memo, &questions[i]);
	lock_drop(a.memo->lock);
	while (open) {
		enum status status = step(resolver, run, &a, &open);

		if (status != OK)
			return status;
	}
	for (size_t i = 0; i < n; i++)
		out[i] = a.out[i];
	return OK;
}

bool
memo_knows(struct memo *memo, const struct question *question)
{
	const struct entry *entry;
	bool knows;

	lock_take(memo->lock);
	entry = find_entry(memo, question, hash_of(question));
	knows = entry != NULL && (entry->answer != NULL || entry->flying);
	lock_drop(memo->lock);
	return knows;
}

const struct answer *
memo_followed(struct memo *memo, const struct question *question)
{
	const struct entry *entry;
	const struct answer *answer;

	lock_take(memo->lock);
	entry = find_entry(memo, question, hash_of(question));
	answer = entry != NULL ? entry->followed : NULL;
	lock_drop(memo->lock);
	return answer;
}

const struct answer *
memo_keep_followed(struct memo *memo, const struct question *question,
    const struct answer *answer)
{
	struct entry *entry;

	lock_take(memo->lock);
	entry = entry_of(memo, question);
	if (entry->followed == NULL)
		entry->followed = copy_answer(memo, answer);
	lock_drop(memo->lock);
	return entry->followed;
}

const struct answer *
memo_keep(struct memo *memo, const struct answer *answer)
{
	const struct answer *copy;

	lock_take(memo->lock);
	copy = copy_answer(memo, answer);
	lock_drop(memo->lock);
	return copy;
}
