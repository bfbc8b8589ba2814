/* Plain mode: the DMARC step, and a key behind a passphrase. */
#include "plain_fixture.h"

#include "../harness/pty.h"

#define SPF	 "@ TXT \"v=spf1 mx ~all\"\n"
#define DMARC(r) WORLD SPF "_dmarc TXT \"" r "\"\n"

static struct outcome
in_step(const char *zone, const char *number, const char *lines)
{
	char all[512];

	put_file(changing, zone);
	snprintf(all, sizeof(all), "example.org\n#%s\n%sq\n", number, lines);
	return go(changing, all);
}

static void
says(struct outcome *o, const char *text)
{
	if (strstr(o->out, text) == NULL)
		fail_msg("not said: %s\n%s", text, o->out);
}

static void
says_not(struct outcome *o, const char *text)
{
	if (strstr(o->out, text) != NULL)
		fail_msg("said: %s\n%s", text, o->out);
}

/* --- DMARC --------------------------------------------------------------- */

static void
each_value_is_explained_and_chosen(void **state)
{
	/* 1 p, 4 adkim, 10 fo */
	struct outcome o =
	    in_step(DMARC("v=DMARC1; p=none; rua=mailto:d@example.org"), "4",
		"1\n3\n4\n2\n10\n2\n");

	(void)state;
	says(&o, " 1  [x] none: ");
	says(&o, " 3  [ ] reject: ");
	says(&o, "WARN  Your mail that fails SPF and DKIM is refused");
	says(&o, " 2  [ ] strict: ");
	says(&o, " 1  [x] 0: When neither SPF nor DKIM passes");
	says(&o, "v=DMARC1; p=reject; adkim=s; rua=mailto:d@example.org; fo=1");
	command_free(&o);
}

static void
a_new_record_is_published(void **state)
{
	struct outcome o = in_step(WORLD SPF, "4", "p\n\n");

	(void)state;
	says(&o, "adkim: DKIM alignment: relaxed, not written");
	says(&o, "Path: begin with p=none and reports.");
	says(&o,
	    "Your record, TXT at _dmarc.example.org:\nv=DMARC1; p=none; rua=mailto:dmarc-reports@");
	says(&o, "_dmarc");
	says(&o, "y it is published");
	command_free(&o);
}

static void
the_path_is_dated_and_taken(void **state)
{
	struct outcome o =
	    in_step(DMARC("v=DMARC1; p=none; rua=mailto:d@example.org"), "4",
		"d\nn\nd\ny\nu\n");

	(void)state;
	says(&o, "Path: p=none now; next: quarantine (t=y), not before ");
	says(&o, " 1  p=none, now, and in your record. ");
	says(&o, "WARN  quarantine (t=y) is early. Older receivers");
	says(&o, "v=DMARC1; p=quarantine; t=y; rua=mailto:d@example.org");
	says(&o, "The DMARC record is as it was before.");
	command_free(&o);
}

static void
alignment_is_tried(void **state)
{
	struct outcome o =
	    in_step(WORLD "@ TXT \"v=spf1 mx include:servers.mcsv.net ~all\"\n"
			  "_dmarc TXT \"v=DMARC1; p=none; adkim=s\"\n",
		"4",
		"a\nb@news.example.org\nd=news.example.org\n\na\n\n\na\n"
		"no domain\n\n\n");

	(void)state;
	says(&o,
	    "    From example.org, MAIL FROM example.org: relaxed yes, strict");
	says(&o, "MAIL FROM mcsv.net (Mailchimp): relaxed no, strict no; it");
	says(&o, "MAIL FROM news.example.org: relaxed yes, strict no; it");
	says(&o, "FAIL  MAIL FROM: ");
	command_free(&o);
}

static void
what_the_judge_suggests_is_taken_over(void **state)
{
	struct outcome o = in_step(
	    DMARC("v=DMARC1; p=rejct; rua=d@example.org"), "4", "m\nu\nm\n");

	(void)state;
	says(&o, "As it was meant; m takes it over:\nv=DMARC1; p=reject;");
	says(&o, "Taken over. u takes it back; publish it then.");
	says(&o,
	    "Your record, TXT at _dmarc.example.org:\nv=DMARC1; p=reject; rua=mailto:d@example.org\n");
	command_free(&o);
	o = in_step(
	    DMARC("v=DMARC1; p=none; rua=mailto:d@example.org"), "4", "m\n");
	says(&o, "There is nothing to repair.");
	command_free(&o);
}

static void
reports_to_others_need_their_consent(void **state)
{
	struct outcome o = in_step(
	    DMARC("v=DMARC1; p=none; rua=mailto:d@reports.example"), "4", "");

	(void)state;
	says(&o,
	    "Its owner has to publish TXT "
	    "example.org._report._dmarc.reports.example:\n    \"v=DMARC1\"");
	command_free(&o);
}

/* --- a passphrase -------------------------------------------------------- */

static void
make_locked_key(void)
{
	char command[512];

	snprintf(command, sizeof(command),
	    "openssl genpkey -algorithm ed25519 -aes128 "
	    "-pass pass:correct -out '%s/k.pem' 2>/dev/null",
	    state_dir);
	assert_int_equal(system(command), 0);
}

static void
remove_key(void)
{
	char path[160];

	snprintf(path, sizeof(path), "%s/k.pem", state_dir);
	assert_int_equal(unlink(path), 0);
}

static void
a_passphrase_is_read_from_a_pipe(void **state)
{
	struct outcome o;
	char lines[256];
	char *plan;

	(void)state;
	make_locked_key();
	snprintf(lines, sizeof(lines), "f\n%s/k.pem\nguessed-it\ncorrect\n",
	    state_dir);
	o = in_step(WORLD SPF, "3", lines);
	says(&o, "locked by a passphrase");
	says(&o, "The passphrase does not open this key.");
	says(&o, "The public part of the key is taken");
	says_not(&o, "correct");
	says_not(&o, "guessed-it");
	plan = saved();
	assert_null(strstr(plan, "correct"));
	free(plan);
	command_free(&o);
	/* Three wrong ones, or none, and the key is left. */
	snprintf(lines, sizeof(lines), "f\n%s/k.pem\na\nb\nc\nf\n%s/k.pem\n\n",
	    state_dir, state_dir);
	o = in_step(WORLD SPF, "3", lines);
	says_not(&o, "The public part");
	command_free(&o);
	remove_key();
}

static void
a_terminal_shows_no_passphrase(void **state)
{
	const char *env[] = { state_env, "TERM=xterm-256color", NULL };
	const char *argv[] = { mailwizard(), "--plain", "--offline", "--zone",
		changing, "example.org", NULL };
	struct terminal *t;
	char keys[256];

	(void)state;
	make_locked_key();
	state_forget();
	put_file(changing, WORLD SPF);
	t = terminal_start(argv, env, 24, 80);
	assert_true(terminal_wait(t, "Enter to go on"));
	terminal_keys(t, "#3<Enter>");
	assert_true(terminal_wait(t, "f read the key in a file"));
	snprintf(keys, sizeof(keys), "f<Enter>%s/k.pem<Enter>", state_dir);
	terminal_keys(t, keys);
	assert_true(terminal_wait(t, "Its passphrase"));
	assert_int_equal(terminal_modes(t).c_lflag & ECHO, 0);
	terminal_keys(t, "correct<Enter>");
	assert_true(terminal_wait(t, "v=DKIM1; k=ed25519"));
	assert_int_not_equal(terminal_modes(t).c_lflag & ECHO, 0);
	assert_null(strstr(terminal_output(t, NULL), "correct"));
	/* Interrupted while it is asked for, the echo is back too. */
	terminal_keys(t, keys);
	terminal_settle(t, 200);
	terminal_keys(t, "<C-c>");
	assert_int_equal(terminal_exit(t), 130);
	assert_int_not_equal(terminal_modes(t).c_lflag & ECHO, 0);
	terminal_end(t);
	remove_key();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_value_is_explained_and_chosen),
		cmocka_unit_test(a_new_record_is_published),
		cmocka_unit_test(the_path_is_dated_and_taken),
		cmocka_unit_test(alignment_is_tried),
		cmocka_unit_test(what_the_judge_suggests_is_taken_over),
		cmocka_unit_test(reports_to_others_need_their_consent),
		cmocka_unit_test(a_passphrase_is_read_from_a_pipe),
		cmocka_unit_test(a_terminal_shows_no_passphrase),
	};

	return cmocka_run_group_tests(tests, begin, state_end);
}
