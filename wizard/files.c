/* Small files in one folder, written whole or not at all. */
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Makes one folder after the other; those that are there are left alone. */
static void
make_parents(const char *path)
{
	char part[PATH_MAX];

	for (size_t i = 1; i < sizeof(part) && path[i] != '\0'; i++) {
		if (path[i] != '/')
			continue;
		memcpy(part, path, i);
		part[i] = '\0';
		mkdir(part, 0700);
	}
}

int
files_open_dir(const char *path)
{
	struct stat st;
	int dir;

	make_parents(path);
	if (mkdir(path, 0700) == -1 && errno != EEXIST)
		return -1;
	dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir == -1)
		return -1;
	/* Older folders may be open to others; ours hold people's notes. */
	if (fstat(dir, &st) == 0 && st.st_uid == geteuid() &&
	    (st.st_mode & 077) != 0)
		fchmod(dir, 0700);
	return dir;
}

/* Reads until `max` octets or the end.  The number read, or -1. */
static ssize_t
read_up_to(int fd, char *to, size_t max)
{
	size_t n = 0;

	while (n < max) {
		ssize_t got = read(fd, to + n, max - n);

		if (got == -1 && errno == EINTR)
			continue;
		if (got == -1)
			return -1;
		if (got == 0)
			break;
		n += (size_t)got;
	}
	return (ssize_t)n;
}

static bool
read_open(int fd, size_t max, struct arena *arena, struct str *out)
{
	struct stat st;
	size_t size;
	ssize_t got;
	char *text;

	if (fstat(fd, &st) == -1)
		return false;
	if (!S_ISREG(st.st_mode)) {
		errno = EINVAL;
		return false;
	}
	if (st.st_size < 0 || (uintmax_t)st.st_size > max) {
		errno = EFBIG;
		return false;
	}
	size = (size_t)st.st_size;
	text = arena_alloc(arena, size + 1);
	got = read_up_to(fd, text, size);
	if (got == -1)
		return false;
	*out = (struct str){ text, (size_t)got };
	return true;
}

bool
files_read(
    int dir, const char *name, size_t max, struct arena *arena, struct str *out)
{
	int fd = openat(dir, name, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	int problem;
	bool ok;

	if (fd == -1)
		return false;
	ok = read_open(fd, max, arena, out);
	problem = errno;
	close(fd);
	errno = problem;
	return ok;
}

static bool
write_all(int fd, struct str text)
{
	while (text.len > 0) {
		ssize_t put = write(fd, text.p, text.len);

		if (put == -1 && errno == EINTR)
			continue;
		if (put == -1)
			return false;
		text = str_slice(text, (size_t)put, text.len);
	}
	return true;
}

/*
 * A file with this text that is on the disk when true comes back; `how` is
 * O_TRUNC or O_EXCL.
 */
static bool
write_new(int dir, const char *name, struct str text, int how)
{
	int fd = openat(
	    dir, name, O_WRONLY | O_CREAT | how | O_NOFOLLOW | O_CLOEXEC, 0600);
	int problem;
	bool ok;

	if (fd == -1)
		return false;
	ok = fchmod(fd, 0600) == 0 && write_all(fd, text) && fsync(fd) == 0;
	problem = errno;
	if (close(fd) == -1 && ok) {
		problem = errno;
		ok = false;
	}
	if (!ok && how == O_EXCL)
		unlinkat(dir, name, 0); /* half of it is worth nothing */
	errno = problem;
	return ok;
}

bool
files_replace(int dir, const char *name, struct str text)
{
	char spare[NAME_MAX + 1];
	int problem;

	if (snprintf(spare, sizeof(spare), "%s.new", name) >=
	    (int)sizeof(spare)) {
		errno = ENAMETOOLONG;
		return false;
	}
	if (!write_new(dir, spare, text, O_TRUNC) ||
	    renameat(dir, spare, dir, name) == -1) {
		problem = errno;
		unlinkat(dir, spare, 0);
		errno = problem;
		return false;
	}
	/* Some file systems cannot sync a folder; the file is there anyway. */
	return fsync(dir) == 0 || errno == EINVAL || errno == EROFS;
}

static bool
write_fresh(const char *path, struct str text)
{
	return write_new(AT_FDCWD, path, text, O_EXCL);
}

bool
files_write(const char *path, struct str text, bool replace)
{
	char real[PATH_MAX], spare[PATH_MAX];
	struct stat st;
	int problem;

	if (!replace || realpath(path, real) == NULL)
		return write_fresh(path, text);
	if (stat(real, &st) == -1 || !S_ISREG(st.st_mode)) {
		errno = EINVAL;
		return false;
	}
	if (snprintf(spare, sizeof(spare), "%s.new", real) >=
	    (int)sizeof(spare)) {
		errno = ENAMETOOLONG;
		return false;
	}
	if (!write_fresh(spare, text))
		return false;
	if (rename(spare, real) == 0)
		return true;
	problem = errno;
	unlink(spare);
	errno = problem;
	return false;
}

/* The number somebody wrote into a lock file; 0 when there is none. */
static long
holder_of(int fd)
{
	char text[24];
	ssize_t n = pread(fd, text, sizeof(text), 0);
	uint64_t pid;

	if (n <= 0)
		return 0;
	if (!str_number(str_trim((struct str){ text,
			    str_find((struct str){ text, (size_t)n }, '\n') }),
		INT_MAX, &pid))
		return 0;
	return (long)pid;
}

static void
sign(int fd)
{
	char text[24];
	int n = snprintf(text, sizeof(text), "%ld\n", (long)getpid());

	/* Only so that another wizard can say who it is: may fail. */
	if (ftruncate(fd, 0) == -1 || pwrite(fd, text, (size_t)n, 0) == -1)
		return;
}

int
files_lock(int dir, const char *name, long *holder)
{
	int fd =
	    openat(dir, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	int problem;

	*holder = 0;
	if (fd == -1)
		return -1;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
		sign(fd);
		return fd;
	}
	problem = errno;
	if (problem == EWOULDBLOCK)
		*holder = holder_of(fd);
	close(fd);
	errno = problem;
	return -1;
}
