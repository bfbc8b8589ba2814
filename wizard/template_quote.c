/* How a value is written, so that it stays a value. */
#include "template_quote.h"

#include <string.h>

#include "../checks/base/character.h"
#include "../checks/base/utf8.h"

/*
 * `before` gives what stands before a character; `around` stands at both ends.
 */
struct quoting {
	const char *name;
	bool (*fits)(struct str);
	const char *(*before)(uint32_t);
	const char *around;
};

static bool
fits_always(struct str value)
{
	(void)value;
	return true;
}

static bool
is_made_of(struct str value, const char *others, bool other_alphabets)
{
	for (size_t i = 0; i < value.len; i++)
		if (!is_alnum(value.p[i]) &&
		    strchr(others, value.p[i]) == NULL &&
		    !(other_alphabets && (unsigned char)value.p[i] > 127))
			return false;
	return true;
}

static bool
fits_word(struct str value)
{
	return is_made_of(value, "._-@:/+*", false);
}

static bool
fits_path(struct str value)
{
	return value.len > 0 && value.p[0] == '/' &&
	    is_made_of(value, "._-@:/+=~", true);
}

/* Dovecot expands %u and $name, in some settings even between quotes. */
static bool
fits_dovecot(struct str value)
{
	return str_find(value, '%') == value.len &&
	    str_find(value, '$') == value.len;
}

static bool
fits_postfix(struct str value)
{
	return str_trim(value).len == value.len;
}

static const char *
before_nothing(uint32_t c)
{
	(void)c;
	return "";
}

/*
 * Between single quotes nothing is special but these, which PowerShell takes
 * for one another: two of them are one.
 */
static const char *
before_powershell(uint32_t c)
{
	switch (c) {
	case '\'':
		return "'";
	case 0x2018:
		return "\xe2\x80\x98";
	case 0x2019:
		return "\xe2\x80\x99";
	case 0x201a:
		return "\xe2\x80\x9a";
	case 0x201b:
		return "\xe2\x80\x9b";
	default:
		return "";
	}
}

/* The quotes end, a quote, and they begin again. */
static const char *
before_shell(uint32_t c)
{
	return c == '\'' ? "'\\'" : "";
}

static const char *
before_dovecot(uint32_t c)
{
	return c == '"' || c == '\\' ? "\\" : "";
}

static const char *
before_postfix(uint32_t c)
{
	return c == '$' ? "$" : "";
}

static const struct quoting quotings[] = {
	{ "plain", fits_always, before_nothing, "" },
	{ "word", fits_word, before_nothing, "" },
	{ "path", fits_path, before_nothing, "" },
	{ "powershell", fits_always, before_powershell, "'" },
	{ "shell", fits_always, before_shell, "'" },
	{ "dovecot", fits_dovecot, before_dovecot, "\"" },
	{ "postfix", fits_postfix, before_postfix, "" },
};

static const struct quoting *
find(struct str name)
{
	for (size_t i = 0; i < COUNT(quotings); i++)
		if (str_equal(name, str_of(quotings[i].name)))
			return &quotings[i];
	return NULL;
}

bool
template_has_quoting(struct str name)
{
	return find(name) != NULL;
}

/* NULL where a character is one that is not seen. */
static const char *
write_value(
    struct arena *arena, const struct quoting *quoting, struct str value)
{
	const char *out = quoting->around;

	while (value.len > 0) {
		uint32_t c;
		size_t len = utf8_read(value, &c);

		if (len == 0 || character_class(c) == CHARACTER_HIDDEN)
			return NULL;
		out = arena_printf(arena, "%s%s%.*s", out, quoting->before(c),
		    (int)len, value.p);
		value = str_slice(value, len, value.len);
	}
	return arena_printf(arena, "%s%s", out, quoting->around);
}

const char *
template_quote(struct arena *arena, const char *name, const char *text)
{
	const struct quoting *quoting = find(str_of(name));
	struct str value = str_of(text);

	if (quoting == NULL || value.len > TEMPLATE_VALUE_MAX ||
	    !quoting->fits(value))
		return NULL;
	return write_value(arena, quoting, value);
}
