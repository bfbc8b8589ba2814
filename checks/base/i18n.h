/*
 * checks/base/i18n.h - every sentence a person reads goes through gettext.
 *
 * _("text") where the text is used, N_("text") in a const table whose reader
 * calls _() on the field.  The source texts are English.
 */
#ifndef I18N_H
#define I18N_H

#include <libintl.h>

#define _(text)		     gettext(text)
#define N_(text)	     text
#define PLURAL(one, many, n) ngettext(one, many, n)

#endif
