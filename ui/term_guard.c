/* ui/term_guard.c - see term_guard.h */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "term.h"
#include "term_guard.h"
#include "terminfo.h"

#define RESTORE_SIZE 512
#define FAULT_STACK  (64 * 1024)

static const int faults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };

/* There is one terminal and one set of signals in a process. */
static struct {
	struct termios modes; /* as they were at the start */
	bool has_modes;
	bool watching;
	char restore[RESTORE_SIZE]; /* brings the screen back */
	size_t restore_len;
	sigset_t outside; /* the mask we were started with */
	struct sigaction faults_before[COUNT(faults)];
} guard;

static volatile sig_atomic_t came[NSIG];

static const struct {
	int number;
	unsigned int event;
} watched[] = {
	{ SIGWINCH, TERM_RESIZED },
	{ SIGCONT, TERM_RESUMED },
	{ SIGTSTP, TERM_STOP },
	{ SIGINT, TERM_INTERRUPTED },
	{ SIGTERM, TERM_TERMINATED },
	{ SIGHUP, TERM_HANGUP },
};

static void
note(int number)
{
	came[number] = 1;
}

void
guard_restore(void)
{
	int saved = errno;
	size_t done = 0;

	while (done < guard.restore_len) {
		ssize_t n = write(STDOUT_FILENO, guard.restore + done,
		    guard.restore_len - done);

		if (n <= 0)
			break;
		done += (size_t)n;
	}
	if (guard.has_modes)
		tcsetattr(STDIN_FILENO, TCSANOW, &guard.modes);
	errno = saved;
}

/* Then it goes its way: to who handled it before us, or to the end. */
static void
fault(int number)
{
	guard_restore();
	for (size_t i = 0; i < COUNT(faults); i++)
		if (faults[i] == number)
			sigaction(number, &guard.faults_before[i], NULL);
	raise(number);
}

void
guard_keys_one_by_one(void)
{
	struct termios modes = guard.modes;

	modes.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
	modes.c_iflag &= ~(tcflag_t)(IXON);
	modes.c_cc[VMIN] = 1;
	modes.c_cc[VTIME] = 0;
	tcsetattr(STDIN_FILENO, TCSADRAIN, &modes);
}

void
guard_modes_before(void)
{
	if (guard.has_modes)
		tcsetattr(STDIN_FILENO, TCSADRAIN, &guard.modes);
}

static void
add_restore(const char *octets)
{
	size_t len = octets == NULL ? 0 : strlen(octets);

	if (len == 0 || len > RESTORE_SIZE - guard.restore_len)
		return;
	memcpy(guard.restore + guard.restore_len, octets, len);
	guard.restore_len += len;
}

static void
make_restore(void)
{
	static const char *const names[] = { "sgr0", "rmacs", "rmkx", "cnorm",
		"rmcup" };

	guard.restore_len = 0;
	for (size_t i = 0; i < COUNT(names); i++)
		add_restore(terminfo_string(names[i]));
	add_restore("\033[?2004l\033[?1000l\033[?1002l\033[?1003l\033[?1006l");
	add_restore("\r\n");
}

static void
watch_faults(void)
{
	static char stack[FAULT_STACK];
	struct sigaction action = {
		.sa_handler = fault,
		.sa_flags = (int)(SA_RESETHAND | SA_ONSTACK | SA_NODEFER),
	};

	sigaltstack(
	    &(stack_t){ .ss_sp = stack, .ss_size = sizeof(stack) }, NULL);
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < COUNT(faults); i++)
		sigaction(faults[i], &action, &guard.faults_before[i]);
}

void
guard_begin(void)
{
	guard.has_modes = tcgetattr(STDIN_FILENO, &guard.modes) == 0;
	guard.restore_len = 0; /* nothing was sent yet */
	out_of_memory_hook(guard_restore);
	watch_faults();
}

void
guard_watch(void)
{
	struct sigaction action = { .sa_handler = note };
	sigset_t set;

	make_restore();
	sigemptyset(&action.sa_mask);
	sigemptyset(&set);
	for (size_t i = 0; i < COUNT(watched); i++)
		sigaddset(&set, watched[i].number);
	sigprocmask(SIG_BLOCK, &set, &guard.outside);
	for (size_t i = 0; i < COUNT(watched); i++) {
		sigaction(watched[i].number, &action, NULL);
		sigdelset(&guard.outside, watched[i].number);
	}
	signal(SIGPIPE, SIG_IGN);
	guard.watching = true;
}

void
guard_end(void)
{
	out_of_memory_hook(NULL);
	for (size_t i = 0; i < COUNT(faults); i++)
		sigaction(faults[i], &guard.faults_before[i], NULL);
	if (!guard.watching)
		return;
	guard.watching = false;
	for (size_t i = 0; i < COUNT(watched); i++)
		signal(watched[i].number, SIG_DFL);
	sigprocmask(SIG_SETMASK, &guard.outside, NULL);
}

int
guard_poll(struct pollfd *fds, nfds_t n, int wait_ms)
{
	struct timespec limit = { wait_ms / 1000,
		(long)(wait_ms % 1000) * 1000000 };

	return ppoll(fds, n, wait_ms < 0 ? NULL : &limit, &guard.outside);
}

unsigned int
guard_signals(void)
{
	unsigned int events = 0;

	for (size_t i = 0; i < COUNT(watched); i++) {
		if (came[watched[i].number] == 0)
			continue;
		came[watched[i].number] = 0;
		events |= watched[i].event;
	}
	return events;
}

void
guard_stop(bool group)
{
	struct sigaction normal = { .sa_handler = SIG_DFL };
	struct sigaction ours;
	sigset_t stop;
	sigset_t before;

	sigemptyset(&normal.sa_mask);
	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	sigaction(SIGTSTP, &normal, &ours);
	kill(group ? 0 : getpid(), SIGTSTP);
	sigprocmask(SIG_UNBLOCK, &stop, &before); /* here we stop */
	sigprocmask(SIG_SETMASK, &before, NULL);
	sigaction(SIGTSTP, &ours, NULL);
	came[SIGCONT] = 0; /* we know */
}
