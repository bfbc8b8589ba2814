/*
 * The built program and name servers: silent, closed, real; and what it
 * suggests, laid over them.
 */
#include "../harness/unit.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../../checks/base/str.h"
#include "../harness/command.h"

/* A UDP socket that never answers; its port is in `at`. */
static int
silent_socket(char at[32])
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(address);
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	assert_true(fd >= 0);
	assert_int_equal(
	    bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &len), 0);
	snprintf(at, 32, "127.0.0.1:%u", ntohs(address.sin_port));
	return fd;
}

/* Never "missing" when the truth is "could not look". */
static void
assert_not_seen(const char *at)
{
	struct outcome o = command_run(NULL, "spf", "example.org", "--ip",
	    "192.0.2.1", "--dns", at, "--timeout", "0.7");

	assert_int_equal(o.status, 3);
	assert_int_equal(strncmp(o.out, "temperror\n", 10), 0);
	command_free(&o);
	o = command_run(
	    NULL, "check", "example.org", "--dns", at, "--timeout", "0.7");
	assert_int_equal(o.status, 3);
	assert_non_null(strstr(o.out, "\nUNKNOWN  spf         Could not look"));
	assert_null(strstr(o.out, "has no SPF record"));
	assert_null(strstr(o.out, "FAIL"));
	command_free(&o);
	o = command_run("example.org\nexample.net\n", "check", "-f", "-",
	    "--json", "--dns", at, "--timeout", "0.7");
	assert_int_equal(o.status, 3);
	assert_non_null(strstr(o.out, "\"status\": \"unknown\""));
	command_free(&o);
}

static void
silence_is_no_verdict(void **state)
{
	char at[32];
	int fd = silent_socket(at);

	(void)state;
	assert_not_seen(at);
	close(fd);
}

static void
a_closed_port_is_no_verdict(void **state)
{
	char at[32];

	(void)state;
	close(silent_socket(at));
	assert_not_seen(at);
}

/* The same questions to a real server. */
static void
a_real_name_server(void **state)
{
	static const struct zone_source zones[] = {
		{ "example.org",
		    "@ MX 10 mail\nmail A 192.0.2.25\n"
		    "@ TXT \"v=spf1 mx -all\"\n"
		    "_dmarc TXT \"v=DMARC1; p=reject; "
		    "rua=mailto:reports@example.org\"\n" },
		{ "2.0.192.in-addr.arpa", "25 PTR mail.example.org.\n" },
	};
	struct server *nsd;
	struct outcome o;

	(void)state;
	NEED_SERVERS();
	nsd = nsd_start(zones, COUNT(zones));
	o = command_run(
	    NULL, "spf", "example.org", "--ip", "192.0.2.25", "--dns", nsd->at);
	assert_int_equal(o.status, 0);
	assert_int_equal(strncmp(o.out, "pass\n", 5), 0);
	command_free(&o);
	o = command_run(NULL, "check", "example.org", "--dns", nsd->at, "-v");
	if (o.status != 0)
		fail_msg("%s%s", o.out, o.err);
	assert_non_null(strstr(o.err, " ms  TXT example.org: "));
	command_free(&o);
	o = command_run(NULL, "spf", "nowhere.example", "--ip", "192.0.2.25",
	    "--dns", nsd->at); /* REFUSED */
	assert_int_equal(o.status, 3);
	command_free(&o);
	server_stop(nsd);
}

/* The zone file lines among the records to publish; "" for none. */
static char *
suggested_lines(const char *report)
{
	static const char mark[] = "the same for a zone file:\n";
	char *lines = strdup("");

	while ((report = strstr(report, mark)) != NULL) {
		char *more;

		report += strlen(mark);
		assert_true(asprintf(&more, "%s%.*s\n", lines,
				(int)strcspn(report, "\n"), report) > 0);
		free(lines);
		lines = more;
	}
	return lines;
}

/* What is proposed, laid over the same DNS, is found to be right. */
static void
what_is_suggested_passes(void **state)
{
	static const char *const labels[] = { "plus", "typo", "two", "none",
		"quoted", "tab", "bits", "loop", "gone", "double", "order" };
	static const struct zone_source zones[] = {
		{ "example.org",
		    "mail A 192.0.2.25\n"
		    "plus MX 10 mail\nplus TXT \"v=spf1 mx +all\"\n"
		    "typo MX 10 mail\n"
		    "typo TXT \"v=spf1 mx ipv4:192.0.2.7 -all\"\n"
		    "two MX 10 mail\ntwo TXT \"v=spf1 mx -all\"\n"
		    "two TXT \"v=spf1 ip4:198.51.100.7 ~all\"\n"
		    "none MX 10 mail\n"
		    "quoted MX 10 mail\n"
		    "quoted TXT \"\\\"v=spf1 mx -all\\\"\"\n"
		    "tab MX 10 mail\ntab TXT \"v=spf1\\009mx -all\"\n"
		    "bits MX 10 mail\n"
		    "bits TXT \"v=spf1 mx ip4:192.0.2.0/33 -all\"\n"
		    "loop MX 10 mail\n"
		    "loop TXT \"v=spf1 mx include:loop.example.org -all\"\n"
		    "gone MX 10 mail\n"
		    "gone TXT \"v=spf1 mx include:x.example.org -all\"\n"
		    "double MX 10 mail\n"
		    "double.example.org.double TXT \"v=spf1 mx -all\"\n"
		    "order MX 10 mail\norder TXT \"v=spf1 -all mx\"\n" },
		{ "2.0.192.in-addr.arpa", "25 PTR mail.example.org.\n" },
	};
	struct server *nsd;

	(void)state;
	NEED_SERVERS();
	nsd = nsd_start(zones, COUNT(zones));
	for (size_t i = 0; i < COUNT(labels); i++) {
		char domain[64];
		struct outcome o;
		char *lines;

		snprintf(domain, sizeof(domain), "%s.example.org", labels[i]);
		o = command_run(NULL, "spf", domain, "--dns", nsd->at);
		lines = suggested_lines(o.out);
		if (o.status != 1 && strcmp(labels[i], "order") != 0)
			fail_msg("%s: %s", domain, o.out);
		command_free(&o);
		o = command_run(NULL, "spf", domain, "--dns", nsd->at, "--zone",
		    command_file("suggested.zone", lines));
		if (o.status != 0 || strstr(o.out, "\nWARN") != NULL)
			fail_msg("%s: with %s%s", domain, lines, o.out);
		command_free(&o);
		o = command_run(NULL, "spf", domain, "--ip", "192.0.2.25",
		    "--dns", nsd->at, "--zone",
		    command_file("suggested.zone", lines));
		if (o.status != 0)
			fail_msg("%s: with %s%s", domain, lines, o.out);
		command_free(&o);
		free(lines);
	}
	server_stop(nsd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(silence_is_no_verdict),
		cmocka_unit_test(a_closed_port_is_no_verdict),
		cmocka_unit_test(a_real_name_server),
		cmocka_unit_test(what_is_suggested_passes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
