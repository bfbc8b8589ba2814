/* Many questions at once, to a server that is far away or takes only some. */
#include "../harness/unit.h"

#include "../../checks/check.h"
#include "../../checks/dns.h"
#include "../harness/delay_proxy.h"

#define QUESTIONS 200
#define USUAL	  48 /* at once, when the run does not say */

static const struct zone_source zones[] = {
	{ "example.org", "a TXT \"x\"\n" },
	{ "keys.test", "a._domainkey TXT \"x\"\n" },
};

struct world {
	struct server *nsd;
	struct delay_proxy *far;
	struct resolver *dns;
	struct run run;
};

/* All is `ms` late, each way; of `most` questions at once no more are taken. */
static void
begin(struct world *w, unsigned int ms, unsigned int most)
{
	struct dns_server server;

	w->nsd = nsd_start(zones, 2);
	w->far = delay_proxy_start_dns("127.0.0.1", w->nsd->port, ms, most);
	assert_true(ip_parse(str_of(w->far->address), &server.ip));
	server.port = w->far->port;
	w->dns = resolver_network(&server, 1);
	run_begin(&w->run, w->dns, 10000, -1);
}

static void
end(struct world *w)
{
	run_end(&w->run);
	resolver_free(w->dns);
	delay_proxy_stop(w->far);
	server_stop(w->nsd);
}

/* Names in the zone that do not exist; gives how many answers say so. */
static size_t
ask_many(struct world *w, const char *zone, enum dns_outcome wanted)
{
	struct question questions[QUESTIONS];
	const struct answer *answers[QUESTIONS];
	size_t n = 0;

	for (size_t i = 0; i < QUESTIONS; i++)
		questions[i] = (struct question){
			arena_printf(w->run.arena, "n%zu.%s", i, zone), RR_TXT
		};
	assert_int_equal(
	    dns_ask_many(&w->run, questions, QUESTIONS, answers), OK);
	for (size_t i = 0; i < QUESTIONS; i++)
		n += answers[i]->outcome == wanted;
	return n;
}

static void
what_a_full_server_refuses_is_asked_again(void **state)
{
	struct world w;

	(void)state;
	NEED_SERVERS();
	begin(&w, 200, 100); /* nothing comes back while it asks */
	w.run.at_once = QUESTIONS;
	assert_int_equal(ask_many(&w, "example.org", DNS_NO_NAME), QUESTIONS);
	assert_int_equal(atomic_load(w.far->refused), QUESTIONS - 100);
	assert_int_equal(atomic_load(w.far->connections), 2 * QUESTIONS - 100);
	end(&w);
}

static void
usually_no_server_is_crowded(void **state)
{
	struct world w;

	(void)state;
	NEED_SERVERS();
	begin(&w, 10, USUAL);
	assert_int_equal(ask_many(&w, "example.org", DNS_NO_NAME), QUESTIONS);
	assert_int_equal(atomic_load(w.far->refused), 0);
	end(&w);
}

/* NSD refuses names in zones that it does not have. */
static void
who_refuses_everything_is_not_asked_for_ever(void **state)
{
	struct world w;

	(void)state;
	NEED_SERVERS();
	begin(&w, 10, 0);
	w.run.at_once = QUESTIONS;
	assert_int_equal(ask_many(&w, "example.net", DNS_BROKEN), QUESTIONS);
	/* Twice, and what takes a second or more c-ares repeats by itself. */
	assert_in_range(
	    atomic_load(w.far->connections), QUESTIONS, 3 * QUESTIONS);
	end(&w);
}

/* Questions that the step "dkim" asks, with all selectors there are. */
static unsigned int
probe(struct world *w, const char *domain)
{
	struct target target = { .domain = domain, .all_selectors = true };
	unsigned int before = atomic_load(w->far->connections);
	struct step_report report;

	assert_int_equal(check_step(&w->run, STEP_DKIM, &target, &report), OK);
	return atomic_load(w->far->connections) - before;
}

static void
selectors_are_probed_where_there_are_keys(void **state)
{
	struct world w;

	(void)state;
	NEED_SERVERS();
	begin(&w, 10, 0);
	assert_true(probe(&w, "keys.test") > 150);
	assert_int_equal(w.run.at_once, 0); /* for those who ask next */
	assert_true(probe(&w, "example.org") < 10);
	end(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_full_server_refuses_is_asked_again),
		cmocka_unit_test(usually_no_server_is_crowded),
		cmocka_unit_test(who_refuses_everything_is_not_asked_for_ever),
		cmocka_unit_test(selectors_are_probed_where_there_are_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
