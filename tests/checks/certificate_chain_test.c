/*
 * Chains of certificates as a mail client judges them: where they end, their
 * order, what they forbid, and many faults at once.
 */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>

#include "../harness/command.h"
#include "../harness/has.h"
#include "../harness/pki_world.h"

#define URL "http://ca.example/int.der"

/* --- where the chain ends -------------------------------------------------- */

static void
signed_by_itself(void **state)
{
	struct pki *one = MAKE(.name = PKI_HOST, .extensions = { PKI_SAN });
	struct pki *ca =
	    MAKE(.name = PKI_HOST, .extensions = { PKI_SAN, PKI_CA });
	struct trust *own = trust_of("own.pem", one);

	(void)state;
	assert_string_equal(ids(CHAIN(one)), "cert-self-signed");
	assert_string_equal(ids(CHAIN(ca)), "cert-self-signed");
	assert_string_equal(
	    judge_as(CHAIN(one), own, PKI_HOST, false).ids, "cert-ok");
	trust_free(own);
	own = trust_of("own.pem", ca);
	assert_string_equal(
	    judge_as(CHAIN(ca), own, PKI_HOST, false).ids, "cert-is-ca");
	trust_free(own);
	pki_free(one);
	pki_free(ca);
}

static void
roots_nobody_knows(void **state)
{
	struct judgement j =
	    judge_as(CHAIN(world.leaf, world.inter, world.root), world.others,
		PKI_HOST, false);

	(void)state;
	assert_string_equal(j.ids, "cert-untrusted");
	has(j.words, "leads to a root nobody knows: Test Root");
	j = judge_as(
	    CHAIN(world.leaf, world.inter), world.others, PKI_HOST, false);
	assert_string_equal(j.ids, "cert-untrusted");
	has(j.words, "ends below Test Root");
}

static void
an_intermediate_is_missing(void **state)
{
	struct pki *one = MAKE(.name = PKI_HOST, .issuer = world.inter,
	    .extensions = {
		PKI_SAN, "authorityInfoAccess=caIssuers;URI:" URL });

	(void)state;
	assert_string_equal(ids(CHAIN(world.leaf)), "cert-chain-incomplete");
	has(words(CHAIN(world.leaf)),
	    "the intermediate certificate Test "
	    "Intermediate");
	has(words(CHAIN(world.leaf)), "look at the site of the authority");
	has(words(CHAIN(one)), "to be had at " URL);
	/* Something else in its place does not help. */
	assert_string_equal(ids(CHAIN(world.leaf, world.stranger)),
	    "cert-chain-incomplete cert-chain-order");
	pki_free(one);
}

static void
no_roots_here(void **state)
{
	struct trust *none;
	struct judgement j;

	(void)state;
	setenv("SSL_CERT_FILE", "/nonexistent/file", 1);
	setenv("SSL_CERT_DIR", "/nonexistent:/nonexistent/too", 1);
	assert_null(trust_open(world.arena, NULL, &none));
	unsetenv("SSL_CERT_FILE");
	unsetenv("SSL_CERT_DIR");
	j = judge_as(
	    CHAIN(world.leaf, world.inter, world.root), none, PKI_HOST, false);
	assert_string_equal(j.ids, "cert-no-roots");
	j = judge_as(CHAIN(world.leaf, world.inter), none, "x.example", false);
	assert_string_equal(j.ids, "cert-no-roots cert-name-mismatch");
	j = judge_as(CHAIN(world.leaf), none, PKI_HOST, false);
	assert_string_equal(j.ids, "cert-chain-incomplete");
	trust_free(none);
}

/* SSL_CERT_FILE and SSL_CERT_DIR, as every program with OpenSSL has them. */
static void
roots_of_the_system(void **state)
{
	const struct pki *one = world.root;
	struct trust *these;

	(void)state;
	setenv("SSL_CERT_FILE", pki_file("system.pem", &one, 1), 1);
	setenv("SSL_CERT_DIR", "/nonexistent", 1);
	assert_null(trust_open(world.arena, NULL, &these));
	unsetenv("SSL_CERT_FILE");
	unsetenv("SSL_CERT_DIR");
	assert_string_equal(
	    judge_as(CHAIN(world.leaf, world.inter), these, PKI_HOST, false)
		.ids,
	    "cert-ok");
	trust_free(these);
}

static void
says(const char *path, const char *part)
{
	struct trust *out;
	const char *problem = trust_open(world.arena, path, &out);

	assert_non_null(problem);
	assert_null(out);
	has(problem, part);
}

static void
files_that_are_none(void **state)
{
	(void)state;
	says("/nonexistent/roots.pem", "cannot be read: No such file");
	says("/", "cannot be read: Is a directory");
	says("/dev/zero", "holds no certificate in PEM form");
	says(command_file("empty.pem", ""), "holds no certificate");
	says(command_file("text.pem", "nothing\n"), "holds no certificate");
	says(command_file("cut.pem",
		 "-----BEGIN CERTIFICATE-----\nMIIB\n"
		 "-----END CERTIFICATE-----\n"),
	    "certificate number 1 in it cannot be read");
}

/* --- the chain itself ------------------------------------------------------ */

static void
order(void **state)
{
	(void)state;
	assert_string_equal(ids(CHAIN(world.leaf, world.root, world.inter)),
	    "cert-chain-order");
	has(words(CHAIN(world.leaf, world.root, world.inter)),
	    "number 2 (Test Root)");
	has(words(CHAIN(world.leaf, world.root, world.inter)),
	    "no others: \"" PKI_HOST "\", \"Test Intermediate\".");
	assert_string_equal(ids(CHAIN(world.leaf, world.inter, world.stranger)),
	    "cert-chain-order");
	assert_string_equal(ids(CHAIN(world.leaf, world.leaf, world.inter)),
	    "cert-chain-order");
	assert_string_equal(ids(CHAIN(world.leaf, world.inter, world.inter)),
	    "cert-chain-order");
}

static void
above_the_own(void **state)
{
	struct pki *old = MAKE(.name = "Test Intermediate",
	    .issuer = world.root, .key_of = world.inter, .from = -99 * PKI_DAY,
	    .to = -PKI_DAY, .extensions = { PKI_CA });
	struct pki *early = MAKE(.name = "Test Intermediate",
	    .issuer = world.root, .key_of = world.inter, .from = PKI_DAY,
	    .extensions = { PKI_CA });
	struct pki *cross = MAKE(.name = "Test Root", .issuer = world.stranger,
	    .key_of = world.root, .from = -99 * PKI_DAY, .to = -PKI_DAY,
	    .extensions = { PKI_CA });
	struct judgement j;

	(void)state;
	assert_string_equal(
	    ids(CHAIN(world.leaf, old)), "cert-intermediate-expired");
	has(words(CHAIN(world.leaf, old)),
	    "the certificate Test Intermediate has");
	assert_string_equal(
	    ids(CHAIN(world.leaf, early)), "cert-chain-invalid");
	has(words(CHAIN(world.leaf, early)), "it is valid only from 20");
	/* A way that is good is there. */
	assert_string_equal(
	    ids(CHAIN(world.leaf, old, world.inter)), "cert-chain-order");
	assert_string_equal(
	    ids(CHAIN(world.leaf, world.inter, cross)), "cert-ok");
	/* Two causes: expired, and known to nobody. */
	j = judge_as(
	    CHAIN(world.leaf, old, world.root), world.others, PKI_HOST, false);
	assert_string_equal(j.ids, "cert-untrusted cert-intermediate-expired");
	pki_free(old);
	pki_free(early);
	pki_free(cross);
}

/* Root, this intermediate one, and a leaf: what the rules say. */
static void
chain_is(struct pki_wish wish, const char *want, const char *why)
{
	struct pki *middle, *end;

	wish.name = "Middle";
	wish.issuer = world.root;
	middle = pki_make(&wish);
	end =
	    MAKE(.name = PKI_HOST, .issuer = middle, .extensions = { PKI_SAN });
	if (strcmp(ids(CHAIN(end, middle)), want) != 0)
		fail_msg("%s", words(CHAIN(end, middle)));
	has(words(CHAIN(end, middle)), why);
	pki_free(middle);
	pki_free(end);
}

static void
rules_of_a_chain(void **state)
{
	(void)state;
	chain_is((struct pki_wish){ .spoilt = false }, "cert-chain-invalid",
	    "\"Middle\": it is not marked as an authority");
	chain_is((struct pki_wish){ .extensions = { PKI_CA,
					"keyUsage=digitalSignature" } },
	    "cert-chain-invalid", "\"Middle\"");
	chain_is((struct pki_wish){ .extensions = { PKI_CA,
					"extendedKeyUsage=clientAuth" } },
	    "cert-chain-invalid", "may not certify servers");
	chain_is((struct pki_wish){ .extensions = { PKI_CA,
					"nameConstraints=permitted;DNS:"
					"example.net" } },
	    "cert-chain-invalid", "not among those");
	chain_is((struct pki_wish){ .extensions = { PKI_CA,
					"nameConstraints=excluded;DNS:"
					"example.org" } },
	    "cert-chain-invalid", "must not certify");
	chain_is((struct pki_wish){ .extensions = { PKI_CA,
					"1.2.3.4=critical,ASN1:NULL" } },
	    "cert-chain-invalid", "marked critical");
	chain_is((struct pki_wish){ .spoilt = true, .extensions = { PKI_CA } },
	    "cert-chain-invalid", "not signed with the key of its issuer");
}

static void
path_length(void **state)
{
	struct pki *upper = MAKE(.name = "Upper", .issuer = world.root,
	    .extensions = { PKI_CA ",pathlen:0" });
	struct pki *lower =
	    MAKE(.name = "Lower", .issuer = upper, .extensions = { PKI_CA });
	struct pki *one =
	    MAKE(.name = PKI_HOST, .issuer = lower, .extensions = { PKI_SAN });

	(void)state;
	assert_string_equal(
	    ids(CHAIN(one, lower, upper)), "cert-chain-invalid");
	has(words(CHAIN(one, lower, upper)), "\"Upper\": it allows fewer");
	pki_free(upper);
	pki_free(lower);
	pki_free(one);
}

/* The same name, another key: a certificate of another year. */
static void
another_key_of_the_same_name(void **state)
{
	struct pki *other = MAKE(.name = "Test Intermediate",
	    .issuer = world.root, .extensions = { PKI_CA });

	(void)state;
	assert_string_equal(ids(CHAIN(world.leaf, other)),
	    "cert-chain-incomplete cert-chain-order");
	pki_free(other);
}

/* --- many at once, and none ------------------------------------------------ */

static void
every_fault_is_found(void **state)
{
	struct pki *one =
	    MAKE(.name = "x", .issuer = world.inter, .key = "RSA-1024",
		.hash = "SHA1", .from = -99 * PKI_DAY, .to = -PKI_DAY,
		.extensions = { "subjectAltName=DNS:x.example", PKI_CA,
		    "extendedKeyUsage=clientAuth", PKI_MUST_STAPLE });
	struct pki *own = MAKE(.name = "x", .key = "RSA-1024",
	    .from = -99 * PKI_DAY, .to = -PKI_DAY,
	    .extensions = { "extendedKeyUsage=clientAuth" });

	(void)state;
	assert_string_equal(ids(CHAIN(one, world.stranger)),
	    "cert-chain-incomplete cert-name-mismatch cert-expired "
	    "cert-key-weak cert-signature-weak cert-wrong-purpose cert-is-ca "
	    "cert-must-staple cert-chain-order");
	assert_string_equal(ids(CHAIN(own)),
	    "cert-self-signed cert-no-san cert-expired cert-key-weak "
	    "cert-wrong-purpose");
	pki_free(one);
	pki_free(own);
}

static void
what_is_no_certificate(void **state)
{
	struct str whole = pki_der(world.leaf);
	struct str der[3] = { whole, pki_der(world.inter), { "no", 2 } };

	(void)state;
	assert_string_equal(
	    judge_der(NULL, 0, world.trust, PKI_HOST, false).ids,
	    "cert-chain-invalid");
	assert_string_equal(judge_der(der, 3, world.trust, PKI_HOST, false).ids,
	    "cert-chain-order");
	der[0] = str_slice(whole, 0, whole.len - 1);
	assert_string_equal(judge_der(der, 2, world.trust, PKI_HOST, false).ids,
	    "cert-chain-invalid");
	der[0] = (struct str){ "", 0 };
	assert_string_equal(judge_der(der, 2, world.trust, PKI_HOST, false).ids,
	    "cert-chain-invalid");
	der[0] = str_of(arena_printf(world.arena, "%.*s!", 0, ""));
	assert_string_equal(judge_der(der, 1, world.trust, PKI_HOST, false).ids,
	    "cert-chain-invalid");
}

/* Each octet of it changed: judged somehow, and never good. */
static void
a_changed_one_is_never_good(void **state)
{
	struct str whole = pki_der(world.leaf);

	(void)state;
	for (size_t i = 0; i < whole.len; i++) {
		char *octets = arena_memdup(world.arena, whole.p, whole.len);
		struct str der[2] = { { octets, whole.len },
			pki_der(world.inter) };
		struct judgement j;

		octets[i] ^= 4;
		j = judge_der(der, 2, world.trust, PKI_HOST, false);
		if (j.trusted || strstr(j.ids, "cert-ok") != NULL)
			fail_msg("octet %zu: %s", i, j.ids);
	}
}

static void
thirty_certificates(void **state)
{
	const struct pki *sent[30] = { world.leaf, world.inter };
	struct judgement j;

	(void)state;
	for (size_t i = 2; i < COUNT(sent); i++)
		sent[i] = world.stranger;
	j = judge_as(sent, COUNT(sent), world.trust, PKI_HOST, false);
	assert_string_equal(j.ids, "cert-chain-order");
	for (size_t i = 2; i < COUNT(sent); i++)
		sent[i] = world.root;
	j = judge_as(sent, COUNT(sent), world.trust, PKI_HOST, false);
	assert_string_equal(j.ids, "cert-chain-order");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signed_by_itself),
		cmocka_unit_test(roots_nobody_knows),
		cmocka_unit_test(an_intermediate_is_missing),
		cmocka_unit_test(no_roots_here),
		cmocka_unit_test(roots_of_the_system),
		cmocka_unit_test(files_that_are_none),
		cmocka_unit_test(order),
		cmocka_unit_test(above_the_own),
		cmocka_unit_test(rules_of_a_chain),
		cmocka_unit_test(path_length),
		cmocka_unit_test(another_key_of_the_same_name),
		cmocka_unit_test(every_fault_is_found),
		cmocka_unit_test(what_is_no_certificate),
		cmocka_unit_test(a_changed_one_is_never_good),
		cmocka_unit_test(thirty_certificates),
	};

	return cmocka_run_group_tests(tests, pki_world_make, pki_world_end);
}
