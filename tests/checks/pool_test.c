/* Jobs on worker threads: given, worked on, cancelled, given back. */
#include "../harness/unit.h"

#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <unistd.h>

#include "../../checks/pool.h"
#include "../../checks/run.h"

#define JOBS 200

struct task {
	struct job job;
	int number;
	int square;
	enum status status;
	int64_t ended_ms;
};

static void
square(struct job *job)
{
	struct task *task = (struct task *)job;

	task->square = task->number * task->number;
}

static void
sleep_on(struct job *job)
{
	struct task *task = (struct task *)job;
	struct run run;

	run_begin(&run, NULL, 10000, job->cancel_fd);
	task->status = run_poll(&run, NULL, 0, -1);
	task->ended_ms = monotonic_ms();
	run_end(&run);
}

static void
test_every_job_comes_back(void **state)
{
	static struct task tasks[JOBS];
	struct pool *pool = pool_new(4);
	size_t n = 0;

	(void)state;
	assert_non_null(pool);
	assert_null(pool_take(pool));
	assert_null(pool_wait(pool));
	for (int i = 0; i < JOBS; i++) {
		tasks[i] = (struct task){ .job.work = square, .number = i };
		assert_true(pool_give(pool, &tasks[i].job));
	}
	while (pool_wait(pool) != NULL)
		n++;
	assert_int_equal(n, JOBS);
	for (int i = 0; i < JOBS; i++) {
		assert_int_equal(tasks[i].square, i * i);
		assert_int_equal(tasks[i].job.cancel_fd, -1);
	}
	pool_free(pool);
}

/* The descriptor is readable as long as there is a job to take. */
static void
test_descriptor(void **state)
{
	struct task tasks[2] = {
		{ .job.work = square, .number = 3 },
		{ .job.work = square, .number = 4 },
	};
	struct pool *pool = pool_new(1);
	struct pollfd done = { .fd = pool_fd(pool), .events = POLLIN };

	(void)state;
	assert_int_equal(poll(&done, 1, 0), 0);
	pool_give(pool, &tasks[0].job);
	pool_give(pool, &tasks[1].job);
	assert_int_equal(poll(&done, 1, 2000), 1);
	assert_ptr_equal(pool_wait(pool), &tasks[0].job);
	assert_int_equal(poll(&done, 1, 2000), 1);
	assert_ptr_equal(pool_take(pool), &tasks[1].job);
	assert_int_equal(poll(&done, 1, 0), 0);
	assert_null(pool_take(pool));
	pool_free(pool);
}

static void
test_cancel(void **state)
{
	struct task task = { .job.work = sleep_on };
	struct pool *pool = pool_new(1);
	int64_t before;

	(void)state;
	pool_give(pool, &task.job);
	usleep(30000);
	assert_null(pool_take(pool));
	before = monotonic_ms();
	job_cancel(&task.job);
	job_cancel(&task.job);
	assert_ptr_equal(pool_wait(pool), &task.job);
	assert_int_equal(task.status, E_CANCELLED);
	assert_in_range(task.ended_ms - before, 0, 500);
	job_cancel(&task.job); /* it is back: nothing happens */
	pool_free(pool);
}

/* What runs is cancelled, what has not begun never does. */
static void
test_end_with_work_left(void **state)
{
	struct task tasks[] = {
		{ .job.work = sleep_on, .status = OK },
		{ .job.work = sleep_on, .status = OK },
		{ .job.work = square, .number = 5 },
	};
	struct pool *pool = pool_new(2);

	(void)state;
	for (size_t i = 0; i < COUNT(tasks); i++)
		pool_give(pool, &tasks[i].job);
	usleep(30000);
	pool_free(pool);
	assert_int_equal(tasks[0].status, E_CANCELLED);
	assert_int_equal(tasks[1].status, E_CANCELLED);
	assert_int_equal(tasks[2].square, 0);
	assert_int_equal(tasks[2].job.cancel_fd, -1);
	pool_free(NULL);
}

static struct lock *lock;
static int counter;

static void
count(struct job *job)
{
	(void)job;
	for (int i = 0; i < 1000; i++) {
		lock_take(lock);
		counter++;
		lock_drop(lock);
	}
}

static void
test_lock(void **state)
{
	struct task tasks[4] = { 0 };
	struct pool *pool = pool_new(4);

	(void)state;
	lock = lock_new();
	for (size_t i = 0; i < COUNT(tasks); i++) {
		tasks[i].job.work = count;
		pool_give(pool, &tasks[i].job);
	}
	while (pool_wait(pool) != NULL)
		continue;
	assert_int_equal(counter, 4000);
	pool_free(pool);
	lock_free(lock);
	lock_free(NULL);
}

static void
test_bell(void **state)
{
	struct pollfd bell = { .events = POLLIN };
	int write_end;

	(void)state;
	assert_true(bell_open(&bell.fd, &write_end));
	assert_int_equal(poll(&bell, 1, 0), 0);
	/* More often than a pipe holds octets: it never blocks. */
	for (int i = 0; i < 70000; i++)
		bell_ring(write_end);
	assert_int_equal(poll(&bell, 1, 0), 1);
	close(bell.fd);
	close(write_end);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_job_comes_back),
		cmocka_unit_test(test_descriptor),
		cmocka_unit_test(test_cancel),
		cmocka_unit_test(test_end_with_work_left),
		cmocka_unit_test(test_lock),
		cmocka_unit_test(test_bell),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
