/* Trying the record, and publishing it. */
#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/spf.h"
#include "plain_inside.h"

/* --- try ----------------------------------------------------------------- */

void
plain_try(struct plain *p)
{
	const struct spf_view *spf;

	plain_put("",
	    _("Nothing is published by this: your record is laid over DNS and "
	      "asked as a receiver would."));
	plain_wait(p);
	spf = session_spf(p->session);
	if (p->ended >= 0)
		return;
	if (spf->nsenders == 0)
		plain_put("",
		    _("None of your own sending addresses is known. Enter them "
		      "in the step Domain to have them tried."));
	for (size_t i = 0; i < spf->nsenders; i++) {
		const struct spf_verdict *v = &spf->senders[i].verdict;

		plain_print("    ", "%s: %s%s%s",
		    ip_print(p->arena, spf->senders[i].ip),
		    spf_result_word(v->result), v->reason == NULL ? "" : ", ",
		    v->reason == NULL ? "" : v->reason);
	}
}

/* --- publish ------------------------------------------------------------- */

static void
put_steps(const struct spf_view *spf)
{
	plain_put(" 1  ", _("Log in where the DNS of your domain is kept."));
	plain_put(" 2  ",
	    spf->now == SPF_NOW_SEVERAL
		? _("Delete all TXT records that begin with v=spf1, and add "
		    "this one. Leave other TXT records.")
		: spf->now == SPF_NOW_NONE
		? _("Add this record. Leave all others as they are.")
		: _("Replace the TXT record that begins with v=spf1 by this "
		    "one. Leave other TXT records as they are."));
	plain_put(" 3  ", _("Come back here and type y."));
}

/* As it is: lines that are copied are never cut. */
static void
put_form(struct plain *p, enum output_format format)
{
	const struct plan *plan = session_plan(p->session);
	struct output output;

	output_make(p->arena, plan, &output);
	for (size_t i = 0; i < output.nrecords; i++) {
		const char *text =
		    output_text(p->arena, plan, &output.records[i], format);
		struct str rest = str_of(text);

		while (rest.len > 0)
			plain_line(str_dup(p->arena, str_word(&rest, '\n')));
	}
}

/* "1 Web panel, 2 Zone file (BIND), ..." */
static const char *
formats(struct plain *p)
{
	const char *text = "";

	for (int i = 0; i < OUTPUT_COUNT; i++)
		text = arena_printf(p->arena, "%s%s%d %s", text,
		    i == 0 ? "" : ", ", i + 1,
		    _(output_format_label((enum output_format)i)));
	return text;
}

static void
published(struct plain *p)
{
	const struct spf_view *spf;

	session_spf_publish(p->session);
	plain_wait(p);
	if (p->ended >= 0)
		return;
	spf = session_spf(p->session);
	if (spf->now == SPF_NOW_SAME)
		plain_put("OK    ", _("DNS shows exactly this record."));
	else
		plain_put("WAIT  ",
		    _("DNS does not show it yet. Name servers can take some "
		      "minutes, and resolvers keep the old record until its "
		      "time to live is over."));
}

static bool
is_yes(const char *line)
{
	return str_equal_nocase(str_of(line), "y") ||
	    str_equal_nocase(str_of(line), "yes") ||
	    str_equal_nocase(str_of(line), _("yes"));
}

void
plain_publish(struct plain *p)
{
	const struct spf_view *spf = session_spf(p->session);
	const char *help =
	    _("The wizard cannot change your DNS; you do it where your domain "
	      "is kept. \"@\" stands for the domain itself; some panels want "
	      "the full name, others an empty field. Enter the value without "
	      "quotes unless the form shows them.");
	const char *line;
	struct str rest;
	size_t number;

	if (*spf->record == '\0') {
		plain_put(
		    "", _("The record is empty. Add who may send first."));
		return;
	}
	put_steps(spf);
	put_form(p, OUTPUT_PANEL);
	plain_put(_("Other forms: "), formats(p));
	while (plain_ask(p,
		   _("y it is published, a number for another form, Enter to "
		     "go back, ? help:"),
		   help) == REPLY_TEXT) {
		if (is_yes(p->line)) {
			published(p);
			return;
		}
		line = arena_strdup(p->arena, p->line);
		rest = str_of(line);
		if (plain_number(&rest, OUTPUT_COUNT, &number))
			put_form(p, (enum output_format)(number - 1));
	}
}
