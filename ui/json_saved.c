/* Results that were saved as JSON, read again. */
#include "json.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"

/* The text of a key, copied; "" where there is none. */
static const char *
string_of(struct arena *arena, const json_t *object, const char *key)
{
	const char *value = json_string_value(json_object_get(object, key));

	return arena_strdup(arena, value == NULL ? "" : value);
}

static void
read_step(struct arena *arena, const json_t *step, struct saved *out)
{
	const json_t *list = json_object_get(step, "findings");
	const char *word = string_of(arena, step, "step");

	out->steps =
	    arena_grow(arena, out->steps, out->nsteps, sizeof(*out->steps));
	out->steps[out->nsteps++] = word;
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *f = json_array_get(list, i);

		out->findings = arena_grow(arena, out->findings, out->nfindings,
		    sizeof(*out->findings));
		out->findings[out->nfindings++] = (struct saved_finding){
			.step = word,
			.id = string_of(arena, f, "id"),
			.severity = string_of(arena, f, "severity"),
			.subject = string_of(arena, f, "subject"),
			.title = string_of(arena, f, "title"),
		};
	}
}

/* Reads objects until one is about the domain; false: none is. */
static bool
find_domain(struct arena *arena, FILE *file, const char *domain,
    struct saved *out, json_error_t *error)
{
	json_t *object;
	bool found = false;

	while (!found &&
	    (object = json_loadf(file, JSON_DISABLE_EOF_CHECK, error)) !=
		NULL) {
		const json_t *steps = json_object_get(object, "steps");

		found = json_is_array(steps) &&
		    strcmp(string_of(arena, object, "domain"), domain) == 0;
		*out = (struct saved){
			.checked_at = string_of(arena, object, "checked_at"),
		};
		for (size_t i = 0; found && i < json_array_size(steps); i++)
			read_step(arena, json_array_get(steps, i), out);
		json_decref(object);
	}
	return found;
}

const char *
json_read_saved(struct arena *arena, const char *path, const char *domain,
    struct saved *out)
{
	FILE *file = fopen(path, "re");
	json_error_t error = { .line = 0 };
	const char *problem = NULL;

	if (file == NULL)
		return arena_printf(arena, _("%s cannot be read: %s."),
		    printable(arena, str_of(path)), strerror(errno));
	if (!find_domain(arena, file, domain, out, &error)) {
		if (feof(file) && !ferror(file))
			problem = arena_printf(arena,
			    _("%s has no result of \"mailwizard check "
			      "--json\" for %s."),
			    printable(arena, str_of(path)), domain);
		else
			problem = arena_printf(arena,
			    _("%s is no JSON of \"mailwizard check --json\" "
			      "(line %d: %s)."),
			    printable(arena, str_of(path)), error.line,
			    printable(arena, str_of(error.text)));
	}
	fclose(file);
	return problem;
}
