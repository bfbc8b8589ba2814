/*
 * ui/language.h - the language the program speaks: gettext's, by the locale or
 * by --lang.
 *
 * Translations are assets/po/CODE.po; they are found where they were
 * installed, or in the folder that MAILWIZARD_LOCALE names, as "make run" does
 * for those that are built and not installed.
 */
#ifndef LANGUAGE_H
#define LANGUAGE_H

/* Once, first of all: the locale of the environment. */
void language_begin(void);

/*
 * --lang: a code such as "pl", or several, the best first ("pl:en"); borrowed
 * no longer than the call.  One without a translation leaves English.
 */
void language_choose(const char *code);

/* From now on texts are UTF-8, whatever the terminal; for JSON. */
void language_as_utf8(void);

#endif
