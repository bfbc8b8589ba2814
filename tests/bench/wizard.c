/*
 * tests/bench/wizard.c - what the wizard and a whole check cost, beside the
 * target of each.
 *
 *	wizard [-c]	(-c: the check alone)
 *
 * Gives 1 when a target is missed.  The clock of a busy machine lies.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../harness/bench.h"
#include "../harness/pty.h"
#include "../harness/responder.h"

#define ZONE   "tests/ui/zones/good.zone"
#define STARTS 30
#define KEYS   400
#define IDLE   3 /* seconds */
#define CHECKS 9
#define DELAY  50 /* milliseconds of each answer */
#define SLOW   2000 /* while keys are pressed */
#define CHAIN                                                                  \
	4 /* MX -> A -> PTR -> A; SPF -> include -> include ->
			include: what nobody can ask sooner */
#define FLAGS (R_AA | R_RA)
#define N(a)  (sizeof(a) / sizeof((a)[0]))

/* Types by number: no header of DNS knows them all. */
enum { A = 1, NS = 2, SOA = 6, PTR = 12, MX = 15, TXT = 16 };

#define SOA_OF(zone) zone ". 300 SOA ns1.example.org. h." zone ". 1 2 3 4 5\n"

#define WORLD(ms)                                                                     \
	{                                                                             \
		{ "example.org", MX, FLAGS, 0, ms, 0,                                 \
			"example.org. 300 MX 10 mail.example.org.\n", NULL },         \
		    { "example.org", NS, FLAGS, 0, ms, 0,                             \
			    "example.org. 300 NS ns1.example.org.\n"                  \
			    "example.org. 300 NS ns2.example.org.\n",                 \
			    NULL },                                                   \
		    { "example.org", SOA, FLAGS, 0, ms, 0,                            \
			    SOA_OF("example.org"), NULL },                            \
		    { "example.org", TXT, FLAGS, 0, ms, 0,                            \
			    "example.org. 300 TXT \"v=spf1 mx include:a.example.net " \
			    "-all\"\n",                                               \
			    NULL },                                                   \
		    { "a.example.net", TXT, FLAGS, 0, ms, 0,                          \
			    "a.example.net. 300 TXT \"v=spf1 include:b.example.net "  \
			    "-all\"\n",                                               \
			    NULL },                                                   \
		    { "b.example.net", TXT, FLAGS, 0, ms, 0,                          \
			    "b.example.net. 300 TXT \"v=spf1 include:c.example.net "  \
			    "-all\"\n",                                               \
			    NULL },                                                   \
		    { "c.example.net", TXT, FLAGS, 0, ms, 0,                          \
			    "c.example.net. 300 TXT \"v=spf1 ip4:1.1.1.0/24 "         \
			    "-all\"\n",                                               \
			    NULL },                                                   \
		    { "_dmarc.example.org", TXT, FLAGS, 0, ms, 0,                     \
			    "_dmarc.example.org. 300 TXT \"v=DMARC1; p=reject; "      \
			    "rua=mailto:d@example.org\"\n",                           \
			    NULL },                                                   \
		    { "mail.example.org", A, FLAGS, 0, ms, 0,                         \
			    "mail.example.org. 300 A 1.1.1.1\n", NULL },              \
		    { "1.1.1.1.in-addr.arpa", PTR, FLAGS, 0, ms, 0,                   \
			    "1.1.1.1.in-addr.arpa. 300 PTR mail.example.org.\n",      \
			    NULL },                                                   \
		    { "ns1.example.org", A, FLAGS, 0, ms, 0,                          \
			    "ns1.example.org. 300 A 127.0.0.1\n", NULL },             \
		    { "ns2.example.org", A, FLAGS, 0, ms, 0,                          \
			    "ns2.example.org. 300 A 127.0.0.1\n", NULL },             \
		    { "example.org", 0, FLAGS, 0, ms, 0, NULL,                        \
			    SOA_OF("example.org") },                                  \
		    { "mail.example.org", 0, FLAGS, 0, ms, 0, NULL,                   \
			    SOA_OF("example.org") },                                  \
		    { "ns1.example.org", 0, FLAGS, 0, ms, 0, NULL,                    \
			    SOA_OF("example.org") },                                  \
		    { "ns2.example.org", 0, FLAGS, 0, ms, 0, NULL,                    \
			    SOA_OF("example.org") },                                  \
		    { NULL, 0, FLAGS | R_NXDOMAIN, 0, ms, 0, NULL,                    \
			    SOA_OF("example.org") },                                  \
	}

static const struct reply prompt[] = WORLD(0);
static const struct reply delayed[] = WORLD(DELAY);
static const struct reply slow[] = WORLD(SLOW);

static void
need(bool there)
{
	if (there)
		return;
	fputs("bench: the screen did not come\n", stderr);
	exit(2);
}

static struct terminal *
start(const char *const argv[])
{
	const char *env[] = { "XDG_STATE_HOME=/tmp/mailwizard-bench", NULL };

	if (system("rm -rf /tmp/mailwizard-bench") != 0)
		exit(2);
	return terminal_start(argv, env, 24, 80);
}

/* A number of /proc/PID/status. */
static long
status_of(struct terminal *t, const char *name)
{
	char path[64], line[128];
	long n = -1;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)terminal_pid(t));
	file = fopen(path, "r");
	need(file != NULL);
	while (fgets(line, sizeof(line), file) != NULL)
		if (strncmp(line, name, strlen(name)) == 0)
			n = strtol(strchr(line, ':') + 1, NULL, 10);
	fclose(file);
	return n;
}

/* --- the screen ---------------------------------------------------------- */

static void
first_screen(void)
{
	const char *argv[] = { mailwizard(), "--offline", "--zone", ZONE,
		NULL };
	double took[STARTS];

	for (int i = 0; i < STARTS; i++) {
		double begin = bench_ms();
		struct terminal *t = start(argv);

		need(terminal_wait(t, "^X Quit"));
		took[i] = bench_ms() - begin;
		terminal_end(t);
	}
	qsort(took, STARTS, sizeof(took[0]), bench_compare);
	bench_tell("start to the first screen, median of 30", took[STARTS / 2],
	    "ms", 50);
}

/* Tab to the next field, and back: the mark of the focus moves. */
static void
keys(void)
{
	struct responder *r = responder_start("127.0.0.1", slow, N(slow));
	char dns[64], what[80];
	const char *argv[] = { mailwizard(), "--dns", dns, "example.org",
		NULL };
	struct terminal *t;
	double took[KEYS];

	snprintf(dns, sizeof(dns), "127.0.0.1:%d", r->server.port);
	t = start(argv);
	need(terminal_wait(t, "looking"));
	for (int i = 0; i < KEYS; i++) {
		double begin;

		if (i % 100 == 0) { /* all questions afresh */
			terminal_keys(t, "<F5>");
			terminal_settle(t, 50);
		}
		begin = bench_ms();
		terminal_keys(t, i % 2 == 0 ? "<Tab>" : "<S-Tab>");
		need(terminal_wait(
		    t, i % 2 == 0 ? "> HELO" : "> Addresses that"));
		took[i] = bench_ms() - begin;
	}
	qsort(took, KEYS, sizeof(took[0]), bench_compare);
	snprintf(what, sizeof(what),
	    "key to repaint, 99%% of 400, %u questions asked",
	    responder_heard(r));
	bench_tell(what, took[KEYS * 99 / 100], "ms", 16);
	terminal_end(t);
	responder_stop(r);
}

static void
rest(void)
{
	const char *argv[] = { mailwizard(), "--offline", "--zone", ZONE,
		"example.org", NULL };
	struct terminal *t = start(argv);
	struct timespec while_idle = { IDLE, 0 };
	long before;

	need(terminal_wait(t, "Step 1 of"));
	terminal_settle(t, 500);
	terminal_keys(t, "<C-n>");
	need(terminal_wait(t, "Step 2 of"));
	terminal_settle(t, 1000);
	bench_tell("resident memory at most, after the checks",
	    (double)status_of(t, "VmHWM") / 1024, "MB", 16);
	before = status_of(t, "voluntary");
	nanosleep(&while_idle, NULL);
	bench_tell("wake-ups in 3 idle seconds",
	    (double)(status_of(t, "voluntary") - before), "", 0);
	terminal_end(t);
}

/* --- a whole check ------------------------------------------------------- */

/* The median of some runs against one world; words end in the server. */
static double
median_of(const struct reply *world, const char *words, bool authoritative,
    int wanted)
{
	struct responder *r = responder_start("127.0.0.1", world, N(delayed));
	char all[256];
	double median;

	snprintf(
	    all, sizeof(all), "%s --dns 127.0.0.1:%d", words, r->server.port);
	if (authoritative)
		snprintf(all + strlen(all), sizeof(all) - strlen(all),
		    " --authoritative=%d", r->server.port);
	median = bench_median(all, wanted, CHECKS);
	responder_stop(r);
	return median;
}

/* What one answer takes here: the delay, and what makes it late. */
static double
one_trip(void)
{
	static const char words[] = "spf c.example.net --ip 8.8.8.8";

	return median_of(delayed, words, false, 1) -
	    median_of(prompt, words, false, 1);
}

/*
 * What the delay adds, in answers: the round trips, without our own time, to
 * the nearest whole one.
 */
static void
check(const char *what, bool authoritative, double trip)
{
	static const char words[] =
	    "check example.org --skip pop3,imap4,submission";
	double own = median_of(prompt, words, authoritative, 0);
	double trips =
	    (median_of(delayed, words, authoritative, 0) - own) / trip;
	char text[80];

	snprintf(text, sizeof(text), "%s (chain %d)", what, CHAIN);
	bench_tell(text, (double)(long)(trips + 0.5), "trips", CHAIN + 1);
	bench_tell("  the same, answered at once", own, "ms", DELAY);
}

int
main(int argc, char *argv[])
{
	double trip;

	if (argc < 2 || strcmp(argv[1], "-c") != 0) {
		first_screen();
		keys();
		rest();
	}
	trip = one_trip();
	check("check, each answer 50 ms late", false, trip);
	check("check, asking the domain's own servers too", true, trip);
	return bench_missed > 0;
}
