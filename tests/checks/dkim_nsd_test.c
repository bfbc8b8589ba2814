/*
 * The step "dkim" over real DNS: every fault once in a zone that NSD serves,
 * asked directly and through unbound; aliases into other zones; and the two
 * servers of a domain that do not say the same.
 */
#include "../harness/unit.h"

#include <string.h>

#include "../../checks/key_read.h"
#include "../harness/dkim_keys.h"
#include "../harness/judged.h"

#define RSA    "v=DKIM1; k=rsa; p="
#define PUBLIC "v=DKIM1; k=rsa; p=" A B

/* Selectors are the numbers of the rows: r0, r1... */
static const struct row {
	const char *record; /* "@" stands for the selector */
	const char *ids; /* worse than a note; "": dkim-ok */
	const char *title; /* in that of the first */
	bool mended; /* the key is proposed at its place */
	bool held; /* against the key A B, which the signer has */
} rows[] = {
	{ "@._domainkey TXT \"" RSA KEY "\"\n", "", "in order", false, false },
	/* as opendkim-genkey writes it */
	{ "@._domainkey IN TXT ( \"v=DKIM1; h=sha256; k=rsa; \"\n"
	  "\t\"p=" KEY "\" ) ; ----- DKIM key @ for example.org\n",
	    "", "in order", false, true },
	{ "@._domainkey TXT \"" RSA KEY "\"\n", "", "in order", false, true },
	{ "@._domainkey TXT \"" RSA KEY1024 "\"\n", "dkim-key-mismatch",
	    "it has 1024 bits", true, true },
	{ "@._domainkey TXT \"" RSA A "\"\n", "dkim-key-truncated",
	    "of its 294 octets are missing", true, true },
	{ "@._domainkey TXT \"" RSA A "\"\n", "dkim-key-truncated",
	    "octets are missing", false, false },
	{ "@._domainkey TXT \"" RSA A "\"\n@._domainkey TXT \"" B "\"\n",
	    "dkim-key-truncated", "over 2 TXT records", true, true },
	{ "@._domainkey TXT \"" B "\"\n@._domainkey TXT \"" RSA A "\"\n",
	    "dkim-key-truncated", "over 2 TXT records", true, false },
	{ "@._domainkey TXT \"\\\"" RSA KEY "\\\"\"\n", "dkim-quoted", "marks",
	    true, false },
	{ "@._domainkey TXT \"v=DKIM1\\\\; k=rsa\\\\; p=" KEY "\"\n",
	    "dkim-quoted", "marks", true, false },
	{ "@._domainkey TXT \"" RSA A " \" \"" B "\"\n", "", "in order", false,
	    false },
	{ "@._domainkey TXT \"" RSA "-----BEGIN PUBLIC KEY-----\" \"" A
	  "\" \"" B "\" \"-----END PUBLIC KEY-----\"\n",
	    "dkim-quoted", "marks", true, false },
	{ "@._domainkey TXT \"" RSA "-----BEGIN RSA PRIVATE KEY-----\"\n",
	    "dkim-private-key-published", "private", false, false },
	{ "@._domainkey TXT \"" RSA KEY "\"\n"
	  "@._domainkey TXT \"" RSA KEY1024 "\"\n",
	    "dkim-multiple", "2 DKIM keys", false, false },
	{ "@._domainkey TXT \"v=DKIM1; p=\"\n", "dkim-revoked", "revoked",
	    false, false },
	{ "@._domainkey TXT \"v=DKIM1; t=y; p=" KEY "\"\n", "dkim-testing",
	    "t=y", false, false },
	{ "@._domainkey TXT \"" RSA KEY768 "\"\n", "dkim-key-weak", "768",
	    false, false },
	{ "@._domainkey TXT \"" RSA KEY1024 "\"\n", "dkim-key-short", "1024",
	    false, false },
	{ "@._domainkey TXT \"v=DKIM1; s=tlsrpt; p=" KEY "\"\n",
	    "dkim-wrong-service", "s=", false, false },
	{ "@._domainkey TXT \"v=DKIM1; h=sha1; p=" KEY "\"\n", "dkim-hash-sha1",
	    "SHA-256", false, false },
	{ "@._domainkey TXT \"v=DKIM1; k=ecdsa; p=" KEY "\"\n",
	    "dkim-unknown-key-type", "type", false, false },
	{ "@._domainkey TXT \"v=DKIM1; k=ed25519; p=" EDX "\"\n",
	    "dkim-key-undecodable", "decoded", false, false },
	{ "@._domainkey TXT \"v=DKIM1; k=ed25519; p=" ED "\"\n",
	    "dkim-ed25519-only", "only", false, false },
	{ "@._domainkey.example.org TXT \"" RSA KEY "\"\n", "dkim-misplaced",
	    "nobody looks", true, false },
	{ "@ TXT \"" RSA KEY "\"\n", "dkim-misplaced", "nobody looks", true,
	    false },
	{ "@.domainkey TXT \"" RSA KEY "\"\n", "dkim-misplaced", "nobody looks",
	    true, false },
	{ "@._domainkey._domainkey TXT \"" RSA KEY "\"\n", "dkim-misplaced",
	    "nobody looks", true, false },
	{ "@._domainkey CNAME key.example.net.\n", "", "in order", false,
	    true },
	{ "@._domainkey CNAME hop.example.net.\n", "", "in order", false,
	    false },
	{ "@._domainkey CNAME gone.example.net.\n", "dkim-missing",
	    "is an alias for gone.example.net", false, false },
	{ "@._domainkey CNAME other.example.net.\n", "dkim-missing",
	    "is an alias for other.example.net", false, false },
	{ "@._domainkey CNAME @._domainkey\n", "dns-failed", "", false, false },
	{ "@._domainkey CNAME key.nobody-serves-this.test.\n", "dns-failed", "",
	    false, false },
	{ "", "dkim-missing", "no DKIM key", false, false },
};

/* All keys of this domain are somebody else's; RFC 6672. */
static const char delegated[] = "_domainkey DNAME keys.example.net.\n";

static const char provider[] = "key TXT \"" RSA KEY "\"\n"
			       "hop CNAME key\n"
			       "other TXT \"v=spf1 -all\"\n"
			       "s.keys TXT \"" RSA KEY "\"\n"
			       "google.keys TXT \"" RSA KEY "\"\n";

static const char *
selector_of(struct arena *arena, size_t i)
{
	return arena_printf(arena, "r%zu", i);
}

/* The record of a row, each "@" before it replaced. */
static const char *
record_of(struct arena *arena, size_t i)
{
	const char *text = "";

	for (const char *p = rows[i].record; *p != '\0'; p++)
		text = *p == '@' ? arena_printf(arena, "%sr%zu", text, i)
				 : arena_printf(arena, "%s%c", text, *p);
	return text;
}

struct world {
	struct arena *arena;
	struct server *nsd;
	struct server *unbound;
};

static int
begin(void **state)
{
	static struct world world;
	struct zone_source zones[3] = { { "example.org", "" },
		{ "example.net", provider }, { "example.com", delegated } };
	struct stub stubs[3];

	*state = &world;
	world = (struct world){ .arena = arena_new() };
	if (servers_missing() != NULL)
		return 0;
	for (size_t i = 0; i < COUNT(rows); i++)
		zones[0].text = arena_printf(world.arena, "%s%s", zones[0].text,
		    record_of(world.arena, i));
	world.nsd = nsd_start(zones, COUNT(zones));
	for (size_t i = 0; i < COUNT(zones); i++)
		stubs[i] = (struct stub){ zones[i].name, world.nsd };
	world.unbound = unbound_start(stubs, COUNT(zones));
	return 0;
}

static int
end(void **state)
{
	struct world *world = *state;

	server_stop(world->unbound);
	server_stop(world->nsd);
	arena_free(world->arena);
	return 0;
}

static struct resolver *
resolver_at(struct arena *arena, const struct server *server)
{
	struct dns_server at;

	assert_null(dns_server_parse(arena, str_of(server->at), &at));
	return resolver_network(&at, 1);
}

static void
check_row(struct world *world, struct resolver *dns, size_t i)
{
	const struct row *row = &rows[i];
	const char *selector = selector_of(world->arena, i);
	struct expected_key key = { .selector = selector };
	struct target target = { .selectors = &selector, .nselectors = 1 };
	const char *wanted = "";
	struct judged j;

	assert_int_equal(
	    key_read_text(world->arena, str_of(A B), &key.key), KEY_TEXT_READ);
	if (row->held) {
		target.expected = &key;
		target.nexpected = 1;
	}
	judge_with(&j, dns, STEP_DKIM, &target);
	j.dns = dns;
	if (strcmp(judged_faults(&j), row->ids) != 0)
		fail_msg(
		    "%s: %s, not %s", selector, judged_faults(&j), row->ids);
	if (strstr(finding_title(j.run.arena, j.report.findings.first),
		row->title) == NULL)
		fail_msg("%s: %s", selector,
		    finding_title(j.run.arena, j.report.findings.first));
	if (row->mended)
		wanted = arena_printf(world->arena,
		    "%s._domainkey.example.org TXT " PUBLIC, selector);
	assert_string_equal(judged_suggested(&j), wanted);
	judged_end(&j);
}

static void
every_fault_once(void **state)
{
	struct world *world = *state;

	NEED_SERVERS();
	for (size_t i = 0; i < COUNT(rows); i++) {
		check_row(world, resolver_at(world->arena, world->nsd), i);
		check_row(world, resolver_at(world->arena, world->unbound), i);
	}
}

/* A DNAME leaves all selectors to another domain. */
static void
delegation_is_followed(void **state)
{
	static const struct {
		const char *selector; /* NULL: guessed */
		const char *ids;
		const char *title;
	} expected[] = {
		{ "s", "dkim-ok", "s.keys.example.net" },
		{ NULL, "dkim-ok", "google.keys.example.net" },
		{ "gone", "dkim-missing", "alias for gone.keys.example.net" },
	};
	struct world *world = *state;

	NEED_SERVERS();
	for (size_t i = 0; i < 2 * COUNT(expected); i++) {
		const struct server *server =
		    i % 2 == 0 ? world->nsd : world->unbound;
		struct target target = { .domain = "example.com",
			.selectors = &expected[i / 2].selector,
			.nselectors = expected[i / 2].selector != NULL };
		struct judged j;

		judge_with(
		    &j, resolver_at(world->arena, server), STEP_DKIM, &target);
		j.dns = j.run.dns;
		if (strcmp(judged_ids(&j), expected[i / 2].ids) != 0)
			fail_msg("row %zu: %s", i / 2, judged_ids(&j));
		assert_non_null(
		    strstr(finding_title(j.run.arena, j.report.findings.first),
			expected[i / 2].title));
		judged_end(&j);
	}
}

/* --- two servers of one domain ------------------------------------------ */

#define SERVERS                                                                \
	"@ 300 SOA ns1 hostmaster 1 3600 900 604800 60\n"                      \
	"@ NS ns1\n@ NS ns2\nns1 A 127.0.0.73\nns2 A 127.0.0.74\n"
#define AT(name, text) name "._domainkey TXT \"" text "\"\n"

static const struct {
	const char *one, *two;
	const char *selector; /* NULL: guessed */
	const char *said; /* that they disagree; NULL: they do not */
} pairs[] = {
	{ AT("s", RSA KEY), AT("s", RSA KEY), "s", NULL },
	{ AT("google", RSA KEY), AT("google", RSA KEY), NULL, NULL },
	{ AT("s", RSA KEY) AT("s", "one"), AT("s", RSA KEY) AT("s", "two"), "s",
	    NULL },
	{ AT("s", RSA KEY), AT("t", RSA KEY), "s",
	    "ns1.example.org (127.0.0.73): v=DKIM1; k=rsa; "
	    "p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQ...; "
	    "ns2.example.org (127.0.0.74): nothing" },
	{ AT("t", RSA KEY), AT("s", RSA KEY), "s",
	    "ns1.example.org (127.0.0.73): nothing; "
	    "ns2.example.org (127.0.0.74): v=DKIM1; k=rsa; "
	    "p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQ..." },
	{ AT("google", RSA KEY), AT("google", RSA A), NULL,
	    "ns1.example.org (127.0.0.73): v=DKIM1; k=rsa; p=MI..." },
	{ AT("google", RSA KEY), AT("google", RSA KEY1024), NULL,
	    "ns1.example.org (127.0.0.73): v=DKIM1; k=rsa; p=MIIBIjANBg" },
	{ "s._domainkey CNAME a.example.net.\n",
	    "s._domainkey CNAME b.example.net.\n", "s",
	    "ns1.example.org (127.0.0.73): CNAME a.example.net.; "
	    "ns2.example.org (127.0.0.74): CNAME b.example.net." },
	{ "s._domainkey CNAME a.example.net.\n",
	    "s._domainkey CNAME A.Example.NET.\n", "s", NULL },
};

/* Of which the first also serves the zone that aliases lead to. */
static void
servers_are_compared(void **state)
{
	struct world *world = *state;
	struct zone_source one[2] = { { "example.org", "" },
		{ "example.net",
		    "a TXT \"" RSA KEY "\"\nb TXT \"" RSA KEY "\"\n" } };
	struct zone_source two[1] = { { "example.org", "" } };
	struct server *first = NULL, *second = NULL;

	NEED_SERVERS();
	for (size_t i = 0; i < COUNT(pairs); i++) {
		struct target target = { .selectors = &pairs[i].selector,
			.nselectors = pairs[i].selector != NULL,
			.authoritative = true };
		const struct finding *finding;
		struct judged j;

		one[0].text =
		    arena_printf(world->arena, SERVERS "%s", pairs[i].one);
		two[0].text =
		    arena_printf(world->arena, SERVERS "%s", pairs[i].two);
		if (first == NULL) {
			first = nsd_start_at("127.0.0.73", 0, one, 2);
			second =
			    nsd_start_at("127.0.0.74", first->port, two, 1);
		} else {
			nsd_reload(first, one, 2);
			nsd_reload(second, two, 1);
		}
		target.authoritative_port = first->port;
		judge_with(
		    &j, resolver_at(world->arena, first), STEP_DKIM, &target);
		j.dns = j.run.dns;
		finding = judged_finding(&j, "dns-servers-disagree");
		if ((finding != NULL) != (pairs[i].said != NULL))
			fail_msg("pair %zu: %s", i, judged_ids(&j));
		if (finding != NULL) {
			if (strstr(finding->detail[1], pairs[i].said) == NULL)
				fail_msg("pair %zu: %s", i, finding->detail[1]);
			assert_null(judged_finding(&j, "dkim-ok"));
		}
		judged_end(&j);
	}
	server_stop(second);
	server_stop(first);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_fault_once),
		cmocka_unit_test(delegation_is_followed),
		cmocka_unit_test(servers_are_compared),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
