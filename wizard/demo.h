/*
 * wizard/demo.h - the made-up world of "mailwizard --demo": a domain with the
 * classic faults, and its DNS, which can be repaired.
 *
 *	demo_publish() -> the name servers -> resolvers, when the old answer
 *	                  have it              is no longer remembered
 *
 * Nothing here asks the network or touches a file.  Belongs to the main
 * thread; the resolvers it makes are snapshots, which any thread may ask.
 * Times are those of monotonic_ms().
 */
#ifndef DEMO_H
#define DEMO_H

#include "../checks/dns.h"

#define DEMO_SERVERS_MS 2000 /* from the provider's page to the name servers */
#define DEMO_CACHES_MS	8000 /* ...and until resolvers ask again */
#define DEMO_RESTART_MS 3000 /* until the mail server runs anew */

extern const char demo_domain[]; /* what is wrong with it is to be repaired */
extern const char demo_host[]; /* its mail server */
extern const char demo_selector[]; /* by which that signs */

/* How far the newest change has come. */
enum demo_stage {
	DEMO_STILL, /* all there is can be seen by all */
	DEMO_ENTERED, /* at the DNS provider, and nowhere else yet */
	DEMO_SERVED, /* the name servers have it, caches have the old */
};

struct demo;

/*
 * The public key its mail server signs with, in PEM (RFC 7468 section 13).
 * DNS begins with another one.  Static.
 */
const char *demo_key(void);

struct demo *demo_new(void);
void demo_free(struct demo *); /* NULL is fine */

/*
 * The person entered these records at the provider: they take the place of
 * all there are of their name and type, as `suggested` of a report means it.
 * A text that is meant as SPF replaces only texts that are.  All is copied.
 */
void demo_publish(
    struct demo *, const struct record *, size_t n, int64_t now_ms);

enum demo_stage demo_stage(const struct demo *, int64_t now_ms);

/*
 * The person did on the mail server what was shown; and whether it runs with
 * that by now.
 */
void demo_mend_server(struct demo *, int64_t now_ms);
bool demo_server_is_mended(const struct demo *, int64_t now_ms);

/* Milliseconds until the stage changes or the server runs; -1: neither. */
int demo_wait_ms(const struct demo *, int64_t now_ms);

/*
 * A resolver that sees what resolvers see now; dns_ask_authorities() gets from
 * it what the name servers have now.  Free it with resolver_free().
 */
struct resolver *demo_resolver(const struct demo *, int64_t now_ms);

#endif
