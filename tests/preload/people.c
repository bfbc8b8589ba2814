/* The users and groups that an installation of mail servers makes. */
#include <grp.h>
#include <pwd.h>
#include <stdint.h>
#include <stdio.h>

#include "next.h"

static const struct {
	const char *name;
	unsigned int id; /* of the user, and of the group of its name */
} people[] = {
	{ "dovecot", 64001 },
	{ "dovenull", 64002 },
	{ "postfix", 64003 },
	{ "postdrop", 64004 },
	{ "vmail", 64005 },
	{ "opendkim", 64006 },
};

#define NPEOPLE (sizeof(people) / sizeof(*people))

static size_t
by_name(const char *name)
{
	size_t i = 0;

	while (i < NPEOPLE && strcmp(people[i].name, name) != 0)
		i++;
	return i;
}

static size_t
by_id(unsigned int id)
{
	size_t i = 0;

	while (i < NPEOPLE && people[i].id != id)
		i++;
	return i;
}

static struct passwd *
person(size_t i, struct passwd *out)
{
	static char none[] = "x", home[] = "/nonexistent", shell[] = "/bin/sh";

	*out = (struct passwd){
		.pw_name = (char *)(uintptr_t)people[i].name,
		.pw_passwd = none,
		.pw_uid = people[i].id,
		.pw_gid = people[i].id,
		.pw_gecos = none,
		.pw_dir = home,
		.pw_shell = shell,
	};
	return out;
}

static struct group *
crowd(size_t i, struct group *out)
{
	static char none[] = "x", *nobody[] = { NULL };

	*out = (struct group){
		.gr_name = (char *)(uintptr_t)people[i].name,
		.gr_passwd = none,
		.gr_gid = people[i].id,
		.gr_mem = nobody,
	};
	return out;
}

struct passwd *
getpwnam(const char *name)
{
	static struct passwd found;
	struct passwd *(*next)(const char *);
	size_t i = by_name(name);

	NEXT("getpwnam", next);
	return i < NPEOPLE ? person(i, &found) : next(name);
}

struct passwd *
getpwuid(uid_t uid)
{
	static struct passwd found;
	struct passwd *(*next)(uid_t);
	size_t i = by_id(uid);

	NEXT("getpwuid", next);
	return i < NPEOPLE ? person(i, &found) : next(uid);
}

int
getpwnam_r(const char *name, struct passwd *out, char *buffer, size_t size,
    struct passwd **found)
{
	int (*next)(
	    const char *, struct passwd *, char *, size_t, struct passwd **);
	size_t i = by_name(name);

	NEXT("getpwnam_r", next);
	if (i == NPEOPLE)
		return next(name, out, buffer, size, found);
	*found = person(i, out);
	return 0;
}

int
getpwuid_r(uid_t uid, struct passwd *out, char *buffer, size_t size,
    struct passwd **found)
{
	int (*next)(uid_t, struct passwd *, char *, size_t, struct passwd **);
	size_t i = by_id(uid);

	NEXT("getpwuid_r", next);
	if (i == NPEOPLE)
		return next(uid, out, buffer, size, found);
	*found = person(i, out);
	return 0;
}

struct group *
getgrnam(const char *name)
{
	static struct group found;
	struct group *(*next)(const char *);
	size_t i = by_name(name);

	NEXT("getgrnam", next);
	return i < NPEOPLE ? crowd(i, &found) : next(name);
}

struct group *
getgrgid(gid_t gid)
{
	static struct group found;
	struct group *(*next)(gid_t);
	size_t i = by_id(gid);

	NEXT("getgrgid", next);
	return i < NPEOPLE ? crowd(i, &found) : next(gid);
}

int
getgrnam_r(const char *name, struct group *out, char *buffer, size_t size,
    struct group **found)
{
	int (*next)(
	    const char *, struct group *, char *, size_t, struct group **);
	size_t i = by_name(name);

	NEXT("getgrnam_r", next);
	if (i == NPEOPLE)
		return next(name, out, buffer, size, found);
	*found = crowd(i, out);
	return 0;
}

int
getgrgid_r(gid_t gid, struct group *out, char *buffer, size_t size,
    struct group **found)
{
	int (*next)(gid_t, struct group *, char *, size_t, struct group **);
	size_t i = by_id(gid);

	NEXT("getgrgid_r", next);
	if (i == NPEOPLE)
		return next(gid, out, buffer, size, found);
	*found = crowd(i, out);
	return 0;
}
