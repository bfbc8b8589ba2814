/*
 * A certificate as a mail client judges it: its names, dates, strength and
 * purpose.  A small authority makes each fault.
 */
#include "../harness/unit.h"

#include <string.h>

#include "../harness/has.h"
#include "../harness/pki_world.h"

/* One certificate below the intermediate one, with this wish. */
static void
sees(struct pki_wish wish, const char *want)
{
	struct pki *one;

	wish.issuer = wish.issuer == NULL ? world.inter : wish.issuer;
	one = pki_make(&wish);
	assert_string_equal(ids(CHAIN(one, world.inter)), want);
	pki_free(one);
}

static void
a_good_one(void **state)
{
	(void)state;
	assert_string_equal(ids(CHAIN(world.leaf, world.inter)), "cert-ok");
	/* The root may be sent along. */
	assert_string_equal(
	    ids(CHAIN(world.leaf, world.inter, world.root)), "cert-ok");
	has(words(CHAIN(world.leaf, world.inter)), "here is good, until 20");
}

/* --- dates ----------------------------------------------------------------- */

static void
dates(void **state)
{
	const long day = PKI_DAY;

	(void)state;
	sees((struct pki_wish){ .to = -60, .extensions = { PKI_SAN } },
	    "cert-expired");
	sees((struct pki_wish){ .from = -400 * day,
		 .to = -10 * day - 60,
		 .extensions = { PKI_SAN } },
	    "cert-expired");
	sees(
	    (struct pki_wish){
		.from = 2 * day, .to = 99 * day, .extensions = { PKI_SAN } },
	    "cert-not-yet-valid");
	sees(
	    (struct pki_wish){ .to = 21 * day - 60, .extensions = { PKI_SAN } },
	    "cert-expires-soon");
	sees(
	    (struct pki_wish){ .to = 21 * day + 60, .extensions = { PKI_SAN } },
	    "cert-ok");
}

static void
dates_are_told(void **state)
{
	struct pki *one = MAKE(.issuer = world.inter, .from = -400 * PKI_DAY,
	    .to = -10 * PKI_DAY - 60, .extensions = { PKI_SAN });

	(void)state;
	has(words(CHAIN(one, world.inter)), "That was 10 days ago");
	pki_free(one);
	one = MAKE(.issuer = world.inter, .to = PKI_DAY + 600,
	    .extensions = { PKI_SAN });
	has(words(CHAIN(one, world.inter)), "expires in 1 day:");
	pki_free(one);
}

/* --- names ----------------------------------------------------------------- */

static const struct {
	const char *san; /* NULL: none */
	const char *host;
	const char *id;
} names[] = {
	{ PKI_SAN, "mail.example.org", "cert-ok" },
	{ PKI_SAN, "MAIL.Example.ORG", "cert-ok" },
	{ PKI_SAN, "mail.example.org.", "cert-ok" },
	{ PKI_SAN, "example.org", "cert-name-mismatch" },
	{ PKI_SAN, "a.mail.example.org", "cert-name-mismatch" },
	{ PKI_SAN, "mail.example.orgx", "cert-name-mismatch" },
	{ "subjectAltName=DNS:a.example,DNS:" PKI_HOST, PKI_HOST, "cert-ok" },
	{ "subjectAltName=DNS:*.example.org", PKI_HOST, "cert-ok" },
	{ "subjectAltName=DNS:*.EXAMPLE.org", PKI_HOST, "cert-ok" },
	{ "subjectAltName=DNS:*.example.org", "example.org",
	    "cert-name-mismatch" },
	{ "subjectAltName=DNS:*.example.org", ".example.org",
	    "cert-name-mismatch" },
	{ "subjectAltName=DNS:*.example.org", "a.mail.example.org",
	    "cert-name-mismatch" },
	{ "subjectAltName=DNS:*.*.example.org", "a.mail.example.org",
	    "cert-name-mismatch" },
	{ "subjectAltName=DNS:m*.example.org", PKI_HOST, "cert-name-mismatch" },
	{ "subjectAltName=DNS:*ail.example.org", PKI_HOST,
	    "cert-name-mismatch" },
	{ "subjectAltName=DNS:mail.*.org", PKI_HOST, "cert-name-mismatch" },
	{ "subjectAltName=DNS:*.org", "example.org", "cert-name-mismatch" },
	{ "subjectAltName=DNS:*", "localhost", "cert-name-mismatch" },
	{ "subjectAltName=DNS:xn--zazc-5qa.example", "xn--zazc-5qa.example",
	    "cert-ok" },
	{ "subjectAltName=DNS:*.example.org", "xn--zazc-5qa.example.org",
	    "cert-ok" },
	{ "subjectAltName=IP:192.0.2.1", "192.0.2.1", "cert-ok" },
	{ "subjectAltName=IP:2001:db8::1", "2001:db8:0::1", "cert-ok" },
	{ "subjectAltName=IP:192.0.2.1", "192.0.2.2", "cert-name-mismatch" },
	{ "subjectAltName=DNS:192.0.2.1", "192.0.2.1", "cert-name-mismatch" },
	{ PKI_SAN, "192.0.2.1", "cert-name-mismatch" },
	{ "subjectAltName=IP:192.0.2.1", PKI_HOST, "cert-name-mismatch" },
	{ "subjectAltName=email:a@" PKI_HOST, PKI_HOST, "cert-no-san" },
	{ NULL, PKI_HOST, "cert-no-san" },
};

static void
names_are_compared(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		/* The common name would fit, and counts for nothing. */
		struct pki *one = MAKE(.name = names[i].host,
		    .issuer = world.inter, .extensions = { names[i].san });
		struct judgement j = judge_as(
		    CHAIN(one, world.inter), world.trust, names[i].host, false);

		if (strcmp(j.ids, names[i].id) != 0)
			fail_msg("%s for %s: %s",
			    names[i].san == NULL ? "none" : names[i].san,
			    names[i].host, j.ids);
		pki_free(one);
	}
}

static void
names_are_told(void **state)
{
	struct pki *one = MAKE(.name = PKI_HOST, .issuer = world.inter,
	    .extensions = { "subjectAltName=DNS:a.example,IP:192.0.2.9" });

	(void)state;
	has(words(CHAIN(one, world.inter)), "It is for: a.example, 192.0.2.9.");
	has(judge_as(CHAIN(one, world.inter), world.trust, "192.0.2.1", false)
		.words,
	    "mailwizard server 192.0.2.1 --host NAME");
	pki_free(one);
	one = MAKE(.name = "only\033[31m.example", .issuer = world.inter);
	has(words(CHAIN(one, world.inter)), "only\\027[31m.example");
	has_not(words(CHAIN(one, world.inter)), "\033");
	pki_free(one);
}

/* A NUL in a name ends it for programs that were written in a hurry. */
static void
a_nul_in_a_name(void **state)
{
	struct pki *one = MAKE(.name = "x", .issuer = world.inter,
	    .extensions = { "subjectAltName=DER:30:15:82:13:6d:61:69:6c:2e:65:"
			    "78:61:6d:70:6c:65:2e:6f:72:67:00:2e:78" });

	(void)state;
	assert_string_equal(ids(CHAIN(one, world.inter)), "cert-name-mismatch");
	has(words(CHAIN(one, world.inter)), "mail.example.org\\000.x");
	pki_free(one);
}

/* --- strength and purpose -------------------------------------------------- */

static void
strength(void **state)
{
	(void)state;
	sees((struct pki_wish){ .key = "RSA-1024", .extensions = { PKI_SAN } },
	    "cert-key-weak");
	sees((struct pki_wish){ .key = "RSA-2048", .extensions = { PKI_SAN } },
	    "cert-ok");
	sees((struct pki_wish){ .key = "P-224", .extensions = { PKI_SAN } },
	    "cert-key-weak");
	sees((struct pki_wish){ .key = "P-384", .extensions = { PKI_SAN } },
	    "cert-ok");
	sees((struct pki_wish){ .key = "ED25519", .extensions = { PKI_SAN } },
	    "cert-ed25519");
	sees((struct pki_wish){ .key = "ED448", .extensions = { PKI_SAN } },
	    "cert-ed25519");
	sees((struct pki_wish){ .hash = "SHA1", .extensions = { PKI_SAN } },
	    "cert-signature-weak");
	sees((struct pki_wish){ .hash = "SHA384", .extensions = { PKI_SAN } },
	    "cert-ok");
}

/* A root is trusted for its name: who signed it, and how, is all the same. */
static void
strength_above(void **state)
{
	struct pki *old = MAKE(.name = "Old Root", .key = "RSA-1024",
	    .hash = "SHA1", .extensions = { PKI_CA });
	struct pki *middle = MAKE(.name = "Middle", .issuer = old,
	    .key = "RSA-1024", .hash = "SHA1", .extensions = { PKI_CA });
	struct pki *one =
	    MAKE(.name = PKI_HOST, .issuer = middle, .extensions = { PKI_SAN });
	struct pki *direct =
	    MAKE(.name = PKI_HOST, .issuer = old, .extensions = { PKI_SAN });
	struct trust *roots = trust_of("old.pem", old);
	struct judgement j =
	    judge_as(CHAIN(one, middle), roots, PKI_HOST, false);

	(void)state;
	assert_string_equal(j.ids, "cert-key-weak cert-signature-weak");
	has(j.words, "key of Middle at here is too weak: RSA, 1024 bits");
	j = judge_as(CHAIN(direct), roots, PKI_HOST, false);
	assert_string_equal(j.ids, "cert-ok");
	trust_free(roots);
	pki_free(old);
	pki_free(middle);
	pki_free(one);
	pki_free(direct);
}

static void
purpose(void **state)
{
	(void)state;
	sees((struct pki_wish){ .extensions = { PKI_SAN,
				    "extendedKeyUsage=clientAuth" } },
	    "cert-wrong-purpose");
	sees(
	    (struct pki_wish){ .extensions = { PKI_SAN,
				   "extendedKeyUsage=clientAuth,serverAuth" } },
	    "cert-ok");
	sees((struct pki_wish){ .extensions = { PKI_SAN, "keyUsage=cRLSign" } },
	    "cert-wrong-purpose");
	sees((struct pki_wish){ .extensions = { PKI_SAN,
				    "keyUsage=digitalSignature" } },
	    "cert-ok");
	sees((struct pki_wish){ .extensions = { PKI_SAN, PKI_CA } },
	    "cert-is-ca");
}

static void
stapling(void **state)
{
	struct pki *one = MAKE(.name = PKI_HOST, .issuer = world.inter,
	    .extensions = { PKI_SAN, PKI_MUST_STAPLE });

	(void)state;
	assert_string_equal(ids(CHAIN(one, world.inter)), "cert-must-staple");
	assert_string_equal(
	    judge_as(CHAIN(one, world.inter), world.trust, PKI_HOST, true).ids,
	    "cert-ok");
	pki_free(one);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_one),
		cmocka_unit_test(dates),
		cmocka_unit_test(dates_are_told),
		cmocka_unit_test(names_are_compared),
		cmocka_unit_test(names_are_told),
		cmocka_unit_test(a_nul_in_a_name),
		cmocka_unit_test(strength),
		cmocka_unit_test(strength_above),
		cmocka_unit_test(purpose),
		cmocka_unit_test(stapling),
	};

	return cmocka_run_group_tests(tests, pki_world_make, pki_world_end);
}
