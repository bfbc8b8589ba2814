/* First answers, found in the files of a machine. */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../wizard/guess.h"

/* A machine: files (NULL ends the list) and what is guessed from them. */
static const struct {
	const char *hostname, *hosts, *mailname;
	const char *file; /* one more, empty */
	const char *domain, *host, *server; /* "": no guess */
} machines[] = {
	{ "mail.example.org\n", NULL, NULL, NULL, "example.org",
	    "mail.example.org", "" },
	{ "mail\n", "127.0.0.1 localhost\n127.0.1.1 mail.example.org mail\n",
	    NULL, "etc/postfix/main.cf", "example.org", "mail.example.org",
	    "postfix-dovecot" },
	{ "mail\n", "192.0.2.1 mx.example.net mx # mail\n", NULL, NULL, "", "",
	    "" },
	/* Installers write the host's name into mailname: no news. */
	{ "mail.example.org\n", NULL, "mail.example.org\n", NULL, "example.org",
	    "mail.example.org", "" },
	{ "mail.example.org\n", NULL, "example.net\n", "usr/sbin/exim4",
	    "example.net", "", "other" },
	{ "box\n", NULL, "EXAMPLE.org.\n", "usr/sbin/dovecot", "example.org",
	    "", "postfix-dovecot" },
	{ "example.org\n", NULL, NULL, NULL, "example.org", "", "" },
	{ "box.local\n", NULL, "box.lan\n", NULL, "", "", "" },
	{ "localhost.localdomain\n", NULL, "localhost\n", NULL, "", "", "" },
	{ "\033[2Jx.y\n", NULL, "a..b\n", NULL, "", "", "" },
	{ NULL, NULL, NULL, NULL, "", "", "" },
};

static char root[64];

static void
put(const char *name, const char *text)
{
	char path[256];
	FILE *file;

	if (text == NULL)
		return;
	snprintf(path, sizeof(path), "%s/%s", root, name);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static void
make_folders(void)
{
	static const char *const names[] = { "etc", "etc/postfix", "usr",
		"usr/sbin" };
	char path[256];

	for (size_t i = 0; i < COUNT(names); i++) {
		snprintf(path, sizeof(path), "%s/%s", root, names[i]);
		assert_int_equal(mkdir(path, 0700), 0);
	}
}

static void
remove_all(void)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -r '%s'", root);
	assert_int_equal(system(command), 0);
}

static void
files_tell_what_machine_it_is(void **state)
{
	struct guess guesses[FIELD_COUNT];

	(void)state;
	for (size_t i = 0; i < COUNT(machines); i++) {
		strcpy(root, "/tmp/mailwizard-guess-XXXXXX");
		assert_non_null(mkdtemp(root));
		make_folders();
		put("etc/hostname", machines[i].hostname);
		put("etc/hosts", machines[i].hosts);
		put("etc/mailname", machines[i].mailname);
		if (machines[i].file != NULL)
			put(machines[i].file, "");
		guess_all(root, guesses);
		assert_string_equal(
		    guesses[FIELD_DOMAIN].value, machines[i].domain);
		assert_string_equal(
		    guesses[FIELD_HOST].value, machines[i].host);
		assert_string_equal(
		    guesses[FIELD_SERVER].value, machines[i].server);
		/* Where there is a guess, it says where it is from. */
		for (size_t j = 0; j < FIELD_COUNT; j++)
			assert_int_equal(guesses[j].value[0] == '\0',
			    guesses[j].origin[0] == '\0');
		remove_all();
	}
}

static void
without_a_root_there_is_no_guess(void **state)
{
	struct guess guesses[FIELD_COUNT];

	(void)state;
	guess_all("/nonexistent", guesses);
	for (size_t i = 0; i < FIELD_COUNT; i++)
		assert_string_equal(guesses[i].value, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_tell_what_machine_it_is),
		cmocka_unit_test(without_a_root_there_is_no_guess),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
