/*
 * What was meant by texts and terms; and, over records made by chance: what is
 * suggested passes, and no sender that was allowed by a term is lost.
 */
#include "../harness/unit.h"

#include <string.h>

#include "../../checks/spf_clean.h"
#include "../../checks/spf_mend.h"
#include "../../checks/spf_wish.h"
#include "../harness/judged.h"

static const struct {
	const char *raw;
	int slip; /* -1: nothing to do with SPF */
	const char *terms;
	struct span at;
} texts[] = {
	{ "v=spf1 mx -all", SPF_SLIP_NONE, "mx -all", { 0, 0 } },
	{ "V=SPF1", SPF_SLIP_NONE, "", { 0, 0 } },
	{ "\"v=spf1 mx -all\"", SPF_SLIP_MARK, "mx -all", { 0, 1 } },
	{ "'v=spf1 mx'", SPF_SLIP_MARK, "mx", { 0, 1 } },
	{ "\xe2\x80\x9cv=spf1 mx \xe2\x80\x93"
	  "all\xe2\x80\x9d",
	    SPF_SLIP_MARK, "mx -all", { 0, 3 } },
	{ "\x93v=spf1 mx\x94", SPF_SLIP_MARK, "mx", { 0, 1 } },
	{ " v=spf1 a", SPF_SLIP_MARK, "a", { 0, 1 } },
	{ "\xef\xbb\xbfv=spf1 a", SPF_SLIP_MARK, "a", { 0, 3 } },
	{ "\xe2\x80\x8bv=spf1 a", SPF_SLIP_MARK, "a", { 0, 3 } },
	{ "v=spf1\xc2\xa0mx", SPF_SLIP_MARK, "mx", { 6, 8 } },
	{ "v=spf1\tmx", SPF_SLIP_MARK, "mx", { 6, 7 } },
	{ "v=spf1; mx", SPF_SLIP_VERSION, "mx", { 0, 7 } },
	{ "v=spf1mx -all", SPF_SLIP_VERSION, "mx -all", { 0, 8 } },
	{ "v=spf1-all", SPF_SLIP_VERSION, "-all", { 0, 10 } },
	{ "v=spf10 mx", SPF_SLIP_VERSION, "mx", { 0, 7 } },
	{ "v=spf2 mx", SPF_SLIP_VERSION, "mx", { 0, 6 } },
	{ "v=spf mx", SPF_SLIP_VERSION, "mx", { 0, 5 } },
	{ "v=sfp1 mx", SPF_SLIP_VERSION, "mx", { 0, 6 } },
	{ "v = spf1 mx", SPF_SLIP_VERSION, "mx", { 0, 1 } },
	{ "v:spf1 mx", SPF_SLIP_VERSION, "mx", { 0, 6 } },
	{ "spf1 mx -all", SPF_SLIP_VERSION, "mx -all", { 0, 4 } },
	{ "SPF: v=spf1 mx", SPF_SLIP_VERSION, "mx", { 0, 4 } },
	{ "example.org. 3600 IN TXT \"v=spf1 mx\"", SPF_SLIP_VERSION, "mx",
	    { 0, 12 } },
	{ "spf2.0/pra mx -all", -1, NULL, { 0, 0 } },
	{ "v=DMARC1; p=none", -1, NULL, { 0, 0 } },
	{ "v=DKIM1; p=", -1, NULL, { 0, 0 } },
	{ "spf is set up by mail@example.org", -1, NULL, { 0, 0 } },
	{ "our policy is v=spf1 mx", -1, NULL, { 0, 0 } },
	{ "google-site-verification=v=spf1", -1, NULL, { 0, 0 } },
	{ "v", -1, NULL, { 0, 0 } },
	{ "v=", -1, NULL, { 0, 0 } },
	{ "v=spf", -1, NULL, { 0, 0 } },
	{ "\"", -1, NULL, { 0, 0 } },
	{ "", -1, NULL, { 0, 0 } },
};

static void
test_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct arena *arena = arena_new();
		struct spf_clean clean;
		bool meant = spf_clean(arena, str_of(texts[i].raw), &clean);

		if (meant != (texts[i].slip >= 0))
			fail_msg("%s", texts[i].raw);
		if (meant) {
			assert_int_equal(clean.slip, texts[i].slip);
			assert_string_equal(
			    str_dup(arena, clean.terms), texts[i].terms);
			assert_int_equal(clean.at.from, texts[i].at.from);
			assert_int_equal(clean.at.to, texts[i].at.to);
			assert_true((clean.why == NULL) ==
			    (clean.slip == SPF_SLIP_NONE));
		}
		arena_free(arena);
	}
}

static const struct {
	const char *written;
	const char *meant;
	bool lost;
} terms[] = {
	{ "mx -all", "mx -all", false },
	{ "ipv4:192.0.2.1 ~ all", "ip4:192.0.2.1 ~all", false },
	{ "ip:192.0.2.1", "ip4:192.0.2.1", false },
	{ "ip4=192.0.2.1", "ip4:192.0.2.1", false },
	{ "IP4=192.0.2.1", "ip4:192.0.2.1", false },
	{ "ip4 192.0.2.1", "ip4:192.0.2.1", false },
	{ "ip4: 192.0.2.1", "ip4:192.0.2.1", false },
	{ "ip4 : 192.0.2.1", "ip4:192.0.2.1", false },
	{ "192.0.2.1", "ip4:192.0.2.1", false },
	{ "-192.0.2.1", "-ip4:192.0.2.1", false },
	{ "2001:db8::1/64", "ip6:2001:db8::1/64", false },
	{ "ip6:192.0.2.1", "ip4:192.0.2.1", false },
	{ "ip4:2001:db8::1", "ip6:2001:db8::1", false },
	{ "ip4:mail.example.org", "a:mail.example.org", false },
	{ "ip4:192.0.2.0/255.255.255.0", "ip4:192.0.2.0/24", false },
	{ "ip4:192.0.2.0/024", "ip4:192.0.2.0/24", false },
	{ "ip4:192.0.2.001", "ip4:192.0.2.1", false },
	{ "ip4:192.0.2.1/33", "ip4:192.0.2.1", false },
	{ "ip4:192.0.2.1/24/", "ip4:192.0.2.1/24", false },
	{ "ip4:192.0.2.1\\24", "ip4:192.0.2.1/24", false },
	{ "ip4:192.0.2.*", "ip4:192.0.2.0/24", false },
	{ "ip4:192.0.2.1:25", "ip4:192.0.2.1", false },
	{ "ip4:[192.0.2.1]", "ip4:192.0.2.1", false },
	{ "ip4:192.0.2.1,192.0.2.2", "ip4:192.0.2.1 ip4:192.0.2.2", false },
	{ "ip4:192.0.2.1;ip4:192.0.2.2", "ip4:192.0.2.1 ip4:192.0.2.2", false },
	{ "ip4:192.0.2.4-192.0.2.9", "ip4:192.0.2.4/30 ip4:192.0.2.8/31",
	    false },
	{ "ip4:192.0.2.4-9", "ip4:192.0.2.4/30 ip4:192.0.2.8/31", false },
	{ "ip4:192.0.2.9-4", "ip4:192.0.2.4/30 ip4:192.0.2.8/31", false },
	{ "mx/24, a/30", "mx/24 a/30", false },
	{ "mx:/24", "", true },
	{ "ip4:*.*.*.*", "", true },
	{ "ip4:300.1.1.1", "", true },
	{ "ip4:", "", true },
	{ "ip4", "", true },
	{ "inlcude:_spf.example.net", "include:_spf.example.net", false },
	{ "inculde:_spf.example.net", "include:_spf.example.net", false },
	{ "includes:_spf.example.net", "include:_spf.example.net", false },
	{ "Include=_spf.example.net", "include:_spf.example.net", false },
	{ "include _spf.example.net", "include:_spf.example.net", false },
	{ "include: _spf.example.net", "include:_spf.example.net", false },
	{ "include:https://spf.example.net/", "include:spf.example.net",
	    false },
	{ "include:user@example.net", "include:example.net", false },
	{ "include:a.example.net,b.example.net",
	    "include:a.example.net include:b.example.net", false },
	{ "include:192.0.2.0/24", "ip4:192.0.2.0/24", false },
	{ "include:spf.example.net/24", "include:spf.example.net", false },
	{ "include:example", "", true },
	{ "include:", "", true },
	{ "include: mx", "mx", true },
	{ "redirect:_spf.example.net", "redirect=_spf.example.net", false },
	{ "redirct=_spf.example.net", "redirect=_spf.example.net", false },
	{ "redirect = _spf.example.net", "redirect=_spf.example.net", false },
	{ "exp:why.example.net", "exp=why.example.net", false },
	{ "a:192.0.2.1", "ip4:192.0.2.1", false },
	{ "mx:192.0.2.0/24", "ip4:192.0.2.0/24", false },
	{ "a=mail.example.org", "a:mail.example.org", false },
	{ "a:mail.example.org:25", "a:mail.example.org", false },
	{ "a:mail.example.org/24", "a:mail.example.org/24", false },
	{ "mx: a:", "mx a", false },
	{ "mx,a,-all", "mx a -all", false },
	{ "mx; a; -all;", "mx a -all", false },
	{ "mail.example.org", "a:mail.example.org", false },
	{ "_spf.example.net", "include:_spf.example.net", false },
	{ "-al", "-all", false },
	{ "mx-all", "mx -all", false },
	{ "a~all", "a ~all", false },
	{ "ip4:5.9.8.9/24-all", "ip4:5.9.8.9/24 -all", false },
	{ "include:_spf.example.net~all", "include:_spf.example.net ~all",
	    false },
	{ "include:_spf.example.net-all", "include:_spf.example.net -all",
	    false },
	{ "include:a.example.netinclude:b.example.net",
	    "include:a.example.net include:b.example.net", false },
	{ "mxip4:5.9.8.7-ip4:5.9.8.8?include:a.example.net",
	    "mx ip4:5.9.8.7 -ip4:5.9.8.8 ?include:a.example.net", false },
	{ "-include:a.example.net", "-include:a.example.net", false },
	{ "-all.", "-all", false },
	{ "all:", "all", false },
	{ "~all\"", "~all", false },
	{ "\xe2\x80\x93"
	  "all",
	    "-all", false },
	{ "mx\xc2\xa0-all", "mx -all", false },
	{ "v=spf1 a", "a", false },
	{ "foo=bar a", "a", false },
	{ "foo:bar a", "a", true },
	{ "exists:%{i}.x.example.net", "exists:%{i}.x.example.net", false },
	{ "include:%{d,}.example.net", "include:%{d,}.example.net", false },
	{ "ra=postmaster a", "ra=postmaster a", false },
	{ "", "", false },
	{ "   ", "", false },
	{ ":", "", true },
	{ "=", "", true },
	{ "%", "", true },
	{ ",;,", "", false },
};

static const char *
print_all(struct arena *arena, const struct spf_terms *list)
{
	const char *text = "";

	for (size_t i = 0; i < list->n; i++)
		text = arena_printf(arena, "%s%s%s", text, i == 0 ? "" : " ",
		    spf_print_term(arena, &list->terms[i]));
	return text;
}

static void
test_terms(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(terms); i++) {
		struct arena *arena = arena_new();
		struct spf_terms list = { 0 };

		spf_mend(arena, str_of(terms[i].written), &list);
		if (strcmp(print_all(arena, &list), terms[i].meant) != 0)
			fail_msg("%s: %s", terms[i].written,
			    print_all(arena, &list));
		if (list.lost != terms[i].lost)
			fail_msg("%s: lost", terms[i].written);
		arena_free(arena);
	}
}

static const struct {
	const char *first, *second;
	const char *meant;
} wishes[] = {
	{ "mx -all", NULL, "v=spf1 mx -all" },
	{ "mx -all", "a ~all", "v=spf1 mx a -all" },
	{ "mx ?all", "a", "v=spf1 mx a ~all" },
	{ "mx -all", "mx a -all", "v=spf1 mx a -all" },
	{ "redirect=x.example.net", NULL, "v=spf1 redirect=x.example.net" },
	{ "redirect=x.example.net", "mx -all",
	    "v=spf1 mx include:x.example.net -all" },
	{ "redirect=x.example.net", "redirect=y.example.net",
	    "v=spf1 include:x.example.net include:y.example.net ~all" },
	{ "redirect=x.example.net -all", NULL,
	    "v=spf1 redirect=x.example.net" },
	{ "mx redirect=x.example.net -all", NULL, "v=spf1 mx -all" },
	{ "mx -all exp=why.example.net", NULL,
	    "v=spf1 mx -all exp=why.example.net" },
	{ "mx exp=a.example.net exp=b.example.net -all", NULL,
	    "v=spf1 mx -all exp=a.example.net" },
	{ "mx -all a ip4:5.9.8.7", NULL, "v=spf1 mx ip4:5.9.8.7 -all" },
	{ "-all a ptr", NULL, "v=spf1 a -all" },
	{ "~all mx -all", NULL, "v=spf1 mx ~all" },
	{ "ip4:10.0.0.1 ip4:192.0.2.1 ptr exists:x.example.net ~all", NULL,
	    "v=spf1 ip4:192.0.2.1 ~all" },
	{ "-ptr mx -all", NULL, "v=spf1 mx -all" },
	{ "a:mail mx:lists/28 ip4:web -all", NULL,
	    "v=spf1 a:mail.example.org mx:lists.example.org/28 "
	    "a:web.example.org -all" },
	{ "mx %% -all", NULL, "v=spf1 mx ~all" },
	{ "", NULL, "v=spf1 ~all" },
};

static void
test_wishes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(wishes); i++) {
		struct arena *arena = arena_new();
		struct spf_wish wish = { 0 };

		spf_wish_add(
		    arena, &wish, "example.org", str_of(wishes[i].first));
		if (wishes[i].second != NULL)
			spf_wish_add(arena, &wish, "example.org",
			    str_of(wishes[i].second));
		spf_wish_settle(arena, &wish);
		assert_string_equal(
		    spf_wish_print(arena, &wish), wishes[i].meant);
		arena_free(arena);
	}
}

/*
 * Records made by chance from these, over a world that has some of what they
 * name.
 */
#define WORLD                                                                  \
	"@ MX 10 mail\n@ A 5.9.8.1\nmail A 5.9.8.7\nmail AAAA 2a01::7\n"       \
	"mx2 A 5.9.8.8\n@ MX 20 mx2\n"                                         \
	"one.example.net. TXT \"v=spf1 ip4:5.20.0.0/24 -all\"\n"               \
	"two.example.net. TXT \"v=spf1 include:one.example.net "               \
	"ip4:5.21.0.0/24 ip6:2a02::/48 ~all\"\n"                               \
	"six.example.net. TXT \"v=spf1 include:one.example.net "               \
	"include:two.example.net a:h1.example.net a:h2.example.net ?all\"\n"   \
	"h1.example.net. A 5.22.0.1\nh2.example.net. A 5.22.0.2\n"             \
	"not.example.net. TXT \"v=spf1 -ip4:5.20.0.0/25 "                      \
	"ip4:5.20.0.0/24 -all\"\n"                                             \
	"mac.example.net. TXT \"v=spf1 exists:%{i}.x.example.net -all\"\n"     \
	"bad.example.net. TXT \"v=spf1 ip4:5.23.0.1 foo -all\"\n"              \
	"back.example.net. TXT \"v=spf1 include:example.org -all\"\n"          \
	"8.8.8.8.y.example.net. A 127.0.0.2\n"                                 \
	"8.8.8.8.x.example.net. A 127.0.0.2\n"                                 \
	"dead.example.net. TXT \"v=spf1 include:gone.example.net "             \
	"ip4:5.24.0.1 -all\"\n"

#define SOUND 21 /* the first so many are right, and none is "all" */
static const char *const pool[] = { "mx", "a", "mx", "a", "ip4:5.30.0.0/24",
	"ip4:5.30.1.1", "ip4:5.31.0.0/20", "ip6:2a03::/64", "ip4:5.9.8.7",
	"include:one.example.net", "include:two.example.net",
	"include:six.example.net", "include:not.example.net",
	"include:mac.example.net", "a:h1.example.net", "a:h2.example.net/30",
	"mx:example.org/31", "-ip4:5.30.0.7", "?ip4:5.31.0.9",
	"~a:h1.example.net", "exists:%{i}.y.example.net", "-all", "~all",
	"?all", "+all", "-all", "~all", "ptr", "redirect=two.example.net",
	"redirect=gone.example.net", "exp=why.example.org", "ra=x", "foo=bar",
	"ip4=5.32.0.1", "ipv4:5.32.0.2", "inlcude:one.example.net",
	"include:bad.example.net", "include:back.example.net",
	"include:dead.example.net", "include:example.org", "a:gone.example.net",
	"a:5.32.0.3", "mx,a", "ip4:10.1.1.1", "ip4:192.0.2.1",
	"exists:h1.example.net", "~ all", "ip4:5.33.0.5/24", "%", "xyz",
	"include:gone.example.net" };

/* Addresses from all the networks named above, and strangers. */
static const char *const clients[] = { "5.9.8.1", "5.9.8.6", "5.9.8.7",
	"5.9.8.8", "5.20.0.1", "5.20.0.200", "5.21.0.9", "5.22.0.1", "5.22.0.2",
	"5.22.0.3", "5.23.0.1", "5.24.0.1", "5.30.0.7", "5.30.0.8", "5.30.1.1",
	"5.31.0.9", "5.31.15.1", "5.32.0.1", "5.33.0.77", "192.0.2.1",
	"8.8.8.8", "2a01::7", "2a02::1", "2a03::1", "2a0f::1" };

static uint32_t
chance(uint32_t *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

/* Half of them of sound terms alone, and longer: so they reach the limits. */
static const char *
random_record(struct arena *arena, uint32_t *state, bool sound)
{
	const char *text = "v=spf1";
	size_t n = chance(state) % (sound ? 16 : 9);
	size_t choice = sound ? SOUND : COUNT(pool);

	for (size_t i = 0; i < n; i++)
		text = arena_printf(
		    arena, "%s %s", text, pool[chance(state) % choice]);
	return text;
}

static struct spf_verdict
verdict_of(struct run *run, const char *client)
{
	struct spf_query query = { .helo = "example.org",
		.sender = "postmaster@example.org" };
	struct spf_verdict verdict;

	assert_true(ip_parse(str_of(client), &query.ip));
	assert_int_equal(
	    spf_check_host(run, "example.org", &query, &verdict), OK);
	return verdict;
}

/* A pass that an address, a host or a service gave, not everybody's. */
static bool
is_explicit(const struct spf_verdict *verdict)
{
	return verdict->result == SPF_RESULT_PASS && verdict->term != NULL &&
	    strcmp(verdict->term, "all") != 0 &&
	    strcmp(verdict->term, "+all") != 0 &&
	    strncmp(verdict->term, "ptr", 3) != 0 &&
	    strncmp(verdict->term, "exists:h1", 9) != 0;
}

/* Somebody who did not pass, whatever the order of the terms. */
static bool
is_refused(const struct spf_verdict *verdict)
{
	return verdict->result == SPF_RESULT_FAIL ||
	    verdict->result == SPF_RESULT_SOFTFAIL ||
	    verdict->result == SPF_RESULT_NEUTRAL;
}

static void
check_record(const char *zone, const char *text, bool sound)
{
	struct spf_verdict before[COUNT(clients)];
	struct judged j;

	judge(&j, zone, STEP_SPF, NULL);
	for (size_t i = 0; i < COUNT(clients); i++)
		before[i] = verdict_of(&j.run, clients[i]);
	if (j.report.status == SEV_PASS) {
		assert_int_equal(j.report.nsuggested, 0);
		judged_end(&j);
		return;
	}
	if (j.report.nsuggested != 1)
		fail_msg("%s: %s, nothing suggested", text, judged_faults(&j));
	text =
	    arena_printf(j.run.arena, "%s -> %s", text, judged_suggested(&j));
	judge_suggested(&j);
	if (judged_faults(&j)[0] != '\0')
		fail_msg("%s: still %s", text, judged_faults(&j));
	for (size_t i = 0; i < COUNT(clients); i++) {
		bool passes =
		    verdict_of(&j.second, clients[i]).result == SPF_RESULT_PASS;

		if (is_explicit(&before[i]) && !passes)
			fail_msg("%s: loses %s, by %s", text, clients[i],
			    before[i].term);
		if (sound && is_refused(&before[i]) && passes &&
		    strncmp(clients[i], "5.9.8.", 6) != 0 &&
		    strcmp(clients[i], "2a01::7") != 0)
			fail_msg("%s: lets in %s", text, clients[i]);
	}
	judged_end(&j);
}

static const char *
zone_line(struct arena *arena, const char *text)
{
	return record_zone_line(arena,
	    &(struct record){ .name = "example.org",
		.type = RR_TXT,
		.ttl = RECORD_TTL,
		.text = str_of(text) });
}

static void
test_records_made_by_chance(void **state)
{
	uint32_t seed = 20261124;

	(void)state;
	for (int i = 0; i < 1500; i++) {
		struct arena *arena = arena_new();
		bool sound = i % 2 == 0;
		const char *first = random_record(arena, &seed, sound);
		const char *second = !sound && chance(&seed) % 4 == 0
		    ? random_record(arena, &seed, false)
		    : "";

		check_record(
		    arena_printf(arena, "%s%s\n%s\n", WORLD,
			zone_line(arena, first), zone_line(arena, second)),
		    arena_printf(arena, "%s | %s", first, second), sound);
		arena_free(arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_terms),
		cmocka_unit_test(test_wishes),
		cmocka_unit_test(test_records_made_by_chance),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
