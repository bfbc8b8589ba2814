/* ui/record_view.c - see record_view.h */
#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "record_view.h"
#include "term_guard.h"

#define ENDING (TERM_TERMINATED | TERM_HANGUP | TERM_INTERRUPTED | TERM_STOP)

static void
get_records(struct ui *ui, struct output *out)
{
	output_make(ui->arena, session_plan(ui->session), out);
}

const char *
record_view_text(struct ui *ui)
{
	const struct plan *plan = session_plan(ui->session);
	struct output output;
	const char *text = "";

	get_records(ui, &output);
	if (output.nrecords == 0)
		return _("--- mailwizard: there is no record yet ---\n"
			 "--- Enter: back\n");
	for (size_t i = 0; i < output.nrecords; i++)
		text = ui_format(ui,
		    _("%s\n--- mailwizard: record %zu of %zu, format: %s "
		      "---\n%s"),
		    text, i + 1, output.nrecords,
		    _(output_format_label(ui->format)),
		    output_text(
			ui->arena, plan, &output.records[i], ui->format));
	return ui_format(ui,
	    _("%s--- mark it with the mouse (triple click).  Enter: back   "
	      "c: send to clipboard   n: next format\n"),
	    text);
}

static void
to_clipboard(struct ui *ui)
{
	struct output output;

	get_records(ui, &output);
	if (output.nrecords == 0)
		return;
	term_clipboard(output.records[0].text.p, output.records[0].text.len);
	printf("%s\n",
	    _("--- Sent to the terminal's clipboard. Many terminals ignore "
	      "this: if pasting gives nothing, use the mouse."));
	fflush(stdout);
}

static void
print(struct ui *ui)
{
	fputs(record_view_text(ui), stdout);
	fflush(stdout);
}

/* True when the key ends the plain view. */
static bool
take_key(struct ui *ui, uint32_t key)
{
	switch (key) {
	case K_ENTER:
	case K_ESC:
	case 'q':
	case CONTROL('C'):
	case K_F1 + 2:
	case CONTROL('V'):
		return true;
	case 'c':
		to_clipboard(ui);
		return false;
	case 'n':
		ui->format =
		    (enum output_format)((ui->format + 1) % OUTPUT_COUNT);
		print(ui);
		return false;
	default:
		return false;
	}
}

unsigned int
record_view(struct ui *ui, struct tty *term)
{
	unsigned int events = 0;
	bool done = false;

	term_leave(term);
	guard_keys_one_by_one();
	print(ui);
	while (!done && (events & ENDING) == 0) {
		uint32_t key;

		events = term_wait(term, -1, -1);
		while (!done && input_next(&term->input, monotonic_ms(), &key))
			done = take_key(ui, key);
	}
	if ((events & TERM_HANGUP) == 0)
		term_return(term);
	return events & ENDING;
}
