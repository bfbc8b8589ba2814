/* Plain mode: help on each number, other steps, services, addresses. */
#include "plain_fixture.h"

#define SPF_IS(text) WORLD "@ TXT \"" text "\"\n"
#define TO_SPF	     "example.org\n\n\n\n\n" /* four questions, one step */

static struct outcome
in_spf(const char *zone, const char *lines)
{
	char all[512];

	put_file(changing, zone);
	snprintf(all, sizeof(all), TO_SPF "%sq\n", lines);
	return go(changing, all);
}

static void
says(struct outcome *o, const char *text)
{
	if (strstr(o->out, text) == NULL)
		fail_msg("not said: %s\n%s", text, o->out);
}

/* --- help ---------------------------------------------------------------- */

static void
each_number_is_explained(void **state)
{
	struct outcome o = in_spf(
	    SPF_IS("v=spf1 mx +all"), "?1\n? 2\n?3\n?99\n<\n?1\n#3\n?1\n");

	(void)state;
	says(&o, "mx: the servers in the MX records");
	says(&o, "all: everybody else");
	says(&o, "There is no number 99 here: they are 1 to ");
	says(&o, "Addresses from which mail of this domain leaves.");
	command_free(&o);
}

static void
each_choice_is_explained(void **state)
{
	struct outcome o = in_spf(SPF_IS("v=spf1 mx ~all"),
	    "a\n?8\n\n1\n5\n?3\n\ne\n?1\n\np\n?2\n\n");

	(void)state;
	says(&o, "ptr: ");
	says(&o, "\"~\": probably may not send");
	says(&o, "\"-\": may not send");
	says(&o, "Zone file: for BIND");
	command_free(&o);
}

/* The texts name keys that plain mode has not. */
static void
keys_are_in_our_words(void **state)
{
	struct outcome o = in_spf(WORLD, "?\n?2\np\ny\n#5\n1\n\n");

	(void)state;
	says(&o, "! looks now");
	if (strstr(o.out, "F5") != NULL || strstr(o.out, "F3") != NULL)
		fail_msg("a key of the screen: %s", o.out);
	command_free(&o);
}

/* An answer that begins with the sign of help is an answer. */
static void
a_neutral_term_is_no_question(void **state)
{
	struct outcome o = in_spf(SPF_IS("v=spf1 mx ~all"), "a\n?a\n");

	(void)state;
	says(&o, "\nv=spf1 mx ?a ~all\n");
	command_free(&o);
}

/* --- other steps --------------------------------------------------------- */

static void
every_step_is_reached(void **state)
{
	struct outcome o =
	    in_spf(SPF_IS("v=spf1 mx ~all"), "#\n1\n#3\n#9\n\n1\n#2\n");

	(void)state;
	says(&o, " 2  SPF, in order: ");
	says(&o, "(you are here)");
	says(&o, "There is no step 9: they are 1 to ");
	command_free(&o);
	o = go(changing, "#2\nexample.org\n#2\nq\n");
	says(&o, "First the domain, then the other steps.");
	says(&o, "Step 2 of ");
	command_free(&o);
}

/* --- services ------------------------------------------------------------ */

static void
a_service_is_picked(void **state)
{
	struct outcome o = in_spf(
	    SPF_IS(
		"v=spf1 mx ~all") "_spf.google.com. TXT \"v=spf1 ip4:192.0.2.0/24 ~all\"\n",
	    "a\n5\ngoogle\n?1\n1\ny\na\n5\ngoogle\n1\na\n5\nnobody of them\n");

	(void)state;
	says(&o, "  1  Google Workspace, ");
	says(&o, "Costs 1 of 10 lookups. Your record then needs 2.");
	says(&o, "OK    Added include:_spf.google.com.");
	says(&o, "\nv=spf1 mx include:_spf.google.com ~all\n");
	says(&o, "; in the record");
	says(&o, "It is in the record already.");
	says(&o, "None has this in its name.");
	command_free(&o);
	o = in_spf(SPF_IS("v=spf1 mx ~all"), "a\n5\ngoogle\n1\n\n");
	if (strstr(o.out, "v=spf1 mx include:") != NULL)
		fail_msg("added without a yes: %s", o.out);
	command_free(&o);
}

/* --- addresses ----------------------------------------------------------- */

static void
any_address_is_tried(void **state)
{
	struct outcome o = in_spf(SPF_IS("v=spf1 mx ~all"),
	    "e\n1\nt\nt 192.0.2.25\nt 192.0.2.99 a@example.org\nt 1.2\n");

	(void)state;
	says(&o, "    192.0.2.25: pass");
	says(&o, "    t 203.0.113.99  (");
	says(&o, "    With your record: pass");
	says(&o, "    With your record: fail");
	says(&o, "    In DNS now: softfail");
	says(&o, "\"1.2\" is no IP address");
	command_free(&o);
}

/* --- subdomains, domains without mail ------------------------------------ */

static void
subdomains_are_looked_at(void **state)
{
	struct outcome o;

	(void)state;
	put_file(changing, SPF_IS("v=spf1 mx ~all") "news A 192.0.2.30\n");
	o = go(changing, "example.org\n\n\n\n3\nnews\n\n?3\nb\n\nq\n");
	says(&o, "Subdomains that send: news.example.org");
	says(&o, "About the subdomains that send:");
	says(&o, "Checked SPF of the subdomains (");
	says(&o, " 3  ");
	says(&o, "Or: b the records that mend the subdomains.");
	says(&o, "These records mend what records can.");
	command_free(&o);
}

static void
a_domain_without_mail_has_companions(void **state)
{
	struct outcome o;

	(void)state;
	put_file(changing, SPF_IS("v=spf1 mx ~all"));
	o = go(changing, "example.org\n\n\n\n4 5\n\np\n\nq\n");
	says(&o, "\nv=spf1 -all\n");
	says(&o, "With it: _dmarc.example.org TXT v=DMARC1");
	says(&o, "With it: example.org MX 0 .");
	says(&o, "takes the place of all MX records");
	says(&o, "The record at _dmarc.example.org takes the place of");
	command_free(&o);
}

/* --- advice -------------------------------------------------------------- */

static void
advice_comes_with_the_choice(void **state)
{
	static const struct {
		const char *lines;
		const char *said;
	} rows[] = {
		{ "a\n8\n\n", "NOTE  Do not use ptr" },
		{ "a\n7\nexample.net\n", "NOTE  Without a macro" },
		{ "a\n+all\n", "NOTE  +all lets everybody send as you" },
		{ "a\nip4:10.0.0.1\n", "NOTE  An inside address" },
		{ "e\n1\n", "NOTE  Better ~all for some weeks first" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct outcome o =
		    in_spf(SPF_IS("v=spf1 mx ?all"), rows[i].lines);

		says(&o, rows[i].said);
		command_free(&o);
	}
}

/* --- publishing ----------------------------------------------------------- */

#define DMARC_IS(text) WORLD "_dmarc TXT \"" text "\"\n"

/* A record of DMARC in any form; then it is waited for, and that is ended. */
static void
dmarc_is_published_too(void **state)
{
	struct outcome o;

	(void)state;
	put_file(
	    changing, DMARC_IS("v=DMARC1; p=none; rua=mailto:d@example.org"));
	o = go(changing, TO_SPF "#4\n1\n3\np\n2\n4\ny\nstop\nstop\nq\n");
	says(&o, "Your record, TXT at _dmarc.example.org:");
	says(&o, "v=DMARC1; p=reject; rua=mailto:d@example.org");
	says(&o, "Or: p publish your record, in any form.");
	says(&o, "Replace the TXT record at the name _dmarc by this one.");
	says(&o, "_dmarc.example.org. 3600 IN TXT \"v=DMARC1; p=reject;");
	says(&o, "update delete _dmarc.example.org.");
	says(&o, "DMARC: said to be published.");
	says(&o, "the word stop ends that.");
	says(&o, "Stopped looking for the published record. ! looks again.");
	says(&o, "Nothing is waited for.");
	command_free(&o);
}

static void
a_key_is_published_too(void **state)
{
	struct outcome o;

	(void)state;
	put_file(changing, SPF_IS("v=spf1 mx -all"));
	o = go(changing,
	    TO_SPF "#3\n2\nmail2026\n4\nv=DKIM1; k=ed25519; "
		   "p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
		   "p\n2\ny\nq\n");
	says(&o, "mail2026._domainkey.example.org. 3600 IN TXT");
	says(&o, "DKIM key: said to be published.");
	command_free(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_number_is_explained),
		cmocka_unit_test(each_choice_is_explained),
		cmocka_unit_test(keys_are_in_our_words),
		cmocka_unit_test(a_neutral_term_is_no_question),
		cmocka_unit_test(every_step_is_reached),
		cmocka_unit_test(a_service_is_picked),
		cmocka_unit_test(any_address_is_tried),
		cmocka_unit_test(subdomains_are_looked_at),
		cmocka_unit_test(a_domain_without_mail_has_companions),
		cmocka_unit_test(advice_comes_with_the_choice),
		cmocka_unit_test(dmarc_is_published_too),
		cmocka_unit_test(a_key_is_published_too),
	};

	return cmocka_run_group_tests(tests, begin, state_end);
}
