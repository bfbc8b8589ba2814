/* What was meant as a DMARC record. */
#include "dmarc_clean.h"

#include <string.h>

#include "base/i18n.h"
#include "spf_clean.h"

#define VERSION "v=DMARC1"
#define RAW_MAX 8192 /* octets; no record is longer */

/* Plain ASCII without marks that never belong into a record. */
static struct str
plain(struct arena *arena, struct str raw)
{
	struct str text = spf_plain(arena, raw);
	char *out = arena_alloc(arena, text.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		if (text.p[i] != '\0' && strchr("\\\"'`", text.p[i]) == NULL)
			out[n++] = text.p[i];
	return str_trim((struct str){ out, n });
}

/* "v", "=", "DMARC" in any letters, blanks between; octets up to its end. */
static size_t
version_len(struct str text)
{
	static const char *const parts[] = { "v", "=", "dmarc" };
	struct str rest = text;

	for (size_t i = 0; i < COUNT(parts); i++) {
		while (rest.len > 0 && (*rest.p == ' ' || *rest.p == '\t'))
			rest = str_slice(rest, 1, rest.len);
		if (!str_starts_nocase(rest, parts[i]))
			return 0;
		rest = str_slice(rest, strlen(parts[i]), rest.len);
	}
	return text.len - rest.len;
}

/* The tag that names a policy, anywhere in the text. */
static bool
has_policy(struct str text)
{
	while (text.len > 0) {
		struct str tag = str_trim(str_word(&text, ';'));
		struct str name = str_trim(str_word(&tag, '='));
		enum dmarc_policy policy;

		if (str_equal_nocase(name, "p") &&
		    dmarc_policy_read(str_trim(tag), &policy))
			return true;
	}
	return false;
}

/* Where "v=DMARC" stands; text.len: nowhere. */
static size_t
find_version(struct str text)
{
	size_t at = 0;

	while (at < text.len && version_len(str_slice(text, at, text.len)) == 0)
		at++;
	return at;
}

/* The record that was meant: its tags behind a version of their own. */
static struct str
mend(struct arena *arena, struct str text)
{
	size_t at = find_version(text);
	size_t end = at + version_len(str_slice(text, at, text.len));
	const char *made;

	if (at < text.len) {
		while (end < text.len &&
		    (is_alnum(text.p[end]) || text.p[end] == '.'))
			end++;
		while (end < text.len && strchr(" \t,:", text.p[end]) != NULL)
			end++;
	}
	made = arena_printf(arena, VERSION "; %.*s; %.*s", (int)at, text.p,
	    (int)(text.len - end), text.p + end);
	return str_of(made);
}

static const char *
why_version(struct str text)
{
	struct str first = text;

	first = str_trim(str_word(&first, ';'));
	if (find_version(text) == text.len)
		return _("v=DMARC1 is missing at the front");
	if (version_len(text) == 0)
		return _("v=DMARC1 must be the first tag");
	if (str_starts_nocase(first, VERSION) && first.len > strlen(VERSION) &&
	    !is_alnum(first.p[strlen(VERSION)]))
		return _("a semicolon is missing behind v=DMARC1");
	return _("the version must be written exactly v=DMARC1");
}

static const char *
why_mark(struct str raw)
{
	if (raw.len > 0 && (raw.p[0] == ' ' || raw.p[0] == '\t'))
		return _("it begins with a blank");
	if (str_find(raw, '"') < raw.len || str_find(raw, '\'') < raw.len)
		return _("it holds quotation marks");
	if (str_find(raw, '\\') < raw.len)
		return _("it holds a backslash");
	return _("it holds characters that are not plain ASCII");
}

/* Where the first of them stands. */
static struct span
find_mark(struct str raw)
{
	size_t at = 0;

	while (at < raw.len && raw.p[at] >= ' ' && raw.p[at] <= '~' &&
	    strchr("\\\"'`", raw.p[at]) == NULL && (at > 0 || raw.p[at] != ' '))
		at++;
	return (struct span){ at, at < raw.len ? at + 1 : at };
}

bool
dmarc_clean(
    struct arena *arena, struct str raw, bool reserved, struct dmarc_clean *out)
{
	struct str text = plain(arena, str_slice(raw, 0, RAW_MAX));
	struct str rest = raw;

	if (dmarc_is_record(raw)) {
		*out = (struct dmarc_clean){ .text = text };
		return true;
	}
	if (version_len(text) == 0 &&
	    (!reserved ||
		(find_version(text) == text.len && !has_policy(text))))
		return false;
	out->at = (struct span){ 0, str_word(&rest, ';').len };
	if (dmarc_is_record(text)) {
		out->slip = DMARC_SLIP_MARK;
		out->why = why_mark(raw);
		out->at = find_mark(raw);
		out->text = text;
		return true;
	}
	out->slip = DMARC_SLIP_VERSION;
	out->why = why_version(text);
	out->text = mend(arena, text);
	return true;
}

bool
dmarc_is_meant(const struct record *record)
{
	struct arena *arena = arena_new();
	struct dmarc_clean clean;
	bool meant = dmarc_clean(arena, record->text, true, &clean);

	arena_free(arena);
	return meant;
}
