/* Why a signature fails: one change at a time, and what is said of it. */
#include "../harness/verdict.h"
#include "../harness/unit.h"

#define PASS .result = DKIM_PASS
#define FAIL .result = DKIM_FAIL

#define BODY_ONLY   .reason = "body of the message was changed"
#define HEADER_ONLY .reason = "Signed header fields were changed"
#define WRONG_KEY   .reason = "is not the one that signed"
#define RSA2048                                                                \
	{                                                                      \
		.key = SIGNER_RSA2048                                          \
	}
#define ED25519                                                                \
	{                                                                      \
		.key = SIGNER_ED25519                                          \
	}
#define SIMPLE                                                                 \
	{                                                                      \
		.c = "simple/simple"                                           \
	}
#define EDIT(f, p) .edit = { { f, p } }

/* Which part is wrong, told by the padding of RSA. */
static const struct verdict_case parts[] = {
	{ "body", RSA2048, EDIT("lost", "won"), FAIL, BODY_ONLY,
	    .autopsy = "Let the signer be the last" },
	{ "body, Ed25519", ED25519, EDIT("lost", "won"), FAIL, BODY_ONLY },
	{ "header", RSA2048, EDIT("Is dinner", "Was dinner"), FAIL, HEADER_ONLY,
	    .autopsy = "None of the usual changes" },
	{ "header, Ed25519", ED25519, EDIT("Is dinner", "Was dinner"), FAIL,
	    .reason = "or the key at test._domainkey.example.org is not" },
	{ "both", RSA2048,
	    .edit = { { "Is dinner", "Was dinner" }, { "lost", "won" } }, FAIL,
	    .reason = "Both the body and the signed header fields" },
	{ "both, Ed25519", ED25519,
	    .edit = { { "Is dinner", "Was dinner" }, { "lost", "won" } }, FAIL,
	    .reason = "and so were signed header fields, or the key" },
	{ "another key", RSA2048, .other = true,
	    .publish = SIGNER_OTHER_RSA2048, FAIL, WRONG_KEY,
	    .autopsy = "another private key" },
	{ "a key of another size", RSA2048, .other = true,
	    .publish = SIGNER_RSA1024, FAIL, WRONG_KEY,
	    .autopsy = "2048 bits and the key at test._domainkey.example.org "
		       "has 1024" },
	{ "another Ed25519 key", ED25519, .other = true,
	    .publish = SIGNER_OTHER_ED25519, FAIL,
	    .reason = "is not the one that signed" },
	{ "another key, and the body", RSA2048, .other = true,
	    .publish = SIGNER_OTHER_RSA2048, EDIT("lost", "won"), FAIL,
	    WRONG_KEY },
	{ "SHA-1 signed under the name of SHA-256", { .sha1 = true }, FAIL,
	    .autopsy = "not a SHA-256 hash" },
	{ "two keys, the second is right", RSA2048,
	    .zone = "test._domainkey TXT \"v=DKIM1; p=AAAA\"\n", PASS },
};

static const struct verdict_case headers[] = {
	{ "mark in front of the Subject", RSA2048,
	    EDIT("Is dinner", "[EXT] Is dinner"), FAIL, HEADER_ONLY,
	    .autopsy = "\"[EXT]\" was added to the Subject" },
	{ "the same, Ed25519", ED25519, EDIT("Is dinner", "[EXT] Is dinner"),
	    FAIL, .autopsy = "\"[EXT]\" was added to the Subject" },
	{ "the same, simple, one space", SIMPLE,
	    EDIT("Is dinner", "***SPAM*** Is dinner"), FAIL,
	    .autopsy = "\"***SPAM***\" was added to the Subject" },
	{ "several words in front", RSA2048,
	    EDIT("Is dinner", "Possibly not wanted: Is dinner"), FAIL,
	    .autopsy = "\"Possibly not wanted:\" was added" },
	{ "behind the Subject", RSA2048, EDIT("ready?", "ready? (checked)"),
	    FAIL, .autopsy = "\"(checked)\" was added to the Subject" },
	{ "a field added that h= lists", { .h = "from:reply-to" },
	    EDIT("Subject:", "Reply-To: a@example.net\r\nSubject:"), FAIL,
	    .autopsy = "\"Reply-To: a@example.net\" was added after" },
	{ "the same, Ed25519", { .h = "from:reply-to", .key = SIGNER_ED25519 },
	    EDIT("Subject:", "Reply-To: a@example.net\r\nSubject:"), FAIL,
	    .autopsy = "was added after" },
	{ "a second Subject below", RSA2048,
	    EDIT("Date:", "Subject: other\r\nDate:"), FAIL,
	    .autopsy = "The message has several Subject fields" },
	{ "a field taken out", RSA2048,
	    EDIT("To: Suzie <suzie@example.net>,\r\n\tBob  "
		 "<bob@example.net>\r\n",
		""),
	    FAIL, .autopsy = "Signed, but not in this message: to" },
	{ "folded again, simple", SIMPLE,
	    EDIT("Is dinner   ready?", "Is\r\n dinner   ready?"), FAIL,
	    .autopsy = "broken into lines again" },
	{ "a blank at the end, simple", SIMPLE, EDIT("ready?", "ready? "), FAIL,
	    .autopsy = "broken into lines again" },
	{ "converted",
	    { .header = "From: a@example.org\n"
			"Content-Transfer-Encoding: 8bit\n",
		.h = "from:content-transfer-encoding" },
	    EDIT("8bit", "quoted-printable"), FAIL,
	    .autopsy = "was 8bit and is quoted-printable" },
	{ "c= names another one", { .c = "simple/simple" },
	    EDIT("c=simple", "c=relaxed"), FAIL },
	{ "LF hashed, relaxed", { .lf = true }, FAIL,
	    .autopsy = "lines that end in LF" },
	{ "LF hashed, simple", { .lf = true, .c = "simple/simple" }, FAIL,
	    .autopsy = "lines that end in LF" },
	{ "a copy in z=",
	    { .tags = "z=From:Joe=20<joe@example.org>|Subject:Is=20dinner=20"
		      "=20=20ready?; " },
	    EDIT("Is dinner", "Was dinner"), FAIL,
	    .autopsy = "The field Subject was \"Is dinner   ready?\"" },
	{ "a copy proves it",
	    { .tags = "z=Subject:Is=20dinner=20=20=20ready?; " },
	    EDIT("Is dinner", "Was dinner"), FAIL,
	    .autopsy = "that is the whole reason" },
	{ "copies that say the same",
	    { .tags = "z=Subject:Is=20dinner=20ready?|X; " },
	    EDIT("-0700", "-0800"), FAIL,
	    .autopsy = "None of the usual changes" },
};

static const struct verdict_case bodies[] = {
	{ "a footer", RSA2048, EDIT("Joe.\r\n", "Joe.\r\n-- \r\nThe list\r\n"),
	    FAIL, BODY_ONLY,
	    .autopsy = "The first 6 lines of the body are as they were signed; "
		       "what follows was added afterwards, beginning with "
		       "\"--\"" },
	{ "a footer, simple", SIMPLE,
	    EDIT("Joe.\r\n", "Joe.\r\n\r\nThe list\r\n"), FAIL, BODY_ONLY,
	    .autopsy = "beginning with \"The list\"" },
	{ "a footer, LF file", RSA2048,
	    EDIT("Joe.\r\n", "Joe.\r\nThe list\r\n"), .lf = true, FAIL,
	    .autopsy = "beginning with \"The list\"" },
	{ "a footer without line end", RSA2048,
	    EDIT("Joe.\r\n", "Joe.\r\nThe list"), FAIL,
	    .autopsy = "beginning with \"The list\"" },
	{ "a line on top", RSA2048, EDIT("\r\n\r\nHi.", "\r\n\r\nWarn\r\nHi."),
	    FAIL, .autopsy = "One line was put on top" },
	{ "three lines on top, simple", SIMPLE,
	    EDIT("\r\n\r\nHi.", "\r\n\r\nThis is\r\nfrom outside\r\n\r\nHi."),
	    FAIL, .autopsy = "3 lines were put on top" },
	{ "blanks, simple", SIMPLE, EDIT("Hi.", "Hi. "), FAIL,
	    .autopsy = "relaxed/relaxed, which forgives" },
	{ "simple was hashed", { .c = "relaxed/simple" },
	    EDIT("c=relaxed/simple", "c=relaxed/relaxed"), FAIL,
	    .autopsy = "The body hash is right for \"simple\"" },
	{ "relaxed was hashed", RSA2048,
	    EDIT("c=relaxed/relaxed", "c=relaxed/simple"), FAIL,
	    .autopsy = "The body hash is right for \"relaxed\"" },
	{ "LF hashed", { .lf = true }, FAIL,
	    .autopsy = "a body whose lines end in LF" },
	{ "a body that is gone", RSA2048,
	    EDIT("Hi.\r\n\r\nWe lost  the game. \r\nAre you hungry "
		 "yet?\r\n\r\nJoe.\r\n",
		""),
	    FAIL, .autopsy = "There is no body in this file" },
	{ "a body that was not there, relaxed",
	    { .bh = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }, FAIL,
	    .autopsy = "that of an empty body" },
	{ "a body that was not there, simple",
	    { .c = "simple/simple",
		.bh = "frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=" },
	    FAIL, .autopsy = "that of an empty body" },
	{ "mbox puts > before From", { .body = "Hi.\nFrom here to there\n" },
	    EDIT("From here", ">From here"), FAIL,
	    .autopsy = "put \">\" before lines" },
	{ "dots are doubled", { .body = "Hi.\n.\n.x\n" },
	    .edit = { { "\r\n.\r\n", "\r\n..\r\n" }, { "\r\n.x", "\r\n..x" } },
	    FAIL, .autopsy = "one dot too many" },
};

static void
test_parts(void **state)
{
	(void)state;
	verdict_check(parts, COUNT(parts));
}

static void
test_headers(void **state)
{
	(void)state;
	verdict_check(headers, COUNT(headers));
}

static void
test_bodies(void **state)
{
	(void)state;
	verdict_check(bodies, COUNT(bodies));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_bodies),
	};

	return cmocka_run_group_tests_name("dkim_autopsy", tests, NULL, NULL);
}
