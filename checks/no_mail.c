/* What a domain that sends no mail publishes beside its SPF record. */
#include "no_mail.h"

#include <string.h>

#include "base/printable.h"

/* RFC 9989 section 4.7: the version comes first, in these very letters. */
static bool
is_dmarc(struct str text)
{
	struct str version = str_trim(str_word(&text, ';'));
	struct str name = str_trim(str_word(&version, '='));

	return str_equal_nocase(name, "v") &&
	    str_equal(str_trim(version), str_of("DMARC1"));
}

/* For subdomains less than reject, or the whole only a test (t=y). */
static bool
weakens(struct str tag, struct str value)
{
	if (str_equal_nocase(tag, "sp") || str_equal_nocase(tag, "np"))
		return !str_equal_nocase(value, "reject");
	return str_equal_nocase(tag, "t") && str_equal_nocase(value, "y");
}

bool
no_mail_rejects(struct str text)
{
	bool rejects = false;

	if (!is_dmarc(text))
		return false;
	while (text.len > 0) {
		struct str value = str_word(&text, ';');
		struct str tag = str_trim(str_word(&value, '='));

		value = str_trim(value);
		if (weakens(tag, value))
			return false;
		if (str_equal_nocase(tag, "p"))
			rejects = str_equal_nocase(value, "reject");
	}
	return rejects;
}

static bool
is_absent(const struct answer *answer)
{
	return answer->outcome == DNS_NO_DATA || answer->outcome == DNS_NO_NAME;
}

static void
judge_dmarc(struct run *run, const struct answer *answer, struct no_mail *out)
{
	size_t n = 0;
	bool rejects = false;

	out->dmarc = NO_MAIL_ABSENT;
	if (answer->outcome != DNS_FOUND) {
		if (!is_absent(answer))
			out->dmarc = NO_MAIL_UNSEEN;
		return;
	}
	for (size_t i = 0; i < answer->nrecords; i++) {
		struct str text = answer->records[i].text;

		if (!is_dmarc(text))
			continue;
		if (n++ == 0)
			out->dmarc_text = printable(run->arena, text);
		rejects = no_mail_rejects(text);
	}
	/* RFC 9989 section 4.10: two records are as good as none. */
	if (n > 0)
		out->dmarc = n == 1 && rejects ? NO_MAIL_THERE : NO_MAIL_OTHER;
}

static enum no_mail_state
judge_mx(const struct answer *answer)
{
	if (answer->outcome != DNS_FOUND)
		return is_absent(answer) ? NO_MAIL_ABSENT : NO_MAIL_UNSEEN;
	/* RFC 7505 section 3: the only one, and its name is the root. */
	if (answer->nrecords == 1 && answer->nchain == 0 &&
	    (answer->records[0].mx.host[0] == '\0' ||
		strcmp(answer->records[0].mx.host, ".") == 0))
		return NO_MAIL_THERE;
	return NO_MAIL_OTHER;
}

enum status
no_mail_look(struct run *run, const char *domain, struct no_mail *out)
{
	struct question questions[2] = {
		{ arena_printf(run->arena, "_dmarc.%s", domain), RR_TXT },
		{ domain, RR_MX },
	};
	const struct answer *answers[2];
	enum status status = dns_ask_many(run, questions, 2, answers);

	if (status != OK)
		return status;
	*out = (struct no_mail){ .dmarc_name = questions[0].name,
		.null_mx = judge_mx(answers[1]) };
	judge_dmarc(run, answers[0], out);
	return OK;
}
