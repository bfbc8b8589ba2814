/*
 * wizard/template.h - configuration and commands as text with values in it.
 *
 *	smtpd_tls_chain_files = {{key|path}}, {{chain|path}}
 *	{{if milter}}
 *	smtpd_milters = {{milter|postfix}}
 *	{{end}}
 *
 * - {{name|quoting}} is a value, written so that the program that reads the
 *   text takes the whole of it for a value and for nothing else.
 * - {{if name}} and {{unless name}} up to {{end}}, each alone on its line:
 *   those lines are there when the value is not empty, or when it is.
 * - {{each name}} up to {{end}}: those lines for every text of a list; inside,
 *   the name is that text.  None of the three inside another.
 *
 * A value with a control character, an end of line, an invisible character or
 * broken UTF-8 is refused, whatever the quoting; so is one that a quoting
 * cannot write.  What is refused is never written in part.
 *
 * quoting      for                                    refuses
 * plain        a sentence, a comment                  nothing more
 * word         host names, addresses, selectors, as   all but letters, digits
 *              they are                               and . _ - @ : / + *
 * path         a file in a setting, as it is          what does not begin with
 *                                                     "/", blanks, " ' # % $ ,
 *                                                     and other punctuation
 * powershell   'it''s', with typographic quotes       nothing more
 * shell        'it'\''s' (POSIX sh)                   nothing more
 * dovecot      "a \"b\"", a value in dovecot.conf     % and $
 * postfix      a value in main.cf, $ doubled          blanks at either end
 */
#ifndef TEMPLATE_H
#define TEMPLATE_H

#include "../checks/base/str.h"

#define TEMPLATE_VALUE_MAX 4096 /* octets; longer ones are refused */

struct template_value {
	const char *name; /* letters, digits and "_" */
	const char *text; /* NULL is "" */
	const char *const *list; /* of {{each}} */
	size_t nlist;
};

struct template_values {
	const struct template_value *values;
	size_t n;
};

/*
 * The text with its values, in the arena.  NULL when it cannot be made, and
 * why in *error: one sentence that names the value, or the line of a template
 * that is not one.
 */
const char *template_render(struct arena *, struct str text,
    const struct template_values *, const char **error);

/*
 * One value in the quoting of that name, in the arena.  NULL when the quoting
 * cannot write it, or does not exist.
 */
const char *template_quote(
    struct arena *, const char *quoting, const char *value);

/* Is the condition true?  "wildcard", "!wildcard"; "" always is. */
bool template_holds(const struct template_values *, struct str condition);

#endif
