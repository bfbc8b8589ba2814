/* The octets that are hashed. */
#include "dkim_canon.h"

#include <string.h>

/* --- bodies -------------------------------------------------------------- */

void
body_canon_begin(
    struct body_canon *body, enum dkim_canon how, struct hash *hash)
{
	body->how = how;
	body->limited = false;
	body->limit = 0;
	body->hash = hash;
	body->total = 0;
	body->held = 0;
	body->cr = false;
	body->blank = false;
	body->lf = false;
	body->used = 0;
}

static void
flush(struct body_canon *body)
{
	hash_add(body->hash, body->buffer, body->used);
	body->used = 0;
}

/* Canonical octets; those behind l= are counted only. */
static void
put(struct body_canon *body, const char *octets, size_t len)
{
	uint64_t room =
	    body->limit > body->total ? body->limit - body->total : 0;

	body->total += len;
	if (body->limited && len > room)
		len = (size_t)room;
	while (len > 0) {
		size_t n = CANON_BUFFER - body->used;

		if (n > len)
			n = len;
		memcpy(body->buffer + body->used, octets, n);
		body->used += n;
		octets += n;
		len -= n;
		if (body->used == CANON_BUFFER)
			flush(body);
	}
}

static void
put_line_end(struct body_canon *body)
{
	if (body->lf)
		put(body, "\n", 1);
	else
		put(body, "\r\n", 2);
}

/* Something stands behind the line ends and blanks kept back. */
static void
release(struct body_canon *body)
{
	for (; body->held > 0; body->held--)
		put_line_end(body);
	if (body->blank)
		put(body, " ", 1);
	body->blank = false;
}

static void
put_text(struct body_canon *body, const char *octets, size_t len)
{
	if (len == 0)
		return;
	release(body);
	put(body, octets, len);
}

static bool
is_wsp(char c)
{
	return c == ' ' || c == '\t';
}

/* A part of a line, without its end: white space becomes one space. */
static void
put_relaxed(struct body_canon *body, const char *p, size_t len)
{
	const char *end = p + len;

	while (p < end) {
		const char *word = p;

		while (p < end && !is_wsp(*p))
			p++;
		put_text(body, word, (size_t)(p - word));
		while (p < end && is_wsp(*p)) {
			body->blank = true;
			p++;
		}
	}
}

#define STRIDE 16 /* octets looked at at once */

/* Is there a tab in 16 octets, or a blank before another one?  No branches. */
static bool
has_runs(const char *p)
{
	unsigned char found[STRIDE];
	uint64_t half[2];

	for (int i = 0; i < STRIDE; i++)
		found[i] = (unsigned char)((p[i] == '\t') |
		    ((p[i] == ' ') & (p[i + 1] == ' ')));
	memcpy(half, found, sizeof(half));
	return (half[0] | half[1]) != 0;
}

/* Is the text its own relaxed form?  No is right for short ones, too. */
static bool
is_relaxed(const char *p, size_t len)
{
	size_t i;

	if (len <= STRIDE || is_wsp(p[len - 1]))
		return false;
	for (i = 0; i + STRIDE < len; i += STRIDE)
		if (has_runs(p + i))
			return false;
	return !has_runs(p + len - 1 - STRIDE);
}

/* Most lines of a large message are canonical: those go as a whole. */
static void
put_line(struct body_canon *body, const char *p, size_t len)
{
	/* A blank kept back and one in front would be two. */
	if (body->how == DKIM_RELAXED &&
	    (!is_relaxed(p, len) || (body->blank && is_wsp(p[0]))))
		put_relaxed(body, p, len);
	else
		put_text(body, p, len);
}

static void
end_line(struct body_canon *body)
{
	body->held++;
	body->blank = false; /* white space at the end of a line is ignored */
	body->cr = false;
}

/* A CR that no LF followed is an octet like others. */
static void
release_cr(struct body_canon *body)
{
	if (body->cr)
		put_text(body, "\r", 1);
	body->cr = false;
}

void
body_canon_add(struct body_canon *body, const char *p, size_t len)
{
	const char *end = p + len;

	while (p < end) {
		const char *lf = memchr(p, '\n', (size_t)(end - p));
		const char *stop = lf == NULL ? end : lf;

		if (stop > p) {
			release_cr(body);
			body->cr = stop[-1] == '\r';
			put_line(body, p, (size_t)(stop - p) - body->cr);
		}
		if (lf == NULL)
			return;
		end_line(body);
		p = lf + 1;
	}
}

/*
 * Sections 3.4.3 and 3.4.4: all empty lines at the end go; simple ends in one
 * CRLF whatever there was, relaxed only when there was something.
 */
static bool
ends_in_crlf(const struct body_canon *body)
{
	return body->how == DKIM_SIMPLE || body->total > 0;
}

void
body_canon_end(struct body_canon *body, struct sha256 *out)
{
	release_cr(body);
	body->blank = false;
	body->held = 0;
	if (ends_in_crlf(body))
		put_line_end(body);
	flush(body);
	hash_end(body->hash, out);
}

void
body_canon_peek(struct body_canon *body, struct sha256 *out)
{
	flush(body);
	hash_peek(body->hash, "\r\n", ends_in_crlf(body) ? 2 : 0, out);
}

/* --- headers ------------------------------------------------------------- */

struct sink {
	struct hash *hash;
	char buffer[512];
	size_t used;
};

static void
sink_put(struct sink *sink, char c)
{
	if (sink->used == sizeof(sink->buffer)) {
		hash_add(sink->hash, sink->buffer, sink->used);
		sink->used = 0;
	}
	sink->buffer[sink->used++] = c;
}

static bool
is_fold(char c)
{
	return is_wsp(c) || c == '\r' || c == '\n';
}

/* Section 3.4.2, without the CRLF at the end. */
static void
add_relaxed(struct hash *hash, struct str field)
{
	struct sink sink = { .hash = hash };
	size_t colon = str_find(field, ':');
	size_t end = colon, i;
	bool blank = false, begun = false;

	while (end > 0 && is_fold(field.p[end - 1]))
		end--;
	for (i = 0; i < end; i++)
		sink_put(&sink, to_lower(field.p[i]));
	sink_put(&sink, ':');
	for (i = colon + 1; i < field.len; i++) {
		/* CR and LF stand in line ends only, or are octets. */
		bool line_end = field.p[i] == '\n' ||
		    (field.p[i] == '\r' && i + 1 < field.len &&
			field.p[i + 1] == '\n');

		if (line_end)
			continue;
		if (is_wsp(field.p[i])) {
			blank = true;
			continue;
		}
		if (blank && begun)
			sink_put(&sink, ' ');
		blank = false;
		begun = true;
		sink_put(&sink, field.p[i]);
	}
	hash_add(hash, sink.buffer, sink.used);
}

void
header_canon_add(struct hash *hash, enum dkim_canon how, struct str field)
{
	if (how == DKIM_SIMPLE) {
		hash_add(hash, field.p, field.len);
		return;
	}
	header_canon_last(hash, how, field);
	hash_add(hash, "\r\n", 2);
}

void
header_canon_last(struct hash *hash, enum dkim_canon how, struct str field)
{
	if (field.len >= 2 && field.p[field.len - 1] == '\n')
		field.len -= 2;
	if (how == DKIM_SIMPLE)
		hash_add(hash, field.p, field.len);
	else
		add_relaxed(hash, field);
}

struct str
header_own_text(struct arena *arena, const struct dkim_signature *signature)
{
	const struct header_field *field = signature->field;
	size_t before = (size_t)(field->value.p - field->text.p);
	size_t from = before + signature->b_room.from;
	size_t to = before + signature->b_room.to;
	struct str text = str_slice(field->text, 0, field->text.len - 2);
	struct str rest = str_slice(text, to, text.len);
	char *own = arena_alloc(arena, from + rest.len);

	memcpy(own, text.p, from);
	memcpy(own + from, rest.p, rest.len);
	return (struct str){ own, from + rest.len };
}

bool
header_same_name(struct str a, struct str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (to_lower(a.p[i]) != to_lower(b.p[i]))
			return false;
	return true;
}

void
header_select(const struct message *message,
    const struct dkim_signature *signature, struct arena *arena,
    const struct header_field **out)
{
	bool *taken = arena_array(arena, message->nfields, sizeof(*taken));

	for (size_t i = 0; i < message->nfields; i++)
		taken[i] = &message->fields[i] == signature->field;
	for (size_t n = 0; n < signature->nnames; n++) {
		out[n] = NULL;
		for (size_t i = message->nfields; i-- > 0;) {
			if (taken[i] ||
			    !header_same_name(
				message->fields[i].name, signature->names[n]))
				continue;
			taken[i] = true;
			out[n] = &message->fields[i];
			break;
		}
	}
}
