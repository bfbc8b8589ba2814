/* The SPF record: its terms as a list of numbers, and what they make. */
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/spf.h"
#include "../wizard/help.h"
#include "../wizard/no_mail_plan.h"
#include "plain_inside.h"
#include "view.h"

#define OCTETS_GOOD 450 /* RFC 7208 section 3.4, and the name */

/* --- the record ---------------------------------------------------------- */

static const char *
term_cost(struct plain *p, const struct spf_line *line)
{
	if (!spf_term_kinds[line->term.kind].asks_dns)
		return "";
	if (!line->counted)
		return _("; lookups are being counted");
	return arena_printf(p->arena,
	    PLURAL("; %u lookup", "; %u lookups", line->lookups),
	    line->lookups);
}

static const char *
term_meaning(const struct spf_line *line)
{
	bool plain = line->term.qualifier == SPF_RESULT_PASS ||
	    line->term.kind > SPF_EXISTS;

	return plain ? NULL : qualifier_help[line->term.qualifier].label;
}

static void
put_term(struct plain *p, size_t number, const struct spf_line *line)
{
	const char *first = arena_printf(p->arena, "%2zu  ", number);
	const char *meaning = term_meaning(line);
	const char *problem =
	    line->problem != NULL ? line->problem : line->trouble;

	if (problem != NULL)
		plain_print(first, _("%s  FAIL: %s"), line->text, problem);
	else
		plain_print(first, "%s  %s%s%s%s", line->text,
		    meaning == NULL ? "" : _(meaning),
		    meaning == NULL ? "" : ": ", _(line->help->label),
		    term_cost(p, line));
}

static const char *
judged(bool known, unsigned int n, unsigned int limit)
{
	return !known ? _("WAIT") : n > limit ? _("FAIL") : _("OK");
}

static void
put_numbers(const struct spf_view *spf)
{
	const char *more = spf->at_least ? _(" or more") : "";

	plain_print("",
	    _("DNS lookups: %u%s of %d, %s. Void lookups: %u%s of %d, %s. "
	      "Length: %zu bytes, %s."),
	    spf->lookups, more, SPF_MAX_LOOKUPS,
	    judged(spf->counted, spf->lookups, SPF_MAX_LOOKUPS), spf->voids,
	    more, SPF_MAX_VOIDS,
	    judged(spf->counted, spf->voids, SPF_MAX_VOIDS), spf->octets,
	    spf->octets > OCTETS_GOOD ? _("NOTE: rather long") : _("OK"));
}

static void
put_record(struct plain *p, const struct spf_view *spf)
{
	if (*spf->shown == '\0') {
		plain_put("", _("The record is empty. a adds who may send."));
		return;
	}
	put_numbers(spf);
	plain_print("",
	    _("Your record, to be published at the name @ (%s), type TXT:"),
	    session_plan(p->session)->domain);
	plain_line(spf->shown);
}

/* What goes with the record of a domain that sends nothing. */
static void
put_companions(struct plain *p)
{
	const struct plan *plan = session_plan(p->session);
	struct output output = { 0 };

	if (plan->sends_nothing)
		plain_put("", _(no_mail_explanation(plan)));
	no_mail_output(p->arena, plan, &output);
	for (size_t i = 0; i < output.nrecords; i++)
		plain_line(arena_printf(p->arena, _("With it: %s %s %s"),
		    output.records[i].name,
		    rr_type_word(p->arena, output.records[i].type),
		    record_value(p->arena, &output.records[i])));
}

static void
put_now(const struct spf_view *spf, bool faulty)
{
	static const struct {
		const char *level;
		const char *text;
	} states[] = {
		[SPF_NOW_LOOKING] = { N_("WAIT"), N_("not known yet") },
		[SPF_NOW_SAME] = { N_("OK"),
		    N_("exactly this record is published") },
		[SPF_NOW_DIFFERENT] = { N_("WARN"), N_("another record") },
		[SPF_NOW_NONE] = { N_("WARN"),
		    N_("no SPF record is published yet") },
		[SPF_NOW_SEVERAL] = { N_("FAIL"),
		    N_("more than one SPF record is published") },
		[SPF_NOW_FAILED] = { N_("WARN"),
		    N_("could not look: DNS did not answer") },
	};
	bool show = spf->published != NULL && spf->now == SPF_NOW_DIFFERENT;

	if (faulty && spf->now == SPF_NOW_SAME)
		plain_print(_("In DNS now: "), "%s, %s.", _("NOTE"),
		    _("the same record, with the same faults"));
	else
		plain_print(_("In DNS now: "), "%s, %s%s%s",
		    _(states[spf->now].level), _(states[spf->now].text),
		    show ? ": " : ".", show ? spf->published : "");
	if (spf->nsenders > 0)
		plain_print("", _("%zu of %zu own addresses pass."),
		    spf->npassing, spf->nsenders);
}

/* --- commands ------------------------------------------------------------ */

static const char *
help(struct plain *p)
{
	return arena_printf(p->arena, "%s%s",
	    _("Receivers try the terms from top to bottom. The number of a "
	      "term changes, moves or removes it; the number of a finding "
	      "reads it out, with what can be done about it.\n"
	      "a adds a server, a network or a mail service\n"
	      "e says what happens to all other senders\n"
	      "u takes back the last change\n"
	      "r does what mends the worst fault, in your plan only\n"
	      "t tries the record with your own addresses; t 192.0.2.25 "
	      "tries any other, and a sender may stand behind it\n"
	      "p shows how to publish it, and asks whether you did\n"
	      "b shows the records that mend the subdomains that send\n"
	      "l begins again from what DNS has\n"
	      "s leaves this step out\n"
	      "Enter goes on, < goes back, ! asks DNS again, q saves and "
	      "quits."),
	    plain_help(p, help_for_step(steps[WIZ_SPF].help)));
}

static void
say(const char *problem)
{
	if (problem != NULL)
		plain_put("NOTE  ", problem);
}

static void
skip(struct plain *p)
{
	session_skip(p->session, WIZ_SPF, true);
	session_next(p->session, NULL);
}

static void
repair(struct plain *p)
{
	struct remedy remedy;

	if (plain_best_remedy(p, LOOK_PLAN, &remedy))
		plain_apply(p, LOOK_PLAN, &remedy);
	else
		plain_put("", _("There is nothing the program can mend here."));
}

/* True when the line was the letter of a command. */
static bool
take_letter(struct plain *p)
{
	if (p->line[0] == '\0' || p->line[1] != '\0')
		return false;
	switch (p->line[0]) {
	case 'a':
		plain_add_term(p);
		return true;
	case 'e':
		plain_choose_ending(p);
		return true;
	case 'u':
		say(session_undo(p->session));
		return true;
	case 't':
		plain_try(p);
		return true;
	case 'p':
		plain_publish(p, PLANNED_SPF);
		return true;
	case 'l':
		say(session_spf_reload(p->session));
		return true;
	case 'r':
		repair(p);
		return true;
	case 'b':
		plain_publish_suggested(p, LOOK_SUBDOMAINS);
		return true;
	case 's':
		skip(p);
		return true;
	default:
		return false;
	}
}

static void
put_letters(struct plain *p)
{
	const struct look *look;
	struct remedy remedy;

	if (plain_best_remedy(p, LOOK_PLAN, &remedy))
		plain_print(_("Repair: r  "), "%s", remedy.label);
	plain_put(
	    "", _("Or: a add, e all other senders, u undo, t try, p publish."));
	look = session_look(p->session, LOOK_SUBDOMAINS);
	if (look != NULL && look->report.nsuggested > 0)
		plain_put("", _("Or: b the records that mend the subdomains."));
}

/* --- the step ------------------------------------------------------------ */

/* What the numbers stand for: first terms, then findings of three looks. */
static const enum look_kind looks[] = { LOOK_PLAN, LOOK_SPF, LOOK_SUBDOMAINS };

struct numbers {
	size_t terms;
	size_t findings[COUNT(looks)];
};

static size_t
all_numbers(const struct numbers *n)
{
	size_t sum = n->terms;

	for (size_t i = 0; i < COUNT(looks); i++)
		sum += n->findings[i];
	return sum;
}

/* The look a number above the terms is of; *number becomes that within it. */
static enum look_kind
look_of(const struct numbers *n, size_t *number)
{
	size_t i = 0;

	*number -= n->terms;
	while (i + 1 < COUNT(looks) && *number > n->findings[i])
		*number -= n->findings[i++];
	return looks[i];
}

static void
open_number(struct plain *p, const struct numbers *n, size_t number)
{
	const struct finding **list = NULL;
	enum look_kind kind;

	if (number <= n->terms) {
		plain_open_term(p, number - 1);
		return;
	}
	kind = look_of(n, &number);
	if (number <= plain_findings(p, kind, &list))
		plain_open_finding(p, kind, list[number - 1]);
}

/* What "?3" is about: a term or a finding. */
static const char *
topic(struct plain *p, const void *about, size_t number)
{
	const struct numbers *n = about;
	const struct spf_view *spf = session_spf(p->session);
	enum look_kind kind;

	if (number <= n->terms)
		return number > spf->nlines
		    ? NULL
		    : plain_help(
			  p, help_for_term(spf->lines[number - 1].term.kind));
	kind = look_of(n, &number);
	return plain_finding_help(p, kind, number);
}

/* "t 192.0.2.25 someone@example.org" */
static bool
take_address(struct plain *p)
{
	struct str rest = str_of(p->line);

	if (!str_equal(str_word(&rest, ' '), str_of("t")) || rest.len == 0)
		return false;
	plain_try_address(p, str_dup(p->arena, str_trim(rest)));
	return true;
}

/* False when nothing in it could be done. */
static bool
take_text(struct plain *p, const struct numbers *n)
{
	const char *line;
	struct str rest;
	size_t number;

	if (take_letter(p) || take_address(p))
		return true;
	line = arena_strdup(p->arena, p->line);
	if (plain_stop(p, line))
		return false;
	rest = str_of(line);
	if (!plain_number(&rest, all_numbers(n), &number))
		return false;
	open_number(p, n, number);
	/* A change moves the numbers: one at a time. */
	if (rest.len > 0)
		plain_print("", _("The rest of the line was left out: \"%s\""),
		    printable(p->arena, str_slice(str_trim(rest), 0, 40)));
	return true;
}

/* Findings of one look, below a line that says what they are about. */
static void
put_group(struct plain *p, struct numbers *n, size_t i, const char *heading)
{
	plain_put("", heading);
	n->findings[i] = plain_put_findings(p, looks[i], all_numbers(n) + 1);
}

static void
show(struct plain *p, struct numbers *n)
{
	const struct spf_view *spf = session_spf(p->session);
	const struct look *look = session_look(p->session, LOOK_PLAN);

	plain_heading(p, WIZ_SPF);
	*n = (struct numbers){ .terms = spf->nlines };
	for (size_t i = 0; i < spf->nlines; i++)
		put_term(p, i + 1, &spf->lines[i]);
	put_record(p, spf);
	put_companions(p);
	put_now(spf, look != NULL && look->report.status == SEV_FAIL);
	plain_put_published(p, PLANNED_SPF);
	if (*spf->shown != '\0' && look != NULL)
		put_group(p, n, 0, _("About this record:"));
	if (spf->now != SPF_NOW_SAME && session_look(p->session, LOOK_SPF))
		put_group(p, n, 1, _("About what is in DNS:"));
	if (session_look(p->session, LOOK_SUBDOMAINS) != NULL)
		put_group(p, n, 2, _("About the subdomains that send:"));
}

void
plain_spf(struct plain *p)
{
	struct numbers n;
	struct topics topics = { .text = topic, .about = &n };
	enum reply reply;

	plain_wait(p);
	if (p->ended >= 0)
		return;
	show(p, &n);
	put_letters(p);
	topics.most = all_numbers(&n);
	do
		reply = plain_ask_about(p, _(PLAIN_PROMPT), help(p), &topics);
	while (reply == REPLY_TEXT && !take_text(p, &n));
	if (reply == REPLY_EMPTY)
		session_next(p->session, NULL);
	else
		plain_common(p, reply);
}
