/*
 * What happened to the body: the usual changes are undone, all in one pass
 * over it, and what gives the hash of the signature is what happened.
 */
#include <errno.h>
#include <string.h>

#include "base/i18n.h"
#include "base/printable.h"
#include "dkim_autopsy.h"
#include "dkim_canon.h"

#define LINES_ON_TOP   24 /* lines taken off the front, one by one */
#define TOP_OCTETS_MAX ((uint64_t)1024 * 1024) /* for bodies up to this */
#define LINES_MAX      100000 /* after which an end is looked for */
#define SHOWN_MAX      60 /* octets of a line in a sentence */

enum change {
	CHANGE_OTHER_CANON, /* c= is wrong */
	CHANGE_LF, /* the signer hashed LF */
	CHANGE_LIMIT, /* l= is wrong */
	CHANGE_MBOX, /* ">From " was "From " */
	CHANGE_DOTS, /* ".." was "." */
	CHANGE_TOP, /* from here on: so many lines were put on top */
	CHANGE_COUNT = CHANGE_TOP + LINES_ON_TOP
};

struct body_autopsy {
	struct run *run;
	struct dkim_verdict *verdict;
	struct body_canon *canons[CHANGE_COUNT]; /* NULL: not tried */
	struct body_canon *plain; /* looked at after each line */
	uint64_t lines; /* ended so far */
	uint64_t octets;
	bool matched; /* the body is right up to `match_lines`: */
	uint64_t match_lines;
	const char *behind; /* the first line that is not blank there */
};

/* A piece of a line; all of it, but for very long ones. */
struct piece {
	const char *p;
	size_t len; /* with the line end */
	bool begins, ends;
};

static bool
is_wanted(const struct body_autopsy *a, const struct sha256 *digest)
{
	struct str wanted = a->verdict->signature.body_hash;

	return wanted.len == SHA256_OCTETS &&
	    memcmp(wanted.p, digest->octets, SHA256_OCTETS) == 0;
}

static struct body_canon *
begin_canon(struct body_autopsy *a, enum dkim_canon how)
{
	struct body_canon *canon =
	    arena_alloc(a->run->arena, sizeof(struct body_canon));

	body_canon_begin(canon, how, hash_new());
	canon->limited = a->verdict->signature.limited;
	canon->limit = a->verdict->signature.limit;
	return canon;
}

static void
begin(struct body_autopsy *a, uint64_t body_octets)
{
	const struct dkim_signature *signature = &a->verdict->signature;
	enum dkim_canon how = signature->body;

	for (size_t i = 0; i < CHANGE_COUNT; i++) {
		if ((i == CHANGE_LIMIT && !signature->limited) ||
		    (i >= CHANGE_TOP && body_octets > TOP_OCTETS_MAX))
			continue;
		a->canons[i] = begin_canon(a, how);
	}
	a->canons[CHANGE_OTHER_CANON]->how =
	    how == DKIM_SIMPLE ? DKIM_RELAXED : DKIM_SIMPLE;
	a->canons[CHANGE_LF]->lf = true;
	if (a->canons[CHANGE_LIMIT] != NULL)
		a->canons[CHANGE_LIMIT]->limited = false;
	a->plain = begin_canon(a, how);
}

static bool
starts(const struct piece *piece, const char *prefix)
{
	size_t len = strlen(prefix);

	return piece->begins && piece->len >= len &&
	    memcmp(piece->p, prefix, len) == 0;
}

/* Looks whether the body was right up to here; section 3.4.4 forgives blanks */
static void
look_for_end(struct body_autopsy *a, const struct piece *piece)
{
	struct str line = tag_trim((struct str){ piece->p, piece->len });
	struct sha256 digest;

	if (a->matched && a->behind == NULL && line.len > 0)
		a->behind =
		    printable(a->run->arena, str_slice(line, 0, SHOWN_MAX));
	body_canon_add(a->plain, piece->p, piece->len);
	if (!piece->ends || line.len == 0 || a->matched ||
	    a->lines > LINES_MAX || a->verdict->signature.limited)
		return;
	body_canon_peek(a->plain, &digest);
	if (is_wanted(a, &digest)) {
		a->matched = true;
		a->match_lines = a->lines + 1;
	}
}

static void
take_piece(struct body_autopsy *a, const struct piece *piece)
{
	for (size_t i = 0; i < CHANGE_COUNT; i++) {
		size_t cut = 0;

		if (a->canons[i] == NULL ||
		    (i >= CHANGE_TOP && a->lines <= i - CHANGE_TOP))
			continue;
		if ((i == CHANGE_MBOX && starts(piece, ">From ")) ||
		    (i == CHANGE_DOTS && starts(piece, "..")))
			cut = 1;
		body_canon_add(a->canons[i], piece->p + cut, piece->len - cut);
	}
	look_for_end(a, piece);
	a->lines += piece->ends;
	a->octets += piece->len;
}

/*
 * Cuts what is in the buffer into lines; gives the octets taken.  The rest is
 * the front of a line whose end has not been read yet.
 */
static size_t
take_lines(struct body_autopsy *a, const char *buffer, size_t len, bool all,
    bool *inside)
{
	size_t at = 0;

	while (at < len) {
		struct str rest = { buffer + at, len - at };
		size_t end = str_find(rest, '\n');
		struct piece piece = { rest.p, end + 1, !*inside, true };

		if (end == rest.len) {
			if (!all)
				break;
			piece.len = rest.len;
			piece.ends = false;
		}
		take_piece(a, &piece);
		*inside = !piece.ends;
		at += piece.len;
	}
	return at;
}

static enum status
read_body(struct body_autopsy *a, const struct message *message)
{
	char *buffer = arena_alloc(a->run->arena, MESSAGE_BLOCK);
	size_t len = 0;
	bool inside = false;
	off_t at = 0;
	ssize_t n = 1;

	while (n > 0) {
		size_t taken;

		n = message_body(
		    message, &at, buffer + len, MESSAGE_BLOCK - len);
		if (n == -1)
			return run_fail(a->run, E_NETWORK,
			    _("the message could not be read: %s"),
			    strerror(errno));
		len += (size_t)n;
		taken = take_lines(
		    a, buffer, len, n == 0 || len == MESSAGE_BLOCK, &inside);
		len -= taken;
		memmove(buffer, buffer + taken, len);
	}
	return OK;
}

/* --- what came of it ----------------------------------------------------- */

static void
say_added_at_end(struct body_autopsy *a)
{
	autopsy_say(a->run, a->verdict,
	    PLURAL(
		"The first line (%llu) of the body is as it was signed; what "
		"follows was added afterwards, beginning with \"%s\". That "
		"is what footers and disclaimers of mailing lists, "
		"gateways and virus scanners do: let them run before the "
		"signer, or not for signed mail.",
		"The first %llu lines of the body are as they were signed; "
		"what follows was added afterwards, beginning with \"%s\". "
		"That is what footers and disclaimers of mailing lists, "
		"gateways and virus scanners do: let them run before the "
		"signer, or not for signed mail.",
		a->match_lines),
	    (unsigned long long)a->match_lines,
	    a->behind == NULL ? "" : a->behind);
}

static void
say_lines_on_top(struct body_autopsy *a, int lines)
{
	if (lines == 1)
		autopsy_say(a->run, a->verdict,
		    _("One line was put on top of the body after it was "
		      "signed, as warnings about mail from outside are. Let "
		      "that happen before the signer, or not for signed "
		      "mail."));
	else
		autopsy_say(a->run, a->verdict,
		    _("%d lines were put on top of the body after it was "
		      "signed, as warnings about mail from outside are. Let "
		      "that happen before the signer, or not for signed "
		      "mail."),
		    lines);
}

static void
say_change(struct body_autopsy *a, enum change change)
{
	struct run *run = a->run;
	struct dkim_verdict *verdict = a->verdict;
	bool relaxed = verdict->signature.body == DKIM_RELAXED;

	switch (change) {
	case CHANGE_OTHER_CANON:
		autopsy_say(run, verdict,
		    relaxed
			? _("The body hash is right for \"simple\", but c= "
			    "says \"relaxed\": the signer names another "
			    "canonicalization than it uses.")
			: _("The body hash is right for \"relaxed\", but c= "
			    "says \"simple\": the signer names another "
			    "canonicalization than it uses."));
		break;
	case CHANGE_LF:
		autopsy_say(run, verdict,
		    _("The signer hashed a body whose lines end in LF, where "
		      "CRLF is the rule: it signs a file and not what goes "
		      "over the network."));
		break;
	case CHANGE_LIMIT:
		autopsy_say(run, verdict,
		    _("The hash is that of the whole body, and not of the "
		      "part that l= gives: l= is wrong. Sign without it."));
		break;
	case CHANGE_MBOX:
		autopsy_say(run, verdict,
		    _("The mailbox format put \">\" before lines that begin "
		      "with \"From \"; without it the body is right. Look at "
		      "the message as it arrived instead."));
		break;
	case CHANGE_DOTS:
		autopsy_say(run, verdict,
		    _("Lines that begin with a dot have one dot too many: the "
		      "signer, or what stored this file, did not undo the "
		      "doubling that SMTP needs. Without it the body is "
		      "right."));
		break;
	default:
		say_lines_on_top(a, (int)(change - CHANGE_TOP) + 1);
		break;
	}
}

/* What explains the most is said; false: nothing does. */
static bool
conclude(struct body_autopsy *a)
{
	bool found = false;
	struct sha256 digest;

	for (size_t i = 0; i < CHANGE_COUNT; i++) {
		if (a->canons[i] == NULL)
			continue;
		body_canon_end(a->canons[i], &digest);
		hash_free(a->canons[i]->hash);
		if (!found && is_wanted(a, &digest)) {
			say_change(a, (enum change)i);
			found = true;
		}
	}
	body_canon_end(a->plain, &digest);
	hash_free(a->plain->hash);
	if (!found && a->matched && a->behind != NULL) {
		say_added_at_end(a);
		found = true;
	}
	return found;
}

/* bh= of an empty body, by either canonicalization. */
static bool
was_empty(struct body_autopsy *a)
{
	struct hash *hash = hash_new();
	struct sha256 digest;

	if (a->verdict->signature.body == DKIM_SIMPLE)
		hash_add(hash, "\r\n", 2);
	hash_end(hash, &digest);
	hash_free(hash);
	return is_wanted(a, &digest);
}

static void
say_what_is_left(struct body_autopsy *a)
{
	const struct dkim_signature *signature = &a->verdict->signature;

	if (a->octets == 0)
		autopsy_say(a->run, a->verdict,
		    _("There is no body in this file, and there was one when "
		      "the message was signed: look at the whole message."));
	else if (signature->limited && !a->verdict->part_signed)
		autopsy_say(a->run, a->verdict,
		    _("The body is shorter than the %llu octets that were "
		      "signed (l=): something was cut off."),
		    (unsigned long long)signature->limit);
	else
		autopsy_say(a->run, a->verdict,
		    _("What changes a body on the way: footers, virus "
		      "scanners, a relay that converts 8bit to "
		      "quoted-printable or breaks long lines, Exchange "
		      "building the parts anew. Let the signer be the last "
		      "that touches a message%s."),
		    signature->body == DKIM_SIMPLE
			? _(", and sign with c=relaxed/relaxed, which "
			    "forgives changed blanks")
			: "");
}

enum status
autopsy_body(struct run *run, const struct message *message,
    struct dkim_verdict *verdict)
{
	struct body_autopsy a = { .run = run, .verdict = verdict };
	enum status status;

	if (was_empty(&a)) {
		autopsy_say(run, verdict,
		    _("The hash in the signature is that of an empty body: "
		      "the signer ran before the body was there."));
		return OK;
	}
	begin(&a, verdict->body_octets);
	status = read_body(&a, message);
	if (!conclude(&a) && status == OK)
		say_what_is_left(&a);
	return status;
}
