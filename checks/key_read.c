/* A public key in any usual shape. */
#include "key_read.h"

#include <string.h>

#include "base/i18n.h"
#include "dkim.h"
#include "dkim_mend.h"

#define TEXT_MAX ((size_t)64 * 1024) /* octets */

/* Where a word begins, the case of its letters set aside; text.len: nowhere. */
static size_t
find(struct str text, const char *word)
{
	size_t at = 0;

	while (at < text.len &&
	    !str_starts_nocase(str_slice(text, at, text.len), word))
		at++;
	return at;
}

static bool
holds(struct str text, const char *word)
{
	return find(text, word) < text.len;
}

/* What stands in quotation marks, one after the other; RFC 1035 section 5.1. */
static struct str
quoted(struct arena *arena, struct str text)
{
	char *out = arena_alloc(arena, text.len + 1);
	bool inside = false;
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (text.p[i] == '\\' && i + 1 < text.len && inside)
			out[n++] = text.p[++i];
		else if (text.p[i] == '"')
			inside = !inside;
		else if (inside)
			out[n++] = text.p[i];
	}
	return (struct str){ out, n };
}

static enum key_text
use(struct arena *arena, struct str octets, struct public_key *out)
{
	struct key_facts facts;

	key_look(octets, true, &facts);
	if (facts.form == KEY_FORM_PRIVATE)
		return KEY_TEXT_PRIVATE;
	if (facts.form == KEY_FORM_NONE)
		return facts.missing > 0 ? KEY_TEXT_CUT : KEY_TEXT_NONE;
	if (!public_key_read(arena, octets, out))
		return KEY_TEXT_OTHER;
	if (out->type == KEY_RSA && out->bits < DKIM_RSA_MIN_BITS)
		return KEY_TEXT_WEAK;
	return KEY_TEXT_READ;
}

static enum key_text
use_base64(struct arena *arena, struct str text, struct public_key *out)
{
	struct str digits = dkim_key_digits(arena, text);
	struct str octets;
	struct span at;

	if (digits.len == 0)
		return KEY_TEXT_NONE;
	if (base64_read(arena, digits, &octets, &at) != NULL)
		return dkim_missing_octets(arena, digits) > 0 ? KEY_TEXT_CUT
							      : KEY_TEXT_NONE;
	return use(arena, octets, out);
}

/* What follows p= up to the next tag. */
static enum key_text
use_record(struct arena *arena, struct str text, struct public_key *out)
{
	struct str rest = text;
	struct str item;
	bool more = true;

	while (tag_next(&rest, ';', &more, &item)) {
		size_t sign = str_find(item, '=');
		struct str name = tag_trim(str_slice(item, 0, sign));
		struct str value =
		    tag_trim(str_slice(item, sign + 1, item.len));

		if (sign >= item.len || name.len == 0 ||
		    to_lower(name.p[name.len - 1]) != 'p' ||
		    (name.len > 1 && is_alnum(name.p[name.len - 2])))
			continue;
		return value.len == 0 ? KEY_TEXT_REVOKED
				      : use_base64(arena, value, out);
	}
	return KEY_TEXT_NONE;
}

/* The lines between -----BEGIN X----- and -----END X-----. */
static struct str
armoured(struct str text)
{
	size_t begin = find(text, "-----BEGIN ");
	struct str rest = str_slice(text, begin, text.len);
	size_t end = find(rest, "-----END ");

	return str_slice(rest, 0, end);
}

static bool
is_record(struct str text)
{
	return holds(text, "v=DKIM1") || holds(text, "v =") ||
	    str_starts_nocase(tag_trim(text), "p=") || holds(text, ";p=") ||
	    holds(text, "; p=");
}

/* SEQUENCE, and a length that is no digit of base64; X.690 section 8.1. */
static bool
is_der(struct str text)
{
	return text.len > 2 && text.p[0] == 0x30 && !is_alnum(text.p[1]) &&
	    strchr("+/= \t\r\n", text.p[1]) == NULL;
}

enum key_text
key_read_text(struct arena *arena, struct str text, struct public_key *out)
{
	*out = (struct public_key){ .type = KEY_UNKNOWN };
	if (str_starts_nocase(text, "\xef\xbb\xbf"))
		text = str_slice(text, 3, text.len);
	if (is_der(text))
		return use(arena, text, out);
	text = tag_trim(text);
	if (text.len == 0)
		return KEY_TEXT_EMPTY;
	if (text.len > TEXT_MAX)
		return KEY_TEXT_NONE;
	if (holds(text, "PRIVATE KEY-----"))
		return KEY_TEXT_PRIVATE;
	if (is_record(text) && holds(text, "\""))
		text = quoted(arena, text);
	if (is_record(text))
		return use_record(arena, text, out);
	if (holds(text, "-----BEGIN "))
		text = armoured(text);
	return use_base64(arena, text, out);
}

const char *
key_text_problem(enum key_text what)
{
	switch (what) {
	case KEY_TEXT_EMPTY:
		return _("There is no key in it: paste the public key, or the "
			 "whole record your signer shows.");
	case KEY_TEXT_PRIVATE:
		return _("That is a private key, and it was not kept. It "
			 "belongs to the signing server alone: paste the "
			 "public key, or the record.");
	case KEY_TEXT_CUT:
		return _("The key is cut off: its end is missing. Copy it "
			 "again, down to the last character.");
	case KEY_TEXT_REVOKED:
		return _("In this record p= is empty, which withdraws a key. "
			 "Paste the record with the key in it.");
	case KEY_TEXT_OTHER:
		return _("That is a key, but of a type that DKIM does not "
			 "know: it has to be RSA or Ed25519.");
	case KEY_TEXT_WEAK:
		return _("This RSA key has less than 1024 bits, and receivers "
			 "must not accept it: make one of 2048 bits.");
	case KEY_TEXT_NONE:
		return _("That is not a public key: it should be base64, often "
			 "beginning with MII, or a record with p=.");
	case KEY_TEXT_READ:
		break;
	}
	return NULL;
}

struct str
key_record_text(struct arena *arena, const struct public_key *key)
{
	const char *type = key->type == KEY_ED25519 ? "ed25519" : "rsa";

	return str_of(arena_printf(arena, "v=DKIM1; k=%s; p=%s", type,
	    base64_write(arena, key->octets)));
}
