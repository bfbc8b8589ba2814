/* Names below the domain that send too. */
#include "subdomain.h"

#include <stdio.h>

#include "../checks/base/i18n.h"
#include "../checks/record.h"
#include "problem.h"

/* "news" -> "news.example.org" */
static struct str
whole_name(struct arena *arena, const struct plan *plan, struct str text)
{
	text = str_trim(text);
	if (text.len == 0 || str_find(text, '.') < text.len)
		return text;
	return str_of(
	    arena_printf(arena, "%s.%s", str_dup(arena, text), plan->domain));
}

void
subdomain_judge(const struct plan *plan, struct str text, struct judged *out)
{
	struct arena *arena = arena_new();

	*out = (struct judged){ 0 };
	if (plan->domain[0] != '\0')
		text = whole_name(arena, plan, text);
	judge_host(arena, text, out);
	arena_free(arena);
	if (out->problem[0] != '\0' || out->value[0] == '\0' ||
	    plan->domain[0] == '\0')
		return;
	if (name_equal(out->value, plan->domain))
		snprintf(out->problem, sizeof(out->problem), "%s",
		    _("This is the domain itself; its record is made in the "
		      "next step."));
	else if (!name_is_below(out->value, plan->domain))
		snprintf(out->problem, sizeof(out->problem),
		    _("It has to end in .%s; look at another domain by "
		      "itself."),
		    plan->domain);
}
