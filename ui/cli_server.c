/* mailwizard server: the mail ports of a host, all addresses side by side. */
#include <stdlib.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/certificate.h"
#include "../checks/crypto.h"
#include "../checks/mail_login.h"
#include "../checks/proof.h"
#include "audit.h"
#include "cli.h"
#include "cli_login.h"
#include "json.h"
#include "wrap.h"

#define INDENT 9

/* RFC 8314 section 3, and the ports with STARTTLS. */
static const struct port usual[] = {
	{ MAIL_POP3, { .port = 110 }, false, true },
	{ MAIL_POP3, { .port = 995 }, true, true },
	{ MAIL_IMAP, { .port = 143 }, false, true },
	{ MAIL_IMAP, { .port = 993 }, true, true },
	{ MAIL_SMTP, { .port = 587 }, false, true },
	{ MAIL_SMTP, { .port = 465 }, true, true },
};

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

/* All that is not in order, port by port. */
static size_t
list_faults(struct arena *arena, const struct port_check *check,
    const struct finding ***out)
{
	const struct finding **list = NULL;
	size_t n = 0;

	for (size_t i = 0; i <= check->n; i++) {
		const struct finding *f = i < check->n
		    ? check->findings[i].first
		    : check->together.first;

		for (; f != NULL; f = f->next)
			if (f->severity != SEV_PASS) {
				list =
				    arena_grow(arena, list, n, sizeof(*list));
				list[n++] = f;
			}
	}
	*out = list;
	return n;
}

/* The same cause, and the same to be done about it. */
static bool
reads_the_same(
    struct arena *arena, const struct finding *a, const struct finding *b)
{
	return a->code == b->code &&
	    strcmp(finding_text(arena, a), finding_text(arena, b)) == 0 &&
	    strcmp(finding_fix(arena, a), finding_fix(arena, b)) == 0;
}

static void
print_title(struct arena *arena, const struct finding *f)
{
	printf("%s (%s)\n",
	    wrap(arena, finding_title(arena, f), wrap_columns(stdout), 0),
	    finding_kinds[f->code].id);
}

/* What several ports have in common is explained once. */
static void
print_details(struct arena *arena, const struct port_check *check)
{
	const struct finding **list;
	size_t n = list_faults(arena, check, &list);

	for (size_t i = 0; i < n; i++) {
		const struct finding *f = list[i];
		const char *proof;

		if (f == NULL)
			continue;
		putchar('\n');
		print_title(arena, f);
		for (size_t k = i + 1; k < n; k++)
			if (list[k] != NULL &&
			    reads_the_same(arena, f, list[k])) {
				print_title(arena, list[k]);
				list[k] = NULL;
			}
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
print_check(struct arena *arena, const struct port_check *check, bool verbose)
{
	for (size_t i = 0; i < check->n && verbose; i++)
		print_seen(arena, &check->facts[i]);
	if (verbose)
		putchar('\n');
	for (size_t i = 0; i < check->n; i++)
		print_lines(arena, &check->findings[i]);
	print_lines(arena, &check->together);
	print_details(arena, check);
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
worst_status(const struct port_check *check)
{
	int status = status_of(&check->together);

	for (size_t i = 0; i < check->n; i++)
		status = worse_status(status, status_of(&check->findings[i]));
	return status;
}

/* Once at each port; the password is gone after. */
static void
log_in(struct run *run, const struct options *options,
    char password[SECRET_MAX], struct port_check *check)
{
	const struct login login = { .user = options->login,
		.password = password,
		.host = check->name != NULL ? check->name : check->host };

	if (options->login != NULL)
		port_login(run, &login, check);
	secret_wipe(password, SECRET_MAX);
}

static int
look(const struct options *options, struct resolver *dns, const char *host,
    const struct trust *trust, char password[SECRET_MAX])
{
	bool given = options->nservices > 0;
	const struct port_wish wish = { .host = host,
		.name = options->host,
		.services = given ? options->services : usual,
		.nservices = given ? options->nservices : COUNT(usual),
		.no_injection_test = options->no_injection_test };
	struct port_check check;
	struct run run;
	int status;

	run_begin(&run, dns, options->timeout_ms, -1);
	run.trust = trust;
	(void)port_check(&run, &wish, 1, &check); /* nobody cancels it */
	log_in(&run, options, password, &check);
	status = worst_status(&check);
	if (options->json) {
		char *line = json_server(run.arena, &check);

		puts(line);
		free(line);
	} else {
		print_check(run.arena, &check, options->verbose);
	}
	if (options->verbose)
		print_trace(stderr, &run);
	run_end(&run);
	return finish_stdout(status);
}

int
cli_server(const struct options *options)
{
	struct arena *arena = arena_new();
	const char *host = options->operands[0];
	char password[SECRET_MAX] = "";
	struct trust *trust = NULL;
	const char *problem;
	struct world world;
	int status = EXIT_USAGE;

	if (!ip_parse(str_of(host), &(struct ip){ 0 }))
		host = read_operand(arena, host);
	if (host == NULL)
		goto done;
	problem = trust_open(arena, options->ca_file, &trust);
	if (problem == NULL && options->login != NULL)
		problem = login_password(arena, options, host, password);
	if (problem == NULL)
		problem = world_open(arena, options, host, &world);
	if (problem != NULL) {
		complain("%s", problem);
		goto done;
	}
	status = look(options, world.top, host, trust, password);
	world_close(&world);
done:
	secret_wipe(password, sizeof(password));
	trust_free(trust);
	arena_free(arena);
	return status;
}
