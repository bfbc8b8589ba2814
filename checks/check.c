/* The steps of a check, as a table. */
#include "check.h"

#include <string.h>

#include "dkim_check.h"
#include "dmarc_check.h"
#include "domain_check.h"
#include "service_check.h"
#include "spf_check.h"

static const struct {
	const char *word;
	enum status (*check)(
	    struct run *, const struct target *, struct step_report *);
} steps[STEP_COUNT] = {
	[STEP_DOMAIN] = { "domain", check_domain },
	[STEP_SPF] = { "spf", check_spf },
	[STEP_DKIM] = { "dkim", check_dkim },
	[STEP_DMARC] = { "dmarc", check_dmarc },
	[STEP_POP3] = { "pop3", check_pop3 },
	[STEP_IMAP4] = { "imap4", check_imap4 },
	[STEP_SUBMISSION] = { "submission", check_submission },
};

const char *
step_word(enum step_id step)
{
	return steps[step].word;
}

bool
step_by_word(struct str word, enum step_id *out)
{
	for (int step = 0; step < STEP_COUNT; step++)
		if (str_equal_nocase(word, steps[step].word)) {
			*out = (enum step_id)step;
			return true;
		}
	return false;
}

/* What is said about a record as a whole is about all its octets. */
static void
fill_spans(struct run *run, const struct step_report *out)
{
	for (struct finding *f = run->report.first; f != NULL; f = f->next) {
		const struct record *record;

		if (!f->has_record || f->at.to > 0)
			continue;
		record = &out->published[f->record];
		f->at.to = record->type == RR_TXT || record->type == RR_SPF
		    ? record->text.len
		    : strlen(record_value(run->arena, record));
	}
}

enum status
check_step(struct run *run, enum step_id step, const struct target *target,
    struct step_report *out)
{
	enum status status;

	*out = (struct step_report){ .step = step };
	status = steps[step].check(run, target, out);
	fill_spans(run, out);
	out->findings = run->report;
	out->status = report_worst(&run->report);
	if (out->status == SEV_NOTE)
		out->status = SEV_PASS;
	return status == E_CANCELLED ? E_CANCELLED : OK;
}
