/* The domains to check: operands, then the lines of a file. */
#include "domain_list.h"

#include <errno.h>
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/domain.h"
#include "cli.h"

bool
domain_list_open(struct domain_list *list, struct arena *arena,
    const struct options *options, const char **names, size_t n)
{
	*list = (struct domain_list){ .names = names, .nnames = n };
	if (options->file == NULL)
		return true;
	list->path = printable(arena, str_of(options->file));
	if (strcmp(options->file, "-") == 0) {
		list->file = stdin;
		list->path = _("standard input");
	} else {
		list->file = fopen(options->file, "re");
	}
	if (list->file == NULL)
		complain(
		    _("%s cannot be read: %s."), list->path, strerror(errno));
	return list->file != NULL;
}

void
domain_list_close(struct domain_list *list)
{
	if (list->file != NULL && list->file != stdin)
		fclose(list->file);
	list->file = NULL;
}

/* One line without its end, cut to what a domain can need; false: no more. */
static bool
read_line(struct domain_list *list, struct arena *arena, struct str *out)
{
	char *line = arena_alloc(arena, DOMAIN_LINE_MAX + 1);
	size_t len = 0;
	int c;

	while ((c = getc(list->file)) != EOF && c != '\n')
		if (len <= DOMAIN_LINE_MAX)
			line[len++] = (char)c;
	list->line++;
	*out = (struct str){ line, len };
	return len > 0 || c != EOF;
}

static struct str
without_comment(struct str line)
{
	for (size_t i = 0; i < line.len; i++)
		if (line.p[i] == '#' &&
		    (i == 0 || line.p[i - 1] == ' ' || line.p[i - 1] == '\t'))
			line.len = i;
	if (line.len > 0 && line.p[line.len - 1] == '\r')
		line.len--;
	return str_trim(line);
}

/* NULL: an empty line, or one that was complained of. */
static const char *
read_domain(struct domain_list *list, struct arena *arena, struct str line)
{
	struct domain_name domain = { 0 };
	const char *problem;

	line = without_comment(line);
	if (line.len == 0)
		return NULL;
	problem = domain_read_as(arena, line, DOMAIN_IN_DNS, &domain);
	if (problem == NULL)
		return domain.name;
	list->troubled = true;
	complain(_("%s:%zu: left out: %s"), list->path, list->line, problem);
	return NULL;
}

const char *
domain_list_next(struct domain_list *list, struct arena *arena)
{
	struct str line;
	const char *name;

	if (list->next < list->nnames)
		return list->names[list->next++];
	while (list->file != NULL && read_line(list, arena, &line)) {
		name = read_domain(list, arena, line);
		if (name != NULL)
			return name;
	}
	if (list->file != NULL && ferror(list->file)) {
		list->troubled = true;
		complain(_("%s cannot be read to its end: %s."), list->path,
		    strerror(errno));
		clearerr(list->file);
	}
	domain_list_close(list);
	return NULL;
}
