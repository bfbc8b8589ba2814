/* What the words of a faulty SPF record stand for. */
#include "spf_guess.h"

#include <string.h>

#include "spf_terms.h"

static const struct {
	const char *word;
	enum spf_meaning meaning;
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
	enum spf_meaning meaning;
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

enum spf_meaning
spf_meaning_of(struct str word)
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

const char *
spf_take_sign(struct arena *arena, struct str *text)
{
	const char *sign = "";
	enum spf_result ignored;

	while (text->len > 0 && spf_qualifier_by_sign(text->p[0], &ignored)) {
		sign = arena_printf(arena, "%c", text->p[0]);
		*text = str_slice(*text, 1, text->len);
	}
	return sign;
}

size_t
spf_glued_at(struct str word)
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

bool
spf_is_sound(struct arena *arena, struct str text)
{
	struct spf_term term;
	struct str name;

	spf_parse_term(arena, text, &term);
	name = term.domain;
	if (term.kind == SPF_BROKEN || str_find(name, '%') < name.len)
		return term.kind != SPF_BROKEN;
	return str_find(name, ',') == name.len &&
	    str_find(name, ';') == name.len &&
	    str_find(name, '@') == name.len && spf_glued_at(text) == text.len;
}
