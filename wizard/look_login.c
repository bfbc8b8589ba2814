/* A login at the ports of one protocol, once at each. */
#include <stdlib.h>

#include "../checks/mail_login.h"
#include "look.h"

void
login_words_free(struct login_words *words)
{
	if (words == NULL)
		return;
	secret_wipe(words, sizeof(*words));
	free(words);
}

/* What came of the login; the ports themselves have a look of their own. */
static void
log_in(struct look *look, struct port_check check)
{
	struct run *run = &look->run;
	const struct login login = { .user = look->question.login->user,
		.password = look->question.login->password,
		.host = check.name != NULL ? check.name : check.host };

	for (size_t i = 0; i < check.n; i++)
		check.findings[i] = (struct report){ 0 };
	check.together = (struct report){ 0 };
	port_login(run, &login, &check);
	port_check_report(run, &check);
}

enum status
look_at_login(struct look *look)
{
	static const enum step_id of[MAIL_PROTOCOLS] = {
		[MAIL_POP3] = STEP_POP3,
		[MAIL_IMAP] = STEP_IMAP4,
		[MAIL_SMTP] = STEP_SUBMISSION,
	};
	struct run *run = &look->run;
	struct step_report seen = { 0 };
	enum status status =
	    check_step(run, of[look->question.protocol], &look->target, &seen);

	run->report = (struct report){ 0 };
	if (status == OK && seen.nports > 0)
		log_in(look, seen.ports[0]);
	login_words_free(look->question.login);
	look->question.login = NULL;
	look->report.findings = run->report;
	look->report.status = report_worst(&run->report);
	return status;
}
