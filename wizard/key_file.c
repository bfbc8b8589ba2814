/* The file a private key is kept in. */
#include "key_file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "files.h"

static const char *
shown(struct arena *arena, const char *path)
{
	return printable(arena, str_of(path));
}

static const char *
folder_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return ".";
	return slash == path
	    ? "/"
	    : arena_memdup(arena, path, (size_t)(slash - path));
}

/*
 * Whoever may write to a folder can put another key in the place of this one,
 * unless the sticky bit keeps files with their owners.  A group that is the
 * person's own is no other.
 */
static bool
is_lax(const struct stat *st)
{
	if ((st->st_mode & S_ISVTX) != 0)
		return false;
	return (st->st_mode & S_IWOTH) != 0 ||
	    ((st->st_mode & S_IWGRP) != 0 && st->st_gid != getegid());
}

static const char *
not_written(struct arena *arena, const char *path, int problem)
{
	if (problem == EEXIST)
		return arena_printf(arena,
		    _("%s is there already and is left as it is: name another "
		      "file with --out FILE."),
		    shown(arena, path));
	return arena_printf(arena,
	    _("The private key could not be written to %s (%s): name a file "
	      "in a folder of yours with --out FILE."),
	    shown(arena, path), strerror(problem));
}

const char *
key_file_problem(struct arena *arena, const char *path)
{
	const char *folder = folder_of(arena, path);
	struct stat st;

	if (path[0] == '\0' || path[strlen(path) - 1] == '/')
		return _("--out needs the name of a file for the private "
			 "key.");
	if (lstat(path, &st) == 0)
		return not_written(arena, path, EEXIST);
	if (errno != ENOENT)
		return not_written(arena, path, errno);
	if (stat(folder, &st) == -1)
		return not_written(arena, path, errno);
	if (!S_ISDIR(st.st_mode))
		return not_written(arena, path, ENOTDIR);
	if (is_lax(&st))
		return arena_printf(arena,
		    _("Others may write to the folder %s, and so could put "
		      "another key in the place of yours: take that right "
		      "away (chmod go-w), or name another folder with --out "
		      "FILE."),
		    shown(arena, folder));
	if (access(folder, W_OK | X_OK) == -1)
		return not_written(arena, path, errno);
	return NULL;
}

/* A name that was just made is on the disk once its folder is. */
static void
sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd == -1)
		return;
	fsync(fd);
	close(fd);
}

const char *
key_file_write(struct arena *arena, const char *path, struct str pem)
{
	const char *problem = key_file_problem(arena, path);
	sigset_t ends, before;

	if (problem != NULL)
		return problem;
	sigemptyset(&ends);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGHUP);
	sigprocmask(SIG_BLOCK, &ends, &before);
	if (!files_write(path, pem, false))
		problem = not_written(arena, path, errno);
	else
		sync_folder(folder_of(arena, path));
	sigprocmask(SIG_SETMASK, &before, NULL);
	return problem;
}

const char *
key_file_name(struct arena *arena, const char *domain, const char *selector)
{
	return arena_printf(arena, "%s-%s.pem", domain, selector);
}
