/*
 * tests/nightly/powershell_scripts.c - every PowerShell that mailwizard
 * writes, as files in a folder:
 *
 *	powershell_scripts FOLDER
 *
 * NAME.plain.ps1 has harmless values, NAME.N.ps1 the same with hostile ones;
 * a value never changes what a script is made of.  See powershell.sh.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../wizard/copy_powershell.h"
#include "../../wizard/server_commands.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct arena *arena;
static const char *folder;

/* As people and domains could have them: no line feeds, which none accepts. */
static const char *const hostile[] = { "o'brien@example.org",
	"'; Stop-Computer; '", "''",
	"\xe2\x80\x99; Stop-Computer; \xe2\x80\x99",
	"\xe2\x80\x98\xe2\x80\x9a\xe2\x80\x9b", "$(Stop-Computer)", "`$x`n",
	"\" + (Stop-Computer) + \"", "<# a #> # b", "@'", "%{ $_ }", "a;b|c&d",
	"\xe2\x80\x9c\xe2\x80\x9d\xe2\x80\x9e" };

static void
fail(const char *what)
{
	fprintf(stderr, "powershell_scripts: %s\n", what);
	exit(1);
}

static void
write_script(const char *name, const char *variant, const char *text)
{
	const char *path =
	    arena_printf(arena, "%s/%s.%s.ps1", folder, name, variant);
	FILE *out = fopen(path, "w");

	if (out == NULL || fputs(text, out) == EOF || fclose(out) == EOF)
		fail(path);
}

static const char *
number(size_t i)
{
	return arena_printf(arena, "%zu", i);
}

/* --- what to do on an Exchange Server -------------------------------------- */

static struct command_list
commands(enum command_kind kind, const struct server_facts *facts)
{
	struct command_list list = server_commands(arena, kind, facts);

	if (list.error != NULL)
		fail(list.error);
	return list;
}

/* One for each combination of what is wanted and known. */
static void
write_exchange(const char *variant, const char *server, const char *mailbox)
{
	for (unsigned int bits = 1; bits < 32; bits++) {
		const struct server_facts facts = { .host = "mail.example.org",
			.pop3 = bits & 1,
			.imap4 = bits & 2,
			.submission = bits & 4,
			.wildcard = bits & 8,
			.thumbprint = bits & 16 ? "0123456789ABCDEF" : NULL,
			.server = server,
			.mailbox = mailbox };
		struct command_list list;

		if ((bits & 7) == 0)
			continue;
		list = commands(COMMANDS_EXCHANGE, &facts);
		write_script(arena_printf(arena, "exchange-%u", bits), variant,
		    server_commands_script(arena, &list));
	}
}

/* Block by block, the check and the undoing too, as they are copied. */
static void
write_blocks(enum command_kind kind, const char *name)
{
	const struct server_facts facts = { .domain = "example.org",
		.host = "mail.example.org",
		.pop3 = true,
		.imap4 = true,
		.submission = true,
		.server = "EX01",
		.mailbox = "joe@example.org",
		.selector = "2026a" };
	struct command_list list = commands(kind, &facts);

	for (size_t i = 0; i < list.n; i++) {
		const struct command_block *b = &list.blocks[i];

		if (strstr(b->place, "Shell") == NULL &&
		    strstr(b->place, "PowerShell") == NULL)
			continue;
		write_script(arena_printf(arena, "%s-%zu", name, i), "plain",
		    b->commands);
		write_script(arena_printf(arena, "%s-%zu-check", name, i),
		    "plain", b->check);
		write_script(arena_printf(arena, "%s-%zu-undo", name, i),
		    "plain", b->undo);
	}
}

/* --- records for a Windows DNS server -------------------------------------- */

static void
write_records(const char *variant, const char *text)
{
	const struct record record = { .name = "_dmarc.example.org",
		.type = RR_TXT,
		.ttl = 3600,
		.text = str_of(text) };
	const char *add = powershell_add(arena, &record, "example.org");
	const char *remove = powershell_remove(arena, &record, "example.org");

	/* Some values no command can carry; then it is a comment. */
	if (add[0] != '#')
		write_script("record-add", variant, add);
	if (remove[0] != '#')
		write_script("record-remove", variant, remove);
}

int
main(int argc, char *argv[])
{
	if (argc != 2)
		fail("wants a folder");
	arena = arena_new();
	folder = argv[1];
	write_exchange("plain", "EX01", "joe@example.org");
	write_records("plain", "v=DMARC1; p=none");
	for (size_t i = 0; i < COUNT(hostile); i++) {
		write_exchange(number(i), hostile[i], hostile[i]);
		write_records(number(i), hostile[i]);
	}
	write_blocks(COMMANDS_EXCHANGE, "block");
	write_blocks(COMMANDS_EXCHANGE_DKIM, "dkim");
	arena_free(arena);
	return 0;
}
