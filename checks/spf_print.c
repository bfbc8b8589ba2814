/* Writing SPF records: lower case, nothing that goes without saying. */
#include <string.h>

#include "spf_terms.h"

/* "/32" and "/128" go without saying. */
static const char *
print_cidr(struct arena *arena, const struct spf_term *term)
{
	const char *v4 = "";
	const char *v6 = "";

	if (!spf_term_kinds[term->kind].cidr)
		return "";
	if (term->kind != SPF_IP6 && term->bits4 != 32)
		v4 = arena_printf(arena, "/%u", term->bits4);
	if (term->kind == SPF_IP6 && term->bits6 != 128)
		v6 = arena_printf(arena, "/%u", term->bits6);
	else if (term->kind != SPF_IP4 && term->bits6 != 128)
		v6 = arena_printf(arena, "//%u", term->bits6);
	return arena_printf(arena, "%s%s", v4, v6);
}

static const char *
print_argument(struct arena *arena, const struct spf_term *term)
{
	if (term->kind == SPF_IP4 || term->kind == SPF_IP6)
		return arena_printf(arena, ":%s", ip_print(arena, term->ip));
	if (term->domain.len == 0)
		return "";
	return arena_printf(arena, "%s%s",
	    spf_term_kinds[term->kind].modifier ? "=" : ":",
	    str_dup(arena, term->domain));
}

const char *
spf_print_term(struct arena *arena, const struct spf_term *term)
{
	const struct spf_term_kind *row = &spf_term_kinds[term->kind];
	const char *sign = "";

	if (row->word == NULL)
		return str_dup(arena, term->text);
	if (!row->modifier && term->qualifier != SPF_RESULT_PASS)
		sign = arena_printf(
		    arena, "%c", spf_qualifier_sign(term->qualifier));
	return arena_printf(arena, "%s%s%s%s", sign, row->word,
	    print_argument(arena, term), print_cidr(arena, term));
}

const char *
spf_print(struct arena *arena, const struct spf_record *record)
{
	const char **words = arena_array(arena, record->nterms, sizeof(*words));
	size_t len = sizeof("v=spf1");
	char *text;
	char *end;

	for (size_t i = 0; i < record->nterms; i++) {
		words[i] = spf_print_term(arena, &record->terms[i]);
		len += 1 + strlen(words[i]);
	}
	text = arena_alloc(arena, len);
	end = stpcpy(text, "v=spf1");
	for (size_t i = 0; i < record->nterms; i++) {
		*end++ = ' ';
		end = stpcpy(end, words[i]);
	}
	return text;
}
