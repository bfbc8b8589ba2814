/* One run of checks: its memory, its deadline, and the one place that waits. */
#include "run.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "base/i18n.h"
#include "dns_ares.h"

void
run_begin(
    struct run *run, struct resolver *dns, int64_t limit_ms, int cancel_fd)
{
	*run = (struct run){
		.arena = arena_new(),
		.dns = dns,
		.deadline_ms = monotonic_ms() + limit_ms,
		.now = time(NULL),
		.cancel_fd = cancel_fd,
	};
}

void
run_end(struct run *run)
{
	dns_channels_close(run);
	arena_free(run->arena);
	*run = (struct run){ .cancel_fd = -1 };
}

int64_t
monotonic_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t
run_left_ms(const struct run *run)
{
	int64_t left = run->deadline_ms - monotonic_ms();

	return left > 0 ? left : 0;
}

enum status
run_poll(struct run *run, struct pollfd *fds, nfds_t nfds, int wait_ms)
{
	struct pollfd all[RUN_MAX_FDS + 1];
	int64_t left = run_left_ms(run);
	int ready;

	assert(nfds <= RUN_MAX_FDS);
	if (left == 0)
		return run_fail(run, E_TIMEOUT, _("no answer in time"));
	if (wait_ms >= 0 && wait_ms < left)
		left = wait_ms;
	if (left > INT_MAX)
		left = INT_MAX;

	if (nfds > 0)
		memcpy(all, fds, nfds * sizeof(*fds));
	all[nfds] = (struct pollfd){ .fd = run->cancel_fd, .events = POLLIN };
	ready = poll(all, nfds + 1, (int)left);
	if (ready == -1 && errno != EINTR)
		return run_fail(
		    run, E_NETWORK, _("cannot wait: %s"), strerror(errno));
	if (ready > 0 && all[nfds].revents != 0)
		return run_fail(run, E_CANCELLED, _("cancelled"));
	for (nfds_t i = 0; i < nfds; i++)
		fds[i].revents = ready > 0 ? all[i].revents : 0;
	return OK;
}

enum status
run_fail(struct run *run, enum status status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	run->error = arena_vprintf(run->arena, fmt, ap);
	va_end(ap);
	return status;
}
