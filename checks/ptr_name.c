/* Names that providers make for customer lines. */
#include "ptr_name.h"

#include <stdio.h>
#include <string.h>

#define NUMBERS_MAX 40 /* runs of digits in one name */

static const char *const line_words[] = { "dyn", "dynamic", "dynamicip",
	"dynip", "dhcp", "pool", "pools", "dsl", "adsl", "sdsl", "vdsl", "xdsl",
	"ppp", "pppoe", "dialup", "dialin", "dial", "cable", "catv",
	"cablemodem", "broadband", "customer", "customers", "cust", "client",
	"clients", "subscriber", "residential", "static", "staticip", "ftth",
	"fttb", "gprs", "unassigned", "unallocated", "unused" };

/* Whoever calls a host so gave it the name on purpose. */
static const char *const mail_words[] = { "mail", "mails", "mailer", "mailout",
	"mailgate", "mailgw", "mx", "smtp", "smtpout", "out", "outbound",
	"relay", "mta", "email", "exchange", "post", "postfix", "gw",
	"gateway" };

static bool
is_word(struct str word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_equal_nocase(word, list[i]))
			return true;
	return false;
}

/* The letters at the front: "pool" of "pool123". */
static struct str
letters(struct str s)
{
	size_t n = 0;

	while (n < s.len && is_alpha(s.p[n]))
		n++;
	return str_slice(s, 0, n);
}

/* The next run of letters and digits, off the front. */
static bool
next_word(struct str *rest, struct str *word)
{
	size_t from = 0, to;

	while (from < rest->len && !is_alnum(rest->p[from]))
		from++;
	to = from;
	while (to < rest->len && is_alnum(rest->p[to]))
		to++;
	*word = str_slice(*rest, from, to);
	*rest = str_slice(*rest, to, rest->len);
	return word->len > 0;
}

/*
 * The labels a provider makes up, without the last two: those are the
 * provider's own name ("t-dialin.net"), which many a mail server shares.
 */
static struct str
host_labels(const char *name)
{
	struct str s = str_of(name);
	size_t dots = 0;

	for (size_t i = s.len; i > 0; i--)
		if (s.p[i - 1] == '.' && ++dots == 2)
			return str_slice(s, 0, i - 1);
	return str_slice(s, 0, 0);
}

static bool
has_line_word(const char *name)
{
	struct str rest = host_labels(name), word;
	bool first = true;

	while (next_word(&rest, &word)) {
		struct str stem = letters(word);

		if (first && is_word(stem, mail_words, COUNT(mail_words)))
			return false;
		if (is_word(stem, line_words, COUNT(line_words)))
			return true;
		first = false;
	}
	return false;
}

/* All numbers of the name, in order; a number over 255 becomes 256. */
static size_t
read_numbers(const char *name, unsigned int *out)
{
	size_t n = 0;

	for (const char *p = name; *p != '\0' && n < NUMBERS_MAX; n++) {
		unsigned int number = 0;

		while (*p != '\0' && !is_digit(*p))
			p++;
		if (*p == '\0')
			break;
		for (; is_digit(*p); p++)
			if (number < 256)
				number = number * 10 + (unsigned int)(*p - '0');
		out[n] = number < 256 ? number : 256;
	}
	return n;
}

/* The four numbers of the address stand side by side, in either order. */
static bool
spells_numbers(const char *name, const uint8_t *octets)
{
	unsigned int numbers[NUMBERS_MAX];
	size_t n = read_numbers(name, numbers);

	for (size_t i = 0; i + 4 <= n; i++) {
		bool forward = true, backward = true;

		for (size_t j = 0; j < 4; j++) {
			forward = forward && numbers[i + j] == octets[j];
			backward = backward && numbers[i + j] == octets[3 - j];
		}
		if (forward || backward)
			return true;
	}
	return false;
}

static bool
contains_nocase(const char *name, const char *part)
{
	for (; *name != '\0'; name++)
		if (str_starts_nocase(str_of(name), part))
			return true;
	return false;
}

static bool
spells_v4(const char *name, const uint8_t *o)
{
	char text[16];

	if (spells_numbers(name, o))
		return true;
	snprintf(
	    text, sizeof(text), "%02x%02x%02x%02x", o[0], o[1], o[2], o[3]);
	if (contains_nocase(name, text))
		return true;
	snprintf(
	    text, sizeof(text), "%03u%03u%03u%03u", o[0], o[1], o[2], o[3]);
	return contains_nocase(name, text);
}

/* The hexadecimal digits of the name hold the last 16 of the address. */
static bool
spells_v6(const char *name, const uint8_t *octets)
{
	char digits[256], host[17], back[17];
	size_t n = 0;

	for (; *name != '\0' && n + 1 < sizeof(digits); name++)
		if (*name != '-' && *name != '.')
			digits[n++] = *name;
	digits[n] = '\0';
	for (size_t i = 0; i < 8; i++)
		snprintf(host + 2 * i, 3, "%02x", octets[8 + i]);
	for (size_t i = 0; i < 16; i++)
		back[i] = host[15 - i];
	back[16] = '\0';
	return contains_nocase(digits, host) || contains_nocase(digits, back);
}

bool
ptr_name_is_generic(const char *name, struct ip ip)
{
	if (ip.family == IP_V4 && spells_v4(name, ip.octets))
		return true;
	if (ip.family == IP_V6 && spells_v6(name, ip.octets))
		return true;
	return has_line_word(name);
}
