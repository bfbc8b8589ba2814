/*
 * Worker threads.  A list of jobs to do, a list of jobs done, one lock, and a
 * pipe that holds an octet as long as the second list is not empty.
 */
#include "pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"

struct lock {
	pthread_mutex_t mutex;
};

struct queue {
	struct job *first;
	struct job *last;
};

struct pool {
	pthread_mutex_t mutex;
	pthread_cond_t wake; /* something to do, or the end */
	struct queue todo;
	struct queue done;
	struct job **working; /* what each thread works on, or NULL */
	size_t outstanding; /* given and not taken back */
	bool ending;
	int done_read; /* readable while `done` is not empty */
	int done_write;
	size_t nthreads;
	pthread_t threads[];
};

struct lock *
lock_new(void)
{
	struct lock *lock = malloc(sizeof(*lock));

	if (lock == NULL || pthread_mutex_init(&lock->mutex, NULL) != 0)
		out_of_memory();
	return lock;
}

void
lock_free(struct lock *lock)
{
	if (lock == NULL)
		return;
	pthread_mutex_destroy(&lock->mutex);
	free(lock);
}

void
lock_take(struct lock *lock)
{
	pthread_mutex_lock(&lock->mutex);
}

void
lock_drop(struct lock *lock)
{
	pthread_mutex_unlock(&lock->mutex);
}

/* Not handed on to other programs. */
bool
bell_open(int *read_end, int *write_end)
{
	int ends[2];

	if (pipe(ends) == -1)
		return false;
	for (size_t i = 0; i < 2; i++) {
		fcntl(ends[i], F_SETFD, FD_CLOEXEC);
		fcntl(ends[i], F_SETFL, O_NONBLOCK);
	}
	*read_end = ends[0];
	*write_end = ends[1];
	return true;
}

/* A pipe that is full already is readable, and that is all that matters. */
void
bell_ring(int write_end)
{
	ssize_t n;

	do
		n = write(write_end, "", 1);
	while (n == -1 && errno == EINTR);
}

static void
queue_put(struct queue *queue, struct job *job)
{
	job->next = NULL;
	if (queue->last != NULL)
		queue->last->next = job;
	else
		queue->first = job;
	queue->last = job;
}

static struct job *
queue_take(struct queue *queue)
{
	struct job *job = queue->first;

	if (job == NULL)
		return NULL;
	queue->first = job->next;
	if (queue->first == NULL)
		queue->last = NULL;
	job->next = NULL;
	return job;
}

static void
close_cancel_pipe(struct job *job)
{
	close(job->cancel_fd);
	close(job->cancel_write);
	job->cancel_fd = -1;
	job->cancel_write = -1;
}

/* The place of a thread that begins; there is one for each. */
static struct job **
place_of(struct pool *pool)
{
	size_t i = 0;

	while (!pthread_equal(pool->threads[i], pthread_self()))
		i++;
	return &pool->working[i];
}

static void *
work(void *argument)
{
	struct pool *pool = argument;
	struct job **mine;

	pthread_mutex_lock(&pool->mutex);
	mine = place_of(pool);
	while (!pool->ending) {
		*mine = queue_take(&pool->todo);
		if (*mine == NULL) {
			pthread_cond_wait(&pool->wake, &pool->mutex);
			continue;
		}
		pthread_mutex_unlock(&pool->mutex);
		(*mine)->work(*mine);
		pthread_mutex_lock(&pool->mutex);
		if (pool->done.first == NULL)
			bell_ring(pool->done_write);
		queue_put(&pool->done, *mine);
		*mine = NULL;
	}
	pthread_mutex_unlock(&pool->mutex);
	return NULL;
}

/*
 * Signals are the business of the main thread: the workers take none.  Those
 * of a fault stay open: blocked, the system would end the program without the
 * handler that puts the terminal back.
 */
static int
start_threads(struct pool *pool, size_t threads)
{
	static const int faults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL,
		SIGABRT };
	sigset_t all, before;
	int error = 0;

	sigfillset(&all);
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		sigdelset(&all, faults[i]);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pthread_mutex_lock(&pool->mutex);
	while (pool->nthreads < threads && error == 0) {
		error = pthread_create(
		    &pool->threads[pool->nthreads], NULL, work, pool);
		if (error == 0)
			pool->nthreads++;
	}
	pthread_mutex_unlock(&pool->mutex);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return error;
}

struct pool *
pool_new(size_t threads)
{
	struct pool *pool;
	int error;

	if (threads == 0)
		threads = 1;
	pool = calloc(1, sizeof(*pool) + threads * sizeof(pool->threads[0]));
	if (pool == NULL)
		out_of_memory();
	pool->working = calloc(threads, sizeof(struct job *));
	if (pool->working == NULL ||
	    pthread_mutex_init(&pool->mutex, NULL) != 0 ||
	    pthread_cond_init(&pool->wake, NULL) != 0)
		out_of_memory();
	pool->done_read = pool->done_write = -1;
	if (!bell_open(&pool->done_read, &pool->done_write))
		error = errno;
	else
		error = start_threads(pool, threads);
	if (pool->nthreads > 0)
		return pool; /* fewer than wanted will do */
	pool_free(pool);
	errno = error;
	return NULL;
}

/*
 * Jobs that no thread has begun are not begun any more; those at work are
 * waited for.  The memory of all of them is whoever's it was.
 */
void
pool_free(struct pool *pool)
{
	struct job *job;

	if (pool == NULL)
		return;
	pthread_mutex_lock(&pool->mutex);
	pool->ending = true;
	for (size_t i = 0; i < pool->nthreads; i++)
		if (pool->working[i] != NULL)
			bell_ring(pool->working[i]->cancel_write);
	pthread_cond_broadcast(&pool->wake);
	pthread_mutex_unlock(&pool->mutex);
	for (size_t i = 0; i < pool->nthreads; i++)
		pthread_join(pool->threads[i], NULL);
	while ((job = queue_take(&pool->todo)) != NULL)
		close_cancel_pipe(job);
	while ((job = queue_take(&pool->done)) != NULL)
		close_cancel_pipe(job);
	if (pool->done_read != -1) {
		close(pool->done_read);
		close(pool->done_write);
	}
	pthread_cond_destroy(&pool->wake);
	pthread_mutex_destroy(&pool->mutex);
	free(pool->working);
	free(pool);
}

bool
pool_give(struct pool *pool, struct job *job)
{
	if (!bell_open(&job->cancel_fd, &job->cancel_write)) {
		job->cancel_fd = job->cancel_write = -1;
		return false;
	}
	pthread_mutex_lock(&pool->mutex);
	queue_put(&pool->todo, job);
	pool->outstanding++;
	pthread_cond_signal(&pool->wake);
	pthread_mutex_unlock(&pool->mutex);
	return true;
}

void
job_cancel(struct job *job)
{
	if (job->cancel_write != -1)
		bell_ring(job->cancel_write);
}

int
pool_fd(const struct pool *pool)
{
	return pool->done_read;
}

struct job *
pool_take(struct pool *pool)
{
	struct job *job;
	char octet;

	pthread_mutex_lock(&pool->mutex);
	job = queue_take(&pool->done);
	if (job != NULL) {
		pool->outstanding--;
		if (pool->done.first == NULL)
			(void)!read(pool->done_read, &octet, 1);
	}
	pthread_mutex_unlock(&pool->mutex);
	if (job != NULL)
		close_cancel_pipe(job);
	return job;
}

struct job *
pool_wait(struct pool *pool)
{
	struct pollfd done = { .fd = pool->done_read, .events = POLLIN };
	struct job *job;

	/* Only the caller gives and takes, so this number is still true. */
	while ((job = pool_take(pool)) == NULL && pool->outstanding > 0)
		poll(&done, 1, -1);
	return job;
}
