/*
 * tests/bench/ports.c - what a look at the mail ports of a host costs that is
 * 50 ms away: real Dovecot and Postfix behind proxies.
 *
 * Gives 1 when a target is missed; 77, and why, without the servers.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "../harness/bench.h"
#include "../harness/delay_proxy.h"
#include "../harness/own_certificate.h"
#include "../harness/postfix.h"
#include "../harness/pty.h"

#define ONE_WAY	 25 /* milliseconds */
#define RUNS	 7
#define PORTS	 7
#define RATIO	 1.3 /* all of them, to the slowest of them */
#define WORD_MAX 64
#define PATIENCE 20 /* seconds */
#define ENDED	 124 /* what timeout(1) says then */
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

struct port {
	const char *service; /* of --service, with the port to come */
	const char *how;
	uint16_t at;
	struct delay_proxy *far;
	char word[WORD_MAX]; /* "--service imap:20143:starttls" */
};

/* The ports of Dovecot and Postfix, and the submission port twice. */
static void
find_ports(const struct dovecot *d, const struct postfix *p,
    struct port ports[static PORTS])
{
	const struct port found[PORTS] = {
		{ "pop3", "starttls", d->pop3, NULL, "" },
		{ "pop3", "tls", d->pop3s, NULL, "" },
		{ "imap", "starttls", d->imap, NULL, "" },
		{ "imap", "tls", d->imaps, NULL, "" },
		{ "smtp", "starttls", p->submission, NULL, "" },
		{ "smtp", "tls", p->submissions, NULL, "" },
		{ "smtp", "starttls", p->submission, NULL, "" },
	};

	for (size_t i = 0; i < PORTS; i++) {
		ports[i] = found[i];
		ports[i].far =
		    delay_proxy_start(d->address, found[i].at, ONE_WAY);
		snprintf(ports[i].word, WORD_MAX, "--service %s:%u:%s",
		    found[i].service, ports[i].far->port, found[i].how);
	}
}

/* The command line that looks at these. */
static const char *
words_for(const struct port *ports, size_t n)
{
	static char words[PORTS * (WORD_MAX + 1) + 100];

	snprintf(
	    words, sizeof(words), "server 127.0.0.2 --host mail.example.org");
	for (size_t i = 0; i < n; i++) {
		strcat(words, " ");
		strcat(words, ports[i].word);
	}
	return words;
}

/* Or the numbers mean nothing: every port has to show its TLS. */
static void
need_tls_at_all(const struct port *ports)
{
	static char out[65536];
	char command[2048];
	size_t n = 0, len;
	FILE *in;

	snprintf(command, sizeof(command), "%s %s --json", mailwizard(),
	    words_for(ports, PORTS));
	in = popen(command, "r");
	len = in != NULL ? fread(out, 1, sizeof(out) - 1, in) : 0;
	out[len] = '\0';
	for (const char *p = out; (p = strstr(p, "\"TLSv1.3\"")) != NULL; p++)
		n++;
	if (in == NULL || pclose(in) == -1 || n != PORTS) {
		fprintf(stderr, "bench: TLS at %zu ports: %s\n", n, out);
		exit(2);
	}
}

static void
look_at_all(struct port *ports)
{
	double slowest = 0, all;
	char what[80];

	for (size_t i = 0; i < PORTS; i++) {
		double took =
		    bench_fastest(words_for(&ports[i], 1), BENCH_FINE, RUNS);

		printf("  %-50s %8.2f ms\n", ports[i].word + 10, took);
		if (took > slowest)
			slowest = took;
	}
	all = bench_fastest(words_for(ports, PORTS), BENCH_FINE, RUNS);
	snprintf(what, sizeof(what),
	    "seven ports %d ms away: %.0f ms, one %.0f ms", 2 * ONE_WAY, all,
	    slowest);
	bench_tell(what, all / slowest, "times", RATIO);
}

/* --- beside others, for the same facts of one port ----------------------- */

/* A shell reads them.  The versions of TLS, and the certificate. */
static const struct {
	const char *name;
	const char *command;
} others[] = {
	{ "openssl",
	    "for v in tls1 tls1_1 tls1_2 tls1_3; do"
	    " openssl s_client -$v -cipher ALL:@SECLEVEL=0 -starttls imap"
	    " -connect $AT </dev/null; done" },
	{ "sslscan",
	    "sslscan --starttls-imap --no-ciphersuites --no-fallback"
	    " --no-renegotiation --no-compression --no-heartbleed"
	    " --no-groups $AT" },
	{ "testssl",
	    "testssl --quiet --warnings off --color 0 --starttls imap"
	    " --protocols --server-defaults $AT" },
};

static bool
is_installed(const char *name)
{
	char command[128];

	snprintf(
	    command, sizeof(command), "command -v %s >/dev/null 2>&1", name);
	return system(command) == 0;
}

/* What another takes; one that needs longer than PATIENCE is ended. */
static void
compare_with(const char *name, const char *command, double ours)
{
	char whole[512];
	double begin = bench_ms(), took;
	int status;

	if (!is_installed(name)) {
		printf("  %s is not installed\n", name);
		return;
	}
	snprintf(whole, sizeof(whole), "timeout %d sh -c '%s' >/dev/null 2>&1",
	    PATIENCE, command);
	status = system(whole);
	if (status == -1)
		exit(2);
	took = bench_ms() - begin;
	printf("  %-10s%s %.0f ms, %.1f times ours\n", name,
	    WEXITSTATUS(status) == ENDED ? " more than" : "", took,
	    took / ours);
}

static void
compare_with_others(const struct port *imap)
{
	double ours = bench_fastest(words_for(imap, 1), BENCH_FINE, RUNS);
	char at[80];

	snprintf(at, sizeof(at), "%s:%u", imap->far->address, imap->far->port);
	setenv("AT", at, 1);
	printf("one port (imap, STARTTLS): %.0f ms\n", ours);
	for (size_t i = 0; i < COUNT(others); i++)
		compare_with(others[i].name, others[i].command, ours);
}

int
main(void)
{
	struct port ports[PORTS];
	struct mail_options options = { .chain = own_chain, .key = own_key };
	struct dovecot *d;
	struct postfix *p;

	if (mail_servers_missing() != NULL) {
		fprintf(stderr, "%s\n", mail_servers_missing());
		return 77;
	}
	if (own_certificate_make(NULL) != 0)
		return 2;
	d = dovecot_start(&options);
	p = postfix_start(&options, d);
	find_ports(d, p, ports);
	need_tls_at_all(ports);
	look_at_all(ports);
	compare_with_others(&ports[2]);
	for (size_t i = 0; i < PORTS; i++)
		delay_proxy_stop(ports[i].far);
	postfix_stop(p);
	dovecot_stop(d);
	own_certificate_remove(NULL);
	return bench_missed > 0;
}
