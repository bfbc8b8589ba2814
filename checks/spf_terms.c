/* One row for each term of RFC 7208 sections 5 and 6, and the words. */
#include "spf_terms.h"

const struct spf_term_kind spf_term_kinds[SPF_KIND_COUNT] = {
	[SPF_ALL] = { .word = "all" },
	[SPF_INCLUDE] = { .word = "include",
	    .domain = SPF_ARG_REQUIRED,
	    .asks_dns = true },
	[SPF_A] = { .word = "a",
	    .domain = SPF_ARG_OPTIONAL,
	    .cidr = true,
	    .asks_dns = true },
	[SPF_MX] = { .word = "mx",
	    .domain = SPF_ARG_OPTIONAL,
	    .cidr = true,
	    .asks_dns = true },
	[SPF_PTR] = { .word = "ptr",
	    .domain = SPF_ARG_OPTIONAL,
	    .asks_dns = true,
	    .discouraged = true },
	[SPF_IP4] = { .word = "ip4", .cidr = true },
	[SPF_IP6] = { .word = "ip6", .cidr = true },
	[SPF_EXISTS] = { .word = "exists",
	    .domain = SPF_ARG_REQUIRED,
	    .asks_dns = true },
	[SPF_REDIRECT] = { .word = "redirect",
	    .modifier = true,
	    .domain = SPF_ARG_REQUIRED,
	    .asks_dns = true },
	[SPF_EXP] = { .word = "exp",
	    .modifier = true,
	    .domain = SPF_ARG_REQUIRED },
	[SPF_UNKNOWN_MODIFIER] = { .modifier = true },
};

/* Section 2.6 has the words, section 4.6.2 the signs. */
static const struct {
	const char *word;
	char sign;
} results[] = {
	[SPF_RESULT_NONE] = { "none", '\0' },
	[SPF_RESULT_NEUTRAL] = { "neutral", '?' },
	[SPF_RESULT_PASS] = { "pass", '+' },
	[SPF_RESULT_FAIL] = { "fail", '-' },
	[SPF_RESULT_SOFTFAIL] = { "softfail", '~' },
	[SPF_RESULT_TEMPERROR] = { "temperror", '\0' },
	[SPF_RESULT_PERMERROR] = { "permerror", '\0' },
};

static enum spf_kind
kind_by_name(struct str name, bool modifier, enum spf_kind otherwise)
{
	for (int kind = 0; kind < SPF_KIND_COUNT; kind++) {
		const struct spf_term_kind *row = &spf_term_kinds[kind];

		if (row->word != NULL && row->modifier == modifier &&
		    str_equal_nocase(name, row->word))
			return (enum spf_kind)kind;
	}
	return otherwise;
}

enum spf_kind
spf_mechanism_by_name(struct str name)
{
	return kind_by_name(name, false, SPF_BROKEN);
}

enum spf_kind
spf_modifier_by_name(struct str name)
{
	return kind_by_name(name, true, SPF_UNKNOWN_MODIFIER);
}

bool
spf_qualifier_by_sign(char sign, enum spf_result *out)
{
	for (size_t i = 0; i < COUNT(results); i++) {
		if (results[i].sign != '\0' && results[i].sign == sign) {
			*out = (enum spf_result)i;
			return true;
		}
	}
	return false;
}

const char *
spf_result_word(enum spf_result result)
{
	return results[result].word;
}

char
spf_qualifier_sign(enum spf_result result)
{
	return results[result].sign;
}
