/*
 * tests/preload/elsewhere.c - lets mail servers run where their packages were
 * unpacked, as whoever runs the test (LD_PRELOAD; see harness/mail_server.h).
 *
 * Dovecot and Postfix are programs of many processes, which change their user
 * among themselves, and know by heart where their parts are installed.  In a
 * process with this library:
 *
 * - a file under /usr that is not there is looked for under ELSEWHERE_ROOT;
 * - it begins as root, may become anybody and give files away; the kernel
 *   never hears of it, so that no privilege is needed and none is lost;
 * - the users of the mail servers exist (people.c);
 * - what it has for the system's log goes to the file ELSEWHERE_LOG;
 * - what it executes has this library too, and goes on as the same user.
 *
 * What a server says to its clients does not depend on any of these.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

#include "next.h"

void __syslog_chk(int, int, const char *, ...);

#define ENVIRONMENT_MAX 512

/* As the process believes. */
static struct {
	uid_t uid, euid;
	gid_t gid, egid;
} self;

/* What every process that comes after this one needs to be told. */
static char preload[PATH_MAX], libraries[PATH_MAX], root[PATH_MAX],
    log_file[PATH_MAX];

static void
keep(const char *name, char out[static PATH_MAX])
{
	const char *value = getenv(name);

	snprintf(out, PATH_MAX, "%s", value != NULL ? value : "");
}

__attribute__((constructor)) static void
begin(void)
{
	const char *ids = getenv("ELSEWHERE_IDS");
	unsigned int n[4] = { 0 };

	keep("LD_PRELOAD", preload);
	keep("LD_LIBRARY_PATH", libraries);
	keep("ELSEWHERE_ROOT", root);
	keep("ELSEWHERE_LOG", log_file);
	if (ids != NULL &&
	    sscanf(ids, "%u %u %u %u", &n[0], &n[1], &n[2], &n[3]) != 4)
		abort();
	self.uid = n[0];
	self.euid = n[1];
	self.gid = n[2];
	self.egid = n[3];
}

/* ---- files ---- */

static const char *
place(const char *path, char out[static PATH_MAX])
{
	int (*next)(const char *, int);
	int saved = errno;

	if (path == NULL || strncmp(path, "/usr/", 5) != 0)
		return path;
	NEXT("access", next);
	if (next(path, F_OK) == 0)
		return path;
	snprintf(out, PATH_MAX, "%s%s", root, path);
	path = next(out, F_OK) == 0 ? out : path;
	errno = saved;
	return path;
}

int
access(const char *path, int mode)
{
	char other[PATH_MAX];
	int (*next)(const char *, int);

	NEXT("access", next);
	return next(place(path, other), mode);
}

int
open(const char *path, int flags, ...)
{
	char other[PATH_MAX];
	int (*next)(const char *, int, ...);
	mode_t mode = 0;
	va_list ap;

	if (flags & (O_CREAT | O_TMPFILE)) {
		va_start(ap, flags);
		mode = va_arg(ap, mode_t);
		va_end(ap);
	}
	NEXT("open", next);
	return next(place(path, other), flags, mode);
}

DIR *
opendir(const char *path)
{
	char other[PATH_MAX];
	DIR *(*next)(const char *);

	NEXT("opendir", next);
	return next(place(path, other));
}

void *
dlopen(const char *path, int flags)
{
	char other[PATH_MAX];
	void *(*next)(const char *, int);

	NEXT("dlopen", next);
	return next(place(path, other), flags);
}

static bool
is_ours(const char *variable)
{
	static const char *const names[] = { "LD_PRELOAD=", "LD_LIBRARY_PATH=",
		"ELSEWHERE_ROOT=", "ELSEWHERE_LOG=", "ELSEWHERE_IDS=" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strncmp(variable, names[i], strlen(names[i])) == 0)
			return true;
	return false;
}

int
execve(const char *path, char *const argv[], char *const environment[])
{
	static char ours[5][PATH_MAX + 32];
	char other[PATH_MAX], *all[ENVIRONMENT_MAX + 6];
	int (*next)(const char *, char *const[], char *const[]);
	size_t n = 0;

	for (; *environment != NULL && n < ENVIRONMENT_MAX; environment++)
		if (!is_ours(*environment))
			all[n++] = *environment;
	snprintf(ours[0], sizeof(ours[0]), "LD_PRELOAD=%s", preload);
	snprintf(ours[1], sizeof(ours[1]), "LD_LIBRARY_PATH=%s", libraries);
	snprintf(ours[2], sizeof(ours[2]), "ELSEWHERE_ROOT=%s", root);
	snprintf(ours[3], sizeof(ours[3]), "ELSEWHERE_LOG=%s", log_file);
	snprintf(ours[4], sizeof(ours[4]), "ELSEWHERE_IDS=%u %u %u %u",
	    self.uid, self.euid, self.gid, self.egid);
	for (size_t i = 0; i < 5; i++)
		all[n++] = ours[i];
	all[n] = NULL;
	NEXT("execve", next);
	return next(place(path, other), argv, all);
}

int
execv(const char *path, char *const argv[])
{
	return execve(path, argv, environ);
}

/* Postfix gives the whole path here too; anything else is the machine's. */
int
execvp(const char *path, char *const argv[])
{
	int (*next)(const char *, char *const[]);

	if (strchr(path, '/') != NULL)
		return execve(path, argv, environ);
	NEXT("execvp", next);
	return next(path, argv);
}

static void
log_to_file(const char *format, va_list ap)
{
	FILE *out = log_file[0] != '\0' ? fopen(log_file, "a") : NULL;

	if (out == NULL)
		return;
	vfprintf(out, format, ap);
	fputc('\n', out);
	fclose(out);
}

void
syslog(int priority, const char *format, ...)
{
	va_list ap;

	(void)priority;
	va_start(ap, format);
	log_to_file(format, ap);
	va_end(ap);
}

/* What syslog() is under _FORTIFY_SOURCE. */
void
__syslog_chk(int priority, int flag, const char *format, ...)
{
	va_list ap;

	(void)priority;
	(void)flag;
	va_start(ap, format);
	log_to_file(format, ap);
	va_end(ap);
}

/* ---- whose they are ---- */

/* What was given away; the processes that ask are those that gave. */
#define GIFTS 256

static struct {
	dev_t device;
	ino_t file;
	uid_t uid;
	gid_t gid;
} gifts[GIFTS];
static size_t ngifts;

/* Files of the person who runs the test are root's, or who was given them. */
static int
seen(int result, struct stat *st)
{
	uid_t (*next)(void);

	NEXT("getuid", next);
	if (result == 0 && st->st_uid == next())
		st->st_uid = st->st_gid = 0;
	for (size_t i = 0; result == 0 && i < ngifts && i < GIFTS; i++) {
		if (gifts[i].device != st->st_dev ||
		    gifts[i].file != st->st_ino)
			continue;
		st->st_uid = gifts[i].uid;
		st->st_gid = gifts[i].gid;
	}
	return result;
}

int
stat(const char *restrict path, struct stat *restrict st)
{
	char other[PATH_MAX];
	int (*next)(const char *, struct stat *);

	NEXT("stat", next);
	return seen(next(place(path, other), st), st);
}

int
lstat(const char *restrict path, struct stat *restrict st)
{
	char other[PATH_MAX];
	int (*next)(const char *, struct stat *);

	NEXT("lstat", next);
	return seen(next(place(path, other), st), st);
}

int
fstat(int fd, struct stat *st)
{
	int (*next)(int, struct stat *);

	NEXT("fstat", next);
	return seen(next(fd, st), st);
}

static int
give(const struct stat *st, uid_t uid, gid_t gid)
{
	size_t i = ngifts++ % GIFTS;

	gifts[i].device = st->st_dev;
	gifts[i].file = st->st_ino;
	gifts[i].uid = uid != (uid_t)-1 ? uid : st->st_uid;
	gifts[i].gid = gid != (gid_t)-1 ? gid : st->st_gid;
	return 0;
}

int
chown(const char *path, uid_t uid, gid_t gid)
{
	struct stat st;

	return stat(path, &st) == 0 ? give(&st, uid, gid) : -1;
}

int
fchown(int fd, uid_t uid, gid_t gid)
{
	struct stat st;

	return fstat(fd, &st) == 0 ? give(&st, uid, gid) : -1;
}

/* ---- who it is ---- */

uid_t
getuid(void)
{
	return self.uid;
}

uid_t
geteuid(void)
{
	return self.euid;
}

gid_t
getgid(void)
{
	return self.gid;
}

gid_t
getegid(void)
{
	return self.egid;
}

int
setuid(uid_t uid)
{
	if (self.euid != 0 && uid != self.uid) {
		errno = EPERM;
		return -1;
	}
	if (self.euid == 0)
		self.uid = uid;
	self.euid = uid;
	return 0;
}

int
seteuid(uid_t uid)
{
	self.euid = uid;
	return 0;
}

int
setgid(gid_t gid)
{
	if (self.euid != 0 && gid != self.gid) {
		errno = EPERM;
		return -1;
	}
	if (self.euid == 0)
		self.gid = gid;
	self.egid = gid;
	return 0;
}

int
setegid(gid_t gid)
{
	self.egid = gid;
	return 0;
}

int
setresgid(gid_t gid, gid_t egid, gid_t saved)
{
	(void)saved;
	if (gid != (gid_t)-1)
		self.gid = gid;
	if (egid != (gid_t)-1)
		self.egid = egid;
	return 0;
}

int
setgroups(size_t n, const gid_t *groups)
{
	(void)n;
	(void)groups;
	return 0;
}

int
initgroups(const char *user, gid_t group)
{
	(void)user;
	(void)group;
	return 0;
}

/* It stays where its files are. */
int
chroot(const char *path)
{
	return chdir(path);
}

int
getgroups(int size, gid_t *groups)
{
	if (size > 0)
		groups[0] = self.egid;
	return 1;
}
