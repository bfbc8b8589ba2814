/* What texts were meant to say, as one record. */
#include "spf_wish.h"

#include <strings.h>

#include "sending.h"

static bool
is_mechanism(const struct spf_term *term)
{
	return term->kind < SPF_REDIRECT;
}

static bool
allows(const struct spf_term *term)
{
	return is_mechanism(term) && term->qualifier == SPF_RESULT_PASS &&
	    term->kind != SPF_ALL;
}

static void
push(struct arena *arena, struct spf_terms *list, const struct spf_term *term)
{
	if (list->n == SPF_TERMS_MAX) {
		list->lost = true;
		return;
	}
	list->terms =
	    arena_grow(arena, list->terms, list->n, sizeof(*list->terms));
	list->terms[list->n++] = *term;
}

/* The index of the first `all`; list->n without. */
static size_t
find_all(const struct spf_terms *list)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->terms[i].kind == SPF_ALL)
			return i;
	return list->n;
}

static bool
allows_someone(const struct spf_terms *list, size_t end)
{
	for (size_t i = 0; i < end; i++)
		if (allows(&list->terms[i]))
			return true;
	return false;
}

/*
 * An address or a service behind `all` was written down for a reason; "mx" or
 * "a" there is a habit.
 */
static bool
is_meant(const struct spf_term *term, bool others)
{
	if (!allows(term) || term->kind == SPF_PTR)
		return false;
	return !others || term->kind == SPF_IP4 || term->kind == SPF_IP6 ||
	    term->kind == SPF_INCLUDE;
}

/* Of two texts that end differently the stricter one counts. */
static enum spf_result
stricter(enum spf_result a, enum spf_result b)
{
	if (a == SPF_RESULT_FAIL || b == SPF_RESULT_FAIL)
		return SPF_RESULT_FAIL;
	if (a == SPF_RESULT_SOFTFAIL || b == SPF_RESULT_SOFTFAIL)
		return SPF_RESULT_SOFTFAIL;
	return a == SPF_RESULT_NONE ? b : a;
}

/* Beside the terms of another text a redirect can only be an include. */
static void
add_redirect(
    struct arena *arena, struct spf_wish *wish, const struct spf_term *term)
{
	struct spf_term first = wish->redirect;

	if (!wish->has_redirect && wish->sources == 0) {
		wish->redirect = *term;
		wish->has_redirect = true;
		return;
	}
	if (wish->sources == 0)
		return; /* the second one of a record: an error, and dropped */
	if (wish->has_redirect) {
		first.kind = SPF_INCLUDE;
		push(arena, &wish->list, &first);
		wish->has_redirect = false;
	}
	first = *term;
	first.kind = SPF_INCLUDE;
	push(arena, &wish->list, &first);
}

static void
add_modifier(
    struct arena *arena, struct spf_wish *wish, const struct spf_term *term)
{
	if (term->kind == SPF_REDIRECT) {
		add_redirect(arena, wish, term);
		return;
	}
	for (size_t i = 0; i < wish->rest.n; i++)
		if (wish->rest.terms[i].kind == term->kind &&
		    term->kind == SPF_EXP)
			return; /* RFC 7208 section 6: once */
	push(arena, &wish->rest, term);
}

void
spf_wish_add(struct arena *arena, struct spf_wish *wish, const char *domain,
    struct str terms)
{
	struct spf_terms list = { .home = domain };
	size_t all;
	bool others;

	spf_mend(arena, terms, &list);
	all = find_all(&list);
	others = allows_someone(&list, all);
	for (size_t i = 0; i < list.n; i++) {
		const struct spf_term *term = &list.terms[i];

		if (!is_mechanism(term))
			add_modifier(arena, wish, term);
		else if (i < all || is_meant(term, others))
			push(arena, &wish->list, term);
	}
	if (all < list.n)
		wish->all = stricter(wish->all, list.terms[all].qualifier);
	wish->list.lost = wish->list.lost || list.lost;
	wish->sources++;
	if (wish->sources > 1 && wish->has_redirect) {
		wish->redirect.kind = SPF_INCLUDE;
		push(arena, &wish->list, &wish->redirect);
		wish->has_redirect = false;
	}
}

static bool
has_macro(struct str domain)
{
	for (size_t i = 0; i + 1 < domain.len; i++)
		if (domain.p[i] == '%' && domain.p[i + 1] == '{')
			return true;
	return false;
}

static bool
is_same(struct arena *arena, struct spf_term a, struct spf_term b)
{
	a.qualifier = b.qualifier = SPF_RESULT_PASS;
	return strcasecmp(
		   spf_print_term(arena, &a), spf_print_term(arena, &b)) == 0;
}

/* Is there nothing that term number `i` does for any sender? */
static bool
is_useless(struct arena *arena, const struct spf_terms *list, size_t i)
{
	const struct spf_term *term = &list->terms[i];

	for (size_t j = 0; j < i; j++)
		if (is_same(arena, list->terms[j], *term))
			return true;
	if (term->kind == SPF_PTR)
		return true;
	if (term->kind == SPF_EXISTS)
		return !has_macro(term->domain);
	if (term->qualifier != SPF_RESULT_PASS)
		return false;
	if (term->kind == SPF_IP4)
		return term->bits4 >= 8 && !ip_is_visible(term->ip);
	return term->kind == SPF_IP6 && term->bits6 >= 7 &&
	    !ip_is_visible(term->ip);
}

static void
prune(struct arena *arena, struct spf_terms *list)
{
	for (size_t i = list->n; i > 0; i--) {
		const struct spf_term *term = &list->terms[i - 1];

		if (!is_useless(arena, list, i - 1))
			continue;
		/* Whom ptr allowed cannot be told from here. */
		if (term->kind == SPF_PTR && allows(term))
			list->lost = true;
		for (size_t j = i; j < list->n; j++)
			list->terms[j - 1] = list->terms[j];
		list->n--;
	}
}

void
spf_wish_settle(struct arena *arena, struct spf_wish *wish)
{
	prune(arena, &wish->list);
	if (wish->has_redirect && wish->all != SPF_RESULT_NONE) {
		/* RFC 7208 section 6.1; unless it is all there is. */
		if (allows_someone(&wish->list, wish->list.n))
			wish->has_redirect = false;
		else
			wish->all = SPF_RESULT_NONE;
	}
	if (wish->has_redirect)
		return;
	if (wish->all != SPF_RESULT_FAIL || wish->list.lost)
		wish->all = SPF_RESULT_SOFTFAIL;
}

bool
spf_wish_allows(const struct spf_wish *wish)
{
	return wish->has_redirect || allows_someone(&wish->list, wish->list.n);
}

void
spf_wish_replace(struct arena *arena, struct spf_wish *wish, size_t i,
    const struct spf_terms *others)
{
	struct spf_terms list = { .lost = wish->list.lost };

	for (size_t j = 0; j < wish->list.n; j++) {
		if (j != i) {
			push(arena, &list, &wish->list.terms[j]);
			continue;
		}
		for (size_t k = 0; others != NULL && k < others->n; k++)
			push(arena, &list, &others->terms[k]);
	}
	wish->list = list;
	prune(arena, &wish->list);
}

void
spf_wish_drop_redirect(struct spf_wish *wish)
{
	wish->has_redirect = false;
	wish->all = SPF_RESULT_SOFTFAIL;
}

const char *
spf_wish_print(struct arena *arena, const struct spf_wish *wish)
{
	struct spf_terms list = { 0 };
	struct spf_term all = { .kind = SPF_ALL, .qualifier = wish->all };

	for (size_t i = 0; i < wish->list.n; i++)
		push(arena, &list, &wish->list.terms[i]);
	if (wish->all != SPF_RESULT_NONE)
		push(arena, &list, &all);
	if (wish->has_redirect)
		push(arena, &list, &wish->redirect);
	for (size_t i = 0; i < wish->rest.n; i++)
		push(arena, &list, &wish->rest.terms[i]);
	return spf_print(arena,
	    &(struct spf_record){ .terms = list.terms, .nterms = list.n });
}
