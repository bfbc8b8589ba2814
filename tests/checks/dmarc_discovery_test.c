/* The tree walk, which record applies, and what belongs together. */
#include "../harness/unit.h"

#include <string.h>

#include "../../checks/dmarc.h"
#include "../harness/fixture.h"
#include "../harness/responder.h"

/* "example.org a.example.org": the queries without "_dmarc.". */
static const char *
queries(struct arena *arena, const struct dmarc_walk *walk)
{
	const char *list = "";

	for (size_t i = 0; i < walk->n; i++) {
		assert_memory_equal(walk->queries[i], "_dmarc.", 7);
		list = arena_printf(arena, "%s%s%s", list, i == 0 ? "" : " ",
		    walk->queries[i] + 7);
	}
	return list;
}

/* From 1 to 12 labels, where nothing is found; section 4.10. */
static const struct {
	const char *domain;
	const char *queries;
} walks[] = {
	{ "com", "com" },
	{ "b.com", "b.com com" },
	{ "c.b.com", "c.b.com b.com com" },
	{ "d.c.b.com", "d.c.b.com c.b.com b.com com" },
	{ "e.d.c.b.com", "e.d.c.b.com d.c.b.com c.b.com b.com com" },
	{ "f.e.d.c.b.com",
	    "f.e.d.c.b.com e.d.c.b.com d.c.b.com c.b.com b.com com" },
	{ "g.f.e.d.c.b.com",
	    "g.f.e.d.c.b.com f.e.d.c.b.com e.d.c.b.com d.c.b.com c.b.com b.com "
	    "com" },
	{ "h.g.f.e.d.c.b.com",
	    "h.g.f.e.d.c.b.com g.f.e.d.c.b.com f.e.d.c.b.com e.d.c.b.com "
	    "d.c.b.com c.b.com b.com com" },
	{ "i.h.g.f.e.d.c.b.com",
	    "i.h.g.f.e.d.c.b.com g.f.e.d.c.b.com f.e.d.c.b.com e.d.c.b.com "
	    "d.c.b.com c.b.com b.com com" },
	{ "j.i.h.g.f.e.d.c.b.com",
	    "j.i.h.g.f.e.d.c.b.com g.f.e.d.c.b.com f.e.d.c.b.com e.d.c.b.com "
	    "d.c.b.com c.b.com b.com com" },
	{ "k.j.i.h.g.f.e.d.c.b.com",
	    "k.j.i.h.g.f.e.d.c.b.com g.f.e.d.c.b.com f.e.d.c.b.com e.d.c.b.com "
	    "d.c.b.com c.b.com b.com com" },
	{ "l.k.j.i.h.g.f.e.d.c.b.com",
	    "l.k.j.i.h.g.f.e.d.c.b.com g.f.e.d.c.b.com f.e.d.c.b.com "
	    "e.d.c.b.com d.c.b.com c.b.com b.com com" },
	/* of the text of section 4.10 */
	{ "a.b.c.d.e.f.g.h.i.j.mail.example.com",
	    "a.b.c.d.e.f.g.h.i.j.mail.example.com g.h.i.j.mail.example.com "
	    "h.i.j.mail.example.com i.j.mail.example.com j.mail.example.com "
	    "mail.example.com example.com com" },
};

static void
a_walk_asks_eight_names_at_most(void **state)
{
	struct fixture f;

	(void)state;
	fixture_begin(&f, "com. A 192.0.2.1\n");
	for (size_t i = 0; i < COUNT(walks); i++) {
		struct dmarc_discovery d;

		assert_int_equal(
		    dmarc_discover(&f.run, walks[i].domain, &d), OK);
		assert_string_equal(
		    queries(f.run.arena, &d.walk), walks[i].queries);
		assert_null(d.record);
		assert_null(d.policy_trouble);
		assert_null(d.domain_trouble);
		assert_string_equal(d.organizational_domain, walks[i].domain);
	}
	fixture_end(&f);
}

#define D(name, text) "_dmarc." name ". TXT \"v=DMARC1; " text "\"\n"
#define A(name)	      name ". A 192.0.2.1\n"

/* What applies: "RECORD_DOMAIN ORGANIZATIONAL_DOMAIN TAG POLICY" or "none". */
static const struct {
	const char *zone;
	const char *domain;
	const char *wanted;
} discoveries[] = {
	/* own record: p, whatever sp and np say */
	{ D("example.com", "p=reject"), "example.com",
	    "example.com example.com p reject" },
	{ D("example.com", "p=reject; sp=none; np=none"), "example.com",
	    "example.com example.com p reject" },
	{ D("a.example.com", "p=quarantine; sp=none")
		D("example.com", "p=reject"),
	    "a.example.com", "a.example.com example.com p quarantine" },
	/* inherited: sp of a name that is there, np of one that is not */
	{ D("example.com", "p=reject") A("a.example.com"), "a.example.com",
	    "example.com example.com sp reject" },
	{ D("example.com", "p=reject; sp=quarantine") A("a.example.com"),
	    "a.example.com", "example.com example.com sp quarantine" },
	{ D("example.com", "p=reject; sp=quarantine; np=none"), "a.example.com",
	    "example.com example.com np none" },
	{ D("example.com", "p=none; np=reject"), "a.example.com",
	    "example.com example.com np reject" },
	{ D("example.com", "p=none; sp=quarantine"), "a.example.com",
	    "example.com example.com np quarantine" },
	{ D("example.com", "p=reject"), "a.example.com",
	    "example.com example.com np reject" },
	/* NODATA, an empty non-terminal and an alias: the name is there */
	{ D("example.com", "p=none; sp=reject") "x.a.example.com. TXT x\n",
	    "a.example.com", "example.com example.com sp reject" },
	{ D("example.com", "p=none; sp=reject") "a.example.com. TXT x\n",
	    "a.example.com", "example.com example.com sp reject" },
	{ D("example.com",
	      "p=none; sp=reject; np=quarantine") "a.example.com. CNAME nowhere.example.\n",
	    "a.example.com", "example.com example.com sp reject" },
	/* one level lower with t=y */
	{ D("example.com", "p=reject; t=y"), "example.com",
	    "example.com example.com p quarantine" },
	{ D("example.com", "p=quarantine; t=y"), "example.com",
	    "example.com example.com p none" },
	{ D("example.com", "p=none; t=y"), "example.com",
	    "example.com example.com p none" },
	{ D("example.com", "p=none; np=reject; t=y"), "a.example.com",
	    "example.com example.com np quarantine" },
	/* the fewest labels; what stands between is not asked for policy */
	{ D("b.example.com", "p=reject") D("example.com", "p=none")
		A("a.b.example.com"),
	    "a.b.example.com", "example.com example.com sp none" },
	{ D("b.example.com", "p=reject") A("a.b.example.com"),
	    "a.b.example.com", "b.example.com b.example.com sp reject" },
	/* psd=n ends the walk */
	{ D("b.example.com", "p=reject; psd=n") D("example.com", "p=none")
		A("a.b.example.com"),
	    "a.b.example.com", "b.example.com b.example.com sp reject" },
	{ D("example.com", "p=reject; psd=n") D("com", "p=none"), "example.com",
	    "example.com example.com p reject" },
	/* psd=y: one label below is the organization */
	{ D("com", "p=reject; psd=y") A("a.mail.example.com"),
	    "a.mail.example.com", "com example.com sp reject" },
	{ D("com", "p=reject; psd=y; np=quarantine"), "example.com",
	    "com example.com np quarantine" },
	{ D("com", "p=reject; psd=y") D("example.com", "p=none")
		A("a.example.com"),
	    "a.example.com", "example.com example.com sp none" },
	{ D("com", "p=reject; psd=y") D("b.example.com", "p=none")
		A("a.b.example.com"),
	    "a.b.example.com", "com example.com sp reject" },
	{ D("com", "p=reject; psd=y"), "com", "com com p reject" },
	{ D("example.com", "p=reject; psd=y") D("com", "p=none"), "example.com",
	    "example.com example.com p reject" },
	/* a top-level domain without psd is the organization of all */
	{ D("com", "p=reject") A("example.com"), "example.com",
	    "com com sp reject" },
	{ D("com", "p=reject") D("example.com", "p=none"), "example.com",
	    "example.com com p none" },
	/* several at a name are none */
	{ D("example.com", "p=reject") D("example.com", "p=none"),
	    "example.com", "none" },
	{ D("a.example.com", "p=reject") D("a.example.com", "p=none")
		D("example.com", "p=quarantine"),
	    "a.example.com", "example.com example.com sp quarantine" },
	{ D("example.com", "p=reject") "_dmarc.example.com. TXT "
				       "\"v=spf1 -all\"\n",
	    "example.com", "example.com example.com p reject" },
	{ "_dmarc.example.com. TXT \"v=dmarc1; p=reject\"\n", "example.com",
	    "none" },
	/* strings of a record are joined; an alias is followed */
	{ "_dmarc.example.com. TXT \"v=DMA\" \"RC1; p=rej\" \"ect\"\n",
	    "example.com", "example.com example.com p reject" },
	{ "_dmarc.example.com. CNAME r.example.net.\n"
	  "r.example.net. TXT \"v=DMARC1; p=reject\"\n",
	    "example.com", "example.com example.com p reject" },
	/* without a policy */
	{ D("example.com", "sp=reject"), "example.com", "unusable" },
	{ D("example.com", "p=x; rua=mailto:a@b.example"), "example.com",
	    "example.com example.com p none" },
	{ D("example.com", "p=reject; sp=x; rua=mailto:a@b.example")
		A("a.example.com"),
	    "a.example.com", "example.com example.com sp none" },
	/* the eight-label rule: between nine labels and seven nobody looks */
	{ D("b.c.d.e.f.g.example.com", "p=reject")
		A("a.b.c.d.e.f.g.example.com"),
	    "a.b.c.d.e.f.g.example.com", "none" },
	{ D("c.d.e.f.g.example.com", "p=reject") A("a.b.c.d.e.f.g.example.com"),
	    "a.b.c.d.e.f.g.example.com",
	    "c.d.e.f.g.example.com c.d.e.f.g.example.com sp reject" },
	/* appendix B.4.2 and B.4.3 */
	{ D("example.com", "p=none") D("signing.example.com", "p=none")
		A("a.b.c.d.e.f.g.h.i.j.k.example.com"),
	    "a.b.c.d.e.f.g.h.i.j.k.example.com",
	    "example.com example.com sp none" },
	{ D("bank.example", "p=none; psd=y")
		D("giant.bank.example", "p=reject"),
	    "giant.bank.example",
	    "giant.bank.example giant.bank.example p reject" },
	{ D("bank.example", "p=none; psd=y") D("giant.bank.example", "p=reject")
		A("mail.giant.bank.example"),
	    "mail.giant.bank.example",
	    "giant.bank.example giant.bank.example sp reject" },
	{ D("bank.example", "p=none; psd=y") A("mail.mega.bank.example"),
	    "mail.mega.bank.example",
	    "bank.example mega.bank.example sp none" },
};

static void
the_right_record_applies(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(discoveries); i++) {
		struct dmarc_discovery d;
		const char *got = "none";
		struct fixture f;

		fixture_begin(&f, discoveries[i].zone);
		assert_int_equal(
		    dmarc_discover(&f.run, discoveries[i].domain, &d), OK);
		assert_null(d.policy_trouble);
		if (d.record != NULL && !dmarc_applies(&d))
			got = "unusable";
		else if (d.record != NULL)
			got = arena_printf(f.run.arena, "%s %s %s %s",
			    d.record_domain, d.organizational_domain,
			    dmarc_tag_name(d.applies),
			    dmarc_policy_word(d.policy));
		if (strcmp(got, discoveries[i].wanted) != 0)
			fail_msg("row %zu, %s: \"%s\", not \"%s\"", i,
			    discoveries[i].domain, got, discoveries[i].wanted);
		fixture_end(&f);
	}
}

static void
psd_ends_the_walk(void **state)
{
	struct dmarc_discovery d;
	struct fixture f;

	(void)state;
	fixture_begin(&f,
	    D("b.example.com", "p=reject; psd=n") D("example.com", "p=none"));
	assert_int_equal(dmarc_discover(&f.run, "a.b.example.com", &d), OK);
	assert_string_equal(
	    queries(f.run.arena, &d.walk), "a.b.example.com b.example.com");
	fixture_end(&f);
}

#define BANK                                                                   \
	D("bank.example", "p=none; psd=y") D("giant.bank.example", "p=reject")
#define SIGNING D("example.com", "p=none") D("signing.example.com", "p=none")

static const struct {
	const char *zone;
	const char *author;
	const char *identifier;
	bool strict;
	bool aligned;
} alignments[] = {
	/* appendix B.1 */
	{ D("example.com", "p=none"), "example.com", "example.com", false,
	    true },
	{ D("example.com", "p=none"), "example.com", "child.example.com", false,
	    true },
	{ D("example.com", "p=none"), "example.com", "child.example.com", true,
	    false },
	{ D("example.com", "p=none"), "child.example.com", "example.com", false,
	    true },
	{ D("example.com", "p=none"), "child.example.com", "example.com", true,
	    false },
	{ D("example.com", "p=none"), "example.com", "example.net", false,
	    false },
	/* appendix B.4 */
	{ SIGNING, "example.com", "signing.example.com", false, true },
	{ SIGNING, "example.com", "signing.example.com", true, false },
	{ SIGNING, "a.b.c.d.e.f.g.h.i.j.k.example.com", "signing.example.com",
	    false, true },
	{ BANK, "giant.bank.example", "mail.giant.bank.example", false, true },
	{ BANK, "giant.bank.example", "mail.mega.bank.example", false, false },
	/* letters */
	{ D("example.com", "p=none"), "example.com", "EXAMPLE.com", true,
	    true },
	{ D("example.com", "p=none"), "example.com", "A.EXAMPLE.COM", false,
	    true },
	/* without records each name is its own organization */
	{ "x. A 192.0.2.1\n", "a.example.com", "b.example.com", false, false },
	{ D("a.example.com", "p=none"), "a.example.com", "b.example.com", false,
	    false },
	{ D("example.com", "p=none"), "a.example.com", "b.example.com", false,
	    true },
	/* psd=n makes an organization of its own */
	{ D("a.example.com", "p=none; psd=n") D("example.com", "p=none"),
	    "a.example.com", "example.com", false, false },
	{ D("a.example.com", "p=none; psd=n") D("example.com", "p=none"),
	    "a.example.com", "x.a.example.com", false, true },
	{ D("com", "p=none; psd=y"), "a.com", "b.com", false, false },
	{ D("com", "p=none; psd=y"), "x.a.com", "y.a.com", false, true },
	{ D("example.com", "p=none"), "example.com", ".", false, false },
};

static void
what_belongs_together(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(alignments); i++) {
		enum dmarc_alignment got;
		struct dmarc_discovery d;
		struct fixture f;

		fixture_begin(&f, alignments[i].zone);
		dmarc_walk_ahead(&f.run, &alignments[i].identifier, 1);
		assert_int_equal(
		    dmarc_discover(&f.run, alignments[i].author, &d), OK);
		assert_int_equal(
		    dmarc_align(&f.run, &d, alignments[i].identifier,
			alignments[i].strict, &got),
		    OK);
		if (got !=
		    (alignments[i].aligned ? DMARC_ALIGNED : DMARC_NOT_ALIGNED))
			fail_msg("row %zu: %s and %s", i, alignments[i].author,
			    alignments[i].identifier);
		fixture_end(&f);
	}
}

/* --- what DNS does not tell ---------------------------------------------- */

#define TXT(owner, text)                                                       \
	.name = (owner), .answer = owner ". 300 TXT \"" text "\"\n"

struct trouble {
	struct reply replies[4]; /* all others: NXDOMAIN */
	const char *domain;
	const char *record_domain; /* NULL: none is given */
	bool policy_trouble, domain_trouble;
	const char *identifier;
	enum dmarc_alignment alignment;
};

static const struct trouble troubles[] = {
	/* the name itself: never "none" */
	{ { { .name = "_dmarc.example.com", .rcode = 2 } }, "example.com", NULL,
	    true, false, "example.com", DMARC_ALIGNED },
	{ { { .name = "_dmarc.a.example.com", .rcode = 5 },
	      { TXT("_dmarc.example.com", "v=DMARC1; p=none") } },
	    "a.example.com", NULL, true, true, "example.com",
	    DMARC_ALIGNMENT_UNKNOWN },
	/* above a record of its own */
	{ { { TXT("_dmarc.a.example.com", "v=DMARC1; p=none") },
	      { .name = "_dmarc.example.com", .rcode = 2 } },
	    "a.example.com", "a.example.com", false, true, "b.example.com",
	    DMARC_ALIGNMENT_UNKNOWN },
	/* a top-level domain: a public suffix, or nothing */
	{ { { TXT("_dmarc.example.com", "v=DMARC1; p=none") },
	      { .name = "_dmarc.com", .rcode = 5 } },
	    "example.com", "example.com", false, false, "x.example.com",
	    DMARC_ALIGNED },
	{ { { TXT("_dmarc.example.com", "v=DMARC1; p=none") },
	      { .name = "a.example.com",
		  .answer = "a.example.com. 300 MX 1 x.example.com.\n" },
	      { .name = "_dmarc.com", .rcode = 5 } },
	    "a.example.com", "example.com", false, false, "example.com",
	    DMARC_ALIGNED },
	{ { { .name = "_dmarc.com", .rcode = 2 } }, "example.com", NULL, true,
	    false, "example.com", DMARC_ALIGNED },
	{ { { TXT("_dmarc.a.example.com", "v=DMARC1; p=none") },
	      { .name = "_dmarc.com", .rcode = 2 } },
	    "a.example.com", "a.example.com", false, true, "b.example.com",
	    DMARC_ALIGNMENT_UNKNOWN },
	/* is the name there?  it matters only where sp and np differ */
	{ { { TXT("_dmarc.example.com", "v=DMARC1; p=none; np=reject") },
	      { .name = "a.example.com", .rcode = 2 } },
	    "a.example.com", NULL, true, false, "example.com", DMARC_ALIGNED },
	{ { { TXT("_dmarc.example.com", "v=DMARC1; p=reject") },
	      { .name = "a.example.com", .rcode = 2 } },
	    "a.example.com", "example.com", false, false, "example.com",
	    DMARC_ALIGNED },
};

static void
check_trouble(const struct trouble *t, size_t row)
{
	struct reply replies[COUNT(t->replies) + 1] = { { 0 } };
	enum dmarc_alignment alignment;
	struct dmarc_discovery d;
	struct responder *responder;
	struct resolver *dns;
	struct run run;
	size_t n = 0;

	while (n < COUNT(t->replies) && t->replies[n].name != NULL) {
		replies[n] = t->replies[n];
		n++;
	}
	replies[n++] = (struct reply){ .fault = R_NXDOMAIN };
	responder = responder_start("127.0.0.1", replies, n);
	dns = resolver_network(&responder->server, 1);
	run_begin(&run, dns, 5000, -1);
	assert_int_equal(dmarc_discover(&run, t->domain, &d), OK);
	if ((d.policy_trouble != NULL) != t->policy_trouble ||
	    (d.domain_trouble != NULL) != t->domain_trouble)
		fail_msg("row %zu: trouble %d %d", row,
		    d.policy_trouble != NULL, d.domain_trouble != NULL);
	if (t->record_domain == NULL)
		assert_null(d.record);
	else
		assert_string_equal(d.record_domain, t->record_domain);
	assert_int_equal(
	    dmarc_align(&run, &d, t->identifier, false, &alignment), OK);
	if (alignment != t->alignment)
		fail_msg("row %zu: alignment %d", row, alignment);
	run_end(&run);
	resolver_free(dns);
	responder_stop(responder);
}

static void
what_dns_does_not_tell_is_never_none(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(troubles); i++)
		check_trouble(&troubles[i], i);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_walk_asks_eight_names_at_most),
		cmocka_unit_test(the_right_record_applies),
		cmocka_unit_test(psd_ends_the_walk),
		cmocka_unit_test(what_belongs_together),
		cmocka_unit_test(what_dns_does_not_tell_is_never_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
