/*
 * wizard/key_file.h - the file a private key is kept in.
 */
#ifndef KEY_FILE_H
#define KEY_FILE_H

#include "../checks/crypto.h"

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

/*
 * Reads the key in a file: of a private one the public part, of which *how
 * then says whether it worked; a public one (checks/key_read.h) is fine too.
 * A private key that others may read is refused, as ssh does it.  NULL, and
 * *out filled; or one sentence.  With *how PRIVATE_KEY_LOCKED a passphrase is
 * wanted: ask, and call again.  What was read is wiped.
 */
const char *key_file_read(struct arena *, const char *path,
    const char *passphrase, struct public_key *out, enum private_key *how);

/* "example.org-2026-11.pem", in the folder the person is in. */
const char *key_file_name(
    struct arena *, const char *domain, const char *selector);

#endif
