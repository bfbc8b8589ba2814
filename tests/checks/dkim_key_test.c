/* Key records, sentence by sentence: RFC 6376 section 3.6.1, RFC 8463. */
#include "../harness/signer.h"
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>

#include "../../checks/dkim.h"

#define FAULT(what) .fault = DKIM_KEY_##what

/* In a text, {rsa} and so on stand for a p=. */
static const struct {
	const char *text;
	enum dkim_key_fault fault;
	const char *at; /* the octets at fault, where they are short */
	unsigned int bits;
	bool testing, strict, not_email, not_sha256;
} records[] = {
	{ "v=DKIM1; k=rsa; p={rsa}", .bits = 2048 },
	{ "p={rsa}", .bits = 2048 },
	{ "p={rsa1024}", .bits = 1024 },
	{ "p={rsa512}", .bits = 512 },
	{ "p={pkcs1}", .bits = 2048 },
	{ "k=ed25519; p={ed25519}", .bits = 256 },
	{ "k=ED25519; p={ed25519}", .bits = 256 },
	{ "p=\r\n {rsa}\r\n ", .bits = 2048 },
	{ "v=DKIM1; t=y; p={rsa}", .bits = 2048, .testing = true },
	{ "v=DKIM1; t=s; p={rsa}", .bits = 2048, .strict = true },
	{ "v=DKIM1; t=s : y:z; p={rsa}", .bits = 2048, .testing = true,
	    .strict = true },
	{ "t=; p={rsa}", .bits = 2048 },
	{ "s=email; p={rsa}", .bits = 2048 },
	{ "s=*; p={rsa}", .bits = 2048 },
	{ "s=other; p={rsa}", .bits = 2048, .not_email = true },
	{ "s=; p={rsa}", .bits = 2048, .not_email = true },
	{ "h=sha1:sha256; p={rsa}", .bits = 2048 },
	{ "h=sha1; p={rsa}", .bits = 2048, .not_sha256 = true },
	{ "h=; p={rsa}", .bits = 2048, .not_sha256 = true },
	{ "", FAULT(SYNTAX) },
	{ "hello", FAULT(SYNTAX), "hello" },
	{ "v=DKIM1; k=rsa; k=rsa; p={rsa}", FAULT(SYNTAX), "k=rsa" },
	{ "v=DKIM1;; p={rsa}", FAULT(SYNTAX), "" },
	{ "\"v=DKIM1; p={rsa}\"", FAULT(SYNTAX), "\"v" },
	{ "v=DKIM1\\; k=rsa\\; p={rsa}", FAULT(VERSION), "v=DKIM1\\" },
	{ "v=DKIM2; p={rsa}", FAULT(VERSION), "v=DKIM2" },
	{ "v=; p={rsa}", FAULT(VERSION), "v=" },
	{ "p={rsa}; v=DKIM1", FAULT(VERSION), "v=DKIM1" },
	{ "v=DKIM1; k=rsa", FAULT(NO_P) },
	{ "v=DKIM1; P={rsa}", FAULT(NO_P) },
	{ "v=DKIM1; k=dsa; p={rsa}", FAULT(UNKNOWN_TYPE), "k=dsa" },
	{ "v=DKIM1; p=", FAULT(REVOKED), "p=" },
	{ "v=DKIM1; p= ;", FAULT(REVOKED), "p=" },
	{ "v=DKIM1; p=AB*D", FAULT(BASE64), "*" },
	{ "v=DKIM1; p=ABC", FAULT(BASE64), "ABC" },
	{ "v=DKIM1; p=-----BEGIN PUBLIC KEY-----", FAULT(BASE64), "-" },
	{ "v=DKIM1; p=QUJD", FAULT(UNDECODABLE), "QUJD" },
	{ "v=DKIM1; p={cut}", FAULT(TRUNCATED) },
	{ "v=DKIM1; p={rsa+}", FAULT(TRAILING), .bits = 2048 },
	{ "v=DKIM1; p={private}", FAULT(PRIVATE), .bits = 2048 },
	{ "v=DKIM1; k=ed25519; p={spki}", FAULT(WRONG_FORM), .bits = 256 },
	{ "v=DKIM1; k=ed25519; p={rsa}", FAULT(OTHER_TYPE), .bits = 2048 },
	{ "v=DKIM1; k=rsa; p={spki}", FAULT(OTHER_TYPE), .bits = 256 },
	{ "v=DKIM1; k=rsa; p={ed25519}", FAULT(UNDECODABLE) },
	{ "v=DKIM1; k=ed25519; p=QUJD", FAULT(UNDECODABLE) },
};

/* All but some of the octets, or with some more; 4 of base64 are 3. */
static const char *
cut(struct arena *arena, const char *base64, int change)
{
	size_t len = strlen(base64);

	if (change < 0)
		return arena_memdup(arena, base64, len / 8 * 4);
	while (base64[len - 1] == '=')
		len--;
	return arena_printf(arena, "%.*sAAAA", (int)(len / 4 * 4), base64);
}

static const char *
filled(struct arena *arena, const char *text)
{
	const struct {
		const char *word, *p;
	} words[] = {
		{ "{rsa}", signer_public(SIGNER_RSA2048) },
		{ "{rsa1024}", signer_public(SIGNER_RSA1024) },
		{ "{rsa512}", signer_public(SIGNER_RSA512) },
		{ "{pkcs1}", signer_public_other(SIGNER_RSA2048) },
		{ "{ed25519}", signer_public(SIGNER_ED25519) },
		{ "{spki}", signer_public_other(SIGNER_ED25519) },
		{ "{private}", signer_private(SIGNER_RSA2048) },
		{ "{cut}", cut(arena, signer_public(SIGNER_RSA2048), -1) },
		{ "{rsa+}", cut(arena, signer_public(SIGNER_RSA2048), 1) },
	};

	for (size_t i = 0; i < COUNT(words); i++) {
		const char *at = strstr(text, words[i].word);

		if (at != NULL)
			return arena_printf(arena, "%.*s%s%s", (int)(at - text),
			    text, words[i].p, at + strlen(words[i].word));
	}
	return text;
}

static void
test_records(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(records); i++) {
		struct arena *arena = arena_new();
		struct str text = str_of(filled(arena, records[i].text));
		struct dkim_key key;

		dkim_key_read(arena, text, &key);
		if (key.fault != records[i].fault)
			fail_msg("%s: %d %s", records[i].text, key.fault,
			    key.problem);
		assert_true(
		    (key.problem == NULL) == (key.fault == DKIM_KEY_SOUND));
		assert_true(key.at.from <= key.at.to && key.at.to <= text.len);
		if (records[i].at != NULL)
			assert_string_equal(
			    str_dup(
				arena, str_slice(text, key.at.from, key.at.to)),
			    records[i].at);
		if (records[i].bits != 0)
			assert_int_equal(key.facts.bits, records[i].bits);
		if (key.fault == DKIM_KEY_SOUND) {
			assert_int_equal(key.testing, records[i].testing);
			assert_int_equal(key.strict, records[i].strict);
			assert_int_equal(key.for_email, !records[i].not_email);
			assert_int_equal(key.sha256, !records[i].not_sha256);
		}
		arena_free(arena);
	}
}

/* How much is missing is told by the key itself. */
static void
test_missing(void **state)
{
	struct arena *arena = arena_new();
	struct str text, octets;
	struct span fault;
	struct key_facts facts;

	(void)state;
	text = str_of(signer_public(SIGNER_RSA2048));
	assert_null(base64_read(arena, text, &octets, &fault));
	assert_int_equal(octets.len, 294);
	for (size_t len = 0; len < octets.len; len++) {
		key_look(str_slice(octets, 0, len), false, &facts);
		assert_int_equal(facts.form, KEY_FORM_NONE);
		if (len >= 4)
			assert_int_equal(facts.missing, octets.len - len);
	}
	key_look(octets, false, &facts);
	assert_int_equal(facts.form, KEY_FORM_SPKI);
	assert_int_equal(facts.trailing, 0);
	arena_free(arena);
}

static void
test_wildcards(void **state)
{
	(void)state;
	assert_true(dkim_is_key_record(str_of("v=DKIM1; k=rsa")));
	assert_true(dkim_is_key_record(str_of("p=")));
	assert_true(dkim_is_key_record(str_of("k=rsa; p=abc")));
	assert_true(dkim_is_key_record(str_of("\"v=DKIM1; p=abc\"")));
	assert_false(dkim_is_key_record(str_of("v=spf1 -all")));
	assert_false(dkim_is_key_record(str_of("v=DMARC1; p=none")));
	assert_false(dkim_is_key_record(str_of("hello")));
	assert_false(dkim_is_key_record(str_of("")));
	assert_false(dkim_is_key_record(str_of("google-site=p")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_records),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_wildcards),
	};

	return cmocka_run_group_tests_name("dkim_key", tests, NULL, NULL);
}
