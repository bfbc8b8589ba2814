/* What a zone file says offline is what NSD says with the same file. */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>

#include "../harness/fixture.h"

static const char zone_text[] =
    "$TTL 300\n"
    "@ 600 IN SOA ns hostmaster ( 1 ; serial\n"
    "	1h 15m 1w 120 )\n"
    "	IN NS ns\n"
    "ns A 127.0.0.1\n"
    "@ 60 MX 10 mail\n"
    "@ 30 MX 20 mail2\n"
    "@ TXT \"v=spf1 \" \"mx -all\"\n"
    "  TXT ( \"semi;colon (in) \\\"quotes\\\"\" ; comment\n"
    "  \"\\000\\255 \\\\\" )\n"
    "mail A 192.0.2.1\n"
    "	AAAA 2001:db8::1\n"
    "Mail A 192.0.2.2\n"
    "www CNAME web\n"
    "web CNAME host\n"
    "host A 192.0.2.3\n"
    "dangling CNAME nowhere\n"
    "out CNAME example.net.\n"
    "loop CNAME pool\n"
    "pool CNAME loop\n"
    "a.b.c TXT deep\n"
    "* TXT wild\n"
    "* MX 5 mail\n"
    "sub.\\042 TXT \"below the wildcard\"\n"
    "*.w CNAME host\n"
    "there.w TXT there\n"
    "d DNAME e\n"
    "d TXT own\n"
    "x.e TXT moved\n"
    "alias.e CNAME x.e\n"
    "todn CNAME x.d\n"
    "_imaps._tcp SRV 0 1 993 mail\n"
    "@ CAA 0 issue \"ca.example; a=\\\"b\\\"\"\n"
    "_25._tcp TLSA 3 1 1 ( 0123456789abcdef 0123456789abcdef\n"
    "	0123456789abcdef 0123456789abcdef )\n"
    "sp\\ ace\\.dot TXT odd\n"
    "old SPF \"v=spf1 -all\"\n"
    "@ TYPE65280 \\# 3 aabbcc\n"
    "1 PTR mail\n"
    "nullmx MX 0 .\n";

static const char *const names[] = { "", "ns.", "mail.", "MAIL.", "www.",
	"web.", "host.", "dangling.", "nowhere.", "loop.", "a.b.c.", "b.c.",
	"c.", "x.a.b.c.", "q.b.c.", "x.", "x.y.", "x.mail.", "*.", "\\042.",
	"sub.*.", "x.*.", "w.", "a.w.", "a.b.w.", "there.w.", "x.there.w.",
	"d.", "x.d.", "y.d.", "alias.d.", "e.", "x.e.", "todn.", "_tcp.",
	"_imaps._tcp.", "_25._tcp.", "sp\\032ace\\.dot.", "old.", "1.",
	"nullmx." };

static const enum rr_type types[] = { RR_A, RR_AAAA, RR_NS, RR_CNAME, RR_SOA,
	RR_PTR, RR_MX, RR_TXT, RR_SRV, RR_DNAME, RR_TLSA, RR_SPF, RR_CAA,
	(enum rr_type)65280 };

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Lower case: a server gives names in the case of the question or the file. */
static char *
lower(struct arena *arena, const char *text)
{
	char *copy = arena_strdup(arena, text);

	for (char *p = copy; *p != '\0'; p++)
		*p = to_lower(*p);
	return copy;
}

/* All there is to know of an answer, records in order of their text. */
static const char *
describe(struct arena *arena, const struct answer *answer)
{
	const char **lines =
	    arena_array(arena, answer->nrecords + 1, sizeof(*lines));
	const char *text = arena_printf(arena,
	    "outcome %d, rcode %d, owner %s, ttl %u\n", (int)answer->outcome,
	    answer->rcode, answer->owner, answer->ttl);

	for (size_t i = 0; i < answer->nchain; i++)
		text = arena_printf(arena, "%schain %s\n", text,
		    record_zone_line(arena, &answer->chain[i]));
	for (size_t i = 0; i < answer->nrecords; i++)
		lines[i] =
		    lower(arena, record_zone_line(arena, &answer->records[i]));
	qsort(lines, answer->nrecords, sizeof(*lines), by_text);
	for (size_t i = 0; i < answer->nrecords; i++)
		text = arena_printf(arena, "%s%s\n", text, lines[i]);
	return lower(arena, text);
}

static size_t
ask_all(struct run *run, const struct answer **out)
{
	size_t n = COUNT(names) * COUNT(types);
	struct question *questions =
	    arena_array(run->arena, n, sizeof(*questions));

	for (size_t i = 0; i < n; i++) {
		questions[i].name = arena_printf(
		    run->arena, "%s" FIXTURE_ORIGIN, names[i / COUNT(types)]);
		questions[i].type = types[i % COUNT(types)];
	}
	assert_int_equal(dns_ask_many(run, questions, n, out), OK);
	return n;
}

static void
every_question_has_the_same_answer(void **state)
{
	static const struct answer *offline[COUNT(names) * COUNT(types)];
	static const struct answer *live[COUNT(names) * COUNT(types)];
	const struct zone_source source = { FIXTURE_ORIGIN, zone_text };
	struct dns_server at;
	struct resolver *network;
	struct server *nsd;
	struct fixture f;
	struct run run;

	(void)state;
	NEED_SERVERS();
	nsd = nsd_start(&source, 1);
	fixture_begin(&f, zone_text);
	assert_null(dns_server_parse(f.run.arena, str_of(nsd->at), &at));
	network = resolver_network(&at, 1);
	run_begin(&run, network, 10000, -1);
	ask_all(&f.run, offline);
	for (size_t i = 0, n = ask_all(&run, live); i < n; i++) {
		const char *ours = describe(run.arena, offline[i]);
		const char *theirs = describe(run.arena, live[i]);

		if (offline[i]->outcome == DNS_BROKEN &&
		    live[i]->outcome == DNS_BROKEN)
			continue; /* a loop, in other words */
		if (strcmp(ours, theirs) != 0)
			fail_msg("%s %s\noffline: %slive: %s", offline[i]->name,
			    rr_type_word(run.arena, offline[i]->type), ours,
			    theirs);
	}
	run_end(&run);
	resolver_free(network);
	fixture_end(&f);
	server_stop(nsd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_question_has_the_same_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
