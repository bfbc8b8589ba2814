/* A plan as text: one `name = value` line an answer. */
#include "plan_file.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "field.h"

#define FIRST_LINE "# mailwizard plan "

struct reader {
	struct arena *arena;
	struct plan *plan;
	struct plan_kept *kept;
	size_t line; /* from 1 */
	size_t bad_line; /* the first that could not be read; 0: none */
	struct str bad_text;
};

static bool
decimal_octet(struct str text, unsigned int *out)
{
	unsigned int n = 0;

	if (text.len < 3)
		return false;
	for (size_t i = 0; i < 3; i++) {
		if (!is_digit(text.p[i]))
			return false;
		n = n * 10 + (unsigned int)(text.p[i] - '0');
	}
	*out = n;
	return n <= 255;
}

/* \DDD and \\ undone; any other backslash is itself. */
struct str
plan_file_value(struct arena *arena, struct str text)
{
	char *to = arena_alloc(arena, text.len + 1);
	size_t n = 0;
	unsigned int octet;

	for (size_t i = 0; i < text.len; i++) {
		struct str rest = str_slice(text, i + 1, text.len);

		if (text.p[i] != '\\') {
			to[n++] = text.p[i];
		} else if (decimal_octet(rest, &octet)) {
			to[n++] = (char)octet;
			i += 3;
		} else {
			to[n++] = '\\';
			if (rest.len > 0 && rest.p[0] == '\\')
				i++;
		}
	}
	return (struct str){ to, n };
}

/* Keeps a line nobody here knows; false when there is no room. */
static bool
keep(struct plan_kept *kept, struct str line)
{
	if (line.len + 1 > sizeof(kept->text) - kept->len)
		return false;
	memcpy(kept->text + kept->len, line.p, line.len);
	kept->len += line.len;
	kept->text[kept->len++] = '\n';
	return true;
}

/* Answers from a file are judged like answers from the keyboard. */
static bool
take_answer(struct reader *reader, enum field_id id, struct str value)
{
	struct judged judged;

	if (fields[id].judge == NULL)
		return field_store(reader->plan, id, value);
	field_judge(id, value, &judged);
	return judged.problem[0] == '\0' &&
	    field_store(reader->plan, id, str_of(judged.value));
}

static bool
take_line(struct reader *reader, struct str line)
{
	struct str rest = line;
	struct str name;
	enum field_id id;

	if (str_find(line, '\0') != line.len)
		return false;
	if (line.p[0] == '#')
		return keep(reader->kept, line);
	if (str_find(line, '=') == line.len)
		return false;
	name = str_trim(str_word(&rest, '='));
	if (!field_by_name(name, &id))
		return keep(reader->kept, line);
	return take_answer(
	    reader, id, plan_file_value(reader->arena, str_trim(rest)));
}

static void
take_lines(struct reader *reader, struct str text)
{
	while (text.len > 0) {
		struct str line = str_word(&text, '\n');

		if (line.len > 0 && line.p[line.len - 1] == '\r')
			line.len--;
		line = str_trim(line);
		reader->line++;
		if (line.len == 0 || take_line(reader, line) ||
		    reader->bad_line != 0)
			continue;
		reader->bad_line = reader->line;
		reader->bad_text = line;
	}
}

/* The version in the first line; 0 when it is no such line. */
uint64_t
plan_file_version(struct str line)
{
	uint64_t n;

	line = str_trim(line);
	if (line.len > 0 && line.p[line.len - 1] == '\r')
		line.len--;
	if (!str_skip(&line, FIRST_LINE))
		return 0;
	return str_number(line, UINT32_MAX, &n) ? n : 0;
}

static enum plan_read
damaged(struct reader *reader, char problem[PLAN_TEXT])
{
	struct str start = str_slice(reader->bad_text, 0, 40);

	snprintf(problem, PLAN_TEXT, _("line %zu cannot be read: \"%s\""),
	    reader->bad_line, printable(reader->arena, start));
	return PLAN_READ_DAMAGED;
}

enum plan_read
plan_file_read(struct str text, struct plan *plan, struct plan_kept *kept,
    char problem[PLAN_TEXT])
{
	struct reader reader = { .plan = plan, .kept = kept, .line = 1 };
	enum plan_read result = PLAN_READ_OK;
	struct str first = str_word(&text, '\n');
	uint64_t n = plan_file_version(first);

	plan_clear(plan);
	memset(kept, 0, sizeof(*kept));
	problem[0] = '\0';
	reader.arena = arena_new();
	if (n > PLAN_FILE_VERSION) {
		snprintf(problem, PLAN_TEXT,
		    _("it has form %" PRIu64 ", and this program knows "
		      "form %d"),
		    n, PLAN_FILE_VERSION);
		result = PLAN_READ_NEWER;
	} else if (n == 0) {
		reader.bad_line = 1;
		reader.bad_text = first;
	}
	take_lines(&reader, text);
	/* Terms that somebody wrote by hand are a record as well. */
	if (plan->nterms > 0)
		plan->spf_begun = true;
	if (plan->dmarc.p[0] != '\0')
		plan->dmarc.begun = true;
	if (result == PLAN_READ_OK && reader.bad_line != 0)
		result = damaged(&reader, problem);
	arena_free(reader.arena);
	return result;
}

struct writer {
	struct arena *arena;
	char *text;
	size_t len;
	size_t size;
};

static void
put(struct writer *writer, const char *text)
{
	size_t len = strlen(text);

	if (writer->len + len + 1 > writer->size) {
		size_t size = 2 * (writer->size + len) + 4096;
		char *more = arena_alloc(writer->arena, size);

		if (writer->len > 0)
			memcpy(more, writer->text, writer->len);
		writer->text = more;
		writer->size = size;
	}
	memcpy(writer->text + writer->len, text, len + 1);
	writer->len += len;
}

static void
put_field(struct writer *writer, const struct plan *plan, enum field_id id)
{
	size_t lines = field_lines(plan, id);
	char buf[PLAN_WORD];

	for (size_t i = 0; i < lines; i++) {
		put(writer, fields[id].name);
		put(writer, " = ");
		put(writer,
		    printable(
			writer->arena, str_of(field_text(plan, id, i, buf))));
		put(writer, "\n");
	}
}

const char *
plan_file_write(
    struct arena *arena, const struct plan *plan, const struct plan_kept *kept)
{
	struct writer writer = { .arena = arena };

	put(&writer, arena_printf(arena, FIRST_LINE "%d\n", PLAN_FILE_VERSION));
	for (size_t i = 0; i < FIELD_COUNT; i++)
		put_field(&writer, plan, (enum field_id)i);
	put(&writer, arena_memdup(arena, kept->text, kept->len));
	return writer.text;
}
