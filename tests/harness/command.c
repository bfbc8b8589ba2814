/* The built program, run to its end. */
#include "command.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "pty.h"

#define WORDS_MAX 40
#define FILES_MAX 64

static char folder[256];
static char *files[FILES_MAX];
static size_t nfiles;

static void
stop(const char *what)
{
	fprintf(stderr, "command: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* In the child: the three streams, then the program. */
static void
become(const int in[2], const int out[2], const int err[2], const char **argv)
{
	if (dup2(in[0], 0) == -1 || dup2(out[1], 1) == -1 ||
	    dup2(err[1], 2) == -1)
		_exit(126);
	for (int fd = 3; fd < 64; fd++)
		close(fd);
	setenv("MW", mailwizard(), 1);
	signal(SIGPIPE, SIG_DFL);
	execvp(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

/* Text that grows as it is read. */
struct text {
	char *p;
	size_t len;
	int fd; /* -1: at its end */
};

static void
take(struct text *text)
{
	char *p = realloc(text->p, text->len + 4096 + 1);
	ssize_t n;

	if (p == NULL)
		stop("realloc");
	text->p = p;
	n = read(text->fd, text->p + text->len, 4096);
	if (n > 0) {
		text->len += (size_t)n;
	} else {
		close(text->fd);
		text->fd = -1;
	}
	text->p[text->len] = '\0';
}

/* Both streams to their ends; so neither fills up and stops the program. */
static void
take_both(struct text *a, struct text *b, pid_t pid)
{
	time_t end = time(NULL) + COMMAND_LIMIT;

	while (a->fd != -1 || b->fd != -1) {
		struct pollfd fds[2] = { { .fd = a->fd, .events = POLLIN },
			{ .fd = b->fd, .events = POLLIN } };

		if (time(NULL) > end) {
			kill(pid, SIGKILL);
			errno = ETIMEDOUT;
			stop("the program did not end");
		}
		if (poll(fds, 2, 1000) <= 0)
			continue;
		if (fds[0].revents != 0)
			take(a);
		if (fds[1].revents != 0)
			take(b);
	}
}

static void
give(int fd, const char *input)
{
	size_t len = input == NULL ? 0 : strlen(input);

	while (len > 0) {
		ssize_t n = write(fd, input, len);

		if (n <= 0)
			break; /* it need not read to the end */
		input += n;
		len -= (size_t)n;
	}
	close(fd);
}

static struct outcome
run(const char *input, const char **argv)
{
	struct text out = { .fd = -1 }, err = { .fd = -1 };
	int in[2], to_out[2], to_err[2];
	int status;
	pid_t pid;

	if (pipe(in) == -1 || pipe(to_out) == -1 || pipe(to_err) == -1)
		stop("pipe");
	signal(SIGPIPE, SIG_IGN);
	fflush(NULL);
	pid = fork();
	if (pid == -1)
		stop("fork");
	if (pid == 0)
		become(in, to_out, to_err, argv);
	close(in[0]);
	close(to_out[1]);
	close(to_err[1]);
	out.fd = to_out[0];
	err.fd = to_err[0];
	give(in[1], input);
	take_both(&out, &err, pid);
	if (waitpid(pid, &status, 0) == -1)
		stop("waitpid");
	return (struct outcome){
		.status = WIFEXITED(status) ? WEXITSTATUS(status)
					    : 128 + WTERMSIG(status),
		.out = out.p,
		.out_len = out.len,
		.err = err.p,
	};
}

struct outcome
command_words(const char *input, const char *const *words)
{
	const char *argv[WORDS_MAX] = { mailwizard() };

	for (size_t n = 1; n + 1 < WORDS_MAX && words[n - 1] != NULL; n++)
		argv[n] = words[n - 1];
	return run(input, argv);
}

struct outcome
command_shell(const char *line)
{
	const char *argv[] = { "sh", "-c", line, NULL };

	return run(NULL, argv);
}

void
command_free(struct outcome *outcome)
{
	free(outcome->out);
	free(outcome->err);
	*outcome = (struct outcome){ 0 };
}

static void
remove_files(void)
{
	while (nfiles > 0) {
		unlink(files[--nfiles]);
		free(files[nfiles]);
	}
	rmdir(folder);
}

const char *
command_file(const char *name, const char *text)
{
	const char *parent = getenv("TMPDIR");
	char *path = NULL;
	FILE *file;

	if (folder[0] == '\0') {
		snprintf(folder, sizeof(folder), "%s/mailwizard-cli-XXXXXX",
		    parent != NULL ? parent : "/tmp");
		if (mkdtemp(folder) == NULL)
			stop(folder);
		atexit(remove_files);
	}
	if (asprintf(&path, "%s/%s", folder, name) == -1)
		stop(name);
	for (size_t i = 0; i < nfiles; i++) /* written anew */
		if (strcmp(files[i], path) == 0) {
			free(path);
			path = files[i];
			files[i] = files[--nfiles];
			break;
		}
	if (nfiles == FILES_MAX)
		stop(name);
	file = fopen(path, "w");
	if (file == NULL || fputs(text, file) == EOF || fclose(file) == EOF)
		stop(path);
	files[nfiles++] = path;
	return path;
}
