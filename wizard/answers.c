/* The answers of a whole session from a file. */
#include "answers.h"

#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "dmarc_plan.h"
#include "plan_file.h"

#define SHOWN 40 /* octets of a line that are shown of it */

struct reader {
	struct arena *arena;
	const char *name; /* of the file, printable */
	size_t line; /* from 1 */
	size_t first[FIELD_COUNT]; /* the line that answered it; 0: none */
	struct answers *out;
};

/* --- reading ------------------------------------------------------------- */

static const char *
quoted(struct reader *r, struct str text)
{
	return readable(r->arena, str_slice(text, 0, SHOWN));
}

/* "FILE, line 3: sentence" */
static const char *
wrong(struct reader *r, const char *sentence)
{
	return arena_printf(
	    r->arena, _("%s, line %zu: %s"), r->name, r->line, sentence);
}

static const char *
names(struct arena *arena)
{
	const char *all = fields[0].name;

	for (size_t i = 1; i < FIELD_COUNT; i++)
		all = arena_printf(arena, "%s, %s", all, fields[i].name);
	return all;
}

static const char *
no_such_name(struct reader *r, struct str name)
{
	return wrong(r,
	    arena_printf(r->arena,
		_("there is no answer called \"%s\"; the names are %s."),
		quoted(r, name), names(r->arena)));
}

/* A value can be right in itself and still not stand here. */
static const char *
store(struct reader *r, enum field_id id, struct str value)
{
	if (fields[id].kind == FIELD_LIST && value.len == 0)
		return NULL; /* "sending =": none */
	if (value.len == 0 && fields[id].kind == FIELD_TEXT)
		return NULL;
	if (field_store(&r->out->plan, id, value))
		return NULL;
	return wrong(r,
	    arena_printf(r->arena,
		_("%s: this value cannot be used: it is too long, one too "
		  "many, or no such value."),
		fields[id].name));
}

static const char *
take_value(struct reader *r, enum field_id id, struct str text)
{
	struct str value = plan_file_value(r->arena, text);
	struct judged judged;

	if (fields[id].kind != FIELD_LIST && r->first[id] != 0)
		return wrong(r,
		    arena_printf(r->arena,
			_("%s was answered in line %zu already."),
			fields[id].name, r->first[id]));
	r->first[id] = r->line;
	r->out->given[id] = true;
	if (fields[id].judge == NULL && fields[id].kind != FIELD_CHOICE &&
	    fields[id].kind != FIELD_YESNO)
		return store(r, id, value);
	field_judge(id, value, &judged);
	if (judged.problem[0] != '\0')
		return wrong(r,
		    arena_printf(
			r->arena, "%s: %s", fields[id].name, judged.problem));
	return store(r, id, str_of(judged.value));
}

static const char *
take_line(struct reader *r, struct str line)
{
	struct str rest = line;
	struct str name;
	enum field_id id;

	if (str_find(line, '\0') != line.len)
		return wrong(r, _("it holds a zero octet; is this a text?"));
	if (line.len == 0 || line.p[0] == '#')
		return NULL;
	if (str_find(line, '=') == line.len)
		return wrong(r,
		    arena_printf(r->arena,
			_("\"%s\" is no answer; one looks like this: "
			  "domain = example.org"),
			quoted(r, line)));
	name = str_trim(str_word(&rest, '='));
	if (!field_by_name(name, &id))
		return no_such_name(r, name);
	return take_value(r, id, str_trim(rest));
}

const char *
answers_read(
    struct arena *arena, struct str text, const char *name, struct answers *out)
{
	struct reader r = { .arena = arena, .name = name, .out = out };
	const char *problem = NULL;

	memset(out, 0, sizeof(*out));
	plan_clear(&out->plan);
	str_skip(&text, "\xef\xbb\xbf"); /* some editors' mark */
	while (problem == NULL && text.len > 0) {
		struct str line = str_word(&text, '\n');

		if (line.len > 0 && line.p[line.len - 1] == '\r')
			line.len--;
		if (++r.line == 1 &&
		    plan_file_version(line) > PLAN_FILE_VERSION)
			return wrong(&r,
			    _("it was written by a later version of this "
			      "program."));
		problem = take_line(&r, str_trim(line));
	}
	return problem;
}

/* --- giving -------------------------------------------------------------- */

/* All entries of a list with blanks between. */
static const char *
entries(struct arena *arena, const struct plan *plan, enum field_id id)
{
	size_t n = field_lines(plan, id);
	char *text = arena_alloc(arena, n * fields[id].size + 1);
	char *at = text;
	char buf[PLAN_WORD];

	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			*at++ = ' ';
		at = stpcpy(at, field_text(plan, id, i, buf));
	}
	return text;
}

/* In place of the terms that are there. */
static const char *
give_terms(struct session *session, const char *terms)
{
	const char *problem = NULL;
	size_t n = session_plan(session)->nterms;

	while (problem == NULL && n > 0)
		problem = session_spf_remove(session, --n);
	if (problem == NULL && *terms != '\0')
		problem = session_spf_add(session, 0, terms);
	return problem;
}

/* What is answered is meant, also where it is what the wizard had put there. */
static bool
is_base(enum field_id id)
{
	return id == FIELD_SPF_BASE || id == FIELD_DMARC_BASE;
}

static void
forget_base(struct session *session, enum field_id id)
{
	enum dmarc_tag_id tag;

	if (id == FIELD_SPF_TERM)
		session_answer(session, FIELD_SPF_BASE, "");
	else if (dmarc_tag_of(id, &tag) || id == FIELD_DMARC_OTHER)
		session_answer(session, FIELD_DMARC_BASE, "");
}

static const char *
give(struct arena *arena, const struct answers *answers,
    struct session *session, enum field_id id)
{
	char buf[PLAN_WORD];

	if (id == FIELD_SPF_TERM)
		return give_terms(session, entries(arena, &answers->plan, id));
	if (fields[id].kind == FIELD_LIST)
		return session_answer(
		    session, id, entries(arena, &answers->plan, id));
	return session_answer(
	    session, id, field_text(&answers->plan, id, 0, buf));
}

/*
 * Tags that stand in no line stay as they are published: that has to be known
 * before the first one is changed.
 */
static bool
wait_for_record(struct session *session, enum field_id id, int limit_ms)
{
	enum dmarc_tag_id tag;

	if (!dmarc_tag_of(id, &tag) || session_plan(session)->dmarc.begun ||
	    !session_busy(session, LOOK_DMARC))
		return false;
	session_wait(session, limit_ms);
	return session_plan(session)->dmarc.begun;
}

const char *
answers_give(struct arena *arena, const struct answers *answers,
    struct session *session, int limit_ms)
{
	bool fresh = false;

	for (size_t i = 0; i < FIELD_COUNT; i++) {
		enum field_id id = (enum field_id)i;
		const char *problem;

		/* Where it ends is not asked; that is where we go. */
		if (!answers->given[id] || id == FIELD_DOMAIN ||
		    id == FIELD_STEP || is_base(id))
			continue;
		fresh = wait_for_record(session, id, limit_ms) || fresh;
		problem = give(arena, answers, session, id);
		if (problem != NULL)
			return arena_printf(
			    arena, "%s: %s", fields[id].name, problem);
		/* A record that was just read is the one to be changed. */
		if (id == FIELD_SPF_TERM || !fresh)
			forget_base(session, id);
	}
	return NULL;
}
