/* Changing the DMARC record of a plan, tag by tag. */
#include "dmarc_plan.h"

#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/dmarc_uri.h"
#include "../checks/dmarc_value.h"
#include "../checks/record.h"
#include "problem.h"
#include "report_address.h"

#define VERSION "v=DMARC1"

enum field_id
dmarc_field(enum dmarc_tag_id id)
{
	return (enum field_id)(FIELD_DMARC_P + (id - DMARC_P));
}

static bool
is_list(enum dmarc_tag_id id)
{
	return id == DMARC_RUA || id == DMARC_RUF;
}

/* --- a record into the plan ---------------------------------------------- */

static bool
take_addresses(struct plan *plan, struct arena *arena,
    const struct dmarc_record *record, enum dmarc_tag_id id)
{
	struct dmarc_uris uris = { 0 };

	dmarc_uris_read(arena, record->text, record->tag[id], &uris);
	for (size_t i = 0; i < uris.n; i++)
		if (uris.list[i].text.len > 0 &&
		    !field_store(plan, dmarc_field(id), uris.list[i].text))
			return false;
	return true;
}

static bool
take_tag(struct plan *plan, struct arena *arena,
    const struct dmarc_record *record, const struct dmarc_tag *tag)
{
	if (tag->id == DMARC_V || tag->fault == DMARC_TWICE)
		return true;
	if (is_list(tag->id))
		return take_addresses(plan, arena, record, tag->id);
	if (tag->id < DMARC_TAGS)
		return field_store(plan, dmarc_field(tag->id), tag->value);
	return field_store(plan, FIELD_DMARC_OTHER,
	    str_slice(record->text, tag->at.from, tag->at.to));
}

static void
clear_tags(struct plan *plan)
{
	for (int i = FIELD_DMARC_P; i <= FIELD_DMARC_OTHER; i++)
		field_clear(plan, (enum field_id)i);
}

bool
dmarc_plan_take(struct plan *plan, struct str text)
{
	struct arena *arena = arena_new();
	struct plan_dmarc before = plan->dmarc;
	struct dmarc_record record;
	bool fits = dmarc_read(arena, text, &record);

	if (fits)
		clear_tags(plan);
	for (size_t i = 0; fits && i < record.ntags; i++)
		fits = take_tag(plan, arena, &record, &record.tags[i]);
	if (fits)
		plan->dmarc.begun = true;
	else
		plan->dmarc = before;
	arena_free(arena);
	return fits;
}

void
dmarc_plan_propose(struct plan *plan)
{
	char uri[sizeof("mailto:dmarc-reports@") + PLAN_NAME];

	clear_tags(plan);
	field_store(plan, FIELD_DMARC_P,
	    str_of(plan->sends_nothing ? "reject" : "none"));
	if (!plan->sends_nothing) {
		snprintf(
		    uri, sizeof(uri), "mailto:dmarc-reports@%s", plan->domain);
		field_store(plan, FIELD_DMARC_RUA, str_of(uri));
	}
	plan->dmarc.begun = true;
}

/* --- the plan as a record ------------------------------------------------ */

static const char *
put_tag(struct arena *arena, const char *text, const struct plan *plan,
    enum dmarc_tag_id id)
{
	enum field_id field = dmarc_field(id);
	size_t n = field_lines(plan, field);
	char buf[PLAN_WORD];

	for (size_t i = 0; i < n; i++) {
		const char *value = field_text(plan, field, i, buf);

		text = i == 0 ? arena_printf(arena, "%s; %s=%s", text,
				    dmarc_tag_name(id), value)
			      : arena_printf(arena, "%s,%s", text, value);
	}
	return text;
}

const char *
dmarc_plan_text(struct arena *arena, const struct plan *plan)
{
	const char *text = VERSION;

	if (!plan->dmarc.begun)
		return "";
	for (int i = DMARC_P; i < DMARC_TAGS; i++)
		text = put_tag(arena, text, plan, (enum dmarc_tag_id)i);
	for (size_t i = 0; i < plan->dmarc.nother; i++)
		text =
		    arena_printf(arena, "%s; %s", text, plan->dmarc.other[i]);
	return text;
}

bool
dmarc_same_record(struct str a, struct str b)
{
	struct arena *arena = arena_new();
	struct plan *x = arena_new_of(arena, struct plan);
	struct plan *y = arena_new_of(arena, struct plan);
	bool same;

	plan_clear(x);
	plan_clear(y);
	/* Of records that a plan cannot hold only equal ones are the same. */
	if (dmarc_plan_take(x, a) && dmarc_plan_take(y, b))
		same = strcmp(dmarc_plan_text(arena, x),
			   dmarc_plan_text(arena, y)) == 0;
	else
		same = dmarc_is_record(a) && str_equal(a, b);
	arena_free(arena);
	return same;
}

/* --- single tags --------------------------------------------------------- */

static const char *
default_of(enum dmarc_tag_id id)
{
	static const char *const defaults[DMARC_TAGS] = {
		[DMARC_V] = "DMARC1",
		[DMARC_P] = "none",
		[DMARC_ADKIM] = "r",
		[DMARC_ASPF] = "r",
		[DMARC_T] = "n",
		[DMARC_PSD] = "u",
		[DMARC_FO] = "0",
		[DMARC_PCT] = "100",
		[DMARC_RF] = "afrf",
		[DMARC_RI] = "86400",
	};

	return defaults[id] == NULL ? "" : defaults[id];
}

static const char *
written(const struct plan *plan, enum dmarc_tag_id id)
{
	char buf[PLAN_WORD];

	return id == DMARC_V ? "DMARC1"
			     : field_text(plan, dmarc_field(id), 0, buf);
}

const char *
dmarc_plan_meaning(const struct plan *plan, enum dmarc_tag_id id)
{
	const char *value;

	if (is_list(id))
		return "";
	value = written(plan, id);
	if (value[0] != '\0' && dmarc_value_is_valid(id, str_of(value)))
		return value;
	if (id == DMARC_NP)
		return dmarc_plan_meaning(plan, DMARC_SP);
	return id == DMARC_SP ? dmarc_plan_meaning(plan, DMARC_P)
			      : default_of(id);
}

bool
dmarc_plan_has(const struct plan *plan, enum dmarc_tag_id id)
{
	return id == DMARC_V ? plan->dmarc.begun
			     : field_lines(plan, dmarc_field(id)) > 0;
}

static void
put_value(struct plan *plan, enum dmarc_tag_id id, struct str value)
{
	field_clear(plan, dmarc_field(id));
	if (id == DMARC_P || !str_equal_nocase(value, default_of(id)))
		field_store(plan, dmarc_field(id), value);
	plan->dmarc.begun = true;
}

/* What is wrong with a value; "" for nothing. */
static void
find_problem(enum dmarc_tag_id id, struct str value, char problem[PLAN_TEXT])
{
	problem[0] = '\0';
	if (is_list(id) || id == DMARC_V)
		snprintf(problem, PLAN_TEXT, "%s",
		    _("This tag has no single value to choose."));
	else if (value.len == 0 && id == DMARC_P)
		snprintf(problem, PLAN_TEXT, "%s",
		    _("A record needs a policy. To ask for reports and "
		      "nothing else, choose none."));
	else if (value.len > 0 &&
	    (value.len >= PLAN_VALUE || !dmarc_value_is_valid(id, value)))
		snprintf(problem, PLAN_TEXT, _("%s= takes %s."),
		    dmarc_tag_name(id), dmarc_value_form(id));
}

bool
dmarc_plan_set(struct plan *plan, enum dmarc_tag_id id, struct str value,
    char problem[PLAN_TEXT])
{
	value = str_trim(value);
	find_problem(id, value, problem);
	if (problem[0] != '\0')
		return false;
	put_value(plan, id, value);
	return true;
}

bool
dmarc_tag_of(enum field_id field, enum dmarc_tag_id *out)
{
	if (field < FIELD_DMARC_P || field > FIELD_DMARC_RI)
		return false;
	*out = (enum dmarc_tag_id)(DMARC_P + (field - FIELD_DMARC_P));
	return true;
}

void
dmarc_plan_judge(enum dmarc_tag_id id, struct str text, struct judged *out)
{
	struct arena *arena = arena_new();

	*out = (struct judged){ 0 };
	if (is_list(id)) {
		judge_report_address(arena, text, out);
	} else {
		text = str_trim(text);
		find_problem(id, text, out->problem);
		if (out->problem[0] == '\0')
			bounded_copy(out->value, sizeof(out->value),
			    str_dup(arena, text));
	}
	arena_free(arena);
}

const char *
dmarc_plan_fault(
    struct arena *arena, const struct plan *plan, enum dmarc_tag_id id)
{
	enum field_id field = dmarc_field(id);
	size_t n = is_list(id) ? field_lines(plan, field) : 0;
	char buf[PLAN_WORD];

	for (size_t i = 0; i < n; i++) {
		struct dmarc_tag tag = {
			.value = str_of(field_text(plan, field, i, buf)),
		};
		struct dmarc_uris uris = { 0 };

		dmarc_uris_read(arena, tag.value, &tag, &uris);
		for (size_t k = 0; k < uris.n; k++)
			if (uris.list[k].problem != NULL)
				return uris.list[k].problem;
	}
	return NULL;
}

bool
dmarc_plan_says(const struct plan *plan, enum dmarc_tag_id id, struct str value)
{
	const char *now = written(plan, id);

	if (!plan->dmarc.begun)
		return false;
	return str_equal_nocase(value, now) ||
	    (now[0] == '\0' && id != DMARC_P &&
		str_equal_nocase(value, default_of(id)));
}

bool
dmarc_plan_fo(const struct plan *plan, char kind)
{
	struct str rest = str_of(dmarc_plan_meaning(plan, DMARC_FO));

	while (rest.len > 0) {
		struct str word = str_trim(str_word(&rest, ':'));

		if (word.len == 1 && to_lower(word.p[0]) == kind)
			return true;
	}
	return false;
}

void
dmarc_plan_toggle_fo(struct plan *plan, char kind)
{
	static const char kinds[] = { '0', '1', 'd', 's' };
	bool on = !dmarc_plan_fo(plan, kind);
	char text[2 * COUNT(kinds) + 1];
	size_t n = 0;

	for (size_t i = 0; i < COUNT(kinds); i++) {
		bool wanted = dmarc_plan_fo(plan, kinds[i]);

		if (kinds[i] == kind)
			wanted = on;
		else if (on && (kind == '0' || kind == '1') && i < 2)
			wanted = false; /* the other of the two */
		if (!wanted)
			continue;
		if (n > 0)
			text[n++] = ':';
		text[n++] = kinds[i];
	}
	put_value(plan, DMARC_FO, (struct str){ text, n });
}

const char *
dmarc_plan_consent(
    struct arena *arena, const struct plan *plan, const char *uri)
{
	struct dmarc_tag tag = { .value = str_of(uri) };
	struct dmarc_uris uris = { 0 };
	const char *to;

	dmarc_uris_read(arena, tag.value, &tag, &uris);
	if (uris.n == 0 || uris.list[0].problem != NULL ||
	    uris.list[0].domain == NULL)
		return NULL;
	to = uris.list[0].domain;
	if (name_equal(to, plan->domain) || name_is_below(to, plan->domain) ||
	    name_is_below(plan->domain, to))
		return NULL;
	return arena_printf(arena, "%s._report._dmarc.%s", plan->domain, to);
}
