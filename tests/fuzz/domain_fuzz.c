/*
 * Whatever people paste as a domain: what is understood is a name that DNS
 * can be asked for and reads as itself; what is refused is told in printable
 * words.
 */
#include <stdlib.h>
#include <string.h>

#include "../../checks/base/printable.h"
#include "../../checks/domain.h"
#include "../../checks/record.h"

static void
check_text(struct arena *arena, const char *text)
{
	if (strcmp(readable(arena, str_of(text)), text) != 0 &&
	    strchr(text, '\\') == NULL)
		abort();
}

/* A name that was read is read again as it is. */
static void
check_name(struct arena *arena, const struct domain_name *found,
    enum domain_rules rules)
{
	struct domain_name again;

	if (!name_is_valid(found->name) || strchr(found->name, '.') == NULL)
		abort();
	if (domain_read_as(arena, str_of(found->name), rules, &again) != NULL ||
	    strcmp(again.name, found->name) != 0 || again.removed != NULL)
		abort();
	check_text(arena, domain_display(arena, found->name));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str typed = { (const char *)data, size };

	for (int rules = DOMAIN_OF_MAIL; rules <= DOMAIN_AS_TYPED; rules++) {
		struct arena *arena = arena_new();
		struct domain_name found = { 0 };
		const char *problem = domain_read_as(
		    arena, typed, (enum domain_rules)rules, &found);

		if (problem != NULL)
			check_text(arena, problem);
		else if (rules != DOMAIN_AS_TYPED)
			check_name(arena, &found, (enum domain_rules)rules);
		if (problem == NULL && found.removed != NULL)
			check_text(arena, found.removed);
		arena_free(arena);
	}
	return 0;
}
