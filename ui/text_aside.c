/* ui/text_aside.c - see text_aside.h */
#include "text_aside.h"

#include <string.h>

#include "../checks/base/i18n.h"
#include "save_view.h"

static void
print(struct ui *ui, const char *text)
{
	aside_print(ui_format(ui,
	    _("\n--- mailwizard: lines that begin with # are comments ---\n"
	      "%s--- mark it with the mouse.  Enter: back   c: send to "
	      "clipboard   f: write to file\n"),
	    text));
}

static void
to_file(
    struct ui *ui, struct aside *aside, const char *suffix, const char *text)
{
	const char *said;

	save_view_text(ui, aside, suffix, str_of(text), &said);
	if (*said != '\0')
		aside_print(ui_format(ui, "--- %s\n", said));
}

unsigned int
text_aside(
    struct ui *ui, struct tty *term, const char *suffix, const char *text)
{
	struct aside aside;
	uint32_t key;

	aside_begin(&aside, term);
	print(ui, text);
	while (aside_key(&aside, &key) && !aside_key_ends(key)) {
		if (key == 'c') {
			aside_clipboard(str_of(text));
		} else if (key == 'f' || key == K_F1 + 3) {
			to_file(ui, &aside, suffix, text);
		} else if (key == K_NONE || key == CONTROL('L')) {
			print(ui, text);
		}
	}
	aside_end(&aside);
	return aside.ended;
}
