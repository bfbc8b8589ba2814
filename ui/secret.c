/* A secret typed at the terminal, unseen. */
#include "secret.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "../checks/base/str.h"
#include "../checks/crypto.h"

static volatile sig_atomic_t caught;

static void catch (int number)
{
	caught = number;
}

/* Signals that end or stop the program wait until the echo is on again. */
static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP };

static void
read_line(int fd, char out[SECRET_MAX], bool *ended)
{
	size_t len = 0;

	*ended = false;
	while (caught == 0) {
		char c;
		ssize_t n = read(fd, &c, 1);

		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0) {
			*ended = true;
			break;
		}
		if (c == '\n' || c == '\r')
			break;
		if (len + 1 < SECRET_MAX)
			out[len++] = c;
	}
	out[len] = '\0';
}

static void
say(int fd, const char *text)
{
	/* Without a terminal to write to there is nobody to read it. */
	if (write(fd, text, strlen(text)) == -1)
		return;
}

bool
secret_ask(const char *prompt, char out[SECRET_MAX])
{
	struct sigaction action = { .sa_handler = catch }, old[COUNT(signals)];
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	struct termios before, silent;
	bool ended;

	out[0] = '\0';
	if (fd == -1 || tcgetattr(fd, &before) == -1) {
		if (fd != -1)
			close(fd);
		return false;
	}
	caught = 0;
	for (size_t i = 0; i < COUNT(signals); i++)
		sigaction(signals[i], &action, &old[i]);
	silent = before;
	silent.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL);
	tcsetattr(fd, TCSAFLUSH, &silent);
	say(fd, prompt);
	read_line(fd, out, &ended);
	tcsetattr(fd, TCSAFLUSH, &before);
	say(fd, "\n");
	for (size_t i = 0; i < COUNT(signals); i++)
		sigaction(signals[i], &old[i], NULL);
	close(fd);
	if (caught != 0)
		raise((int)caught); /* now as if nobody had asked */
	if (ended || caught != 0) {
		secret_wipe(out, SECRET_MAX);
		return false;
	}
	return true;
}
