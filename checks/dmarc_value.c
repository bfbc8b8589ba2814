/* The values of tags: which are valid, and which was meant. */
#include "dmarc_value.h"

#include <string.h>

#include "base/i18n.h"

#define WORDS_MAX   4
#define NAME_LONG   24 /* octets; nobody misspells more */
#define PERCENT_MAX 100
#define SECONDS_MAX UINT32_MAX

static const struct {
	const char *words[WORDS_MAX]; /* none: any text */
	const char *form;
} forms[DMARC_TAGS] = {
	[DMARC_V] = { { "DMARC1" }, "DMARC1" },
	[DMARC_P] = { { "none", "quarantine", "reject" },
	    N_("none, quarantine or reject") },
	[DMARC_SP] = { { "none", "quarantine", "reject" },
	    N_("none, quarantine or reject") },
	[DMARC_NP] = { { "none", "quarantine", "reject" },
	    N_("none, quarantine or reject") },
	[DMARC_ADKIM] = { { "r", "s" }, N_("r (relaxed) or s (strict)") },
	[DMARC_ASPF] = { { "r", "s" }, N_("r (relaxed) or s (strict)") },
	[DMARC_T] = { { "y", "n" }, N_("y or n") },
	[DMARC_PSD] = { { "y", "n", "u" }, N_("y, n or u") },
	[DMARC_RUA] = { { NULL },
	    N_("addresses such as mailto:reports@example.org") },
	[DMARC_RUF] = { { NULL },
	    N_("addresses such as mailto:reports@example.org") },
	[DMARC_FO] = { { NULL },
	    N_("0 or 1, and d and s, with colons "
	       "between") },
	[DMARC_PCT] = { { NULL }, N_("a number from 0 to 100") },
	[DMARC_RF] = { { NULL }, "afrf" },
	[DMARC_RI] = { { NULL }, N_("a number of seconds") },
};

const char *
dmarc_value_form(enum dmarc_tag_id id)
{
	return id < DMARC_TAGS && forms[id].form != NULL ? _(forms[id].form)
							 : "";
}

static const char *const policies[] = { "none", "quarantine", "reject" };

const char *
dmarc_policy_word(enum dmarc_policy policy)
{
	return policies[policy];
}

bool
dmarc_policy_read(struct str text, enum dmarc_policy *out)
{
	for (size_t i = 0; i < COUNT(policies); i++)
		if (str_equal_nocase(text, policies[i])) {
			*out = (enum dmarc_policy)i;
			return true;
		}
	return false;
}

/* dmarc-value: blanks and printing characters, at least one. */
static bool
is_text(struct str value)
{
	for (size_t i = 0; i < value.len; i++)
		if (value.p[i] < ' ' || value.p[i] > '~')
			return false;
	return value.len > 0;
}

/* dmarc-fo: each at most once, 0 and 1 not together. */
static bool
is_fo(struct str value)
{
	static const char letters[] = "01ds";
	unsigned int seen[sizeof(letters)] = { 0 };
	bool more = true;

	while (more) {
		struct str one;
		const char *at;

		more = str_find(value, ':') < value.len;
		one = str_word(&value, ':');
		if (one.len != 1 || one.p[0] == '\0')
			return false;
		at = strchr(letters, to_lower(one.p[0]));
		if (at == NULL || seen[at - letters]++ > 0)
			return false;
	}
	return seen[0] + seen[1] <= 1;
}

static bool
is_digits(struct str value, uint64_t max)
{
	uint64_t number = 0;

	for (size_t i = 0; i < value.len; i++) {
		if (!is_digit(value.p[i]))
			return false;
		number = number * 10 + (uint64_t)(value.p[i] - '0');
		if (number > max)
			return false;
	}
	return value.len > 0;
}

bool
dmarc_value_is_valid(enum dmarc_tag_id id, struct str value)
{
	if (!is_text(value))
		return false;
	if (id == DMARC_V)
		return str_equal(value, str_of("DMARC1"));
	if (id == DMARC_FO)
		return is_fo(value);
	if (id == DMARC_PCT)
		return is_digits(value, PERCENT_MAX);
	if (id == DMARC_RI)
		return is_digits(value, SECONDS_MAX);
	if (id >= DMARC_TAGS || forms[id].words[0] == NULL)
		return true;
	for (size_t i = 0; i < WORDS_MAX && forms[id].words[i] != NULL; i++)
		if (str_equal_nocase(value, forms[id].words[i]))
			return true;
	return false;
}

/* --- what was meant ------------------------------------------------------ */

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Letters to be put in, left out, changed or swapped; letters as lower. */
static size_t
distance(struct str a, struct str b)
{
	size_t rows[3][NAME_LONG + 1] = { { 0 } };

	for (size_t j = 0; j <= b.len; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t *row = rows[i % 3], *above = rows[(i + 2) % 3];

		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			char x = to_lower(a.p[i - 1]);
			char y = to_lower(b.p[j - 1]);

			row[j] = least(least(row[j - 1], above[j]) + 1,
			    above[j - 1] + (x != y));
			if (i > 1 && j > 1 && x == to_lower(b.p[j - 2]) &&
			    y == to_lower(a.p[i - 2]))
				row[j] =
				    least(row[j], rows[(i + 1) % 3][j - 2] + 1);
		}
	}
	return rows[a.len % 3][b.len];
}

static const struct {
	const char *written;
	const char *meant;
	bool flag; /* of t, psd */
} synonyms[] = {
	{ "monitor", "none", false },
	{ "spam", "quarantine", false },
	{ "block", "reject", false },
	{ "relaxed", "r", false },
	{ "strict", "s", false },
	{ "yes", "y", true },
	{ "true", "y", true },
	{ "1", "y", true },
	{ "no", "n", true },
	{ "false", "n", true },
	{ "0", "n", true },
};

/* Without quotation marks, blanks and full stops around it. */
static struct str
bare(struct str value)
{
	while (value.len > 0 && !is_alnum(value.p[0]))
		value = str_slice(value, 1, value.len);
	while (value.len > 0 && !is_alnum(value.p[value.len - 1]))
		value.len--;
	return value;
}

const char *
dmarc_value_meant(enum dmarc_tag_id id, struct str value)
{
	value = bare(value);
	if (id >= DMARC_TAGS || forms[id].words[0] == NULL || value.len == 0 ||
	    value.len > NAME_LONG)
		return NULL;
	for (size_t i = 0; i < COUNT(synonyms); i++)
		if (str_equal_nocase(value, synonyms[i].written) &&
		    dmarc_value_is_valid(id, str_of(synonyms[i].meant)))
			return synonyms[i].meant;
	for (size_t i = 0; i < WORDS_MAX && forms[id].words[i] != NULL; i++) {
		struct str word = str_of(forms[id].words[i]);

		if (distance(value, word) <= word.len / 4 + (word.len == 6))
			return forms[id].words[i];
	}
	return NULL;
}

/* Names people write in full. */
static const struct {
	const char *written;
	enum dmarc_tag_id meant;
} full_names[] = {
	{ "policy", DMARC_P },
	{ "pol", DMARC_P },
	{ "subdomainpolicy", DMARC_SP },
	{ "version", DMARC_V },
	{ "percent", DMARC_PCT },
	{ "dkim", DMARC_ADKIM },
	{ "spf", DMARC_ASPF },
};

enum dmarc_tag_id
dmarc_name_meant(struct str name, struct str value)
{
	enum dmarc_policy policy;

	for (size_t i = 0; i < COUNT(full_names); i++)
		if (str_equal_nocase(name, full_names[i].written))
			return full_names[i].meant;
	if (name.len < 3 || name.len > NAME_LONG)
		return name.len == 2 && to_lower(name.p[0]) == 'p' &&
			dmarc_policy_read(value, &policy)
		    ? DMARC_P
		    : DMARC_UNKNOWN;
	for (int id = 0; id < DMARC_TAGS; id++) {
		struct str known =
		    str_of(dmarc_tag_name((enum dmarc_tag_id)id));

		if (known.len >= 3 && distance(name, known) == 1)
			return (enum dmarc_tag_id)id;
	}
	return DMARC_UNKNOWN;
}
