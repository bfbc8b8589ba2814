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
#include "../checks/dkim.h"
#include "../checks/key_read.h"
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
		      "file."),
		    shown(arena, path));
	return arena_printf(arena,
	    _("The private key could not be written to %s (%s): name a file "
	      "in a folder of yours."),
	    shown(arena, path), strerror(problem));
}

const char *
key_file_problem(struct arena *arena, const char *path)
{
	const char *folder = folder_of(arena, path);
	struct stat st;

	if (path[0] == '\0' || path[strlen(path) - 1] == '/')
		return _("The name of a file for the private key is needed.");
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
		      "away (chmod go-w), or name another folder."),
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

/* --- a key that exists --------------------------------------------------- */

#define KEY_FILE_MAX 65536 /* octets */

/* Why it cannot be used; NULL: it can. */
static const char *
private_key_problem(
    struct arena *arena, enum private_key what, const char *path)
{
	const char *file = shown(arena, path);

	switch (what) {
	case PRIVATE_KEY_NONE:
		return arena_printf(arena,
		    _("%s holds no key that can be read: name the private key "
		      "of the signer, often a file ending in .private, .key "
		      "or .pem."),
		    file);
	case PRIVATE_KEY_LOCKED:
		return arena_printf(arena,
		    _("The key in %s is protected by a passphrase, which is "
		      "needed to read it."),
		    file);
	case PRIVATE_KEY_WRONG_PASSPHRASE:
		return arena_printf(arena,
		    _("This passphrase does not open the key in %s."), file);
	case PRIVATE_KEY_OTHER:
		return arena_printf(arena,
		    _("The key in %s is of a type that DKIM does not know: it "
		      "has to be RSA or Ed25519."),
		    file);
	case PRIVATE_KEY_PUBLIC:
	case PRIVATE_KEY_READ:
		break;
	}
	return NULL;
}

static const char *
use_octets(struct arena *arena, const char *path, struct str octets,
    mode_t mode, const char *passphrase, struct public_key *out,
    enum private_key *how)
{
	const char *problem;

	*how = private_key_open(arena, octets, passphrase, out);
	if (*how == PRIVATE_KEY_NONE || *how == PRIVATE_KEY_PUBLIC) {
		enum key_text text = key_read_text(arena, octets, out);

		if (text == KEY_TEXT_READ) {
			*how = PRIVATE_KEY_PUBLIC;
			return NULL;
		}
		return *how == PRIVATE_KEY_PUBLIC
		    ? key_text_problem(text)
		    : private_key_problem(arena, *how, path);
	}
	if ((mode & (S_IRWXG | S_IRWXO)) != 0)
		return arena_printf(arena,
		    _("Others may read the private key in %s (mode %03o), so "
		      "it is not used: take that right away with chmod 600, "
		      "and make a new key if somebody may have read it."),
		    shown(arena, path), (unsigned int)(mode & 0777));
	problem = private_key_problem(arena, *how, path);
	if (problem == NULL && out->type == KEY_RSA &&
	    out->bits < DKIM_RSA_MIN_BITS)
		problem = key_text_problem(KEY_TEXT_WEAK);
	return problem;
}

const char *
key_file_read(struct arena *arena, const char *path, const char *passphrase,
    struct public_key *out, enum private_key *how)
{
	const char *problem;
	struct str octets;
	struct stat st;

	*how = PRIVATE_KEY_NONE;
	*out = (struct public_key){ .type = KEY_UNKNOWN };
	if (stat(path, &st) == -1 ||
	    !files_read(AT_FDCWD, path, KEY_FILE_MAX, arena, &octets))
		return errno == EINVAL || errno == EFBIG
		    ? private_key_problem(arena, PRIVATE_KEY_NONE, path)
		    : arena_printf(arena,
			  _("The key file %s cannot be read (%s): name a file "
			    "that you may read."),
			  shown(arena, path), strerror(errno));
	problem =
	    use_octets(arena, path, octets, st.st_mode, passphrase, out, how);
	secret_wipe((char *)octets.p, octets.len);
	return problem;
}

const char *
key_file_name(struct arena *arena, const char *domain, const char *selector)
{
	return arena_printf(arena, "%s-%s.pem", domain, selector);
}
