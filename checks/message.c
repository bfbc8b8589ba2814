/* A mail message as it lies in a file. */
#include "message.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/printable.h"

/* What is read at once of the front, before the end of the header is known. */
#define FRONT ((size_t)16 * 1024)

struct front {
	struct arena *arena;
	struct message *out;
	char *octets;
	size_t len;
	size_t at; /* octets taken */
	bool whole; /* nothing follows in the file */
};

static ssize_t
read_at(int fd, char *buffer, size_t size, off_t at)
{
	ssize_t n;

	do
		n = pread(fd, buffer, size, at);
	while (n == -1 && errno == EINTR);
	return n;
}

/* Until the buffer is full or the file ends; -1 with errno. */
static ssize_t
read_full(int fd, char *buffer, size_t size, off_t at)
{
	size_t len = 0;

	while (len < size) {
		ssize_t n =
		    read_at(fd, buffer + len, size - len, at + (off_t)len);

		if (n == -1)
			return -1;
		if (n == 0)
			break;
		len += (size_t)n;
	}
	return (ssize_t)len;
}

ssize_t
message_body(
    const struct message *message, off_t *at, char *buffer, size_t size)
{
	ssize_t n = read_at(message->fd, buffer, size, message->body + *at);

	if (n > 0)
		*at += n;
	return n;
}

static bool
is_named(const struct header_field *field, const char *name, size_t len)
{
	return field->name.len == len && str_equal_nocase(field->name, name);
}

const struct header_field *
message_field(const struct message *message, const char *name, size_t nth)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < message->nfields; i++)
		if (is_named(&message->fields[i], name, len) && nth-- == 0)
			return &message->fields[i];
	return NULL;
}

size_t
message_count(const struct message *message, const char *name)
{
	size_t len = strlen(name), n = 0;

	for (size_t i = 0; i < message->nfields; i++)
		n += is_named(&message->fields[i], name, len);
	return n;
}

/* --- the header ---------------------------------------------------------- */

/* One line, its end included; false when the file may hold more of it. */
static bool
next_line(const struct front *front, size_t at, struct str *out)
{
	struct str rest = { front->octets + at, front->len - at };
	size_t end = str_find(rest, '\n');

	if (end == rest.len && !front->whole)
		return false;
	*out = str_slice(rest, 0, end + 1);
	return true;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
is_empty_line(struct str line)
{
	return (line.len == 1 && line.p[0] == '\n') ||
	    (line.len == 2 && line.p[0] == '\r' && line.p[1] == '\n');
}

/*
 * field-name = 1*ftext, %d33-57 / %d59-126 (RFC 5322 section 2.2); blanks
 * before the colon are obsolete, and read (section 4.5).  0: no field begins
 * here; else where the colon is.
 */
static size_t
find_colon(struct str line, size_t *name_len)
{
	size_t i = 0;

	while (i < line.len && line.p[i] > ' ' && line.p[i] < 0x7f &&
	    line.p[i] != ':')
		i++;
	*name_len = i;
	while (i < line.len && is_blank(line.p[i]))
		i++;
	return i < line.len && line.p[i] == ':' && *name_len > 0 ? i : 0;
}

/* With CRLF at the end of every line. */
static struct str
with_crlf(struct arena *arena, struct str text)
{
	size_t bare = 0, len = 0;
	char *out;

	for (size_t i = 0; i < text.len; i++)
		bare += text.p[i] == '\n' && (i == 0 || text.p[i - 1] != '\r');
	if (text.len == 0 || text.p[text.len - 1] != '\n')
		bare += 2;
	if (bare == 0)
		return text;
	out = arena_alloc(arena, text.len + bare);
	for (size_t i = 0; i < text.len; i++) {
		if (text.p[i] == '\n' && (i == 0 || text.p[i - 1] != '\r'))
			out[len++] = '\r';
		out[len++] = text.p[i];
	}
	if (text.len == 0 || text.p[text.len - 1] != '\n') {
		out[len++] = '\r';
		out[len++] = '\n';
	}
	return (struct str){ out, len };
}

static void
add_field(struct front *front, struct str raw)
{
	struct message *out = front->out;
	struct header_field *field;
	size_t name_len, colon;

	out->fields = arena_grow(
	    front->arena, out->fields, out->nfields, sizeof(*out->fields));
	field = &out->fields[out->nfields++];
	field->text = with_crlf(front->arena, raw);
	out->bare_lf = out->bare_lf || field->text.len != raw.len;
	colon = find_colon(field->text, &name_len);
	field->name = str_slice(field->text, 0, name_len);
	field->value = str_slice(field->text, colon + 1, field->text.len - 2);
}

/* "From someone Mon Jan ...": what mbox puts before a message; RFC 4155. */
static bool
is_mbox_line(struct str line)
{
	return str_skip(&line, "From ") || str_skip(&line, ">From ");
}

static bool
skip_front(struct front *front)
{
	struct str rest = { front->octets, front->len };
	struct str line;

	front->at = 0;
	if (str_skip(&rest, "\xef\xbb\xbf")) {
		front->out->bom = true;
		front->at = 3;
	}
	while (next_line(front, front->at, &line)) {
		if (line.len == 0 || !is_mbox_line(line))
			return true;
		front->out->mbox = true;
		front->at += line.len;
	}
	return false;
}

enum header_end { HEADER_DONE, HEADER_MORE, HEADER_TOO_MANY };

/*
 * All fields there are in the buffer.  A line that is neither a field nor
 * folded ends the header: what follows is the body, as servers take it.
 */
static enum header_end
read_fields(struct front *front)
{
	struct message *out = front->out;
	struct str line, next;
	size_t unused;

	out->nfields = 0;
	out->fields = NULL;
	if (!skip_front(front))
		return HEADER_MORE;
	for (;;) {
		if (!next_line(front, front->at, &line))
			return HEADER_MORE;
		out->no_body = line.len == 0;
		if (is_empty_line(line))
			front->at += line.len;
		if (line.len == 0 || is_empty_line(line) ||
		    find_colon(line, &unused) == 0)
			return HEADER_DONE;
		for (;;) {
			if (!next_line(front, front->at + line.len, &next))
				return HEADER_MORE;
			if (next.len == 0 || !is_blank(next.p[0]))
				break;
			line.len += next.len;
		}
		if (out->nfields == MESSAGE_FIELDS_MAX)
			return HEADER_TOO_MANY;
		add_field(front, line);
		front->at += line.len;
	}
}

/* Reads more and more of the file until the header has ended. */
static const char *
read_header(struct front *front, off_t begin, const char *name)
{
	struct arena *arena = front->arena;
	enum header_end end = HEADER_MORE;
	size_t size = FRONT;

	while (end == HEADER_MORE && size <= 2 * MESSAGE_HEADER_MAX) {
		ssize_t n;

		front->octets = arena_alloc(arena, size);
		n = read_full(front->out->fd, front->octets, size, begin);
		if (n == -1)
			return arena_printf(arena, _("%s cannot be read: %s."),
			    name, strerror(errno));
		front->len = (size_t)n;
		front->whole = front->len < size;
		end = read_fields(front);
		size *= 4;
	}
	if (end != HEADER_DONE)
		return arena_printf(arena,
		    _("%s is not a message that any server would take: its "
		      "header has more than %zu octets or %d fields."),
		    name, MESSAGE_HEADER_MAX, MESSAGE_FIELDS_MAX);
	front->out->body = begin + (off_t)front->at;
	return NULL;
}

/* Is any field here that mail has?  A file of "name: value" lines is none. */
static bool
looks_like_mail(const struct message *message)
{
	static const char *const known[] = { "From", "Received", "Date",
		"Subject", "To", "Message-ID", "Return-Path", "DKIM-Signature",
		"MIME-Version", "Sender", "Delivered-To", "Resent-From" };

	for (size_t i = 0; i < COUNT(known); i++)
		if (message_count(message, known[i]) > 0)
			return true;
	return false;
}

static const char *
judge(struct front *front, const char *name)
{
	static const char outlook[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
	struct str text = { front->octets, front->len };

	if (front->len == 0)
		return arena_printf(
		    front->arena, _("%s is empty: there is no message."), name);
	if (str_skip(&text, outlook))
		return arena_printf(front->arena,
		    _("%s is in Outlook's own format, which does not keep a "
		      "message as it travelled; save it as .eml (\"show "
		      "original\", \"message source\") and try again."),
		    name);
	if (!looks_like_mail(front->out))
		return arena_printf(front->arena,
		    _("%s is not a mail message: it does not begin with header "
		      "lines such as \"From: someone@example.org\"."),
		    name);
	return NULL;
}

/* --- the file ------------------------------------------------------------ */

/* Copies all there is; NULL, or why not, with errno in the sentence. */
static bool
copy_all(int from, int to)
{
	char buffer[16 * 1024];
	ssize_t n;

	for (;;) {
		n = read(from, buffer, sizeof(buffer));
		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0;
		for (ssize_t done = 0, w; done < n; done += w) {
			w = write(to, buffer + done, (size_t)(n - done));
			if (w == -1 && errno == EINTR)
				w = 0;
			if (w == -1)
				return false;
		}
	}
}

/* A file of mode 0600 that has no name any more; -1 with errno. */
static int
unnamed_file(struct arena *arena)
{
	const char *folder = getenv("TMPDIR");
	char *path;
	int fd;

	if (folder == NULL || folder[0] == '\0')
		folder = "/tmp";
	path = arena_printf(arena, "%s/mailwizard-XXXXXX", folder);
	fd = mkostemp(path, O_CLOEXEC);
	if (fd != -1)
		unlink(path);
	return fd;
}

static const char *
spool(struct arena *arena, const char *name, int *fd)
{
	int copy = unnamed_file(arena);
	const char *problem = NULL;

	if (copy == -1)
		return arena_printf(arena,
		    _("%s cannot be kept in a temporary file: %s; TMPDIR says "
		      "where those go."),
		    name, strerror(errno));
	if (!copy_all(*fd, copy)) {
		problem = arena_printf(arena,
		    _("%s cannot be read into a temporary file: %s."), name,
		    strerror(errno));
		close(copy);
		return problem;
	}
	close(*fd);
	*fd = copy;
	return NULL;
}

static const char *
read_file(struct arena *arena, const char *name, struct message *out)
{
	struct front front = { .arena = arena, .out = out };
	struct stat facts;
	off_t begin = 0;
	const char *problem = NULL;

	if (fstat(out->fd, &facts) == -1)
		return arena_printf(
		    arena, _("%s cannot be read: %s."), name, strerror(errno));
	if (S_ISDIR(facts.st_mode))
		return arena_printf(arena,
		    _("%s is a folder; give the file of one message."), name);
	if (S_ISREG(facts.st_mode))
		begin = lseek(out->fd, 0, SEEK_CUR);
	else
		problem = spool(arena, name, &out->fd);
	if (problem == NULL)
		problem = read_header(&front, begin > 0 ? begin : 0, name);
	return problem != NULL ? problem : judge(&front, name);
}

const char *
message_read(struct arena *arena, int fd, const char *name, struct message *out)
{
	struct message message = { .fd = fd };
	const char *problem =
	    read_file(arena, printable(arena, str_of(name)), &message);

	if (problem != NULL)
		close(message.fd);
	else
		*out = message;
	return problem;
}

const char *
message_open(struct arena *arena, const char *path, struct message *out)
{
	bool is_stdin = strcmp(path, "-") == 0;
	int fd = is_stdin ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
			  : open(path, O_RDONLY | O_CLOEXEC);

	if (is_stdin)
		path = _("The standard input");
	if (fd == -1)
		return arena_printf(arena, _("%s cannot be opened: %s."),
		    printable(arena, str_of(path)), strerror(errno));
	return message_read(arena, fd, path, out);
}

void
message_close(struct message *message)
{
	close(message->fd);
	message->fd = -1;
}
