/*
 * Terms as they were meant:
 *
 *	words -> cleaned, split at , and ; -> halves joined -> each one mended
 */
#include "spf_mend.h"

#include <string.h>

#include "spf_guess.h"
#include "spf_words.h"

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

/* "mail" and "mail/28" were meant in the domain, as in a zone file. */
static struct str
at_home(struct arena *arena, struct str text, const char *home)
{
	struct str label = str_slice(text, 0, str_find(text, '/'));
	struct str rest = str_slice(text, label.len, text.len);

	if (home == NULL || label.len == 0 ||
	    str_find(label, '.') < label.len ||
	    str_find(label, '%') < label.len)
		return text;
	return str_of(arena_printf(arena, "%s.%s%s", str_dup(arena, label),
	    home, str_dup(arena, rest)));
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
	domain = at_home(arena, domain, out->home);
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
	bool policy = label.len > 0 &&
	    (label.p[0] == '_' || str_equal_nocase(label, "spf"));

	if (label.len == text.len || str_find(text, '=') < text.len ||
	    str_find(label, ':') < label.len)
		return false;
	return mend_domain(arena, sign, policy ? "include" : "a", text, out);
}

/* A mechanism of a meaning that is known. */
static bool
mend_meaning(struct arena *arena, enum spf_meaning meaning, const char *sign,
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

static void
mend_word(struct arena *arena, struct str text, struct spf_terms *out)
{
	struct spf_term term;
	struct str name;
	enum spf_meaning meaning;
	const char *sign;
	size_t n = 0;

	spf_parse_term(arena, text, &term);
	if (is_kept(&term) ||
	    (spf_is_sound(arena, text) && term.kind != SPF_UNKNOWN_MODIFIER)) {
		keep(arena, &term, out);
		return;
	}
	sign = spf_take_sign(arena, &text);
	while (n < text.len && str_find(str_of(":=/"), text.p[n]) == 3)
		n++;
	name = str_slice(text, 0, n);
	while (name.len > 0 && name.p[name.len - 1] == '.')
		name.len--;
	meaning = spf_meaning_of(name);
	if (n < text.len && text.p[n] != '/')
		n++;
	if (mend_meaning(
		arena, meaning, sign, str_slice(text, n, text.len), out) ||
	    spf_mend_address(arena, text, sign, out) ||
	    mend_bare_name(arena, sign, text, out))
		return;
	out->lost = out->lost || term.kind == SPF_BROKEN;
}

void
spf_mend(struct arena *arena, struct str text, struct spf_terms *out)
{
	struct spf_words words = { 0 };

	spf_words_read(arena, text, &words);
	for (size_t i = 0; i < words.n; i++)
		mend_word(arena, words.list[i], out);
}
