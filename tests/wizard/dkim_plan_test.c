/* The DKIM key of the plan: read in any shape, its record, what DNS has. */
#include "../harness/unit.h"

#include <string.h>

#include "../../wizard/dkim_plan.h"
#include "../../wizard/dkim_rotation.h"
#include "../../wizard/dkim_signer.h"
#include "../../wizard/plan_file.h"

#define ED25519 "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
#define RSA                                                                    \
	"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEApuC8qY1+YC9D2Z/v11gl"     \
	"PJUChAxJyTPVIMYWWuk5fdQz377pBfNRhZEdwsmhzUTxjOMpcIwQ9wlBllXEBvTP"     \
	"MLoALOxsfVyHtA1f0lpiIwOQawe1qlMt0b8Wlj/6Xy/zEbfsP4RltSrRzWPA1JDM"     \
	"FYuwOwM3/JDeLqrYkCHf55uHX40iexxl0whTZJZSgsOaCsWWyMVerscTZ3x9NVEl"     \
	"QnDhHK7Cg8qfTNZzk5ePEHmc2YAOhFBwSFkjiJjx0b0u782ER8wSg4YQoRfrDoB5"     \
	"+uAWcDRZN7CdaPLJXXkjoXmyxODfLwebHCcHR2zV02n7WhGl/9JOVtR5iG0fbNQI"     \
	"wwIDAQAB"

static int
begin(void **state)
{
	*state = arena_new();
	return 0;
}

static int
end(void **state)
{
	arena_free(*state);
	return 0;
}

static void
a_key_is_read_in_any_shape(void **state)
{
	static const struct {
		const char *text;
		const char *value; /* NULL: refused... */
		const char *problem; /* ...with this in the sentence */
	} cases[] = {
		{ "", "", NULL },
		{ RSA, RSA, NULL },
		{ ED25519, ED25519, NULL },
		{ "v=DKIM1; k=rsa; p=" RSA, RSA, NULL },
		{ "p=" RSA, RSA, NULL },
		{ "v=DKIM1; k=ed25519; p=" ED25519 ";", ED25519, NULL },
		{ "mail._domainkey IN TXT ( \"v=DKIM1; k=ed25519; \" "
		  "\"p=" ED25519 "\" ) ; ----- DKIM key",
		    ED25519, NULL },
		{ "-----BEGIN PUBLIC KEY-----\n" RSA
		  "\n-----END PUBLIC KEY-----\n",
		    RSA, NULL },
		{ "-----BEGIN PUBLIC KEY----- " RSA " -----END PUBLIC KEY-----",
		    RSA, NULL },
		{ "MCowBQYDK2VwAyEA" ED25519, ED25519, NULL },
		{ "hello", NULL, "not a public key" },
		{ "v=DKIM1; p=", NULL, "p= is empty" },
		{ "-----BEGIN PRIVATE KEY-----\nMIIB\n"
		  "-----END PRIVATE KEY-----\n",
		    NULL, "private key" },
		{ "v=DKIM1; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA",
		    NULL, "cut off" },
	};
	struct judged judged;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		field_judge(FIELD_DKIM_PUBLIC, str_of(cases[i].text), &judged);
		if (cases[i].value == NULL) {
			assert_non_null(
			    strstr(judged.problem, cases[i].problem));
			continue;
		}
		assert_string_equal(judged.problem, "");
		assert_string_equal(judged.value, cases[i].value);
	}
}

static struct plan
with_key(void)
{
	struct plan plan;

	plan_clear(&plan);
	strcpy(plan.domain, "example.org");
	strcpy(plan.key_selector, "mail2026a");
	strcpy(plan.key_public, RSA);
	return plan;
}

static void
the_record_is_to_be_published(void **state)
{
	struct plan plan = with_key();
	struct output out;

	output_make(*state, &plan, &out);
	assert_int_equal(out.nrecords, 1);
	assert_string_equal(
	    out.records[0].name, "mail2026a._domainkey.example.org");
	assert_true(
	    str_equal(out.records[0].text, str_of("v=DKIM1; k=rsa; p=" RSA)));
	assert_string_equal(output_panel_name(*state, &plan, &out.records[0]),
	    "mail2026a._domainkey");
	/* The old key stays until it is to be revoked. */
	strcpy(plan.old_selector, "mail");
	output_make(*state, &plan, &out);
	assert_int_equal(out.nrecords, 1);
	plan.key_revoke = true;
	output_make(*state, &plan, &out);
	assert_int_equal(out.nrecords, 2);
	assert_true(str_equal(out.records[1].text, str_of("v=DKIM1; p=")));
	plan.sends_nothing = true;
	output_make(*state, &plan, &out);
	for (size_t i = 0; i < out.nrecords; i++)
		assert_null(strstr(out.records[i].name, "_domainkey"));
}

static void
the_plan_file_keeps_it(void **state)
{
	struct plan plan = with_key(), back;
	struct plan_kept kept = { 0 };
	char problem[PLAN_TEXT];

	strcpy(plan.key_file, "/root/example.org-mail2026a.pem");
	strcpy(plan.old_selector, "mail");
	plan.key_type = KEY_KIND_RSA4096;
	plan.key_seen = 1795515600;
	plan.key_switched = 1795519200;
	plan.key_revoke = true;
	assert_int_equal(
	    plan_file_read(str_of(plan_file_write(*state, &plan, &kept)), &back,
		&kept, problem),
	    PLAN_READ_OK);
	assert_memory_equal(&plan, &back, sizeof(plan));
}

#define AT(sel, value)                                                         \
	{                                                                      \
		.name = sel "._domainkey.example.org", .type = RR_TXT,         \
		.text = {                                                      \
			value,                                                 \
			sizeof(value) - 1                                      \
		}                                                              \
	}

static void
what_dns_has_is_told(void **state)
{
	struct record records[] = {
		AT("other", "v=DKIM1; k=ed25519; p=" ED25519),
		AT("mail2026a", "v=DKIM1; k=rsa; p=" RSA),
		AT("gone", "v=DKIM1; p="),
		AT("bad", "v=DKIM1; p=??"),
	};
	struct step_report report = { .published = records,
		.npublished = COUNT(records) };
	struct plan plan = with_key();
	struct dkim_known *known;

	assert_int_equal(dkim_plan_known(*state, &plan, NULL, &known), 1);
	assert_int_equal(known[0].now, DKIM_NOW_LOOKING);
	assert_int_equal(dkim_plan_known(*state, &plan, &report, &known), 4);
	assert_string_equal(known[0].selector, "mail2026a");
	assert_true(known[0].own);
	assert_int_equal(known[0].now, DKIM_NOW_SAME);
	assert_string_equal(known[0].words, "RSA 2048 bits");
	assert_int_equal(known[1].now, DKIM_NOW_SOUND);
	assert_int_equal(known[2].now, DKIM_NOW_REVOKED);
	assert_int_equal(known[3].now, DKIM_NOW_BROKEN);
	records[1].text = str_of("v=DKIM1; k=ed25519; p=" ED25519);
	dkim_plan_known(*state, &plan, &report, &known);
	assert_int_equal(known[0].now, DKIM_NOW_OTHER);
	records[1].name = "else._domainkey.example.org";
	dkim_plan_known(*state, &plan, &report, &known);
	assert_int_equal(known[0].now, DKIM_NOW_NONE);
}

static void
a_new_selector_is_proposed(void **state)
{
	struct record records[] = { AT("MAIL2026b", "v=DKIM1; p=") };
	struct step_report report = { .published = records, .npublished = 1 };
	struct plan plan = with_key();
	const int64_t november = 1795515600; /* 2026 */

	assert_string_equal(dkim_plan_propose(*state, &plan, &report,
				KEY_KIND_RSA2048, november),
	    "mail2026c");
	assert_string_equal(
	    dkim_plan_propose(*state, &plan, NULL, KEY_KIND_ED25519, november),
	    "ed2026a");
	assert_null(dkim_plan_published(*state, &plan, &report));
	records[0].text = str_of("v=DKIM1; k=rsa; p=" RSA);
	assert_string_equal(
	    dkim_plan_published(*state, &plan, &report), "MAIL2026b");
}

static void
no_mail_is_without_a_key_on_the_way(void **state)
{
	struct dkim_rotation_source source = { .now = 1000000, .ttl = 300 };
	struct dkim_rotation r;

	(void)state;
	dkim_rotation_plan(&source, &r);
	assert_int_equal(r.stage, DKIM_ROTATION_PUBLISH);
	assert_int_equal(r.at[DKIM_ROTATION_SWITCH], 1000300);
	assert_int_equal(
	    r.at[DKIM_ROTATION_REVOKE], 1000300 + DKIM_QUEUE_SECONDS);
	source.published = 900000; /* long ago: at once */
	dkim_rotation_plan(&source, &r);
	assert_int_equal(r.stage, DKIM_ROTATION_SWITCH);
	assert_int_equal(r.at[DKIM_ROTATION_SWITCH], 1000000);
	source.switched = 950000;
	dkim_rotation_plan(&source, &r);
	assert_int_equal(r.stage, DKIM_ROTATION_REVOKE);
	assert_int_equal(
	    r.at[DKIM_ROTATION_REVOKE], 950000 + DKIM_QUEUE_SECONDS);
	source.now = r.at[DKIM_ROTATION_REMOVE];
	dkim_rotation_plan(&source, &r);
	assert_int_equal(r.stage, DKIM_ROTATION_REMOVE);
}

static void
signers_get_the_values_quoted(void **state)
{
	static const char *const trusted[] = { "192.0.2.25" };
	struct dkim_signer_key key = { .domain = "example.org",
		.selector = "mail2026a",
		.file = "/root/my key's.pem",
		.trusted = trusted,
		.ntrusted = 1 };
	const char *text = dkim_signer_text(*state, DKIM_SIGNER_OPENDKIM, &key);

	assert_non_null(strstr(text, "'/root/my key'\\''s.pem' "));
	assert_non_null(strstr(text,
	    "\nmail2026a._domainkey.example.org "
	    "example.org:mail2026a:/etc/dkimkeys/"
	    "example.org.mail2026a.private\n"));
	assert_non_null(strstr(text, "\n192.0.2.25\n"));
	assert_null(strstr(text, "opendkim-genkey"));
	text = dkim_signer_text(*state, DKIM_SIGNER_EXCHANGE, &key);
	assert_non_null(strstr(text, "-traditional"));
	assert_non_null(strstr(text, "TNEFEnabled $false"));
	assert_non_null(strstr(text, "From, Subject, To, Date, Message-ID"));
	key.file = NULL;
	text = dkim_signer_text(*state, DKIM_SIGNER_OPENDKIM, &key);
	assert_non_null(strstr(text, "opendkim-genkey -b 2048 -d example.org"));
	text = dkim_signer_text(*state, DKIM_SIGNER_RSPAMD, &key);
	assert_non_null(strstr(text, "selector = \"mail2026a\";"));
	/* Nothing is left to be filled in. */
	for (int i = 0; i < DKIM_SIGNER_COUNT; i++) {
		text = dkim_signer_text(*state, (enum dkim_signer)i, &key);
		for (const char *p = text; *p != '\0'; p++)
			assert_false(
			    p[0] == '{' && p[1] != '\0' && p[2] == '}');
	}
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(a_key_is_read_in_any_shape),
		TEST(the_record_is_to_be_published),
		TEST(the_plan_file_keeps_it),
		TEST(what_dns_has_is_told),
		TEST(a_new_selector_is_proposed),
		TEST(no_mail_is_without_a_key_on_the_way),
		TEST(signers_get_the_values_quoted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
