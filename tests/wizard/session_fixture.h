/*
 * tests/wizard/session_fixture.h - a session in a folder of its own, against a
 * zone file that the test writes.
 */
#ifndef SESSION_FIXTURE_H
#define SESSION_FIXTURE_H

#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../checks/dns_ares.h"
#include "../../wizard/session.h"

#define WAIT 10000 /* ms; long enough under valgrind */

#define ZONE                                                                   \
	"; relative to the domain\n"                                           \
	"@ 300 SOA ns hostmaster 1 3600 600 86400 300\n"                       \
	"@ NS ns\n"                                                            \
	"@ MX 10 mail\n"                                                       \
	"ns A 192.0.2.53\n"                                                    \
	"mail A 192.0.2.25\n"                                                  \
	"25.2.0.192.in-addr.arpa. PTR mail.example.org.\n"                     \
	"mail._domainkey TXT \"v=DKIM1; k=ed25519; p="                         \
	"11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"\n"                     \
	"_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:dmarc@example.org\"\n"    \
	"_spf.example.net. TXT \"v=spf1 a:x.example.net -all\"\n"              \
	"x.example.net. A 198.51.100.7\n"                                      \
	"_far.example.net. TXT \"v=spf1 ip4:203.0.113.0/24 -all\"\n"

#define ONE  ZONE "@ 300 TXT \"v=spf1 mx ptr +all\"\n"
#define FINE ZONE "@ 300 TXT \"v=spf1 mx ~all\"\n"
#define NONE ZONE "@ TXT \"hello\"\n"
#define TWO  ONE "@ TXT \"v=spf1 ip4:198.51.100.9 -all\"\n"

struct state {
	char dir[64];
	char zone[80];
	const char *zones[1];
	struct session *s;
};

static inline int
begin(void **state)
{
	struct state *t = calloc(1, sizeof(*t));

	strcpy(t->dir, "/tmp/mailwizard-session-XXXXXX");
	assert_non_null(mkdtemp(t->dir));
	snprintf(t->zone, sizeof(t->zone), "%s/zone", t->dir);
	t->zones[0] = t->zone;
	*state = t;
	return 0;
}

static inline int
end(void **state)
{
	struct state *t = *state;
	char command[128];

	session_free(t->s);
	snprintf(command, sizeof(command), "rm -rf '%s'", t->dir);
	assert_int_equal(system(command), 0);
	free(t);
	return 0;
}

/* Nobody uses the ports: what is at 192.0.2.25, nobody can tell. */
static inline void
use_no_ports(struct session *s)
{
	assert_null(session_answer(s, FIELD_POP3_USED, "no"));
	assert_null(session_answer(s, FIELD_IMAP4_USED, "no"));
	assert_null(session_answer(s, FIELD_SUBMISSION_USED, "no"));
}

static inline void
put_zone(const struct state *t, const char *text)
{
	FILE *file = fopen(t->zone, "w");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static inline struct session_options
options(const struct state *t, const char *domain)
{
	return (struct session_options){
		.domain = domain,
		.state_dir = t->dir,
		.live = { .zones = t->zones,
		    .nzones = 1,
		    .offline = true,
		    .threads = 2 },
	};
}

static inline const char *
plan_path(const struct state *t)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/example.org.plan", t->dir);
	return path;
}

/* A session at this domain, everything looked at. */
static inline struct session *
open_session(struct state *t, const char *zone, const char *domain)
{
	struct session_options o = options(t, domain);
	char problem[PLAN_TEXT] = "";

	if (zone != NULL)
		put_zone(t, zone);
	session_free(t->s);
	t->s = session_new(&o, problem);
	assert_string_equal(problem, "");
	assert_non_null(t->s);
	assert_true(session_wait(t->s, WAIT));
	return t->s;
}

static inline const char *
record(const struct session *s)
{
	return session_spf(s)->record;
}

static inline const struct finding *
finding_of(const struct session *s, enum look_kind kind, enum finding_code code)
{
	const struct look *look = session_look(s, kind);

	assert_non_null(look);
	for (const struct finding *f = look->report.findings.first; f != NULL;
	     f = f->next)
		if (f->code == code)
			return f;
	return NULL;
}

static inline void
apply(struct session *s, enum finding_code code, enum remedy_id id)
{
	struct remedy remedies[REMEDY_MAX];
	const struct finding *finding = finding_of(s, LOOK_SPF, code);
	size_t n;

	assert_non_null(finding);
	n = session_remedies(s, LOOK_SPF, finding, remedies);
	for (size_t i = 0; i < n; i++) {
		if (remedies[i].id != id)
			continue;
		assert_null(session_apply(s, LOOK_SPF, &remedies[i]));
		return;
	}
	fail_msg("no such remedy for %s", finding_kinds[code].id);
}

static inline const struct item *
item_with(const struct session *s, const char *text)
{
	const struct checklist *list = session_checklist(s);

	for (size_t i = 0; i < list->nitems; i++)
		if (strstr(list->items[i].text, text) != NULL)
			return &list->items[i];
	return NULL;
}

#endif
