/* Asking for a term: what counts, and what is said of it.  RFC 7208 4.6.4. */
#include <string.h>

#include "base/i18n.h"
#include "base/printable.h"
#include "spf_eval.h"

void
spf_because(
    struct spf_level *level, const struct spf_term *term, const char *fmt, ...)
{
	struct spf_eval *eval = level->eval;
	struct spf_verdict *verdict = &eval->verdict;
	va_list ap;

	va_start(ap, fmt);
	verdict->reason = arena_vprintf(eval->run->arena, fmt, ap);
	va_end(ap);
	verdict->term =
	    term == NULL ? NULL : printable(eval->run->arena, term->text);
	verdict->term_domain = term == NULL ? NULL : level->shown;
}

const char *
spf_term_shown(struct spf_level *level, const struct spf_term *term)
{
	struct arena *arena = level->eval->run->arena;

	return arena_printf(arena, _("\"%s\" in the record of %s"),
	    printable(arena, term->text), level->shown);
}

/* "no answer for the TXT record of example.org: SERVFAIL" */
static void
because_of_dns(struct spf_level *level, const struct spf_term *term,
    const struct answer *answer)
{
	struct arena *arena = level->eval->run->arena;

	spf_because(level, term,
	    _("DNS gave no usable answer for the %s records of %s: %s"),
	    rr_type_word(arena, answer->type),
	    printable(arena, str_of(answer->name)),
	    printable(arena,
		str_of(
		    answer->why == NULL ? _("no reason known") : answer->why)));
}

enum spf_match
spf_ask(struct spf_level *level, const struct spf_term *term, const char *name,
    enum rr_type type, const struct answer **out)
{
	if (dns_ask(level->eval->run, name, type, out) != OK)
		return SPF_STOPPED;
	if ((*out)->outcome != DNS_BROKEN && (*out)->outcome != DNS_SILENT)
		return SPF_NO_MATCH;
	because_of_dns(level, term, *out);
	return SPF_TEMPORARY;
}

static bool
is_void(const struct answer *answer)
{
	return answer->outcome == DNS_NO_DATA || answer->outcome == DNS_NO_NAME;
}

/* Section 4.6.4: "void lookups". */
static enum spf_match
count_void(struct spf_step *step, const char *name, enum rr_type type)
{
	struct spf_verdict *verdict = &step->level->eval->verdict;
	struct arena *arena = step->level->eval->run->arena;

	if (++verdict->voids <= SPF_MAX_VOIDS)
		return SPF_NO_MATCH;
	spf_because(step->level, step->term,
	    _("%s: %s has no %s record, and no more than %d such answers "
	      "(void lookups) are allowed"),
	    spf_term_shown(step->level, step->term),
	    printable(arena, str_of(name)), rr_type_word(arena, type),
	    SPF_MAX_VOIDS);
	return SPF_PERMANENT;
}

enum spf_match
spf_ask_own(struct spf_step *step, enum rr_type type, const struct answer **out)
{
	struct spf_eval *eval = step->level->eval;
	const char *name = type == RR_PTR
	    ? ip_reverse_name(eval->run->arena, eval->macros.ip)
	    : step->name;
	enum spf_match match =
	    spf_ask(step->level, step->term, name, type, out);

	if (match == SPF_NO_MATCH && is_void(*out))
		return count_void(step, name, type);
	return match;
}

enum spf_match
spf_count_lookup(struct spf_level *level, const struct spf_term *term)
{
	struct spf_verdict *verdict = &level->eval->verdict;

	if (++verdict->lookups <= SPF_MAX_LOOKUPS)
		return SPF_NO_MATCH;
	spf_because(level, term,
	    _("%s is one too many: no more than %d terms that ask DNS are "
	      "allowed"),
	    spf_term_shown(level, term), SPF_MAX_LOOKUPS);
	return SPF_PERMANENT;
}

const char *
spf_name_to_ask(struct arena *arena, struct str octets)
{
	const char *name;

	if (octets.len == 0 || octets.len > SPF_NAME_MAX)
		return NULL;
	name = name_from_octets(arena, octets);
	return strcmp(name, ".") != 0 && name_is_valid(name) ? name : NULL;
}

bool
spf_domain_is_valid(struct arena *arena, struct str octets)
{
	bool digits_only = true;
	size_t top = octets.len;

	if (spf_name_to_ask(arena, octets) == NULL)
		return false;
	for (size_t i = 0; i < octets.len; i++)
		if (octets.p[i] <= ' ' || octets.p[i] > '~' ||
		    octets.p[i] == '[' || octets.p[i] == ']')
			return false;
	while (top > 0 && octets.p[top - 1] != '.')
		top--;
	/* The top-level domain of a dotted quad is all digits. */
	for (size_t i = top; i < octets.len; i++)
		if (!is_digit(octets.p[i]))
			digits_only = false;
	return top > 0 && !digits_only;
}

/* Section 4.5. */
size_t
spf_select(const struct answer *answer, struct str *out)
{
	size_t n = 0;

	for (size_t i = answer->nrecords; i > 0; i--) {
		if (!spf_is_record(answer->records[i - 1].text))
			continue;
		*out = answer->records[i - 1].text;
		n++;
	}
	return n;
}
