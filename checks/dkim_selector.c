/* The name of a key, and the record that belongs there. */
#include <string.h>

#include "base/i18n.h"
#include "base/printable.h"
#include "dkim.h"
#include "key_read.h"
#include "name.h"
#include "record.h"

#define LABEL_MAX 63 /* octets; RFC 1035 section 2.3.4 */

static bool
is_sound_label(struct str label, bool existing)
{
	if (label.len == 0 || label.len > LABEL_MAX || label.p[0] == '-' ||
	    label.p[label.len - 1] == '-')
		return false;
	for (size_t i = 0; i < label.len; i++)
		if (!is_alnum(label.p[i]) && label.p[i] != '-' &&
		    !(existing && label.p[i] == '_'))
			return false;
	return true;
}

const char *
dkim_selector_problem(struct arena *arena, const char *selector,
    const char *domain, bool existing)
{
	struct str rest = str_of(selector);
	bool more = true;

	while (more) {
		size_t dot = str_find(rest, '.');

		more = dot < rest.len;
		if (!is_sound_label(str_slice(rest, 0, dot), existing))
			return arena_printf(arena,
			    _("\"%s\" cannot be a selector: use letters, "
			      "digits and hyphens, such as 2026-11, at most 63 "
			      "between two dots."),
			    printable(
				arena, str_slice(str_of(selector), 0, 80)));
		rest = str_slice(rest, dot + 1, rest.len);
	}
	if (!name_is_valid(dkim_key_name(arena, selector, domain)))
		return arena_printf(arena,
		    _("The selector \"%s\" is too long: with the domain, the "
		      "name is longer than DNS allows."),
		    selector);
	return NULL;
}

struct record
dkim_key_record(struct arena *arena, const char *selector, const char *domain,
    const struct key_pair *pair, enum key_kind kind)
{
	const struct public_key key = {
		.type = kind == KEY_KIND_ED25519 ? KEY_ED25519 : KEY_RSA,
		.octets = pair->public_octets,
	};

	return (struct record){
		.name = dkim_key_name(arena, selector, domain),
		.type = RR_TXT,
		.ttl = RECORD_TTL,
		.text = key_record_text(arena, &key),
	};
}
