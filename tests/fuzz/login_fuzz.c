/*
 * Any octets as what a mail server says to a login ("0", "1" or "2" first: the
 * protocol): it ends, what is kept is printable, and the password is not in it.
 */
#include <string.h>

#include "../../checks/mail_login.h"
#include "../../checks/run.h"
#include "must.h"

#define LIMIT_MS 2000
#define PASSWORD "Tr0ub4dor&3"

static void
is_harmless(const char *text)
{
	for (const char *p = text; p != NULL && *p != '\0'; p++)
		must((unsigned char)*p >= ' ' && *p != 0x7f);
	must(text == NULL || strcasestr(text, PASSWORD) == NULL);
}

static void
is_judged(struct run *run, const struct login *login,
    enum mail_protocol protocol, const struct login_facts *facts)
{
	struct port_facts port = { .port.protocol = protocol,
		.state = PORT_GREETED };

	mail_login_judge(run, login, &port, facts);
	for (const struct finding *f = run->report.first; f != NULL;
	     f = f->next) {
		is_harmless(finding_title(run->arena, f));
		is_harmless(finding_text(run->arena, f));
		is_harmless(finding_fix(run->arena, f));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct login login = { .user = "joe \"x\\@example.org",
		.password = PASSWORD,
		.host = "mail.example.org" };
	struct str octets = { (const char *)data, size };
	enum mail_protocol protocol;
	struct login_facts facts;
	struct run run;

	if (size == 0 || size > 32768)
		return 0;
	protocol = (enum mail_protocol)(data[0] % MAIL_PROTOCOLS);
	octets = str_slice(octets, 1, octets.len);
	run_begin(&run, NULL, LIMIT_MS, -1);
	mail_login_replay(&run, protocol, octets, &login, &facts);
	must(facts.end < LOGIN_ENDS);
	must(!facts.withheld || facts.said == NULL);
	is_harmless(facts.said);
	is_harmless(facts.why);
	is_judged(&run, &login, protocol, &facts);
	must(login_meaning(protocol, octets, false) >= LOGIN_REFUSED);
	run_end(&run);
	return 0;
}
