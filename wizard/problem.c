/* What is wrong with a typed answer. */
#include "problem.h"

#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/dkim.h"
#include "../checks/dns.h"
#include "../checks/domain.h"

#define SHOWN_MAX 60 /* octets of an answer that a sentence quotes */

void
bounded_copy(char *to, size_t size, const char *text)
{
	size_t len = strlen(text);

	if (len >= size) {
		len = size - 1;
		/* Not in the middle of a letter: UTF-8 goes on with 10xxxxxx. */
		while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80)
			len--;
	}
	memcpy(to, text, len);
	to[len] = '\0';
}

#define put(buffer, text) bounded_copy(buffer, sizeof(buffer), text)

static bool
is_empty(struct str text)
{
	return str_trim(text).len == 0;
}

static void
judge_name(struct arena *arena, struct str text, struct judged *out)
{
	struct domain_name name;
	const char *problem;

	if (is_empty(text))
		return;
	problem = domain_read(arena, text, &name);
	if (problem != NULL) {
		put(out->problem, problem);
		return;
	}
	put(out->value, name.name);
	if (name.removed != NULL)
		put(out->told, name.removed);
	/* What it looks like to its owner is not what DNS has: say so. */
	if (strcmp(domain_display(arena, name.name), name.name) != 0)
		put(out->shown, name.name);
}

void
judge_domain(struct arena *arena, struct str text, struct judged *out)
{
	judge_name(arena, text, out);
}

void
judge_host(struct arena *arena, struct str text, struct judged *out)
{
	struct ip ip;

	if (ip_parse(str_trim(text), &ip))
		put(out->problem,
		    _("A name is needed here, not an address: certificates "
		      "and mail programs go by names."));
	else
		judge_name(arena, text, out);
}

/* The selector in what people paste for it. */
static struct str
bare_selector(struct str text)
{
	static const char under[] = "._domainkey";

	if (str_starts_nocase(text, "s="))
		text = str_trim(str_slice(text, 2, text.len));
	for (size_t i = 0; i < text.len; i++)
		if (str_starts_nocase(str_slice(text, i, text.len), under))
			return str_slice(text, 0, i);
	return text;
}

void
judge_selector(struct arena *arena, struct str text, struct judged *out)
{
	struct str bare = bare_selector(str_trim(text));
	const char *selector = str_dup(arena, bare);
	const char *problem;

	if (is_empty(text))
		return;
	problem = dkim_selector_problem(arena, selector, "example", true);
	if (problem != NULL) {
		put(out->problem, problem);
		return;
	}
	put(out->value, selector);
	if (bare.len != str_trim(text).len)
		put(out->told, _("Removed what stood around the selector."));
}

/* An address is pasted with brackets, quotes or commas around it. */
static struct str
bare_address(struct str text)
{
	static const char *const around = "[]()<>\"',; \t";

	while (text.len > 0 && strchr(around, text.p[0]) != NULL)
		text = str_slice(text, 1, text.len);
	while (text.len > 0 && strchr(around, text.p[text.len - 1]) != NULL)
		text.len--;
	if (str_starts_nocase(text, "ip4:") || str_starts_nocase(text, "ip6:"))
		text = str_slice(text, 4, text.len);
	return text;
}

void
judge_ip(struct arena *arena, struct str text, struct judged *out)
{
	struct str bare = bare_address(text);
	struct ip ip;

	if (is_empty(text))
		return;
	if (!ip_parse(bare, &ip)) {
		snprintf(out->problem, sizeof(out->problem),
		    _("\"%s\" is no IP address. Write it like 192.0.2.25 or "
		      "2001:db8::25."),
		    readable(arena, str_slice(str_trim(text), 0, SHOWN_MAX)));
		return;
	}
	put(out->value, ip_print(arena, ip));
	if (bare.len != str_trim(text).len)
		put(out->told, _("Removed what stood around the address."));
}

void
judge_resolver(struct arena *arena, struct str text, struct judged *out)
{
	struct str rest = str_trim(text);
	const char *value = "";

	while (rest.len > 0) {
		struct str word = str_trim(str_word(&rest, ','));
		struct dns_server server;
		const char *problem;

		if (word.len == 0)
			continue;
		problem = dns_server_parse(arena, word, &server);
		if (problem != NULL) {
			put(out->problem, problem);
			return;
		}
		value = arena_printf(arena, "%s%s%s", value,
		    value[0] == '\0' ? "" : ",",
		    dns_server_print(arena, &server));
	}
	if (strlen(value) >= PLAN_TEXT)
		put(out->problem,
		    _("These are too many name servers. A few are enough."));
	else
		put(out->value, value);
}
