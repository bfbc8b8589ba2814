/*
 * Any octets as the value of a DKIM-Signature field: reading ends, a sound one
 * has all that verifying needs, and its own text is made without harm.
 */
#include <string.h>

#include "../../checks/dkim_canon.h"
#include "../../checks/name.h"
#include "must.h"

static void
check_sound(struct arena *arena, const struct dkim_signature *s)
{
	struct hash *hash = hash_new();
	struct str own = header_own_text(arena, s);

	must(s->problem == NULL && s->has_domain);
	must(s->algorithm != NULL && s->type != KEY_UNKNOWN);
	must(name_is_valid(s->domain) && name_is_valid(s->selector));
	must(s->signature.len > 0 && s->body_hash.len > 0);
	must(s->nnames > 0);
	must(s->b_room.from <= s->b_room.to);
	must(s->b_room.to <= s->field->value.len);
	must(own.len <= s->field->text.len);
	header_canon_last(hash, s->header, own);
	hash_free(hash);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char name[] = "DKIM-Signature:";
	size_t head = sizeof(name) - 1;
	struct arena *arena;
	struct dkim_signature signature;
	struct header_field field;
	char *text;

	if (size > 65535)
		return 0;
	arena = arena_new();
	text = arena_alloc(arena, head + size + 2);
	memcpy(text, name, head);
	if (size > 0)
		memcpy(text + head, data, size);
	memcpy(text + head + size, "\r\n", 2);
	field = (struct header_field){
		.text = { text, head + size + 2 },
		.name = { text, head - 1 },
		.value = { text + head, size },
	};
	dkim_signature_read(arena, &field, &signature);
	if (signature.result == DKIM_PASS)
		check_sound(arena, &signature);
	else
		must(signature.problem != NULL);
	arena_free(arena);
	return 0;
}
