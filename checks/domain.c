/* What people type or paste as a domain, as a name DNS can be asked for. */
#include "domain.h"

#include <idn2.h>
#include <string.h>

#include "base/i18n.h"
#include "base/ip.h"
#include "base/printable.h"
#include "base/utf8.h"
#include "domain_paste.h"

#define SHOWN_MAX 60 /* octets of a name that a sentence quotes */

/* A name in a sentence: printable, and not too long. */
static const char *
quote(struct arena *arena, struct str s)
{
	return arena_printf(arena, "\"%s%s\"",
	    readable(arena, str_slice(s, 0, SHOWN_MAX)),
	    s.len > SHOWN_MAX ? "..." : "");
}

static bool
is_address(struct str s)
{
	struct ip ip;

	if (str_starts_nocase(s, "IPv6:")) /* RFC 5321 section 4.1.3 */
		s = str_slice(s, strlen("IPv6:"), s.len);
	return ip_parse(s, &ip);
}

/* Walks over the labels, empty ones too; *at begins as 0. */
static bool
next_label(struct str name, size_t *at, struct str *out)
{
	struct str rest = str_slice(name, *at, name.len);

	if (*at > name.len)
		return false;
	*out = str_slice(rest, 0, str_find(rest, '.'));
	*at += out->len + 1;
	return true;
}

static const char *
problem_with_character(
    struct arena *arena, struct str name, struct str character)
{
	uint32_t code = 0;

	if (utf8_read(character, &code) == 0)
		return arena_printf(arena,
		    _("%s is not valid UTF-8; type the name with plain "
		      "letters, or in its xn-- form."),
		    quote(arena, name));
	if (code == ' ' || code == '\t' || code == '\n' || code == '\r')
		return arena_printf(arena,
		    _("%s has a blank in it; give one domain name."),
		    quote(arena, name));
	if (code == '@')
		return arena_printf(arena,
		    _("%s has more than one @ in it; give one domain name."),
		    quote(arena, name));
	if (code == '_')
		return arena_printf(arena,
		    _("%s has an underscore in it; the domain of a mail "
		      "address has letters, digits and hyphens only."),
		    quote(arena, name));
	return arena_printf(arena,
	    _("%s cannot stand in a domain name (in %s); letters, digits and "
	      "hyphens can."),
	    quote(arena, character), quote(arena, name));
}

/* ASCII of RFC 1123 section 2.1; what is beyond is left to IDNA. */
static const char *
problem_with_characters(
    struct arena *arena, struct str name, enum domain_rules rules)
{
	uint32_t code = 0;
	size_t n;

	for (size_t i = 0; i < name.len; i += n) {
		n = utf8_read(str_slice(name, i, name.len), &code);
		if (n == 1 &&
		    (is_alnum(name.p[i]) || name.p[i] == '-' ||
			name.p[i] == '.' ||
			(name.p[i] == '_' && rules == DOMAIN_IN_DNS)))
			continue;
		if (n > 1 && code > 0x9f)
			continue;
		return problem_with_character(
		    arena, name, str_slice(name, i, i + (n == 0 ? 1 : n)));
	}
	return NULL;
}

static const char *
problem_with_label(struct arena *arena, struct str name, struct str label)
{
	if (label.len == 0 && name.p[0] == '.')
		return arena_printf(arena,
		    _("%s begins with a dot; leave it out."),
		    quote(arena, name));
	if (label.len == 0)
		return arena_printf(arena,
		    _("%s has two dots with nothing between them."),
		    quote(arena, name));
	if (label.len > DOMAIN_LABEL_MAX)
		return arena_printf(arena,
		    _("The part %s has %zu characters; DNS allows %d between "
		      "two dots."),
		    quote(arena, label), label.len, DOMAIN_LABEL_MAX);
	if (label.p[0] == '-' || label.p[label.len - 1] == '-')
		return arena_printf(arena,
		    _("The part %s begins or ends with a hyphen, which no "
		      "domain name may."),
		    quote(arena, label));
	return NULL;
}

/* Some characters are mapped to ASCII that no name holds: U+037E is a ';'. */
static bool
is_label_text(const char *text, enum domain_rules rules)
{
	for (; *text != '\0'; text++)
		if (!is_alnum(*text) && *text != '-' &&
		    (*text != '_' || rules == DOMAIN_OF_MAIL))
			return false;
	return true;
}

/*
 * One label by IDNA2008, mapped as UTS 46 says (capitals, full width).  False
 * with *problem set when it cannot be.  A disallowed character in a label that
 * is there as "xn--" was let through by some registry: it can be asked for.
 */
static bool
label_to_ascii(struct arena *arena, struct str label, enum domain_rules rules,
    const char **ascii, const char **problem)
{
	const uint8_t *text = (const uint8_t *)str_dup(arena, label);
	uint8_t *made = NULL;
	int rc;

	rc = idn2_lookup_u8(text, &made, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
	if (rc == IDN2_OK) {
		*ascii = arena_strdup(arena, (const char *)made);
		idn2_free(made);
		if (is_label_text(*ascii, rules))
			return true;
		rc = IDN2_DISALLOWED;
	}
	if (rc == IDN2_DISALLOWED && str_is_ascii(label) &&
	    rules == DOMAIN_IN_DNS) {
		*ascii = (const char *)text;
		return true;
	}
	*problem = arena_printf(arena,
	    _("The part %s is no valid international domain name: %s."),
	    quote(arena, label), idn2_strerror(rc));
	return false;
}

/* Each label that is not plain ASCII becomes an A-label; all small letters. */
static const char *
to_ascii(struct arena *arena, struct str name, enum domain_rules rules,
    const char **out)
{
	const char *problem = NULL;
	const char *ascii;
	char *made = NULL;
	struct str label;
	size_t at = 0;

	while (next_label(name, &at, &label)) {
		if (str_is_ascii(label) &&
		    (rules == DOMAIN_AS_TYPED ||
			!str_starts_nocase(label, "xn--")))
			ascii = str_dup(arena, label);
		else if (!label_to_ascii(arena, label, rules, &ascii, &problem))
			return problem;
		made = arena_printf(arena, "%s%s%s", made != NULL ? made : "",
		    made != NULL ? "." : "", ascii);
	}
	for (char *p = made; *p != '\0'; p++)
		*p = to_lower(*p);
	*out = made;
	return NULL;
}

/* What DNS and mail ask of a name; RFC 1035 2.3.4, RFC 5321 2.3.5. */
static const char *
problem_with_name(struct arena *arena, struct str name)
{
	struct str label;
	const char *problem;
	size_t labels = 0;
	size_t at = 0;
	uint64_t number;

	for (; next_label(name, &at, &label); labels++) {
		problem = problem_with_label(arena, name, label);
		if (problem != NULL)
			return problem;
	}
	if (name.len > DOMAIN_NAME_MAX)
		return arena_printf(arena,
		    _("%s has %zu characters; DNS allows %d."),
		    quote(arena, name), name.len, DOMAIN_NAME_MAX);
	if (labels < 2)
		return arena_printf(arena,
		    _("%s has no dot in it; a mail domain has at least two "
		      "parts, such as example.org."),
		    quote(arena, name));
	if (str_number(label, UINT64_MAX, &number))
		return arena_printf(arena,
		    _("%s ends in a number; that is neither a domain name nor "
		      "an IP address."),
		    quote(arena, name));
	return NULL;
}

/* By the two rules that know what a name looks like. */
static const char *
read_strictly(struct arena *arena, struct str name, enum domain_rules rules,
    const char **out)
{
	const char *problem;

	if (is_address(name))
		return arena_printf(arena,
		    _("%s is an IP address; give the name of the domain, such "
		      "as example.org."),
		    quote(arena, name));
	problem = problem_with_characters(arena, name, rules);
	if (problem == NULL)
		problem = to_ascii(arena, name, rules, out);
	if (problem == NULL)
		problem = problem_with_name(arena, str_of(*out));
	return problem;
}

const char *
domain_read_as(struct arena *arena, struct str typed, enum domain_rules rules,
    struct domain_name *out)
{
	struct paste paste;
	const char *problem;
	const char *name = NULL;

	if (typed.len > DOMAIN_TYPED_MAX)
		return arena_printf(arena,
		    _("The text has %zu characters; that is no domain name."),
		    typed.len);
	paste_clean(arena, typed, &paste);
	if (paste.rest.len == 0)
		return _("There is no domain name; give what stands behind the "
			 "@ of a mail address, such as example.org.");
	if (str_find(paste.rest, '\0') < paste.rest.len)
		problem = problem_with_character(
		    arena, paste.rest, (struct str){ "", 1 });
	else if (rules == DOMAIN_AS_TYPED)
		problem = to_ascii(arena, paste.rest, rules, &name);
	else
		problem = read_strictly(arena, paste.rest, rules, &name);
	if (problem != NULL)
		return problem;
	*out = (struct domain_name){
		.name = name,
		.removed = paste.removed,
		.surprising = paste.surprising,
	};
	return NULL;
}

const char *
domain_read(struct arena *arena, struct str typed, struct domain_name *out)
{
	return domain_read_as(arena, typed, DOMAIN_OF_MAIL, out);
}

enum script { SCRIPT_OTHER, SCRIPT_LATIN, SCRIPT_GREEK, SCRIPT_CYRILLIC };

/* The scripts whose letters are taken for one another. */
static enum script
script_of(uint32_t c)
{
	if ((c >= 'a' && c <= 'z') || (c >= 0xc0 && c <= 0x24f) ||
	    (c >= 0x1e00 && c <= 0x1eff))
		return SCRIPT_LATIN;
	if ((c >= 0x370 && c <= 0x3ff) || (c >= 0x1f00 && c <= 0x1fff))
		return SCRIPT_GREEK;
	if (c >= 0x400 && c <= 0x52f)
		return SCRIPT_CYRILLIC;
	return SCRIPT_OTHER;
}

static bool
mixes_scripts(struct str label)
{
	enum script first = SCRIPT_OTHER;
	uint32_t c = 0;
	size_t n;

	while ((n = utf8_read(label, &c)) > 0) {
		enum script script = script_of(c);

		if (first == SCRIPT_OTHER)
			first = script;
		else if (script != SCRIPT_OTHER && script != first)
			return true;
		label = str_slice(label, n, label.len);
	}
	return false;
}

/* The label decoded, or as it is when that would not be safe to read. */
static const char *
display_label(struct arena *arena, struct str label)
{
	const char *plain = str_dup(arena, label);
	const char *shown = plain;
	const char *ascii, *problem;
	char *decoded = NULL;

	if (!str_starts_nocase(label, "xn--") ||
	    !label_to_ascii(arena, label, DOMAIN_OF_MAIL, &ascii, &problem) ||
	    idn2_to_unicode_8z8z(plain, &decoded, 0) != IDN2_OK)
		return readable(arena, label);
	if (!mixes_scripts(str_of(decoded)) &&
	    strcmp(readable(arena, str_of(decoded)), decoded) == 0)
		shown = arena_strdup(arena, decoded);
	idn2_free(decoded);
	return shown;
}

const char *
domain_display(struct arena *arena, const char *name)
{
	const char *shown = NULL;
	struct str label;
	size_t at = 0;

	while (next_label(str_of(name), &at, &label))
		shown =
		    arena_printf(arena, "%s%s%s", shown != NULL ? shown : "",
			shown != NULL ? "." : "", display_label(arena, label));
	return shown;
}
