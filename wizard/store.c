/* Plans on disk. */
#include "store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "field.h"
#include "files.h"
#include "plan_file.h"
#include "problem.h"

#define SENTENCE     512 /* octets of a sentence here; it may hold a path */
#define REPORT_NAMES 320 /* octets of a file name */

struct store {
	char path[STORE_PATH]; /* of the folder */
	int dir; /* -1: there is none */
	int lock; /* -1: not held */
	char domain[PLAN_NAME]; /* of the plan that is open; "" */
	char plan_path[STORE_PATH];
	char report_path[STORE_PATH];
	bool read_only;
	char problem[SENTENCE];
	char told[SENTENCE];
	struct plan_kept kept;
};

/* --- the folder ---------------------------------------------------------- */

/* XDG Base Directory: a path that is not absolute is to be ignored. */
static bool
default_path(char path[STORE_PATH])
{
	const char *state = getenv("XDG_STATE_HOME");
	const char *home = getenv("HOME");
	int n;

	if (state != NULL && state[0] == '/')
		n = snprintf(path, STORE_PATH, "%s/mailwizard", state);
	else if (home != NULL && home[0] == '/')
		n = snprintf(
		    path, STORE_PATH, "%s/.local/state/mailwizard", home);
	else
		return false;
	return n > 0 && n < STORE_PATH;
}

static void
open_dir(struct store *store)
{
	char reason[PLAN_TEXT];

	store->dir = files_open_dir(store->path);
	if (store->dir != -1)
		return;
	bounded_copy(reason, sizeof(reason), strerror(errno));
	snprintf(store->problem, sizeof(store->problem),
	    _("Answers are not kept: cannot use the folder %.300s (%s)."),
	    store->path, reason);
}

struct store *
store_none(void)
{
	struct store *store = calloc(1, sizeof(*store));

	if (store == NULL)
		out_of_memory();
	store->dir = -1;
	store->lock = -1;
	return store;
}

struct store *
store_new(const char *dir)
{
	struct store *store = store_none();

	if (dir != NULL)
		bounded_copy(store->path, sizeof(store->path), dir);
	else if (!default_path(store->path)) {
		bounded_copy(store->problem, sizeof(store->problem),
		    _("Answers are not kept: HOME is not set. Set HOME or "
		      "XDG_STATE_HOME to keep them."));
		return store;
	}
	open_dir(store);
	return store;
}

void
store_free(struct store *store)
{
	if (store == NULL)
		return;
	store_close(store);
	if (store->dir != -1)
		close(store->dir);
	free(store);
}

/* --- opening ------------------------------------------------------------- */

/* A name that can be a file's: a domain, and never a way out of the folder. */
static bool
is_file_name(const char *domain)
{
	if (domain[0] == '.' || domain[0] == '\0' || domain[0] == '-')
		return false;
	for (const char *p = domain; *p != '\0'; p++) {
		if (!is_alnum(*p) && *p != '-' && *p != '.' && *p != '_')
			return false;
	}
	return true;
}

static bool
name_file(
    const struct store *store, const char *suffix, char name[REPORT_NAMES])
{
	int n = snprintf(name, REPORT_NAMES, "%s.%s", store->domain, suffix);

	return n > 0 && n < REPORT_NAMES;
}

static void
say_held(struct store *store, long holder)
{
	store->read_only = true;
	if (holder > 0)
		snprintf(store->problem, sizeof(store->problem),
		    _("%.200s is open in another wizard (process %ld). You "
		      "can look around here, but answers are not kept."),
		    store->domain, holder);
	else
		snprintf(store->problem, sizeof(store->problem),
		    _("%.200s is open in another wizard. You can look around "
		      "here, but answers are not kept."),
		    store->domain);
}

/* Without a lock for other reasons we go on: saving will say what is wrong. */
static void
take_lock(struct store *store)
{
	char name[REPORT_NAMES];
	long holder;

	if (!name_file(store, "lock", name))
		return;
	store->lock = files_lock(store->dir, name, &holder);
	if (store->lock == -1 && errno == EWOULDBLOCK)
		say_held(store, holder);
}

static void
say_newer(struct store *store, const char *what)
{
	store->read_only = true;
	snprintf(store->problem, sizeof(store->problem),
	    _("The saved plan of %.120s comes from a later version of this "
	      "program: %s. Answers are not kept, so that nothing of it is "
	      "lost."),
	    store->domain, what);
}

/* A damaged file is put aside, and what could be read is saved at once. */
static void
put_aside(struct store *store, const char *what, const struct plan *plan)
{
	char name[REPORT_NAMES], aside[REPORT_NAMES];

	if (store->read_only || !name_file(store, "plan", name) ||
	    !name_file(store, "plan.damaged", aside) ||
	    renameat(store->dir, name, store->dir, aside) == -1) {
		snprintf(store->told, sizeof(store->told),
		    _("The saved plan of %.120s is damaged (%s). What could "
		      "be read of it is here."),
		    store->domain, what);
		return;
	}
	snprintf(store->told, sizeof(store->told),
	    _("The saved plan of %.120s is damaged (%s). It is kept as "
	      "%.120s, and what could be read of it is here."),
	    store->domain, what, aside);
	store_save(store, plan);
}

static void
say_unreadable(struct store *store, int problem)
{
	char reason[PLAN_TEXT];

	bounded_copy(reason, sizeof(reason), strerror(problem));
	store->read_only = true;
	snprintf(store->problem, sizeof(store->problem),
	    _("Answers are not kept: cannot read the saved plan %.300s (%s)."),
	    store->plan_path, reason);
}

/* Takes the text in; *out is filled whatever could be read of it. */
static bool
take_text(struct store *store, struct str text, struct plan *out)
{
	char what[PLAN_TEXT];
	enum plan_read result = plan_file_read(text, out, &store->kept, what);

	bounded_copy(out->domain, sizeof(out->domain), store->domain);
	switch (result) {
	case PLAN_READ_OK:
		break;
	case PLAN_READ_NEWER:
		say_newer(store, what);
		break;
	case PLAN_READ_DAMAGED:
		put_aside(store, what, out);
		break;
	}
	return true;
}

static bool
load(struct store *store, struct plan *out)
{
	struct arena *arena = arena_new();
	char name[REPORT_NAMES];
	struct str text;
	bool found = false;

	if (!name_file(store, "plan", name))
		errno = ENAMETOOLONG;
	else if (files_read(store->dir, name, PLAN_FILE_MAX, arena, &text))
		found = take_text(store, text, out);
	else if (errno == EFBIG)
		put_aside(store, _("it is too long to be one"), out);
	else if (errno == EINVAL)
		put_aside(store, _("it is no file"), out);
	else if (errno != ENOENT)
		say_unreadable(store, errno);
	arena_free(arena);
	return found;
}

void
store_close(struct store *store)
{
	if (store->lock != -1)
		close(store->lock);
	store->lock = -1;
	store->domain[0] = '\0';
	store->plan_path[0] = '\0';
	store->told[0] = '\0';
	store->read_only = false;
	memset(&store->kept, 0, sizeof(store->kept));
	if (store->dir != -1)
		store->problem[0] = '\0';
}

bool
store_open(struct store *store, const char *domain, struct plan *out)
{
	store_close(store);
	if (store->dir == -1 || !is_file_name(domain))
		return false;
	bounded_copy(store->domain, sizeof(store->domain), domain);
	snprintf(store->plan_path, sizeof(store->plan_path), "%.3700s/%s.plan",
	    store->path, store->domain);
	take_lock(store);
	return load(store, out);
}

/* Why there is no plan to be read, in one sentence. */
static const char *
say_no_plan(struct arena *arena, const char *domain, const char *path)
{
	if (errno == ENOENT || errno == ENOTDIR)
		return arena_printf(arena,
		    _("There is no saved plan for %s. Make one with: "
		      "mailwizard %s"),
		    domain, domain);
	return arena_printf(arena, _("The saved plan %s cannot be read: %s."),
	    readable(arena, str_of(path)), strerror(errno));
}

const char *
store_read(
    struct arena *arena, const char *dir, const char *domain, struct plan *out)
{
	char folder[STORE_PATH];
	char what[PLAN_TEXT];
	const char *name = arena_printf(arena, "%s.plan", domain);
	const char *path;
	struct str text;
	int fd;

	if (dir == NULL && !default_path(folder))
		return _("There are no saved plans: HOME is not set.");
	if (dir != NULL)
		bounded_copy(folder, sizeof(folder), dir);
	path = arena_printf(arena, "%s/%s", folder, name);
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd == -1)
		return say_no_plan(arena, domain, path);
	if (!is_file_name(domain) ||
	    !files_read(fd, name, PLAN_FILE_MAX, arena, &text)) {
		close(fd);
		return say_no_plan(arena, domain, path);
	}
	close(fd);
	if (plan_file_read(text, out, arena_new_of(arena, struct plan_kept),
		what) == PLAN_READ_OK)
		return NULL;
	return arena_printf(arena, _("The saved plan %s cannot be used: %s."),
	    readable(arena, str_of(path)), what);
}

/* --- saving -------------------------------------------------------------- */

static void
say_not_saved(struct store *store, const char *path, int problem)
{
	char reason[PLAN_TEXT];

	bounded_copy(reason, sizeof(reason), strerror(problem));
	snprintf(store->problem, sizeof(store->problem),
	    _("Answers are not kept: cannot write %.300s (%s)."), path, reason);
}

bool
store_save(struct store *store, const struct plan *plan)
{
	struct arena *arena;
	char name[REPORT_NAMES];
	bool ok;

	if (store->dir == -1 || store->domain[0] == '\0' || store->read_only ||
	    !name_file(store, "plan", name))
		return false;
	arena = arena_new();
	ok = files_replace(store->dir, name,
	    str_of(plan_file_write(arena, plan, &store->kept)));
	if (ok)
		store->problem[0] = '\0';
	else
		say_not_saved(store, store->plan_path, errno);
	arena_free(arena);
	return ok;
}

const char *
store_write(struct store *store, const char *suffix, const char *text)
{
	char name[REPORT_NAMES];

	if (store->dir == -1 || store->domain[0] == '\0' ||
	    !name_file(store, suffix, name))
		return NULL;
	snprintf(store->report_path, sizeof(store->report_path), "%.3700s/%s",
	    store->path, name);
	if (files_replace(store->dir, name, str_of(text)))
		return store->report_path;
	say_not_saved(store, store->report_path, errno);
	return NULL;
}

const char *
store_problem(const struct store *store)
{
	return store->problem[0] != '\0' ? store->problem : NULL;
}

const char *
store_told(const struct store *store)
{
	return store->told[0] != '\0' ? store->told : NULL;
}

bool
store_read_only(const struct store *store)
{
	return store->read_only;
}

const char *
store_path(const struct store *store)
{
	return store->plan_path[0] != '\0' ? store->plan_path : NULL;
}

/* --- the list ------------------------------------------------------------ */

/* "example.org.plan" -> "example.org" */
static bool
domain_of_file(const char *name, char domain[PLAN_NAME])
{
	size_t len = strlen(name);
	size_t end = strlen(".plan");

	if (len <= end || len - end >= PLAN_NAME ||
	    strcmp(name + len - end, ".plan") != 0)
		return false;
	memcpy(domain, name, len - end);
	domain[len - end] = '\0';
	return is_file_name(domain);
}

/* Puts one in its place among the newest; the oldest falls off the end. */
static size_t
insert_saved(struct saved_plan *list, size_t n, const struct saved_plan *saved)
{
	size_t i = n < STORE_SAVED ? n : STORE_SAVED - 1;

	if (n == STORE_SAVED && list[i].changed >= saved->changed)
		return n;
	for (; i > 0 && list[i - 1].changed < saved->changed; i--)
		list[i] = list[i - 1];
	list[i] = *saved;
	return n < STORE_SAVED ? n + 1 : n;
}

/* The folder may hold many: those that are not listed are not opened. */
static size_t
newest(struct store *store, struct saved_plan *out)
{
	DIR *dir = opendir(store->path);
	const struct dirent *file;
	size_t n = 0;

	while (dir != NULL && (file = readdir(dir)) != NULL) {
		struct saved_plan saved = { 0 };
		struct stat st;

		if (!domain_of_file(file->d_name, saved.domain) ||
		    fstatat(store->dir, file->d_name, &st, 0) == -1 ||
		    !S_ISREG(st.st_mode))
			continue;
		saved.changed = st.st_mtime;
		n = insert_saved(out, n, &saved);
	}
	if (dir != NULL)
		closedir(dir);
	return n;
}

/* What a plan file is read into, only to see the step. */
struct glance {
	struct plan plan;
	struct plan_kept kept;
	char problem[PLAN_TEXT];
};

static void
read_step(struct store *store, struct glance *glance, struct saved_plan *saved)
{
	struct arena *arena = arena_new();
	char name[REPORT_NAMES];
	struct str text;

	snprintf(name, sizeof(name), "%s.plan", saved->domain);
	if (files_read(store->dir, name, PLAN_FILE_MAX, arena, &text)) {
		plan_file_read(
		    text, &glance->plan, &glance->kept, glance->problem);
		saved->step = glance->plan.step;
	}
	arena_free(arena);
}

size_t
store_list(struct store *store, struct saved_plan *out)
{
	struct glance *glance = calloc(1, sizeof(*glance));
	size_t n = store->dir == -1 ? 0 : newest(store, out);

	if (glance == NULL)
		out_of_memory();
	for (size_t i = 0; i < n; i++)
		read_step(store, glance, &out[i]);
	free(glance);
	return n;
}
