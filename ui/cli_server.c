/* mailwizard server: the mail ports of a host, all addresses side by side. */
#include <stdlib.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/look.h"
#include "../checks/mailport_check.h"
#include "../checks/mailport_many.h"
#include "../checks/proof.h"
#include "audit.h"
#include "cli.h"
#include "json.h"
#include "wrap.h"

#define ADDRESSES_MAX 16 /* of a host */
#define INDENT	      9

/* RFC 8314 section 3, and the ports with STARTTLS. */
static const struct port usual[] = {
	{ MAIL_POP3, { .port = 110 }, false, true },
	{ MAIL_POP3, { .port = 995 }, true, true },
	{ MAIL_IMAP, { .port = 143 }, false, true },
	{ MAIL_IMAP, { .port = 993 }, true, true },
	{ MAIL_SMTP, { .port = 587 }, false, true },
	{ MAIL_SMTP, { .port = 465 }, true, true },
};

/* --- which addresses --------------------------------------------------------- */

static size_t
addresses_of(struct run *run, const char *host, struct ip *out)
{
	const struct question questions[] = { { host, RR_A },
		{ host, RR_AAAA } };
	const struct answer *answers[COUNT(questions)];
	size_t n = 0;
	bool trouble = false;

	if (ip_parse(str_of(host), &out[0]))
		return 1;
	if (dns_ask_many(run, questions, COUNT(questions), answers) != OK)
		return 0;
	for (size_t i = 0; i < COUNT(answers); i++) {
		trouble |= look_trouble(run, answers[i]);
		for (size_t k = 0;
		     k < answers[i]->nrecords && n < ADDRESSES_MAX; k++)
			out[n++] = answers[i]->records[k].ip;
	}
	if (n == 0 && !trouble)
		report(run, F_HOST_NO_ADDRESS, .subject = host);
	return n;
}

static struct port *
ports_of(struct run *run, const struct options *options, const struct ip *ips,
    size_t nips, size_t *n)
{
	bool given = options->nservices > 0;
	const struct port *services = given ? options->services : usual;
	size_t nservices = given ? options->nservices : COUNT(usual);
	struct port *ports =
	    arena_array(run->arena, nips * nservices, sizeof(*ports));

	*n = 0;
	for (size_t i = 0; i < nips; i++)
		for (size_t k = 0; k < nservices; k++) {
			ports[*n] = services[k];
			ports[(*n)++].at.ip = ips[i];
		}
	return ports;
}

/* --- as text ------------------------------------------------------------------- */

static void
print_lines(struct arena *arena, const struct report *report)
{
	static const char *const words[SEV_COUNT] = { "OK", "NOTE", "WARN",
		"UNKNOWN", "FAIL" };

	for (const struct finding *f = report->first; f != NULL; f = f->next)
		printf("%-*s%s\n", INDENT, words[f->severity],
		    wrap(arena, finding_title(arena, f), wrap_columns(stdout),
			INDENT));
}

static void
print_part(struct arena *arena, const char *label, const char *text)
{
	if (text[0] != '\0')
		printf("  %-*s%s\n", INDENT - 2, label,
		    wrap(arena, text, wrap_columns(stdout), INDENT));
}

static void
print_details(struct arena *arena, const struct report *report)
{
	for (const struct finding *f = report->first; f != NULL; f = f->next) {
		const char *proof;

		if (f->severity == SEV_PASS)
			continue;
		printf("\n%s (%s)\n",
		    wrap(arena, finding_title(arena, f), wrap_columns(stdout),
			0),
		    finding_kinds[f->code].id);
		print_part(arena, _("why"), finding_text(arena, f));
		print_part(arena, _("do"), finding_fix(arena, f));
		proof = finding_proof(arena, f, NULL);
		if (proof != NULL) /* in one line: to be copied */
			printf("  %-*s%s\n", INDENT - 2, _("prove"), proof);
	}
}

static void
print_seen(struct arena *arena, const struct port_facts *facts)
{
	const char *version = tls_version_word(facts->tls.version);

	printf("%s %u %s: %s%s%s%s\n", mail_protocol_word(facts->port.protocol),
	    facts->port.at.port, ip_print(arena, facts->port.at.ip),
	    facts->software != NULL ? facts->software : "",
	    facts->software != NULL ? ", " : "",
	    version != NULL ? version : _("no TLS"),
	    facts->tls.cipher != NULL
		? arena_printf(arena, ", %s", facts->tls.cipher)
		: "");
	if (facts->greeting != NULL)
		print_part(arena, _("says"), facts->greeting);
	if (facts->before.list != NULL)
		print_part(arena, _("clear"), facts->before.list);
	if (facts->after.list != NULL)
		print_part(arena, _("TLS"), facts->after.list);
}

static void
print_view(struct arena *arena, const struct server_view *view, bool verbose)
{
	for (size_t i = 0; i < view->n && verbose; i++)
		print_seen(arena, &view->facts[i]);
	if (verbose)
		putchar('\n');
	for (size_t i = 0; i < view->n; i++)
		print_lines(arena, &view->reports[i]);
	print_lines(arena, &view->together);
	for (size_t i = 0; i < view->n; i++)
		print_details(arena, &view->reports[i]);
	print_details(arena, &view->together);
}

/* --- the command ----------------------------------------------------------------- */

static int
status_of(const struct report *report)
{
	int status = report->count[SEV_FAIL] > 0 ? EXIT_FAILED : EXIT_FINE;

	for (const struct finding *f = report->first; f != NULL; f = f->next)
		if (finding_hides_truth(f))
			status = worse_status(status, EXIT_NOT_SEEN);
	return status;
}

static int
judge(struct run *run, struct server_view *view)
{
	struct report *reports =
	    arena_array(run->arena, view->n, sizeof(*reports));
	struct report of_host = run->report;
	int status;

	for (size_t i = 0; i < view->n; i++) {
		run->report = (struct report){ 0 };
		mailport_judge(run, view->facts, view->n, i);
		reports[i] = run->report;
	}
	run->report = of_host;
	mailport_judge_together(run, view->host, view->facts, view->n);
	view->reports = reports;
	view->together = run->report;
	status = status_of(&view->together);
	for (size_t i = 0; i < view->n; i++)
		status = worse_status(status, status_of(&reports[i]));
	return status;
}

static int
look(const struct options *options, struct resolver *dns, const char *host)
{
	struct server_view view = { .host = host };
	struct ip ips[ADDRESSES_MAX];
	struct port_looks *looks = NULL;
	struct port *ports;
	struct run run;
	const char *name = options->host;
	size_t nips;
	int status;

	run_begin(&run, dns, options->timeout_ms, -1);
	nips = addresses_of(&run, host, ips);
	if (name == NULL && !ip_parse(str_of(host), &(struct ip){ 0 }))
		name = host;
	ports = ports_of(&run, options, ips, nips, &view.n);
	view.facts = mailport_look_many(
	    &run, ports, view.n, name, !options->no_injection_test, &looks);
	status = judge(&run, &view);
	if (options->json) {
		char *line = json_server(run.arena, &view);

		puts(line);
		free(line);
	} else {
		print_view(run.arena, &view, options->verbose);
	}
	if (options->verbose)
		print_trace(stderr, &run);
	port_looks_end(looks);
	run_end(&run);
	return finish_stdout(status);
}

int
cli_server(const struct options *options)
{
	struct arena *arena = arena_new();
	const char *host = options->operands[0];
	const char *problem;
	struct world world;
	int status = EXIT_USAGE;

	if (!ip_parse(str_of(host), &(struct ip){ 0 }))
		host = read_operand(arena, host);
	if (host == NULL)
		goto done;
	problem = world_open(arena, options, host, &world);
	if (problem != NULL) {
		complain("%s", problem);
		goto done;
	}
	status = look(options, world.top, host);
	world_close(&world);
done:
	arena_free(arena);
	return status;
}
