/* mailwizard keygen: the key, its file, its record; CONTRACT sections 1 and 3. */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>

#include "../../checks/base/str.h"
#include "../../checks/dkim.h"
#include "../harness/command.h"

/* Each line runs in a new, empty folder; what it leaves there is gone after. */
#define IN_A_FOLDER                                                            \
	"d=$(mktemp -d) || exit 99; trap 'rm -rf \"$d\"' EXIT; "               \
	"case $MW in /*) ;; *) MW=$PWD/$MW ;; esac; cd \"$d\" || exit 99; "

static struct outcome
shell(const char *line)
{
	struct outcome o;
	char *whole;

	assert_true(asprintf(&whole, "%s%s", IN_A_FOLDER, line) > 0);
	o = command_shell(whole);
	free(whole);
	return o;
}

static const struct {
	const char *type;
	enum key_type key_type;
	unsigned int bits;
} types[] = {
	{ "rsa2048", KEY_RSA, 2048 },
	{ "rsa3072", KEY_RSA, 3072 },
	{ "rsa4096", KEY_RSA, 4096 },
	{ "ed25519", KEY_ED25519, 256 },
};

/* The published key is sound, and what openssl says belongs to the private. */
static void
published_key_is_the_private_ones(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(types); i++) {
		struct arena *arena = arena_new();
		struct dkim_key key;
		struct outcome o;
		char *line, *record, *end;

		assert_true(asprintf(&line,
				"$MW keygen --json --selector s1 --type %s "
				"--out k example.org && openssl pkey -in k "
				"-pubout -outform DER | tail -c %d | base64 "
				"-w0",
				types[i].type,
				types[i].key_type == KEY_RSA ? 4096 : 32) > 0);
		o = shell(line);
		if (o.status != 0)
			fail_msg("%s: %s%s", types[i].type, o.out, o.err);
		assert_non_null(strstr(o.out, types[i].type));
		record = strstr(o.out, "v=DKIM1;");
		assert_non_null(record);
		end = strchr(record, '"');
		*end = '\0';
		dkim_key_read(arena, str_of(record), &key);
		assert_int_equal(key.fault, DKIM_KEY_SOUND);
		assert_int_equal(key.type, types[i].key_type);
		assert_int_equal(key.facts.bits, types[i].bits);
		/* What openssl made of the private key stands behind. */
		assert_string_equal(
		    strchr(end + 1, '\n') + 1, strstr(record, "p=") + 2);
		free(line);
		command_free(&o);
		arena_free(arena);
	}
}

static const struct {
	const char *what;
	const char *line;
	int status;
	const char *out; /* in stdout; NULL: that is empty */
	const char *err; /* in stderr */
} lines[] = {
	{ "mode 0600 under any umask",
	    "umask 0; $MW keygen --out k example.org >/dev/null; stat -c %a k",
	    0, "600\n", "" },
	{ "PKCS#8", "$MW keygen --out k example.org >/dev/null; head -1 k", 0,
	    "-----BEGIN PRIVATE KEY-----\n", "" },
	{ "a file and a selector are proposed",
	    "$MW keygen example.org; ls | grep -xE "
	    "'example\\.org-20[0-9][0-9]-[01][0-9]\\.pem' | wc -l",
	    0, "\n1\n", "" },
	{ "Ed25519 gets a selector of its own",
	    "$MW keygen --type ed25519 example.org", 0,
	    "-ed25519._domainkey.example.org. 3600 IN TXT \"v=DKIM1; "
	    "k=ed25519; p=",
	    "" },
	{ "and says that RSA is needed too",
	    "$MW keygen --type=ed25519 example.org", 0, "Many receivers", "" },
	{ "strings of 255 octets in the zone form",
	    "$MW keygen example.org | tail -1 | grep -oE '\"[^\"]*\"' | "
	    "awk '{ print length($0) - 2 }' | head -1",
	    0, "255\n", "" },
	{ "the selector in small letters",
	    "$MW keygen --selector S.One example.org", 0, "\n    s.one\n", "" },
	{ "a domain in letters of its language",
	    "$MW keygen --selector s m\xc3\xbcller.example", 0,
	    "s._domainkey.xn--mller-kva.example", "" },
	{ "never over a file",
	    "echo old >k; $MW keygen --out k example.org; echo $?; cat k", 0,
	    "2\nold\n", "k is there already" },
	{ "never through a link",
	    "ln -s new k; $MW keygen --out k example.org; echo $?; ls", 0,
	    "2\nk\n", "k is there already" },
	{ "never to stdout", "$MW keygen --out /dev/stdout example.org", 2,
	    NULL, "/dev/stdout is there already" },
	{ "no private key but in the file",
	    "$MW keygen --json --out k example.org >o 2>&1; "
	    "grep -c PRIVATE o; sed -n 3p k | grep -c -f - o",
	    1, "0\n0\n", "" },
	{ "a folder that is not there", "$MW keygen --out none/k example.org",
	    2, NULL, "could not be written to none/k" },
	{ "a folder that is a file",
	    "echo x >f; $MW keygen --out f/k example.org", 2, NULL,
	    "could not be written to f/k" },
	{ "a folder everyone may write to",
	    "mkdir l; chmod 777 l; $MW keygen --out l/k example.org; "
	    "echo $?; ls l",
	    0, "2\n", "Others may write to the folder l" },
	{ "with the sticky bit it is fine",
	    "mkdir l; chmod 1777 l; $MW keygen --out l/k example.org "
	    ">/dev/null; ls l",
	    0, "k\n", "" },
	{ "the folder itself is no file", "$MW keygen --out ./ example.org", 2,
	    NULL, "The name of a file" },
	{ "half a key is taken away",
	    "(ulimit -f 1; $MW keygen --type rsa4096 --out k example.org); "
	    "echo $?; ls",
	    0, "2\n", "could not be written to k" },
	{ "a selector with a blank",
	    "$MW keygen --selector 'a b' example.org; echo $?; ls", 0, "2\n",
	    "\"a b\" cannot be a selector" },
	{ "a selector with a slash", "$MW keygen --selector ../x example.org",
	    2, NULL, "cannot be a selector" },
	{ "a selector with an underscore",
	    "$MW keygen --selector a_b example.org", 2, NULL,
	    "cannot be a selector" },
	{ "a selector that begins with a hyphen",
	    "$MW keygen --selector=-a example.org", 2, NULL,
	    "cannot be a selector" },
	{ "an empty selector", "$MW keygen --selector= example.org", 2, NULL,
	    "cannot be a selector" },
	{ "a dot at the end", "$MW keygen --selector a. example.org", 2, NULL,
	    "cannot be a selector" },
	{ "a selector of control characters",
	    "$MW keygen --selector \"$(printf 'a\\033[2J')\" example.org", 2,
	    NULL, "\"a\\027[2J\" cannot be a selector" },
	{ "a label of 64 letters",
	    "$MW keygen --selector $(printf %064d 0) example.org", 2, NULL,
	    "cannot be a selector" },
	{ "a name longer than DNS allows",
	    "a=$(printf %060d 0); $MW keygen --selector $a.$a.$a.$a "
	    "example.org",
	    2, NULL, "is too long" },
	{ "two selectors", "$MW keygen --selector a --selector b example.org",
	    2, NULL, "give --selector once" },
	{ "two keys, two selectors, two files",
	    "$MW keygen --type rsa2048 --type ed25519 example.org >o; "
	    "ls *.pem | sed 's/20..-../M/'; grep -c '^Name:' o; "
	    "grep -c 'Many receivers' o",
	    1, "example.org-M-ed25519.pem\nexample.org-M.pem\n2\n0\n", "" },
	{ "selectors and files go with the types in order",
	    "$MW keygen --json --type ed25519 --type rsa2048 --selector e "
	    "--selector r --out fe --out fr example.org | "
	    "grep -oE '\"(type|selector|key_file)\": *\"[a-z0-9]*\"' | "
	    "sort | tr -d '\"'",
	    0,
	    "key_file: fe\nkey_file: fr\nselector: e\nselector: r\n"
	    "type: ed25519\ntype: rsa2048\n",
	    "" },
	{ "one object a key, each on its line",
	    "$MW keygen --json --type rsa2048 --type ed25519 example.org | "
	    "grep -c '^{\"mailwizard\"'",
	    0, "2\n", "" },
	{ "one file for two keys: none is made",
	    "$MW keygen --type rsa2048 --type ed25519 --out k example.org; "
	    "echo $?; ls",
	    0, "2\n", "give --out once for each --type" },
	{ "the same file twice",
	    "$MW keygen --type rsa2048 --type ed25519 --out k --out k "
	    "example.org; echo $?; ls",
	    0, "2\n", "cannot share a file" },
	{ "the same selector twice",
	    "$MW keygen --type rsa2048 --type ed25519 --selector a "
	    "--selector A example.org; echo $?; ls",
	    0, "2\n", "cannot share a selector" },
	{ "one selector for two keys",
	    "$MW keygen --type rsa2048 --type ed25519 --selector a "
	    "example.org; echo $?; ls",
	    0, "2\n", "give --selector once for each --type" },
	{ "the second file is there: the first is not made",
	    "echo x >k; $MW keygen --type rsa2048 --type ed25519 --out j "
	    "--out k example.org; echo $?; ls",
	    0, "2\nk\n", "k is there already" },
	{ "three types",
	    "$MW keygen --type rsa2048 --type ed25519 --type rsa4096 "
	    "example.org",
	    2, NULL, "two keys at once" },
	{ "another type", "$MW keygen --type rsa1024 example.org", 2, NULL,
	    "is none of rsa2048" },
	{ "no domain", "$MW keygen", 2, NULL, "needs a domain" },
	{ "two domains", "$MW keygen example.org example.net", 2, NULL,
	    "one too many" },
	{ "no domain name", "$MW keygen 192.0.2.1", 2, NULL, "192.0.2.1" },
	{ "an option of another command", "$MW keygen --offline example.org", 2,
	    NULL, "no option of \"mailwizard keygen\"" },
	{ "help", "$MW keygen --help", 0, "--type TYPE", "" },
};

static void
lines_end_as_they_should(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct outcome o = shell(lines[i].line);
		bool out = lines[i].out == NULL
		    ? o.out_len == 0
		    : strstr(o.out, lines[i].out) != NULL;
		bool err = lines[i].err[0] == '\0'
		    ? o.err[0] == '\0'
		    : strstr(o.err, lines[i].err) != NULL;

		if (o.status != lines[i].status || !out || !err)
			fail_msg("%s: %d\n%s%s", lines[i].what, o.status, o.out,
			    o.err);
		command_free(&o);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_key_is_the_private_ones),
		cmocka_unit_test(lines_end_as_they_should),
	};

	return cmocka_run_group_tests_name("keygen", tests, NULL, NULL);
}
