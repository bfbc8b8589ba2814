/* mailwizard dkim: the published keys of a domain, each judged. */
#include "../checks/base/i18n.h"
#include "../checks/dkim.h"
#include "../wizard/key_file.h"
#include "cli.h"
#include "secret.h"
#include "watch.h"

/* A selector that DNS cannot have is a slip of the command line. */
static const char *
selectors_problem(
    struct arena *arena, const struct options *options, const char *domain)
{
	const char *problem = NULL;

	for (size_t i = 0; problem == NULL && i < options->nselectors; i++)
		problem = dkim_selector_problem(
		    arena, options->selectors[i], domain, true);
	return problem;
}

/* The key of --key FILE, to be held against the published one. */
static const char *
read_key(struct arena *arena, struct options *options)
{
	char passphrase[SECRET_MAX];
	enum private_key how;
	const char *problem;

	if (options->key_file == NULL)
		return NULL;
	if (options->nselectors != 1)
		return _("--key needs --selector once: the selector that the "
			 "signer uses with this key.");
	problem = key_file_read(
	    arena, options->key_file, NULL, &options->expected.key, &how);
	if (how == PRIVATE_KEY_LOCKED &&
	    secret_ask(_("Passphrase of the key: "), passphrase)) {
		problem = key_file_read(arena, options->key_file, passphrase,
		    &options->expected.key, &how);
		secret_wipe(passphrase, sizeof(passphrase));
	}
	if (problem == NULL)
		options->expected.selector = options->selectors[0];
	return problem;
}

int
cli_dkim(const struct options *given)
{
	static const bool wanted[STEP_COUNT] = { [STEP_DKIM] = true };
	struct arena *arena = arena_new();
	struct options *options = arena_new_of(arena, struct options);
	const char *domain = read_operand(arena, given->operands[0]);
	const char *problem;
	int status = EXIT_USAGE;

	*options = *given;
	if (domain != NULL) {
		problem = selectors_problem(arena, options, domain);
		if (problem == NULL)
			problem = read_key(arena, options);
		if (problem != NULL)
			complain("%s", problem);
		else
			status = watch_domain(options, "dkim", wanted, domain);
	}
	arena_free(arena);
	return status;
}
