/*
 * mailwizard spf: with --ip the result of check_host() (RFC 7208 section 4),
 * else the verdict on the record.
 *
 * The first is called once a message by other programs: it starts neither
 * curses nor OpenSSL, and JSON only when asked.
 */
#include <stdlib.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/domain.h"
#include "../checks/spf.h"
#include "cli.h"
#include "json.h"
#include "watch.h"

static void
print_verdict(struct arena *arena, const struct spf_verdict *verdict)
{
	printf("%s\n", spf_result_word(verdict->result));
	if (verdict->explanation != NULL)
		printf("explanation: %s\n",
		    printable(arena, str_of(verdict->explanation)));
	if (verdict->reason != NULL)
		printf("reason: %s\n", verdict->reason);
	printf("lookups: %u/%d\n", verdict->lookups, SPF_MAX_LOOKUPS);
	printf("void lookups: %u/%d\n", verdict->voids, SPF_MAX_VOIDS);
}

static void
print_json(const char *domain, const struct spf_verdict *verdict)
{
	char *line = json_spf(domain, verdict);

	puts(line);
	free(line);
}

static int
exit_status(enum spf_result result)
{
	if (result == SPF_RESULT_PASS)
		return EXIT_FINE;
	return result == SPF_RESULT_TEMPERROR ? EXIT_NOT_SEEN : EXIT_FAILED;
}

/* The domain behind the last '@', or the whole text, as A-labels; 4.3. */
static const char *
with_a_labels(struct arena *arena, const char *text)
{
	const char *at = strrchr(text, '@');
	const char *domain = at != NULL ? at + 1 : text;
	struct domain_name name;

	if (str_is_ascii(str_of(domain)) ||
	    domain_read_as(arena, str_of(domain), DOMAIN_AS_TYPED, &name) !=
		NULL)
		return text;
	return arena_printf(
	    arena, "%.*s%s", (int)(domain - text), text, name.name);
}

/* Sections 2.3 and 2.4: who the client says it is, where nobody told us. */
static struct spf_query
make_query(
    struct arena *arena, const struct options *options, const char *domain)
{
	struct spf_query query = {
		.ip = options->client,
		.helo = options->helo,
		.sender = options->sender,
	};

	if (query.helo == NULL)
		query.helo = domain;
	if (query.sender == NULL)
		query.sender = arena_printf(arena, "postmaster@%s", domain);
	query.helo = with_a_labels(arena, query.helo);
	query.sender = with_a_labels(arena, query.sender);
	return query;
}

static int
evaluate(
    const struct options *options, struct resolver *dns, const char *domain)
{
	struct run run;
	struct spf_verdict verdict;
	struct spf_query query;
	int status = EXIT_NOT_SEEN;

	run_begin(&run, dns, options->timeout_ms, -1);
	query = make_query(run.arena, options, domain);
	if (spf_check_host(&run, domain, &query, &verdict) == OK) {
		status = exit_status(verdict.result);
		if (options->json)
			print_json(domain, &verdict);
		else
			print_verdict(run.arena, &verdict);
	} else {
		complain(_("Could not look: %s."), run.error);
	}
	if (options->verbose)
		print_trace(stderr, &run);
	run_end(&run);
	return finish_stdout(status);
}

static int
check_host(struct arena *arena, const struct options *options)
{
	struct domain_name domain;
	struct world world;
	const char *problem;
	int status;

	problem = domain_read_as(
	    arena, str_of(options->operands[0]), DOMAIN_AS_TYPED, &domain);
	if (problem == NULL)
		problem = world_open(arena, options, domain.name, &world);
	if (problem != NULL) {
		complain("%s", problem);
		return EXIT_USAGE;
	}
	if (domain.surprising)
		complain("%s: %s", domain.name, domain.removed);
	status = evaluate(options, world.top, domain.name);
	world_close(&world);
	return status;
}

int
cli_spf(const struct options *options)
{
	static const bool wanted[STEP_COUNT] = { [STEP_SPF] = true };
	struct arena *arena = arena_new();
	const char *domain;
	int status = EXIT_USAGE;

	if (options->client.family != IP_NONE) {
		status = check_host(arena, options);
	} else {
		domain = read_operand(arena, options->operands[0]);
		if (domain != NULL)
			status = watch_domain(options, "spf", wanted, domain);
	}
	arena_free(arena);
	return status;
}
