/* DMARC records as text: what is read, what is meant, what is printed. */
#include "../harness/unit.h"

#include <string.h>

#include "../../checks/dmarc_uri.h"
#include "../../checks/dmarc_value.h"

/* Is it a record at all?  RFC 9989 sections 4.7 and 4.8. */
static const struct {
	const char *text;
	bool record;
} versions[] = {
	{ "v=DMARC1", true },
	{ "v=DMARC1;", true },
	{ "v=DMARC1 ;", true },
	{ "v=DMARC1; p=none", true },
	{ "v=DMARC1;p=none;", true },
	{ "v = DMARC1 ; p = none ;", true },
	{ "v\t=\tDMARC1\t;p=none", true },
	{ "V=DMARC1; p=none", true }, /* the name is "v" in both cases */
	{ "v=DMARC1;;;", true },
	{ "", false },
	{ ";", false },
	{ "v", false },
	{ "v=", false },
	{ "v=DMARC", false },
	{ "v=DMARC10", false },
	{ "v=DMARC1x; p=none", false },
	{ "v=dmarc1; p=none", false },
	{ "v=Dmarc1; p=none", false },
	{ "v=DMARC2; p=none", false },
	{ "v=DMARC1 p=none", false },
	{ "v=DMARC1, p=none", false },
	{ "v=DMARC1\\; p=none", false },
	{ "v=DMARC1: p=none", false },
	{ " v=DMARC1; p=none", false },
	{ "\"v=DMARC1; p=none\"", false },
	{ "p=none; v=DMARC1", false },
	{ "p=none", false },
	{ "; v=DMARC1; p=none", false },
	{ "vv=DMARC1; p=none", false },
	{ "v==DMARC1; p=none", false },
	{ "v=spf1 -all", false },
	{ "v=DKIM1; p=x", false },
};

static void
only_the_version_makes_a_record(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(versions); i++) {
		struct dmarc_record record;
		struct str text = str_of(versions[i].text);

		if (dmarc_is_record(text) != versions[i].record)
			fail_msg("\"%s\"", versions[i].text);
		assert_int_equal(
		    dmarc_read(arena, text, &record), versions[i].record);
	}
	arena_free(arena);
}

/* Policies with their defaults: "p sp np", and what else is read. */
static const struct {
	const char *text;
	const char *policies; /* "unusable" */
	const char *rest; /* strict d, s; testing t; psd letter unless u */
} values[] = {
	{ "v=DMARC1; p=none", "none none none", "" },
	{ "v=DMARC1; p=quarantine", "quarantine quarantine quarantine", "" },
	{ "v=DMARC1; p=reject; sp=none", "reject none none", "" },
	{ "v=DMARC1; p=reject; sp=quarantine; np=none",
	    "reject quarantine none", "" },
	{ "v=DMARC1; p=none; np=reject", "none none reject", "" },
	{ "v=DMARC1; np=reject; sp=quarantine; p=none",
	    "none quarantine reject", "" },
	{ "v=DMARC1; p=Reject", "reject reject reject", "" },
	{ "v=DMARC1; P=REJECT", "reject reject reject", "" },
	{ "v=DMARC1;p=reject;", "reject reject reject", "" },
	{ "v=DMARC1 ; p = reject ", "reject reject reject", "" },
	{ "v=DMARC1;\tp\t=\treject\t;", "reject reject reject", "" },
	{ "v=DMARC1; p=reject; t=y", "reject reject reject", "t" },
	{ "v=DMARC1; p=reject; t=Y", "reject reject reject", "t" },
	{ "v=DMARC1; p=reject; t=n", "reject reject reject", "" },
	{ "v=DMARC1; p=reject; t=yes", "reject reject reject", "" },
	{ "v=DMARC1; p=none; adkim=s; aspf=S", "none none none", "ds" },
	{ "v=DMARC1; p=none; adkim=r; aspf=s", "none none none", "s" },
	{ "v=DMARC1; p=none; adkim=strict", "none none none", "" },
	{ "v=DMARC1; p=none; psd=y", "none none none", "y" },
	{ "v=DMARC1; p=none; psd=n", "none none none", "n" },
	{ "v=DMARC1; p=none; psd=u", "none none none", "" },
	{ "v=DMARC1; p=none; psd=maybe", "none none none", "" },
	/* section 4.10.1: without a policy, only for the reports */
	{ "v=DMARC1", "unusable", "" },
	{ "v=DMARC1; sp=reject", "unusable", "" },
	{ "v=DMARC1; p=rejct", "unusable", "" },
	{ "v=DMARC1; p=", "unusable", "" },
	{ "v=DMARC1; p", "unusable", "" },
	{ "v=DMARC1; p=reject; sp=x", "unusable", "" },
	{ "v=DMARC1; p=reject; np=x", "unusable", "" },
	{ "v=DMARC1; p=reject; np=", "unusable", "" },
	{ "v=DMARC1; p=reject none", "unusable", "" },
	{ "v=DMARC1; rua=mailto:a@example.org", "none none none", "" },
	{ "v=DMARC1; p=rejct; rua=mailto:a@example.org", "none none none", "" },
	{ "v=DMARC1; p=reject; sp=x; rua=mailto:a@example.org",
	    "none none none", "" },
	{ "v=DMARC1; p=rejct; rua=a@example.org", "unusable", "" },
	{ "v=DMARC1; p=rejct; rua=a@x,mailto:b@example.org", "none none none",
	    "" },
	{ "v=DMARC1; p=rejct; rua=https://example.org/x", "none none none",
	    "" },
	{ "v=DMARC1; p=rejct; ruf=mailto:a@example.org", "unusable", "" },
	/* of two, the first */
	{ "v=DMARC1; p=none; p=reject", "none none none", "" },
	{ "v=DMARC1; p=none; t=n; t=y", "none none none", "" },
	/* unknown ones, and what is no tag, are passed over */
	{ "v=DMARC1; x=1; p=reject; foo=bar", "reject reject reject", "" },
	{ "v=DMARC1; ; nonsense; p=reject; 1=2; =", "reject reject reject",
	    "" },
};

static void
values_are_read_and_filled_in(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(values); i++) {
		struct dmarc_record r;
		char rest[8] = "";

		assert_true(dmarc_read(arena, str_of(values[i].text), &r));
		if (strcmp(values[i].policies,
			r.usable ? arena_printf(arena, "%s %s %s",
				       dmarc_policy_word(r.p),
				       dmarc_policy_word(r.sp),
				       dmarc_policy_word(r.np))
				 : "unusable") != 0)
			fail_msg("policies of \"%s\"", values[i].text);
		if (r.strict_dkim)
			strcat(rest, "d");
		if (r.strict_spf)
			strcat(rest, "s");
		if (r.testing)
			strcat(rest, "t");
		if (r.psd != 'u')
			strncat(rest, &r.psd, 1);
		if (strcmp(rest, values[i].rest) != 0)
			fail_msg("\"%s\": %s", values[i].text, rest);
	}
	arena_free(arena);
}

/* The fault of the one tag behind the version. */
static const struct {
	const char *tag;
	enum dmarc_fault fault;
} tags[] = {
	{ "p=none", DMARC_FINE },
	{ "P=none", DMARC_CAPITALS },
	{ "p=nones", DMARC_BAD_VALUE },
	{ "p", DMARC_NOT_A_TAG },
	{ "p none", DMARC_NOT_A_TAG },
	{ "p1=none", DMARC_NOT_A_TAG },
	{ "=none", DMARC_NOT_A_TAG },
	{ "v=DMARC1", DMARC_TWICE },
	{ "xyz=1", DMARC_FINE },
	{ "xyz=", DMARC_BAD_VALUE },
	{ "xyz=\x80", DMARC_BAD_VALUE },
	{ "xyz=a\tb", DMARC_BAD_VALUE },
	{ "fo=0", DMARC_FINE },
	{ "fo=1", DMARC_FINE },
	{ "fo=d", DMARC_FINE },
	{ "fo=s", DMARC_FINE },
	{ "fo=1:d:s", DMARC_FINE },
	{ "fo=d:0", DMARC_FINE },
	{ "fo=D:S:1", DMARC_FINE },
	{ "fo=d:s", DMARC_FINE },
	{ "fo=0:1", DMARC_BAD_VALUE },
	{ "fo=d:d", DMARC_BAD_VALUE },
	{ "fo=", DMARC_BAD_VALUE },
	{ "fo=2", DMARC_BAD_VALUE },
	{ "fo=0:", DMARC_BAD_VALUE },
	{ "fo=1,d", DMARC_BAD_VALUE },
	{ "pct=0", DMARC_FINE },
	{ "pct=100", DMARC_FINE },
	{ "pct=101", DMARC_BAD_VALUE },
	{ "pct=-1", DMARC_BAD_VALUE },
	{ "pct=50%", DMARC_BAD_VALUE },
	{ "ri=86400", DMARC_FINE },
	{ "ri=4294967296", DMARC_BAD_VALUE },
	{ "rf=afrf", DMARC_FINE },
	{ "psd=Y", DMARC_FINE },
	{ "adkim=x", DMARC_BAD_VALUE },
	{ "rua=anything", DMARC_FINE },
};

static void
a_fault_is_that_of_its_tag(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(tags); i++) {
		struct dmarc_record r;
		const char *text =
		    arena_printf(arena, "v=DMARC1 ; %s ;", tags[i].tag);

		assert_true(dmarc_read(arena, str_of(text), &r));
		assert_int_equal(r.ntags, 2);
		if (r.tags[1].fault != tags[i].fault)
			fail_msg("\"%s\": %d", tags[i].tag, r.tags[1].fault);
		assert_int_equal(r.tags[1].at.from, strlen("v=DMARC1 ; "));
		assert_int_equal(r.tags[1].at.to,
		    strlen("v=DMARC1 ; ") + strlen(tags[i].tag));
	}
	arena_free(arena);
}

/* Addresses: where they lead, or that nothing can be sent. */
static const struct {
	const char *list;
	const char *domains; /* of each, "-": none, "!": cannot be used */
	const char *meant; /* of the first that cannot be used */
} uris[] = {
	{ "mailto:a@example.org", "example.org", NULL },
	{ "MAILTO:a@Example.ORG", "example.org", NULL },
	{ "mailto:a@example.org!10m", "example.org", NULL },
	{ "mailto:a@example.org!10", "example.org", NULL },
	{ "mailto:a@example.org?subject=x", "example.org", NULL },
	{ "mailto:a%40b@example.org", "example.org", NULL },
	{ "mailto:a@example.org,mailto:b@example.net",
	    "example.org example.net", NULL },
	{ "mailto:a@example.org , mailto:b@example.net",
	    "example.org example.net", NULL },
	{ "https://example.org/report", "-", NULL },
	{ "a@example.org", "!", "mailto:a@example.org" },
	{ "mailto:a@example.org,b@example.org", "example.org !",
	    "mailto:b@example.org" },
	{ "mailto: a@example.org", "!", "mailto:a@example.org" },
	{ "mailto:a@ example.org", "!", "mailto:a@example.org" },
	{ "mailto:<a@example.org>", "!", "mailto:a@example.org" },
	{ "mailto:a@example.org mailto:b@example.org", "!", NULL },
	{ "mailto://a@example.org", "example.org", NULL },
	{ "mail:a@example.org", "-", NULL },
	{ "mailto=a@example.org", "!", "mailto:a@example.org" },
	{ "mailto:", "!", NULL },
	{ "mailto:a", "!", NULL },
	{ "mailto:@example.org", "!", NULL },
	{ "mailto:a@", "!", NULL },
	{ "mailto:a@example.org,", "example.org !", NULL },
	{ ",", "! !", NULL },
	{ "example.org", "!", NULL },
	{ "mailto:a!b@example.org", "!", NULL },
	{ "mailto:a%4@example.org", "!", NULL },
	{ "1:2", "!", NULL },
	{ "https:", "!", NULL },
};

static void
addresses_are_read(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(uris); i++) {
		const char *got = "", *meant = NULL;
		const char *text = arena_printf(
		    arena, "v=DMARC1; p=none; rua=%s", uris[i].list);
		struct dmarc_record r;

		assert_true(dmarc_read(arena, str_of(text), &r));
		for (size_t k = 0; k < r.rua.n; k++) {
			const struct dmarc_uri *uri = &r.rua.list[k];
			const char *word = uri->problem != NULL ? "!" : "-";

			if (uri->problem != NULL && meant == NULL)
				meant = dmarc_uri_meant(arena, uri);
			if (uri->domain != NULL && uri->problem == NULL)
				word = uri->domain;
			got = arena_printf(
			    arena, "%s%s%s", got, k == 0 ? "" : " ", word);
			assert_memory_equal(
			    text + uri->at.from, uri->text.p, uri->text.len);
		}
		if (strcmp(got, uris[i].domains) != 0)
			fail_msg("\"%s\": %s", uris[i].list, got);
		if (uris[i].meant == NULL)
			continue;
		assert_non_null(meant);
		assert_string_equal(meant, uris[i].meant);
	}
	arena_free(arena);
}

static const struct {
	enum dmarc_tag_id id;
	const char *written;
	const char *meant; /* NULL: no idea */
} meanings[] = {
	{ DMARC_P, "rejct", "reject" },
	{ DMARC_P, "rejected", "reject" },
	{ DMARC_P, "quarentine", "quarantine" },
	{ DMARC_P, "quarantaine", "quarantine" },
	{ DMARC_P, "\"none\"", "none" },
	{ DMARC_P, "non", "none" },
	{ DMARC_P, "noen", "none" },
	{ DMARC_SP, "monitor", "none" },
	{ DMARC_P, "r", NULL },
	{ DMARC_P, "all", NULL },
	{ DMARC_ADKIM, "relaxed", "r" },
	{ DMARC_ASPF, "Strict", "s" },
	{ DMARC_ADKIM, "x", NULL },
	{ DMARC_T, "yes", "y" },
	{ DMARC_PSD, "false", "n" },
	{ DMARC_FO, "2", NULL },
	{ DMARC_P, "a very long text that nobody means by none", NULL },
};

static void
what_was_meant(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(meanings); i++) {
		const char *meant = dmarc_value_meant(
		    meanings[i].id, str_of(meanings[i].written));

		if ((meant == NULL) != (meanings[i].meant == NULL) ||
		    (meant != NULL && strcmp(meant, meanings[i].meant) != 0))
			fail_msg("\"%s\": %s", meanings[i].written,
			    meant == NULL ? "-" : meant);
	}
	assert_int_equal(
	    dmarc_name_meant(str_of("rau"), str_of("x")), DMARC_RUA);
	assert_int_equal(
	    dmarc_name_meant(str_of("policy"), str_of("x")), DMARC_P);
	assert_int_equal(
	    dmarc_name_meant(str_of("pp"), str_of("none")), DMARC_P);
	assert_int_equal(
	    dmarc_name_meant(str_of("pq"), str_of("1")), DMARC_UNKNOWN);
	assert_int_equal(
	    dmarc_name_meant(str_of("vendor"), str_of("x")), DMARC_UNKNOWN);
}

/* Print, and read again: the same; and printed again, the same octets. */
static void
print_then_read_is_the_identity(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(values); i++) {
		struct dmarc_record a, b;
		struct str text;

		assert_true(dmarc_read(arena, str_of(values[i].text), &a));
		text = dmarc_print(arena, &a);
		assert_true(dmarc_read(arena, text, &b));
		assert_int_equal(a.ntags, b.ntags);
		for (size_t k = 0; k < a.ntags; k++) {
			assert_int_equal(a.tags[k].id, b.tags[k].id);
			assert_int_equal(a.tags[k].fault, b.tags[k].fault);
			assert_true(str_equal(a.tags[k].name, b.tags[k].name));
			assert_true(
			    str_equal(a.tags[k].value, b.tags[k].value));
		}
		assert_int_equal(a.usable, b.usable);
		assert_int_equal(a.np, b.np);
		assert_true(str_equal(text, dmarc_print(arena, &b)));
	}
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_the_version_makes_a_record),
		cmocka_unit_test(values_are_read_and_filled_in),
		cmocka_unit_test(a_fault_is_that_of_its_tag),
		cmocka_unit_test(addresses_are_read),
		cmocka_unit_test(what_was_meant),
		cmocka_unit_test(print_then_read_is_the_identity),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
