/*
 * mailwizard keygen: a key pair for DKIM.  The private key goes to a file and
 * nowhere else; what is printed is for everyone.
 */
#include <stdlib.h>
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
	if (made->kind == KEY_KIND_ED25519)
		printf(_("\nMany receivers do not know Ed25519 yet: sign with "
			 "an RSA key under another\nselector as well.\n"));
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
make(struct arena *arena, const char *out, struct keygen *made)
{
	struct key_pair pair;
	const char *problem;

	made->key_file = out != NULL
	    ? out
	    : key_file_name(arena, made->domain, made->selector);
	problem = key_file_problem(arena, made->key_file);
	if (problem != NULL)
		return arena_printf(
		    arena, _("%s The option is --out FILE."), problem);
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

static int
keygen(struct arena *arena, const struct options *options, const char *domain)
{
	struct keygen made = { .domain = domain, .kind = options->key_kind };
	const char *problem;

	made.selector = options->nselectors > 0
	    ? options->selectors[0]
	    : propose_selector(arena, made.kind);
	if (options->nselectors > 1)
		problem = _("A key has one selector: give --selector once.");
	else
		problem =
		    dkim_selector_problem(arena, made.selector, domain, false);
	made.selector = lower(arena, made.selector);
	if (problem == NULL)
		problem = make(arena, options->out_file, &made);
	if (problem != NULL) {
		complain("%s", problem);
		return EXIT_USAGE;
	}
	if (options->json)
		print_json(&made);
	else
		print_text(arena, &made);
	return finish_stdout(EXIT_FINE);
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
