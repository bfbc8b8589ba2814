/*
 * ui/secret.h - a passphrase or password from the terminal.
 */
#ifndef SECRET_H
#define SECRET_H

#include <stdbool.h>
#include <stddef.h>

#define SECRET_MAX 1024 /* octets, NUL included */

/*
 * Asks on the controlling terminal, whatever stdin is, and shows nothing of
 * what is typed.  The line without its end is in `out`, which the caller wipes.
 * False: there is no terminal, the input ended, or a signal came; the terminal
 * is as it was then.
 */
bool secret_ask(const char *prompt, char out[SECRET_MAX]);

#endif
