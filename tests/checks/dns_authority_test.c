/*
 * A domain's own name servers, each asked directly; and the real ones of the
 * harness: NSD and unbound, with DNSSEC, big answers and odd names.
 */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>

#include "../../checks/dns_authority.h"

/* Two servers of one zone, on two addresses and one port. */
#define ZONE(serial, text)                                                     \
	"@ 300 SOA ns1 hostmaster " serial " 3600 900 604800 60\n"             \
	"@ NS ns1\n@ NS ns2\n@ NS ns3.example.net.\n"                          \
	"ns1 A 127.0.0.21\nns2 A 127.0.0.22\n"                                 \
	"@ TXT \"" text "\"\n"                                                 \
	"www CNAME away.example.net.\n"                                        \
	"a.b.c TXT \"deep\"\n"

static const struct zone_source zone_one[] = {
	{ "example.org", ZONE("1", "v=spf1 -all") },
	{ "example.net", "ns3 A 127.0.0.23\naway TXT \"away\"\n" },
};
static const struct zone_source zone_two[] = {
	{ "example.org", ZONE("2", "v=spf1 ~all") },
};
static const struct zone_source zone_lame[] = {
	{ "example.com", "@ TXT \"not yours\"\n" },
};

struct world {
	struct server *one, *two, *lame, *unbound;
	struct resolver *dns;
	struct run run;
};

static struct resolver *
resolver_at(const struct server *server)
{
	struct arena *arena = arena_new();
	struct dns_server at;

	assert_null(dns_server_parse(arena, str_of(server->at), &at));
	arena_free(arena);
	return resolver_network(&at, 1);
}

static void
begin(struct world *w)
{
	struct stub stubs[2];

	w->one = nsd_start_at("127.0.0.21", 0, zone_one, 2);
	w->two = nsd_start_at("127.0.0.22", w->one->port, zone_two, 1);
	w->lame = nsd_start_at("127.0.0.23", w->one->port, zone_lame, 1);
	stubs[0] = (struct stub){ "example.org", w->one };
	stubs[1] = (struct stub){ "example.net", w->one };
	w->unbound = unbound_start(stubs, 2);
	w->dns = resolver_at(w->unbound);
	run_begin(&w->run, w->dns, 8000, -1);
}

static void
end(struct world *w)
{
	run_end(&w->run);
	resolver_free(w->dns);
	server_stop(w->unbound);
	server_stop(w->lame);
	server_stop(w->two);
	server_stop(w->one);
}

static const struct authority *
find_host(const struct authority *list, size_t n, const char *host)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].host, host) == 0)
			return &list[i];
	fail_msg("%s was not asked", host);
	return NULL;
}

static void
check_text(
    const struct authority *list, size_t n, const char *host, const char *text)
{
	const struct answer *answer = find_host(list, n, host)->answer;

	if (answer->outcome != DNS_FOUND)
		fail_msg("%s: %d, %s", host, answer->outcome, answer->why);
	assert_true(answer->authoritative);
	assert_int_equal(answer->nrecords, 1);
	assert_true(str_equal(answer->records[0].text, str_of(text)));
}

static void
test_each_server(struct world *w)
{
	struct authority list[AUTHORITY_MAX];
	const struct answer *lame;
	size_t n;

	assert_int_equal(dns_ask_authorities(&w->run, "example.org", RR_TXT,
			     w->one->port, list, &n),
	    OK);
	assert_int_equal(n, 3);
	check_text(list, n, "ns1.example.org", "v=spf1 -all");
	check_text(list, n, "ns2.example.org", "v=spf1 ~all");
	lame = find_host(list, n, "ns3.example.net")->answer;
	assert_int_equal(lame->outcome, DNS_BROKEN);
	assert_string_equal(lame->why, "REFUSED");
}

/* Names below the cut: the closest enclosing zone is found. */
static void
test_names_below(struct world *w)
{
	static const struct {
		const char *name;
		enum dns_outcome outcome;
	} names[] = {
		{ "a.b.c.example.org", DNS_FOUND },
		{ "b.c.example.org", DNS_NO_DATA },
		{ "x.y.z.nope.nope.example.org", DNS_NO_NAME },
		{ "www.example.org", DNS_NO_DATA },
	};
	struct authority list[AUTHORITY_MAX];
	size_t n;

	for (size_t i = 0; i < COUNT(names); i++) {
		const struct answer *answer;

		assert_int_equal(dns_ask_authorities(&w->run, names[i].name,
				     RR_TXT, w->one->port, list, &n),
		    OK);
		assert_int_equal(n, 3);
		answer = find_host(list, n, "ns1.example.org")->answer;
		if (names[i].outcome != answer->outcome &&
		    !(strncmp(names[i].name, "www", 3) == 0))
			fail_msg("%s: %d", names[i].name, answer->outcome);
		assert_string_equal(answer->name, names[i].name);
	}
}

static void
test_no_servers(struct world *w)
{
	struct authority list[AUTHORITY_MAX];
	size_t n = 7;

	assert_int_equal(dns_ask_authorities(&w->run, "nothing.example.com",
			     RR_TXT, w->one->port, list, &n),
	    OK);
	assert_int_equal(n, 0);
	assert_int_equal(dns_ask_authorities(&w->run, "bad..name", RR_TXT,
			     w->one->port, list, &n),
	    OK);
	assert_int_equal(n, 0);
}

/* One of them is silent: the others' answers are there. */
static void
test_silent_server(struct world *w)
{
	struct authority list[AUTHORITY_MAX];
	const struct answer *silent;
	struct run hasty;
	size_t n;

	server_pause(w->two);
	run_begin(&hasty, w->dns, 700, -1);
	assert_int_equal(dns_ask_authorities(&hasty, "example.org", RR_TXT,
			     w->one->port, list, &n),
	    OK);
	assert_int_equal(n, 3);
	check_text(list, n, "ns1.example.org", "v=spf1 -all");
	silent = find_host(list, n, "ns2.example.org")->answer;
	assert_int_equal(silent->outcome, DNS_SILENT);
	assert_non_null(strstr(silent->why, "no answer from 127.0.0.22"));
	run_end(&hasty);
	server_resume(w->two);
}

static void
test_authorities(void **state)
{
	struct world w;

	(void)state;
	NEED_SERVERS();
	begin(&w);
	test_each_server(&w);
	test_names_below(&w);
	test_no_servers(&w);
	test_silent_server(&w);
	end(&w);
}

/* 40 strings of 200 octets: far more than UDP takes. */
static void
write_big_zone(char *out, size_t size)
{
	size_t at = 0;

	for (int i = 0; i < 40; i++)
		at += (size_t)snprintf(
		    out + at, size - at, "big TXT \"%02d%0198d\"\n", i, 7);
	snprintf(out + at, size - at,
	    "a\\+b=c A 192.0.2.7\n\\000\\255 A 192.0.2.8\n"
	    "d\\.ot A 192.0.2.9\n"
	    "big\\@sign TXT \"%0250d\"\nbig\\@sign TXT \"%0251d\"\n"
	    "big\\@sign TXT \"%0252d\"\nbig\\@sign TXT \"%0253d\"\n"
	    "big\\@sign TXT \"%0254d\"\n",
	    1, 2, 3, 4, 5);
}

static void
test_real_server(void **state)
{
	static char text[20000];
	struct zone_source zone = { "example.org", text };
	struct question questions[] = {
		{ "big.example.org", RR_TXT },
		{ "big\\@sign.example.org", RR_TXT },
		{ "a\\+b\\=c.example.org", RR_A },
		{ "\\000\\255.example.org", RR_A },
		{ "d\\.ot.example.org", RR_A },
		{ "example.org", RR_SOA },
		{ "none.example.org", RR_A },
	};
	const struct answer *a[COUNT(questions)];
	struct server *nsd;
	struct resolver *dns;
	struct run run;

	(void)state;
	NEED_SERVERS();
	write_big_zone(text, sizeof(text));
	nsd = nsd_start(&zone, 1);
	dns = resolver_at(nsd);
	run_begin(&run, dns, 5000, -1);
	assert_int_equal(
	    dns_ask_many(&run, questions, COUNT(questions), a), OK);
	assert_int_equal(a[0]->nrecords, 40);
	assert_int_equal(a[0]->records[0].text.len, 200);
	assert_int_equal(a[1]->nrecords, 5);
	for (size_t i = 0; i < 6; i++)
		if (a[i]->outcome != DNS_FOUND || !a[i]->authoritative)
			fail_msg(
			    "%s: %d, %s", a[i]->name, a[i]->outcome, a[i]->why);
	assert_int_equal(a[3]->records[0].ip.octets[3], 8);
	assert_int_equal(a[6]->outcome, DNS_NO_NAME);
	assert_string_equal(a[6]->server, nsd->at);
	run_end(&run);
	resolver_free(dns);
	server_stop(nsd);
}

/* By UDP up to 1232 octets; each length that stands between two libraries. */
static void
test_middle_sizes(void **state)
{
	enum { FIRST = 300, STEP = 31, SIZES = 30 };
	static char text[SIZES * 1400];
	struct zone_source zone = { "example.org", text };
	char names[SIZES][32];
	struct question questions[SIZES];
	const struct answer *a[SIZES];
	struct server *nsd;
	struct resolver *dns;
	struct run run;
	size_t at = 0;

	(void)state;
	NEED_SERVERS();
	for (int i = 0; i < SIZES; i++) {
		snprintf(names[i], sizeof(names[i]), "n%d.example.org", i);
		questions[i] = (struct question){ names[i], RR_TXT };
		at += (size_t)snprintf(
		    text + at, sizeof(text) - at, "n%d TXT", i);
		for (int left = FIRST + i * STEP; left > 0; left -= 250)
			at += (size_t)snprintf(text + at, sizeof(text) - at,
			    " \"%0*d\"", left < 250 ? left : 250, 1);
		at += (size_t)snprintf(text + at, sizeof(text) - at, "\n");
	}
	nsd = nsd_start(&zone, 1);
	dns = resolver_at(nsd);
	run_begin(&run, dns, 5000, -1);
	assert_int_equal(dns_ask_many(&run, questions, SIZES, a), OK);
	for (size_t i = 0; i < SIZES; i++) {
		if (a[i]->outcome != DNS_FOUND)
			fail_msg("%s: %s", names[i], a[i]->why);
		assert_int_equal(a[i]->records[0].text.len, FIRST + i * STEP);
	}
	run_end(&run);
	resolver_free(dns);
	server_stop(nsd);
}

/* Signed well, signed long ago, not signed: AD, bogus, neither. */
static void
test_dnssec(void **state)
{
	const struct zone_source plain[] = {
		{ "good.example.org", "@ A 192.0.2.1\n" },
		{ "bad.example.org", "@ A 192.0.2.2\n" },
		{ "plain.example.org", "@ A 192.0.2.3\n" },
	};
	struct zone_source zones[3] = { plain[0], plain[1], plain[2] };
	struct question questions[] = {
		{ "good.example.org", RR_A },
		{ "bad.example.org", RR_A },
		{ "plain.example.org", RR_A },
	};
	const struct answer *a[3];
	char anchors[1000], *anchor[2];
	struct server *nsd, *unbound;
	struct stub stubs[3];
	struct resolver *dns;
	struct run run;

	(void)state;
	NEED_SERVERS();
	zone_sign(&plain[0], false, &zones[0], &anchor[0]);
	zone_sign(&plain[1], true, &zones[1], &anchor[1]);
	snprintf(anchors, sizeof(anchors), "%s\n%s\n", anchor[0], anchor[1]);
	nsd = nsd_start(zones, 3);
	for (size_t i = 0; i < 3; i++)
		stubs[i] = (struct stub){ plain[i].name, nsd };
	unbound = unbound_start_validating(stubs, 3, anchors);
	dns = resolver_at(unbound);
	run_begin(&run, dns, 5000, -1);
	assert_int_equal(dns_ask_many(&run, questions, 3, a), OK);
	assert_int_equal(a[0]->outcome, DNS_FOUND);
	assert_true(a[0]->authentic);
	assert_int_equal(a[1]->outcome, DNS_BROKEN);
	assert_true(a[1]->bogus);
	assert_int_equal(a[1]->rcode, 2);
	assert_int_equal(a[1]->nrecords, 0);
	assert_int_equal(a[2]->outcome, DNS_FOUND);
	assert_false(a[2]->authentic);
	run_end(&run);
	resolver_free(dns);
	server_stop(unbound);
	server_stop(nsd);
	for (size_t i = 0; i < 2; i++) {
		free(anchor[i]);
		free((char *)(uintptr_t)zones[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_authorities),
		cmocka_unit_test(test_real_server),
		cmocka_unit_test(test_middle_sizes),
		cmocka_unit_test(test_dnssec),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
