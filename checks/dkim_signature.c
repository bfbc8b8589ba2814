/*
 * The DKIM-Signature field: read, and judged without asking anybody.  RFC 6376
 * sections 3.5 and 6.1.1.
 *
 * What cannot be read or is not known here is "neutral", what is read and
 * forbidden "permerror" (RFC 8601 section 2.7.1).  Of several problems the
 * first in the order of reading counts.
 */
#include "dkim.h"

#include <string.h>

#include "base/i18n.h"
#include "base/printable.h"
#include "domain.h"
#include "name.h"

#define NUMBER_DIGITS_MAX 76 /* RFC 6376 section 3.5, l= */

struct reading {
	struct arena *arena;
	struct dkim_signature *out;
};

static void fault(struct reading *, enum dkim_word, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* The first fault counts. */
static void
fault(struct reading *r, enum dkim_word word, const char *fmt, ...)
{
	va_list ap;

	if (r->out->result != DKIM_PASS)
		return;
	r->out->result = word;
	va_start(ap, fmt);
	r->out->problem = arena_vprintf(r->arena, fmt, ap);
	va_end(ap);
}

static const char *
shown(struct reading *r, struct str text)
{
	return printable(r->arena, str_slice(text, 0, 80));
}

/* The value of a tag; *there tells an empty one from none. */
static struct str
value_of(struct reading *r, const char *name, bool *there)
{
	const struct tag *tag = tag_find(&r->out->tags, name);

	*there = tag != NULL;
	return tag != NULL ? tag->value : (struct str){ 0 };
}

static void
check_required(struct reading *r)
{
	static const char *const required[] = { "v", "a", "b", "bh", "d", "h",
		"s" };

	for (size_t i = 0; i < COUNT(required); i++)
		if (tag_find(&r->out->tags, required[i]) == NULL)
			fault(r, DKIM_NEUTRAL,
			    _("The signature cannot be read: the tag %s= is "
			      "missing."),
			    required[i]);
}

static void
read_version(struct reading *r)
{
	bool there;
	struct str value = value_of(r, "v", &there);

	if (there && !str_equal(value, str_of("1")))
		fault(r, DKIM_NEUTRAL,
		    _("The signature is of another version of DKIM: v=%s, and "
		      "only v=1 exists."),
		    shown(r, value));
}

static void
read_algorithm(struct reading *r)
{
	bool there;
	struct str value = value_of(r, "a", &there);

	if (!there)
		return;
	r->out->algorithm = shown(r, value);
	if (str_equal_nocase(value, "rsa-sha256"))
		r->out->type = KEY_RSA;
	else if (str_equal_nocase(value, "ed25519-sha256"))
		r->out->type = KEY_ED25519;
	else if (!str_equal_nocase(value, "rsa-sha1"))
		fault(r, DKIM_NEUTRAL,
		    _("Receivers do not know the algorithm a=%s; rsa-sha256 "
		      "is the one that all of them know."),
		    r->out->algorithm);
}

/*
 * domain-name and selector: labels with dots between.  Underscores are not in
 * the grammar, and in use.  Letters beyond ASCII become A-labels (RFC 8616).
 */
static const char *
read_name(struct reading *r, struct str value)
{
	struct domain_name name;
	bool sound = value.len > 0 && value.len <= DOMAIN_NAME_MAX;
	bool ascii = true;

	for (size_t i = 0; i < value.len; i++) {
		char c = value.p[i];

		ascii = ascii && (unsigned char)c < 0x80;
		sound = sound &&
		    (is_alnum(c) || c == '-' || c == '_' || c == '.' ||
			(unsigned char)c >= 0x80);
	}
	if (!sound)
		return NULL;
	if (!ascii)
		return domain_read_as(r->arena, value, DOMAIN_IN_DNS, &name) ==
			NULL
		    ? name.name
		    : NULL;
	if (value.p[value.len - 1] == '.' ||
	    !name_is_valid(str_dup(r->arena, value)))
		return NULL;
	return str_dup(r->arena, value);
}

static void
read_domain(struct reading *r)
{
	bool there;
	struct str value = value_of(r, "d", &there);
	const char *name = there ? read_name(r, value) : NULL;

	if (!there)
		return;
	r->out->domain = name != NULL ? name : shown(r, value);
	r->out->has_domain = name != NULL && strchr(name, '.') != NULL;
	if (!r->out->has_domain)
		fault(r, DKIM_NEUTRAL,
		    _("The signature cannot be read: d=%s is not a domain "
		      "name such as example.org."),
		    shown(r, value));
}

static void
read_selector(struct reading *r)
{
	bool there;
	struct str value = value_of(r, "s", &there);
	const char *name = there ? read_name(r, value) : NULL;

	if (!there)
		return;
	r->out->selector = name != NULL ? name : shown(r, value);
	if (name == NULL)
		fault(r, DKIM_NEUTRAL,
		    _("The signature cannot be read: s=%s cannot be a "
		      "selector."),
		    shown(r, value));
}

/* RFC 1035 section 2.3.4: both names and "_domainkey" have to be one. */
static void
check_key_name(struct reading *r)
{
	const struct dkim_signature *out = r->out;

	if (out->result == DKIM_PASS &&
	    !name_is_valid(dkim_key_name(r->arena, out->selector, out->domain)))
		fault(r, DKIM_NEUTRAL,
		    _("The signature cannot be read: s= and d= together are "
		      "too long for a name in DNS."));
}

static void
read_octets(struct reading *r, const char *tag, struct str *out)
{
	bool there;
	struct str value = value_of(r, tag, &there);
	struct span at;
	const char *problem;

	if (!there)
		return;
	problem = base64_read(r->arena, value, out, &at);
	if (problem != NULL)
		fault(r, DKIM_NEUTRAL,
		    _("The signature cannot be read: in %s= %s."), tag,
		    problem);
}

static bool
read_canon(struct str word, enum dkim_canon *out)
{
	bool simple = str_equal_nocase(word, "simple");

	*out = simple ? DKIM_SIMPLE : DKIM_RELAXED;
	return simple || str_equal_nocase(word, "relaxed");
}

/* sig-c-tag-alg ["/" sig-c-tag-alg]; the body is simple when left out. */
static void
read_canons(struct reading *r)
{
	bool there, more = true;
	struct str value = value_of(r, "c", &there);
	struct str header = { 0 }, rest = value;
	bool known;

	if (!there)
		return;
	tag_next(&rest, '/', &more, &header);
	known = read_canon(header, &r->out->header);
	if (more)
		known = known && read_canon(tag_trim(rest), &r->out->body);
	if (!known)
		fault(r, DKIM_NEUTRAL,
		    _("Receivers do not know the canonicalization c=%s; there "
		      "are simple and relaxed."),
		    shown(r, value));
}

static bool
is_field_name(struct str name)
{
	for (size_t i = 0; i < name.len; i++)
		if (name.p[i] <= ' ' || name.p[i] >= 0x7f)
			return false;
	return name.len > 0;
}

/* hdr-name *( [FWS] ":" [FWS] hdr-name ) */
static void
read_names(struct reading *r)
{
	struct dkim_signature *out = r->out;
	bool there, more = true, from = false;
	struct str rest = value_of(r, "h", &there);
	struct str name;

	while (there && tag_next(&rest, ':', &more, &name)) {
		if (!is_field_name(name) || out->nnames == DKIM_NAMES_MAX) {
			fault(r, DKIM_NEUTRAL,
			    _("The signature cannot be read: h= is not a list "
			      "of header fields."));
			return;
		}
		out->names = arena_grow(
		    r->arena, out->names, out->nnames, sizeof(*out->names));
		out->names[out->nnames++] = name;
		from = from || str_equal_nocase(name, "from");
	}
	if (there && !from)
		fault(r, DKIM_PERMERROR,
		    _("The signature does not cover the From field (h=), as "
		      "every signature has to."));
}

/* 1*76DIGIT; what is too large for us is UINT64_MAX. */
static bool
read_number(struct str text, uint64_t *out)
{
	uint64_t n = 0;

	if (text.len == 0 || text.len > NUMBER_DIGITS_MAX)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		unsigned int digit = (unsigned int)(text.p[i] - '0');

		if (!is_digit(text.p[i]))
			return false;
		n = n > (UINT64_MAX - digit) / 10 ? UINT64_MAX : n * 10 + digit;
	}
	*out = n;
	return true;
}

static bool
read_number_tag(struct reading *r, const char *tag, uint64_t *out)
{
	bool there;
	struct str value = value_of(r, tag, &there);

	if (!there)
		return false;
	if (read_number(value, out))
		return true;
	fault(r, DKIM_NEUTRAL,
	    _("The signature cannot be read: %s=%s is not a number."), tag,
	    shown(r, value));
	return false;
}

static void
read_numbers(struct reading *r)
{
	struct dkim_signature *out = r->out;

	out->limited = read_number_tag(r, "l", &out->limit);
	read_number_tag(r, "t", &out->signed_at);
	if (read_number_tag(r, "x", &out->expires) && out->expires == 0)
		out->expires = 1; /* 1970 is past as well; 0 means never */
	if (out->expires != 0 && tag_find(&out->tags, "t") != NULL &&
	    out->expires <= out->signed_at)
		fault(r, DKIM_NEUTRAL,
		    _("The signature contradicts itself: it ends (x=) before "
		      "it was made (t=)."));
}

/* q= has to offer the one method there is. */
static void
read_methods(struct reading *r)
{
	bool there, more = true, known = false;
	struct str value = value_of(r, "q", &there);
	struct str rest = value, method;

	if (!there)
		return;
	while (tag_next(&rest, ':', &more, &method))
		known = known || str_equal_nocase(method, "dns/txt");
	if (!known)
		fault(r, DKIM_NEUTRAL,
		    _("The signature wants its key asked for by q=%s; "
		      "receivers know dns/txt only."),
		    shown(r, value));
}

/* sig-i-tag = [ Local-part ] "@" domain-name, in dkim-quoted-printable. */
static void
read_identity(struct reading *r)
{
	struct dkim_signature *out = r->out;
	bool there;
	struct str raw = value_of(r, "i", &there);
	struct str value = tag_unquote(r->arena, raw);
	size_t at = value.len;
	const char *name;

	out->own_domain = true;
	if (!there)
		return;
	while (at > 0 && value.p[at - 1] != '@')
		at--;
	name = at > 0 ? read_name(r, str_slice(value, at, value.len)) : NULL;
	if (name == NULL) {
		fault(r, DKIM_NEUTRAL,
		    _("The signature cannot be read: i=%s is not an address."),
		    shown(r, raw));
		return;
	}
	if (out->result != DKIM_PASS || out->domain == NULL)
		return;
	out->own_domain = name_equal(name, out->domain);
	if (!name_is_below(name, out->domain))
		fault(r, DKIM_PERMERROR,
		    _("The signature speaks for %s (i=), which is not inside "
		      "its own domain %s (d=)."),
		    name, out->domain);
}

/* RFC 8301 section 3.1. */
static void
forbid_sha1(struct reading *r)
{
	const char *algorithm = r->out->algorithm;

	if (algorithm != NULL &&
	    str_equal_nocase(str_of(algorithm), "rsa-sha1"))
		fault(r, DKIM_PERMERROR,
		    _("The signature is made with SHA-1 (a=rsa-sha1), which "
		      "receivers must not accept; sign with rsa-sha256."));
}

void
dkim_signature_read(struct arena *arena, const struct header_field *field,
    struct dkim_signature *out)
{
	struct reading r = { .arena = arena, .out = out };
	const struct tag *tag;

	*out = (struct dkim_signature){ .field = field, .own_domain = true };
	tag_list_read(arena, field->value, &out->tags);
	if (out->tags.problem != NULL)
		fault(&r, DKIM_NEUTRAL, _("The signature cannot be read: %s."),
		    out->tags.problem);
	check_required(&r);
	read_version(&r);
	read_algorithm(&r);
	read_domain(&r);
	read_selector(&r);
	check_key_name(&r);
	read_octets(&r, "b", &out->signature);
	read_octets(&r, "bh", &out->body_hash);
	read_canons(&r);
	read_numbers(&r);
	read_methods(&r);
	read_names(&r);
	read_identity(&r);
	forbid_sha1(&r);
	tag = tag_find(&out->tags, "b");
	if (tag != NULL)
		out->b_room = tag->room;
}
