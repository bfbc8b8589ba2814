/*
 * Records as text.  RFC 9989 section 4.8:
 *
 *	dmarc-record  = dmarc-version *(dmarc-sep dmarc-tag) [dmarc-sep]
 *	dmarc-version = "v" equals %s"DMARC1"
 *	dmarc-sep     = *WSP ";" *WSP
 *	equals        = *WSP "=" *WSP
 *	dmarc-tag     = 1*ALPHA equals 1*dmarc-value
 *	dmarc-value   = %x20-3A / %x3C-7E
 *
 * Faults behind the version spoil one tag, never the record.
 */
#include "dmarc.h"

#include <string.h>

#include "dmarc_uri.h"
#include "dmarc_value.h"

#define TAGS_MAX 256 /* read of one record */

static const char *const names[DMARC_TAGS] = {
	[DMARC_V] = "v",
	[DMARC_P] = "p",
	[DMARC_SP] = "sp",
	[DMARC_NP] = "np",
	[DMARC_ADKIM] = "adkim",
	[DMARC_ASPF] = "aspf",
	[DMARC_T] = "t",
	[DMARC_PSD] = "psd",
	[DMARC_RUA] = "rua",
	[DMARC_RUF] = "ruf",
	[DMARC_FO] = "fo",
	[DMARC_PCT] = "pct",
	[DMARC_RF] = "rf",
	[DMARC_RI] = "ri",
};

const char *
dmarc_tag_name(enum dmarc_tag_id id)
{
	return id < DMARC_TAGS ? names[id] : "";
}

bool
dmarc_tag_is_removed(enum dmarc_tag_id id)
{
	return id == DMARC_PCT || id == DMARC_RF || id == DMARC_RI;
}

/* dmarc-version, and an end or a semicolon behind it. */
bool
dmarc_is_record(struct str text)
{
	struct str tag = str_word(&text, ';');
	size_t equals = str_find(tag, '=');
	struct str name = str_trim(str_slice(tag, 0, equals));

	return equals < tag.len && (tag.p[0] == 'v' || tag.p[0] == 'V') &&
	    name.len == 1 &&
	    str_equal(str_trim(str_slice(tag, equals + 1, tag.len)),
		str_of("DMARC1"));
}

static bool
is_name(struct str name)
{
	for (size_t i = 0; i < name.len; i++)
		if (!is_alpha(name.p[i]))
			return false;
	return name.len > 0;
}

static enum dmarc_tag_id
find_name(struct str name)
{
	for (int id = 0; id < DMARC_TAGS; id++)
		if (str_equal_nocase(name, names[id]))
			return (enum dmarc_tag_id)id;
	return DMARC_UNKNOWN;
}

static struct span
place(struct str whole, struct str part)
{
	size_t from = (size_t)(part.p - whole.p);

	return (struct span){ from, from + part.len };
}

/* What stands between two semicolons, trimmed and not empty. */
static struct dmarc_tag
read_tag(struct str whole, struct str text)
{
	size_t equals = str_find(text, '=');
	struct dmarc_tag tag = {
		.name = str_trim(str_slice(text, 0, equals)),
		.at = place(whole, text),
	};

	if (equals < text.len)
		tag.value = str_trim(str_slice(text, equals + 1, text.len));
	else
		tag.value = str_slice(text, text.len, text.len);
	tag.value_at = place(whole, tag.value);
	if (equals == text.len || !is_name(tag.name)) {
		tag.id = DMARC_NO_TAG;
		tag.fault = DMARC_NOT_A_TAG;
		return tag;
	}
	tag.id = find_name(tag.name);
	if (!dmarc_value_is_valid(tag.id, tag.value))
		tag.fault = DMARC_BAD_VALUE;
	else if (tag.id < DMARC_TAGS &&
	    !str_equal(tag.name, str_of(names[tag.id])))
		tag.fault = DMARC_CAPITALS;
	return tag;
}

static void
read_tags(struct arena *arena, struct dmarc_record *record)
{
	struct str rest = record->text;

	while (rest.len > 0 && record->ntags < TAGS_MAX) {
		struct str text = str_trim(str_word(&rest, ';'));

		if (text.len == 0)
			continue;
		record->tags = arena_grow(
		    arena, record->tags, record->ntags, sizeof(*record->tags));
		record->tags[record->ntags++] = read_tag(record->text, text);
	}
}

/* Of several of a name the first counts, whatever it says. */
static void
choose_tags(struct dmarc_record *record)
{
	for (size_t i = 0; i < record->ntags; i++) {
		struct dmarc_tag *tag = &record->tags[i];

		if (tag->id >= DMARC_TAGS)
			continue;
		if (record->tag[tag->id] == NULL)
			record->tag[tag->id] = tag;
		else
			tag->fault = DMARC_TWICE;
	}
}

/* A tag with a value of its own, which is valid. */
static const struct dmarc_tag *
valid_tag(const struct dmarc_record *record, enum dmarc_tag_id id)
{
	const struct dmarc_tag *tag = record->tag[id];

	return tag != NULL && tag->fault != DMARC_BAD_VALUE ? tag : NULL;
}

static bool
says(const struct dmarc_record *record, enum dmarc_tag_id id, const char *value)
{
	const struct dmarc_tag *tag = valid_tag(record, id);

	return tag != NULL && str_equal_nocase(tag->value, value);
}

/* Section 4.7: np falls back to sp, and sp to p. */
static void
read_policies(struct dmarc_record *record)
{
	static const enum dmarc_tag_id ids[] = { DMARC_P, DMARC_SP, DMARC_NP };
	enum dmarc_policy *const out[] = { &record->p, &record->sp,
		&record->np };
	enum dmarc_policy policy = DMARC_NONE;

	record->has_policy = record->tag[DMARC_P] != NULL;
	for (size_t i = 0; i < COUNT(ids); i++)
		if (record->tag[ids[i]] != valid_tag(record, ids[i]))
			record->has_policy = false;
	for (size_t i = 0; i < COUNT(ids) && record->has_policy; i++) {
		if (record->tag[ids[i]] != NULL)
			dmarc_policy_read(record->tag[ids[i]]->value, &policy);
		*out[i] = policy;
	}
}

static bool
has_valid_uri(const struct dmarc_uris *uris)
{
	for (size_t i = 0; i < uris->n; i++)
		if (uris->list[i].problem == NULL)
			return true;
	return false;
}

bool
dmarc_read(struct arena *arena, struct str text, struct dmarc_record *out)
{
	struct dmarc_record record = { .text = text, .psd = 'u' };

	if (!dmarc_is_record(text))
		return false;
	read_tags(arena, &record);
	choose_tags(&record);
	read_policies(&record);
	record.strict_dkim = says(&record, DMARC_ADKIM, "s");
	record.strict_spf = says(&record, DMARC_ASPF, "s");
	record.testing = says(&record, DMARC_T, "y");
	if (says(&record, DMARC_PSD, "y"))
		record.psd = 'y';
	else if (says(&record, DMARC_PSD, "n"))
		record.psd = 'n';
	dmarc_uris_read(arena, text, record.tag[DMARC_RUA], &record.rua);
	dmarc_uris_read(arena, text, record.tag[DMARC_RUF], &record.ruf);
	record.usable = record.has_policy || has_valid_uri(&record.rua);
	*out = record;
	return true;
}

/* --- printing ------------------------------------------------------------ */

static char *
put(char *at, struct str text)
{
	if (text.len > 0)
		memcpy(at, text.p, text.len);
	return at + text.len;
}

struct str
dmarc_print(struct arena *arena, const struct dmarc_record *record)
{
	size_t size = 1;
	char *text, *at;

	for (size_t i = 0; i < record->ntags; i++)
		size += record->tags[i].name.len + record->tags[i].value.len +
		    strlen("=; ");
	at = text = arena_alloc(arena, size);
	for (size_t i = 0; i < record->ntags; i++) {
		const struct dmarc_tag *tag = &record->tags[i];

		if (i > 0)
			at = put(at, str_of("; "));
		if (tag->id == DMARC_NO_TAG && tag->value.len == 0) {
			at = put(at,
			    str_slice(record->text, tag->at.from, tag->at.to));
			continue;
		}
		at = put(at, tag->name);
		at = put(at, str_of("="));
		at = put(at, tag->value);
	}
	return (struct str){ text, (size_t)(at - text) };
}
