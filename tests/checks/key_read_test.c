/* Keys that exist, in all shapes openssl writes and people paste. */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>

#include "../../checks/dkim.h"
#include "../../checks/key_read.h"

static char folder[] = "/tmp/key-read-XXXXXX";

static const char make_keys[] =
    "cd '%s' && umask 077 && {\n"
    "openssl genrsa -out a.pem 2048 && openssl genrsa -out w.pem 768\n"
    "openssl rsa -in a.pem -traditional -out a1.pem\n"
    "openssl rsa -in a.pem -outform DER -traditional -out a1.der\n"
    "openssl pkcs8 -topk8 -nocrypt -in a.pem -outform DER -out a8.der\n"
    "openssl pkcs8 -topk8 -in a.pem -passout pass:geheim -out e8.pem\n"
    "openssl pkcs8 -topk8 -in a.pem -passout pass:geheim -outform DER "
    "-out e8.der\n"
    "openssl rsa -in a.pem -traditional -aes128 -passout pass:geheim "
    "-out e1.pem\n"
    "openssl rsa -in a.pem -pubout -out pub.pem\n"
    "openssl rsa -in a.pem -pubout -outform DER -out pub.der\n"
    "openssl rsa -in a.pem -RSAPublicKey_out -out pub1.pem\n"
    "openssl req -x509 -key a.pem -subj /CN=x -out cert.pem\n"
    "openssl genpkey -algorithm ed25519 -out ed.pem\n"
    "openssl pkey -in ed.pem -pubout -out edpub.pem\n"
    "openssl pkey -in ed.pem -pubout -outform DER | tail -c 32 > ed.raw\n"
    "openssl ecparam -genkey -name prime256v1 -noout -out ec.pem\n"
    "openssl rsa -in w.pem -pubout -out wpub.pem\n"
    "} > log 2>&1";

static struct str
file(struct arena *arena, const char *name)
{
	char *path = arena_printf(arena, "%s/%s", folder, name);
	char *buf = arena_alloc(arena, 65536);
	FILE *in = fopen(path, "rb");
	size_t len;

	if (in == NULL)
		fail_msg("openssl did not make %s", path);
	len = fread(buf, 1, 65535, in);
	fclose(in);
	return (struct str){ buf, len };
}

static int
make(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	if (mkdtemp(folder) == NULL)
		return -1;
	if (system(arena_printf(arena, make_keys, folder)) == -1)
		return -1;
	arena_free(arena);
	return 0;
}

static int
clean(void **state)
{
	struct arena *arena = arena_new();
	int status = system(arena_printf(arena, "rm -rf '%s'", folder));

	(void)state;
	arena_free(arena);
	return status;
}

static void
private_keys_give_their_public_part(void **state)
{
	static const struct {
		const char *file, *passphrase;
		enum private_key result;
	} rows[] = {
		{ "a.pem", NULL, PRIVATE_KEY_READ },
		{ "a1.pem", NULL, PRIVATE_KEY_READ },
		{ "a1.der", NULL, PRIVATE_KEY_READ },
		{ "a8.der", NULL, PRIVATE_KEY_READ },
		{ "a.pem", "not needed", PRIVATE_KEY_READ },
		{ "e8.pem", "geheim", PRIVATE_KEY_READ },
		{ "e8.der", "geheim", PRIVATE_KEY_READ },
		{ "e1.pem", "geheim", PRIVATE_KEY_READ },
		{ "e8.pem", NULL, PRIVATE_KEY_LOCKED },
		{ "e8.der", NULL, PRIVATE_KEY_LOCKED },
		{ "e1.pem", NULL, PRIVATE_KEY_LOCKED },
		{ "e8.pem", "Geheim", PRIVATE_KEY_WRONG_PASSPHRASE },
		{ "e1.pem", "", PRIVATE_KEY_WRONG_PASSPHRASE },
		{ "pub.pem", NULL, PRIVATE_KEY_PUBLIC },
		{ "ec.pem", NULL, PRIVATE_KEY_OTHER },
		{ "log", NULL, PRIVATE_KEY_NONE },
	};
	struct arena *arena = arena_new();
	struct str want = file(arena, "pub.der");

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct public_key key;
		enum private_key result = private_key_open(
		    arena, file(arena, rows[i].file), rows[i].passphrase, &key);

		if (result != rows[i].result)
			fail_msg("%s: %d", rows[i].file, (int)result);
		if (result != PRIVATE_KEY_READ)
			continue;
		assert_int_equal(key.type, KEY_RSA);
		assert_int_equal(key.bits, 2048);
		assert_true(str_equal(key.octets, want));
	}
	arena_free(arena);
}

static void
an_ed25519_key_is_its_raw_octets(void **state)
{
	struct arena *arena = arena_new();
	struct public_key key;

	(void)state;
	assert_int_equal(
	    private_key_open(arena, file(arena, "ed.pem"), NULL, &key),
	    PRIVATE_KEY_READ);
	assert_int_equal(key.type, KEY_ED25519);
	assert_true(str_equal(key.octets, file(arena, "ed.raw")));
	assert_int_equal(key_read_text(arena, file(arena, "edpub.pem"), &key),
	    KEY_TEXT_READ);
	assert_true(str_equal(key.octets, file(arena, "ed.raw")));
	arena_free(arena);
}

/* A shape with %s where the base64 of the key belongs, cut into two. */
static void
public_keys_come_in_many_shapes(void **state)
{
	static const char *const shapes[] = {
		"%s%s",
		"  %s \r\n %s\n",
		"p=%s%s",
		"v=DKIM1; k=rsa; p=%s%s",
		"v=DKIM1;k=rsa;s=email;p=%s %s;t=s",
		"\"v=DKIM1; k=rsa; p=%s\" \"%s\"",
		"v=DKIM1\\; k=rsa\\; p=%s%s",
		"s1._domainkey.example.org. 300 IN TXT \"v=DKIM1; p=%s\" \"%s\"",
		"mail._domainkey\tIN\tTXT\t( \"v=DKIM1; h=sha256; k=rsa; \"\n"
		"\t  \"p=%s\"\n\t  \"%s\" )  ; ----- DKIM key mail; p=none",
		"-----BEGIN PUBLIC KEY-----\n%s\n%s\n-----END PUBLIC KEY-----\n",
		"\xef\xbb\xbf-----BEGIN PUBLIC KEY-----\r\n%s\r\n%s\r\n"
		"-----END PUBLIC KEY-----\r\n",
		"\xe2\x80\x9cv=DKIM1; p=%s%s\xe2\x80\x9d",
	};
	struct arena *arena = arena_new();
	struct str want = file(arena, "pub.der");
	const char *digits = base64_write(arena, want);
	char *half = arena_memdup(arena, digits, 200);
	struct public_key key;

	(void)state;
	for (size_t i = 0; i < COUNT(shapes); i++) {
		char text[2048];

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		snprintf(text, sizeof(text), shapes[i], half, digits + 200);
#pragma GCC diagnostic pop
		if (key_read_text(arena, str_of(text), &key) != KEY_TEXT_READ ||
		    !str_equal(key.octets, want))
			fail_msg("not read: %s", text);
	}
	assert_int_equal(
	    key_read_text(arena, file(arena, "pub1.pem"), &key), KEY_TEXT_READ);
	assert_true(str_equal(key.octets, want));
	assert_int_equal(
	    key_read_text(arena, file(arena, "cert.pem"), &key), KEY_TEXT_READ);
	assert_true(str_equal(key.octets, want));
	assert_int_equal(key_read_text(arena, want, &key), KEY_TEXT_READ);
	arena_free(arena);
}

static void
what_is_no_key_is_told(void **state)
{
	struct arena *arena = arena_new();
	const char *digits = base64_write(arena, file(arena, "pub.der"));
	const struct {
		struct str text;
		enum key_text what;
	} rows[] = {
		{ str_of(""), KEY_TEXT_EMPTY },
		{ str_of(" \r\n"), KEY_TEXT_EMPTY },
		{ str_of("hello"), KEY_TEXT_NONE },
		{ str_of("v=spf1 mx -all"), KEY_TEXT_NONE },
		{ str_of("v=DKIM1; k=rsa"), KEY_TEXT_NONE },
		{ str_of("v=DKIM1; k=rsa; p="), KEY_TEXT_REVOKED },
		{ file(arena, "a.pem"), KEY_TEXT_PRIVATE },
		{ file(arena, "a1.der"), KEY_TEXT_PRIVATE },
		{ file(arena, "wpub.pem"), KEY_TEXT_WEAK },
		{ str_of(arena_memdup(arena, digits, 240)), KEY_TEXT_CUT },
		{ str_of(arena_printf(arena, "v=DKIM1; p=%.241s", digits)),
		    KEY_TEXT_CUT },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct public_key key;
		enum key_text what = key_read_text(arena, rows[i].text, &key);

		if (what != rows[i].what)
			fail_msg("row %zu: %d", i, (int)what);
		assert_non_null(key_text_problem(what));
	}
	assert_null(key_text_problem(KEY_TEXT_READ));
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(private_keys_give_their_public_part),
		cmocka_unit_test(an_ed25519_key_is_its_raw_octets),
		cmocka_unit_test(public_keys_come_in_many_shapes),
		cmocka_unit_test(what_is_no_key_is_told),
	};

	return cmocka_run_group_tests(tests, make, clean);
}
