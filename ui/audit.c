/* The chosen steps of one domain, looked at. */
#include "audit.h"

#include <string.h>

#include "cli.h"

struct step_job {
	struct job job; /* first: what the pool sees */
	enum step_id step;
	const struct target *target;
	struct resolver *dns;
	int64_t limit_ms;
	struct run *run;
	struct step_report *report;
	enum status status;
};

static void
work(struct step_job *job, int cancel_fd)
{
	run_begin(job->run, job->dns, job->limit_ms, cancel_fd);
	job->status = check_step(job->run, job->step, job->target, job->report);
}

static void
work_on_thread(struct job *job)
{
	work((struct step_job *)job, job->cancel_fd);
}

/* All given away, then all waited for; none ends the others. */
static void
work_side_by_side(struct pool *pool, struct step_job *jobs, size_t n)
{
	size_t given = 0;

	for (size_t i = 0; i < n; i++) {
		jobs[i].job.work = work_on_thread;
		if (pool_give(pool, &jobs[i].job))
			given++;
		else
			work(&jobs[i], -1);
	}
	for (; given > 0; given--)
		pool_wait(pool);
}

static void
work_in_turn(struct step_job *jobs, size_t n, int cancel_fd)
{
	int64_t end = monotonic_ms() + jobs[0].limit_ms;

	for (size_t i = 0; i < n; i++) {
		int64_t left = end - monotonic_ms();

		jobs[i].limit_ms = left > 0 ? left : 0;
		work(&jobs[i], cancel_fd);
	}
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

enum status
audit_run(const struct options *options, const bool wanted[STEP_COUNT],
    struct resolver *dns, const char *domain, struct pool *pool, int cancel_fd,
    struct audit *out)
{
	struct target target = make_target(options, domain);
	struct step_job jobs[STEP_COUNT] = { 0 };
	enum status status = OK;

	*out = (struct audit){ .domain = domain };
	for (int step = 0; step < STEP_COUNT; step++) {
		size_t n = out->nsteps;

		if (!wanted[step])
			continue;
		jobs[n] = (struct step_job){
			.step = (enum step_id)step,
			.target = &target,
			.dns = dns,
			.limit_ms = options->timeout_ms,
			.run = &out->runs[n],
			.report = &out->steps[n],
		};
		out->nsteps++;
	}
	if (pool != NULL)
		work_side_by_side(pool, jobs, out->nsteps);
	else
		work_in_turn(jobs, out->nsteps, cancel_fd);
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
