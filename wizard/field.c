/* Answers of the plan by their rows: reading, writing, judging. */
#include "field.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "problem.h"

/* The member a field stands for; the row knows its type. */
static const void *
member(const struct plan *plan, const struct field *field)
{
	return (const char *)plan + field->at;
}

static void *
member_of(struct plan *plan, const struct field *field)
{
	return (char *)plan + field->at;
}

static char *
entry(struct plan *plan, const struct field *field, size_t i)
{
	return (char *)plan + field->at + i * field->size;
}

static size_t *
count(struct plan *plan, const struct field *field)
{
	return (size_t *)(void *)((char *)plan + field->count_at);
}

static size_t
count_of(const struct plan *plan, const struct field *field)
{
	const char *at = (const char *)plan + field->count_at;
	size_t n;

	memcpy(&n, at, sizeof(n));
	return n;
}

bool
field_by_name(struct str name, enum field_id *out)
{
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		if (!str_equal(name, str_of(fields[i].name)))
			continue;
		*out = (enum field_id)i;
		return true;
	}
	return false;
}

static bool
choice_by_text(const struct field *field, struct str text, size_t *out)
{
	for (size_t i = 0; i < field->nchoices; i++) {
		if (!str_equal_nocase(text, field->choices[i].word) &&
		    !str_equal(text, str_of(_(field->choices[i].label))))
			continue;
		*out = i;
		return true;
	}
	return false;
}

static bool
yes_or_no(struct str text, bool *out)
{
	static const char *const words[][2] = {
		{ "no", "yes" },
		{ "n", "y" },
		{ "off", "on" },
		{ "false", "true" },
		{ "0", "1" },
	};

	for (size_t i = 0; i < COUNT(words); i++) {
		for (size_t yes = 0; yes < 2; yes++) {
			if (str_equal_nocase(text, words[i][yes])) {
				*out = yes == 1;
				return true;
			}
		}
	}
	return false;
}

static void
judge_choice(const struct field *field, struct str text, struct judged *out)
{
	size_t i;

	if (choice_by_text(field, text, &i))
		bounded_copy(
		    out->value, sizeof(out->value), field->choices[i].word);
	else
		bounded_copy(out->problem, sizeof(out->problem),
		    _("This is none of the choices. Choose one from the "
		      "list."));
}

static void
judge_yesno(struct str text, struct judged *out)
{
	bool yes;

	if (yes_or_no(text, &yes))
		bounded_copy(
		    out->value, sizeof(out->value), yes ? "yes" : "no");
	else
		bounded_copy(out->problem, sizeof(out->problem),
		    _("The answer is yes or no."));
}

static void
judge_text(const struct field *field, struct str text, struct judged *out)
{
	struct arena *arena = arena_new();

	if (field->judge != NULL)
		field->judge(arena, text, out);
	else if (text.len < sizeof(out->value))
		bounded_copy(
		    out->value, sizeof(out->value), str_dup(arena, text));
	if (field->kind != FIELD_TIME && text.len >= field->size &&
	    out->problem[0] == '\0' &&
	    (field->judge == NULL || strlen(out->value) >= field->size))
		bounded_copy(out->problem, sizeof(out->problem),
		    _("This is longer than such a value can be. Check what "
		      "was pasted."));
	arena_free(arena);
}

void
field_judge(enum field_id id, struct str text, struct judged *out)
{
	const struct field *field = &fields[id];

	memset(out, 0, sizeof(*out));
	switch (field->kind) {
	case FIELD_CHOICE:
		judge_choice(field, str_trim(text), out);
		return;
	case FIELD_YESNO:
		judge_yesno(str_trim(text), out);
		return;
	case FIELD_TEXT:
	case FIELD_LIST:
	case FIELD_TIME:
		judge_text(field, text, out);
		break;
	}
	if (field->required && out->value[0] == '\0' && out->problem[0] == '\0')
		bounded_copy(out->problem, sizeof(out->problem),
		    _("An answer is needed here."));
}

size_t
field_lines(const struct plan *plan, enum field_id id)
{
	const struct field *field = &fields[id];
	const void *at = member(plan, field);

	switch (field->kind) {
	case FIELD_TEXT:
		return *(const char *)at != '\0';
	case FIELD_LIST:
		return count_of(plan, field);
	case FIELD_CHOICE:
		return *(const unsigned int *)at != 0;
	case FIELD_YESNO:
		return *(const bool *)at;
	case FIELD_TIME:
		return *(const int64_t *)at != 0;
	}
	return 0;
}

const char *
field_text(
    const struct plan *plan, enum field_id id, size_t i, char buf[PLAN_WORD])
{
	const struct field *field = &fields[id];
	const void *at = member(plan, field);

	switch (field->kind) {
	case FIELD_TEXT:
		return at;
	case FIELD_LIST:
		return i < count_of(plan, field)
		    ? (const char *)at + i * field->size
		    : "";
	case FIELD_CHOICE:
		return field->choices[*(const unsigned int *)at].word;
	case FIELD_YESNO:
		return *(const bool *)at ? "yes" : "no";
	case FIELD_TIME:
		snprintf(buf, PLAN_WORD, "%" PRId64, *(const int64_t *)at);
		return buf;
	}
	return "";
}

/* NUL cannot stand in a text that NUL ends. */
static bool
fits(const struct field *field, struct str value)
{
	return value.len < field->size && str_find(value, '\0') == value.len;
}

static void
put_text(char *to, const struct field *field, struct str value)
{
	memset(to, 0, field->size);
	if (value.len > 0)
		memcpy(to, value.p, value.len);
}

static bool
store_number(struct plan *plan, const struct field *field, struct str value)
{
	uint64_t n;

	if (!str_number(value, INT64_MAX, &n))
		return false;
	*(int64_t *)member_of(plan, field) = (int64_t)n;
	return true;
}

static bool
store_choice(struct plan *plan, const struct field *field, struct str value)
{
	size_t i;

	if (!choice_by_text(field, value, &i))
		return false;
	*(unsigned int *)member_of(plan, field) = (unsigned int)i;
	return true;
}

bool
field_store(struct plan *plan, enum field_id id, struct str value)
{
	const struct field *field = &fields[id];

	switch (field->kind) {
	case FIELD_TEXT:
		if (!fits(field, value))
			return false;
		put_text(member_of(plan, field), field, value);
		return true;
	case FIELD_LIST:
		return field_insert(plan, id, count_of(plan, field), value);
	case FIELD_CHOICE:
		return store_choice(plan, field, value);
	case FIELD_YESNO:
		return yes_or_no(value, member_of(plan, field));
	case FIELD_TIME:
		return store_number(plan, field, value);
	}
	return false;
}

void
field_clear(struct plan *plan, enum field_id id)
{
	const struct field *field = &fields[id];

	switch (field->kind) {
	case FIELD_TEXT:
		memset(member_of(plan, field), 0, field->size);
		break;
	case FIELD_LIST:
		memset(member_of(plan, field), 0, field->size * field->max);
		*count(plan, field) = 0;
		break;
	case FIELD_CHOICE:
		*(unsigned int *)member_of(plan, field) = 0;
		break;
	case FIELD_YESNO:
		*(bool *)member_of(plan, field) = false;
		break;
	case FIELD_TIME:
		*(int64_t *)member_of(plan, field) = 0;
		break;
	}
}

bool
field_insert(struct plan *plan, enum field_id id, size_t i, struct str value)
{
	const struct field *field = &fields[id];
	size_t *n = count(plan, field);

	if (i > *n || *n >= field->max || value.len == 0 || !fits(field, value))
		return false;
	memmove(entry(plan, field, i + 1), entry(plan, field, i),
	    (*n - i) * field->size);
	put_text(entry(plan, field, i), field, value);
	++*n;
	return true;
}

bool
field_remove(struct plan *plan, enum field_id id, size_t i)
{
	const struct field *field = &fields[id];
	size_t *n = count(plan, field);

	if (i >= *n)
		return false;
	--*n;
	memmove(entry(plan, field, i), entry(plan, field, i + 1),
	    (*n - i) * field->size);
	memset(entry(plan, field, *n), 0, field->size);
	return true;
}

bool
field_swap(struct plan *plan, enum field_id id, size_t i, size_t j)
{
	const struct field *field = &fields[id];
	char spare[PLAN_TERM];
	size_t n = count_of(plan, field);

	if (i >= n || j >= n)
		return false;
	memcpy(spare, entry(plan, field, i), field->size);
	memmove(entry(plan, field, i), entry(plan, field, j), field->size);
	memcpy(entry(plan, field, j), spare, field->size);
	return true;
}
