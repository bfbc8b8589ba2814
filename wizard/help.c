/* Help in plain words: which asset is about what. */
#include "help.h"

#include <stdio.h>
#include <string.h>

#include "../assets/asset.h"
#include "spf_help.h"

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
help_for_step(const char *help)
{
	return find("", help);
}

const char *
help_title(struct arena *arena, const char *text)
{
	return arena_memdup(arena, text, strcspn(text, "\n"));
}

const char *
help_body(const char *text)
{
	text += strcspn(text, "\n");
	return text + strspn(text, "\n");
}
