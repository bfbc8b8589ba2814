/* The wizard as lines of text, by pipes. */
#include "plain_fixture.h"

/* --- the whole way ------------------------------------------------------- */

static void
is_green(struct outcome *o)
{
	assert_non_null(strstr(o->out, "exactly this record is published"));
	assert_null(strstr(o->out, "FAIL"));
	assert_int_equal(o->status, 0);
	assert_true(
	    ends_with(o->out, "Continue: mailwizard --plain example.org\n"));
	command_free(o);
}

#define NOT_USED "1\n3\n\n" /* in the step of a protocol */

/*
 * From nothing: the proposal, the record shown, put into DNS, seen there.
 * The zone file is what the person changes at the provider; a second run goes
 * on with the saved plan.
 */
static void
from_nothing_to_green(void **state)
{
	struct outcome o;

	(void)state;
	put_file(changing, WORLD);
	o = go(changing, "https://Example.org/\n\n2\n\n\np\ny\n\n\n");
	assert_non_null(strstr(o.out, "Mail domain: example.org\n"));
	assert_non_null(strstr(o.out, "no SPF record is published yet"));
	assert_non_null(strstr(o.out, "Value:\nv=spf1 mx ~all\n"));
	assert_non_null(strstr(o.out, "resolver does not show it yet"));
	assert_int_equal(o.status, 1);
	command_free(&o);
	put_file(changing,
	    WORLD
	    "@ TXT \"v=spf1 mx ~all\"\n"
	    "_dmarc TXT \"v=DMARC1; p=none; rua=mailto:d@example.org\"\n");
	/* Back to SPF, asked again, without DKIM; nobody uses the ports. */
	o = command_run("1\n#2\n!\n\ns\n\n" NOT_USED NOT_USED NOT_USED "\n",
	    "--plain", "--zone", changing, "--offline");
	assert_non_null(strstr(o.out, "Saved work:\n 1  example.org, "));
	is_green(&o);
}

/* A repair that the program offers, by its number. */
static void
a_broken_record_is_repaired(void **state)
{
	struct outcome o = go(broken, "example.org\n\n\n\n\n4\n1\nt\n\n\n");
	char *plan = saved();

	(void)state;
	assert_non_null(strstr(o.out, "Take over the repaired"));
	assert_non_null(strstr(o.out, "192.0.2.25: pass"));
	assert_non_null(
	    strstr(plan, "spf.term = mx\nspf.term = ~all\nspf.begun = yes\n"));
	assert_non_null(strstr(o.out, "\nv=spf1 mx ~all\n"));
	assert_int_equal(o.status, 1); /* it is not published */
	free(plan);
	command_free(&o);
}

/* Every command of the SPF step, one after the other. */
static void
terms_are_edited(void **state)
{
	static const struct {
		const char *lines;
		const char *terms; /* in the saved plan */
	} edits[] = {
		{ "a\n3\n192.0.2.26\n", "mx|ip4:192.0.2.26|-all" },
		{ "a\ninclude:_spf.example.net\n",
		    "mx|include:_spf.example.net|-all" },
		{ "a\n1\n\nu\n", "mx|-all" },
		{ "a\n2\n\n", "mx|a|-all" },
		{ "1\n2\n", "-all" },
		{ "1\n2\nu\n", "mx|-all" },
		{ "1\n1\na:mail.example.org\n", "a:mail.example.org|-all" },
		{ "1\n4\n", "-all|mx" },
		{ "2\n3\n", "-all|mx" },
		{ "1\n5\n3\n", "~mx|-all" },
		{ "e\n2\n", "mx|~all" },
		{ "1\n\na\n\ne\n\n", "mx|-all" },
		{ "1\n3\n", "mx|-all" }, /* the first one already */
		{ "a\n<\n1\n<\n", "mx|-all" },
		{ "1\n2\nl\n", "mx|-all" },
	};

	(void)state;
	put_file(changing, WORLD "@ TXT \"v=spf1 mx -all\"\n");
	for (size_t i = 0; i < COUNT(edits); i++) {
		char lines[256];
		char found[256] = "";
		struct outcome o;
		char *plan;

		snprintf(lines, sizeof(lines), "example.org\n\n\n\n\n%s\n\n",
		    edits[i].lines);
		o = go(changing, lines);
		plan = saved();
		for (char *p = plan; (p = strstr(p, "spf.term = ")) != NULL;) {
			size_t n = strcspn(p += 11, "\n");

			snprintf(found + strlen(found),
			    sizeof(found) - strlen(found), "%s%.*s",
			    *found == '\0' ? "" : "|", (int)n, p);
		}
		if (strcmp(found, edits[i].terms) != 0)
			fail_msg("%s: %s\n%s", edits[i].lines, found, o.out);
		free(plan);
		command_free(&o);
	}
}

/* --- what is typed wrong ------------------------------------------------- */

static void
wrong_lines_are_told(void **state)
{
	char *lines = malloc(32768);
	struct outcome o;

	(void)state;
	strcpy(lines, "\nlocalhost\n");
	memset(lines + strlen(lines), 'a', 10000);
	strcpy(lines + 11 + 10000,
	    "\nexample.org\n\n9\n\n\n99\n0\n-1\n1 77\n"
	    "1.2.3\n192.0.2.25\nxyz\n\n6x\n\n\n");
	put_file(changing, WORLD "@ TXT \"v=spf1 mx -all\"\n");
	o = go(changing, lines);
	assert_non_null(strstr(o.out, "An answer is needed here"));
	assert_non_null(strstr(o.out, "FAIL  \"localhost\""));
	assert_non_null(strstr(o.out, "longer than 4095 characters"));
	assert_non_null(strstr(o.out, "none of the choices. Choose one"));
	assert_non_null(strstr(o.out, "\"99\" is none of the choices"));
	assert_non_null(strstr(o.out, "\"0\" is none of the choices"));
	assert_non_null(strstr(o.out, "\"-1\" is none of the choices"));
	assert_non_null(strstr(o.out, "\"77\" is none of the choices"));
	assert_non_null(strstr(o.out, "\"1.2.3\""));
	assert_non_null(strstr(o.out, "\"xyz\" is none of the choices"));
	assert_non_null(strstr(o.out, "\"6x\" is none of the choices"));
	command_free(&o);
	free(lines);
}

/* At every question the input may end: it is saved, and said how to go on. */
static void
the_end_may_come_anywhere(void **state)
{
	static const char all[] =
	    "example.org\nmail.example.org\n2\n\n1\n\n2\n\n5\n\n"
	    "a\n3\n\n1\n5\n\n1\n1\n\ne\n\np\n2\ny\nr\n\n9\n\n";
	size_t at = 0;

	(void)state;
	put_file(changing, WORLD "@ TXT \"v=spf1 mx +all\"\n");
	for (;;) {
		char lines[sizeof(all)] = "";
		struct outcome o;

		memcpy(lines, all, at);
		o = go(changing, lines);
		if (o.status != 1 ||
		    strstr(o.out, "mailwizard --plain") == NULL ||
		    !ends_with(o.out,
			strstr(o.out, "Step ") == NULL
			    ? "again with: mailwizard --plain\n"
			    : "Continue: mailwizard --plain example.org\n"))
			fail_msg("%s: %d %s", lines, o.status, o.out);
		assert_string_equal(o.err, "");
		command_free(&o);
		if (all[at] == '\0')
			break;
		at += strcspn(all + at, "\n") + 1;
	}
}

static void
q_quits_and_back_goes_back(void **state)
{
	struct outcome o = go(bare, "example.org\n<\n<\n\n\n\n\n\n<\n<\nq\n");

	(void)state;
	assert_non_null(strstr(o.out, "This is the first question"));
	assert_int_equal(o.status, 1);
	assert_true(
	    ends_with(o.out, "Continue: mailwizard --plain example.org\n"));
	command_free(&o);
}

/* --- hostile octets ------------------------------------------------------ */

static void
hostile_octets_are_shown(void **state)
{
	struct outcome o = go(hostile,
	    "example.org\n\n\n\n\n1\n\n2\n\n3\n\n4\n\n5\n\np\n1\n2\n"
	    "3\n4\n\nt\n\n1\n\n2\n\n\n");

	(void)state;
	assert_non_null(strstr(o.out, "\\027]52;c;eA==\\007"));
	assert_non_null(strstr(o.out, "\\155"));
	assert_non_null(strstr(o.out, "\\226\\128\\174"));
	command_free(&o);
	o = go(bare, "ex\033[2Jample\001.org\n\302\233\342\200\256\nq\n");
	command_free(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_nothing_to_green),
		cmocka_unit_test(a_broken_record_is_repaired),
		cmocka_unit_test(terms_are_edited),
		cmocka_unit_test(wrong_lines_are_told),
		cmocka_unit_test(the_end_may_come_anywhere),
		cmocka_unit_test(q_quits_and_back_goes_back),
		cmocka_unit_test(hostile_octets_are_shown),
	};

	return cmocka_run_group_tests(tests, begin, state_end);
}
