/* mailwizard verify: verdicts, words, exit status; CONTRACT sections 1 to 3. */
#include "../harness/unit.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../../checks/base/str.h"
#include "../harness/command.h"
#include "../harness/verdict.h"

#define ANY_DATA "@ A 192.0.2.1\n"

static char *key; /* the zone line of the key that signs */

static int
setup(void **state)
{
	char *text;

	(void)state;
	assert_true(asprintf(&text, "v=DKIM1; p=%s",
			signer_public(SIGNER_RSA2048)) > 0);
	key = verdict_record("test", text);
	free(text);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	free(key);
	return 0;
}

struct verify_case {
	const char *what;
	struct signing sign;
	bool unsigned_; /* the message without a signature */
	struct edit edit;
	const char *zone; /* with the key, unless it begins with "-" */
	const char *options; /* words with a blank between, or NULL */
	int status;
	const char *result; /* of dmarc, as JSON */
	const char *first; /* a part of the first line of text */
	const char *json; /* another part of the JSON, or NULL */
};

#define REJECT	   "_dmarc TXT \"v=DMARC1; p=reject\"\n"
#define QUARANTINE "_dmarc TXT \"v=DMARC1; p=quarantine; sp=reject\"\n"
#define SPF	   "@ TXT \"v=spf1 ip4:192.0.2.1 -all\"\n"
#define RECEIVED                                                               \
	"Return-Path: <joe@example.org>\n"                                     \
	"Received: from mail.example.org (x [192.0.2.1]) by mx; Fri\n"
static const char broken[] = "Hi.";

static const struct verify_case cases[] = {
	{ "signed", .zone = REJECT, .status = 0, .result = "\"pass\"",
	    .first = "really from example.org",
	    .json = "\"disposition\": \"none\"" },
	{ "changed, SPF not known", .edit = { broken, "Ho." }, .zone = REJECT,
	    .status = 1, .result = "null", .first = "DKIM does not show",
	    .json = "\"reason\": \"spf-unknown\"" },
	{ "changed, SPF fails", .edit = { broken, "Ho." }, .zone = REJECT SPF,
	    .options = "--ip 192.0.2.2", .status = 1, .result = "\"fail\"",
	    .first = "Receivers cannot tell",
	    .json = "\"disposition\": \"reject\"" },
	{ "changed, SPF passes", .edit = { broken, "Ho." }, .zone = REJECT SPF,
	    .options = "--ip 192.0.2.1", .status = 1, .result = "\"pass\"",
	    .first = "is allowed to by SPF",
	    .json = "\"spf\": {\"result\": \"pass\", \"domain\": "
		    "\"example.org\", \"aligned\": true" },
	{ "both pass", .zone = REJECT SPF, .options = "--ip 192.0.2.1",
	    .status = 0, .result = "\"pass\"",
	    .first = "its DKIM signature and SPF are right" },
	{ "unsigned, SPF not known", .unsigned_ = true, .zone = REJECT,
	    .status = 0, .result = "null", .json = "\"dkim\": []" },
	{ "unsigned, SPF fails", .unsigned_ = true, .zone = REJECT SPF,
	    .options = "--ip 192.0.2.2", .status = 1, .result = "\"fail\"",
	    .first = "it is not signed" },
	{ "unsigned, SPF passes", .unsigned_ = true, .zone = REJECT SPF,
	    .options = "--ip 192.0.2.1", .status = 0, .result = "\"pass\"" },
	{ "SPF of another domain", .unsigned_ = true,
	    .zone = REJECT "example.net. TXT \"v=spf1 ip4:192.0.2.1 -all\"\n",
	    .options = "--ip 192.0.2.1 --sender a@example.net", .status = 1,
	    .result = "\"fail\"", .first = "Receivers cannot tell",
	    .json = "\"domain\": \"example.net\", \"aligned\": false" },
	{ "the null sender is the HELO name", .unsigned_ = true,
	    .zone = REJECT "mail TXT \"v=spf1 ip4:192.0.2.1 -all\"\n",
	    .options = "--ip 192.0.2.1 --sender <> --helo mail.example.org",
	    .status = 0, .result = "\"pass\"" },
	{ "no record", .zone = "", .status = 0, .result = "\"none\"",
	    .first = "has no DMARC record", .json = "\"record_domain\": null" },
	{ "no record, changed", .edit = { broken, "Ho." }, .zone = "",
	    .status = 1, .result = "\"none\"" },
	{ "a record that says nothing", .zone = "_dmarc TXT \"v=DMARC1\"\n",
	    .status = 1, .result = "\"permerror\"" },
	{ "quarantine", .unsigned_ = true, .zone = QUARANTINE SPF,
	    .options = "--ip 192.0.2.2", .status = 1, .result = "\"fail\"",
	    .first = "treat it as suspicious",
	    .json = "\"disposition\": \"quarantine\"" },
	{ "a name below: sp", .unsigned_ = true,
	    .edit = { "joe@example.org", "joe@sub.example.org" },
	    .zone = QUARANTINE SPF "sub A 192.0.2.1\n",
	    .options = "--ip 192.0.2.2", .status = 1, .result = "\"fail\"",
	    .json = "\"policy\": \"reject\"" },
	{ "relaxed alignment",
	    { .header = "From: joe@sub.example.org\n", .h = "from" },
	    .zone = REJECT, .status = 0, .result = "\"pass\"",
	    .json = "\"aligned\": true" },
	{ "strict alignment",
	    { .header = "From: joe@sub.example.org\n", .h = "from" },
	    .zone = "_dmarc TXT \"v=DMARC1; p=none; adkim=s\"\n" SPF,
	    .options = "--ip 192.0.2.2", .status = 1, .result = "\"fail\"",
	    .json = "\"aligned\": false" },
	{ "no From", { .header = "Subject: x\n", .h = "from" }, .zone = REJECT,
	    .status = 1, .result = "\"permerror\"", .first = "no From field",
	    .json = "\"from_domain\": null" },
	{ "two From fields", .edit = { "To:", "From: x@example.com\nTo:" },
	    .zone = REJECT, .status = 1, .result = "\"permerror\"",
	    .first = "several From" },
	{ "the header is trusted", { .header = RECEIVED SIGNER_HEADER },
	    .edit = { broken, "Ho." }, .zone = REJECT SPF,
	    .options = "--trust-received", .status = 1, .result = "\"pass\"",
	    .json = "\"spf\": {\"result\": \"pass\"" },
	{ "the header is not asked", { .header = RECEIVED SIGNER_HEADER },
	    .edit = { broken, "Ho." }, .zone = REJECT SPF, .status = 1,
	    .result = "null", .json = "\"spf\": null" },
	{ "no Received to trust", .edit = { broken, "Ho." }, .zone = REJECT,
	    .options = "--trust-received", .status = 1, .result = "null" },
	{ "no key", .zone = "-" REJECT, .status = 1, .result = "null",
	    .json = "\"result\": \"permerror\"" },
	{ "testing",
	    .zone = "-" REJECT "test._domainkey TXT \"v=DKIM1; t=y; "
		    "p=AAAA\"\n",
	    .status = 1, .result = "null", .json = "\"id\": \"dkim-testing\"" },
	{ "a part is signed", { .tags = "l=5; ", .limited = true, .limit = 5 },
	    .zone = REJECT, .status = 0, .result = "\"pass\"",
	    .json = "\"id\": \"dkim-part-signed\"" },
};

static char *
edited(char *text, const struct edit *edit)
{
	char *at = edit->find != NULL ? strstr(text, edit->find) : NULL;
	char *out;

	if (at == NULL)
		return text;
	assert_true(asprintf(&out, "%.*s%s%s", (int)(at - text), text,
			edit->put, at + strlen(edit->find)) > 0);
	free(text);
	return out;
}

static char *
message_of(const struct verify_case *row)
{
	if (row->unsigned_)
		return edited(
		    strdup(SIGNER_HEADER "\n" SIGNER_BODY), &row->edit);
	return edited(signer_sign(&row->sign), &row->edit);
}

/* The words of the row and these, run. */
static struct outcome
run(const struct verify_case *row, const char *zone, const char *message,
    const char *last)
{
	const char *words[16] = { "verify", "--offline", "--zone", zone,
		message, last };
	size_t n = last != NULL ? 6 : 5;
	char *copy = strdup(row->options != NULL ? row->options : "");
	struct outcome o;

	for (char *word = strtok(copy, " "); word != NULL && n < 15;
	     word = strtok(NULL, " "))
		words[n++] = word;
	o = command_words(NULL, words);
	free(copy);
	return o;
}

static void
check_case(const struct verify_case *row)
{
	char *text = message_of(row);
	const char *message = command_file("message.eml", text);
	bool keyless = row->zone[0] == '-';
	char *zone_text, *wanted;
	const char *zone;
	struct outcome o;

	assert_true(
	    asprintf(&zone_text, "$ORIGIN example.org.\n" ANY_DATA "%s%s",
		keyless ? "" : key, row->zone + keyless) > 0);
	zone = command_file("world.zone", zone_text);
	o = run(row, zone, message, "--json");
	assert_true(
	    asprintf(&wanted, "\"dmarc\": {\"result\": %s,", row->result) > 0);
	if (o.status != row->status || strstr(o.out, wanted) == NULL ||
	    (row->json != NULL && strstr(o.out, row->json) == NULL))
		fail_msg("%s: %d %s%s", row->what, o.status, o.out, o.err);
	command_free(&o);
	o = run(row, zone, message, NULL);
	for (char *p = o.out; *p != '\0' && strncmp(p, "\n\n", 2) != 0; p++)
		if (*p == '\n')
			*p = ' '; /* the sentence in one line */
	if (row->first != NULL && strstr(o.out, row->first) == NULL)
		fail_msg("%s: %s", row->what, o.out);
	assert_int_equal(o.status, row->status);
	assert_string_equal(o.err, "");
	command_free(&o);
	free(wanted);
	free(zone_text);
	free(text);
}

static void
verdicts(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		check_case(&cases[i]);
}

static const struct {
	const char *line; /* for a shell; $MW is the program */
	const char *err;
} wrong[] = {
	{ "$MW verify", "needs the file of a message" },
	{ "$MW verify /nonexistent/x", "cannot be opened" },
	{ "$MW verify /", "is a folder" },
	{ "$MW verify /dev/null", "is empty" },
	{ "echo hello | $MW verify -", "is not a mail message" },
	{ "printf 'a: b\\n\\nFrom: a@b.c\\n' | $MW verify -",
	    "is not a mail message" },
	{ "printf '\\320\\317\\021\\340\\241\\261\\032\\341x' | $MW verify -",
	    "Outlook" },
	{ "head -c 3000000 /dev/zero | tr '\\0' x | $MW verify -",
	    "not a message" },
	{ "(echo 'From: a@example.org'; yes 'X: y' | head -9000) | $MW verify "
	  "-",
	    "more than" },
	{ "$MW verify a b", "one too many" },
	{ "$MW verify --sender a@b.c x", "needs the address" },
	{ "$MW verify --helo b.c x", "needs the address" },
	{ "$MW verify --ip example.org x", "is not an IPv4" },
	{ "$MW verify --host a.example x", "no option of" },
};

static void
bad_input_is_one_sentence(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct outcome o = command_shell(wrong[i].line);
		const char *end = strchr(o.err, '\n');

		if (o.status != 2 || strstr(o.err, wrong[i].err) == NULL)
			fail_msg("%s: %d %s", wrong[i].line, o.status, o.err);
		assert_string_equal(o.out, "");
		assert_true(end != NULL && end[1] == '\0');
		command_free(&o);
	}
}

/* stdin, a pipe, a file with LF: the same verdict. */
static void
every_way_in(void **state)
{
	static const char *const lines[] = {
		"$MW verify %s %s",
		"$MW verify %s - < %s",
		"cat %2$s | $MW verify %1$s -",
		"tr -d '\\r' < %2$s | $MW verify %1$s -",
		"(cat %2$s; sleep 0.1) | $MW verify %1$s /dev/stdin",
	};
	struct signing sign = { .body = NULL };
	char *text = signer_sign(&sign), *zone_text;
	const char *message = command_file("in.eml", text);
	const char *zone;

	(void)state;
	assert_true(asprintf(&zone_text, "$ORIGIN example.org.\n" REJECT "%s",
			key) > 0);
	zone = command_file("in.zone", zone_text);
	for (size_t i = 0; i < COUNT(lines); i++) {
		char options[512], line[2048];
		struct outcome o;

		snprintf(options, sizeof(options), "--offline --zone %s", zone);
		snprintf(line, sizeof(line), lines[i], options, message);
		o = command_shell(line);
		if (o.status != 0)
			fail_msg("%s: %s%s", line, o.out, o.err);
		command_free(&o);
	}
	free(zone_text);
	free(text);
}

/* Keys, policy and SPF from a real server; silence is no verdict. */
static void
from_a_server(void **state)
{
	char *zone;
	struct zone_source source = { .name = "example.org" };
	struct server *nsd;
	struct signing sign = { .body = NULL };
	char *text = signer_sign(&sign);
	const char *message = command_file("served.eml", text);
	struct outcome o;

	(void)state;
	NEED_SERVERS();
	assert_true(asprintf(&zone, REJECT SPF "%s", key) > 0);
	source.text = zone;
	nsd = nsd_start(&source, 1);
	o = command_run(
	    NULL, "verify", "--dns", nsd->at, message, "--ip", "192.0.2.1");
	if (o.status != 0)
		fail_msg("%s%s", o.out, o.err);
	assert_non_null(strstr(o.out, "(DMARC passes)"));
	assert_non_null(strstr(o.out, "SPF: pass (example.org)"));
	command_free(&o);
	server_pause(nsd);
	o = command_run(NULL, "verify", "--dns", nsd->at, message, "--json",
	    "--timeout", "0.7");
	assert_int_equal(o.status, 3);
	assert_non_null(strstr(o.out, "\"dkim\": [{\"result\": \"temperror\""));
	assert_non_null(strstr(o.out, "\"id\": \"dns-timeout\""));
	command_free(&o);
	server_resume(nsd);
	server_stop(nsd);
	free(zone);
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verdicts),
		cmocka_unit_test(bad_input_is_one_sentence),
		cmocka_unit_test(every_way_in),
		cmocka_unit_test(from_a_server),
	};

	return cmocka_run_group_tests_name("verify", tests, setup, teardown);
}
