/*
 * "mailwizard server" and hostile servers: what it says of them, that the
 * others are not affected, and how soon it ends.
 */
#include "../harness/unit.h"

#include "../harness/mail_responder.h"
#include "../harness/pty.h"
#include "server_fixture.h"

#define HOSTILE_MS 25000 /* the slowest of them, and some time to spare */

/* ESC with a sequence no program sends, OSC 52, C1 in UTF-8 and as an octet. */
#define EVIL "\033[?9876h\033]52;c;aGk=\007\302\233\233\342\200\256\377"

static const char *const bad[] = { "\033[?9876h", "\033]52", "\302\233",
	"\342\200\256", "\377" };

static void
is_clean(const char *text, size_t n)
{
	for (size_t i = 0; i < COUNT(bad); i++)
		if (memmem(text, n, bad[i], strlen(bad[i])) != NULL)
			fail_msg("sequence %zu came through", i);
}

static const struct mail_answer evil_answers[] = {
	{ .command = "CAPABILITY",
	    .reply = "* CAPABILITY IMAP4rev1 " EVIL " STARTTLS\r\n$ OK\r\n" },
	{ .command = NULL, .reply = "$ BAD " EVIL "\r\n" },
};
static const struct mail_step silent[] = { { .act = M_WAIT },
	{ .act = M_END } };
static const struct mail_step slow[] = {
	{ .act = M_SLOW, .text = "* OK an octet in a second", .ms = 1000 },
	{ .act = M_END },
};
static const struct mail_step endless[] = {
	{ .act = M_FLOOD, .text = "* OK and so on" },
	{ .act = M_END },
};
static const struct mail_step endless_lines[] = {
	{ .act = M_SAY, .text = "* OK\r\n" },
	{ .act = M_FLOOD, .text = "* OK and so on\r\n" },
	{ .act = M_END },
};
static const struct mail_step binary[] = {
	{ .act = M_SAY, .text = "\000\001\002\377\376\n\000\n", .len = 8 },
	{ .act = M_WAIT },
	{ .act = M_END },
};
static const struct mail_step ssh[] = {
	{ .act = M_SAY, .text = "SSH-2.0-" EVIL "\r\n" },
	{ .act = M_WAIT },
	{ .act = M_END },
};
static const struct mail_step resets[] = { { .act = M_RESET },
	{ .act = M_END } };
static const struct mail_step hangs_up[] = {
	{ .act = M_SAY, .text = "* OK hi\r\n" },
	{ .act = M_HEAR },
	{ .act = M_END },
};
static const struct mail_step evil[] = {
	{ .act = M_SAY, .text = "* OK " EVIL "\r\n" },
	{ .act = M_SERVE, .answers = evil_answers },
	{ .act = M_END },
};
static const struct mail_step turned_away[] = {
	{ .act = M_SAY, .text = "* BYE " EVIL "\r\n" },
	{ .act = M_END },
};

static const struct hostile {
	const struct mail_step *steps;
	const char *id;
	bool slow; /* takes seconds */
} hostile[] = {
	{ silent, "port-silent", true },
	{ slow, "port-silent", true },
	{ endless, "port-talks-nonsense", false },
	{ endless_lines, "port-talks-nonsense", false },
	{ binary, "port-talks-nonsense", false },
	{ ssh, "port-wrong-protocol", false },
	{ resets, "port-refused-greeting", false },
	{ hangs_up, "port-refused-greeting", false },
	{ evil, "starttls-refused", false },
	{ turned_away, "port-refused-greeting", false },
};

#define HOSTILE COUNT(hostile)

static void
begin_hostile(struct mail_responder *servers[static HOSTILE], struct words *w,
    bool slow_ones)
{
	for (size_t i = 0; i < HOSTILE; i++) {
		servers[i] = NULL;
		if (hostile[i].slow && !slow_ones)
			continue;
		servers[i] = mail_responder_start(
		    &(struct mail_script){ .steps = hostile[i].steps });
		add_service(w, "imap", servers[i]->port, "starttls");
	}
}

static void
end_hostile(struct mail_responder *servers[static HOSTILE])
{
	for (size_t i = 0; i < HOSTILE; i++)
		mail_responder_stop(servers[i]);
}

static void
hostile_servers_harm_nobody(void **state)
{
	struct mail_responder *servers[HOSTILE];
	struct words w = server_words();
	struct mail_options o = sound_options();
	long begun = now_ms();
	struct outcome out;
	struct dovecot *d;
	json_t *root, *services;

	(void)state;
	NEED_MAIL_SERVERS();
	d = dovecot_start(&o);
	begin_hostile(servers, &w, true);
	add_service(&w, "imap", d->imaps, "tls");
	out = run(w, "--json");
	assert_true(now_ms() - begun < HOSTILE_MS);
	assert_int_equal(out.status, 1);
	is_clean(out.out, out.out_len);
	root = parsed(&out);
	services = json_object_get(root, "services");
	assert_int_equal(json_array_size(services), HOSTILE + 1);
	for (size_t i = 0; i < HOSTILE; i++)
		if (!has_finding(json_array_get(services, i), hostile[i].id))
			fail_msg("no %s at server %zu: %s", hostile[i].id, i,
			    json_dumps(json_array_get(services, i), 0));
	assert_true(has_finding(json_array_get(services, HOSTILE), "port-ok"));
	json_decref(root);
	command_free(&out);
	end_hostile(servers);
	dovecot_stop(d);
}

static struct terminal *
start_in_terminal(struct words *w)
{
	const char *argv[WORDS + 1] = { mailwizard() };

	memcpy(argv + 1, w->list, w->n * sizeof(argv[0]));
	return terminal_start(argv, NULL, 60, 100);
}

static void
nothing_raw_comes_to_the_terminal(void **state)
{
	struct mail_responder *servers[HOSTILE];
	struct words w = server_words();
	struct terminal *t;
	const char *all;
	size_t n;

	(void)state;
	begin_hostile(servers, &w, false);
	add(&w, "--verbose");
	t = start_in_terminal(&w);
	assert_int_equal(terminal_exit(t), 1);
	all = terminal_output(t, &n);
	assert_non_null(memmem(all, n, "starttls-refused", 16));
	is_clean(all, n);
	terminal_end(t);
	end_hostile(servers);
}

static void
it_can_be_broken_off(void **state)
{
	struct words w = server_words();
	struct mail_responder *r =
	    mail_responder_start(&(struct mail_script){ .steps = silent });
	struct terminal *t;
	long begun;

	(void)state;
	add_service(&w, "imap", r->port, "starttls");
	t = start_in_terminal(&w);
	terminal_settle(t, 500);
	begun = now_ms();
	terminal_keys(t, "<C-c>");
	assert_int_equal(terminal_exit(t), 130);
	assert_true(now_ms() - begun < 1000);
	terminal_end(t);
	mail_responder_stop(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hostile_servers_harm_nobody),
		cmocka_unit_test(nothing_raw_comes_to_the_terminal),
		cmocka_unit_test(it_can_be_broken_off),
	};

	return cmocka_run_group_tests(tests, pki_world_make, pki_world_end);
}
