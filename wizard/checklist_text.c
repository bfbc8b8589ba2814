/* The checklist as plain text, for stdout and for a file. */
#include <string.h>
#include <time.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/base/utf8.h"
#include "checklist.h"
#include "no_mail_plan.h"
#include "output.h"

struct text {
	struct arena *arena;
	char *p;
	size_t len;
	size_t size;
	size_t width; /* columns of wrapped sentences */
};

static void
put(struct text *text, const char *more)
{
	size_t len = strlen(more);

	if (text->len + len + 1 > text->size) {
		size_t size = 2 * (text->size + len) + 4096;
		char *bigger = arena_alloc(text->arena, size);

		if (text->len > 0)
			memcpy(bigger, text->p, text->len);
		text->p = bigger;
		text->size = size;
	}
	memcpy(text->p + text->len, more, len + 1);
	text->len += len;
}

/* Letters of UTF-8 text: octets that do not continue one. */
static size_t
columns(struct str word)
{
	size_t n = 0;

	for (size_t i = 0; i < word.len; i++)
		n += ((unsigned char)word.p[i] & 0xc0) != 0x80;
	return n;
}

/* `first` and the sentence behind it, further lines indented as far. */
static void
put_wrapped(struct text *text, const char *first, const char *sentence)
{
	struct str rest = str_of(sentence);
	size_t indent = columns(str_of(first));
	size_t at = indent;
	bool begun = false;

	put(text, first);
	while (rest.len > 0) {
		struct str word = str_word(&rest, ' ');
		size_t wide = columns(word);

		if (begun && at + 1 + wide > text->width) {
			put(text,
			    arena_printf(
				text->arena, "\n%*s", (int)indent, ""));
			at = indent;
		} else if (begun) {
			put(text, " ");
			at++;
		}
		put(text, str_dup(text->arena, word));
		at += wide;
		begun = true;
	}
	put(text, "\n");
}

static const char *
date_text(struct arena *arena, time_t when)
{
	char buf[64];
	struct tm tm;

	if (when == 0 || localtime_r(&when, &tm) == NULL ||
	    strftime(buf, sizeof(buf), "%Y-%m-%d %H:%M", &tm) == 0)
		return _("not yet");
	return arena_strdup(arena, buf);
}

static void
put_item(struct text *text, const struct item *item)
{
	bool open = item->group == GROUP_TODO;

	put_wrapped(text,
	    item->group == GROUP_MANUAL
		? (item->ticked ? "  [x]   " : "  [ ]   ")
		: arena_printf(
		      text->arena, "  %-4s  ", item_level_word(item->level)),
	    item->text);
	if (open && item->why != NULL)
		put_wrapped(text, _("        Why:    "), item->why);
	if ((open || item->group == GROUP_MANUAL) && !item->ticked &&
	    item->fix != NULL)
		put_wrapped(text, _("        Do:     "), item->fix);
	if ((open || !item->ticked) && item->proof != NULL)
		put(text,
		    arena_printf(
			text->arena, _("        Prove:  %s\n"), item->proof));
}

static void
put_group(
    struct text *text, const struct checklist *list, enum item_group group)
{
	bool begun = false;

	for (size_t i = 0; i < list->nitems; i++) {
		if (list->items[i].group != group)
			continue;
		if (!begun)
			put(text,
			    arena_printf(text->arena, "\n%s\n",
				item_group_title(group)));
		begun = true;
		put_item(text, &list->items[i]);
	}
}

/* A value stands alone on its line, so that a triple click takes it whole. */
static void
put_record(struct text *text, const struct checklist_source *source,
    const char *what, const struct record *record)
{
	struct arena *arena = text->arena;
	const char *type = rr_type_word(arena, record->type);
	const char *panel = output_panel_name(arena, source->plan, record);
	const char *hint = "";

	if (panel != record->name)
		hint = arena_printf(
		    arena, _(" (at your provider the name is \"%s\")"), panel);
	put(text, "\n");
	put_wrapped(text, "",
	    arena_printf(arena, "%s: %s %s%s, TTL %u", what, type, record->name,
		hint, (unsigned int)record->ttl));
	put(text, arena_printf(arena, "%s\n", record_value(arena, record)));
}

/* Of a domain that sends nothing: it is in DNS already. */
static bool
is_there(const struct checklist_source *source, const struct record *record)
{
	const struct look *look = source->result[LOOK_NO_MAIL];

	return look != NULL &&
	    no_mail_state_of(&look->no_mail, record) == NO_MAIL_THERE;
}

/* Is this record of the plan to be entered by the person? */
static bool
is_to_publish(const struct checklist_source *source, enum planned which)
{
	const struct checklist_planned *planned = &source->planned[which];

	return planned->text.len > 0 && planned->known && !planned->published &&
	    !checklist_plan_is_faulty(source, which);
}

/* All that are; what goes with the record of one that sends no mail, too. */
static void
list_to_publish(struct arena *arena, const struct checklist_source *source,
    struct output *out)
{
	struct output all;

	*out = (struct output){ 0 };
	for (int i = 0; i < PLANNED_COUNT; i++) {
		struct record record;

		if ((i == PLANNED_DMARC && source->plan->sends_nothing) ||
		    !is_to_publish(source, (enum planned)i) ||
		    !output_record(
			arena, source->plan, (enum planned)i, &record))
			continue;
		out->records = arena_grow(
		    arena, out->records, out->nrecords, sizeof(record));
		out->records[out->nrecords++] = record;
	}
	all = (struct output){ 0 };
	no_mail_output(arena, source->plan, &all);
	for (size_t i = 0; i < all.nrecords; i++) {
		if (is_there(source, &all.records[i]))
			continue;
		out->records = arena_grow(
		    arena, out->records, out->nrecords, sizeof(*out->records));
		out->records[out->nrecords++] = all.records[i];
	}
}

/* It is among the records to publish, as the plan has it. */
static bool
is_listed(const struct output *list, const struct record *record)
{
	for (size_t i = 0; i < list->nrecords; i++)
		if (list->records[i].type == record->type &&
		    name_equal(list->records[i].name, record->name))
			return true;
	return false;
}

static void
put_suggested(struct text *text, const struct checklist_source *source,
    const struct output *listed, enum look_kind kind)
{
	const struct look *look = source->result[kind];

	for (size_t i = 0; look != NULL && i < look->report.nsuggested; i++)
		if (!is_listed(listed, &look->report.suggested[i]))
			put_record(text, source, _("Suggested record"),
			    &look->report.suggested[i]);
}

/* The planned records; where the plan is what is there, what would be better. */
static void
put_records(struct text *text, const struct checklist_source *source)
{
	struct output listed;

	list_to_publish(text->arena, source, &listed);
	for (size_t i = 0; i < listed.nrecords; i++)
		put_record(
		    text, source, _("Record to publish"), &listed.records[i]);
	if (!is_to_publish(source, PLANNED_SPF) && !source->plan->sends_nothing)
		put_suggested(text, source, &listed,
		    checklist_plan_is_faulty(source, PLANNED_SPF) ? LOOK_PLAN
								  : LOOK_SPF);
	put_suggested(text, source, &listed, LOOK_SUBDOMAINS);
	put_suggested(text, source, &listed, LOOK_DOMAIN);
	put_suggested(text, source, &listed, LOOK_DKIM);
	put_suggested(text, source, &listed, LOOK_DMARC);
	for (int i = LOOK_POP3; i <= LOOK_SUBMISSION; i++)
		put_suggested(text, source, &listed, (enum look_kind)i);
}

/* How to go on, now that the screen is left. */
static void
put_ending(struct text *text, const struct checklist_source *source)
{
	if (source->demo)
		put(text,
		    _("\nThis was a demo with made-up names: nothing was asked "
		      "on\nthe network, and nothing was saved.\n"
		      "Start with your own domain:  mailwizard\n"));
	else
		put(text,
		    arena_printf(text->arena,
			_("\nGo on with:  mailwizard %s\n"),
			source->plan->domain));
}

const char *
checklist_text(struct arena *arena, const struct checklist_source *source,
    const struct checklist *list, const char *report, size_t width)
{
	struct text text = { .arena = arena, .width = width };

	put(&text,
	    arena_printf(arena, _("Checklist for %s, checked %s\n"),
		source->plan->domain, date_text(arena, list->checked_at)));
	put(&text,
	    arena_printf(arena,
		_("%zu done, %zu to fix, %zu to do, %zu to wait for\n"),
		list->done, list->to_fix, list->to_do, list->to_wait));
	put_group(&text, list, GROUP_TODO);
	put_records(&text, source);
	put_group(&text, list, GROUP_DONE);
	put_group(&text, list, GROUP_MANUAL);
	put_ending(&text, source);
	if (report != NULL)
		put(&text,
		    arena_printf(arena, _("Report:      %s\n"),
			readable(arena, str_of(report))));
	return text.p;
}
