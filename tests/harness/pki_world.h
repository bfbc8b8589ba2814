/*
 * tests/harness/pki_world.h - an authority with an intermediate certificate, a
 * stranger, and a good certificate for mail.example.org; and what cert_check()
 * says of a chain.  Included after unit.h.
 */
#ifndef PKI_WORLD_H
#define PKI_WORLD_H

#include "../../checks/cert_check.h"
#include "pki.h"

#define PKI_HOST "mail.example.org"
#define PKI_SAN	 "subjectAltName=DNS:" PKI_HOST

/* The arguments `sent` and `n`. */
#define CHAIN(...)                                                             \
	(const struct pki *const[]){ __VA_ARGS__ },                            \
	    COUNT(((const struct pki *const[]){ __VA_ARGS__ }))
#define MAKE(...) pki_make(&(struct pki_wish){ __VA_ARGS__ })

struct pki_world {
	struct pki *root, *inter, *leaf, *stranger;
	struct trust *trust; /* root */
	struct trust *others; /* stranger alone */
	struct arena *arena;
};
extern struct pki_world world;

/* For cmocka_run_group_tests(). */
int pki_world_make(void **state);
int pki_world_end(void **state);

struct judgement { /* lives as long as the world */
	const char *ids; /* a blank between */
	const char *words; /* titles, texts and fixes of all */
	bool trusted;
};

/* Fails the test when cert_trusted() says another thing than the findings. */
struct judgement judge_der(const struct str *der, size_t n,
    const struct trust *, const char *host, bool stapled);
struct judgement judge_as(const struct pki *const *sent, size_t n,
    const struct trust *, const char *host, bool stapled);

/* For world.trust and PKI_HOST. */
const char *ids(const struct pki *const *sent, size_t n);
const char *words(const struct pki *const *sent, size_t n);

/* That one alone is trusted. */
struct trust *trust_of(const char *file, const struct pki *);

#endif
