/* Tables kept as text. */
#include "stanza.h"

#include <string.h>

#include "../assets/asset.h"

#define NUMBER_MAX 65535

struct reader {
	struct arena *arena;
	const char *file;
	struct str rest; /* what is still to be read */
	unsigned int line; /* of the line read last, from 1 */
	const struct stanza_key *keys;
	size_t nkeys;
	size_t size; /* of a row */
	struct stanza_table *out;
};

static void
complain(struct reader *in, const char *what, const char *about)
{
	if (in->out->error == NULL)
		in->out->error = arena_printf(in->arena, "%s line %u: %s: %s",
		    in->file, in->line, what, about);
}

/* The next line, without taking it; comments are not there. */
static struct str
peek(struct reader *in)
{
	struct str rest;

	while (in->rest.len > 0 && in->rest.p[0] == '#') {
		in->line++;
		str_word(&in->rest, '\n');
	}
	rest = in->rest;
	return str_word(&rest, '\n');
}

static struct str
take(struct reader *in)
{
	in->line++;
	return str_word(&in->rest, '\n');
}

static bool
is_blank(struct str line)
{
	return str_trim(line).len == 0;
}

static bool
goes_on(struct str line)
{
	return !is_blank(line) && (line.p[0] == ' ' || line.p[0] == '\t');
}

static bool
find_choice(const char *const *choices, size_t n, struct str word, size_t *out)
{
	for (size_t i = 0; i < n; i++)
		if (str_equal(word, str_of(choices[i]))) {
			*out = i;
			return true;
		}
	return false;
}

static void
store_words(struct reader *in, const struct stanza_key *key, struct str value,
    char *row)
{
	const char **list = NULL;
	size_t n = 0;

	while (value.len > 0) {
		struct str word = str_word(&value, ' ');

		if (word.len == 0)
			continue;
		list = arena_grow(in->arena, list, n, sizeof(list[0]));
		list[n++] = str_dup(in->arena, word);
	}
	memcpy(row + key->at, &list, sizeof(list));
	memcpy(row + key->count_at, &n, sizeof(n));
}

/* False when the value is none of this kind. */
static bool
store(struct reader *in, const struct stanza_key *key, struct str value,
    char *row)
{
	static const char *const yes_no[] = { "no", "yes" };
	const char *text = str_dup(in->arena, value);
	uint64_t number;
	size_t choice;

	switch (key->kind) {
	case STANZA_TEXT:
		memcpy(row + key->at, &text, sizeof(text));
		return value.len > 0;
	case STANZA_WORDS:
		store_words(in, key, value, row);
		return value.len > 0;
	case STANZA_CHOICE:
		if (!find_choice(key->choices, key->nchoices, value, &choice))
			return false;
		*(unsigned int *)(void *)(row + key->at) = (unsigned int)choice;
		return true;
	case STANZA_FLAG:
		if (!find_choice(yes_no, COUNT(yes_no), value, &choice))
			return false;
		*(bool *)(void *)(row + key->at) = choice == 1;
		return true;
	case STANZA_NUMBER:
		if (!str_number(value, NUMBER_MAX, &number))
			return false;
		*(size_t *)(void *)(row + key->at) = (size_t)number;
		return true;
	}
	return false;
}

/* The value of a line and of those that go on with it. */
static struct str
whole_value(struct reader *in, struct str value)
{
	while (goes_on(peek(in)))
		value = str_of(
		    arena_printf(in->arena, "%s %s", str_dup(in->arena, value),
			str_dup(in->arena, str_trim(take(in)))));
	return value;
}

static void
read_line(struct reader *in, char *row, bool *seen)
{
	struct str value = take(in);
	struct str word = str_trim(str_word(&value, ':'));
	const char *name = str_dup(in->arena, word);

	value = whole_value(in, str_trim(value));
	for (size_t i = 0; i < in->nkeys; i++) {
		if (!str_equal(word, str_of(in->keys[i].key)))
			continue;
		if (seen[i])
			complain(in, name, "is there twice");
		else if (!store(in, &in->keys[i], value, row))
			complain(in, name, "has no such value");
		seen[i] = true;
		return;
	}
	complain(in, name, "is no key");
}

static void
read_stanza(struct reader *in)
{
	struct stanza_table *out = in->out;
	bool *seen = arena_array(in->arena, in->nkeys, sizeof(seen[0]));
	const char *none = "";
	char *row;

	out->rows = arena_grow(in->arena, out->rows, out->n, in->size);
	row = (char *)out->rows + out->n++ * in->size;
	memset(row, 0, in->size);
	for (size_t i = 0; i < in->nkeys; i++)
		if (in->keys[i].kind == STANZA_TEXT)
			memcpy(row + in->keys[i].at, &none, sizeof(none));
	while (!is_blank(peek(in)))
		read_line(in, row, seen);
	for (size_t i = 0; i < in->nkeys; i++)
		if (in->keys[i].required && !seen[i])
			complain(in, in->keys[i].key, "is missing");
}

struct stanza_table
stanza_parse(struct arena *arena, const char *file, struct str text,
    const struct stanza_key *keys, size_t nkeys, size_t size)
{
	struct stanza_table out = { 0 };
	struct reader in = {
		.arena = arena,
		.file = file,
		.rest = text,
		.keys = keys,
		.nkeys = nkeys,
		.size = size,
		.out = &out,
	};

	while (peek(&in).len > 0 || in.rest.len > 0)
		if (is_blank(peek(&in)))
			take(&in);
		else
			read_stanza(&in);
	return out;
}

struct stanza_table
stanza_read(struct arena *arena, const char *asset,
    const struct stanza_key *keys, size_t nkeys, size_t size)
{
	const struct asset *found = asset_find(asset);

	if (found == NULL)
		return (struct stanza_table){ .error = arena_printf(arena,
						  "%s: is not there", asset) };
	return stanza_parse(arena, asset,
	    (struct str){ found->text, found->len }, keys, nkeys, size);
}

/* Takes the last label off the end. */
static struct str
last_label(struct str *name)
{
	size_t at = name->len;
	struct str label;

	while (at > 0 && name->p[at - 1] != '.')
		at--;
	label = str_slice(*name, at, name->len);
	*name = str_slice(*name, 0, at > 0 ? at - 1 : 0);
	return label;
}

static bool
label_matches(struct str label, struct str wanted)
{
	if (wanted.len > 0 && wanted.p[wanted.len - 1] == '*') {
		wanted.len--;
		label = str_slice(label, 0, wanted.len);
	}
	if (label.len != wanted.len)
		return false;
	for (size_t i = 0; i < label.len; i++)
		if (to_lower(label.p[i]) != to_lower(wanted.p[i]))
			return false;
	return true;
}

size_t
stanza_name_ends(const char *host, const char *end)
{
	struct str name = str_of(host);
	struct str rest = str_of(end);

	if (name.len > 0 && name.p[name.len - 1] == '.')
		name.len--;
	while (rest.len > 0 && name.len > 0) {
		struct str wanted = last_label(&rest);

		if (!label_matches(last_label(&name), wanted))
			return 0;
	}
	return rest.len > 0 ? 0 : strlen(end);
}

const struct stanza_table *
stanza_table(struct stanza_asset *asset)
{
	if (asset->arena == NULL) {
		asset->arena = arena_new();
		asset->table = stanza_read(asset->arena, asset->name,
		    asset->keys, asset->nkeys, asset->size);
	}
	return &asset->table;
}

static size_t
longest_end(const char *row, const struct stanza_key *key, const char *host)
{
	const char *const *ends;
	size_t n, longest = 0;

	memcpy(&ends, row + key->at, sizeof(ends));
	memcpy(&n, row + key->count_at, sizeof(n));
	for (size_t i = 0; i < n; i++) {
		size_t len = stanza_name_ends(host, ends[i]);

		if (len > longest)
			longest = len;
	}
	return longest;
}

const void *
stanza_by_end(struct stanza_asset *asset, const char *name, const char *host)
{
	const struct stanza_table *table = stanza_table(asset);
	const struct stanza_key *key = asset->keys;
	const char *found = NULL;
	size_t longest = 0;

	while (strcmp(key->key, name) != 0)
		key++;
	for (size_t i = 0; i < table->n; i++) {
		const char *row = (const char *)table->rows + i * asset->size;
		size_t len = longest_end(row, key, host);

		if (len > longest) {
			longest = len;
			found = row;
		}
	}
	return found;
}
