/* Hosts and their ports, looked at side by side: real servers, and bounds. */
#include "../harness/unit.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../../checks/pool.h"
#include "../../checks/port_check.h"
#include "../harness/dovecot.h"
#include "../harness/fixture.h"
#include "../harness/own_certificate.h"

#define HOST "mail.example.org"

static struct port
service(enum mail_protocol protocol, uint16_t port, bool tls)
{
	return (struct port){ .protocol = protocol,
		.at.port = port,
		.implicit_tls = tls,
		.wanted = true };
}

static bool
has_id(const struct report *report, const char *id)
{
	for (const struct finding *f = report->first; f != NULL; f = f->next)
		if (strcmp(finding_kinds[f->code].id, id) == 0)
			return true;
	return false;
}

/* Two hosts, one of them with two addresses, in one look. */
static void
real_servers(void **state)
{
	struct mail_options o = { .chain = own_chain, .key = own_key };
	struct port services[3];
	struct port_wish wishes[] = {
		{ .host = HOST, .services = services, .nservices = 3 },
		{ .host = "127.0.0.2", .services = services, .nservices = 1 },
	};
	struct port_check checks[COUNT(wishes)];
	struct dovecot *d;
	struct fixture f;

	(void)state;
	NEED_MAIL_SERVERS();
	d = dovecot_start(&o);
	services[0] = service(MAIL_IMAP, d->imaps, true);
	services[1] = service(MAIL_IMAP, d->imap, false);
	services[2] = service(MAIL_POP3, d->pop3s, true);
	fixture_begin(&f, "mail A 127.0.0.2\nmail A 127.0.0.3\n");
	report(&f.run, F_SPF_MISSING, .subject = "before");
	assert_int_equal(port_check(&f.run, wishes, 2, checks), OK);

	assert_int_equal(checks[0].nips, 2);
	assert_int_equal(checks[0].n, 6);
	for (size_t i = 0; i < 6; i++) {
		const struct port_facts *facts = &checks[0].facts[i];
		bool there = strcmp(ip_print(f.run.arena, facts->port.at.ip),
				 "127.0.0.2") == 0;

		assert_int_equal(facts->port.at.port, services[i % 3].at.port);
		assert_string_equal(facts->host, HOST);
		assert_int_equal(
		    facts->state, there ? PORT_GREETED : PORT_CLOSED);
		if (there)
			assert_string_equal(facts->software, "dovecot");
		assert_int_equal(
		    has_id(&checks[0].findings[i], "port-closed"), !there);
	}
	assert_null(checks[1].name);
	assert_null(checks[1].facts[0].host);
	assert_int_equal(checks[1].facts[0].state, PORT_GREETED);

	assert_int_equal(f.run.report.count[SEV_FAIL], 1); /* as it was */
	port_check_report(&f.run, &checks[0]);
	assert_true(has_id(&f.run.report, "port-closed"));
	assert_true(f.run.report.count[SEV_FAIL] > 1);
	fixture_end(&f);
	dovecot_stop(d);
}

/* No address, and no answer, are not the same. */
static void
a_host_without_address(void **state)
{
	struct port imaps = service(MAIL_IMAP, 993, true);
	struct port_wish wish = {
		.host = "gone.example.org", .services = &imaps, .nservices = 1
	};
	struct port_check check;
	struct fixture f;

	(void)state;
	fixture_begin(&f, "mail A 127.0.0.2\n");
	assert_int_equal(port_check(&f.run, &wish, 1, &check), OK);
	assert_int_equal(check.n, 0);
	assert_true(has_id(&check.together, "host-no-address"));
	assert_null(f.run.report.first);
	fixture_end(&f);
}

/* RFC 5737: nobody is there, and nobody is asked. */
static void
addresses_of_examples(void **state)
{
	struct port imaps = service(MAIL_IMAP, 993, true);
	struct port_wish wish = {
		.host = HOST, .services = &imaps, .nservices = 1
	};
	struct port_check check;
	struct fixture f;
	int64_t begun = monotonic_ms();

	(void)state;
	fixture_begin(&f, "mail A 192.0.2.25\nmail AAAA 2001:db8::25\n");
	assert_int_equal(port_check(&f.run, &wish, 1, &check), OK);
	assert_int_equal(check.n, 2);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(check.facts[i].state, PORT_NO_ROUTE);
		assert_true(has_id(&check.findings[i], "port-no-route"));
		assert_int_equal(check.findings[i].count[SEV_NOTE], 1);
	}
	assert_true(monotonic_ms() - begun < 1000);
	fixture_end(&f);
}

/* A network of our own, in which this machine is 192.0.2.25. */
static bool
begin_laboratory(void)
{
	struct ifreq lo = { .ifr_name = "lo" };
	struct sockaddr_in address = { .sin_family = AF_INET };
	int how = geteuid() == 0 ? CLONE_NEWNET : CLONE_NEWUSER | CLONE_NEWNET;
	int fd;

	if (unshare(how) == -1)
		return false;
	fd = socket(AF_INET, SOCK_DGRAM, 0);
	inet_pton(AF_INET, "192.0.2.25", &address.sin_addr);
	memcpy(&lo.ifr_addr, &address, sizeof(address));
	if (fd == -1 || ioctl(fd, SIOCSIFADDR, &lo) == -1)
		return false;
	lo.ifr_flags = IFF_UP;
	return ioctl(fd, SIOCSIFFLAGS, &lo) == 0 && close(fd) == 0;
}

#define NO_LABORATORY 99

/* There the addresses for examples are as good as any. */
static void
a_laboratory(void **state)
{
	struct port imaps = service(MAIL_IMAP, 993, true);
	struct port_wish wish = {
		.host = "192.0.2.25", .services = &imaps, .nservices = 1
	};
	int status;
	pid_t pid = fork();

	(void)state;
	if (pid == 0) {
		struct port_check check;
		struct fixture f;

		if (!begin_laboratory())
			_exit(NO_LABORATORY);
		fixture_begin(&f, "@ A 192.0.2.1\n");
		_exit(port_check(&f.run, &wish, 1, &check) == OK
			? (int)check.facts[0].state
			: NO_LABORATORY - 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == NO_LABORATORY)
		skip();
	assert_int_equal(WEXITSTATUS(status), PORT_CLOSED);
}

/* --- bounds ---------------------------------------------------------------------- */

/* Connections come about, and nobody takes them. */
static int
silent_listener(uint16_t *port)
{
	struct sockaddr_in at = { .sin_family = AF_INET };
	socklen_t len = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(inet_pton(AF_INET, "127.0.0.2", &at.sin_addr), 1);
	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(listen(fd, 64), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &len), 0);
	*port = ntohs(at.sin_port);
	return fd;
}

struct look_at_silence {
	struct job job;
	uint16_t port;
	enum status status;
};

static void
look_at_silence(struct job *job)
{
	struct look_at_silence *look = (struct look_at_silence *)(void *)job;
	struct port services[20];
	struct port_wish wish = { .host = "127.0.0.2",
		.services = services,
		.nservices = COUNT(services) };
	struct port_check check;
	struct run run;

	for (size_t i = 0; i < COUNT(services); i++)
		services[i] = service(MAIL_IMAP, look->port, false);
	run_begin(&run, NULL, 30000, job->cancel_fd);
	look->status = port_check(&run, &wish, 1, &check);
	run_end(&run);
}

/* More ports than are looked at at once, and none says a word. */
static void
cancelled_at_once(void **state)
{
	struct look_at_silence look = { .job.work = look_at_silence };
	int fd = silent_listener(&look.port);
	struct pool *pool = pool_new(1);
	int64_t begun;

	(void)state;
	assert_true(pool_give(pool, &look.job));
	poll(NULL, 0, 300);
	begun = monotonic_ms();
	job_cancel(&look.job);
	assert_ptr_equal(pool_wait(pool), &look.job);
	assert_int_equal(look.status, E_CANCELLED);
	assert_true(monotonic_ms() - begun < 8000);
	pool_free(pool);
	close(fd);
}

/* The deadline is one for all: what was not seen by then is not seen. */
static void
the_deadline_of_the_run(void **state)
{
	uint16_t port;
	int fd = silent_listener(&port);
	struct port services[20];
	struct port_wish wish = { .host = "127.0.0.2",
		.services = services,
		.nservices = COUNT(services) };
	struct port_check check;
	struct run run;
	int64_t begun = monotonic_ms();

	(void)state;
	for (size_t i = 0; i < COUNT(services); i++)
		services[i] = service(MAIL_IMAP, port, false);
	run_begin(&run, NULL, 500, -1);
	assert_int_equal(port_check(&run, &wish, 1, &check), OK);
	assert_int_equal(check.n, 20);
	for (size_t i = 0; i < 20; i++)
		assert_true(has_id(&check.findings[i], "port-timeout"));
	assert_true(monotonic_ms() - begun < 8000);
	run_end(&run);
	close(fd);
}

struct counting {
	struct prober prober;
	atomic_int now, most, looks;
};

static void
count_look(const struct prober *prober, struct run *run,
    const struct port_place *place, struct port_facts *out)
{
	struct counting *c = (struct counting *)(uintptr_t)prober;
	int now = atomic_fetch_add(&c->now, 1) + 1;
	int most = atomic_load(&c->most);

	while (
	    now > most && !atomic_compare_exchange_weak(&c->most, &most, now))
		continue;
	run_poll(run, NULL, 0, 20);
	atomic_fetch_add(&c->looks, 1);
	out->state = PORT_GREETED;
	out->greeting =
	    arena_printf(run->arena, "port %u", place->port.at.port);
	atomic_fetch_sub(&c->now, 1);
}

struct gated {
	struct job job;
	const struct prober *prober;
	bool fine;
};

static void
look_through_gate(struct job *job)
{
	struct gated *gated = (struct gated *)(void *)job;
	struct port services[10];
	struct port_wish wish = { .host = "192.0.2.1",
		.services = services,
		.nservices = COUNT(services) };
	struct port_check check;
	struct run run;

	for (size_t i = 0; i < COUNT(services); i++)
		services[i] = service(MAIL_IMAP, (uint16_t)(1000 + i), false);
	run_begin(&run, NULL, 20000, -1);
	run.prober = gated->prober;
	gated->fine = port_check(&run, &wish, 1, &check) == OK &&
	    check.n == 10 && strcmp(check.facts[9].greeting, "port 1009") == 0;
	run_end(&run);
}

/* Eight users of one gate make no more connections than it has. */
static void
one_gate_for_all(void **state)
{
	struct counting c = { .prober.look = count_look };
	struct pool *pool = pool_new(8);
	struct gated gated[8] = { 0 };

	(void)state;
	c.prober.gate = port_gate_new(5);
	assert_non_null(c.prober.gate);
	for (size_t i = 0; i < COUNT(gated); i++) {
		gated[i] = (struct gated){ .job.work = look_through_gate,
			.prober = &c.prober };
		assert_true(pool_give(pool, &gated[i].job));
	}
	while (pool_wait(pool) != NULL)
		continue;
	for (size_t i = 0; i < COUNT(gated); i++)
		assert_true(gated[i].fine);
	assert_int_equal(atomic_load(&c.looks), 80);
	assert_true(atomic_load(&c.most) <= 5);
	assert_true(atomic_load(&c.most) > 1);
	pool_free(pool);
	port_gate_free(c.prober.gate);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(real_servers),
		cmocka_unit_test(a_host_without_address),
		cmocka_unit_test(addresses_of_examples),
		cmocka_unit_test(a_laboratory),
		cmocka_unit_test(cancelled_at_once),
		cmocka_unit_test(the_deadline_of_the_run),
		cmocka_unit_test(one_gate_for_all),
	};

	return cmocka_run_group_tests(
	    tests, own_certificate_make, own_certificate_remove);
}
