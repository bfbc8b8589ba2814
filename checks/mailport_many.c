/* Many mail ports, side by side. */
#include "mailport_many.h"

#include "pool.h"

struct look_job {
	struct job job; /* first: work() gets it */
	struct run run; /* owns what the facts point to */
	struct port port;
	const char *host;
	bool injection_test;
	int64_t deadline_ms;
	struct port_facts facts;
};

struct port_looks {
	struct arena *arena; /* owns this too */
	struct look_job *jobs;
	size_t n;
};

static void
work(struct job *job)
{
	struct look_job *look = (struct look_job *)(void *)job;

	run_begin(&look->run, NULL, look->deadline_ms - monotonic_ms(),
	    job->cancel_fd);
	mailport_look(&look->run, &look->port, look->host, look->injection_test,
	    &look->facts);
	look->run.cancel_fd = -1; /* the pool closes it */
}

static struct port_looks *
make_looks(struct run *run, const struct port *ports, size_t n,
    const char *host, bool injection_test)
{
	struct arena *arena = arena_new();
	struct port_looks *looks = arena_new_of(arena, struct port_looks);

	looks->arena = arena;
	looks->n = n;
	looks->jobs = arena_array(arena, n, sizeof(*looks->jobs));
	for (size_t i = 0; i < n; i++)
		looks->jobs[i] = (struct look_job){ .job.work = work,
			.port = ports[i],
			.host = host,
			.injection_test = injection_test,
			.deadline_ms = run->deadline_ms };
	return looks;
}

struct port_facts *
mailport_look_many(struct run *run, const struct port *ports, size_t n,
    const char *host, bool injection_test, struct port_looks **out)
{
	struct port_looks *looks =
	    make_looks(run, ports, n, host, injection_test);
	struct pool *pool =
	    pool_new(n < MAILPORT_AT_ONCE ? n + (n == 0) : MAILPORT_AT_ONCE);
	struct port_facts *facts;

	for (size_t i = 0; i < n; i++)
		if (pool == NULL || !pool_give(pool, &looks->jobs[i].job))
			work(&looks->jobs[i].job); /* one after another, then */
	while (pool != NULL && pool_wait(pool) != NULL)
		continue;
	pool_free(pool);
	facts = arena_array(looks->arena, n, sizeof(*facts));
	for (size_t i = 0; i < n; i++)
		facts[i] = looks->jobs[i].facts;
	*out = looks;
	return facts;
}

void
port_looks_end(struct port_looks *looks)
{
	if (looks == NULL)
		return;
	for (size_t i = 0; i < looks->n; i++)
		run_end(&looks->jobs[i].run);
	arena_free(looks->arena);
}
