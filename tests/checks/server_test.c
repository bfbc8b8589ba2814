/*
 * The servers of the harness themselves: do they serve what they were given?
 * Asked with the resolver of libc, so that nothing of ours is trusted yet.
 */
#include "../harness/unit.h"

#include <arpa/inet.h>
#include <resolv.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define RCODE_SERVFAIL 2
#define RCODE_REFUSED  5

static const struct zone_source zones[] = {
	{ "example.org",
	    "@ TXT \"v=spf1 mx -all\"\n@ MX 10 mail\n"
	    "mail A 198.51.100.25\n" },
	{ "2.0.192.in-addr.arpa", "25 PTR mail.example.org.\n" },
};

/* Asks; the whole answer in `out`, its length, or -1 for silence. */
static ssize_t
ask(const struct server *server, const char *name, int type,
    unsigned char out[static 4096])
{
	struct sockaddr_storage at = { 0 };
	struct sockaddr_in *v4 = (struct sockaddr_in *)&at;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&at;
	struct timeval patience = { .tv_sec = 2 };
	unsigned char question[512];
	ssize_t n;
	int fd, len;

	if (inet_pton(AF_INET, server->address, &v4->sin_addr) == 1) {
		v4->sin_family = AF_INET;
		v4->sin_port = htons(server->port);
	} else {
		inet_pton(AF_INET6, server->address, &v6->sin6_addr);
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons(server->port);
	}
	len = res_mkquery(
	    0, name, 1, type, NULL, 0, NULL, question, sizeof(question));
	assert_true(len > 0);
	fd = socket(at.ss_family, SOCK_DGRAM, 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	send(fd, question, (size_t)len, 0);
	n = recv(fd, out, 4096, 0);
	close(fd);
	return n;
}

static int
rcode(const struct server *server, const char *name, int type)
{
	unsigned char answer[4096];

	if (ask(server, name, type, answer) < 12)
		return -1;
	return answer[3] & 15;
}

static bool
has(const struct server *server, const char *name, int type, const char *octets)
{
	unsigned char answer[4096];
	ssize_t n = ask(server, name, type, answer);

	return n > 0 &&
	    memmem(answer, (size_t)n, octets, strlen(octets)) != NULL;
}

static void
nsd_serves_its_zones(void **state)
{
	struct server *nsd;

	(void)state;
	NEED_SERVERS();
	nsd = nsd_start(zones, 2);
	assert_true(has(nsd, "example.org", 16, "v=spf1 mx -all"));
	assert_true(has(nsd, "mail.example.org", 1, "\xc6\x33\x64\x19"));
	assert_true(has(nsd, "25.2.0.192.in-addr.arpa", 12, "\4mail"));
	assert_int_equal(rcode(nsd, "gone.example.org", 1), 3);
	assert_int_equal(rcode(nsd, "example.com", 1), RCODE_REFUSED);
	server_stop(nsd);
}

static void
two_at_once_and_other_zones(void **state)
{
	static const struct zone_source after[] = {
		{ "example.org", "@ TXT \"after\"\n" },
	};
	struct server *one, *two;

	(void)state;
	NEED_SERVERS();
	one = nsd_start_at("127.0.0.2 127.0.0.3 ::1", 0, zones, 2);
	two = nsd_start_at("::1", 0, after, 1);
	assert_int_not_equal(one->port, two->port);
	assert_true(has(one, "example.org", 16, "v=spf1"));
	assert_true(has(two, "example.org", 16, "after"));
	nsd_reload(one, after, 1);
	assert_true(has(one, "example.org", 16, "after"));
	server_pause(two);
	server_resume(two);
	assert_true(has(two, "example.org", 16, "after"));
	server_stop(one);
	server_stop(two);
}

static void
unbound_resolves_through_nsd(void **state)
{
	struct server *nsd, *unbound;

	(void)state;
	NEED_SERVERS();
	nsd = nsd_start(zones, 2);
	unbound = unbound_start((const struct stub[]){ { "example.org", nsd },
				    { "2.0.192.in-addr.arpa", nsd } },
	    2);
	assert_true(has(unbound, "example.org", 16, "v=spf1 mx -all"));
	assert_true(has(unbound, "25.2.0.192.in-addr.arpa", 12, "\4mail"));
	assert_int_equal(rcode(unbound, "gone.example.org", 1), 3);
	assert_int_equal(rcode(unbound, "example.com", 1), RCODE_SERVFAIL);
	server_stop(unbound);
	server_stop(nsd);
}

static void
validate(bool expired, int want)
{
	struct zone_source zone;
	struct server *nsd, *unbound;
	char *anchor;

	zone_sign(&zones[0], expired, &zone, &anchor);
	nsd = nsd_start(&zone, 1);
	unbound = unbound_start_validating(
	    (const struct stub[]){ { "example.org", nsd } }, 1, anchor);
	assert_int_equal(rcode(unbound, "example.org", 16), want);
	server_stop(unbound);
	server_stop(nsd);
	free((void *)(uintptr_t)zone.text);
	free(anchor);
}

static void
a_signed_zone_is_validated(void **state)
{
	(void)state;
	NEED_SERVERS();
	validate(false, 0);
	validate(true, RCODE_SERVFAIL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nsd_serves_its_zones),
		cmocka_unit_test(two_at_once_and_other_zones),
		cmocka_unit_test(unbound_resolves_through_nsd),
		cmocka_unit_test(a_signed_zone_is_validated),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
