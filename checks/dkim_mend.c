/* A key record as it was meant. */
#include "dkim_mend.h"

#include <string.h>

#include "spf_clean.h"

#define RAW_MAX	 8192 /* octets; no key record is longer */
#define TAGS_MAX 32

struct wish {
	struct str name[TAGS_MAX];
	struct str value[TAGS_MAX];
	size_t n;
};

/* Plain ASCII without marks that never belong into a key record. */
static struct str
plain(struct arena *arena, struct str raw)
{
	struct str text = spf_plain(arena, str_slice(raw, 0, RAW_MAX));
	char *out = arena_alloc(arena, text.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		if (text.p[i] != '\0' && strchr("\\\"'`()", text.p[i]) == NULL)
			out[n++] = text.p[i];
	return (struct str){ out, n };
}

struct str
dkim_key_digits(struct arena *arena, struct str text)
{
	char *out = arena_alloc(arena, text.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++) {
		struct str rest = str_slice(text, i, text.len);

		if (str_starts_nocase(rest, "-----BEGIN ") ||
		    str_starts_nocase(rest, "-----END ")) {
			for (i += 5; i < text.len && text.p[i] != '-'; i++)
				;
			continue;
		}
		if (is_alnum(text.p[i]) || text.p[i] == '+' ||
		    text.p[i] == '/' || text.p[i] == '=')
			out[n++] = text.p[i];
	}
	return (struct str){ out, n };
}

/* The first of each name counts; v= is written anew. */
static void
take_tags(struct wish *wish, struct str text)
{
	while (text.len > 0 && wish->n < TAGS_MAX) {
		struct str value = tag_trim(str_word(&text, ';'));
		size_t sign = str_find(value, '=');
		struct str name = tag_trim(str_slice(value, 0, sign));
		bool known = sign == value.len || name.len == 0 ||
		    str_equal_nocase(name, "v");

		for (size_t i = 0; i < wish->n; i++)
			known = known || str_equal(name, wish->name[i]);
		if (known)
			continue;
		wish->name[wish->n] = name;
		wish->value[wish->n++] =
		    tag_trim(str_slice(value, sign + 1, value.len));
	}
}

bool
dkim_mend(struct arena *arena, struct str raw, struct str *out)
{
	struct wish wish = { .n = 0 };
	const char *made = "v=DKIM1";
	struct dkim_key key;

	take_tags(&wish, plain(arena, raw));
	for (size_t i = 0; i < wish.n; i++) {
		struct str value = wish.value[i];

		if (str_equal(wish.name[i], str_of("p")))
			value = dkim_key_digits(arena, value);
		made = arena_printf(arena, "%s; %.*s=%.*s", made,
		    (int)wish.name[i].len, wish.name[i].p, (int)value.len,
		    value.p);
	}
	*out = str_of(made);
	dkim_key_read(arena, *out, &key);
	return key.fault == DKIM_KEY_SOUND;
}

#define PARTS_MAX 3 /* records behind the head: 4096 bits need that many */

struct join {
	struct arena *arena;
	struct str part[PARTS_MAX];
	bool used[PARTS_MAX];
	size_t n; /* parts there are */
	struct str joined;
};

/* Nothing but digits of base64, perhaps in quotes. */
static bool
is_part(struct str text)
{
	size_t digits = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.p[i];

		if (is_alnum(c) || c == '+' || c == '/' || c == '=')
			digits++;
		else if (c != ' ' && c != '\t' && c != '"' && c != '\\')
			return false;
	}
	return digits > 0 && text.len <= RAW_MAX;
}

/* All parts behind what is there, in an order that makes a key. */
static bool
join_rest(struct join *join, struct str so_far, size_t left)
{
	if (left == 0)
		return dkim_mend(join->arena, so_far, &join->joined);
	for (size_t i = 0; i < join->n; i++) {
		struct str more = join->part[i];
		const char *text;
		bool made;

		if (join->used[i])
			continue;
		join->used[i] = true;
		text = arena_printf(join->arena, "%.*s%.*s", (int)so_far.len,
		    so_far.p, (int)more.len, more.p);
		made = join_rest(join, str_of(text), left - 1);
		join->used[i] = false;
		if (made)
			return true;
	}
	return false;
}

bool
dkim_join(struct arena *arena, const struct record *records, size_t n,
    const struct record *head, struct str *out, size_t *parts)
{
	struct join join = { .arena = arena };

	for (size_t i = 0; i < n && join.n < PARTS_MAX; i++)
		if (&records[i] != head && is_part(records[i].text))
			join.part[join.n++] = records[i].text;
	/* The fewest that do: what else stands there may be no part of it. */
	for (size_t k = 1; k <= join.n; k++) {
		if (!join_rest(&join, str_slice(head->text, 0, RAW_MAX), k))
			continue;
		*out = join.joined;
		*parts = k + 1;
		return true;
	}
	return false;
}

size_t
dkim_missing_octets(struct arena *arena, struct str p)
{
	struct str text = dkim_key_digits(arena, p), octets;
	struct key_facts facts;
	struct span at;

	text.len -= text.len % 4;
	if (text.len == 0 || base64_read(arena, text, &octets, &at) != NULL)
		return 0;
	key_look(octets, false, &facts);
	return facts.missing;
}
