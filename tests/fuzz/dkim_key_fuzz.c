/*
 * Any octets as a list of tags and as a key record: reading ends, every place
 * lies in the text, and a sound key can be used.
 */
#include "../../checks/dkim.h"
#include "must.h"

static void
check_tags(const struct tag_list *list, struct str text)
{
	must(list->fault.from <= list->fault.to);
	must(list->fault.to <= text.len);
	for (size_t i = 0; i < list->n; i++) {
		const struct tag *tag = &list->tags[i];

		must(tag->at.from < tag->at.to && tag->at.to <= text.len);
		must(tag->room.from <= tag->room.to);
		must(tag->room.to <= text.len);
		must(str_equal(tag->value,
		    tag_trim(str_slice(text, tag->room.from, tag->room.to))));
		must(tag->name.len > 0);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size };
	struct arena *arena;
	struct dkim_key key;
	struct sha256 digest = { { 0 } };

	if (size > 65535)
		return 0;
	arena = arena_new();
	dkim_key_read(arena, text, &key);
	check_tags(&key.tags, text);
	must(key.at.from <= key.at.to && key.at.to <= text.len);
	must((key.fault == DKIM_KEY_SOUND) == (key.problem == NULL));
	if (key.fault == DKIM_KEY_SOUND) {
		must(dkim_is_key_record(text) || size == 0);
		must(key.facts.type == key.type);
		must(!key_verify(key.octets, key.type, &digest, text));
		key_recover(key.octets, text, &digest);
	}
	arena_free(arena);
	return 0;
}
