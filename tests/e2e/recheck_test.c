/*
 * From "I have published it" to "visible": two name servers, one of them late,
 * and a resolver that remembers.
 */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../harness/pty.h"
#include "../harness/state.h"

#define ZONE(text)                                                             \
	"@ 300 SOA ns1 hostmaster 1 3600 600 86400 300\n"                      \
	"@ NS ns1\n@ NS ns2\n"                                                 \
	"ns1 A 127.0.0.41\nns2 A 127.0.0.42\n"                                 \
	"@ MX 10 mail\nmail A 192.0.2.25\n"                                    \
	"_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:d@example.org\"\n"        \
	"@ 3600 TXT \"" text "\"\n"

#define REVERSE                                                                \
	{                                                                      \
		"2.0.192.in-addr.arpa", "25 PTR mail.example.org.\n"           \
	}

static const struct zone_source before[] = {
	{ "example.org", ZONE("v=spf1 mx ~all") },
	REVERSE,
};
static const struct zone_source after[] = {
	{ "example.org", ZONE("v=spf1 mx ip4:192.0.2.9 -all") },
	REVERSE,
};

/* The same of DMARC: only this record differs. */
#define DMARC_ZONE(text)                                                       \
	"@ 300 SOA ns1 hostmaster 1 3600 600 86400 300\n"                      \
	"@ NS ns1\n@ NS ns2\n"                                                 \
	"ns1 A 127.0.0.41\nns2 A 127.0.0.42\n"                                 \
	"@ MX 10 mail\nmail A 192.0.2.25\n"                                    \
	"@ TXT \"v=spf1 mx -all\"\n_dmarc 3600 TXT \"" text "\"\n"

static const struct zone_source dmarc_before[] = {
	{ "example.org",
	    DMARC_ZONE("v=DMARC1; p=none; rua=mailto:d@example.org") },
	REVERSE,
};
static const struct zone_source dmarc_after[] = {
	{ "example.org",
	    DMARC_ZONE("v=DMARC1; p=quarantine; rua=mailto:d@example.org") },
	REVERSE,
};

static const char dmarc_plan[] = "# mailwizard plan 1\n"
				 "domain = example.org\n"
				 "dmarc.p = quarantine\n"
				 "dmarc.rua = mailto:d@example.org\n"
				 "dmarc.begun = yes\n"
				 "step = dmarc\n";

static const char plan[] = "# mailwizard plan 1\n"
			   "domain = example.org\n"
			   "spf.term = mx\n"
			   "spf.term = ip4:192.0.2.9\n"
			   "spf.term = -all\n"
			   "spf.begun = yes\n"
			   "step = spf\n";

struct world {
	struct server *primary, *secondary, *unbound;
	char authoritative[40];
};

static void
begin(struct world *w, const struct zone_source zones[2], const char *text)
{
	struct stub stubs[2];
	char path[128];
	FILE *file;

	w->primary = nsd_start_at("127.0.0.41", 0, zones, 2);
	w->secondary = nsd_start_at("127.0.0.42", w->primary->port, zones, 2);
	stubs[0] = (struct stub){ "example.org", w->primary };
	stubs[1] = (struct stub){ "2.0.192.in-addr.arpa", w->primary };
	w->unbound = unbound_start(stubs, 2);
	snprintf(w->authoritative, sizeof(w->authoritative),
	    "--authoritative=%u", w->primary->port);
	assert_true(state_make());
	snprintf(path, sizeof(path), "%s/mailwizard", state_dir);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(
	    path, sizeof(path), "%s/mailwizard/example.org.plan", state_dir);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static void
end(struct world *w)
{
	server_stop(w->unbound);
	server_stop(w->secondary);
	server_stop(w->primary);
	assert_true(state_remove());
}

static struct terminal *
start(struct world *w)
{
	const char *env[] = { state_env, "TERM=xterm-256color", NULL };
	const char *argv[] = { mailwizard(), "--dns", w->unbound->at,
		w->authoritative, "example.org", NULL };

	return terminal_start(argv, env, 24, 80);
}

static void
quit(struct terminal *t, int status)
{
	terminal_keys(t, "<C-x>");
	assert_true(terminal_wait(t, "saved"));
	terminal_keys(t, "y");
	assert_int_equal(terminal_exit(t), status);
	terminal_end(t);
}

static void
say_published(struct terminal *t)
{
	assert_true(terminal_wait(t, "another record: v=spf1 mx ~all"));
	for (int i = 0; i < 8 && !terminal_shows(t, "> Value"); i++) {
		terminal_keys(t, "<Tab>");
		terminal_settle(t, 50);
	}
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "It is published"));
	assert_true(terminal_wait(t, "Asks DNS whether it is there"));
	terminal_keys(t, "<Enter>");
}

/* Late at the second server; the seconds run; s stops them, F5 goes on. */
static void
wait_for_both(struct world *w, struct terminal *t)
{
	assert_true(terminal_wait(t, "Not at any of the name servers yet."));
	nsd_reload(w->primary, after, 2);
	terminal_keys(t, "<F5>");
	assert_true(terminal_wait(t, "Published at 1 of 2 name servers."));
	assert_true(
	    terminal_wait(t, "ns2.example.org still has the old record."));
	assert_true(terminal_wait(t, "Looking again in 2"));
	terminal_keys(t, "s");
	assert_true(terminal_wait(t, "Stopped looking; F5 looks again."));
	nsd_reload(w->secondary, after, 2);
	terminal_keys(t, "<F5>");
	assert_true(terminal_wait(t, "Published at both name servers."));
	assert_true(terminal_wait(t, "Resolvers may keep the old one until"));
}

static void
look_at_each(struct terminal *t)
{
	terminal_keys(t, "<F6>");
	assert_true(terminal_wait(t, "Where the record is by now"));
	assert_true(terminal_wait(t, "yes, at both name servers"));
	assert_true(terminal_wait(t, "127.0.0.42       OK  the record"));
	assert_true(terminal_wait(t, "an old record"));
	assert_true(terminal_wait(t, "v=spf1 mx ~all"));
	terminal_keys(t, "<Esc>");
	assert_true(terminal_wait_gone(t, "Where the record is by now"));
}

/* From DMARC through the steps of the ports. */
static void
walk_to_list(struct terminal *t)
{
	for (int step = 5; step <= 8; step++) {
		char text[32];

		snprintf(text, sizeof(text), "Step %d of 8", step);
		terminal_keys(t, "<C-n>");
		assert_true(terminal_wait(t, text));
	}
}

static void
from_published_to_visible(void **state)
{
	struct world w;
	struct terminal *t;

	(void)state;
	NEED_SERVERS();
	begin(&w, before, plan);
	t = start(&w);
	say_published(t);
	wait_for_both(&w, t);
	look_at_each(t);
	quit(t, 1);

	/* It goes on where it was left. */
	t = start(&w);
	assert_true(terminal_wait(t, "Published at both name servers."));
	server_restart(w.unbound);
	terminal_keys(t, "<F5>");
	assert_true(terminal_wait(t, "Published at both name servers, and"));
	assert_true(terminal_wait_gone(t, "Looking again"));
	terminal_keys(t, "<C-n>");
	assert_true(terminal_wait(t, "Step 3 of 8"));
	terminal_keys(t, "<C-n>");
	assert_true(terminal_wait(t, "Step 4 of 8"));
	walk_to_list(t);
	assert_true(terminal_wait(t, "verified "));
	quit(t, 0);
	end(&w);
}

/* --- the same with DMARC -------------------------------------------------- */

static void
say_dmarc_published(struct terminal *t)
{
	assert_true(terminal_wait(t, "Step 4 of 8"));
	assert_true(terminal_wait(t, "[DMARC !!]"));
	for (int i = 0; i < 30 && !terminal_wait_ms(t, "repair this", 400); i++)
		terminal_keys(t, "<Tab>");
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait(t, "Replace the TXT record at the name"));
	assert_true(terminal_wait(t, "> < It is published >"));
	terminal_keys(t, "<Enter>");
	assert_true(terminal_wait_gone(t, "Replace the TXT record"));
}

static void
dmarc_from_published_to_visible(void **state)
{
	struct world w;
	struct terminal *t;

	(void)state;
	NEED_SERVERS();
	begin(&w, dmarc_before, dmarc_plan);
	t = start(&w);
	say_dmarc_published(t);
	assert_true(terminal_wait(t, "Not at any of the name servers yet."));
	nsd_reload(w.primary, dmarc_after, 2);
	terminal_keys(t, "<F5>");
	assert_true(terminal_wait(t, "Published at 1 of 2 name servers."));
	terminal_keys(t, "s");
	assert_true(terminal_wait(t, "Stopped looking"));
	nsd_reload(w.secondary, dmarc_after, 2);
	terminal_keys(t, "<F5>");
	assert_true(terminal_wait(t, "Published at both name servers."));
	assert_true(terminal_wait(t, "[DMARC !!]"));
	/* Each with what it has; the resolver remembers. */
	terminal_keys(t, "<F6>");
	assert_true(terminal_wait(t, "Where the record is by now"));
	assert_true(terminal_wait(t, "yes, at both name servers"));
	assert_true(terminal_wait(t, "127.0.0.42       OK  the record"));
	assert_true(terminal_wait(t, "an old record"));
	assert_true(terminal_wait(t, "p=none; rua=mailto:d@example.org"));
	terminal_keys(t, "<Esc>");
	assert_true(terminal_wait_gone(t, "Where the record is by now"));
	quit(t, 1);

	/* It goes on where it was left. */
	t = start(&w);
	assert_true(terminal_wait(t, "Published at both name servers."));
	server_restart(w.unbound);
	terminal_keys(t, "<F5>");
	assert_true(terminal_wait(t, "Published at both name servers, and"));
	assert_true(terminal_wait(t, "[DMARC ok]"));
	walk_to_list(t);
	assert_true(terminal_wait(t, "DMARC: Published at both name servers"));
	quit(t, 0);
	end(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_published_to_visible),
		cmocka_unit_test(dmarc_from_published_to_visible),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
