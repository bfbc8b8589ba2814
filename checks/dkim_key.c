/*
 * The key record: read, and judged without asking anybody.  RFC 6376 sections
 * 3.6.1 and 6.1.2, RFC 8301, RFC 8463 section 4.
 */
#include "dkim.h"

#include "base/i18n.h"
#include "base/printable.h"

#define TYPE_SHOWN 20 /* octets of k= in a sentence */

/* The first fault counts. */
static void
fault(struct dkim_key *key, enum dkim_key_fault what, struct span at,
    const char *problem)
{
	if (key->fault != DKIM_KEY_SOUND)
		return;
	key->fault = what;
	key->at = at;
	key->problem = problem;
}

/* v= comes first, and is compared letter by letter. */
static void
read_version(struct dkim_key *key)
{
	const struct tag *tag = tag_find(&key->tags, "v");

	if (tag == NULL)
		return;
	if (tag != key->tags.tags)
		fault(key, DKIM_KEY_VERSION, tag->at,
		    _("v= is not the first tag, as it has to be"));
	else if (!str_equal(tag->value, str_of("DKIM1")))
		fault(key, DKIM_KEY_VERSION, tag->at,
		    _("v= is not DKIM1, letter by letter"));
}

static void
read_type(struct arena *arena, struct dkim_key *key)
{
	const struct tag *tag = tag_find(&key->tags, "k");
	struct str word = tag == NULL ? str_of("rsa") : tag->value;

	key->type_word = printable(arena, str_slice(word, 0, TYPE_SHOWN));
	if (str_equal_nocase(word, "rsa"))
		key->type = KEY_RSA;
	else if (str_equal_nocase(word, "ed25519"))
		key->type = KEY_ED25519;
	else if (tag != NULL)
		fault(key, DKIM_KEY_UNKNOWN_TYPE, tag->at,
		    arena_printf(arena,
			_("receivers do not know keys of the type \"%s\""),
			key->type_word));
}

/* A list with colons: is one of the two words in it?  Without: `otherwise`. */
static bool
lists(const struct dkim_key *key, const char *name, const char *word,
    const char *other, bool otherwise)
{
	const struct tag *tag = tag_find(&key->tags, name);
	bool more = true;
	struct str rest, item;

	if (tag == NULL)
		return otherwise;
	rest = tag->value;
	while (tag_next(&rest, ':', &more, &item))
		if (str_equal_nocase(item, word) ||
		    (other != NULL && str_equal_nocase(item, other)))
			return true;
	return false;
}

static void
judge_wrong_octets(struct arena *arena, struct dkim_key *key, struct span at)
{
	const struct key_facts *facts = &key->facts;

	if (facts->form == KEY_FORM_PRIVATE)
		fault(key, DKIM_KEY_PRIVATE, at,
		    _("p= holds a private key, which nobody else may see"));
	else if (facts->form == KEY_FORM_CERTIFICATE)
		fault(key, DKIM_KEY_CERTIFICATE, at,
		    _("p= holds a certificate, not the key alone"));
	else if (facts->missing > 0)
		fault(key, DKIM_KEY_TRUNCATED, at,
		    arena_printf(arena,
			_("the key in p= is cut off: %zu octets are missing"),
			facts->missing));
	else if (facts->form == KEY_FORM_NONE)
		fault(key, DKIM_KEY_UNDECODABLE, at,
		    _("p= is base64, but what it holds is not a key"));
}

/* The octets of p=, held against what k= says they are. */
static void
judge_octets(struct arena *arena, struct dkim_key *key, struct span at)
{
	const struct key_facts *facts = &key->facts;

	key_look(key->octets, key->type == KEY_ED25519, &key->facts);
	judge_wrong_octets(arena, key, at);
	if (key->type == KEY_ED25519 && facts->type == KEY_ED25519 &&
	    facts->form == KEY_FORM_SPKI)
		fault(key, DKIM_KEY_WRONG_FORM, at,
		    _("p= holds the Ed25519 key with a header around it; only "
		      "its 32 octets belong there"));
	else if (key->type != KEY_UNKNOWN && facts->type != key->type)
		fault(key, DKIM_KEY_OTHER_TYPE, at,
		    arena_printf(arena,
			_("the key in p= is not of the type k=%s"),
			key->type_word));
	else if (facts->trailing > 0)
		fault(key, DKIM_KEY_TRAILING, at,
		    arena_printf(arena,
			_("%zu octets stand behind the end of the key in p="),
			facts->trailing));
}

static void
read_octets(struct arena *arena, struct dkim_key *key, struct str text)
{
	const struct tag *tag = tag_find(&key->tags, "p");
	const char *problem;
	struct span at, where;

	if (tag == NULL) {
		fault(key, DKIM_KEY_NO_P, (struct span){ 0, text.len },
		    _("there is no p=, the key itself"));
		return;
	}
	if (tag->value.len == 0) {
		fault(key, DKIM_KEY_REVOKED, tag->at,
		    _("p= is empty, which says that the key is revoked"));
		return;
	}
	where.from = (size_t)(tag->value.p - text.p);
	where.to = where.from + tag->value.len;
	problem = base64_read(arena, tag->value, &key->octets, &at);
	if (problem != NULL) {
		fault(key, DKIM_KEY_BASE64,
		    (struct span){ where.from + at.from, where.from + at.to },
		    arena_printf(arena, _("in p= %s"), problem));
		return;
	}
	judge_octets(arena, key, where);
}

void
dkim_key_read(struct arena *arena, struct str text, struct dkim_key *out)
{
	*out = (struct dkim_key){ 0 };
	tag_list_read(arena, text, &out->tags);
	if (out->tags.problem != NULL)
		fault(out, DKIM_KEY_SYNTAX, out->tags.fault, out->tags.problem);
	read_version(out);
	read_type(arena, out);
	read_octets(arena, out, text);
	out->for_email = lists(out, "s", "email", "*", true);
	out->sha256 = lists(out, "h", "sha256", NULL, true);
	out->testing = lists(out, "t", "y", NULL, false);
	out->strict = lists(out, "t", "s", NULL, false);
}

/* "v=DKIM1...", or a tag p= somewhere. */
bool
dkim_is_key_record(struct str text)
{
	struct str rest = text;
	struct str item;
	bool more = true;

	while (tag_next(&rest, ';', &more, &item)) {
		size_t sign = str_find(item, '=');
		struct str name = tag_trim(str_slice(item, 0, sign));

		if (sign < item.len && str_equal(name, str_of("p")))
			return true;
		if (item.p == tag_trim(text).p && str_equal_nocase(name, "v"))
			return str_starts_nocase(
			    tag_trim(str_slice(item, sign + 1, item.len)),
			    "DKIM");
	}
	return false;
}

const char *
dkim_key_name(struct arena *arena, const char *selector, const char *domain)
{
	return arena_printf(arena, "%s._domainkey.%s", selector, domain);
}
