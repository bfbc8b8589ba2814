/*
 * mailwizard keygen: a key pair for DKIM.  The private key goes to a file and
 * nowhere else; what is printed is for everyone.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/dkim.h"
#include "../wizard/key_file.h"
#include "cli.h"
#include "json.h"

/* The month it was made in says when a key is due for another. */
static const char *
propose_selector(struct arena *arena, enum key_kind kind)
{
	time_t now = time(NULL);
	struct tm tm;

	gmtime_r(&now, &tm);
	return arena_printf(arena, "%04d-%02d%s", tm.tm_year + 1900,
	    tm.tm_mon + 1, kind == KEY_KIND_ED25519 ? "-ed25519" : "");
}

static const char *
lower(struct arena *arena, const char *text)
{
	char *copy = arena_strdup(arena, text);

	for (char *p = copy; *p != '\0'; p++)
		*p = to_lower(*p);
	return copy;
}

static void
print_text(struct arena *arena, const struct keygen *made)
{
	printf(_("Private key (readable by you alone; the signing server "
		 "needs it):\n    %s\n\n"),
	    printable(arena, str_of(made->key_file)));
	printf(_("Selector:\n    %s\n\n"), made->selector);
	printf(_("Publish this record in DNS:\n\n"));
	printf(_("Name:  %s\n"), made->record.name);
	printf(_("Type:  %s\n"), rr_type_word(arena, made->record.type));
	printf(_("Value: %s\n\n"), record_value(arena, &made->record));
	printf(_("The same as a line of a zone file:\n\n%s\n"),
	    record_zone_line(arena, &made->record));
}

static void
print_json(const struct keygen *made)
{
	char *line = json_keygen(made);

	puts(line);
	free(line);
}

/* NULL, and the key is in its file; or one sentence, and no file is there. */
static const char *
make(struct arena *arena, struct keygen *made)
{
	struct key_pair pair;
	const char *problem;

	if (!key_pair_make(arena, made->kind, &pair))
		return _("OpenSSL could not make a key; nothing was written. "
			 "Try again.");
	made->record = dkim_key_record(
	    arena, made->selector, made->domain, &pair, made->kind);
	problem = key_file_write(
	    arena, made->key_file, (struct str){ pair.pem, pair.pem_len });
	key_pair_wipe(&pair);
	return problem;
}

static size_t
count(const struct options *options)
{
	return options->nkey_kinds > 0 ? options->nkey_kinds : 1;
}

/* Selectors and files belong to the types one by one. */
static const char *
numbers_problem(const struct options *options)
{
	size_t n = count(options);

	if (options->nselectors > 0 && options->nselectors != n)
		return n == 1
		    ? _("A key has one selector: give --selector once.")
		    : _("Each key has a selector of its own: give --selector "
			"once for each --type, in the same order.");
	if (options->nout_files > 0 && options->nout_files != n)
		return n == 1
		    ? _("A key goes to one file: give --out once.")
		    : _("Each key goes to a file of its own: give --out once "
			"for each --type, in the same order.");
	return NULL;
}

/* Selector and file of one key; NULL, or why it cannot have them. */
static const char *
plan_key(struct arena *arena, const struct options *options, size_t i,
    struct keygen *key)
{
	const char *problem;

	key->kind = options->key_kinds[i];
	key->selector = options->nselectors > 0
	    ? options->selectors[i]
	    : propose_selector(arena, key->kind);
	problem =
	    dkim_selector_problem(arena, key->selector, key->domain, false);
	if (problem != NULL)
		return problem;
	key->selector = lower(arena, key->selector);
	key->key_file = options->nout_files > 0
	    ? options->out_files[i]
	    : key_file_name(arena, key->domain, key->selector);
	return key_file_problem(arena, key->key_file);
}

/* All of it, before the first key is made. */
static const char *
plan(struct arena *arena, const struct options *options, const char *domain,
    struct keygen keys[static KEYGEN_MAX])
{
	const char *problem = numbers_problem(options);

	for (size_t i = 0; problem == NULL && i < count(options); i++) {
		keys[i].domain = domain;
		problem = plan_key(arena, options, i, &keys[i]);
		for (size_t j = 0; problem == NULL && j < i; j++)
			if (strcmp(keys[i].selector, keys[j].selector) == 0)
				problem = _("Two keys cannot share a "
					    "selector: give --selector twice, "
					    "with two names.");
			else if (strcmp(keys[i].key_file, keys[j].key_file) ==
			    0)
				problem = _("Two keys cannot share a file: "
					    "give --out twice, with two "
					    "names.");
	}
	return problem;
}

static void
print_keys(struct arena *arena, const struct options *options,
    const struct keygen *keys, size_t n)
{
	bool rsa = false;

	for (size_t i = 0; i < n; i++) {
		rsa = rsa || keys[i].kind != KEY_KIND_ED25519;
		if (options->json) {
			print_json(&keys[i]);
			continue;
		}
		if (i > 0)
			putchar('\n');
		print_text(arena, &keys[i]);
	}
	if (n > 0 && !rsa && !options->json)
		printf(_("\nMany receivers do not know Ed25519 yet: sign with "
			 "an RSA key under another\nselector as well.\n"));
}

/* A key whose file is there is always printed. */
static int
keygen(struct arena *arena, const struct options *options, const char *domain)
{
	struct keygen keys[KEYGEN_MAX] = { { .domain = NULL } };
	const char *problem = plan(arena, options, domain, keys);
	size_t n = 0;

	while (problem == NULL && n < count(options)) {
		problem = make(arena, &keys[n]);
		if (problem == NULL)
			n++;
	}
	print_keys(arena, options, keys, n);
	if (problem == NULL)
		return finish_stdout(EXIT_FINE);
	complain("%s", problem);
	finish_stdout(EXIT_USAGE);
	return EXIT_USAGE;
}

int
cli_keygen(const struct options *options)
{
	struct arena *arena = arena_new();
	const char *domain = read_operand(arena, options->operands[0]);
	int status = EXIT_USAGE;

	if (domain != NULL)
		status = keygen(arena, options, domain);
	arena_free(arena);
	return status;
}
