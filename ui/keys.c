/* ui/keys.c - the table of keys; see keys.h */
#include <stdio.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/str.h"
#include "keys.h"

enum where { EVERYWHERE, IN_TEXT, OUTSIDE_TEXT };

static const struct {
	uint32_t key;
	enum action action;
	enum where where;
} keys[] = {
	/* Every function key has a twin: some terminals keep F1, F10 and F11
	   for themselves, others have only four. */
	{ K_F1, ACT_HELP, EVERYWHERE },
	{ CONTROL('G'), ACT_HELP, EVERYWHERE },
	{ '?', ACT_HELP, OUTSIDE_TEXT },
	{ K_F1 + 1, ACT_STEPS, EVERYWHERE },
	{ CONTROL('T'), ACT_STEPS, EVERYWHERE },
	{ K_F1 + 2, ACT_COPY, EVERYWHERE },
	{ CONTROL('V'), ACT_COPY, EVERYWHERE },
	{ K_F1 + 3, ACT_SAVE, EVERYWHERE },
	{ CONTROL('O'), ACT_SAVE, EVERYWHERE },
	{ K_F1 + 4, ACT_CHECK, EVERYWHERE },
	{ CONTROL('R'), ACT_CHECK, EVERYWHERE },
	{ K_F1 + 5, ACT_COMPARE, EVERYWHERE },
	{ CONTROL('E'), ACT_COMPARE, OUTSIDE_TEXT },
	{ K_F1 + 6, ACT_TRY, EVERYWHERE },
	{ CONTROL('Y'), ACT_TRY, EVERYWHERE },
	{ 's', ACT_STOP, OUTSIDE_TEXT },
	{ K_TAB, ACT_NEXT_FIELD, EVERYWHERE },
	{ K_BACKTAB, ACT_PREVIOUS_FIELD, EVERYWHERE },
	{ K_UP, ACT_UP, EVERYWHERE },
	{ K_DOWN, ACT_DOWN, EVERYWHERE },
	{ K_LEFT, ACT_LEFT, EVERYWHERE },
	{ K_RIGHT, ACT_RIGHT, EVERYWHERE },
	{ K_HOME, ACT_FIRST, EVERYWHERE },
	{ K_END, ACT_LAST, EVERYWHERE },
	{ CONTROL('A'), ACT_FIRST, EVERYWHERE },
	{ CONTROL('E'), ACT_LAST, IN_TEXT },
	{ CONTROL('B'), ACT_LEFT, EVERYWHERE },
	{ CONTROL('F'), ACT_RIGHT, EVERYWHERE },
	{ K_PAGE_UP, ACT_PAGE_UP, EVERYWHERE },
	{ K_PAGE_DOWN, ACT_PAGE_DOWN, EVERYWHERE },
	{ ' ', ACT_TOGGLE, OUTSIDE_TEXT },
	{ K_ENTER, ACT_ENTER, EVERYWHERE },
	{ CONTROL('N'), ACT_NEXT_STEP, EVERYWHERE },
	{ K_ESC, ACT_BACK, EVERYWHERE },
	{ CONTROL('P'), ACT_BACK, EVERYWHERE },
	{ 'a', ACT_ADD, OUTSIDE_TEXT },
	{ K_INSERT, ACT_ADD, OUTSIDE_TEXT },
	{ K_DELETE, ACT_REMOVE, EVERYWHERE },
	{ CONTROL('D'), ACT_REMOVE, EVERYWHERE },
	{ 'd', ACT_REMOVE, OUTSIDE_TEXT },
	{ 'u', ACT_UNDO, OUTSIDE_TEXT },
	{ '<', ACT_MOVE_UP, OUTSIDE_TEXT },
	{ '>', ACT_MOVE_DOWN, OUTSIDE_TEXT },
	{ K_MOVE_UP, ACT_MOVE_UP, OUTSIDE_TEXT },
	{ K_MOVE_DOWN, ACT_MOVE_DOWN, OUTSIDE_TEXT },
	{ 'n', ACT_NEXT_PROBLEM, OUTSIDE_TEXT },
	{ 'N', ACT_PREVIOUS_PROBLEM, OUTSIDE_TEXT },
	{ 't', ACT_TEST_ADDRESS, OUTSIDE_TEXT },
	{ 'y', ACT_YES, OUTSIDE_TEXT },
	{ 'Y', ACT_YES, OUTSIDE_TEXT },
	{ 'q', ACT_QUIT, OUTSIDE_TEXT },
	{ K_BACKSPACE, ACT_ERASE_LEFT, EVERYWHERE },
	{ CONTROL('W'), ACT_ERASE_WORD, EVERYWHERE },
	{ CONTROL('K'), ACT_ERASE_TO_END, EVERYWHERE },
	{ CONTROL('U'), ACT_ERASE_ALL, EVERYWHERE },
	{ CONTROL('L'), ACT_REDRAW, EVERYWHERE },
	{ CONTROL('Z'), ACT_SUSPEND, EVERYWHERE },
	{ CONTROL('X'), ACT_QUIT, EVERYWHERE },
	{ CONTROL('C'), ACT_INTERRUPT, EVERYWHERE },
	{ K_PASTE, ACT_PASTE, EVERYWHERE },
	{ K_CLICK, ACT_CLICK, EVERYWHERE },
	{ K_WHEEL_UP, ACT_UP, EVERYWHERE },
	{ K_WHEEL_DOWN, ACT_DOWN, EVERYWHERE },
};

static const struct {
	const char *key; /* on the keys line */
	const char *twin; /* the same without function keys */
	const char *meaning; /* for the help */
} actions[ACTION_COUNT] = {
	[ACT_TEXT] = { N_("Type"), NULL, "" },
	[ACT_HELP] = { "F1", "^G", N_("help for what is selected") },
	[ACT_STEPS] = { "F2", "^T", N_("the steps: go to any of them") },
	[ACT_COPY] = { "F3", "^V",
	    N_("the record on a line of its own, to mark with the mouse") },
	[ACT_SAVE] = { "F4", "^O", N_("save to a file") },
	[ACT_CHECK] = { "F5", "^R", N_("ask DNS again, now") },
	[ACT_COMPARE] = { "F6", "^E",
	    N_("compare your record with the one in DNS") },
	[ACT_TRY] = { "F7", "^Y",
	    N_("try your record as if it were published") },
	[ACT_STOP] = { "s", NULL, N_("stop looking for what was published") },
	[ACT_NEXT_FIELD] = { N_("Tab"), NULL, N_("next field or button") },
	[ACT_PREVIOUS_FIELD] = { N_("Shift-Tab"), NULL,
	    N_("previous field or button") },
	[ACT_UP] = { N_("Up/Dn"), NULL, N_("move up and down") },
	[ACT_DOWN] = { N_("Up/Dn"), NULL, "" },
	[ACT_LEFT] = { N_("Lt/Rt"), NULL, N_("move, or choose another") },
	[ACT_RIGHT] = { N_("Lt/Rt"), NULL, "" },
	[ACT_FIRST] = { N_("Home"), NULL, N_("to the beginning (also ^A)") },
	[ACT_LAST] = { N_("End"), NULL, N_("to the end (also ^E)") },
	[ACT_PAGE_UP] = { N_("PgUp"), NULL, N_("a page up") },
	[ACT_PAGE_DOWN] = { N_("PgDn"), NULL, N_("a page down") },
	[ACT_TOGGLE] = { N_("Space"), NULL, N_("change or tick it") },
	[ACT_ENTER] = { N_("Enter"), NULL, N_("open, edit or press it") },
	[ACT_NEXT_STEP] = { "^N", NULL, N_("next step") },
	[ACT_BACK] = { N_("Esc"), NULL, N_("back; nothing is lost (also ^P)") },
	[ACT_ADD] = { "a", NULL, N_("add (also Ins)") },
	[ACT_REMOVE] = { N_("Del"), NULL, N_("remove (also d)") },
	[ACT_UNDO] = { "u", NULL, N_("take the last change back") },
	[ACT_MOVE_UP] = { "< >", NULL, N_("move it up or down the list") },
	[ACT_NEXT_PROBLEM] = { "n", NULL, N_("next problem (N: previous)") },
	[ACT_TEST_ADDRESS] = { "t", NULL,
	    N_("SPF: what one address would get") },
	[ACT_YES] = { "y", NULL, "" },
	[ACT_NO] = { "n", NULL, "" },
	[ACT_ERASE_LEFT] = { "", NULL, "" },
	[ACT_ERASE_WORD] = { "^W", NULL, N_("erase a word") },
	[ACT_ERASE_TO_END] = { "^K", NULL, N_("erase to the end") },
	[ACT_ERASE_ALL] = { "^U", NULL,
	    N_("erase all; once more brings it back") },
	[ACT_REDRAW] = { "^L", NULL, N_("draw the screen again") },
	[ACT_SUSPEND] = { "^Z", NULL, N_("to the shell; fg comes back") },
	[ACT_QUIT] = { "^X", NULL, N_("quit; your answers are saved") },
	[ACT_INTERRUPT] = { "^C", NULL, N_("quit; twice: at once") },
};

enum action
action_of(uint32_t key, bool in_text_field)
{
	if (in_text_field && key >= ' ' && key < K_NONE && key != 127)
		return ACT_TEXT;
	for (size_t i = 0; i < COUNT(keys); i++) {
		if (keys[i].key != key)
			continue;
		if (keys[i].where == EVERYWHERE ||
		    (keys[i].where == IN_TEXT) == in_text_field)
			return keys[i].action;
	}
	return ACT_NONE;
}

const char *
action_key_name(enum action action, bool function_keys)
{
	const char *name = actions[action].key;

	if (!function_keys && actions[action].twin != NULL)
		name = actions[action].twin;
	return name == NULL || *name == '\0' ? "" : _(name);
}

const char *
action_meaning(enum action action)
{
	const char *meaning = actions[action].meaning;

	return meaning == NULL || *meaning == '\0' ? "" : _(meaning);
}

/* " F1 Help", or "" when it would not fit. */
static size_t
add_hint(char *line, size_t size, const char *before, const struct hint *hint,
    bool function_keys)
{
	int n = snprintf(line, size, "%s%s %s", before,
	    action_key_name(hint->action, function_keys), _(hint->word));

	return n < 0 || (size_t)n >= size ? 0 : (size_t)n;
}

static size_t
add_hints(char *line, size_t size, const char *gap, struct hints hints,
    bool function_keys)
{
	size_t len = 0;

	line[0] = '\0';
	for (size_t i = 0; i < hints.n; i++)
		len += add_hint(line + len, size - len, i == 0 ? " " : gap,
		    &hints.list[i], function_keys);
	return len;
}

size_t
keys_line(char *line, size_t size, int columns, struct hints own,
    struct hints common, bool function_keys, int (*width)(const char *))
{
	char right[256];
	size_t left;
	int keep;

	add_hints(right, sizeof(right), " ", common, function_keys);
	keep = *right == '\0' ? 0 : width(right) + 2;
	if (keep > columns)
		keep = 0;
	for (;; own.n--) {
		left = add_hints(line, size, "  ", own, function_keys);
		if (own.n == 0 || width(line) + keep <= columns)
			break;
	}
	if (keep > 0 && left + strlen(right) + 3 < size)
		left += (size_t)snprintf(line + left, size - left, "%s%s",
		    left > 0 ? " |" : "", right);
	return left;
}
