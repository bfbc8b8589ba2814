/*
 * Terms as they were meant:
 *
 *	words -> cleaned, split at , and ; -> halves joined -> each one mended
 */
#include "spf_mend.h"

#include <string.h>

#include "spf_clean.h"
#include "spf_terms.h"

/* What a word people write stands for. */
enum meaning {
	MEANS_NOTHING,
	MEANS_VERSION,
	MEANS_ALL,
	MEANS_ADDRESS,
	MEANS_INCLUDE,
	MEANS_A,
	MEANS_MX,
	MEANS_PTR,
	MEANS_EXISTS,
	MEANS_REDIRECT,
	MEANS_EXP,
};

static const struct {
	const char *word;
	enum meaning meaning;
} aliases[] = {
	{ "v", MEANS_VERSION },
	{ "v-spf1", MEANS_VERSION },
	{ "all", MEANS_ALL },
	{ "al", MEANS_ALL },
	{ "alll", MEANS_ALL },
	{ "aall", MEANS_ALL },
	{ "lal", MEANS_ALL },
	{ "ala", MEANS_ALL },
	{ "any", MEANS_ALL },
	{ "ip4", MEANS_ADDRESS },
	{ "ip6", MEANS_ADDRESS },
	{ "ip", MEANS_ADDRESS },
	{ "ips", MEANS_ADDRESS },
	{ "ipv4", MEANS_ADDRESS },
	{ "ipv6", MEANS_ADDRESS },
	{ "ip-4", MEANS_ADDRESS },
	{ "ip-6", MEANS_ADDRESS },
	{ "ip_4", MEANS_ADDRESS },
	{ "ip_6", MEANS_ADDRESS },
	{ "ip4v", MEANS_ADDRESS },
	{ "ip6v", MEANS_ADDRESS },
	{ "pi4", MEANS_ADDRESS },
	{ "pi6", MEANS_ADDRESS },
	{ "i4p", MEANS_ADDRESS },
	{ "ipaddr", MEANS_ADDRESS },
	{ "ipaddress", MEANS_ADDRESS },
	{ "ip4address", MEANS_ADDRESS },
	{ "cidr", MEANS_ADDRESS },
	{ "net", MEANS_ADDRESS },
	{ "inc", MEANS_INCLUDE },
	{ "incl", MEANS_INCLUDE },
	{ "spf", MEANS_INCLUDE },
	{ "a", MEANS_A },
	{ "aaaa", MEANS_A },
	{ "host", MEANS_A },
	{ "mx", MEANS_MX },
	{ "xm", MEANS_MX },
	{ "mxs", MEANS_MX },
	{ "ptr", MEANS_PTR },
	{ "prt", MEANS_PTR },
	{ "exp", MEANS_EXP },
};

/* Words long enough to be known by two wrong letters. */
static const struct {
	const char *word;
	enum meaning meaning;
} long_words[] = {
	{ "include", MEANS_INCLUDE },
	{ "redirect", MEANS_REDIRECT },
	{ "exists", MEANS_EXISTS },
};

#define LONG_WORD_MAX 12
#define WRONG_LETTERS 2

static size_t
least(size_t a, size_t b, size_t c)
{
	size_t least = a < b ? a : b;

	return least < c ? least : c;
}

/* Letters changed, added or dropped; two that changed places count once. */
static size_t
distance(struct str a, const char *word)
{
	size_t rows[LONG_WORD_MAX + 1][LONG_WORD_MAX + 1];
	size_t len = strlen(word);

	if (a.len > LONG_WORD_MAX || len > LONG_WORD_MAX)
		return LONG_WORD_MAX;
	for (size_t i = 0; i <= a.len; i++)
		for (size_t j = 0; j <= len; j++) {
			if (i == 0 || j == 0) {
				rows[i][j] = i + j;
				continue;
			}
			rows[i][j] =
			    least(rows[i - 1][j] + 1, rows[i][j - 1] + 1,
				rows[i - 1][j - 1] +
				    (to_lower(a.p[i - 1]) != word[j - 1]));
			if (i > 1 && j > 1 &&
			    to_lower(a.p[i - 1]) == word[j - 2] &&
			    to_lower(a.p[i - 2]) == word[j - 1])
				rows[i][j] = least(rows[i][j],
				    rows[i - 2][j - 2] + 1, rows[i][j]);
		}
	return rows[a.len][len];
}

static enum meaning
meaning_of(struct str word)
{
	for (size_t i = 0; i < COUNT(aliases); i++)
		if (str_equal_nocase(word, aliases[i].word))
			return aliases[i].meaning;
	for (size_t i = 0; i < COUNT(long_words); i++)
		if (word.len >= 4 &&
		    distance(word, long_words[i].word) <= WRONG_LETTERS)
			return long_words[i].meaning;
	return MEANS_NOTHING;
}

bool
spf_terms_add(struct arena *arena, struct spf_terms *out, const char *text)
{
	struct spf_term term;

	spf_parse_term(arena, str_of(text), &term);
	if (term.kind == SPF_BROKEN || term.kind == SPF_UNKNOWN_MODIFIER ||
	    out->n == SPF_TERMS_MAX)
		return false;
	out->terms = arena_grow(arena, out->terms, out->n, sizeof(*out->terms));
	out->terms[out->n++] = term;
	return true;
}

/* The name in "https://example.net/spf", "user@example.net", "x.net:25". */
static struct str
bare_domain(struct str text, bool keep_slash)
{
	size_t at;

	str_skip(&text, "http://");
	str_skip(&text, "https://");
	str_skip(&text, "mailto:");
	at = str_find(text, '@');
	if (at < text.len)
		text = str_slice(text, at + 1, text.len);
	while (text.len > 0 && (text.p[0] == '.' || text.p[0] == ':'))
		text = str_slice(text, 1, text.len);
	if (!keep_slash)
		text = str_slice(text, 0, str_find(text, '/'));
	if (str_find(text, '{') == text.len)
		text = str_slice(text, 0, str_find(text, ':'));
	while (
	    text.len > 0 && str_find(str_of(".,;:/"), text.p[text.len - 1]) < 5)
		text.len--;
	return text;
}

/* "300.1.1.1" and "/24" are no names, whatever the grammar says. */
static bool
has_letter(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (is_alpha(text.p[i]))
			return true;
	return false;
}

/* "a:" and a domain, "a" alone, or an address where a domain belongs. */
static bool
mend_domain(struct arena *arena, const char *sign, const char *word,
    struct str argument, struct spf_terms *out)
{
	bool keep = strcmp(word, "a") == 0 || strcmp(word, "mx") == 0;
	struct str domain = bare_domain(argument, keep);
	const char *text;

	if (spf_mend_address(arena, argument, sign, out))
		return true;
	if (argument.len == 0 ? !keep : !has_letter(argument))
		return false;
	if (domain.len == 0 || (keep && domain.p[0] == '/'))
		text = arena_printf(
		    arena, "%s%s%s", sign, word, str_dup(arena, domain));
	else
		text = arena_printf(
		    arena, "%s%s:%s", sign, word, str_dup(arena, domain));
	return spf_terms_add(arena, out, text);
}

static bool
mend_modifier(struct arena *arena, const char *word, struct str argument,
    struct spf_terms *out)
{
	return spf_terms_add(arena, out,
	    arena_printf(arena, "%s=%s", word,
		str_dup(arena, bare_domain(argument, false))));
}

/* A name on its own: "_spf.example.net" is a policy, others are hosts. */
static bool
mend_bare_name(struct arena *arena, const char *sign, struct str text,
    struct spf_terms *out)
{
	struct str label = str_slice(text, 0, str_find(text, '.'));
	bool policy =
	    label.len > 0 && (label.p[0] == '_' || distance(label, "spf") == 0);

	if (label.len == text.len || str_find(text, '=') < text.len)
		return false;
	return mend_domain(arena, sign, policy ? "include" : "a", text, out);
}

/* A mechanism of a meaning that is known. */
static bool
mend_meaning(struct arena *arena, enum meaning meaning, const char *sign,
    struct str argument, struct spf_terms *out)
{
	switch (meaning) {
	case MEANS_VERSION:
	case MEANS_PTR: /* would be dropped anyway; RFC 7208 section 5.5 */
		return true;
	case MEANS_ALL:
		return spf_terms_add(
		    arena, out, arena_printf(arena, "%sall", sign));
	case MEANS_ADDRESS:
		return argument.len > 0 &&
		    mend_domain(arena, sign, "a", argument, out);
	case MEANS_INCLUDE:
		return mend_domain(arena, sign, "include", argument, out);
	case MEANS_A:
		return mend_domain(arena, sign, "a", argument, out);
	case MEANS_MX:
		return mend_domain(arena, sign, "mx", argument, out);
	case MEANS_EXISTS:
		return mend_domain(arena, sign, "exists", argument, out);
	case MEANS_REDIRECT:
		return mend_modifier(arena, "redirect", argument, out);
	case MEANS_EXP:
		return mend_modifier(arena, "exp", argument, out);
	case MEANS_NOTHING:
		break;
	}
	return false;
}

/* The last of the signs in front; "" without. */
static const char *
take_sign(struct arena *arena, struct str *text)
{
	const char *sign = "";
	enum spf_result ignored;

	while (text->len > 0 && spf_qualifier_by_sign(text->p[0], &ignored)) {
		sign = arena_printf(arena, "%c", text->p[0]);
		*text = str_slice(*text, 1, text->len);
	}
	return sign;
}

/* ra, rp, rr: RFC 6652 section 3. */
static bool
is_kept(const struct spf_term *term)
{
	return term->kind == SPF_UNKNOWN_MODIFIER && term->text.len > 3 &&
	    to_lower(term->text.p[0]) == 'r' && term->text.p[2] == '=' &&
	    str_find(str_of("apr"), to_lower(term->text.p[1])) < 3;
}

static void
keep(struct arena *arena, const struct spf_term *term, struct spf_terms *out)
{
	if (out->n == SPF_TERMS_MAX) {
		out->lost = true;
		return;
	}
	out->terms = arena_grow(arena, out->terms, out->n, sizeof(*out->terms));
	out->terms[out->n++] = *term;
}

/*
 * Where a second term begins in a word, glued to the first: strings of a TXT
 * record are joined without a blank (RFC 7208 section 3.3).  word.len: nowhere.
 */
static size_t
glued_at(struct str word)
{
	static const char *const begins[] = {
		"include:", "ip4:", "ip6:", "exists:", "redirect="
	};
	enum spf_result ignored;

	for (size_t i = 1; i < word.len; i++) {
		struct str rest = str_slice(word, i, word.len);
		bool sign = spf_qualifier_by_sign(word.p[i - 1], &ignored);

		if (spf_qualifier_by_sign(rest.p[0], &ignored) &&
		    str_equal_nocase(str_slice(rest, 1, rest.len), "all"))
			return i;
		for (size_t j = 0; j < COUNT(begins); j++)
			if (str_starts_nocase(rest, begins[j]) &&
			    !(sign && i == 1))
				return sign ? i - 1 : i;
	}
	return word.len;
}

/*
 * Can it stand as it is?  A comma, a semicolon, an @ or a second term in a
 * plain name is good syntax, and yet nobody's domain.
 */
static bool
is_sound(struct arena *arena, struct str text)
{
	struct spf_term term;
	struct str name;

	spf_parse_term(arena, text, &term);
	name = term.domain;
	if (term.kind == SPF_BROKEN || str_find(name, '%') < name.len)
		return term.kind != SPF_BROKEN;
	return str_find(name, ',') == name.len &&
	    str_find(name, ';') == name.len &&
	    str_find(name, '@') == name.len && glued_at(text) == text.len;
}

static void
mend_word(struct arena *arena, struct str text, struct spf_terms *out)
{
	struct spf_term term;
	struct str name;
	enum meaning meaning;
	const char *sign;
	size_t n = 0;

	spf_parse_term(arena, text, &term);
	if (is_kept(&term) ||
	    (is_sound(arena, text) && term.kind != SPF_UNKNOWN_MODIFIER)) {
		keep(arena, &term, out);
		return;
	}
	sign = take_sign(arena, &text);
	while (n < text.len && str_find(str_of(":=/"), text.p[n]) == 3)
		n++;
	name = str_slice(text, 0, n);
	while (name.len > 0 && name.p[name.len - 1] == '.')
		name.len--;
	meaning = meaning_of(name);
	if (n < text.len && text.p[n] != '/')
		n++;
	if (mend_meaning(
		arena, meaning, sign, str_slice(text, n, text.len), out) ||
	    spf_mend_address(arena, text, sign, out) ||
	    mend_bare_name(arena, sign, text, out))
		return;
	out->lost = out->lost || term.kind == SPF_BROKEN;
}

/* The pieces of a record while they are sorted out. */
struct words {
	struct str *list;
	size_t n;
};

static void
add_word(struct arena *arena, struct words *words, struct str word)
{
	if (word.len == 0 || words->n >= 2 * SPF_TERMS_MAX)
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
with_word(struct arena *arena, const struct words *words, struct str piece)
{
	struct str last;
	size_t colon;

	if (words->n == 0 || is_sound(arena, piece) ||
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
split_glued(struct arena *arena, struct str word, struct words *words)
{
	while (word.len > 0) {
		size_t at = glued_at(word);

		add_word(arena, words, str_slice(word, 0, at));
		word = str_slice(word, at, word.len);
	}
}

/*
 * Splits a broken word at blanks, and at commas and semicolons outside of
 * macros.
 */
static void
split_broken(struct arena *arena, struct str text, struct words *words)
{
	struct words pieces = { 0 };
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
split(struct arena *arena, struct str text, struct words *words)
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
		if (is_sound(arena, word))
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
	enum meaning meaning;

	take_sign(arena, &name);
	if (name.len == 0 || last == ':' || last == '=')
		return true;
	meaning = meaning_of(name);
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

	take_sign(arena, &name);
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

	take_sign(arena, &word);
	while (n < word.len && str_find(str_of(":="), word.p[n]) == 2)
		n++;
	return n < word.len && !ip_parse(word, &ip) &&
	    meaning_of(str_slice(word, 0, n)) != MEANS_NOTHING;
}

static bool
belongs_to_last(struct arena *arena, struct str first, struct str second)
{
	struct str name = first;

	if (second.p[0] == ':' || second.p[0] == '=' || second.p[0] == '/')
		return true;
	take_sign(arena, &name);
	if (!is_half(arena, first) || begins_a_term(arena, second))
		return false;
	/* "~ all" joins; "include: mx" does not. */
	return name.len == 0 || !is_sound(arena, second);
}

static struct str
join(struct arena *arena, struct str first, struct str second)
{
	return str_of(arena_printf(arena, "%s%s%s", str_dup(arena, first),
	    joint(arena, first, second), str_dup(arena, second)));
}

void
spf_mend(struct arena *arena, struct str text, struct spf_terms *out)
{
	struct words words = { 0 };
	size_t i = 0;

	split(arena, text, &words);
	while (i < words.n) {
		struct str word = words.list[i++];

		while (
		    i < words.n && belongs_to_last(arena, word, words.list[i]))
			word = join(arena, word, words.list[i++]);
		mend_word(arena, word, out);
	}
}
