/*
 * The first octet chooses the protocol, the rest is what a mail server says:
 * a look at it ends, nothing raw comes out of it, and neither the judgement
 * nor a second reading differs from what was seen.
 */
#include <string.h>

#include "../../checks/mailport_check.h"
#include "must.h"

#define LIMIT_MS 5000
#define SAID_MAX 70000 /* octets: more than a dialogue may hold */

/* No control characters, of ASCII or (C2 80 to C2 9F in UTF-8) of Latin-1. */
static void
must_be_printable(const char *text)
{
	const unsigned char *p = (const unsigned char *)text;

	for (; p != NULL && *p != '\0'; p++) {
		must(*p >= ' ' && *p != 0x7f);
		must(*p != 0xc2 || p[1] >= 0xa0);
	}
}

static void
must_be_possible(const struct port_facts *facts)
{
	bool greeted = facts->state == PORT_GREETED;

	switch (facts->state) {
	case PORT_HUNG_UP:
	case PORT_LEFT:
	case PORT_REFUSED_GREETING:
	case PORT_WRONG_PROTOCOL:
	case PORT_NONSENSE:
	case PORT_GREETED:
		break;
	default: /* recorded octets have no time, no route, no TLS */
		must(false);
	}
	must(!greeted || facts->greeting != NULL);
	must((facts->state == PORT_WRONG_PROTOCOL) == (facts->other != NULL));
	must(!facts->starttls_refused || facts->starttls == TRI_NO);
	must(facts->injection == TRI_UNKNOWN);
	must(facts->tls.trouble != TLS_FINE || !facts->tls_tried);
	must(facts->before.known || !facts->before.starttls ||
	    facts->starttls != TRI_YES);
}

static void
judge(struct run *run, const struct port_facts *facts)
{
	mailport_judge(run, facts, 1, 0);
	for (const struct finding *f = run->report.first; f != NULL;
	     f = f->next) {
		must(f->subject != NULL);
		must_be_printable(finding_title(run->arena, f));
		must_be_printable(f->detail[0]);
	}
}

/* The parts that a look at recorded octets does not come to. */
static void
talk(struct run *run, enum mail_protocol protocol, struct str said)
{
	struct dialogue d = { .protocol = protocol };
	struct capabilities list;
	struct str line;

	wire_record(&d.wire, run, said);
	(void)dialogue_greeting(&d, &line);
	(void)dialogue_capabilities(&d, &list);
	must_be_printable(list.list);
	must_be_printable(list.software);
	(void)dialogue_user(&d);
	(void)dialogue_goodbye_behind(&d);
	must_be_printable(d.said);
	wire_close(&d.wire);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct port port = { .at.ip.family = IP_V4, .at.port = 143 };
	struct port_facts facts, again;
	struct str said;
	struct run run;

	if (size == 0 || size > SAID_MAX)
		return 0;
	port.protocol = (enum mail_protocol)(data[0] % MAIL_PROTOCOLS);
	said = (struct str){ (const char *)data + 1, size - 1 };
	run_begin(&run, NULL, LIMIT_MS, -1);
	mailport_replay(&run, &port, said, &facts);
	must_be_possible(&facts);
	must_be_printable(facts.greeting);
	must_be_printable(facts.banner_name);
	must_be_printable(facts.before.list);
	must_be_printable(facts.starttls_answer);
	must_be_printable(facts.text_after);
	judge(&run, &facts);
	mailport_replay(&run, &port, said, &again);
	must(again.state == facts.state && again.starttls == facts.starttls);
	must(again.login_before_tls == facts.login_before_tls);
	talk(&run, port.protocol, said);
	run_end(&run);
	return 0;
}
