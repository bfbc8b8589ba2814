/* The language the program speaks. */
#include "language.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "../checks/base/i18n.h"

#define DOMAIN_OF_TEXTS "mailwizard"
#ifndef LOCALEDIR /* the Makefile's, from PREFIX */
#define LOCALEDIR "/usr/local/share/locale"
#endif

void
language_begin(void)
{
	const char *folder = getenv("MAILWIZARD_LOCALE");

	setlocale(LC_ALL, "");
	bindtextdomain(DOMAIN_OF_TEXTS,
	    folder != NULL && folder[0] != '\0' ? folder : LOCALEDIR);
	textdomain(DOMAIN_OF_TEXTS);
}

/* gettext looks for no translation where the locale is the plain "C". */
static void
leave_plain_c(void)
{
	const char *name = setlocale(LC_MESSAGES, NULL);

	if (name == NULL || strcmp(name, "C") == 0 ||
	    strcmp(name, "POSIX") == 0)
		setlocale(LC_ALL, "C.UTF-8");
}

void
language_choose(const char *code)
{
	setenv("LANGUAGE", code, 1);
	setlocale(LC_ALL, "");
	leave_plain_c();
}

void
language_as_utf8(void)
{
	bind_textdomain_codeset(DOMAIN_OF_TEXTS, "UTF-8");
}
