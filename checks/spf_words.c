/*
 * The words of a faulty SPF record: cleaned, split where a blank is missing,
 * and joined where one is too much.
 */
#include "spf_words.h"

#include "base/ip.h"
#include "spf_clean.h"
#include "spf_guess.h"

#define WORDS_MAX 512 /* of one record; the rest is left out */

static void
add_word(struct arena *arena, struct spf_words *words, struct str word)
{
	if (word.len == 0 || words->n >= WORDS_MAX)
		return;
	words->list =
	    arena_grow(arena, words->list, words->n, sizeof(*words->list));
	words->list[words->n++] = word;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* "b.net" of "include:a.net,b.net": it takes the word of the one before. */
static struct str
with_word(struct arena *arena, const struct spf_words *words, struct str piece)
{
	struct str last;
	size_t colon;

	if (words->n == 0 || spf_is_sound(arena, piece) ||
	    str_find(piece, ':') < piece.len ||
	    str_find(piece, '=') < piece.len)
		return piece;
	last = words->list[words->n - 1];
	colon = str_find(last, ':');
	if (colon == last.len || str_find(piece, '.') == piece.len)
		return piece;
	return str_of(arena_printf(arena, "%s:%s",
	    str_dup(arena, str_slice(last, 0, colon)), str_dup(arena, piece)));
}

static void
split_glued(struct arena *arena, struct str word, struct spf_words *words)
{
	while (word.len > 0) {
		size_t at = spf_glued_at(word);

		add_word(arena, words, str_slice(word, 0, at));
		word = str_slice(word, at, word.len);
	}
}

/*
 * Splits a broken word at blanks, and at commas and semicolons outside of
 * macros.
 */
static void
split_broken(struct arena *arena, struct str text, struct spf_words *words)
{
	struct spf_words pieces = { 0 };
	size_t from = 0;
	bool macro = false;

	for (size_t i = 0; i <= text.len; i++) {
		char c = i < text.len ? text.p[i] : ' ';
		bool comma = c == ',' || c == ';';
		struct str piece = str_slice(text, from, i);

		macro = i < text.len && (macro || c == '{') && c != '}';
		if (macro || (!is_blank(c) && !comma))
			continue;
		add_word(arena, &pieces, with_word(arena, &pieces, piece));
		from = i + 1;
	}
	for (size_t i = 0; i < pieces.n; i++)
		split_glued(arena, pieces.list[i], words);
}

static void
split(struct arena *arena, struct str text, struct spf_words *words)
{
	while (text.len > 0) {
		size_t n = 0;
		struct str word;

		while (n < text.len && !is_blank(text.p[n]))
			n++;
		word = str_slice(text, 0, n);
		text = str_slice(text, n + 1, text.len);
		if (word.len == 0)
			continue;
		if (spf_is_sound(arena, word))
			add_word(arena, words, word);
		else
			split_broken(arena, spf_plain(arena, word), words);
	}
}

/* Is `word` the first half of something: "~", "ip4:", "include"? */
static bool
is_half(struct arena *arena, struct str word)
{
	char last = word.p[word.len - 1];
	struct str name = word;
	enum spf_meaning meaning;

	spf_take_sign(arena, &name);
	if (name.len == 0 || last == ':' || last == '=')
		return true;
	meaning = spf_meaning_of(name);
	return meaning == MEANS_ADDRESS || meaning == MEANS_INCLUDE ||
	    meaning == MEANS_EXISTS || meaning == MEANS_REDIRECT ||
	    meaning == MEANS_EXP;
}

/* What goes between both halves. */
static const char *
joint(struct arena *arena, struct str first, struct str second)
{
	char last = first.p[first.len - 1];
	struct str name = first;

	spf_take_sign(arena, &name);
	if (name.len == 0 || last == ':' || last == '=' || second.p[0] == ':' ||
	    second.p[0] == '=')
		return "";
	return ":";
}

/* "a:" and "ip4=...": a word of its own, and no address such as a::1. */
static bool
begins_a_term(struct arena *arena, struct str word)
{
	struct ip ip;
	size_t n = 0;

	spf_take_sign(arena, &word);
	while (n < word.len && str_find(str_of(":="), word.p[n]) == 2)
		n++;
	return n < word.len && !ip_parse(word, &ip) &&
	    spf_meaning_of(str_slice(word, 0, n)) != MEANS_NOTHING;
}

static bool
belongs_to_last(struct arena *arena, struct str first, struct str second)
{
	struct str name = first;

	if (second.p[0] == ':' || second.p[0] == '=' || second.p[0] == '/')
		return true;
	spf_take_sign(arena, &name);
	if (!is_half(arena, first) || begins_a_term(arena, second))
		return false;
	/* "~ all" joins; "include: mx" does not. */
	return name.len == 0 || !spf_is_sound(arena, second);
}

static struct str
join(struct arena *arena, struct str first, struct str second)
{
	return str_of(arena_printf(arena, "%s%s%s", str_dup(arena, first),
	    joint(arena, first, second), str_dup(arena, second)));
}

void
spf_words_read(struct arena *arena, struct str text, struct spf_words *out)
{
	struct spf_words pieces = { 0 };
	size_t i = 0;

	split(arena, text, &pieces);
	while (i < pieces.n) {
		struct str word = pieces.list[i++];

		while (i < pieces.n &&
		    belongs_to_last(arena, word, pieces.list[i]))
			word = join(arena, word, pieces.list[i++]);
		add_word(arena, out, word);
	}
}
