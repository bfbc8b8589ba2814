/* The step "spf": each finding, and what repairs it. */
#include "../harness/unit.h"

#include <string.h>

#include "../harness/judged.h"
#include "spf_step.h"

#define TEN_EXISTS                                                             \
	"exists:%{i}.a.test exists:%{i}.b.test exists:%{i}.c.test "            \
	"exists:%{i}.d.test exists:%{i}.e.test exists:%{i}.f.test "            \
	"exists:%{i}.g.test exists:%{i}.h.test exists:%{i}.i.test "            \
	"exists:%{i}.j.test "

static const struct {
	const char *zone;
	const char *faults; /* ids worse than a note, in order */
	const char *suggested; /* the text; NULL: nothing */
	const char *notes; /* all ids, where notes matter; or NULL */
	const char *sending;
	bool sends_nothing;
	bool stays; /* records alone cannot repair it; why, in the row */
} cases[] = {
	/* in order */
	{ .zone = RECORD("v=spf1 mx -all"), .faults = "", .notes = "spf-ok" },
	{ .zone = RECORD("v=spf1 mx ~all"),
	    .faults = "",
	    .notes = "spf-softfail spf-ok" },
	{ .zone = RECORD("V=SPF1 MX -ALL"), .faults = "", .notes = "spf-ok" },
	{ .zone = RECORD(
	      "v=spf1 a:mail.example.org include:_spf.example.net -all"),
	    .faults = "",
	    .notes = "spf-ok" },
	{ .zone = RECORD("v=spf1 redirect=_spf.example.net"),
	    .faults = "",
	    .sending = "5.10.0.1",
	    .notes = "spf-ok" },
	{ .zone = RECORD("v=spf1 exists:%{i}._spf.%{d2} mx -all"),
	    .faults = "",
	    .notes = "spf-ok" },
	{ .zone = RECORD(
	      "v=spf1 mx include:%{ir}.%{v}.%{d}.spf.example.net -all"),
	    .faults = "",
	    .notes = "spf-ok" },
	{ .zone = RECORD("v=spf1 mx ra=postmaster rp=10 rr=all -all"),
	    .faults = "",
	    .notes = "spf-ok" },
	{ .zone = RECORD("v=spf1 mx -all exp=why.example.org"),
	    .faults = "",
	    .notes = "spf-ok" },
	{ .zone = RECORD("v=spf1 ?exists:%{l}.x.example.net mx -all"),
	    .faults = "",
	    .notes = "spf-ok" },
	{ .zone = RECORD("v=spf1 -ip4:5.9.8.1 +mx -all"),
	    .faults = "",
	    .notes = "spf-ok" },
	{ .zone = RECORD("v=spf1 mx -all"),
	    .faults = "",
	    .notes = "spf-ok",
	    .sends_nothing = true },
	{ .zone = RECORD("v=spf1 -all"),
	    .faults = "",
	    .notes = "spf-ok",
	    .sends_nothing = true },
	{ .zone = "@ MX 0 .\n@ TXT \"v=spf1 -all\"\n",
	    .faults = "",
	    .notes = "spf-ok" },
	{ .zone = RECORD(
	      "v=spf1 mx -all") "@ TXT \"spf2.0/pra mx -all\"\n"
				"@ TXT \"google-site-verification=x\"\n",
	    .faults = "",
	    .notes = "spf-ok" },

	/* none, or several */
	{ .zone = WORLD,
	    .faults = "spf-missing",
	    .suggested = "v=spf1 mx ~all" },
	{ .zone = "@ A 5.9.8.1\n",
	    .faults = "spf-missing",
	    .suggested = "v=spf1 a ~all" },
	{ .zone = "@ MX 0 .\n",
	    .faults = "spf-missing",
	    .suggested = "v=spf1 -all" },
	{ .zone = WORLD,
	    .faults = "spf-missing",
	    .suggested = "v=spf1 -all",
	    .sends_nothing = true },
	{ .zone = WORLD,
	    .faults = "spf-missing",
	    .suggested = "v=spf1 mx ip4:5.9.8.9 ~all",
	    .sending = "5.9.8.9" },
	{ .zone = "@ MX 1 aspmx.l.google.com.\naspmx.l.google.com. A 5.9.8.1\n"
		  "_spf.google.com. TXT \"v=spf1 ip4:5.9.0.0/20 ~all\"\n",
	    .faults = "spf-missing",
	    .suggested = "v=spf1 include:_spf.google.com ~all" },
	/* the name is not there: nothing can be published at it */
	{ .zone = "x.example.net. A 5.9.8.1\n",
	    .faults = "domain-missing spf-missing",
	    .stays = true },
	{ .zone = RECORD(
	      "v=spf1 mx -all") "@ TXT \"v=spf1 include:_spf.example.net "
				"~all\"\n",
	    .faults = "spf-multiple",
	    .suggested = "v=spf1 mx include:_spf.example.net -all" },
	{ .zone = RECORD(
	      "v=spf1 mx ~all") "@ TXT \"v=spf1 redirect=_spf.example.net\""
				"\n",
	    .faults = "spf-multiple",
	    .suggested = "v=spf1 mx include:_spf.example.net ~all" },
	{ .zone =
		RECORD("v=spf1 redirect=_spf.example.net") "@ TXT \"v=spf1 mx "
							   "?all\"\n",
	    .faults = "spf-multiple spf-neutral-all",
	    .suggested = "v=spf1 mx include:_spf.example.net ~all" },

	/* syntax */
	{ .zone = RECORD("v=spf1 mx ipv4:5.9.8.9 -all"),
	    .faults = "spf-syntax",
	    .suggested = "v=spf1 mx ip4:5.9.8.9 -all" },
	{ .zone = RECORD("v=spf1 inlcude:_spf.example.net mx -all"),
	    .faults = "spf-syntax",
	    .suggested = "v=spf1 include:_spf.example.net mx -all" },
	{ .zone = RECORD("v=spf1 redirect:_spf.example.net"),
	    .faults = "spf-syntax",
	    .suggested = "v=spf1 redirect=_spf.example.net",
	    .sending = "5.10.0.1" },
	{ .zone = RECORD("v=spf1 a:5.9.8.7 -all"),
	    .faults = "spf-syntax",
	    .suggested = "v=spf1 ip4:5.9.8.7 -all" },
	{ .zone = RECORD("v=spf1 mx,a,-all"),
	    .faults = "spf-syntax",
	    .suggested = "v=spf1 mx a -all" },
	{ .zone = WORLD "@ TXT \"v=spf1 mx\\; a\\; -all\"\n",
	    .faults = "spf-syntax",
	    .suggested = "v=spf1 mx a -all" },
	{ .zone = RECORD("v=spf1 mx ~ all"),
	    .faults = "spf-syntax",
	    .suggested = "v=spf1 mx ~all" },
	{ .zone = RECORD("v=spf1 mx -al"),
	    .faults = "spf-syntax",
	    .suggested = "v=spf1 mx -all" },
	{ .zone = RECORD("v=spf1 mx -all."),
	    .faults = "spf-syntax",
	    .suggested = "v=spf1 mx -all" },
	{ .zone = RECORD("v=spf1 ip4:5.9.8.0/255.255.255.0 -all"),
	    .faults = "spf-syntax",
	    .suggested = "v=spf1 ip4:5.9.8.0/24 -all" },
	{ .zone = RECORD("v=spf1 include: _spf.example.net mx -all"),
	    .faults = "spf-syntax",
	    .suggested = "v=spf1 include:_spf.example.net mx -all" },
	{ .zone = RECORD("v=spf1 ip4:2a01::7 mx -all"),
	    .faults = "spf-syntax",
	    .suggested = "v=spf1 ip6:2a01::7 mx -all" },
	{ .zone = RECORD("v=spf1 5.9.8.7 -all"),
	    .faults = "spf-syntax",
	    .suggested = "v=spf1 ip4:5.9.8.7 -all" },
	{ .zone = RECORD("v=spf1 mx \\226\\128\\147all"),
	    .faults = "spf-syntax",
	    .suggested = "v=spf1 mx -all" },
	{ .zone = RECORD("v=spf1 mx ip4:5.9.8.999 -all"),
	    .faults = "spf-syntax",
	    .suggested = "v=spf1 mx ~all" },
	{ .zone = RECORD(
	      "v=spf1 mx redirect=a.example.net redirect=b.example.net"),
	    .faults = "spf-syntax spf-include-missing",
	    .suggested = "v=spf1 mx ~all" },
	{ .zone = RECORD("v=spf1 mx\\009-all"),
	    .faults = "spf-syntax",
	    .suggested = "v=spf1 mx -all" },
	{ .zone = RECORD("v=spf1\\; mx -all"),
	    .faults = "spf-missing spf-syntax",
	    .suggested = "v=spf1 mx -all" },
	{ .zone = RECORD("v=spf1mx -all"),
	    .faults = "spf-missing spf-syntax",
	    .suggested = "v=spf1 mx -all" },
	{ .zone = RECORD("spf1 mx -all"),
	    .faults = "spf-missing spf-syntax",
	    .suggested = "v=spf1 mx -all" },
	{ .zone = RECORD("v=spf10 mx -all"),
	    .faults = "spf-missing spf-syntax",
	    .suggested = "v=spf1 mx -all" },

	{ .zone = RECORD("v=spf1 mx ip4:5.9.8.0/24\" \"-all"),
	    .faults = "spf-syntax",
	    .suggested = "v=spf1 mx ip4:5.9.8.0/24 -all" },
	{ .zone = RECORD("v=spf1 mx include:_spf.example.net-all"),
	    .faults = "spf-no-all spf-include-missing",
	    .suggested = "v=spf1 mx include:_spf.example.net -all" },

	{ .zone = RECORD("v=spf1 a:mail a:gone -all"),
	    .faults = "spf-syntax",
	    .suggested = "v=spf1 a:mail.example.org -all" },

	/* quotes, and wrong places */
	{ .zone = RECORD("\\\"v=spf1 mx -all\\\""),
	    .faults = "spf-quoted",
	    .suggested = "v=spf1 mx -all" },
	{ .zone = RECORD("\\226\\128\\156v=spf1 mx -all\\226\\128\\157"),
	    .faults = "spf-quoted",
	    .suggested = "v=spf1 mx -all" },
	{ .zone = RECORD(" v=spf1 mx -all"),
	    .faults = "spf-quoted",
	    .suggested = "v=spf1 mx -all" },
	{ .zone = RECORD("\\239\\187\\191v=spf1 mx -all"),
	    .faults = "spf-quoted",
	    .suggested = "v=spf1 mx -all" },
	{ .zone = RECORD("v=spf1\\194\\160mx -all"),
	    .faults = "spf-quoted",
	    .suggested = "v=spf1 mx -all" },
	{ .zone = RECORD(
	      "v=spf1 mx -all") "@ TXT \"'v=spf1 include:_spf.example.net "
				"-all'\"\n",
	    .faults = "spf-quoted",
	    .suggested = "v=spf1 mx include:_spf.example.net -all" },
	{ .zone = WORLD "example.org.example.org. TXT \"v=spf1 mx -all\"\n",
	    .faults = "spf-misplaced",
	    .suggested = "v=spf1 mx -all" },
	{ .zone = WORLD "_spf TXT \"v=spf1 mx -all\"\n",
	    .faults = "spf-misplaced",
	    .suggested = "v=spf1 mx -all" },
	{ .zone = WORLD "spf TXT \"v=spf1 mx -all\"\n",
	    .faults = "spf-misplaced",
	    .suggested = "v=spf1 mx -all" },
	{ .zone = WORLD "@ TYPE99 \\# 15 0e763d73706631206d78202d616c6c\n",
	    .faults = "spf-misplaced",
	    .suggested = "v=spf1 mx -all" },
	{ .zone = WORLD "* TXT \"v=spf1 -all\"\n",
	    .faults = "spf-missing",
	    .suggested = "v=spf1 mx ~all" },
	{ .zone = RECORD(
	      "v=spf1 include:_spf.example.org -all") "_spf TXT \"v=spf1 ip4:5.9.8.7 -all\"\n",
	    .faults = "" },

	/* limits and branches */
	{ .zone = RECORD("v=spf1 include:c4.example.net include:c4.example.net "
			 "include:c4.example.net -all"),
	    .faults = "spf-too-many-lookups",
	    .suggested = "v=spf1 include:c4.example.net ip4:5.9.8.7 -all" },
	{ .zone = RECORD(
	      "v=spf1 mx a:mail.example.org include:c4.example.net "
	      "include:c1.example.net include:c2.example.net "
	      "include:c3.example.net include:_spf.example.net a ~all"),
	    .faults = "spf-too-many-lookups",
	    .suggested =
		"v=spf1 ip4:5.9.8.7 a:mail.example.org include:c4.example.net "
		"include:c1.example.net include:c2.example.net "
		"include:c3.example.net include:_spf.example.net a ~all" },
	{ .zone = RECORD("v=spf1 mx include:v.example.net ~all"),
	    .faults = "spf-too-many-voids",
	    .suggested = "v=spf1 mx ip4:5.14.0.1 ~all" },
	{ .zone = RECORD("v=spf1 mx a:x1 a:y.example.org ~all"),
	    .faults = "spf-syntax spf-void",
	    .suggested = "v=spf1 mx ~all" },
	{ .zone = RECORD("v=spf1 mx a:y.example.org ~all"),
	    .faults = "spf-void",
	    .suggested = "v=spf1 mx ~all" },
	{ .zone = RECORD(
	      "v=spf1 mx a:x.example.org a:y.example.org a:z.example.org "
	      "~all"),
	    .faults = "spf-void spf-too-many-voids",
	    .suggested = "v=spf1 mx ~all" },
	{ .zone = RECORD("v=spf1 mx mx:big.example.net ~all"),
	    .faults = "spf-too-many-mx",
	    .suggested = "v=spf1 mx ip4:5.15.0.1 ip4:5.15.0.2 ~all" },
	{ .zone = RECORD("v=spf1 mx include:none.example.net -all"),
	    .faults = "spf-include-missing",
	    .suggested = "v=spf1 mx -all" },
	{ .zone = RECORD("v=spf1 mx include:gone.example.net -all"),
	    .faults = "spf-include-missing",
	    .suggested = "v=spf1 mx -all" },
	{ .zone = RECORD("v=spf1 mx redirect=gone.example.net"),
	    .faults = "spf-include-missing",
	    .suggested = "v=spf1 mx ~all" },
	{ .zone = RECORD("v=spf1 redirect=gone.example.net"),
	    .faults = "spf-include-missing",
	    .suggested = "v=spf1 mx ~all" },
	{ .zone = RECORD("v=spf1 mx include:dead.example.net -all"),
	    .faults = "spf-include-missing",
	    .suggested = "v=spf1 mx ip4:5.13.0.1 -all" },
	{ .zone = RECORD("v=spf1 mx include:two.example.net -all"),
	    .faults = "spf-include-broken",
	    .suggested = "v=spf1 mx -all" },
	{ .zone = RECORD("v=spf1 mx include:bad.example.net -all"),
	    .faults = "spf-include-broken",
	    .suggested = "v=spf1 mx ip4:5.11.0.1 -all" },
	{ .zone = RECORD("v=spf1 mx include:example.org -all"),
	    .faults = "spf-loop",
	    .suggested = "v=spf1 mx -all" },
	{ .zone = RECORD("v=spf1 mx include:back.example.net -all"),
	    .faults = "spf-loop",
	    .suggested = "v=spf1 mx ip4:5.12.0.1 -all" },
	{ .zone = RECORD("v=spf1 mx include:ring1.example.net -all"),
	    .faults = "spf-loop",
	    .suggested = "v=spf1 mx -all" },

	{ .zone = RECORD("v=spf1 mx include:open.example.net -all"),
	    .faults = "spf-plus-all",
	    .suggested = "v=spf1 mx ip4:5.16.0.0/24 -all" },
	{ .zone = RECORD("v=spf1 redirect=open.example.net"),
	    .faults = "spf-plus-all",
	    .suggested = "v=spf1 ip4:5.16.0.0/24 ip4:5.9.8.7 ~all" },
	{ .zone = "@ CNAME www.example.net.\n",
	    .faults = "spf-missing",
	    .stays = true },

	/* what depends on the client, or excludes some, has no other form */
	{ .zone = RECORD("v=spf1 ip4:5.9.8.7 " TEN_EXISTS "-all"),
	    .faults = "" },
	{ .zone = RECORD("v=spf1 ip4:5.9.8.7 " TEN_EXISTS "mx -all"),
	    .faults = "spf-too-many-lookups",
	    .suggested = "v=spf1 ip4:5.9.8.7 " TEN_EXISTS "-all" },
	{ .zone = RECORD(
	      "v=spf1 ip4:5.9.8.7 " TEN_EXISTS "include:not.example.net -all"),
	    .faults = "spf-too-many-lookups",
	    .stays = true },

	/* all, and what stands behind it */
	{ .zone = RECORD("v=spf1 mx +all"),
	    .faults = "spf-plus-all",
	    .suggested = "v=spf1 mx ~all" },
	{ .zone = RECORD("v=spf1 all"),
	    .faults = "spf-plus-all",
	    .suggested = "v=spf1 mx ~all" },
	{ .zone = RECORD("v=spf1 mx ?all"),
	    .faults = "spf-neutral-all",
	    .suggested = "v=spf1 mx ~all" },
	{ .zone = RECORD("v=spf1 mx"),
	    .faults = "spf-no-all",
	    .suggested = "v=spf1 mx ~all" },
	{ .zone = RECORD("v=spf1"),
	    .faults = "spf-no-all spf-sender-not-covered",
	    .suggested = "v=spf1 mx ~all" },
	{ .zone = RECORD("v=spf1 mx -all a"),
	    .faults = "spf-after-all",
	    .suggested = "v=spf1 mx -all" },
	{ .zone = RECORD("v=spf1 mx ~all include:_spf.example.net"),
	    .faults = "spf-after-all",
	    .suggested = "v=spf1 mx include:_spf.example.net ~all" },
	{ .zone = RECORD("v=spf1 -all mx"),
	    .faults = "spf-nobody spf-after-all spf-sender-not-covered",
	    .suggested = "v=spf1 mx -all" },
	{ .zone = RECORD("v=spf1 mx ~all -all"),
	    .faults = "spf-after-all",
	    .suggested = "v=spf1 mx ~all" },
	{ .zone = RECORD("v=spf1 mx -all redirect=_spf.example.net"),
	    .faults = "spf-redirect-ignored",
	    .suggested = "v=spf1 mx -all" },
	{ .zone = RECORD("v=spf1 -all"),
	    .faults = "spf-nobody spf-sender-not-covered",
	    .suggested = "v=spf1 mx -all" },
	/* nobody is known who could send */
	{ .zone = "@ TXT \"v=spf1 -all\"\n",
	    .faults = "spf-nobody",
	    .stays = true },

	/* terms that do harm or nothing */
	{ .zone = RECORD("v=spf1 mx ptr -all"),
	    .faults = "spf-ptr",
	    .suggested = "v=spf1 mx ~all" },
	{ .zone = RECORD("v=spf1 mx ptr:example.net ~all"),
	    .faults = "spf-ptr",
	    .suggested = "v=spf1 mx ~all" },
	{ .zone = RECORD("v=spf1 mx exists:mail.example.org ~all"),
	    .faults = "spf-exists-plain",
	    .suggested = "v=spf1 mx ~all" },
	{ .zone = RECORD("v=spf1 ip4=5.9.8.9 mx -all"),
	    .faults = "spf-unknown-modifier",
	    .suggested = "v=spf1 ip4:5.9.8.9 mx -all" },
	{ .zone = RECORD("v=spf1 include=_spf.example.net mx -all"),
	    .faults = "spf-unknown-modifier",
	    .suggested = "v=spf1 include:_spf.example.net mx -all" },
	{ .zone = RECORD("v=spf1 mx foo=bar -all"),
	    .faults = "spf-unknown-modifier",
	    .suggested = "v=spf1 mx -all" },
	{ .zone = RECORD("v=spf1 mx v=spf1 -all"),
	    .faults = "spf-unknown-modifier",
	    .suggested = "v=spf1 mx -all" },
	{ .zone = RECORD("v=spf1 mx ip4:10.1.2.3 ip6:fe80::1 -all"),
	    .faults = "spf-private-address",
	    .suggested = "v=spf1 mx -all" },
	{ .zone = RECORD("v=spf1 mx ip4:192.0.2.1 -all"),
	    .faults = "",
	    .notes = "spf-private-address spf-ok" },
	/* who is meant by a wide range, only its owner knows */
	{ .zone = RECORD("v=spf1 mx ip4:5.0.0.0/8 -all"),
	    .faults = "spf-wide-range",
	    .stays = true },
	{ .zone = RECORD("v=spf1 mx a/8 -all"),
	    .faults = "spf-wide-range",
	    .stays = true },
	{ .zone = RECORD("v=spf1 mx ip6:2a01::/16 -all"),
	    .faults = "spf-wide-range",
	    .stays = true },
	{ .zone = RECORD("v=spf1 mx ip4:0.0.0.0/0 -all"),
	    .faults = "spf-wide-range",
	    .stays = true },
	{ .zone = RECORD("v=spf1 mx -ip4:5.0.0.0/8 -all"),
	    .faults = "",
	    .notes = "spf-ok" },
	{ .zone = RECORD("v=spf1 mx ip4:5.9.8.5/24 -all"),
	    .faults = "",
	    .notes = "spf-host-bits spf-ok" },
	{ .zone = RECORD("v=spf1 mx a mx -all"),
	    .faults = "",
	    .notes = "spf-duplicate spf-ok" },
	{ .zone = RECORD("v=spf1 include:_spf.example.net -all"),
	    .faults = "spf-sender-not-covered",
	    .suggested = "v=spf1 include:_spf.example.net ip4:5.9.8.7 -all" },
	{ .zone = RECORD("v=spf1 mx -all"),
	    .faults = "spf-sender-not-covered",
	    .suggested = "v=spf1 mx ip6:2a01::9 -all",
	    .sending = "2a01::9" },
	{ .zone = RECORD("v=spf1 -ip4:5.9.8.0/24 a:mail.example.org -all"),
	    .faults = "spf-sender-not-covered",
	    .suggested =
		"v=spf1 ip4:5.9.8.7 -ip4:5.9.8.0/24 a:mail.example.org -all" },
	{ .zone = RECORD(
	      "v=spf1 mx include:c4.example.net include:c1.example.net "
	      "include:c2.example.net include:c3.example.net ~all"),
	    .faults = "",
	    .notes = "spf-softfail spf-near-limit spf-ok" },
};

static void
target_of(size_t i, struct target *out)
{
	*out = (struct target){ .sends_nothing = cases[i].sends_nothing };
	if (cases[i].sending != NULL)
		assert_true(ip_parse(
		    str_of(cases[i].sending), &out->sending[out->nsending++]));
}

static const char *
record_of(size_t i)
{
	const char *record = strstr(cases[i].zone, "@ TXT");

	return record == NULL ? cases[i].zone + strlen(WORLD) : record;
}

/* The one suggested record, at the domain; "" for none. */
static const char *
suggested_text(struct judged *j)
{
	const char *lines = judged_suggested(j);

	if (lines[0] == '\0')
		return "";
	assert_int_equal(j->report.nsuggested, 1);
	assert_int_equal(strncmp(lines, "example.org TXT ", 16), 0);
	return lines + 16;
}

static size_t failures;

static void
expect(size_t i, const char *what, const char *got, const char *wanted)
{
	if (strcmp(got, wanted) == 0)
		return;
	print_error("case %zu, %s: %s\n  got    %s\n  wanted %s\n", i, what,
	    record_of(i), got, wanted);
	failures++;
}

static void
test_each_case(void **state)
{
	(void)state;
	failures = 0;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct judged j;
		struct target target;

		target_of(i, &target);
		judge(&j, cases[i].zone, STEP_SPF, &target);
		expect(i, "faults", judged_faults(&j), cases[i].faults);
		if (cases[i].notes != NULL)
			expect(i, "notes", judged_ids(&j), cases[i].notes);
		expect(i, "suggested", suggested_text(&j),
		    cases[i].suggested == NULL ? "" : cases[i].suggested);
		if (j.report.nsuggested > 0)
			judge_suggested(&j);
		if (!cases[i].stays)
			expect(i, "then", judged_faults(&j), "");
		judged_end(&j);
	}
	assert_int_equal(failures, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
