/*
 * checks/pool.h - worker threads; the only door to pthread.
 *
 * A job is given away, worked on by one thread, and given back: between
 * pool_give() and pool_take() it belongs to the pool.  Jobs share no memory
 * but what has a lock from here.
 */
#ifndef POOL_H
#define POOL_H

#include <stdbool.h>
#include <stddef.h>

struct pool;

struct job {
	void (*work)(struct job *); /* on a worker thread */
	int cancel_fd; /* readable once job_cancel()led; for run_begin() */
	int cancel_write; /* the other end; both set by pool_give() */
	struct job *next; /* the pool's */
};

/* NULL when no thread could be started; errno says why. */
struct pool *pool_new(size_t threads);

/* Cancels what is left, waits for the workers, frees.  NULL is fine. */
void pool_free(struct pool *);

/* Gives the job away.  False when the cancel pipe could not be made. */
bool pool_give(struct pool *, struct job *);

/* Asks a job that was given away to end soon; it still comes back. */
void job_cancel(struct job *);

/* Readable when a job is done; for poll(). */
int pool_fd(const struct pool *);

/* The next job that is done, its cancel pipe closed; NULL: none right now. */
struct job *pool_take(struct pool *);

/* The same, but waits; NULL only when nothing was given. */
struct job *pool_wait(struct pool *);

/* A lock; lock_new() never gives NULL. */
struct lock;
struct lock *lock_new(void);
void lock_free(struct lock *);
void lock_take(struct lock *);
void lock_drop(struct lock *);

/*
 * A bell: a pipe that wakes whoever sleeps in poll() on its read end.  Neither
 * end blocks.  False, with errno, when it could not be made.  The caller
 * closes both ends.
 */
bool bell_open(int *read_end, int *write_end);
void bell_ring(int write_end);

#endif
