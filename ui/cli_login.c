/* The password of --login, and the ways to get at it. */
#include "cli_login.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/crypto.h"
#include "../checks/mail_login.h"

enum line_end {
	LINE_READ,
	LINE_FAILED, /* errno says why */
	LINE_ODD, /* too long, or a NUL in it */
};

/* Octet by octet: what stands behind the line belongs to somebody else. */
static enum line_end
read_line(int fd, char out[SECRET_MAX])
{
	size_t len = 0;

	for (;;) {
		ssize_t n = read(fd, &out[len], 1);

		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return LINE_FAILED;
		if (n == 0 || out[len] == '\n')
			break;
		if (out[len] == '\0' || ++len == SECRET_MAX)
			return LINE_ODD;
	}
	if (len > 0 && out[len - 1] == '\r')
		len--;
	out[len] = '\0';
	return LINE_READ;
}

static const char *
read_descriptor(struct arena *arena, int fd, const char *name, char *out)
{
	switch (read_line(fd, out)) {
	case LINE_READ:
		return NULL;
	case LINE_FAILED:
		return arena_printf(arena,
		    _("The password cannot be read from %s (%s)."), name,
		    strerror(errno));
	case LINE_ODD:
		break;
	}
	return arena_printf(arena,
	    _("The first line of %s is no password: it is too long, or no "
	      "text."),
	    name);
}

/* A file, or what a shell puts in its place: <(command). */
static const char *
file_problem(struct arena *arena, int fd, const char *name)
{
	struct stat st;

	if (fstat(fd, &st) == -1)
		return arena_printf(arena,
		    _("The password cannot be read from %s (%s)."), name,
		    strerror(errno));
	if (!S_ISREG(st.st_mode) && !S_ISFIFO(st.st_mode))
		return arena_printf(arena,
		    _("%s is no file with a password in it: name a file whose "
		      "first line is the password."),
		    name);
	if ((st.st_mode & (S_IRWXG | S_IRWXO)) != 0)
		return arena_printf(arena,
		    _("Others may read the password in %s (mode %03o), so it "
		      "is not used: take that right away with chmod 600, and "
		      "change the password if somebody may have read it."),
		    name, (unsigned int)(st.st_mode & 0777));
	return NULL;
}

static const char *
read_file(struct arena *arena, const char *path, char *out)
{
	const char *name = printable(arena, str_of(path));
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	const char *problem;

	if (fd == -1)
		return arena_printf(arena,
		    _("The password cannot be read from %s (%s)."), name,
		    strerror(errno));
	problem = file_problem(arena, fd, name);
	if (problem == NULL)
		problem = read_descriptor(arena, fd, name, out);
	close(fd);
	return problem;
}

static const char *
ask(struct arena *arena, const char *user, const char *host, char *out)
{
	const char *prompt =
	    arena_printf(arena, _("Password of %s at %s (it is not shown): "),
		printable(arena, str_of(user)), host);

	if (!secret_ask(prompt, out))
		return _("No password was given, and there is no terminal to "
			 "ask at: use --password-file FILE or --password-fd "
			 "N.");
	if (strlen(out) + 1 == SECRET_MAX) /* and may have been longer */
		return _("The password is too long.");
	return NULL;
}

const char *
login_password(struct arena *arena, const struct options *options,
    const char *host, char out[SECRET_MAX])
{
	const struct rlimit none = { 0, 0 };
	const char *problem;

	out[0] = '\0';
	if (setrlimit(RLIMIT_CORE, &none) == -1)
		return _("The system does not let the program promise to "
			 "leave no core file, in which a password could be "
			 "found; so none is asked for.");
	problem = mail_login_problem(options->login, "x");
	if (problem != NULL)
		return problem;
	if (options->password_file != NULL)
		problem = read_file(arena, options->password_file, out);
	else if (options->password_fd >= 0)
		problem = read_descriptor(arena, options->password_fd,
		    arena_printf(
			arena, _("descriptor %d"), options->password_fd),
		    out);
	else
		problem = ask(arena, options->login, host, out);
	if (problem == NULL)
		problem = mail_login_problem(options->login, out);
	if (problem != NULL)
		secret_wipe(out, SECRET_MAX);
	return problem;
}
