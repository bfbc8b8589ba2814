/*
 * tests/harness/pty_inside.h - what the files of pty.h share.
 */
#ifndef PTY_INSIDE_H
#define PTY_INSIDE_H

#include <stdint.h>
#include <vterm.h>

#include "pty.h"

struct terminal {
	VTerm *vt;
	VTermScreen *screen;
	int rows, cols;
	bool cursor_visible, alternate;
	int fd; /* our side of the pty; -1 once hung up */
	bool ended; /* nothing more can be read */
	pid_t pid; /* 0 once waited for */
	int status;
	struct termios before;
	char *output;
	size_t output_len, output_size;
	char *text; /* what terminal_text() or terminal_row() gave */
};

/* Writes to the program what libvterm has to say. */
void terminal_flush_keys(struct terminal *);

#endif
