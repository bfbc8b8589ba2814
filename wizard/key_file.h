/*
 * wizard/key_file.h - the file a private key is kept in.
 */
#ifndef KEY_FILE_H
#define KEY_FILE_H

#include "../checks/base/str.h"

/*
 * May a private key be kept at this path?  NULL; or one sentence (in the
 * arena): something is there already, or the folder is missing, or lets
 * others put another file in its place.
 */
const char *key_file_problem(struct arena *, const char *path);

/*
 * Writes a private key: a new file, mode 0600, that is on the disk when NULL
 * comes back.  Else one sentence, and no file is there.  Signals that end the
 * program wait until it is done.
 */
const char *key_file_write(struct arena *, const char *path, struct str pem);

/* "example.org-2026-11.pem", in the folder the person is in. */
const char *key_file_name(
    struct arena *, const char *domain, const char *selector);

#endif
