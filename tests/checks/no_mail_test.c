/* DMARC and null MX of a domain that sends no mail. */
#include "../harness/unit.h"

#include "../../checks/no_mail.h"
#include "../../checks/zone.h"

static void
what_rejects(void **state)
{
	static const struct {
		const char *text;
		bool rejects;
	} cases[] = {
		{ NO_MAIL_DMARC, true },
		{ "v=DMARC1;p=reject", true },
		{ "v = DMARC1 ; P=Reject ; rua=mailto:a@example.org", true },
		{ "v=DMARC1; p=reject; sp=reject; np=reject", true },
		{ "v=DMARC1; p=reject; sp=none", false },
		{ "v=DMARC1; p=reject; t=y", false },
		{ "v=DMARC1; p=none", false },
		{ "v=DMARC1", false },
		{ "v=dmarc1; p=reject", false }, /* the version as written */
		{ "p=reject; v=DMARC1", false },
		{ "v=DMARC10; p=reject", false },
		{ "", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if (no_mail_rejects(str_of(cases[i].text)) != cases[i].rejects)
			fail_msg("%s", cases[i].text);
}

static const struct {
	const char *zone;
	enum no_mail_state dmarc, mx;
} worlds[] = {
	{ "@ A 192.0.2.1\n", NO_MAIL_ABSENT, NO_MAIL_ABSENT },
	{ "@ MX 0 .\n_dmarc TXT \"v=DMARC1; p=reject;\"\n", NO_MAIL_THERE,
	    NO_MAIL_THERE },
	{ "@ MX 10 mail\n_dmarc TXT \"v=DMARC1; p=none\"\n", NO_MAIL_OTHER,
	    NO_MAIL_OTHER },
	/* Other texts do not matter; two records are as good as none. */
	{ "@ MX 0 .\n@ MX 10 mail\n_dmarc TXT \"v=DMARC1; p=reject\"\n"
	  "_dmarc TXT \"hello\"\n",
	    NO_MAIL_THERE, NO_MAIL_OTHER },
	{ "_dmarc TXT \"v=DMARC1; p=reject\"\n"
	  "_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:a@example.org\"\n",
	    NO_MAIL_OTHER, NO_MAIL_ABSENT },
	{ "_dmarc TXT \"v=spf1 -all\"\n", NO_MAIL_ABSENT, NO_MAIL_ABSENT },
};

static void
what_is_there_is_seen(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(worlds); i++) {
		struct arena *arena = arena_new();
		struct zone *zone;
		const char *problem = NULL;
		struct resolver *dns;
		struct no_mail seen;
		struct run run;

		zone = zone_read_text(arena, "test", str_of(worlds[i].zone),
		    "example.org", &problem);
		assert_null(problem);
		dns = resolver_offline(zone);
		run_begin(&run, dns, 1000, -1);
		assert_int_equal(no_mail_look(&run, "example.org", &seen), OK);
		assert_string_equal(seen.dmarc_name, "_dmarc.example.org");
		if (seen.dmarc != worlds[i].dmarc ||
		    seen.null_mx != worlds[i].mx)
			fail_msg("%s%d %d", worlds[i].zone, (int)seen.dmarc,
			    (int)seen.null_mx);
		run_end(&run);
		resolver_free(dns);
		zone_free(zone);
		arena_free(arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_rejects),
		cmocka_unit_test(what_is_there_is_seen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
