/* The chosen steps of one domain, looked at. */
#include "audit.h"

#include <poll.h>
#include <string.h>

#include "cli.h"

struct step_job {
	struct job job; /* first: what the pool sees */
	enum step_id step;
	const struct target *target;
	const struct audit_means *means;
	int64_t end_ms; /* CLOCK_MONOTONIC */
	struct run *run;
	struct step_report *report;
	enum status status;
};

static void
work(struct step_job *job, int cancel_fd)
{
	run_begin(
	    job->run, job->means->dns, job->end_ms - monotonic_ms(), cancel_fd);
	job->run->prober = job->means->prober;
	job->run->trust = job->means->trust;
	job->status = check_step(job->run, job->step, job->target, job->report);
}

static void
work_on_thread(struct job *job)
{
	work((struct step_job *)job, job->cancel_fd);
}

/* All that were given away come back; soon, when it is cancelled. */
static void
wait_for(struct pool *pool, struct step_job *jobs, size_t n, int cancel_fd)
{
	struct pollfd fds[] = {
		{ .fd = pool_fd(pool), .events = POLLIN },
		{ .fd = cancel_fd, .events = POLLIN },
	};
	size_t back = 0;

	while (back < n) {
		poll(fds, COUNT(fds), -1);
		if (fds[1].revents != 0) {
			for (size_t i = 0; i < n; i++)
				job_cancel(&jobs[i].job);
			fds[1].fd = -1;
		}
		while (pool_take(pool) != NULL)
			back++;
	}
}

/* None ends the others.  What cannot be given away is done here. */
static void
work_side_by_side(
    struct pool *pool, struct step_job *jobs, size_t n, int cancel_fd)
{
	size_t given = 0;

	for (; given < n; given++) {
		jobs[given].job.work = work_on_thread;
		if (!pool_give(pool, &jobs[given].job))
			break;
	}
	for (size_t i = given; i < n; i++)
		work(&jobs[i], cancel_fd);
	wait_for(pool, jobs, given, cancel_fd);
}

/*
 * A port that does not answer takes seconds: those of the last steps are
 * waited for together.
 */
static void
work_in_turn(struct step_job *jobs, size_t n, int cancel_fd)
{
	struct pool *pool = NULL;
	size_t alone = 0;

	while (alone < n && jobs[alone].step < STEP_POP3)
		work(&jobs[alone++], cancel_fd);
	if (n - alone > 1)
		pool = pool_new(n - alone);
	if (pool != NULL)
		work_side_by_side(pool, jobs + alone, n - alone, cancel_fd);
	else
		for (; alone < n; alone++)
			work(&jobs[alone], cancel_fd);
	pool_free(pool);
}

static struct target
make_target(const struct options *options, const char *domain)
{
	struct target target = {
		.domain = domain,
		.host = options->host,
		.helo = options->helo,
		.nsending = options->nsending,
		.selectors = options->selectors,
		.nselectors = options->nselectors,
		.expected = &options->expected,
		.nexpected = options->expected.selector != NULL,
		.all_selectors = options->command == COMMAND_DKIM,
		.authoritative = options->authoritative,
		.authoritative_port = options->authoritative_port,
	};

	memcpy(target.sending, options->sending, sizeof(target.sending));
	return target;
}

const char *
audit_trust(struct arena *arena, const struct options *options,
    const bool wanted[STEP_COUNT], struct trust **out)
{
	*out = NULL;
	if (options->ca_file == NULL && !wanted[STEP_POP3] &&
	    !wanted[STEP_IMAP4] && !wanted[STEP_SUBMISSION])
		return NULL;
	return trust_open(arena, options->ca_file, out);
}

enum status
audit_run(const struct options *options, const bool wanted[STEP_COUNT],
    const struct audit_means *means, const char *domain, struct audit *out)
{
	struct target target = make_target(options, domain);
	struct step_job jobs[STEP_COUNT] = { 0 };
	int64_t end_ms = monotonic_ms() + options->timeout_ms;
	enum status status = OK;

	*out = (struct audit){ .domain = domain };
	for (int step = 0; step < STEP_COUNT; step++) {
		size_t n = out->nsteps;

		if (!wanted[step])
			continue;
		jobs[n] = (struct step_job){
			.step = (enum step_id)step,
			.target = &target,
			.means = means,
			.end_ms = end_ms,
			.run = &out->runs[n],
			.report = &out->steps[n],
		};
		out->nsteps++;
	}
	if (means->pool != NULL)
		work_side_by_side(
		    means->pool, jobs, out->nsteps, means->cancel_fd);
	else
		work_in_turn(jobs, out->nsteps, means->cancel_fd);
	out->checked_at = out->runs[0].now;
	for (size_t i = 0; i < out->nsteps; i++)
		if (jobs[i].status != OK)
			status = jobs[i].status;
	if (status != OK)
		audit_end(out);
	return status;
}

void
audit_end(struct audit *audit)
{
	for (size_t i = 0; i < audit->nsteps; i++)
		run_end(&audit->runs[i]);
	audit->nsteps = 0;
}

int
audit_exit_status(const struct audit *audit)
{
	int status = EXIT_FINE;

	for (size_t i = 0; i < audit->nsteps; i++) {
		const struct finding *f = audit->steps[i].findings.first;

		for (; f != NULL; f = f->next) {
			if (f->severity == SEV_FAIL)
				return EXIT_FAILED;
			if (finding_hides_truth(f))
				status = EXIT_NOT_SEEN;
		}
	}
	return status;
}

int
worse_status(int a, int b)
{
	static const int order[] = { EXIT_USAGE, EXIT_BUG, EXIT_FAILED,
		EXIT_NOT_SEEN };

	for (size_t i = 0; i < COUNT(order); i++)
		if (a == order[i] || b == order[i])
			return order[i];
	return EXIT_FINE;
}
