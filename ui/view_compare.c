/* ui/view_compare.c - a record beside the one in DNS, and what it would do. */
#include <string.h>

#include "../checks/base/i18n.h"
#include "findings.h"

enum { ID_CLOSE = 300, ID_ADDRESS };

/* --- compare ------------------------------------------------------------- */

static const char *
compare_title(struct ui *ui)
{
	(void)ui;
	return _("Your record and the one in DNS");
}

/* Is this word among those of the other record? */
static bool
has_word(struct str text, struct str word)
{
	while (text.len > 0)
		if (str_equal(str_word(&text, ' '), word))
			return true;
	return false;
}

/* The words of `text` that `other` has not. */
static struct span *
different_words(
    struct arena *arena, struct str text, struct str other, size_t *n)
{
	struct span *marks = NULL;
	struct str rest = text;

	*n = 0;
	while (rest.len > 0) {
		size_t from = text.len - rest.len;
		struct str word = str_word(&rest, ' ');

		if (word.len == 0 || has_word(other, word))
			continue;
		marks = arena_grow(arena, marks, *n, sizeof(*marks));
		marks[(*n)++] = (struct span){ from, from + word.len };
	}
	return marks;
}

static struct str
published_text(struct ui *ui, size_t i)
{
	const struct look *look = session_look(ui->session, LOOK_SPF);

	return i < look->report.npublished ? look->report.published[i].text
					   : (struct str){ NULL, 0 };
}

static size_t
published_count(struct ui *ui)
{
	const struct look *look = session_look(ui->session, LOOK_SPF);

	return look == NULL ? 0 : look->report.npublished;
}

static void
add_published(struct ui *ui, struct form *form, struct str plan)
{
	size_t n = published_count(ui);

	form_scroll_text(form, ROLE_HEADING, 1, _("In DNS now"));
	if (n == 0)
		form_scroll_text(form, ROLE_TEXT, 3,
		    session_look(ui->session, LOOK_SPF) == NULL
			? _("not looked yet")
			: _("no SPF record, or DNS did not answer"));
	for (size_t i = 0; i < n; i++) {
		struct str text = published_text(ui, i);
		size_t nmarks;
		struct span *marks =
		    different_words(ui->arena, text, plan, &nmarks);

		form_evidence(form, 3, text, marks, nmarks);
	}
}

/* What the checks point at in the published record. */
static void
add_faults(struct ui *ui, struct form *form)
{
	const struct look *look = session_look(ui->session, LOOK_SPF);
	const struct finding **list = NULL;
	size_t n = findings_list(ui, LOOK_SPF, &list);

	for (size_t i = 0; i < n; i++) {
		const struct finding *f = list[i];

		if (!f->has_record || f->severity < SEV_WARN ||
		    f->record >= look->report.npublished)
			continue;
		form_scroll_text(form, ROLE_TEXT, 0, "");
		form_scroll_text(form, role_of_severity(f->severity), 1,
		    severity_badge(f->severity));
		form_scroll_text(
		    form, ROLE_TEXT, 3, finding_title(ui->arena, f));
		form_evidence(
		    form, 3, published_text(ui, f->record), &f->at, 1);
	}
}

static void
compare_build(struct ui *ui, struct form *form)
{
	static const struct hint hints[] = {
		{ ACT_UP, N_("scroll") },
		{ ACT_COPY, N_("Copy") },
		{ ACT_BACK, N_("close") },
	};
	struct str plan = str_of(session_spf(ui->session)->record);
	struct str published =
	    published_count(ui) > 0 ? published_text(ui, 0) : plan;
	size_t nmarks;
	struct span *marks =
	    different_words(ui->arena, plan, published, &nmarks);

	form->hints = hints;
	form->nhints = COUNT(hints);
	form_scroll_text(form, ROLE_HEADING, 1, _("Your record"));
	form_evidence(form, 3, plan, marks, nmarks);
	form_scroll_text(form, ROLE_TEXT, 0, "");
	add_published(ui, form, plan);
	form_scroll_text(form, ROLE_TEXT, 0, "");
	form_scroll_text(
	    form, ROLE_NOTE, 1, _("Marked: what the other one does not have."));
	add_faults(ui, form);
	form_button(form, ID_CLOSE, _("Close"));
}

static bool
close_press(struct ui *ui, int id)
{
	(void)id;
	ui_close(ui);
	return true;
}

static bool
copy_act(struct ui *ui, enum action action, int id)
{
	(void)id;
	if (action == ACT_COPY)
		ui->wish = WISH_PLAIN;
	return action == ACT_COPY;
}

static const char *
compare_help(struct ui *ui, int id)
{
	(void)ui;
	(void)id;
	return _("The upper record is the one of this wizard, the lower what "
		 "DNS answers now. What one has and the other has not is "
		 "marked. Below stands what is wrong with the published one, "
		 "and where.");
}

const struct view view_compare = {
	.title = compare_title,
	.build = compare_build,
	.press = close_press,
	.act = copy_act,
	.help = compare_help,
};

/* --- try ----------------------------------------------------------------- */

static const char *
try_title(struct ui *ui)
{
	(void)ui;
	return _("What this record would do");
}

static void
draw_sender(const struct row *row, const struct canvas *line, bool focused)
{
	(void)focused;
	draw_cut(line, 0, 3, row->indent - 4, ROLE_TEXT, row->label);
	draw_badge(line, 0, row->indent, row->badge_role, row->badge);
	draw_cut(line, 0, row->indent + 11, line->cols - row->indent - 12,
	    ROLE_TEXT, row->text);
}

static void
add_senders(struct ui *ui, struct form *form, const struct spf_view *spf)
{
	form_scroll_text(form, ROLE_HEADING, 1, _("Your own addresses"));
	if (spf->nsenders == 0)
		form_scroll_text(form, ROLE_TEXT, 3,
		    _("None is known. Enter them in step 1 (Esc, F2) to have "
		      "them tried."));
	for (size_t i = 0; i < spf->nsenders; i++) {
		const struct spf_verdict *v = &spf->senders[i].verdict;

		form_add(form,
		    (struct row){ .draw = draw_sender,
			.scrolls = true,
			.indent = form->compact ? 19 : 28,
			.label = ip_print(ui->arena, spf->senders[i].ip),
			.badge = spf_result_word(v->result),
			.badge_role = role_of_result(v->result),
			.text = v->reason == NULL ? "" : v->reason });
	}
}

static void
try_build(struct ui *ui, struct form *form)
{
	static const struct hint hints[] = {
		{ ACT_UP, N_("scroll") },
		{ ACT_BACK, N_("close") },
	};
	const struct spf_view *spf = session_spf(ui->session);

	form->hints = hints;
	form->nhints = COUNT(hints);
	form_button(form, ID_CLOSE, _("Close"));
	form_button(form, ID_ADDRESS, _("Test another address"));
	form_scroll_text(form, ROLE_TEXT, 1,
	    _("Nothing is published by this: your record is laid over DNS "
	      "and asked as a receiver would."));
	form_scroll_text(form, ROLE_TEXT, 0, "");
	if (!spf->counted) {
		form_scroll_text(form, ROLE_TEXT, 1, _("Trying it ..."));
		return;
	}
	add_senders(ui, form, spf);
	form_scroll_text(form, ROLE_TEXT, 0, "");
	form_scroll_text(form, ROLE_HEADING, 1, _("The record"));
	form_scroll_text(form, ROLE_TEXT, 3,
	    ui_format(ui,
		_("%u of %d lookups, %u of %d void lookups, %zu bytes; %s"),
		spf->lookups, SPF_MAX_LOOKUPS, spf->voids, SPF_MAX_VOIDS,
		spf->octets, findings_summary(ui, LOOK_PLAN)));
}

static const char *
try_help(struct ui *ui, int id)
{
	(void)ui;
	(void)id;
	return _("Each of your own sending addresses is tried against the "
		 "record, as a receiver does when it connects. All of them "
		 "should get \"pass\".");
}

static bool
try_press(struct ui *ui, int id)
{
	ui_close(ui);
	if (id == ID_ADDRESS)
		ui_open(ui, &view_address);
	return true;
}

static bool
try_act(struct ui *ui, enum action action, int id)
{
	(void)id;
	if (action == ACT_TEST_ADDRESS)
		try_press(ui, ID_ADDRESS);
	return action == ACT_TEST_ADDRESS;
}

const struct view view_try = {
	.title = try_title,
	.build = try_build,
	.press = try_press,
	.act = try_act,
	.help = try_help,
};
