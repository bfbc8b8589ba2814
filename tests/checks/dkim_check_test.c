/* The step "dkim": what is said of a key, what is proposed, and that it mends. */
#include "../harness/unit.h"

#include <string.h>

#include "../../checks/key_read.h"
#include "../harness/dkim_keys.h"
#include "../harness/judged.h"

#define AT(name, text) name "._domainkey TXT \"" text "\"\n"
#define S(text)	       AT("s", text)
#define V	       "v=DKIM1; k=rsa; p="
#define MENDED	       "v=DKIM1; k=rsa; p=" A B
/* B in two parts. */
#define B1                                                                     \
	"3D1Qj6VMZQMGJM5u80uokH2qt+S2RJuaG98JmNmLuwpxPNXBranRAulPSl1h"         \
	"5yhwMUsqQpWBrsDWWW3MwxpU3449brXmTEOzhA6w5qrm81pAlNWKAu3IfOBm"
#define B2                                                                     \
	"ePELMZw6Yj5JyyXkumFNCbDFtzBGN7Wqi1EZ9CprpQ6Ld9scPjeE8vJ0dJUC"         \
	"+DpvuQIDAQAB"

static const struct row {
	const char *zone;
	const char *selector; /* NULL: guessed */
	const char *ids; /* worse than a note; "": dkim-ok */
	const char *suggested; /* at s._domainkey; NULL: nothing */
} rows[] = {
	{ S(V KEY), "s", "", NULL },
	{ S("p=" KEY), "s", "", NULL },
	{ S("k=rsa;p=" KEY ";"), "s", "", NULL },
	{ S(" v = DKIM1 ; p = " KEY), "s", "", NULL },
	{ S(V A " "
		"\" \"" B),
	    "s", "", NULL },
	{ S("v=DKIM1; n=a note; t=s; h=sha256; s=email; p=" KEY), "s", "",
	    NULL },
	{ S("v=DKIM1; h=sha1:sha256; s=*; p=" KEY), "s", "", NULL },
	{ S("v=DKIM1; g=*; x=y; p=" KEY), "s", "", NULL },
	{ S(V KEY) "s._domainkey TXT \"other\"\n", "s", "", NULL },
	{ AT("default", V KEY), NULL, "", NULL },
	{ AT("dkim", V KEY), NULL, "", NULL },
	{ AT("mail", V KEY), NULL, "", NULL },
	{ AT("s1", V KEY), NULL, "", NULL },
	{ AT("s2", V KEY), NULL, "", NULL },
	{ AT("selector1", V KEY), NULL, "", NULL },
	{ AT("selector2", V KEY), NULL, "", NULL },
	{ AT("google", V KEY), NULL, "", NULL },
	{ AT("k1", V KEY), NULL, "", NULL },
	{ S("v=DKIM1; t=y; p=" KEY), "s", "dkim-testing", NULL },
	{ S("v=DKIM1; t=s:y; p=" KEY), "s", "dkim-testing", NULL },
	{ S(V KEY1024), "s", "dkim-key-short", NULL },
	{ S(V KEY768), "s", "dkim-key-weak", NULL },
	{ S("v=DKIM1; t=y; p=" KEY1024), "s", "dkim-key-short dkim-testing",
	    NULL },
	{ S(V BARE "\" \"" BARE_END), "s", "dkim-key-pkcs1", NULL },
	{ S("v=DKIM1; k=ed25519; p=" ED), "s", "dkim-ed25519-only", NULL },
	{ S("v=DKIM1; k=ed25519; p=" ED) AT("t", V KEY), "s",
	    "dkim-ed25519-only", NULL },
	{ AT("s1", "v=DKIM1; k=ed25519; p=" ED) AT("s2", V KEY), NULL, "",
	    NULL },
	{ S("v=DKIM1; k=ed25519; p=" EDX), "s", "dkim-key-undecodable", NULL },
	{ S("v=DKIM1; k=ed25519; p=" KEY), "s", "dkim-key-undecodable", NULL },
	{ S("v=DKIM1; k=rsa; p=" ED), "s", "dkim-key-undecodable", NULL },
	{ S("v=DKIM1; k=dsa; p=" KEY), "s", "dkim-unknown-key-type", NULL },
	{ S("v=DKIM1; p="), "s", "dkim-revoked", NULL },
	{ S("p=;"), "s", "dkim-revoked", NULL },
	{ AT("s1", "v=DKIM1; p=") AT("s2", V KEY), NULL, "", NULL },
	{ AT("s1", "v=DKIM1; p="), NULL, "dkim-revoked", NULL },
	{ S("v=DKIM1; s=tlsrpt; p=" KEY), "s", "dkim-wrong-service", NULL },
	{ S("v=DKIM1; h=sha1; p=" KEY), "s", "dkim-hash-sha1", NULL },
	{ S("v=DKIM1; k=rsa"), "s", "dkim-syntax", NULL },
	{ S("k=rsa; v=DKIM1; p=" KEY), "s", "dkim-syntax", MENDED },
	{ S("v=dkim1; k=rsa; p=" KEY), "s", "dkim-syntax", MENDED },
	{ S("v=DKIM2; k=rsa; p=" KEY), "s", "dkim-syntax", MENDED },
	{ S(V KEY "; p=x"), "s", "dkim-syntax", MENDED },
	{ S("v=DKIM1; k=rsa; k=rsa; p=" KEY), "s", "dkim-syntax", MENDED },
	{ S("v=DKIM1;; k=rsa; p=" KEY), "s", "dkim-syntax", MENDED },
	{ S("v=DKIM1; k=rsa; nonsense; p=" KEY), "s", "dkim-syntax", MENDED },
	{ S("\\\"v=DKIM1; k=rsa; p=" KEY "\\\""), "s", "dkim-quoted", MENDED },
	{ S("v=DKIM1\\\\; k=rsa\\\\; p=" KEY), "s", "dkim-quoted", MENDED },
	{ S("v=DKIM1; k=rsa; p=" A "\\\" \\\""
	    "\" \"" B),
	    "s", "dkim-quoted", MENDED },
	{ S(V "-----BEGIN PUBLIC KEY-----" A "\" \"" B
	      "-----END PUBLIC KEY-----"),
	    "s", "dkim-quoted", MENDED },
	{ S(V "-----BEGIN PRIVATE KEY-----" PRIVATE_A), "s",
	    "dkim-private-key-published", NULL },
	{ S(V A), "s", "dkim-key-truncated", NULL },
	{ S(V A "MIIB"), "s", "dkim-key-truncated", NULL },
	{ S(V "M" A), "s", "dkim-key-undecodable", NULL },
	{ S(V "hello"), "s", "dkim-key-undecodable", NULL },
	{ S(V "!!!!"), "s", "dkim-key-undecodable", NULL },
	{ S(V A "x\" \"" B), "s", "dkim-key-undecodable", NULL },
	{ S(V KEY) S(V KEY1024), "s", "dkim-multiple", NULL },
	{ S(V A) S(B), "s", "dkim-key-truncated", MENDED },
	{ S(B) S("other text") S(V A), "s", "dkim-key-truncated", MENDED },
	{ S(V A) S("\\\"" B2 "\\\"") S(B1), "s", "dkim-key-truncated", MENDED },
	{ S(V A) S("google-site-verification=" B), "s", "dkim-key-truncated",
	    NULL },
	{ S(V A) S(A), "s", "dkim-key-truncated", NULL },
	{ "s._domainkey CNAME k\nk TXT \"" V A "\"\nk TXT \"" B "\"\n", "s",
	    "dkim-key-truncated", "k" MENDED },
	{ "s._domainkey CNAME k\nk TXT \"" V KEY "; p=x\"\n", "s",
	    "dkim-syntax", "k" MENDED },
	{ S("other text"), "s", "dkim-missing", NULL },
	{ "@ A 5.9.8.7\n", "s", "dkim-missing", NULL },
	{ "@ A 5.9.8.7\n", NULL, "dkim-no-selector", NULL },
	{ AT("unheard-of", V KEY), NULL, "dkim-no-selector", NULL },
	{ "*._domainkey TXT \"v=DKIM1; p=\"\n", NULL, "dkim-no-selector",
	    NULL },
	{ "* TXT \"v=spf1 -all\"\n", NULL, "dkim-no-selector", NULL },
	{ "* TXT \"v=spf1 -all\"\n", "s", "dkim-missing", NULL },
	{ "s._domainkey CNAME k.example.net.\nk.example.net. TXT \"" V KEY
	  "\"\n",
	    "s", "", NULL },
	{ "s._domainkey CNAME k.example.net.\n", "s", "dkim-missing", NULL },
	{ "s1._domainkey CNAME k.example.net.\n", NULL, "dkim-missing", NULL },
	{ AT("s._domainkey.example.org.x",
	      "a") "s._domainkey.example.org TXT \"" V KEY "\"\n",
	    "s", "dkim-misplaced", MENDED },
	{ "s TXT \"" V KEY "\"\n", "s", "dkim-misplaced", MENDED },
	{ "s.domainkey TXT \"" V KEY "\"\n", "s", "dkim-misplaced", MENDED },
	{ "s._domainkey._domainkey TXT \"" V KEY "\"\n", "s", "dkim-misplaced",
	    MENDED },
	{ "_domainkey TXT \"" V KEY "\"\n", "s", "dkim-misplaced", MENDED },
	{ "_domainkey TXT \"o=~; t=y\"\n", "s", "dkim-missing", NULL },
	{ "s1._domainkey.example.org TXT \"" V KEY "\"\n", NULL,
	    "dkim-misplaced", "!" MENDED },
};

static void
what_is_said_and_mended(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct row *row = &rows[i];
		struct target target = { .selectors = &row->selector,
			.nselectors = row->selector != NULL };
		const char *wanted = "";
		struct judged j;

		judge(&j, row->zone, STEP_DKIM, &target);
		if (strcmp(judged_faults(&j), row->ids) != 0)
			fail_msg("row %zu: %s, not %s\n%.120s", i,
			    judged_faults(&j), row->ids, row->zone);
		if (row->suggested != NULL)
			wanted =
			    arena_printf(j.run.arena, "%s.example.org TXT %s",
				row->suggested[0] == '!'       ? "s1._domainkey"
				    : row->suggested[0] == 'k' ? "k"
							       : "s._domainkey",
				row->suggested + (row->suggested[0] != 'v'));
		assert_string_equal(judged_suggested(&j), wanted);
		if (row->ids[0] == '\0')
			assert_non_null(judged_finding(&j, "dkim-ok"));
		if (row->suggested != NULL) {
			judge_suggested(&j);
			assert_string_equal(judged_ids(&j), "dkim-ok");
		}
		judged_end(&j);
	}
}

/* Beside an alias nothing else may stand. */
static void
behind_an_alias_it_is_entered_there(void **state)
{
	static const struct {
		const char *zone;
		const char *name; /* where it is suggested; NULL: nowhere */
		const char *words; /* in what to do */
	} aliases[] = {
		{ "s._domainkey CNAME k\nk TXT \"" V KEY1024 "\"\n",
		    "k.example.org", "record at k.example.org" },
		{ "s._domainkey CNAME k.example.net.\nk.example.net. TXT \"" V
			KEY1024 "\"\n",
		    "s._domainkey.example.org", "delete the CNAME" },
		{ "_domainkey DNAME keys\ns.keys TXT \"" V KEY1024 "\"\n",
		    "s.keys.example.org", "record at s.keys.example.org" },
		{ "_domainkey DNAME example.net.\ns.example.net. TXT \"" V
			KEY1024 "\"\n",
		    NULL, "selector of its own" },
		{ "s._domainkey CNAME k\nk A 5.9.8.7\n", "k.example.org", "" },
		{ "s._domainkey CNAME k.example.net.\n",
		    "s._domainkey.example.org", "delete the CNAME" },
	};
	struct expected_key key = { .selector = "s" };
	struct target target = { .expected = &key, .nexpected = 1 };
	struct arena *arena = arena_new();

	(void)state;
	assert_int_equal(
	    key_read_text(arena, str_of(A B), &key.key), KEY_TEXT_READ);
	for (size_t i = 0; i < COUNT(aliases); i++) {
		const char *wanted = "";
		struct judged j;

		judge(&j, aliases[i].zone, STEP_DKIM, &target);
		if (aliases[i].name != NULL)
			wanted = arena_printf(
			    arena, "%s TXT " MENDED, aliases[i].name);
		assert_string_equal(judged_suggested(&j), wanted);
		assert_non_null(
		    strstr(finding_fix(j.run.arena, j.report.findings.first),
			aliases[i].words));
		if (aliases[i].name != NULL) {
			judge_suggested(&j);
			assert_string_equal(judged_faults(&j), "");
		}
		judged_end(&j);
	}
	arena_free(arena);
}

/* The signer has the first key, under the selector s. */
static void
the_published_key_is_held_against_the_signers(void **state)
{
	static const struct {
		const char *zone;
		const char *ids; /* worse than a note */
		const char *detail; /* in the title of the first */
	} expected[] = {
		{ S(V KEY), "", "" },
		{ S("p=" KEY), "", "" },
		{ S("v=DKIM1; p=" BARE "\" \"" BARE_END), "dkim-key-pkcs1",
		    "" },
		{ S(V KEY1024), "dkim-key-mismatch", "it has 1024 bits" },
		{ S("v=DKIM1; k=ed25519; p=" ED), "dkim-key-mismatch",
		    "the one is RSA" },
		{ S(V A), "dkim-key-truncated", "of its 294 octets" },
		{ S(V KEY1024) AT("google", V KEY), "dkim-key-mismatch",
		    "under the selector google" },
		{ S(V KEY1024) AT("s2", V KEY1024),
		    "dkim-key-mismatch dkim-key-short",
		    "it is the key of the selector s2" },
		{ "@ TXT x\n", "dkim-missing", "no DKIM key" },
		{ "s._domainkey.example.org TXT \"" V KEY "\"\n",
		    "dkim-misplaced", "where nobody looks" },
		{ S(V KEY) S(V KEY1024), "dkim-multiple", "2 DKIM keys" },
		{ S(V), "dkim-revoked", "" },
		{ S("\\\"" V KEY "\\\""), "dkim-quoted", "" },
	};
	struct expected_key keys[2] = { { .selector = "s" },
		{ .selector = "s2" } };
	struct target target = { .expected = keys, .nexpected = 1 };
	struct arena *arena = arena_new();

	(void)state;
	assert_int_equal(
	    key_read_text(arena, str_of(A B), &keys[0].key), KEY_TEXT_READ);
	assert_int_equal(
	    key_read_text(arena, str_of(KEY1024), &keys[1].key), KEY_TEXT_READ);
	for (size_t i = 0; i < COUNT(expected); i++) {
		struct judged j;

		target.nexpected =
		    strstr(expected[i].detail, "of the selector") ? 2 : 1;
		judge(&j, expected[i].zone, STEP_DKIM, &target);
		if (strcmp(judged_faults(&j), expected[i].ids) != 0)
			fail_msg("row %zu: %s, not %s", i, judged_faults(&j),
			    expected[i].ids);
		if (expected[i].detail[0] != '\0')
			assert_non_null(strstr(
			    finding_title(j.run.arena, j.report.findings.first),
			    expected[i].detail));
		if (j.report.status == SEV_FAIL) {
			assert_string_equal(judged_suggested(&j),
			    "s._domainkey.example.org TXT " MENDED);
			judge_suggested(&j);
			assert_null(judged_finding(&j, "dkim-key-mismatch"));
			assert_true(j.report.status < SEV_FAIL);
		}
		judged_end(&j);
	}
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_said_and_mended),
		cmocka_unit_test(behind_an_alias_it_is_entered_there),
		cmocka_unit_test(the_published_key_is_held_against_the_signers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
