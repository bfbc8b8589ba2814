/* Findings: collected in a report, and put into words. */
#include "finding.h"

#include <string.h>

#include "base/i18n.h"
#include "run.h"

static const char *const severity_words[SEV_COUNT] = {
	[SEV_PASS] = "pass",
	[SEV_NOTE] = "note",
	[SEV_WARN] = "warn",
	[SEV_UNKNOWN] = "unknown",
	[SEV_FAIL] = "fail",
};

void
report_add(struct run *run, struct finding finding)
{
	struct finding *added = arena_new_of(run->arena, struct finding);
	struct report *report = &run->report;

	*added = finding;
	added->next = NULL;
	if (!finding.has_severity)
		added->severity = finding_kinds[finding.code].severity;
	if (report->last == NULL)
		report->first = added;
	else
		report->last->next = added;
	report->last = added;
	report->count[added->severity]++;
}

enum severity
report_worst(const struct report *report)
{
	for (int severity = SEV_COUNT - 1; severity > SEV_PASS; severity--)
		if (report->count[severity] > 0)
			return (enum severity)severity;
	return SEV_PASS;
}

const char *
severity_word(enum severity severity)
{
	return severity_words[severity];
}

/* What the blank at the front of `text` stands for; NULL: it is none. */
static const char *
blank(const struct finding *finding, struct str text, size_t *width)
{
	const char *value = NULL;

	if (str_starts_nocase(text, "{subject}")) {
		*width = strlen("{subject}");
		value = finding->subject;
	} else if (text.len >= 3 && text.p[0] == '{' && text.p[2] == '}' &&
	    text.p[1] >= '0' && text.p[1] < '0' + FINDING_DETAILS) {
		*width = 3;
		value = finding->detail[text.p[1] - '0'];
	} else {
		return NULL;
	}
	return value == NULL ? "" : value;
}

/* Writes the sentence to `out`, or only measures it when that is NULL. */
static size_t
write_filled(char *out, struct str rest, const struct finding *finding)
{
	size_t len = 0;

	while (rest.len > 0) {
		size_t width = 1;
		const char *value = blank(finding, rest, &width);
		size_t n = value == NULL ? 1 : strlen(value);

		if (out != NULL)
			memcpy(out + len, value == NULL ? rest.p : value, n);
		len += n;
		rest = str_slice(rest, width, rest.len);
	}
	return len;
}

static const char *
fill(struct arena *arena, const char *source, const struct finding *finding)
{
	char *out;
	struct str text;

	if (source == NULL || source[0] == '\0')
		return ""; /* gettext("") would be the catalogue's header */
	text = str_of(gettext(source));
	out = arena_alloc(arena, write_filled(NULL, text, finding) + 1);
	write_filled(out, text, finding);
	return out;
}

const char *
finding_title(struct arena *arena, const struct finding *finding)
{
	return fill(arena, finding_kinds[finding->code].title, finding);
}

const char *
finding_text(struct arena *arena, const struct finding *finding)
{
	return fill(arena, finding_kinds[finding->code].text, finding);
}

const char *
finding_fix(struct arena *arena, const struct finding *finding)
{
	return fill(arena, finding_kinds[finding->code].fix, finding);
}

bool
finding_hides_truth(const struct finding *finding)
{
	return finding->severity == SEV_UNKNOWN &&
	    (finding->code == F_DNS_FAILED || finding->code == F_DNS_TIMEOUT ||
		finding->code == F_DNS_BOGUS ||
		finding->code == F_PORT_TIMEOUT ||
		finding->code == F_PORT_NOT_SEEN ||
		strcmp(finding_kinds[finding->code].id, "login-unavailable") ==
		    0);
}
