/*
 * Addresses in header fields.
 *
 * Comments may be nested, to any depth: they are counted, not followed.
 */
#include "mailbox.h"

#include "domain.h"
#include "tagvalue.h"

/* The text without comments; quoted strings stay.  *quotes marks their octets.
 */
struct clean {
	char *text;
	bool *quoted;
	size_t len;
};

static void
keep(struct clean *clean, char c, bool quoted)
{
	clean->text[clean->len] = c;
	clean->quoted[clean->len++] = quoted;
}

/* RFC 5322 section 3.2.1: a backslash takes the next octet as it is. */
static void
strip_comments(struct arena *arena, struct str value, struct clean *out)
{
	bool quoted = false;
	size_t comments = 0;

	*out = (struct clean){
		.text = arena_alloc(arena, value.len),
		.quoted = arena_array(arena, value.len, sizeof(bool)),
	};
	for (size_t i = 0; i < value.len; i++) {
		char c = value.p[i];
		bool escaped =
		    c == '\\' && i + 1 < value.len && (quoted || comments > 0);

		if (escaped)
			c = value.p[++i];
		if (comments > 0) {
			if (!escaped && c == '(')
				comments++;
			if (!escaped && c == ')')
				comments--;
		} else if (!escaped && c == '"') {
			quoted = !quoted;
			keep(out, c, true);
		} else if (!quoted && c == '(') {
			comments = 1;
			keep(out, ' ', false);
		} else {
			keep(out, c, quoted);
		}
	}
}

static bool
is_plain(const struct clean *clean, size_t i, char c)
{
	return clean->text[i] == c && !clean->quoted[i];
}

/* One mailbox: what stands in its last "<>", or all of it. */
static struct str
address_of(const struct clean *clean, size_t from, size_t to)
{
	size_t open = to, close = to;

	for (size_t i = from; i < to; i++) {
		if (is_plain(clean, i, '<')) {
			open = i;
			close = to;
		} else if (is_plain(clean, i, '>') && close == to) {
			close = i;
		}
	}
	if (open < to)
		return tag_trim(
		    (struct str){ clean->text + open + 1, close - open - 1 });
	return tag_trim((struct str){ clean->text + from, to - from });
}

static bool
has_octets(const struct clean *clean, size_t from, size_t to)
{
	return tag_trim((struct str){ clean->text + from, to - from }).len > 0;
}

/*
 * Where the mailbox that begins at `from` ends: a comma or the semicolon of a
 * group, outside of "<>" and "[]".  *from moves behind the name of a group.
 */
static size_t
end_of(const struct clean *clean, size_t *from)
{
	bool angle = false, literal = false;
	size_t i;

	for (i = *from; i < clean->len; i++) {
		if (is_plain(clean, i, '<'))
			angle = true;
		else if (is_plain(clean, i, '>'))
			angle = false;
		else if (is_plain(clean, i, '['))
			literal = true;
		else if (is_plain(clean, i, ']'))
			literal = false;
		else if (angle || literal)
			continue;
		else if (is_plain(clean, i, ':'))
			*from = i + 1;
		else if (is_plain(clean, i, ',') || is_plain(clean, i, ';'))
			break;
	}
	return i;
}

size_t
mailbox_read(struct arena *arena, struct str value, struct str **out)
{
	struct clean clean;
	size_t n = 0, from = 0;

	*out = NULL;
	strip_comments(arena, value, &clean);
	while (from < clean.len && n < MAILBOX_MAX) {
		size_t end = end_of(&clean, &from);

		if (has_octets(&clean, from, end)) {
			*out = arena_grow(arena, *out, n, sizeof(**out));
			(*out)[n++] = address_of(&clean, from, end);
		}
		from = end + 1;
	}
	return n;
}

const char *
mailbox_domain(struct arena *arena, struct str address)
{
	struct domain_name name;
	char *octets = arena_alloc(arena, address.len);
	size_t at = address.len, len = 0;

	while (at > 0 && address.p[at - 1] != '@')
		at--;
	if (at == 0)
		return NULL;
	for (size_t i = at; i < address.len; i++) {
		char c = address.p[i];

		if (is_tag_blank(c))
			continue;
		if (!is_alnum(c) && c != '-' && c != '_' && c != '.' &&
		    (unsigned char)c < 0x80)
			return NULL;
		octets[len++] = c;
	}
	if (domain_read_as(arena, (struct str){ octets, len }, DOMAIN_IN_DNS,
		&name) != NULL)
		return NULL;
	return name.name;
}
