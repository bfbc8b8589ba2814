/*
 * Any octets as a pasted public key, as a private key, and as a record to be
 * mended: reading ends, and a key that was read can be published.
 */
#include "../../checks/dkim.h"
#include "../../checks/dkim_mend.h"
#include "../../checks/key_read.h"
#include "must.h"

/* The record of a key that was read is sound, and holds that key. */
static void
check_record(struct arena *arena, const struct public_key *key)
{
	struct public_key again;
	struct dkim_key read;
	struct str text = key_record_text(arena, key);

	dkim_key_read(arena, text, &read);
	must(read.fault == DKIM_KEY_SOUND && read.type == key->type);
	must(public_key_read(arena, read.octets, &again));
	must(str_equal(again.octets, key->octets));
	must(key_read_text(arena, text, &again) != KEY_TEXT_NONE);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size };
	struct arena *arena;
	struct public_key key;
	enum key_text what;
	struct str mended;

	if (size > 16384)
		return 0;
	arena = arena_new();
	what = key_read_text(arena, text, &key);
	must((key_text_problem(what) == NULL) == (what == KEY_TEXT_READ));
	if (what == KEY_TEXT_READ)
		check_record(arena, &key);
	if (private_key_open(arena, text, "x", &key) == PRIVATE_KEY_READ)
		check_record(arena, &key);
	if (dkim_mend(arena, text, &mended)) {
		struct dkim_key read;

		dkim_key_read(arena, mended, &read);
		must(read.fault == DKIM_KEY_SOUND);
	}
	dkim_missing_octets(arena, text);
	arena_free(arena);
	return 0;
}
