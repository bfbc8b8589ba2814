/* Signatures verified, sentence by sentence: RFC 6376 sections 3 and 6. */
#include "../harness/verdict.h"
#include "../harness/unit.h"

#define LABEL60	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define PASS	  .result = DKIM_PASS
#define FAIL	  .result = DKIM_FAIL
#define POLICY	  .result = DKIM_POLICY
#define NEUTRAL	  .result = DKIM_NEUTRAL
#define PERMERROR .result = DKIM_PERMERROR

/* 3.4: every canonicalization, every key, every shape of body. */
static const struct verdict_case sound[] = {
	{ "relaxed/relaxed", PASS, .autopsy = "" },
	{ "relaxed/simple", { .c = "relaxed/simple" }, PASS },
	{ "simple/relaxed", { .c = "simple/relaxed" }, PASS },
	{ "simple/simple", { .c = "simple/simple" }, PASS },
	{ "relaxed alone: the body is simple", { .c = "relaxed" }, PASS },
	{ "simple alone", { .c = "simple" }, PASS },
	{ "no c=", { .c = "" }, PASS },
	{ "1024 bits", { .key = SIGNER_RSA1024 }, PASS },
	{ "Ed25519", { .key = SIGNER_ED25519 }, PASS },
	{ "Ed25519, simple", { .key = SIGNER_ED25519, .c = "simple/simple" },
	    PASS },
	{ "no body lines, relaxed", { .body = "" }, PASS },
	{ "no body lines, simple", { .body = "", .c = "simple/simple" }, PASS },
	{ "blank lines alone, relaxed", { .body = "\n\n\n" }, PASS },
	{ "blank lines alone, simple",
	    { .body = "\n\n\n", .c = "simple/simple" }, PASS },
	{ "white space alone, relaxed", { .body = " \n\t\n" }, PASS },
	{ "white space alone, simple",
	    { .body = " \n\t\n", .c = "simple/simple" }, PASS },
	{ "blank lines at the end", { .body = "a\n\n\n\n" }, PASS },
	{ "blank lines at the end, simple",
	    { .body = "a\n\n\n\n", .c = "simple/simple" }, PASS },
	{ "blank lines in front", { .body = "\n\n a\n" }, PASS },
	{ "blanks in front of a line", { .body = "  a\n\t b\n" }, PASS },
	{ "no line end at the end", { .body = "a\nb" }, PASS },
	{ "no line end at the end, simple",
	    { .body = "a\nb", .c = "simple/simple" }, PASS },
	{ "blanks and no line end", { .body = "a\nb \t" }, PASS },
	{ "octets above ASCII", { .body = "\xc3\xa4\xff\x80\n" }, PASS },
	{ "a long line of words",
	    { .body = "The quick brown fox jumps over the lazy dog, and again "
		      "the quick brown fox jumps over the lazy dog, twice.\n" },
	    PASS },
	{ "a long line with two blanks near its end",
	    { .body = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa  b\n" },
	    PASS },
	{ "a long line with a tab as last but one",
	    { .body = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\tb\n" },
	    PASS },
	{ "a long line that ends in blanks",
	    { .body = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa   \n" },
	    PASS },
	{ "b= in front", { .b_first = true }, PASS },
	{ "b= in front, simple", { .b_first = true, .c = "simple" }, PASS },
	{ "other tags are ignored", { .tags = "foo=bar; x_1=; " }, PASS },
	{ "q=", { .tags = "q=dns/txt; " }, PASS },
	{ "q= with another method", { .tags = "q=foo/bar:dns/txt; " }, PASS },
	{ "i= below d=", { .tags = "i=joe@mail.example.org; " }, PASS },
	{ "i= quoted", { .tags = "i=j=20o@example.org; " }, PASS },
	{ "i= without local part", { .tags = "i=@example.org; " }, PASS },
	{ "t= in the past", { .tags = "t=1500000000; " }, PASS },
	{ "t= in the future", { .tags = "t=1900000000; " }, PASS },
	{ "x= in the future", { .tags = "t=1; x=1900000000; " }, PASS },
	{ "x= of 12 digits", { .tags = "t=1; x=999999999999; " }, PASS },
	{ "selector with dots", { .s = "test" }, PASS },
	{ "the algorithm in capitals", { .a = "RSA-SHA256" }, PASS },
	{ "d= in capitals", { .d = "EXAMPLE.org" }, PASS },
};

static void
test_sound(void **state)
{
	(void)state;
	verdict_check(sound, COUNT(sound));
}

/* What is allowed to happen on the way, and how a file may look. */
static const struct verdict_case harmless[] = {
	{ "LF file", .lf = true, PASS },
	{ "LF file, simple", { .c = "simple/simple" }, .lf = true, PASS },
	{ "mbox line", .front = "From joe Mon Jan  1 00:00:00 2024\n", PASS },
	{ "mbox line, quoted", .front = ">From joe Mon Jan\r\n", PASS },
	{ "byte order mark", .front = "\xef\xbb\xbf", PASS },
	{ "mark and mbox line",
	    .front = "\xef\xbb\xbf"
		     "From joe Mon Jan\n",
	    PASS },
	{ "a field on top", .front = "Received: from a by b\r\n", PASS },
	{ "a folded field on top", .front = "X-A: a\r\n b\r\n\tc\r\n", PASS },
	{ "names in other letters", .edit = { { "Subject:", "SUBJECT:" } },
	    PASS },
	{ "folded again, relaxed", .edit = { { "ready?", "\r\n\t ready?" } },
	    PASS },
	{ "blanks before the colon", .edit = { { "Subject:", "Subject :" } },
	    PASS },
	{ "blanks at the end of a field",
	    .edit = { { "ready?", "ready?  \t" } }, PASS },
	{ "blanks in the body, relaxed",
	    .edit = { { "Hi.", "Hi. \t" }, { "lost  the", "lost the" } },
	    PASS },
	{ "lines at the end of the body",
	    .edit = { { "Joe.\r\n", "Joe.\r\n\r\n\r\n" } }, PASS },
	{ "the last line end is missing", .edit = { { "Joe.\r\n", "Joe." } },
	    PASS },
	{ "the same, simple", { .c = "simple/simple" },
	    .edit = { { "Joe.\r\n", "Joe." } }, PASS },
	{ "an unsigned field added",
	    .edit = { { "Subject:", "X-Spam: no\r\nSubject:" } }, PASS },
	{ "the header alone, no empty line", { .body = "" },
	    .edit = { { "-0700\r\n\r\n", "-0700\r\n" } }, PASS },
	{ "the header cut behind its last octet", { .body = "" },
	    .edit = { { "-0700\r\n\r\n", "-0700" } }, PASS },
	{ "simple, header alone", { .body = "", .c = "simple/simple" },
	    .edit = { { "-0700\r\n\r\n", "-0700\r\n" } }, PASS },
};

static void
test_harmless(void **state)
{
	(void)state;
	verdict_check(harmless, COUNT(harmless));
}

/* h=: absent and repeated fields; 5.4.2. */
#define TWICE SIGNER_HEADER "Keywords: one\nKeywords: two\nKeywords: three\n"
static const struct verdict_case names[] = {
	{ "a field that is not there", { .h = "from:reply-to:date" }, PASS },
	{ "signed once more than it is there",
	    { .h = "from:from:subject:subject" }, PASS },
	{ "From alone", { .h = "from" }, PASS },
	{ "From twice in h=, once there", { .h = "from:from" },
	    .edit = { { "Subject:", "From: x@example.com\r\nSubject:" } },
	    FAIL },
	{ "a second Subject on top", { .h = "from:subject" },
	    .edit = { { "From:", "Subject: other\r\nFrom:" } }, PASS },
	{ "oversigned: a second Subject on top",
	    { .h = "from:subject:subject" },
	    .edit = { { "From:", "Subject: other\r\nFrom:" } }, FAIL,
	    .autopsy = "\"Subject: other\" was added after" },
	{ "the lowest one counts", { .header = TWICE, .h = "from:keywords" },
	    .edit = { { ": one", ": 1" }, { ": two", ": 2" } }, PASS },
	{ "the lowest one is changed",
	    { .header = TWICE, .h = "from:keywords" },
	    .edit = { { ": three", ": 3" } }, FAIL },
	{ "then the one above",
	    { .header = TWICE, .h = "keywords:from:keywords" },
	    .edit = { { ": one", ": 1" } }, PASS },
	{ "all three, and one more",
	    { .header = TWICE,
		.h = "keywords:keywords:from:keywords:keywords" },
	    PASS },
	{ "the order of h= counts", { .h = "date:from:subject" }, PASS },
	{ "taken from the top",
	    { .header = TWICE, .h = "from:keywords", .top_down = true }, FAIL,
	    .autopsy = "counts from the top" },
	{ "h= names other signatures",
	    { .header = SIGNER_HEADER "DKIM-Signature: v=0; a=b\n",
		.h = "from:dkim-signature" },
	    PASS },
	{ "h= names itself in vain", { .h = "from:dkim-signature" }, PASS },
	{ "From is not signed", { .h = "to:subject" }, PERMERROR,
	    .reason = "does not cover the From" },
	{ "an empty name", { .h = "from::to" }, NEUTRAL },
	{ "a name with a blank", { .h = "from:my field" }, NEUTRAL },
	{ "h= empty", { .h = "" }, NEUTRAL },
	{ "from in other letters", { .h = "FROM:To" }, PASS },
};

static void
test_names(void **state)
{
	(void)state;
	verdict_check(names, COUNT(names));
}

/* l=: 3.5 and 8.2. */
static const struct verdict_case lengths[] = {
	{ "l= of all", { .tags = "l=55; " }, PASS, .autopsy = "" },
	{ "l= of a part", { .tags = "l=5; ", .limited = true, .limit = 5 },
	    PASS, .autopsy = "covers only the first 5 octets" },
	{ "l=0", { .tags = "l=0; ", .limited = true, .limit = 0 }, PASS,
	    .autopsy = "the first 0 octets" },
	{ "l=, and something added", { .tags = "l=55; " },
	    .edit = { { "Joe.\r\n", "Joe.\r\nbuy this\r\n" } }, PASS,
	    .autopsy = "10 behind them" },
	{ "l=, and something changed inside", { .tags = "l=55; " },
	    .edit = { { "lost ", "won " } }, FAIL },
	{ "l= beyond the end", { .tags = "l=1000; " }, FAIL,
	    .autopsy = "l= is wrong" },
	{ "the body was cut", { .tags = "l=55; " }, .edit = { { "Joe.", "" } },
	    FAIL, .autopsy = "shorter than the 55 octets" },
	{ "l= of 76 digits",
	    { .tags = "l=1234567890123456789012345678901234567890123456789012"
		      "345678901234567890123456; " },
	    FAIL },
	{ "l= of 77 digits",
	    { .tags = "l=1234567890123456789012345678901234567890123456789012"
		      "3456789012345678901234567; " },
	    NEUTRAL },
	{ "l= negative", { .tags = "l=-1; " }, NEUTRAL },
	{ "l= empty", { .tags = "l=; " }, NEUTRAL },
	{ "l= with a letter", { .tags = "l=1a; " }, NEUTRAL },
	{ "l= simple",
	    { .tags = "l=4; ",
		.limited = true,
		.limit = 4,
		.c = "simple/simple" },
	    PASS },
	{ "l= is wrong, the whole body was hashed", { .tags = "l=7; " }, FAIL,
	    .autopsy = "the whole body" },
};

static void
test_lengths(void **state)
{
	(void)state;
	verdict_check(lengths, COUNT(lengths));
}

/* What is wrong with the signature itself; 6.1.1. */
static const struct verdict_case broken[] = {
	{ "v=2", .edit = { { "v=1", "v=2" } }, NEUTRAL,
	    .reason = "another version" },
	{ "v= missing", .edit = { { "v=1; ", "" } }, NEUTRAL,
	    .reason = "v= is missing" },
	{ "a= missing", .edit = { { "a=rsa-sha256; ", "" } }, NEUTRAL },
	{ "d= missing", .edit = { { "d=example.org; ", "" } }, NEUTRAL },
	{ "s= missing", .edit = { { "s=test; ", "" } }, NEUTRAL },
	{ "h= missing", .edit = { { "h=from:to:subject:date;", "" } },
	    NEUTRAL },
	{ "bh= missing", .edit = { { "bh=", "bx=" } }, NEUTRAL },
	{ "b= missing", .edit = { { "\tb=", "\tbb=" } }, NEUTRAL },
	{ "a tag twice", .edit = { { "s=test;", "s=test; s=test;" } }, NEUTRAL,
	    .reason = "twice" },
	{ "unknown tag twice", { .tags = "foo=1; foo=2; " }, NEUTRAL },
	{ "no equals sign", { .tags = "foo; " }, NEUTRAL },
	{ "two semicolons", { .tags = "; " }, NEUTRAL },
	{ "a name that is none", { .tags = "1a=b; " }, NEUTRAL },
	{ "names are letters that count", .edit = { { "d=exam", "D=exam" } },
	    NEUTRAL },
	{ "a control character", { .tags = "foo=a\x01; " }, NEUTRAL },
	{ "rsa-sha1", { .a = "rsa-sha1" }, PERMERROR, .reason = "SHA-1" },
	{ "rsa-sha512", { .a = "rsa-sha512" }, NEUTRAL },
	{ "an algorithm nobody knows", { .a = "dsa-sha256" }, NEUTRAL },
	{ "a= empty", { .a = "" }, NEUTRAL },
	{ "c= nobody knows", { .c = "nowsp" }, NEUTRAL },
	{ "c= with half of it", { .c = "relaxed/" }, NEUTRAL },
	{ "c= with three", { .c = "relaxed/relaxed/simple" }, NEUTRAL },
	{ "b= is no base64", .edit = { { "\tb=", "\tb=!" } }, NEUTRAL },
	{ "b= empty",
	    .raw = "DKIM-Signature: v=1; a=rsa-sha256; d=a.org; "
		   "s=test; h=from; bh=AAAA; b=\nFrom: a@a.org\n\n",
	    NEUTRAL },
	{ "bh= is no base64", { .bh = "a" }, NEUTRAL },
	{ "bh= of another length", { .bh = "AAAA" }, FAIL },
	{ "d= with one label", { .d = "org" }, NEUTRAL },
	{ "d= with an empty label", { .d = "example..org" }, NEUTRAL },
	{ "d= with a dot at the end", { .d = "example.org." }, NEUTRAL },
	{ "d= with a blank", { .d = "example org" }, NEUTRAL },
	{ "d= empty", { .d = "" }, NEUTRAL },
	{ "s= and d= too long together",
	    { .s = LABEL60 "." LABEL60 "." LABEL60 "." LABEL60 }, NEUTRAL,
	    .reason = "too long" },
	{ "s= empty", { .s = "" }, NEUTRAL },
	{ "s= with a slash", { .s = "a/b" }, NEUTRAL },
	{ "i= elsewhere", { .tags = "i=@example.com; " }, PERMERROR,
	    .reason = "not inside" },
	{ "i= that only ends alike", { .tags = "i=@badexample.org; " },
	    PERMERROR },
	{ "i= above d=", { .tags = "i=@org; " }, PERMERROR },
	{ "i= without @", { .tags = "i=example.org; " }, NEUTRAL },
	{ "i= empty", { .tags = "i=; " }, NEUTRAL },
	{ "q= unknown", { .tags = "q=http; " }, NEUTRAL },
	{ "q= without txt", { .tags = "q=dns; " }, NEUTRAL },
	{ "t= no number", { .tags = "t=yesterday; " }, NEUTRAL },
	{ "x= before t=", { .tags = "t=100; x=99; " }, NEUTRAL },
	{ "x= equal to t=", { .tags = "t=100; x=100; " }, NEUTRAL },
	{ "expired", { .tags = "t=100; x=1500000000; " }, POLICY,
	    .reason = "apart from that it is right" },
	{ "expired without t=", { .tags = "x=1500000000; " }, POLICY },
	{ "expired in 1970", { .tags = "x=0; " }, POLICY },
	{ "expired, and changed", { .tags = "x=1500000000; " },
	    .edit = { { "Hi.", "Ho." } }, POLICY, .reason = "would not pass" },
	{ "expires in a moment", { .tags = "x=1600000000; " }, PASS },
};

static void
test_broken(void **state)
{
	(void)state;
	verdict_check(broken, COUNT(broken));
}

/* The key record; 3.6.1 and 6.1.2, RFC 8301, RFC 8463. */
static const struct verdict_case keys[] = {
	{ "p= alone", .record = "p={p}", PASS },
	{ "k= in front of v=", .record = "k=rsa; v=DKIM1; p={p}", PERMERROR,
	    .reason = "not the first" },
	{ "v=DKIM2", .record = "v=DKIM2; p={p}", PERMERROR },
	{ "v=dkim1", .record = "v=dkim1; p={p}", PERMERROR },
	{ "v=DKIM1.0", .record = "v=DKIM1.0; p={p}", PERMERROR },
	{ "blanks around all", .record = "v = DKIM1 ; k = rsa ; p = {p} ; ",
	    PASS },
	{ "no semicolon at the end", .record = "v=DKIM1;p={p}", PASS },
	{ "an unknown tag", .record = "v=DKIM1; g=*; n=note; p={p}", PASS },
	{ "a tag twice", .record = "v=DKIM1; k=rsa; k=rsa; p={p}", PERMERROR },
	{ "no record", .record = "", PERMERROR, .reason = "no key" },
	{ "no p=", .record = "v=DKIM1; k=rsa", PERMERROR },
	{ "revoked", .record = "v=DKIM1; p=", PERMERROR, .reason = "revoked" },
	{ "revoked with a blank", .record = "v=DKIM1; p= ;", PERMERROR,
	    .reason = "revoked" },
	{ "k= unknown", .record = "v=DKIM1; k=dsa; p={p}", PERMERROR },
	{ "k= empty", .record = "v=DKIM1; k=; p={p}", PERMERROR },
	{ "k=ed25519 for an RSA key", .record = "v=DKIM1; k=ed25519; p={p}",
	    PERMERROR },
	{ "an Ed25519 key for an RSA signature", .other = true,
	    .publish = SIGNER_ED25519, PERMERROR,
	    .reason = "is of the type ed25519" },
	{ "an RSA key for an Ed25519 signature", { .key = SIGNER_ED25519 },
	    .other = true, .publish = SIGNER_RSA2048, PERMERROR },
	{ "no base64", .record = "v=DKIM1; p=*", PERMERROR },
	{ "base64 of something", .record = "v=DKIM1; p=aGVsbG8=", PERMERROR },
	{ "base64 without its padding", .record = "v=DKIM1; p=aGVsbG8",
	    PERMERROR },
	{ "s=email", .record = "v=DKIM1; s=email; p={p}", PASS },
	{ "s=*", .record = "v=DKIM1; s=*; p={p}", PASS },
	{ "s=other:email", .record = "v=DKIM1; s=other : email; p={p}", PASS },
	{ "s=tlsrpt", .record = "v=DKIM1; s=tlsrpt; p={p}", PERMERROR,
	    .reason = "not meant for mail" },
	{ "s= empty", .record = "v=DKIM1; s=; p={p}", PERMERROR },
	{ "h=sha256", .record = "v=DKIM1; h=sha256; p={p}", PASS },
	{ "h=sha1:sha256", .record = "v=DKIM1; h=sha1:sha256; p={p}", PASS },
	{ "h=sha1", .record = "v=DKIM1; h=sha1; p={p}", PERMERROR,
	    .reason = "does not allow SHA-256" },
	{ "t=y", .record = "v=DKIM1; t=y; p={p}", PASS },
	{ "t=s, no i=", .record = "v=DKIM1; t=s; p={p}", PASS },
	{ "t=y:s, i= of d=", { .tags = "i=a@example.org; " },
	    .record = "v=DKIM1; t=y:s; p={p}", PASS },
	{ "t=s, i= below", { .tags = "i=a@b.example.org; " },
	    .record = "v=DKIM1; t=s; p={p}", PERMERROR, .reason = "t=s" },
	{ "t= unknown", .record = "v=DKIM1; t=q; p={p}", PASS },
	{ "512 bits", { .key = SIGNER_RSA512 }, POLICY, .reason = "512 bits" },
	{ "512 bits, and changed", { .key = SIGNER_RSA512 },
	    .edit = { { "Hi.", "Ho." } }, POLICY },
	{ "another TXT record beside",
	    .zone = "test._domainkey TXT \"v=spf1 -all\"\n", PASS },
	{ "a second key that is broken",
	    .zone = "test._domainkey TXT \"v=DKIM1; p=AAAA\"\n", PASS },
	{ "only other records", .record = "",
	    .zone = "test._domainkey TXT \"v=spf1 -all\"\n", PERMERROR,
	    .reason = "not a DKIM key" },
	{ "a wildcard", .record = "", .zone = "* TXT \"hello\"\n", PERMERROR },
	{ "by a CNAME", .record = "",
	    .zone = "test._domainkey CNAME keys.example.org.\n"
		    "keys TXT \"v=DKIM1; p=\"\n",
	    PERMERROR, .reason = "revoked" },
	{ "quotes in the record", .record = "\"v=DKIM1; p={p}\"", PERMERROR },
	{ "backslashes in the record", .record = "v=DKIM1\\; k=rsa\\; p={p}",
	    PERMERROR },
};

static void
test_keys(void **state)
{
	(void)state;
	verdict_check(keys, COUNT(keys));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sound),
		cmocka_unit_test(test_harmless),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_broken),
		cmocka_unit_test(test_keys),
	};

	return cmocka_run_group_tests_name("dkim_verify", tests, NULL, NULL);
}
