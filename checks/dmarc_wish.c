/* What was meant by one text or more. */
#include "dmarc_wish.h"

#include <string.h>

#include "base/printable.h"
#include "dmarc_uri.h"
#include "dmarc_value.h"

static bool
is_known(struct str name)
{
	for (int id = 0; id < DMARC_TAGS; id++)
		if (str_equal_nocase(
			name, dmarc_tag_name((enum dmarc_tag_id)id)))
			return true;
	return false;
}

/* Does a known name and "=" stand here? */
static bool
begins_tag(struct str text)
{
	size_t n = 0, equals;

	while (n < text.len && is_alpha(text.p[n]))
		n++;
	equals = n;
	while (equals < text.len && text.p[equals] == ' ')
		equals++;
	return equals < text.len && text.p[equals] == '=' &&
	    is_known(str_slice(text, 0, n));
}

/* "p=none rua=..." and "p=none, rua=...": the semicolons put in. */
static struct str
with_semicolons(struct arena *arena, struct str text)
{
	char *out = arena_memdup(arena, text.p, text.len);

	for (size_t i = 1; i < text.len; i++) {
		if (!begins_tag(str_slice(text, i, text.len)) ||
		    strchr(" ,:", text.p[i - 1]) == NULL)
			continue;
		out[i - 1] = ';';
		if (i > 1 && out[i - 2] == ',')
			out[i - 2] = ';';
	}
	return (struct str){ out, text.len };
}

/* "p none", "p:none": a name, something else than "=", a value. */
static void
split_odd_tag(struct str whole, const struct dmarc_tag *tag, struct str *name,
    struct str *value)
{
	struct str text = str_slice(whole, tag->at.from, tag->at.to);
	size_t n = 0;

	while (n < text.len && is_alpha(text.p[n]))
		n++;
	*name = str_slice(text, 0, n);
	while (n < text.len && !is_alnum(text.p[n]))
		n++;
	*value = str_trim(str_slice(text, n, text.len));
}

static bool
is_policy(enum dmarc_tag_id id)
{
	return id == DMARC_P || id == DMARC_SP || id == DMARC_NP;
}

/* Is the policy milder than the one there? */
static bool
is_milder(const char *new, const char *old)
{
	enum dmarc_policy a = DMARC_NONE, b = DMARC_NONE;

	return dmarc_policy_read(str_of(new), &a) &&
	    dmarc_policy_read(str_of(old), &b) && a < b;
}

static void
add_address(struct arena *arena, struct dmarc_wish *wish, enum dmarc_tag_id id,
    const char *uri)
{
	const char *list = wish->value[id];
	struct str rest = str_of(list);

	while (rest.len > 0)
		if (str_equal_nocase(str_word(&rest, ','), uri))
			return;
	wish->value[id] =
	    list == NULL ? uri : arena_printf(arena, "%s,%s", list, uri);
}

static void
add_addresses(struct arena *arena, struct dmarc_wish *wish,
    enum dmarc_tag_id id, struct str value)
{
	struct dmarc_tag tag = { .value = value };
	struct dmarc_uris uris = { 0 };

	dmarc_uris_read(arena, value, &tag, &uris);
	for (size_t i = 0; i < uris.n; i++) {
		const struct dmarc_uri *uri = &uris.list[i];

		if (uri->problem == NULL && uri->address != NULL)
			add_address(arena, wish, id,
			    str_dup(arena,
				str_slice(uri->text, 0,
				    uri->text.len - uri->size_len)));
		else if (dmarc_uri_meant(arena, uri) != NULL)
			add_address(
			    arena, wish, id, dmarc_uri_meant(arena, uri));
	}
}

/* pct=0 and t=y ask for nearly the same; appendix A.6. */
static void
add_removed(struct dmarc_wish *wish, enum dmarc_tag_id id, struct str value)
{
	if (id == DMARC_PCT && str_equal(value, str_of("0")) &&
	    wish->value[DMARC_T] == NULL)
		wish->value[DMARC_T] = "y";
}

/* `mine`: of this text alone, where the first of a name counts. */
static void
add_value(struct arena *arena, struct dmarc_wish *wish, enum dmarc_tag_id id,
    struct str value)
{
	const char *text = NULL;

	if (dmarc_value_is_valid(id, value))
		text = str_dup(arena, value);
	else
		text = dmarc_value_meant(id, value);
	if (text != NULL && wish->value[id] == NULL)
		wish->value[id] = text;
}

static void
add_tag(struct arena *arena, struct dmarc_wish *wish, enum dmarc_tag_id id,
    struct str name, struct str value)
{
	bool valid = dmarc_value_is_valid(DMARC_UNKNOWN, value);

	if (id == DMARC_V)
		return;
	if (id == DMARC_RUA || id == DMARC_RUF)
		add_addresses(arena, wish, id, value);
	else if (dmarc_tag_is_removed(id))
		add_removed(wish, id, value);
	else if (id < DMARC_TAGS)
		add_value(arena, wish, id, value);
	else if (valid)
		wish->extra = arena_printf(arena, "%s; %s=%s", wish->extra,
		    printable(arena, name), str_dup(arena, value));
}

static void
read_tag(struct arena *arena, struct dmarc_wish *wish,
    const struct dmarc_record *record, const struct dmarc_tag *tag)
{
	struct str name = tag->name, value = tag->value;
	enum dmarc_tag_id id = tag->id, meant;

	if (id == DMARC_NO_TAG) {
		split_odd_tag(record->text, tag, &name, &value);
		for (int i = 0; i < DMARC_TAGS; i++)
			if (str_equal_nocase(
				name, dmarc_tag_name((enum dmarc_tag_id)i)))
				id = (enum dmarc_tag_id)i;
		if (id != DMARC_NO_TAG)
			add_tag(arena, wish, id, name, value);
		return;
	}
	meant = id == DMARC_UNKNOWN ? dmarc_name_meant(name, value) : id;
	if (meant != DMARC_UNKNOWN && record->tag[meant] == NULL)
		id = meant;
	add_tag(arena, wish, id, name, value);
}

void
dmarc_wish_add(struct arena *arena, struct dmarc_wish *wish, struct str text)
{
	struct dmarc_wish one = { .extra = "" };
	struct dmarc_record record;
	struct str rest;

	if (wish->extra == NULL)
		wish->extra = "";
	if (!dmarc_read(arena, with_semicolons(arena, text), &record))
		return;
	for (size_t i = 0; i < record.ntags; i++)
		read_tag(arena, &one, &record, &record.tags[i]);
	for (int i = 0; i < DMARC_TAGS; i++) {
		enum dmarc_tag_id id = (enum dmarc_tag_id)i;
		const char *old = wish->value[id], *new = one.value[id];

		if (new == NULL)
			continue;
		rest = str_of(new);
		if (id == DMARC_RUA || id == DMARC_RUF)
			while (rest.len > 0)
				add_address(arena, wish, id,
				    str_dup(arena, str_word(&rest, ',')));
		else if (old == NULL || (is_policy(id) && is_milder(new, old)))
			wish->value[id] = new;
	}
	if (wish->extra[0] == '\0')
		wish->extra = one.extra;
}

const char *
dmarc_wish_print(struct arena *arena, const struct dmarc_wish *wish)
{
	const char *text = "v=DMARC1";

	for (int i = DMARC_P; i < DMARC_TAGS; i++)
		if (wish->value[i] != NULL)
			text = arena_printf(arena, "%s; %s=%s", text,
			    dmarc_tag_name((enum dmarc_tag_id)i),
			    wish->value[i]);
	return arena_printf(arena, "%s%s", text, wish->extra);
}
