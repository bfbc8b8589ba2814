/* A program on a pty, its octets into libvterm, libvterm's into the program. */
#include "pty_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ENV_MAX 64

static int64_t
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static _Noreturn void
fail(const char *what)
{
	fprintf(stderr, "tests/harness/pty: %s: %s\n", what, strerror(errno));
	abort();
}

const char *
mailwizard(void)
{
	const char *path = getenv("MAILWIZARD");

	return path != NULL ? path : "./mailwizard";
}

static int
on_property(VTermProp property, VTermValue *value, void *data)
{
	struct terminal *t = data;

	if (property == VTERM_PROP_CURSORVISIBLE)
		t->cursor_visible = value->boolean != 0;
	if (property == VTERM_PROP_ALTSCREEN)
		t->alternate = value->boolean != 0;
	return 1;
}

static const VTermScreenCallbacks callbacks = { .settermprop = on_property };

static void
make_screen(struct terminal *t, int rows, int cols)
{
	t->rows = rows;
	t->cols = cols;
	t->cursor_visible = true;
	t->vt = vterm_new(rows, cols);
	if (t->vt == NULL)
		fail("vterm_new");
	vterm_set_utf8(t->vt, 1);
	t->screen = vterm_obtain_screen(t->vt);
	vterm_screen_set_callbacks(t->screen, &callbacks, t);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_reset(t->screen, 1);
}

/* Nothing of the person's own settings may reach the program. */
static _Noreturn void
become(const char *const argv[], const char *const env[])
{
	static const char *const kept[] = { "PATH", "TMPDIR", "ASAN_OPTIONS",
		"UBSAN_OPTIONS", "LSAN_OPTIONS" };
	char *values[5];
	sigset_t none;

	for (size_t i = 0; i < 5; i++)
		values[i] = getenv(kept[i]);
	clearenv();
	for (size_t i = 0; i < 5; i++)
		if (values[i] != NULL)
			setenv(kept[i], values[i], 1);
	setenv("TERM", "xterm-256color", 1);
	setenv("LANG", "C.UTF-8", 1);
	setenv("HOME", "/nonexistent", 1);
	for (; env != NULL && *env != NULL; env++)
		putenv((char *)(uintptr_t)*env);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	execvp(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

struct terminal *
terminal_start(
    const char *const argv[], const char *const env[], int rows, int cols)
{
	struct winsize size = { .ws_row = (unsigned short)rows,
		.ws_col = (unsigned short)cols };
	struct terminal *t = calloc(1, sizeof(*t));

	if (t == NULL)
		fail("calloc");
	make_screen(t, rows, cols);
	fflush(NULL);
	t->pid = forkpty(&t->fd, NULL, NULL, &size);
	if (t->pid == -1)
		fail("forkpty");
	if (t->pid == 0)
		become(argv, env);
	fcntl(t->fd, F_SETFD, FD_CLOEXEC);
	fcntl(t->fd, F_SETFL, O_NONBLOCK);
	tcgetattr(t->fd, &t->before);
	return t;
}

void
terminal_end(struct terminal *t)
{
	if (t == NULL)
		return;
	if (t->pid != 0) {
		kill(t->pid, SIGKILL);
		waitpid(t->pid, NULL, 0);
	}
	if (t->fd != -1)
		close(t->fd);
	vterm_free(t->vt);
	free(t->output);
	free(t->text);
	free(t);
}

static void
keep_output(struct terminal *t, const char *octets, size_t n)
{
	if (t->output_len + n + 1 > t->output_size) {
		t->output_size = 2 * (t->output_size + n + 1);
		t->output = realloc(t->output, t->output_size);
		if (t->output == NULL)
			fail("realloc");
	}
	memcpy(t->output + t->output_len, octets, n);
	t->output_len += n;
	t->output[t->output_len] = '\0';
}

/* Answers of the terminal, such as where the cursor is, and keys. */
void
terminal_flush_keys(struct terminal *t)
{
	char octets[4096];
	size_t n;

	while ((n = vterm_output_read(t->vt, octets, sizeof(octets))) > 0)
		terminal_send(t, octets, n);
}

/* Waits for output, at most so long; false when none came or it has ended. */
static bool
read_some(struct terminal *t, int64_t limit_ms)
{
	struct pollfd poller = { .fd = t->fd, .events = POLLIN };
	char octets[8192];
	ssize_t n;

	if (t->fd == -1 || t->ended)
		return false;
	if (poll(&poller, 1, limit_ms > 0 ? (int)limit_ms : 0) <= 0)
		return false;
	n = read(t->fd, octets, sizeof(octets));
	if (n == -1 && (errno == EINTR || errno == EAGAIN))
		return true;
	if (n <= 0) {
		t->ended = true; /* EIO: nobody has the other side open */
		return false;
	}
	keep_output(t, octets, (size_t)n);
	vterm_input_write(t->vt, octets, (size_t)n);
	vterm_screen_flush_damage(t->screen);
	terminal_flush_keys(t);
	return true;
}

void
terminal_send(struct terminal *t, const char *octets, size_t n)
{
	int64_t end = now_ms() + WAIT_MS;

	while (n > 0 && t->fd != -1 && !t->ended && now_ms() < end) {
		ssize_t sent = write(t->fd, octets, n);

		if (sent > 0) {
			octets += sent;
			n -= (size_t)sent;
		} else if (errno == EAGAIN) {
			read_some(t, 10); /* it wants to write first */
		} else if (errno != EINTR) {
			return;
		}
	}
}

void
terminal_resize(struct terminal *t, int rows, int cols)
{
	struct winsize size = { .ws_row = (unsigned short)rows,
		.ws_col = (unsigned short)cols };

	while (read_some(t, 0))
		continue;
	t->rows = rows;
	t->cols = cols;
	vterm_set_size(t->vt, rows, cols);
	ioctl(t->fd, TIOCSWINSZ, &size);
}

void
terminal_signal(struct terminal *t, int signal)
{
	if (t->pid != 0)
		kill(t->pid, signal);
}

void
terminal_hang_up(struct terminal *t)
{
	close(t->fd);
	t->fd = -1;
}

static bool
wait_shown(struct terminal *t, const char *text, bool shown, int limit_ms)
{
	int64_t end = now_ms() + limit_ms;

	while (terminal_shows(t, text) != shown)
		if (!read_some(t, end - now_ms()) &&
		    (t->ended || t->fd == -1 || now_ms() >= end))
			return terminal_shows(t, text) == shown;
	return true;
}

bool
terminal_wait_ms(struct terminal *t, const char *text, int limit_ms)
{
	return wait_shown(t, text, true, limit_ms);
}

bool
terminal_wait(struct terminal *t, const char *text)
{
	if (wait_shown(t, text, true, WAIT_MS))
		return true;
	fprintf(stderr, "waited for \"%s\", but the screen is\n", text);
	terminal_print(t);
	return false;
}

bool
terminal_wait_gone(struct terminal *t, const char *text)
{
	if (wait_shown(t, text, false, WAIT_MS))
		return true;
	fprintf(stderr, "\"%s\" does not go away; the screen is\n", text);
	terminal_print(t);
	return false;
}

void
terminal_settle(struct terminal *t, int quiet_ms)
{
	int64_t end = now_ms() + WAIT_MS;

	while (now_ms() < end && read_some(t, quiet_ms))
		continue;
}

struct terminal *
terminal_start_shell(const char *env, const char *words)
{
	const char *argv[] = { "/bin/sh", "-i", NULL };
	const char *all[] = { "PS1=" SHELL_PROMPT " ", env, NULL };
	struct terminal *t = terminal_start(argv, all, 24, 80);

	if (!terminal_wait(t, SHELL_PROMPT)) {
		terminal_end(t);
		return NULL;
	}
	terminal_keys(t, mailwizard());
	terminal_keys(t, " ");
	terminal_keys(t, words);
	terminal_keys(t, "<Enter>");
	return t;
}

static int
wait_status(int status)
{
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int
terminal_exit(struct terminal *t)
{
	int64_t end = now_ms() + WAIT_MS;
	int status;

	if (t->pid == 0)
		return t->status;
	while (waitpid(t->pid, &status, WNOHANG) == 0) {
		if (now_ms() >= end)
			return -1;
		if (!read_some(t, 20) && (t->ended || t->fd == -1))
			poll(NULL, 0, 2);
	}
	while (read_some(t, 0))
		continue;
	t->pid = 0;
	t->status = wait_status(status);
	return t->status;
}

pid_t
terminal_pid(const struct terminal *t)
{
	return t->pid;
}

const char *
terminal_output(const struct terminal *t, size_t *len)
{
	if (len != NULL)
		*len = t->output_len;
	return t->output != NULL ? t->output : "";
}

const struct termios *
terminal_modes_before(const struct terminal *t)
{
	return &t->before;
}

struct termios
terminal_modes(const struct terminal *t)
{
	struct termios now = { 0 };

	tcgetattr(t->fd, &now);
	return now;
}
