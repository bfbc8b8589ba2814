/* An address for DMARC reports, as people type it. */
#include "report_address.h"

#include <stdio.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/dmarc_uri.h"
#include "problem.h"

#define SCHEME "mailto:"

static void
refuse(struct judged *out, const char *why)
{
	snprintf(out->problem, sizeof(out->problem),
	    _("Reports cannot be sent there: %s. Type an address such as "
	      "dmarc@example.org."),
	    why);
}

/* It can be used; what shall the person know about it? */
static void
tell(struct arena *arena, struct str typed, const struct dmarc_uri *uri,
    struct judged *out)
{
	bool had_scheme = str_starts_nocase(typed, SCHEME);

	if (uri->address == NULL)
		bounded_copy(out->told, sizeof(out->told),
		    _("Only mailto: is understood by every receiver; many will "
		      "send nothing there."));
	else if (uri->size_len > 0)
		snprintf(out->told, sizeof(out->told),
		    _("The limit \"%s\" holds for older receivers only."),
		    printable(arena,
			str_slice(uri->text, uri->text.len - uri->size_len,
			    uri->text.len)));
	else if (!had_scheme)
		bounded_copy(out->told, sizeof(out->told),
		    _("\"mailto:\" was put in front: the record wants it."));
	else if (!str_equal(typed, uri->text))
		snprintf(out->told, sizeof(out->told), _("Written as %s."),
		    printable(arena, uri->text));
}

static bool
read_one(struct arena *arena, struct str text, struct dmarc_uris *out)
{
	struct dmarc_tag tag = { .value = text };

	*out = (struct dmarc_uris){ 0 };
	dmarc_uris_read(arena, text, &tag, out);
	return out->n == 1;
}

void
judge_report_address(struct arena *arena, struct str text, struct judged *out)
{
	struct str typed = str_trim(text);
	struct dmarc_uris uris = { 0 };
	const char *meant;

	if (typed.len == 0)
		return;
	if (!read_one(arena, typed, &uris)) {
		refuse(out, _("it is more than one address"));
		return;
	}
	meant = uris.list[0].problem == NULL
	    ? NULL
	    : dmarc_uri_meant(arena, &uris.list[0]);
	if (meant != NULL && !read_one(arena, str_of(meant), &uris))
		meant = NULL;
	if (uris.list[0].problem != NULL) {
		refuse(out, _(uris.list[0].problem));
		return;
	}
	if (uris.list[0].text.len >= sizeof(out->value)) {
		refuse(out, _("it is too long"));
		return;
	}
	bounded_copy(
	    out->value, sizeof(out->value), str_dup(arena, uris.list[0].text));
	tell(arena, typed, &uris.list[0], out);
}
