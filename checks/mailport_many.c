/*
 * Many mail ports, side by side.  The gate is a pipe with one octet for each
 * connection that may still be made: whoever takes one out may make it, and
 * puts it back afterwards.
 */
#include "mailport_many.h"

#include <stdlib.h>
#include <unistd.h>

#include "net.h"
#include "pool.h"

struct look_job {
	struct job job; /* first: work() gets it */
	struct run run; /* owns what the facts point to */
	const struct run *parent;
	const struct port_place *place;
	struct port_facts *facts;
	bool begun;
};

struct port_gate {
	int take;
	int give;
};

/* --- the gate -------------------------------------------------------------------- */

struct port_gate *
port_gate_new(size_t connections)
{
	struct port_gate *gate = malloc(sizeof(*gate));

	if (gate == NULL)
		out_of_memory();
	if (!bell_open(&gate->take, &gate->give)) {
		free(gate);
		return NULL;
	}
	for (size_t i = 0; i < connections; i++)
		bell_ring(gate->give);
	return gate;
}

void
port_gate_free(struct port_gate *gate)
{
	if (gate == NULL)
		return;
	close(gate->take);
	close(gate->give);
	free(gate);
}

static bool
take_one(const struct port_gate *gate)
{
	char octet;

	return read(gate->take, &octet, 1) == 1;
}

/* How many connections may be made, at most `wanted`: one is waited for. */
static enum status
pass_gate(
    struct run *run, const struct port_gate *gate, size_t wanted, size_t *got)
{
	struct pollfd fd = { .fd = gate->take, .events = POLLIN };

	*got = 0;
	while (*got == 0) {
		enum status status;

		while (*got < wanted && take_one(gate))
			++*got;
		if (*got > 0)
			break;
		status = run_poll(run, &fd, 1, -1);
		if (status != OK)
			return status;
	}
	return OK;
}

static void
leave_gate(const struct port_gate *gate, size_t got)
{
	while (gate != NULL && got-- > 0)
		bell_ring(gate->give);
}

/* --- looking ------------------------------------------------------------------- */

static void
look(struct look_job *job)
{
	const struct prober *prober = job->parent->prober;
	const struct port_place *place = job->place;

	if (prober != NULL && prober->look != NULL)
		prober->look(prober, &job->run, place, job->facts);
	else
		mailport_look(&job->run, &place->port, place->name,
		    place->injection_test, job->facts);
}

static void
work(struct job *job)
{
	struct look_job *one = (struct look_job *)(void *)job;

	run_begin(&one->run, NULL, run_left_ms(one->parent), job->cancel_fd);
	one->run.made_up = one->parent->made_up;
	one->begun = true;
	look(one);
	one->facts->helo = one->place->helo;
	one->run.cancel_fd = -1; /* the pool closes it */
}

/* Until all are back, which is soon once the run is cancelled. */
static enum status
wait_for_all(
    struct run *run, struct pool *pool, struct look_job *jobs, size_t n)
{
	struct pollfd done = { .fd = pool_fd(pool), .events = POLLIN };
	size_t back = 0;

	while (back < n) {
		enum status status = run_poll(run, &done, 1, -1);

		if (status == E_CANCELLED)
			for (size_t i = 0; i < n; i++)
				job_cancel(&jobs[i].job);
		if (status != OK) {
			while (pool_wait(pool) != NULL)
				continue;
			return status == E_CANCELLED ? E_CANCELLED : OK;
		}
		while (pool_take(pool) != NULL)
			back++;
	}
	return OK;
}

/* What could not be given away is done here: one after another, then. */
static enum status
work_on(struct run *run, struct look_job *jobs, size_t n, size_t threads)
{
	struct pool *pool = pool_new(threads);
	size_t given = 0;
	enum status status = OK;

	while (pool != NULL && given < n && pool_give(pool, &jobs[given].job))
		given++;
	for (size_t i = given; i < n; i++) {
		jobs[i].job.cancel_fd = run->cancel_fd;
		work(&jobs[i].job);
	}
	if (pool != NULL)
		status = wait_for_all(run, pool, jobs, given);
	pool_free(pool);
	return status;
}

/* What they found goes on living with the run. */
static void
take_over(struct run *run, struct look_job *jobs, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (jobs[i].begun) {
			arena_adopt(run->arena, jobs[i].run.arena);
			jobs[i].run.arena = NULL;
			run_end(&jobs[i].run);
		}
}

/* There is no need for a thread to find that out. */
static bool
is_nobody(const struct prober *prober, const struct port_place *place)
{
	return (prober == NULL || prober->look == NULL) &&
	    net_is_nobody(&place->port.at);
}

enum status
mailport_look_many(struct run *run, const struct port_place *places,
    size_t nplaces, struct port_facts *out)
{
	struct port_gate *gate = run->prober != NULL ? run->prober->gate : NULL;
	struct look_job *jobs = arena_array(run->arena, nplaces, sizeof(*jobs));
	size_t threads;
	enum status status = OK;
	size_t n = 0; /* jobs */

	for (size_t i = 0; i < nplaces; i++) {
		out[i] = (struct port_facts){ .port = places[i].port,
			.host = places[i].name,
			.helo = places[i].helo };
		if (is_nobody(run->prober, &places[i]))
			out[i].state = PORT_NO_ROUTE;
		else
			jobs[n++] = (struct look_job){ .job.work = work,
				.parent = run,
				.place = &places[i],
				.facts = &out[i] };
	}
	threads = n < MAILPORT_AT_ONCE ? n : MAILPORT_AT_ONCE;
	if (n > 0 && gate != NULL)
		status = pass_gate(run, gate, threads, &threads);
	if (n == 0 || status != OK) /* not seen, each of them */
		return status == E_CANCELLED ? E_CANCELLED : OK;
	status = work_on(run, jobs, n, threads);
	leave_gate(gate, threads);
	take_over(run, jobs, n);
	return status;
}
