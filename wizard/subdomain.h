/*
 * wizard/subdomain.h - names below the domain that send too.
 */
#ifndef SUBDOMAIN_H
#define SUBDOMAIN_H

#include "field.h"

/*
 * What was typed as a subdomain, after field_judge(): "news" alone becomes
 * news.example.org, and a name that is not below the plan's domain gets a
 * problem.  `text` is what was typed.
 */
void subdomain_judge(const struct plan *, struct str text, struct judged *out);

#endif
