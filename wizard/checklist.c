/* What is done, what is left to do, and how to prove it. */
#include "checklist.h"

#include <string.h>
#include <time.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/proof.h"
#include "no_mail_plan.h"

/* --- what no program can see from here ----------------------------------- */

static bool
sends(const struct plan *plan)
{
	return !plan->sends_nothing;
}

static bool
sends_under_unknown_name(const struct plan *plan)
{
	return sends(plan) && plan->helo[0] == '\0';
}

static bool
receives(const struct plan *plan)
{
	return !plan->receives_nothing;
}

static const struct manual {
	const char *id; /* in the plan file */
	const char *text;
	const char *why;
	const char *fix;
	const char *postfix; /* a command that shows it, by server; or NULL */
	const char *exchange;
	bool port25; /* shown by a connection to the mail host */
	enum wizard_step step;
	bool (*applies)(const struct plan *);
} manuals[] = {
	{
	    .id = "test-mail",
	    .text = N_("Sent a test mail to an outside mailbox and read its "
		       "headers"),
	    .why = N_("Only a receiver can say how your mail looks from "
		      "there."),
	    .fix = N_("Send a mail to a mailbox at another provider, show its "
		      "headers, and look for spf=pass in "
		      "Authentication-Results."),
	    .step = WIZ_SPF,
	    .applies = sends,
	},
	{
	    .id = "all-senders",
	    .text = N_("Every service that sends for the domain is in the "
		       "record"),
	    .why = N_("Mail from a service that was forgotten fails SPF."),
	    .fix = N_("Think of newsletters, invoices, the shop, the web "
		      "site's forms, printers and monitoring."),
	    .step = WIZ_SPF,
	    .applies = sends,
	},
	{
	    .id = "helo-name",
	    .text = N_("The server says its own full name when it sends "
		       "(EHLO)"),
	    .why = N_("Receivers look the name up, and distrust one that "
		      "does not lead back to the server."),
	    .fix = N_("Find out the name and answer it in the step Domain: "
		      "then it is checked here."),
	    .postfix = "postconf -h smtp_helo_name myhostname",
	    .exchange = "Get-SendConnector | Format-List Name,Fqdn",
	    .step = WIZ_DOMAIN,
	    .applies = sends_under_unknown_name,
	},
	{
	    .id = "port-25-out",
	    .text = N_("The provider lets the server connect to port 25 "
		       "outside"),
	    .why = N_("Many providers block it, and mail then stays in the "
		      "queue."),
	    .fix = N_("Look into the mail queue after the test mail, or ask "
		      "the provider of the server."),
	    .postfix = "postqueue -p",
	    .exchange = "Get-Queue",
	    .step = WIZ_DOMAIN,
	    .applies = sends,
	},
	{
	    .id = "firewall",
	    .text = N_("The firewall opens port 25 from the Internet"),
	    .why = N_("Without it no mail arrives, and bounces do not "
		      "either."),
	    .fix = N_("Try it from a machine elsewhere, such as a phone's "
		      "network."),
	    .port25 = true,
	    .step = WIZ_DOMAIN,
	    .applies = receives,
	},
};

/* --- building ------------------------------------------------------------ */

struct builder {
	struct arena *arena;
	const struct checklist_source *source;
	struct checklist *out;
	bool failed; /* a finding "fail" */
	bool unknown; /* something could not be looked at */
	bool open; /* a question has no answer yet */
};

static void
add(struct builder *b, struct item item)
{
	struct checklist *list = b->out;

	list->items = arena_grow(
	    b->arena, list->items, list->nitems, sizeof(*list->items));
	list->items[list->nitems++] = item;
}

static bool
is_skipped(const struct plan *plan, enum wizard_step step)
{
	for (size_t i = 0; i < plan->nskipped; i++)
		if (strcmp(plan->skipped[i], steps[step].word) == 0)
			return true;
	return false;
}

static bool
is_ticked(const struct plan *plan, const char *id)
{
	for (size_t i = 0; i < plan->nticks; i++)
		if (strcmp(plan->tick[i], id) == 0)
			return true;
	return false;
}

/* Who to ask in a proof: the plan's first name server. */
static const struct dns_server *
proof_server(struct builder *b)
{
	struct str rest = str_of(b->source->plan->resolver);
	struct dns_server *server = arena_new_of(b->arena, struct dns_server);

	if (rest.len == 0 ||
	    dns_server_parse(
		b->arena, str_trim(str_word(&rest, ',')), server) != NULL)
		return NULL;
	return server;
}

static const struct {
	enum item_level level;
	enum item_group group;
} by_severity[SEV_COUNT] = {
	[SEV_PASS] = { ITEM_OK, GROUP_DONE },
	[SEV_NOTE] = { ITEM_NOTE, GROUP_DONE },
	[SEV_WARN] = { ITEM_WARN, GROUP_TODO },
	[SEV_UNKNOWN] = { ITEM_WAIT, GROUP_TODO },
	[SEV_FAIL] = { ITEM_FAIL, GROUP_TODO },
};

static void
add_finding(
    struct builder *b, enum wizard_step step, const struct finding *finding)
{
	enum severity severity = finding->severity;
	const char *fix = finding_fix(b->arena, finding);

	b->failed = b->failed || severity == SEV_FAIL;
	b->unknown = b->unknown || severity == SEV_UNKNOWN;
	add(b,
	    (struct item){
		.level = by_severity[severity].level,
		.group = by_severity[severity].group,
		.text = finding_title(b->arena, finding),
		.why = finding_text(b->arena, finding),
		.fix = fix[0] != '\0' ? fix : NULL,
		.proof = finding_proof(b->arena, finding, proof_server(b)),
		.step = step,
		.finding = finding,
		.ticked = by_severity[severity].group == GROUP_DONE,
	    });
}

static void
add_waiting(struct builder *b, enum wizard_step step, bool busy)
{
	b->open = true;
	add(b,
	    (struct item){
		.level = ITEM_WAIT,
		.group = GROUP_TODO,
		.text = arena_printf(b->arena,
		    busy ? _("%s: looking") : _("%s: not looked at yet"),
		    _(steps[step].name)),
		.fix = busy ? NULL : _("Start the check of this step."),
		.step = step,
	    });
}

static void
add_look(struct builder *b, enum wizard_step step, enum look_kind kind)
{
	const struct look *look = b->source->result[kind];

	if (is_skipped(b->source->plan, step)) {
		add(b,
		    (struct item){
			.level = ITEM_NOTE,
			.group = GROUP_DONE,
			.text = arena_printf(b->arena,
			    _("%s: left out on purpose"), _(steps[step].name)),
			.step = step,
		    });
		return;
	}
	if (look == NULL || b->source->busy[kind])
		add_waiting(b, step, b->source->busy[kind]);
	if (look == NULL)
		return;
	for (const struct finding *f = look->report.findings.first; f != NULL;
	     f = f->next)
		add_finding(b, step, f);
	if (b->out->checked_at == 0 || look->at < b->out->checked_at)
		b->out->checked_at = look->at;
}

/* "SPF: Published at all 3 name servers", for a text beside it. */
static const char *
where_text(struct builder *b, const struct published_view *where)
{
	size_t len = strlen(where->headline);

	if (len > 0 && where->headline[len - 1] == '.')
		len--;
	return arena_printf(
	    b->arena, _("SPF: %.*s"), (int)len, where->headline);
}

/* "Published" was said: where the record is by now. */
static void
add_where(struct builder *b, const struct published_view *where)
{
	struct item item = {
		.level = where->slip != SLIP_NONE ? ITEM_FAIL : ITEM_WAIT,
		.group = GROUP_TODO,
		.text = _("SPF: looking for the published record"),
		.why = where->looked ? where->more : NULL,
		.fix = where->slip != SLIP_NONE
		    ? _("Mend the entry at your DNS provider. The record "
			"stands in the step SPF.")
		    : arena_printf(b->arena,
			  _("Nothing but wait: it is looked for again by "
			    "itself, twice a minute. %s looks now."),
			  b->source->look_key),
		.proof = arena_printf(
		    b->arena, "dig +short TXT %s", b->source->plan->domain),
		.step = WIZ_SPF,
	};

	if (where->looked && where->published == PUBLISHED_YES &&
	    where->slip == SLIP_NONE && where->until > b->source->now) {
		item.text = where_text(b, where);
		item.detail = arena_printf(b->arena, _("visible from %s"),
		    deadline_print(b->arena, where->until, b->source->now));
	} else if (where->looked) {
		item.text = arena_printf(
		    b->arena, _("SPF: %s %s"), where->headline, where->more);
	}
	add(b, item);
}

/* Every name server was asked and has it. */
static void
add_verified(struct builder *b, const struct published_view *where)
{
	add(b,
	    (struct item){
		.level = ITEM_OK,
		.group = GROUP_DONE,
		.text = where_text(b, where),
		.detail = arena_printf(b->arena, _("verified %s"),
		    clock_print(b->arena, where->at, b->source->now)),
		.why = where->more,
		.step = WIZ_SPF,
		.ticked = true,
	    });
}

bool
checklist_plan_is_faulty(const struct checklist_source *source)
{
	const struct look *look = source->result[LOOK_PLAN];

	return look != NULL && look->report.status == SEV_FAIL &&
	    strcmp(look->plan.record, source->record) == 0;
}

/* What would go wrong is mended first, not published. */
static void
add_faulty_plan(struct builder *b)
{
	add(b,
	    (struct item){
		.level = ITEM_FAIL,
		.group = GROUP_TODO,
		.text = arena_printf(b->arena,
		    _("The planned SPF record of %s has faults"),
		    b->source->plan->domain),
		.detail = printable(b->arena, str_of(b->source->record)),
		.why = _("It is not published like this: receivers would give "
			 "up on it, or anybody could send in your name."),
		.fix = _("Go to the step SPF and take over the repaired "
			 "record, or change the entries marked FAIL."),
		.step = WIZ_SPF,
	    });
}

/* The planned record, while DNS shows something else. */
static void
add_publishing(struct builder *b)
{
	const struct plan *plan = b->source->plan;
	const struct published_view *where = b->source->where;

	if (b->source->record[0] == '\0' || is_skipped(plan, WIZ_SPF))
		return;
	if (b->source->published) {
		if (where != NULL && where->looked && where->done &&
		    where->published == PUBLISHED_YES)
			add_verified(b, where);
		return;
	}
	b->open = true;
	if (where != NULL && where->said) {
		add_where(b, where);
		return;
	}
	if (checklist_plan_is_faulty(b->source)) {
		add_faulty_plan(b);
		return;
	}
	add(b,
	    (struct item){
		.level = ITEM_TODO,
		.group = GROUP_TODO,
		.text = arena_printf(
		    b->arena, _("Publish the SPF record of %s"), plan->domain),
		.detail = printable(b->arena, str_of(b->source->record)),
		.fix = _("Enter it at your DNS provider in place of the old "
			 "one, then check again."),
		.proof =
		    arena_printf(b->arena, "dig +short TXT %s", plan->domain),
		.step = WIZ_SPF,
	    });
}

/* DMARC and null MX of a domain that sends no mail. */
static void
add_no_mail_record(
    struct builder *b, const struct no_mail *seen, const struct record *record)
{
	const char *what = record->type == RR_MX ? _("Null MX") : _("DMARC");
	enum no_mail_state state =
	    seen == NULL ? NO_MAIL_UNSEEN : no_mail_state_of(seen, record);
	struct item item = {
		.level = ITEM_TODO,
		.group = GROUP_TODO,
		.detail = record_value(b->arena, record),
		.proof = arena_printf(b->arena, "dig +short %s %s",
		    rr_type_word(b->arena, record->type), record->name),
		.step = WIZ_SPF,
	};

	if (state == NO_MAIL_THERE) {
		item.level = ITEM_OK;
		item.group = GROUP_DONE;
		item.ticked = true;
		item.text = arena_printf(b->arena, _("%s: is published"), what);
	} else {
		b->open = true;
		item.text = arena_printf(b->arena,
		    state == NO_MAIL_UNSEEN ? _("%s: not seen in DNS yet")
			: state == NO_MAIL_OTHER
			? _("%s: replace the record at %s")
			: _("%s: publish the record at %s"),
		    what, record->name);
		item.why = _("It goes with the SPF record of a domain that "
			     "sends no mail.");
		item.fix = _("Enter it at your DNS provider, then check "
			     "again.");
	}
	add(b, item);
}

static void
add_no_mail(struct builder *b)
{
	const struct look *look = b->source->result[LOOK_NO_MAIL];
	struct output output = { 0 };

	if (b->source->busy[LOOK_NO_MAIL])
		look = NULL;
	no_mail_output(b->arena, b->source->plan, &output);
	for (size_t i = 0; i < output.nrecords; i++)
		add_no_mail_record(b, look == NULL ? NULL : &look->no_mail,
		    &output.records[i]);
}

/* A command that shows it, for the server the plan names. */
static const char *
manual_proof(struct builder *b, const struct manual *manual)
{
	const struct plan *plan = b->source->plan;
	const char *host = plan->host[0] != '\0' ? plan->host : plan->domain;

	if (manual->port25)
		return arena_printf(b->arena, "nc -vz %s 25",
		    shell_word(b->arena, str_of(host)));
	switch ((enum mail_server)plan->server) {
	case SERVER_POSTFIX:
		return manual->postfix;
	case SERVER_EXCHANGE_2016:
	case SERVER_EXCHANGE_2019:
	case SERVER_EXCHANGE_SE:
		return manual->exchange;
	default:
		return NULL;
	}
}

static void
add_manual(struct builder *b, const struct manual *manual)
{
	const struct plan *plan = b->source->plan;
	bool ticked = is_ticked(plan, manual->id);

	if (!manual->applies(plan))
		return;
	add(b,
	    (struct item){
		.level = ticked ? ITEM_OK : ITEM_TODO,
		.group = GROUP_MANUAL,
		.text = _(manual->text),
		.why = _(manual->why),
		.fix = _(manual->fix),
		.proof = manual_proof(b, manual),
		.step = manual->step,
		.tick_id = manual->id,
		.ticked = ticked,
	    });
}

/* --- order and numbers --------------------------------------------------- */

static int
rank(const struct item *item)
{
	static const int ranks[] = {
		[ITEM_FAIL] = 0,
		[ITEM_TODO] = 1,
		[ITEM_WARN] = 2,
		[ITEM_WAIT] = 3,
		[ITEM_NOTE] = 5,
		[ITEM_OK] = 4,
	};

	/* What is ticked by hand stays in its place. */
	if (item->group == GROUP_MANUAL)
		return 100 * GROUP_MANUAL;
	return 100 * (int)item->group + ranks[item->level];
}

/* By insertion, so that alike items stay in the order they were found. */
static void
sort_items(struct checklist *list)
{
	for (size_t i = 1; i < list->nitems; i++) {
		struct item item = list->items[i];
		size_t j = i;

		for (; j > 0 && rank(&list->items[j - 1]) > rank(&item); j--)
			list->items[j] = list->items[j - 1];
		list->items[j] = item;
	}
}

static void
count_items(struct checklist *list)
{
	for (size_t i = 0; i < list->nitems; i++) {
		switch (list->items[i].level) {
		case ITEM_OK:
		case ITEM_NOTE:
			list->done++;
			break;
		case ITEM_WARN:
		case ITEM_FAIL:
			list->to_fix++;
			break;
		case ITEM_WAIT:
			list->to_wait++;
			break;
		case ITEM_TODO:
			list->to_do++;
			break;
		}
	}
}

void
checklist_make(struct arena *arena, const struct checklist_source *source,
    struct checklist *out)
{
	struct builder b = {
		.arena = arena,
		.source = source,
		.out = out,
		.open = source->open_fields || source->plan->domain[0] == '\0',
	};

	*out = (struct checklist){ 0 };
	add_look(&b, WIZ_DOMAIN, LOOK_DOMAIN);
	add_look(&b, WIZ_SPF, LOOK_SPF);
	if (source->plan->nsubdomains > 0 && !is_skipped(source->plan, WIZ_SPF))
		add_look(&b, WIZ_SPF, LOOK_SUBDOMAINS);
	add_publishing(&b);
	if (!is_skipped(source->plan, WIZ_SPF))
		add_no_mail(&b);
	for (size_t i = 0; i < COUNT(manuals); i++)
		add_manual(&b, &manuals[i]);
	sort_items(out);
	count_items(out);
	out->exit_status = b.failed || b.open ? 1 : b.unknown ? 3 : 0;
}

const char *
item_level_word(enum item_level level)
{
	static const char *const words[] = {
		[ITEM_OK] = "OK",
		[ITEM_NOTE] = "NOTE",
		[ITEM_WARN] = "WARN",
		[ITEM_FAIL] = "FAIL",
		[ITEM_WAIT] = "WAIT",
		[ITEM_TODO] = "TODO",
	};

	return words[level];
}

const char *
item_group_title(enum item_group group)
{
	static const char *const titles[GROUP_COUNT] = {
		[GROUP_TODO] = N_("To do now"),
		[GROUP_DONE] = N_("Done and verified live"),
		[GROUP_MANUAL] =
		    N_("Cannot be tested from here - tick yourself"),
	};

	return _(titles[group]);
}
