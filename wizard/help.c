/* Help in plain words: which asset is about what. */
#include "help.h"

#include <stdio.h>
#include <string.h>

#include "../assets/asset.h"
#include "spf_help.h"

#define COMMAND_INDENT "    "
#define ITEM_BEGINS    "- "
#define ITEM_GOES_ON   "  "

#define PATH_MAX_LEN 128 /* octets of the name of an asset, NUL included */

static const char *
find(const char *prefix, const char *name)
{
	char path[PATH_MAX_LEN];
	const struct asset *asset;
	int len;

	len = snprintf(path, sizeof(path), "help/%s%s.txt", prefix, name);
	if (len < 0 || (size_t)len >= sizeof(path))
		return NULL;
	asset = asset_find(path);
	return asset == NULL ? NULL : asset->text;
}

const char *
help_for_finding(const char *id)
{
	return find("", id);
}

const char *
help_for_field(const char *name)
{
	return find("field-", name);
}

const char *
help_for_term(enum spf_kind kind)
{
	if (kind == SPF_UNKNOWN_MODIFIER)
		return find("term-", "unknown");
	if (kind == SPF_BROKEN)
		return find("term-", "broken");
	return find("term-", spf_help[kind].word);
}

const char *
help_for_qualifier(enum spf_result result)
{
	static const char *const names[SPF_RESULT_PERMERROR + 1] = {
		[SPF_RESULT_PASS] = "pass",
		[SPF_RESULT_FAIL] = "fail",
		[SPF_RESULT_SOFTFAIL] = "softfail",
		[SPF_RESULT_NEUTRAL] = "neutral",
	};

	return names[result] == NULL ? NULL : find("qualifier-", names[result]);
}

const char *
help_for_form(enum copy_form form)
{
	return find("form-", copy_form_word(form));
}

const char *
help_for_step(const char *help)
{
	return find("", help);
}

const char *
help_heading(struct arena *arena, const char *text)
{
	return arena_memdup(arena, text, strcspn(text, "\n"));
}

const char *
help_body(const char *text)
{
	text += strcspn(text, "\n");
	return text + strspn(text, "\n");
}

static bool
begins(const char *line, const char *with)
{
	return strncmp(line, with, strlen(with)) == 0;
}

static enum help_kind
kind_of(const char *line)
{
	if (*line == '\n')
		return HELP_GAP;
	if (begins(line, COMMAND_INDENT))
		return HELP_COMMAND;
	return begins(line, ITEM_BEGINS) ? HELP_ITEM : HELP_PARAGRAPH;
}

/* Does this line go on with the part before it? */
static bool
goes_on(enum help_kind kind, const char *line)
{
	if (*line == '\0' || kind_of(line) != HELP_PARAGRAPH)
		return false;
	return kind == HELP_PARAGRAPH ||
	    (kind == HELP_ITEM && begins(line, ITEM_GOES_ON));
}

bool
help_next(struct arena *arena, const char **rest, struct help_part *out)
{
	const char *line = *rest;
	size_t len;

	if (*line == '\0')
		return false;
	out->kind = kind_of(line);
	if (out->kind == HELP_COMMAND)
		line += strlen(COMMAND_INDENT);
	if (out->kind == HELP_ITEM)
		line += strlen(ITEM_BEGINS);
	len = strcspn(line, "\n");
	out->text = arena_memdup(arena, line, len);
	for (line += len + (line[len] == '\n'); goes_on(out->kind, line);
	     line += len + (line[len] == '\n')) {
		line += strspn(line, " ");
		len = strcspn(line, "\n");
		out->text =
		    arena_printf(arena, "%s %.*s", out->text, (int)len, line);
	}
	*rest = line;
	return true;
}
