/* tests/harness/pki_world.c - see pki_world.h */
#include "unit.h"

#include <string.h>

#include "pki_world.h"

struct pki_world world;

struct trust *
trust_of(const char *file, const struct pki *one)
{
	struct trust *made;

	assert_null(trust_open(world.arena, pki_file(file, &one, 1), &made));
	return made;
}

int
pki_world_make(void **state)
{
	(void)state;
	world.arena = arena_new();
	world.root = MAKE(.name = "Test Root", .extensions = { PKI_CA });
	world.inter = MAKE(.name = "Test Intermediate", .issuer = world.root,
	    .extensions = { PKI_CA });
	world.leaf = MAKE(.name = PKI_HOST, .issuer = world.inter,
	    .extensions = { PKI_SAN });
	world.stranger = MAKE(.name = "Stranger", .extensions = { PKI_CA });
	world.trust = trust_of("roots.pem", world.root);
	world.others = trust_of("others.pem", world.stranger);
	return 0;
}

int
pki_world_end(void **state)
{
	(void)state;
	pki_free(world.root);
	pki_free(world.inter);
	pki_free(world.leaf);
	pki_free(world.stranger);
	trust_free(world.trust);
	trust_free(world.others);
	arena_free(world.arena);
	return 0;
}

struct judgement
judge_der(const struct str *der, size_t n, const struct trust *roots,
    const char *host, bool stapled)
{
	struct judgement out = { .ids = "", .words = "" };
	struct tls_facts tls = { .der = (struct str *)(uintptr_t)der,
		.nder = n,
		.stapled = stapled };
	struct run run;
	struct chain chain;

	run_begin(&run, NULL, 10000, -1);
	chain_read(run.arena, der, n, roots, run.now, &chain);
	cert_check(&run,
	    &(struct cert_question){ .where = "here",
		.host = host,
		.stapled = stapled,
		.chain = &chain });
	out.trusted = cert_trusted(&run, &tls, host, roots);
	for (const struct finding *f = run.report.first; f != NULL;
	     f = f->next) {
		out.ids = arena_printf(world.arena, "%s%s%s", out.ids,
		    out.ids[0] == '\0' ? "" : " ", finding_kinds[f->code].id);
		out.words = arena_printf(world.arena, "%s%s. %s %s\n",
		    out.words, finding_title(run.arena, f),
		    finding_text(run.arena, f), finding_fix(run.arena, f));
	}
	/* A password is given only where nothing fails. */
	if (out.trusted !=
	    (run.report.count[SEV_FAIL] == 0 &&
		run.report.count[SEV_UNKNOWN] == 0))
		fail_msg("trusted: %d, but %s", out.trusted, out.ids);
	run_end(&run);
	return out;
}

struct judgement
judge_as(const struct pki *const *sent, size_t n, const struct trust *roots,
    const char *host, bool stapled)
{
	struct str der[64];

	assert_true(n <= COUNT(der));
	for (size_t i = 0; i < n; i++)
		der[i] = pki_der(sent[i]);
	return judge_der(der, n, roots, host, stapled);
}

const char *
ids(const struct pki *const *sent, size_t n)
{
	return judge_as(sent, n, world.trust, PKI_HOST, false).ids;
}

const char *
words(const struct pki *const *sent, size_t n)
{
	return judge_as(sent, n, world.trust, PKI_HOST, false).words;
}
