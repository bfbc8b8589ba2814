/* Publishing the records of the plan. */
#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/spf.h"
#include "../wizard/help.h"
#include "../wizard/no_mail_plan.h"
#include "../wizard/planned.h"
#include "plain_inside.h"

/* --- publish ------------------------------------------------------------- */

static const char *
second_step(struct plain *p, enum planned which)
{
	enum witness_has has =
	    session_published(p->session, which)->resolver.has;
	enum spf_now now = session_spf(p->session)->now;
	bool none = which == PLANNED_SPF ? now == SPF_NOW_NONE
					 : has == HAS_NONE || has == HAS_UNSEEN;

	if (which == PLANNED_KEY)
		return _("Add this record; when one of that name is there "
			 "already, replace it. Leave all others.");
	if (none)
		return _("Add this record. Leave all others as they are.");
	if (which == PLANNED_DMARC)
		return _("Replace the TXT record at the name _dmarc by this "
			 "one. Leave all others as they are.");
	return now == SPF_NOW_SEVERAL
	    ? _("Delete all TXT records that begin with v=spf1, and add this "
		"one. Leave other TXT records.")
	    : _("Replace the TXT record that begins with v=spf1 by this one. "
		"Leave other TXT records as they are.");
}

static void
put_steps(struct plain *p, enum planned which)
{
	plain_put(" 1  ", _("Log in where the DNS of your domain is kept."));
	plain_put(" 2  ", second_step(p, which));
	plain_put(" 3  ", _("Come back here and type y."));
}

/* What goes with the SPF record of a domain that sends nothing. */
static void
put_companions(const struct output *output)
{
	for (size_t i = 0; i < output->nrecords; i++)
		if (output->records[i].type == RR_MX)
			plain_put("    ",
			    _("The MX record below takes the place of all MX "
			      "records."));
		else if (i > 0)
			plain_print("    ",
			    _("The record at %s takes the place of a DMARC "
			      "record there."),
			    output->records[i].name);
}

/* As it is: lines that are copied are never cut. */
static void
put_form(struct plain *p, const struct copy *copy, enum copy_form form)
{
	struct str rest = str_of(copy_text(p->arena, copy, form));

	while (rest.len > 0)
		plain_line(str_dup(p->arena, str_word(&rest, '\n')));
}

/* "1 Web panel, 2 Zone file (BIND), ..." */
static const char *
forms(struct plain *p)
{
	const char *text = "";

	for (int i = 0; i < COPY_JSON; i++)
		text = arena_printf(p->arena, "%s%s%d %s", text,
		    i == 0 ? "" : ", ", i + 1,
		    _(copy_form_label((enum copy_form)i)));
	return text;
}

static bool
is_yes(const char *line)
{
	return str_equal_nocase(str_of(line), "y") ||
	    str_equal_nocase(str_of(line), "yes") ||
	    str_equal_nocase(str_of(line), _("yes"));
}

static const char *
form_topic(struct plain *p, const void *about, size_t number)
{
	(void)about;
	return plain_help(p, help_for_form((enum copy_form)(number - 1)));
}

/* Shows the records in every form that is asked for; true: it is done. */
static bool
is_published(struct plain *p, const struct copy *copy)
{
	static const struct topics topics = { .text = form_topic,
		.most = COPY_JSON };
	const char *help =
	    _("The wizard cannot change your DNS; you do it where your domain "
	      "is kept. \"@\" stands for the domain itself; some panels want "
	      "the full name, others an empty field. Enter the value without "
	      "quotes unless the form shows them.");

	put_form(p, copy, COPY_PANEL);
	plain_put(_("Other forms: "), forms(p));
	while (plain_ask_about(p,
		   _("y it is published, a number for another form, Enter to "
		     "go back, ? help (?1 on form 1):"),
		   help, &topics) == REPLY_TEXT) {
		const char *line = arena_strdup(p->arena, p->line);
		struct str rest = str_of(line);
		size_t number;

		if (is_yes(line))
			return true;
		if (plain_number(&rest, COPY_JSON, &number))
			put_form(p, copy, (enum copy_form)(number - 1));
	}
	return false;
}

/* --- where it is by now --------------------------------------------------- */

static void
put_witness(enum planned which, const struct witness *w)
{
	bool address = *w->address != '\0';

	plain_print("    ", "%s%s%s%s: %s%s%s",
	    w->host != NULL ? w->host : _("the resolver"), address ? " (" : "",
	    w->address, address ? ")" : "", witness_text(which, w->has),
	    *w->shown == '\0' ? "" : ": ", w->shown);
}

/* Two questions: do its name servers have it, do others see it. */
void
plain_put_published(struct plain *p, enum planned which)
{
	const struct published_view *view =
	    session_published(p->session, which);

	if (!view->said)
		return;
	plain_print(
	    "", _("%s: said to be published."), _(planned_words[which].label));
	if (!view->looked) {
		plain_put(
		    "WAIT  ", _("Whether it is published is not known yet."));
		return;
	}
	for (size_t i = 0; i < view->nservers; i++)
		put_witness(which, &view->servers[i]);
	put_witness(which, &view->resolver);
	plain_put(_("Published: "), view->published_text);
	plain_put(_("Visible: "), view->visible_text);
	plain_print("", "%s %s", view->headline, view->more);
	if (view->done || session_is_demo(p->session))
		return;
	plain_put("",
	    session_watch_stopped(p->session)
		? _("It is not looked for any more; ! looks again.")
		: _("It is looked for again by itself, twice a minute; the "
		    "word stop ends that."));
}

bool
plain_stop(struct plain *p, const char *line)
{
	if (!str_equal_nocase(str_of(line), "stop"))
		return false;
	if (!session_watch_stop(p->session))
		plain_put("", _("Nothing is waited for."));
	return true;
}

/* --- a record of the plan ------------------------------------------------- */

/* Does the new record take the place of this one? */
static bool
is_replaced(const struct record *old, const struct record *by)
{
	return old->type == by->type && name_equal(old->name, by->name) &&
	    spf_is_record(old->text) == spf_is_record(by->text);
}

/* The records it replaces: with nsupdate a second one would be added. */
static void
take_old(struct plain *p, enum planned which, struct copy *copy)
{
	const struct look *look = session_look(p->session,
	    which == PLANNED_SPF	 ? LOOK_SPF
		: which == PLANNED_DMARC ? LOOK_DMARC
					 : LOOK_DKIM);
	struct record *old = NULL;

	for (size_t i = 0; look != NULL && i < look->report.npublished; i++) {
		const struct record *r = &look->report.published[i];

		if (r->type != RR_TXT || !is_replaced(r, &copy->records[0]))
			continue;
		old = arena_grow(p->arena, old, copy->nold, sizeof(*old));
		old[copy->nold++] = record_copy(p->arena, r);
	}
	copy->old = old;
}

/* The record, and what is entered together with it. */
static void
take_planned(struct plain *p, enum planned which, struct output *out)
{
	const struct plan *plan = session_plan(p->session);
	struct record record;

	*out = (struct output){ 0 };
	if (!output_record(p->arena, plan, which, &record))
		return;
	out->records = arena_grow(p->arena, NULL, 0, sizeof(record));
	out->records[out->nrecords++] = record;
	if (which == PLANNED_SPF)
		no_mail_output(p->arena, plan, out);
	if (which == PLANNED_KEY &&
	    output_record(p->arena, plan, PLANNED_OLD_KEY, &record)) {
		out->records = arena_grow(
		    p->arena, out->records, out->nrecords, sizeof(record));
		out->records[out->nrecords++] = record;
		plain_put("    ",
		    _("The second record takes the place of the old key's: it "
		      "says that the key is revoked."));
	}
}

void
plain_publish(struct plain *p, enum planned which)
{
	const struct published_view *view;
	struct output output;
	struct copy copy = { 0 };

	take_planned(p, which, &output);
	if (output.nrecords == 0) {
		plain_put("",
		    which == PLANNED_SPF
			? _("The record is empty. Add who may send first.")
			: _("There is no record yet."));
		return;
	}
	put_steps(p, which);
	if (which == PLANNED_SPF)
		put_companions(&output);
	copy.records = output.records;
	copy.nrecords = output.nrecords;
	copy.zone = arena_strdup(p->arena, session_plan(p->session)->domain);
	take_old(p, which, &copy);
	if (!is_published(p, &copy))
		return;
	session_publish_record(p->session, which);
	plain_wait_for(p, LOOK_PUBLISHED);
	view = session_published(p->session, which);
	if (p->ended < 0 && view->visible == VISIBLE_YES)
		plain_put("OK    ", _("DNS shows exactly this record."));
}

/* --- what a look suggests ------------------------------------------------ */

/* A newer look may take the records away while we ask: copies. */
static void
take_suggested(struct plain *p, const struct look *look, struct copy *out)
{
	struct record *list =
	    arena_array(p->arena, look->report.nsuggested, sizeof(*list));

	for (size_t i = 0; i < look->report.nsuggested; i++)
		list[i] = record_copy(p->arena, &look->report.suggested[i]);
	*out = (struct copy){
		.records = list,
		.nrecords = look->report.nsuggested,
		.zone =
		    arena_strdup(p->arena, session_plan(p->session)->domain),
	};
}

void
plain_publish_suggested(struct plain *p, enum look_kind kind)
{
	const struct look *look = session_look(p->session, kind);
	struct copy copy;

	if (look == NULL || look->report.nsuggested == 0) {
		plain_put("", _("There is no record to be published here."));
		return;
	}
	take_suggested(p, look, &copy);
	plain_put("",
	    _("These records mend what records can. Publish each in place of "
	      "the faulty one of its name and type; a PTR record is set by "
	      "the provider of the address."));
	if (!is_published(p, &copy))
		return;
	session_publish(p->session, kind);
	plain_wait(p);
}
