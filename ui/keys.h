/*
 * ui/keys.h - what the person can press, and what it means.
 *
 *	octets --input.c--> key --action_of()--> action --> the view
 *
 * One table maps keys to actions; the keys line and the help are written from
 * the same table, so that no key is promised that does nothing.
 */
#ifndef KEYS_H
#define KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A key is a Unicode character, a control character (CONTROL('A') is 1), or one
 * of these, which lie behind Unicode.
 */
enum key {
	K_NONE = 0x110000,
	K_ESC,
	K_ENTER,
	K_TAB,
	K_BACKTAB,
	K_BACKSPACE,
	K_DELETE,
	K_INSERT,
	K_UP,
	K_DOWN,
	K_LEFT,
	K_RIGHT,
	K_HOME,
	K_END,
	K_PAGE_UP,
	K_PAGE_DOWN,
	K_MOVE_UP, /* Shift or Ctrl with an arrow */
	K_MOVE_DOWN,
	K_F1, /* K_F1 + n is F(n+1) */
	K_F12 = K_F1 + 11,
	K_CLICK, /* at input->mouse_y and mouse_x */
	K_WHEEL_UP,
	K_WHEEL_DOWN,
	K_PASTE, /* a pasted text is waiting in the input */
};

#define CONTROL(letter) ((uint32_t)(letter)&0x1f)

enum action {
	ACT_NONE,
	ACT_TEXT, /* a character for a text field */
	ACT_PASTE, /* many of them */
	ACT_CLICK, /* where the mouse is */
	ACT_HELP,
	ACT_STEPS,
	ACT_COPY,
	ACT_SAVE,
	ACT_CHECK,
	ACT_COMPARE,
	ACT_NEXT_FIELD,
	ACT_PREVIOUS_FIELD,
	ACT_UP,
	ACT_DOWN,
	ACT_LEFT,
	ACT_RIGHT,
	ACT_FIRST,
	ACT_LAST,
	ACT_PAGE_UP,
	ACT_PAGE_DOWN,
	ACT_TOGGLE,
	ACT_ENTER,
	ACT_NEXT_STEP,
	ACT_BACK,
	ACT_ADD,
	ACT_REMOVE,
	ACT_UNDO,
	ACT_MOVE_UP,
	ACT_MOVE_DOWN,
	ACT_NEXT_PROBLEM,
	ACT_PREVIOUS_PROBLEM,
	ACT_TRY,
	ACT_TEST_ADDRESS,
	ACT_STOP,
	ACT_YES,
	ACT_NO,
	ACT_ERASE_LEFT,
	ACT_ERASE_WORD,
	ACT_ERASE_TO_END,
	ACT_ERASE_ALL,
	ACT_REDRAW,
	ACT_SUSPEND,
	ACT_QUIT,
	ACT_INTERRUPT,
	ACTION_COUNT
};

/*
 * What this key means; letters are text inside a text field and commands
 * outside of it.  ACT_NONE for a key that does nothing there.
 */
enum action action_of(uint32_t key, bool in_text_field);

/*
 * The name of the key that stands for an action, as short as the keys line
 * needs it: "F1", "^N", "Space".  Without function keys on the terminal its
 * Ctrl twin.  "" for an action no single key stands for.
 */
const char *action_key_name(enum action, bool function_keys);

/* What an action does, in a few words for the help; "" where it has none. */
const char *action_meaning(enum action);

/* One key on the keys line, and the word that stands behind it. */
struct hint {
	enum action action;
	const char *word; /* untranslated: N_() */
};

struct hints {
	const struct hint *list;
	size_t n;
};

/*
 * Writes the keys line: the view's own keys, then behind a bar those that
 * work everywhere.  From the end of `own`, keys that do not fit in `columns`
 * are left out.  `width` gives the columns of a text: text_columns().  Returns
 * the octets written; `line` is ended by NUL.
 */
size_t keys_line(char *line, size_t size, int columns, struct hints own,
    struct hints common, bool function_keys, int (*width)(const char *));

#endif
