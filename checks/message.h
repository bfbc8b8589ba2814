/*
 * checks/message.h - a mail message as it lies in a file; RFC 5322.
 *
 * The header is kept, octet for octet but for line ends, which are CRLF as on
 * the wire; the body stays in the file and is read in blocks, as often as
 * anyone wants: 50 MB take no more memory than one.  A "From " line of mbox
 * and a byte order mark at the front are left out.
 */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <sys/types.h>

#include "base/str.h"

#define MESSAGE_HEADER_MAX ((size_t)1024 * 1024) /* octets; more is refused */
#define MESSAGE_FIELDS_MAX 8192 /* fields; more is refused */
#define MESSAGE_BLOCK	   ((size_t)64 * 1024) /* octets of body at once */

struct header_field {
	struct str text; /* all of it, with CRLF at the end */
	struct str name; /* as written, without blanks before the colon */
	struct str value; /* behind the colon, folded, without the last CRLF */
};

struct message {
	int fd; /* of the file, or of an unlinked copy */
	off_t body; /* where the body begins in it */
	struct header_field *fields; /* from the top */
	size_t nfields;
	bool bare_lf; /* lines of the header end in LF alone */
	bool mbox; /* there was a "From " line */
	bool bom; /* there was a byte order mark */
	bool no_body; /* not even the empty line behind the header */
};

/*
 * Opens a file; "-" is stdin.  What cannot be read twice (a pipe) is copied to
 * an unlinked file of mode 0600 first.  NULL, and *out is to be closed; or one
 * sentence that says what is wrong, and it is not.  The header lives in the
 * arena.
 */
const char *message_open(struct arena *, const char *path, struct message *out);

/* The same for a descriptor, which is then the message's; `name` in errors. */
const char *message_read(
    struct arena *, int fd, const char *name, struct message *out);
void message_close(struct message *);

/*
 * Reads the body from `*at` (0 to begin with; moved on) into a buffer: octets
 * as in the file.  Gives how many; 0 at the end, -1 when reading fails (errno).
 */
ssize_t message_body(
    const struct message *, off_t *at, char *buffer, size_t size);

/* The field of that name that is `nth` from the top, from 0; NULL: none. */
const struct header_field *message_field(
    const struct message *, const char *name, size_t nth);
size_t message_count(const struct message *, const char *name);

#endif
