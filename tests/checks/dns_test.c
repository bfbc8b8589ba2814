/* The memo, chains of aliases, threads and cancelling. */
#include "../harness/unit.h"

#include <string.h>
#include <unistd.h>

#include "../../checks/dns.h"
#include "../../checks/pool.h"
#include "../harness/responder.h"

#define A_RECORD(name)	    name ". 300 A 192.0.2.1\n"
#define CNAME(name, target) name ". 200 CNAME " target ".\n"
#define STEP(i, j)                                                             \
	{                                                                      \
		.name = "c" #i ".test",                                        \
		.answer = CNAME("c" #i ".test", "c" #j ".test")                \
	}

static const struct reply replies[] = {
	{ .name = "a.test", .answer = A_RECORD("a.test") },
	{ .name = "alias.test", .answer = CNAME("alias.test", "a.test") },
	{ .name = "whole.test",
	    .answer = CNAME("whole.test", "w.test") A_RECORD("w.test") },
	{ .name = "dangling.test",
	    .answer = CNAME("dangling.test", "gone.test") },
	{ .name = "gone.test", .fault = R_NXDOMAIN },
	{ .name = "to-nothing.test",
	    .answer = CNAME("to-nothing.test", "nothing.test") },
	{ .name = "nothing.test" },
	{ .name = "to-refused.test",
	    .answer = CNAME("to-refused.test", "refused.test") },
	{ .name = "refused.test", .rcode = 5 },
	{ .name = "self.test", .answer = CNAME("self.test", "self.test") },
	{ .name = "ring1.test", .answer = CNAME("ring1.test", "ring2.test") },
	{ .name = "ring2.test", .answer = CNAME("ring2.test", "RING1.test") },
	{ .name = "x.old.test",
	    .answer = "old.test. 100 DNAME new.test.\n" CNAME(
		"x.old.test", "x.new.test") },
	{ .name = "y.old.test", .answer = "old.test. 100 DNAME new.test.\n" },
	{ .name = "x.new.test", .answer = A_RECORD("x.new.test") },
	{ .name = "y.new.test", .answer = A_RECORD("y.new.test") },
	STEP(0, 1),
	STEP(1, 2),
	STEP(2, 3),
	STEP(3, 4),
	STEP(4, 5),
	STEP(5, 6),
	STEP(6, 7),
	STEP(7, 8),
	STEP(8, 9),
	STEP(9, 10),
	STEP(10, 11),
	STEP(11, 12),
	STEP(12, 13),
	STEP(13, 14),
	STEP(14, 15),
	STEP(15, 16),
	STEP(16, 17),
	{ .name = "c17.test", .answer = A_RECORD("c17.test") },
	{ .name = "slow.test",
	    .delay_ms = 150,
	    .answer = A_RECORD("slow.test") },
	{ .name = "lost.test",
	    .fault = R_DROP_FIRST,
	    .answer = A_RECORD("lost.test") },
	{ .name = "silent.test", .fault = R_SILENT },
};

struct world {
	struct responder *r;
	struct resolver *dns;
	struct run run;
};

static void
begin(struct world *w)
{
	w->r = responder_start("127.0.0.1", replies, COUNT(replies));
	w->dns = resolver_network(&w->r->server, 1);
	run_begin(&w->run, w->dns, 5000, -1);
}

static void
end(struct world *w)
{
	run_end(&w->run);
	resolver_free(w->dns);
	responder_stop(w->r);
}

static const struct answer *
ask(struct world *w, const char *name, enum rr_type type)
{
	const struct answer *answer;

	assert_int_equal(dns_ask(&w->run, name, type, &answer), OK);
	return answer;
}

/* How often the responder was asked for a name. */
static unsigned int
heard(const struct world *w, const char *name)
{
	for (size_t i = 0; i < COUNT(replies); i++)
		if (strcmp(replies[i].name, name) == 0)
			return w->r->heard[i].udp + w->r->heard[i].tcp;
	fail_msg("no reply for %s", name);
	return 0;
}

static void
test_memo(void **state)
{
	struct question twice[] = {
		{ "a.test", RR_A },
		{ "A.Test", RR_A },
		{ "a.test", RR_A },
	};
	const struct answer *answers[3];
	struct run other;
	struct world w;

	(void)state;
	begin(&w);
	assert_int_equal(dns_ask_many(&w.run, twice, 3, answers), OK);
	assert_int_equal(answers[0]->outcome, DNS_FOUND);
	assert_ptr_equal(answers[0], answers[1]);
	assert_ptr_equal(answers[0], answers[2]);
	assert_ptr_equal(ask(&w, "a.TEST", RR_A), answers[0]);
	assert_int_equal(heard(&w, "a.test"), 1);
	/* Another type is another question. */
	ask(&w, "a.test", RR_AAAA);
	assert_int_equal(heard(&w, "a.test"), 2);
	/* Answers outlive the run. */
	run_begin(&other, w.dns, 1000, -1);
	run_end(&w.run);
	w.run = other;
	assert_ptr_equal(ask(&w, "a.test", RR_A), answers[0]);
	assert_string_equal(answers[0]->records[0].name, "a.test");
	assert_int_equal(heard(&w, "a.test"), 2);
	/* So do failures. */
	ask(&w, "refused.test", RR_A);
	ask(&w, "refused.test", RR_A);
	assert_int_equal(heard(&w, "refused.test"), 1);
	end(&w);
}

static void
test_many(void **state)
{
	enum { MANY = 1000 };
	static struct question questions[MANY];
	static const struct answer *answers[MANY];
	struct world w;

	(void)state;
	begin(&w);
	for (size_t i = 0; i < MANY; i++)
		questions[i] = (struct question){
			arena_printf(w.run.arena, "n%zu.test", i), RR_A
		};
	assert_int_equal(dns_ask_many(&w.run, questions, MANY, answers), OK);
	for (size_t i = 0; i < MANY; i++) {
		assert_string_equal(answers[i]->name, questions[i].name);
		assert_string_equal(answers[i]->why, "REFUSED");
	}
	assert_int_equal(dns_ask_many(&w.run, questions, 0, answers), OK);
	end(&w);
}

static const struct {
	const char *name;
	enum dns_outcome outcome;
	const char *owner;
	size_t nchain;
	uint32_t ttl;
	const char *why; /* a part of it */
} chains[] = {
	{ "a.test", DNS_FOUND, "a.test", 0, 300, NULL },
	{ "alias.test", DNS_FOUND, "a.test", 1, 200, NULL },
	{ "whole.test", DNS_FOUND, "w.test", 1, 200, NULL },
	{ "dangling.test", DNS_NO_NAME, "gone.test", 1, 0, NULL },
	{ "to-nothing.test", DNS_NO_DATA, "nothing.test", 1, 0, NULL },
	{ "to-refused.test", DNS_BROKEN, "refused.test", 1, 0, "REFUSED" },
	{ "self.test", DNS_BROKEN, NULL, 1, 0, "CNAME" },
	{ "ring1.test", DNS_BROKEN, NULL, 2, 0, "CNAME" },
	{ "x.old.test", DNS_FOUND, "x.new.test", 2, 100, NULL },
	{ "y.old.test", DNS_FOUND, "y.new.test", 2, 100, NULL },
	{ "c1.test", DNS_FOUND, "c17.test", 16, 200, NULL },
	{ "c0.test", DNS_BROKEN, NULL, 17, 200, "more than 16" },
};

static void
test_chains(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	for (size_t i = 0; i < COUNT(chains); i++) {
		const struct answer *a = ask(&w, chains[i].name, RR_A);

		if (a->outcome != chains[i].outcome ||
		    a->nchain != chains[i].nchain ||
		    (chains[i].outcome == DNS_FOUND && a->ttl != chains[i].ttl))
			fail_msg("%s: outcome %d, %zu aliases, ttl %u, why %s",
			    a->name, a->outcome, a->nchain, a->ttl,
			    a->why != NULL ? a->why : "(none)");
		assert_string_equal(a->name, chains[i].name);
		assert_false(a->partial);
		assert_int_equal(a->nrecords, a->outcome == DNS_FOUND);
		if (chains[i].owner != NULL)
			assert_string_equal(a->owner, chains[i].owner);
		if (chains[i].why != NULL)
			assert_non_null(strstr(a->why, chains[i].why));
		/* The second time it is the same one. */
		assert_ptr_equal(ask(&w, chains[i].name, RR_A), a);
	}
	/* Asked for itself, an alias is not followed. */
	assert_int_equal(ask(&w, "alias.test", RR_CNAME)->nrecords, 1);
	assert_int_equal(heard(&w, "a.test"), 1);
	end(&w);
}

#define LABEL_63                                                               \
	"a23456789012345678901234567890123456789012345678901234567890123"

static void
test_impossible_names(void **state)
{
	static const char *const names[] = {
		"a..test",
		".test",
		"",
		LABEL_63 "4.test",
		LABEL_63 "." LABEL_63 "." LABEL_63 "." LABEL_63,
	};
	struct world w;

	(void)state;
	begin(&w);
	for (size_t i = 0; i < COUNT(names); i++) {
		const struct answer *a = ask(&w, names[i], RR_A);

		assert_int_equal(a->outcome, DNS_BROKEN);
		assert_string_equal(a->why, "not a possible DNS name");
		assert_int_equal(a->rcode, -1);
		assert_string_equal(a->name, names[i]);
	}
	assert_null(w.run.trace);
	assert_int_equal(ask(&w, LABEL_63 ".test", RR_A)->rcode, 5);
	end(&w);
}

/* One question, asked in a thread. */
struct asker {
	struct job job;
	struct resolver *dns;
	const char *name;
	int64_t limit_ms;
	size_t first; /* of work_through() */
	enum status status;
	const struct answer *answer;
	int64_t took_ms;
	int64_t ended_ms;
};

static void
work(struct job *job)
{
	struct asker *asker = (struct asker *)job;
	int64_t before = monotonic_ms();
	struct run run;

	run_begin(&run, asker->dns, asker->limit_ms, job->cancel_fd);
	asker->status = dns_ask(&run, asker->name, RR_A, &asker->answer);
	asker->ended_ms = monotonic_ms();
	asker->took_ms = asker->ended_ms - before;
	run_end(&run);
}

static void
give(struct pool *pool, struct world *w, struct asker *asker, const char *name,
    int64_t limit_ms)
{
	*asker = (struct asker){
		.job.work = work,
		.dns = w->dns,
		.name = name,
		.limit_ms = limit_ms,
	};
	assert_true(pool_give(pool, &asker->job));
}

static void
test_threads_share_a_flight(void **state)
{
	struct pool *pool = pool_new(8);
	struct asker askers[8];
	struct world w;

	(void)state;
	begin(&w);
	for (size_t i = 0; i < COUNT(askers); i++)
		give(pool, &w, &askers[i], i % 2 ? "slow.test" : "SLOW.test",
		    3000);
	while (pool_wait(pool) != NULL)
		continue;
	for (size_t i = 0; i < COUNT(askers); i++) {
		assert_int_equal(askers[i].status, OK);
		assert_ptr_equal(askers[i].answer, askers[0].answer);
		assert_int_equal(askers[i].answer->outcome, DNS_FOUND);
	}
	assert_int_equal(heard(&w, "slow.test"), 1);
	pool_free(pool);
	end(&w);
}

/* Asks for many names, beginning with another one than its neighbours. */
static void
work_through(struct job *job)
{
	static const char *const names[] = { "a.test", "alias.test",
		"whole.test", "dangling.test", "c1.test", "ring1.test",
		"y.old.test", "slow.test" };
	struct asker *asker = (struct asker *)job;
	struct run run;

	run_begin(&run, asker->dns, asker->limit_ms, job->cancel_fd);
	for (size_t i = 0; i < COUNT(names) && asker->status == OK; i++)
		asker->status =
		    dns_ask(&run, names[(i + asker->first) % COUNT(names)],
			RR_A, &asker->answer);
	run_end(&run);
}

static void
test_threads_ask_once(void **state)
{
	struct pool *pool = pool_new(8);
	struct asker askers[16];
	struct world w;

	(void)state;
	begin(&w);
	for (size_t i = 0; i < COUNT(askers); i++) {
		askers[i] = (struct asker){
			.job.work = work_through,
			.dns = w.dns,
			.limit_ms = 5000,
			.first = i,
		};
		assert_true(pool_give(pool, &askers[i].job));
	}
	while (pool_wait(pool) != NULL)
		continue;
	for (size_t i = 0; i < COUNT(askers); i++)
		assert_int_equal(askers[i].status, OK);
	for (size_t i = 0; i < COUNT(replies); i++)
		if (w.r->heard[i].udp > 1)
			fail_msg(
			    "%s: %u times", replies[i].name, w.r->heard[i].udp);
	pool_free(pool);
	end(&w);
}

/* Whoever waits for a flight that is cancelled asks for himself. */
static void
test_cancelled_flight(void **state)
{
	struct pool *pool = pool_new(3);
	struct asker first, second, hasty;
	int64_t before;
	struct world w;

	(void)state;
	begin(&w);
	give(pool, &w, &first, "lost.test", 3000);
	usleep(50000);
	give(pool, &w, &second, "lost.test", 3000);
	give(pool, &w, &hasty, "lost.test", 60);
	assert_ptr_equal(pool_wait(pool), &hasty.job);
	assert_int_equal(hasty.status, OK);
	assert_int_equal(hasty.answer->outcome, DNS_SILENT);
	assert_in_range(hasty.took_ms, 50, 900);
	before = monotonic_ms();
	job_cancel(&first.job);
	while (pool_wait(pool) != NULL) /* in any order */
		continue;
	assert_int_equal(first.status, E_CANCELLED);
	assert_int_equal(second.status, OK);
	assert_int_equal(second.answer->outcome, DNS_FOUND);
	assert_in_range(second.ended_ms - before, 0, 900);
	assert_int_equal(heard(&w, "lost.test"), 2);
	pool_free(pool);
	end(&w);
}

/* Also a question nobody answers ends within milliseconds. */
static void
test_cancel_is_quick(void **state)
{
	struct pool *pool = pool_new(1);
	struct asker asker;
	int64_t best = INT64_MAX;
	struct world w;

	(void)state;
	begin(&w);
	for (int i = 0; i < 5; i++) { /* the machine may be busy */
		int64_t before;

		give(pool, &w, &asker, "silent.test", 3000);
		usleep(20000);
		before = monotonic_ms();
		job_cancel(&asker.job);
		assert_ptr_equal(pool_wait(pool), &asker.job);
		assert_int_equal(asker.status, E_CANCELLED);
		assert_null(asker.answer);
		if (asker.ended_ms - before < best)
			best = asker.ended_ms - before;
	}
	assert_in_range(best, 0, 20);
	pool_free(pool);
	end(&w);
}

/* A waiter that is cancelled leaves the flight alone. */
static void
test_cancelled_waiter(void **state)
{
	struct pool *pool = pool_new(2);
	struct asker first, second;
	struct world w;

	(void)state;
	begin(&w);
	give(pool, &w, &first, "slow.test", 3000);
	usleep(40000);
	give(pool, &w, &second, "slow.test", 3000);
	usleep(20000);
	job_cancel(&second.job);
	assert_ptr_equal(pool_wait(pool), &second.job);
	assert_int_equal(second.status, E_CANCELLED);
	assert_ptr_equal(pool_wait(pool), &first.job);
	assert_int_equal(first.answer->outcome, DNS_FOUND);
	pool_free(pool);
	end(&w);
}

static const struct {
	const char *text;
	const char *printed; /* NULL: refused */
} servers[] = {
	{ "192.0.2.53", "192.0.2.53" },
	{ "192.0.2.53:53", "192.0.2.53" },
	{ "192.0.2.53:5353", "192.0.2.53:5353" },
	{ "192.0.2.53:65535", "192.0.2.53:65535" },
	{ "2001:db8::53", "2001:db8::53" },
	{ "[2001:db8::53]", "2001:db8::53" },
	{ "[2001:DB8:0::53]:5353", "[2001:db8::53]:5353" },
	{ "::1", "::1" },
	{ "", NULL },
	{ "localhost", NULL },
	{ "ns.example.org:53", NULL },
	{ "192.0.2.53:0", NULL },
	{ "192.0.2.53:65536", NULL },
	{ "192.0.2.53:99999999999999999999", NULL },
	{ "192.0.2.53:", NULL },
	{ "192.0.2.53:053", NULL },
	{ "192.0.2.53:+53", NULL },
	{ "192.0.2.53:53:53", NULL },
	{ "192.0.2.53 ", NULL },
	{ " 192.0.2.53", NULL },
	{ "192.0.2", NULL },
	{ "192.0.2.256", NULL },
	{ "192.0.2.053", NULL },
	{ "[192.0.2.53]:53", NULL },
	{ "[2001:db8::53", NULL },
	{ "[2001:db8::53]53", NULL },
	{ "[2001:db8::53]:", NULL },
	{ "fe80::1%eth0", NULL },
	{ "[]:53", NULL },
	{ ":53", NULL },
	{ "\033[31m", NULL },
};

static void
test_server_text(void **state)
{
	struct arena *arena = arena_new();
	struct dns_server system[4];

	(void)state;
	for (size_t i = 0; i < COUNT(servers); i++) {
		struct dns_server server = { .port = 7 };
		const char *error =
		    dns_server_parse(arena, str_of(servers[i].text), &server);

		if (servers[i].printed != NULL) {
			if (error != NULL)
				fail_msg("%s", error);
			assert_string_equal(dns_server_print(arena, &server),
			    servers[i].printed);
			continue;
		}
		if (error == NULL)
			fail_msg("\"%s\" was taken", servers[i].text);
		assert_int_equal(server.port, 7);
		assert_null(strchr(error, '\033'));
		if (servers[i].text[0] != '\033')
			assert_non_null(strstr(error, servers[i].text));
	}
	assert_in_range(dns_system_servers(system, 4), 1, 4);
	assert_int_not_equal(system[0].ip.family, IP_NONE);
	assert_int_equal(dns_system_servers(system, 0), 0);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_memo),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_chains),
		cmocka_unit_test(test_impossible_names),
		cmocka_unit_test(test_threads_share_a_flight),
		cmocka_unit_test(test_threads_ask_once),
		cmocka_unit_test(test_cancelled_flight),
		cmocka_unit_test(test_cancel_is_quick),
		cmocka_unit_test(test_cancelled_waiter),
		cmocka_unit_test(test_server_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
