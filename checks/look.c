/* What the checks of all steps have in common. */
#include "look.h"

#include <string.h>

#include "base/i18n.h"

#define PUBLISHED_MAX 256 /* records of one step that are shown */

size_t
look_for(
    struct run *run, struct look *look, const char *name, enum rr_type type)
{
	look->questions = arena_grow(
	    run->arena, look->questions, look->n, sizeof(*look->questions));
	look->questions[look->n] = (struct question){ name, type };
	return look->n++;
}

enum status
look_ask(struct run *run, struct look *look)
{
	look->answers =
	    arena_array(run->arena, look->n + 1, sizeof(*look->answers));
	if (look->n == 0)
		return OK;
	return dns_ask_many(run, look->questions, look->n, look->answers);
}

bool
answer_is_absent(const struct answer *answer)
{
	return answer->outcome == DNS_NO_DATA || answer->outcome == DNS_NO_NAME;
}

bool
answer_is_trouble(const struct answer *answer)
{
	return answer->outcome == DNS_BROKEN || answer->outcome == DNS_SILENT;
}

/* Was this trouble with this name and type told already? */
static bool
told(const struct run *run, enum finding_code code, const char *name,
    const char *type)
{
	for (const struct finding *f = run->report.first; f != NULL;
	     f = f->next)
		if (f->code == code && name_equal(f->subject, name) &&
		    strcmp(f->detail[0], type) == 0)
			return true;
	return false;
}

bool
look_trouble(struct run *run, const struct answer *answer)
{
	const char *type = rr_type_word(run->arena, answer->type);
	const char *why = answer->why == NULL ? "" : answer->why;
	enum finding_code code = F_DNS_FAILED;

	if (!answer_is_trouble(answer))
		return false;
	if (answer->outcome == DNS_SILENT)
		code = F_DNS_TIMEOUT;
	else if (answer->bogus)
		code = F_DNS_BOGUS;
	if (!told(run, code, answer->name, type))
		report(run, code, .subject = answer->name,
		    .detail = { type, why });
	return true;
}

/* Adds a record to a list, once; gives its index. */
static size_t
add_once(struct run *run, struct record **list, size_t *n,
    const struct record *record)
{
	for (size_t i = 0; i < *n; i++)
		if (record_equal(&(*list)[i], record))
			return i;
	if (*n == PUBLISHED_MAX)
		return PUBLISHED_MAX - 1;
	*list = arena_grow(run->arena, *list, *n, sizeof(**list));
	(*list)[*n] = *record;
	return (*n)++;
}

size_t
look_publish(
    struct run *run, struct step_report *out, const struct record *record)
{
	return add_once(run, &out->published, &out->npublished, record);
}

void
look_suggest(
    struct run *run, struct step_report *out, const struct record *record)
{
	add_once(run, &out->suggested, &out->nsuggested, record);
}

const char *
look_join(struct arena *arena, const char *list, const char *more)
{
	if (list == NULL || list[0] == '\0')
		return more;
	return arena_printf(arena, "%s, %s", list, more);
}

const char *
look_values(struct run *run, const struct answer *answer)
{
	const char *list = NULL;

	if (answer_is_trouble(answer))
		return answer->why == NULL ? _("no answer") : answer->why;
	for (size_t i = 0; i < answer->nrecords && i < 8; i++)
		list = look_join(run->arena, list,
		    record_value(run->arena, &answer->records[i]));
	if (answer->nrecords > 8)
		list = arena_printf(run->arena, "%s, ...", list);
	return list == NULL ? _("nothing") : list;
}
