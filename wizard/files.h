/*
 * wizard/files.h - small files in one folder, written whole or not at all.
 */
#ifndef FILES_H
#define FILES_H

#include "../checks/base/str.h"

/*
 * Opens the folder, made with its parents and mode 0700 where it is missing.
 * A descriptor for the functions below, or -1 with errno.
 */
int files_open_dir(const char *path);

/*
 * Reads a plain file of at most `max` octets; the text lives in the arena.
 * False with errno; EFBIG when it is longer, EINVAL when it is no plain file.
 */
bool files_read(
    int dir, const char *name, size_t max, struct arena *, struct str *out);

/*
 * Replaces the file by this text, mode 0600: NAME.new, fsync, rename, fsync of
 * the folder.  False with errno; then the old file is there as it was.
 */
bool files_replace(int dir, const char *name, struct str text);

/*
 * Writes a text to a file that a person named, mode 0600.  Makes no folder.
 * One that is there is left alone with EEXIST, unless `replace`: then it is
 * the old one or the new one, never half of it.  False with errno; EINVAL
 * when what is there is no plain file.
 */
bool files_write(const char *path, struct str text, bool replace);

/*
 * Takes the lock NAME for this process, writes its number in it, and gives a
 * descriptor to close().  -1 with errno; EWOULDBLOCK when another process has
 * it: then *holder is that one's number, 0 if unknown.
 */
int files_lock(int dir, const char *name, long *holder);

#endif
