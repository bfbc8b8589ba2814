/* ui/save_view.c - see save_view.h */
#include "save_view.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../wizard/files.h"

/* Beside the plan; in the current folder when none is kept. */
static void
propose(struct ui *ui, const char *suffix, char path[ASIDE_LINE])
{
	const char *plan = session_path(ui->session);
	const char *dot = plan == NULL ? NULL : strrchr(plan, '.');

	if (dot != NULL)
		snprintf(path, ASIDE_LINE, "%.*s.%s", (int)(dot - plan), plan,
		    suffix);
	else
		snprintf(path, ASIDE_LINE, "%s.%s",
		    session_plan(ui->session)->domain, suffix);
}

const char *
save_view_path(struct ui *ui, const char *path)
{
	const char *home = getenv("HOME");

	if (strncmp(path, "~/", 2) != 0 || home == NULL)
		return path;
	return ui_format(ui, "%s%s", home, path + 1);
}

static const char *
shown(struct ui *ui, const char *path)
{
	return printable(ui->arena, str_of(path));
}

static const char *
why_not(struct ui *ui, const char *path)
{
	const char *why =
	    errno == EINVAL ? _("it is not a plain file") : strerror(errno);

	return ui_format(ui,
	    _("%s could not be written: %s. Try another "
	      "path."),
	    shown(ui, path), why);
}

/* Writes it; asks before it takes the place of a file. */
static bool
write_asking(struct ui *ui, struct aside *aside, const char *path,
    struct str text, const char **said)
{
	bool replace = false;

	while (!files_write(path, text, replace)) {
		if (errno != EEXIST || replace) {
			*said = why_not(ui, path);
			return false;
		}
		replace = aside_yes(aside,
		    ui_format(ui,
			_("--- %s is there already.\n--- Replace it? y/N "),
			shown(ui, path)));
		if (replace)
			continue;
		*said = _("Not saved: the file was left as it is.");
		return false;
	}
	*said = ui_format(ui, _("Saved to %s"), shown(ui, path));
	return true;
}

const char *
save_view_text(struct ui *ui, struct aside *aside, const char *suffix,
    struct str text, const char **said)
{
	char line[ASIDE_LINE];
	const char *path;

	*said = "";
	propose(ui, suffix, line);
	if (!aside_line(aside,
		_("--- Save to which file?  Enter: this one   Ctrl-U: empty "
		  "the line   Esc: do not save"),
		line) ||
	    *line == '\0')
		return NULL;
	path = save_view_path(ui, line);
	if (path == line)
		path = ui_format(ui, "%s", line);
	return write_asking(ui, aside, path, text, said) ? path : NULL;
}

unsigned int
save_view_report(struct ui *ui, struct tty *term)
{
	struct aside aside;
	const char *path, *said;

	session_report_saved(ui->session, "");
	aside_begin(&aside, term);
	path = save_view_text(ui, &aside, "checklist.txt",
	    str_of(session_report(ui->session, REPORT_WIDTH)), &said);
	aside_end(&aside);
	if (path != NULL)
		session_report_saved(ui->session, path);
	if (*said != '\0')
		ui_note(ui, path != NULL ? MESSAGE_OK : MESSAGE_WARN, said);
	return aside.ended;
}
