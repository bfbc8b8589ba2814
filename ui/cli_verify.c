/*
 * mailwizard verify: what receivers think of one message, and why.
 *
 * The verdict is one sentence for who meets all this for the first time; the
 * details stand behind it.
 */
#include <stdlib.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/verify.h"
#include "cli.h"
#include "json.h"
#include "wrap.h"

#define INDENT 4

static void
print_indented(struct arena *arena, const char *text)
{
	printf("%*s%s\n", INDENT, "",
	    wrap(arena, text, wrap_columns(stdout), (size_t)INDENT));
}

/* "selector 2026, rsa-sha256, 2048 bits" */
static const char *
signature_facts(struct arena *arena, const struct dkim_verdict *verdict)
{
	const struct dkim_signature *s = &verdict->signature;
	const char *facts = "";

	if (s->selector != NULL)
		facts = arena_printf(arena, _(", selector %s"), s->selector);
	if (s->algorithm != NULL)
		facts = arena_printf(arena, "%s, %s", facts, s->algorithm);
	if (verdict->key_bits > 0)
		facts = arena_printf(
		    arena, _("%s, %u bits"), facts, verdict->key_bits);
	return facts;
}

static void
print_signature(
    struct arena *arena, const struct dkim_verdict *verdict, bool aligned)
{
	const char *domain = verdict->signature.domain;

	printf("DKIM: %s (%s%s%s)\n", dkim_word(verdict->result),
	    domain != NULL ? domain : _("no domain"),
	    signature_facts(arena, verdict),
	    aligned ? "" : _(", not the domain of From"));
	print_indented(arena, verdict->reason);
	for (size_t i = 0; i < verdict->nautopsy; i++)
		print_indented(arena, verdict->autopsy[i]);
}

static void
print_spf(struct arena *arena, const struct verify *verify)
{
	const struct verify_spf *spf = &verify->spf;

	if (!verify->has_spf) {
		printf("SPF: %s\n", _("not looked at"));
		if (verify->spf_problem != NULL)
			print_indented(arena, verify->spf_problem);
		return;
	}
	printf("SPF: %s (%s%s)\n", spf_result_word(spf->result), spf->domain,
	    spf->aligned ? "" : _(", not the domain of From"));
	if (spf->reason != NULL)
		print_indented(arena, spf->reason);
}

static void
print_dmarc(struct arena *arena, const struct verify_dmarc *dmarc)
{
	const char *word = verify_word(dmarc->result);

	printf("DMARC: %s", word != NULL ? word : _("not decided"));
	if (dmarc->record_domain != NULL && dmarc->policy != NULL)
		printf(
		    " (_dmarc.%s, p=%s)", dmarc->record_domain, dmarc->policy);
	putchar('\n');
	if (word != NULL && dmarc->reason != NULL)
		print_indented(arena, dmarc->reason);
}

static void
print_findings(struct arena *arena, const struct report *report)
{
	for (const struct finding *f = report->first; f != NULL; f = f->next) {
		printf("\n%s.\n",
		    wrap(arena, finding_title(arena, f), wrap_columns(stdout),
			0));
		print_indented(arena, finding_text(arena, f));
		print_indented(arena, finding_fix(arena, f));
	}
}

static void
print_text(struct run *run, const struct verify *verify)
{
	struct arena *arena = run->arena;

	printf("%s\n\n",
	    wrap(arena, verify_sentence(arena, verify), wrap_columns(stdout),
		0));
	printf("%s %s\n", _("From:"),
	    verify->from_domain != NULL ? verify->from_domain : "-");
	if (verify->dkim.n == 0)
		printf("DKIM: none (%s)\n", _("the message is not signed"));
	for (size_t i = 0; i < verify->dkim.n; i++)
		print_signature(
		    arena, &verify->dkim.list[i], verify->aligned[i]);
	print_spf(arena, verify);
	print_dmarc(arena, &verify->dmarc);
	print_findings(arena, &run->report);
}

/* CONTRACT, exit status: what was not seen could turn a failure. */
static int
exit_status(const struct verify *verify)
{
	if (verify->dmarc.result == VERIFY_FAIL ||
	    verify->dmarc.result == VERIFY_PERMERROR)
		return EXIT_FAILED;
	if (verify_any_temperror(verify))
		return EXIT_NOT_SEEN;
	return verify->dkim.n > 0 && !verify_any_pass(verify) ? EXIT_FAILED
							      : EXIT_FINE;
}

static int
verify_and_print(const struct options *options, struct resolver *dns,
    const struct message *message)
{
	struct verify_client client = { .ip = options->client,
		.helo = options->helo,
		.sender = options->sender };
	struct verify verify;
	struct run run;
	int status = EXIT_NOT_SEEN;
	char *line;

	run_begin(&run, dns, options->timeout_ms, -1);
	if (verify_message(&run, message, &client, options->trust_received,
		&verify) != OK) {
		complain(_("Could not look: %s."), run.error);
	} else {
		status = exit_status(&verify);
		if (options->json) {
			line = json_verify(&run, &verify);
			puts(line);
			free(line);
		} else {
			print_text(&run, &verify);
		}
	}
	if (options->verbose)
		print_trace(stderr, &run);
	run_end(&run);
	return finish_stdout(status);
}

int
cli_verify(const struct options *options)
{
	struct arena *arena = arena_new();
	struct verify author = { 0 };
	struct message message;
	struct world world;
	const char *problem, *domain;
	int status = EXIT_USAGE;

	problem = message_open(arena, options->operands[0], &message);
	if (problem != NULL) {
		complain("%s", problem);
		goto done;
	}
	/* Relative names of a zone file belong to the author's domain. */
	verify_author(arena, &message, &author);
	domain = author.from_domain != NULL ? author.from_domain : ".";
	problem = world_open(arena, options, domain, &world);
	if (problem == NULL) {
		status = verify_and_print(options, world.top, &message);
		world_close(&world);
	} else {
		complain("%s", problem);
	}
	message_close(&message);
done:
	arena_free(arena);
	return status;
}
