/* Templates: text with values in it. */
#include "template.h"

#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "template_quote.h"

/* What has been written, and what is still to be read. */
struct writer {
	struct arena *arena;
	const struct template_values *values;
	char *out; /* arena_grow() */
	size_t len;
	unsigned int line; /* of the template, from 1 */
	const char *item_name; /* inside {{each}}; NULL outside */
	const char *item;
	const char *error;
};

static void
put(struct writer *w, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		w->out = arena_grow(w->arena, w->out, w->len, 1);
		w->out[w->len++] = text.p[i];
	}
}

static void
complain(struct writer *w, const char *what, struct str about)
{
	if (w->error == NULL)
		w->error = arena_printf(w->arena, _("Line %u: %s: \"%s\"."),
		    w->line, what, printable(w->arena, about));
}

static const struct template_value *
find(const struct template_values *values, struct str name)
{
	for (size_t i = 0; i < values->n; i++)
		if (str_equal(name, str_of(values->values[i].name)))
			return &values->values[i];
	return NULL;
}

static bool
is_set(const struct template_value *value)
{
	return value != NULL &&
	    ((value->text != NULL && value->text[0] != '\0') ||
		value->nlist > 0);
}

bool
template_holds(const struct template_values *values, struct str condition)
{
	bool wanted = !str_skip(&condition, "!");

	return condition.len == 0 || is_set(find(values, condition)) == wanted;
}

/* name|quoting */
static void
put_value(struct writer *w, struct str inside)
{
	struct str quoting = inside, name = str_word(&quoting, '|');
	const struct template_value *value = find(w->values, name);
	const char *text = value != NULL ? value->text : NULL, *quoted;

	if (w->item_name != NULL && str_equal(name, str_of(w->item_name)))
		text = w->item;
	else if (value == NULL)
		complain(w, _("no such value"), name);
	quoted = template_quote(
	    w->arena, str_dup(w->arena, quoting), text != NULL ? text : "");
	if (quoted != NULL)
		put(w, str_of(quoted));
	else if (!template_has_quoting(quoting))
		complain(w, _("no such quoting"), inside);
	else if (w->error == NULL)
		w->error = arena_printf(w->arena,
		    _("This cannot be written there safely (%s): \"%s\"."),
		    printable(w->arena, name),
		    printable(w->arena, str_of(text != NULL ? text : "")));
}

static size_t
find_text(struct str in, const char *what)
{
	const char *at =
	    in.len == 0 ? NULL : memmem(in.p, in.len, what, strlen(what));

	return at != NULL ? (size_t)(at - in.p) : in.len;
}

/* A line with values in it, and its end. */
static void
put_line(struct writer *w, struct str line)
{
	while (line.len > 0) {
		size_t open = find_text(line, "{{"), close;

		put(w, str_slice(line, 0, open));
		line = str_slice(line, open, line.len);
		if (line.len == 0)
			break;
		close = find_text(line, "}}");
		if (close == line.len) {
			complain(w, _("no end of a value"), line);
			break;
		}
		put_value(w, str_slice(line, 2, close));
		line = str_slice(line, close + 2, line.len);
	}
	put(w, str_of("\n"));
}

/* Takes "{{word name}}" for what it is; false for any other line. */
static bool
is_tag(struct str line, const char *word, struct str *name)
{
	line = str_trim(line);
	if (!str_skip(&line, "{{") || !str_skip(&line, word) || line.len < 2)
		return false;
	*name = str_trim(str_slice(line, 0, line.len - 2));
	return memcmp(line.p + line.len - 2, "}}", 2) == 0;
}

/* The lines up to {{end}}, and that line off the front. */
static struct str
take_section(struct writer *w, struct str *rest, unsigned int *lines)
{
	struct str from = *rest, line, name;
	size_t len;

	*lines = 0;
	while (rest->len > 0) {
		len = (size_t)(rest->p - from.p);
		line = str_word(rest, '\n');
		++*lines;
		if (is_tag(line, "end", &name))
			return str_slice(from, 0, len);
	}
	complain(w, _("a section without its end"), str_slice(from, 0, 40));
	return from;
}

static void
put_lines(struct writer *w, struct str lines)
{
	unsigned int first = w->line;

	while (lines.len > 0) {
		w->line++;
		put_line(w, str_word(&lines, '\n'));
	}
	w->line = first;
}

static void
put_each(struct writer *w, struct str name, struct str lines)
{
	const struct template_value *value = find(w->values, name);

	if (value == NULL) {
		complain(w, _("no such value"), name);
		return;
	}
	w->item_name = value->name;
	for (size_t i = 0; i < value->nlist; i++) {
		w->item = value->list[i];
		put_lines(w, lines);
	}
	w->item_name = NULL;
}

/* Lines under a condition, or for each text of a list; false: a plain line. */
static bool
put_section(struct writer *w, struct str line, struct str *rest)
{
	struct str name, lines;
	unsigned int n;
	bool wanted = is_tag(line, "if ", &name),
	     unwanted = !wanted && is_tag(line, "unless ", &name),
	     each = !wanted && !unwanted && is_tag(line, "each ", &name);

	if (!wanted && !unwanted && !each)
		return false;
	lines = take_section(w, rest, &n);
	if (each)
		put_each(w, name, lines);
	else if (find(w->values, name) == NULL)
		complain(w, _("no such value"), name);
	else if (is_set(find(w->values, name)) == wanted)
		put_lines(w, lines);
	w->line += n;
	return true;
}

const char *
template_render(struct arena *arena, struct str text,
    const struct template_values *values, const char **error)
{
	struct writer w = { .arena = arena, .values = values };

	while (text.len > 0) {
		struct str line = str_word(&text, '\n');

		w.line++;
		if (!put_section(&w, line, &text))
			put_line(&w, line);
	}
	*error = w.error;
	if (w.error != NULL)
		return NULL;
	return arena_memdup(arena, w.out != NULL ? w.out : "", w.len);
}
