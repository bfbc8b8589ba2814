/*
 * mailwizard dmarc: which policy applies to a domain, where it was found, and
 * what is wrong with the record.
 *
 * The verdict is one sentence for who meets all this for the first time; the
 * details stand behind it, then the findings as in "check".
 */
#include <stdlib.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/dmarc_older.h"
#include "audit.h"
#include "cli.h"
#include "json.h"
#include "report_text.h"
#include "wrap.h"

#define INDENT 18 /* of what stands behind a label */

static void
print_part(struct arena *arena, const char *label, const char *text)
{
	int pad = INDENT - 2 - (int)strlen(label);

	printf("  %s%*s%s\n", label, pad > 0 ? pad : 1, "",
	    wrap(arena, text, wrap_columns(stdout), INDENT));
}

static const char *
asked_for(enum dmarc_policy policy)
{
	switch (policy) {
	case DMARC_REJECT:
		return N_("Receivers are asked to reject mail that says it is "
			  "from %s and fails.");
	case DMARC_QUARANTINE:
		return N_("Receivers are asked to treat mail as suspicious "
			  "that says it is from %s and fails.");
	case DMARC_NONE:
		break;
	}
	return N_("Receivers are asked for nothing but reports: mail that says "
		  "it is from %s is delivered even when it fails.");
}

static const char *
verdict(struct arena *arena, const struct dmarc_discovery *found,
    const char *domain)
{
	const struct answer *trouble = found->policy_trouble;

	if (trouble != NULL)
		return arena_printf(arena,
		    _("It is not known which policy applies to %s: %s did not "
		      "answer as it should (%s)."),
		    domain, trouble->name,
		    trouble->why != NULL ? trouble->why : _("no answer"));
	if (!dmarc_applies(found))
		return arena_printf(arena,
		    _("No DMARC policy applies to %s: nothing tells receivers "
		      "what to do with forged mail."),
		    domain);
	return arena_printf(arena, _(asked_for(found->policy)), domain);
}

/* "quarantine (p=reject, one level less for t=y)" */
static const char *
policy_shown(struct arena *arena, const struct dmarc_discovery *found)
{
	const char *wanted = dmarc_policy_word(found->wanted);

	if (!found->record->has_policy)
		return _("none (the record has no valid policy)");
	return found->policy == found->wanted
	    ? arena_printf(arena, _("%s (by %s)"), wanted,
		  dmarc_tag_name(found->applies))
	    : arena_printf(arena, _("%s (by %s: %s, one level less for t=y)"),
		  dmarc_policy_word(found->policy),
		  dmarc_tag_name(found->applies), wanted);
}

static const char *
names_asked(struct arena *arena, const struct dmarc_walk *walk)
{
	const char *list = "";

	for (size_t i = 0; i < walk->n; i++)
		list = arena_printf(arena, "%s%s%s", list, i == 0 ? "" : ", ",
		    walk->queries[i]);
	return list;
}

static void
print_discovery(struct arena *arena, const char *domain,
    const struct dmarc_discovery *found)
{
	const char *older[DMARC_OLDER_MAX];
	size_t n = dmarc_older(arena, found, older);

	printf("%s\n\n",
	    wrap(
		arena, verdict(arena, found, domain), wrap_columns(stdout), 0));
	if (dmarc_applies(found)) {
		print_part(arena, _("policy"), policy_shown(arena, found));
		print_part(arena, _("found at"), found->found->name);
		print_part(
		    arena, _("record"), printable(arena, found->found->text));
	}
	print_part(arena, _("organization"), found->organizational_domain);
	print_part(arena, _("asked"), names_asked(arena, &found->walk));
	for (size_t i = 0; i < n; i++)
		print_part(arena, i == 0 ? _("older receivers") : "", older[i]);
	putchar('\n');
}

static void
print_audit(const struct options *options, const struct audit *audit)
{
	struct text_style style = { .color = wants_color(options),
		.verbose = options->verbose,
		.server = options->nservers > 0 ? options->servers : NULL };
	char *line;

	if (options->json) {
		line = json_dmarc(audit);
		puts(line);
		free(line);
		return;
	}
	print_discovery(
	    audit->runs[0].arena, audit->domain, audit->steps[0].dmarc);
	report_text(stdout, audit, &style);
}

static int
look(const struct options *options, struct resolver *dns, const char *domain)
{
	static const bool wanted[STEP_COUNT] = { [STEP_DMARC] = true };
	const struct audit_means means = { .dns = dns, .cancel_fd = -1 };
	struct audit audit;
	int status;

	if (audit_run(options, wanted, &means, domain, &audit) != OK)
		return EXIT_NOT_SEEN;
	status = audit_exit_status(&audit);
	print_audit(options, &audit);
	if (options->verbose)
		print_trace(stderr, &audit.runs[0]);
	audit_end(&audit);
	return finish_stdout(status);
}

int
cli_dmarc(const struct options *options)
{
	struct arena *arena = arena_new();
	const char *domain = read_operand(arena, options->operands[0]);
	const char *problem;
	struct world world;
	int status = EXIT_USAGE;

	if (domain == NULL)
		goto done;
	problem = world_open(arena, options, domain, &world);
	if (problem != NULL) {
		complain("%s", problem);
		goto done;
	}
	status = look(options, world.top, domain);
	world_close(&world);
done:
	arena_free(arena);
	return status;
}
