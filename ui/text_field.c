/* ui/text_field.c - see text_field.h */
#include <string.h>
#include <wchar.h>

#include "../checks/base/utf8.h"
#include "text_field.h"

void
text_field_set(struct text_field *field, const char *text)
{
	memset(field, 0, sizeof(*field));
	text_field_insert(field, text);
}

static bool
is_mark(uint32_t c)
{
	return c >= 0x300 && wcwidth((wchar_t)c) == 0;
}

/* Octets of the character at `at`, without the marks that follow. */
static size_t
character_at(const struct text_field *field, size_t at, uint32_t *c)
{
	size_t n =
	    utf8_read((struct str){ field->text + at, field->len - at }, c);

	if (n > 0)
		return n;
	*c = '?';
	return at < field->len ? 1 : 0;
}

/* The place behind the character at `at` and its marks. */
static size_t
next_place(const struct text_field *field, size_t at)
{
	uint32_t c;

	at += character_at(field, at, &c);
	while (at < field->len) {
		size_t n = character_at(field, at, &c);

		if (!is_mark(c))
			break;
		at += n;
	}
	return at;
}

static size_t
previous_place(const struct text_field *field, size_t at)
{
	size_t place = 0;
	size_t next;

	while (place < at && (next = next_place(field, place)) < at)
		place = next;
	return place;
}

static void
erase_part(struct text_field *field, size_t from, size_t to)
{
	memmove(field->text + from, field->text + to, field->len - to + 1);
	field->len -= to - from;
	field->cursor = from;
}

static bool
insert(struct text_field *field, const char *octets, size_t n)
{
	if (field->len + n >= sizeof(field->text))
		return false;
	memmove(field->text + field->cursor + n, field->text + field->cursor,
	    field->len - field->cursor + 1);
	memcpy(field->text + field->cursor, octets, n);
	field->cursor += n;
	field->len += n;
	field->erased[0] = '\0';
	return true;
}

bool
text_field_type(struct text_field *field, uint32_t character)
{
	char octets[4];

	if (character < ' ' || (character >= 0x7f && character < 0xa0))
		return false;
	return insert(field, octets, utf8_write(character, octets));
}

bool
text_field_insert(struct text_field *field, const char *text)
{
	struct str rest = str_of(text);

	while (rest.len > 0) {
		uint32_t c;
		size_t n = utf8_read(rest, &c);

		if (n == 0) { /* no octet is lost silently */
			n = 1;
			c = '?';
		}
		if (!text_field_type(field, c) && c >= ' ')
			return false;
		rest = str_slice(rest, n, rest.len);
	}
	return true;
}

static void
erase_word(struct text_field *field)
{
	size_t from = field->cursor;

	while (from > 0 && field->text[from - 1] == ' ')
		from--;
	while (from > 0 && field->text[from - 1] != ' ')
		from--;
	erase_part(field, from, field->cursor);
}

/* Erases all; when all is erased, brings it back. */
static void
erase_all(struct text_field *field)
{
	if (field->len == 0) {
		char back[TEXT_FIELD_SIZE];

		memcpy(back, field->erased, sizeof(back));
		text_field_insert(field, back);
		return;
	}
	memcpy(field->erased, field->text, field->len + 1);
	erase_part(field, 0, field->len);
}

bool
text_field_act(struct text_field *field, enum action action)
{
	switch (action) {
	case ACT_LEFT:
		field->cursor = previous_place(field, field->cursor);
		return true;
	case ACT_RIGHT:
		field->cursor = next_place(field, field->cursor);
		return true;
	case ACT_FIRST:
		field->cursor = 0;
		return true;
	case ACT_LAST:
		field->cursor = field->len;
		return true;
	case ACT_ERASE_LEFT:
		erase_part(
		    field, previous_place(field, field->cursor), field->cursor);
		return true;
	case ACT_REMOVE:
		erase_part(
		    field, field->cursor, next_place(field, field->cursor));
		return true;
	case ACT_ERASE_WORD:
		erase_word(field);
		return true;
	case ACT_ERASE_TO_END:
		erase_part(field, field->cursor, field->len);
		return true;
	case ACT_ERASE_ALL:
		erase_all(field);
		return true;
	default:
		return false;
	}
}

static int
columns_between(const struct text_field *field, size_t from, size_t to)
{
	char part[TEXT_FIELD_SIZE];

	memcpy(part, field->text + from, to - from);
	part[to - from] = '\0';
	return text_columns(part);
}

/* Keeps the cursor inside `width` columns, and shows as much as fits. */
static void
keep_in_sight(struct text_field *field, int width)
{
	if (field->scroll > field->cursor)
		field->scroll = field->cursor;
	while (columns_between(field, field->scroll, field->cursor) >= width)
		field->scroll = next_place(field, field->scroll);
	while (field->scroll > 0) {
		size_t more = previous_place(field, field->scroll);

		if (columns_between(field, more, field->len) >= width)
			break;
		field->scroll = more;
	}
}

/* As many as the text has columns from there on. */
static const char *
stars(const struct text_field *field, size_t from)
{
	static const char all[] = "********************************";
	int n = columns_between(field, from, field->len);
	int most = (int)sizeof(all) - 1;

	return all + (n < most ? most - n : 0);
}

void
text_field_draw(const struct canvas *canvas, int y, int x, int width,
    struct text_field *field, bool focused)
{
	struct canvas inside = canvas_part(canvas, y, x + 1, 1, width - 2);
	int used;

	keep_in_sight(field, inside.cols);
	used = draw_text(&inside, 0, 0, focused ? ROLE_HEADING : ROLE_TEXT,
	    field->secret ? stars(field, field->scroll)
			  : field->text + field->scroll);
	while (used < inside.cols)
		used = draw_text(&inside, 0, used, ROLE_TEXT, "_");
	draw_text(canvas, y, x, ROLE_TEXT, field->scroll > 0 ? "<" : "[");
	draw_text(canvas, y, x + inside.cols + 1, ROLE_TEXT,
	    columns_between(field, field->scroll, field->len) > inside.cols
		? ">"
		: "]");
	if (focused)
		draw_cursor(&inside, 0,
		    columns_between(field, field->scroll, field->cursor));
}
