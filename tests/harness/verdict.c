/* A message signed, published, changed and verified. */
#include "verdict.h"

#include "fixture.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

char *
verdict_record(const char *selector, const char *text)
{
	char *out = NULL;
	size_t size;
	FILE *file = open_memstream(&out, &size);

	assert_non_null(file);
	fprintf(file, "%s._domainkey TXT \"", selector);
	for (size_t i = 0; text[i] != '\0'; i++) {
		if (i > 0 && i % 200 == 0)
			fputs("\" \"", file);
		if (text[i] == '"' || text[i] == '\\')
			putc('\\', file);
		if ((unsigned char)text[i] < ' ' ||
		    (unsigned char)text[i] >= 0x7f)
			fprintf(file, "\\%03u", (unsigned char)text[i]);
		else
			putc(text[i], file);
	}
	fputs("\"\n", file);
	fclose(file);
	return out;
}

void
verdict_message(
    struct arena *arena, const char *octets, size_t len, struct message *out)
{
	int fd = memfd_create("message", MFD_CLOEXEC);
	const char *problem;

	assert_true(fd != -1);
	assert_int_equal(write(fd, octets, len), (ssize_t)len);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	problem = message_read(arena, fd, "test", out);
	if (problem != NULL)
		fail_msg("%s", problem);
}

/* The first `find` in the text becomes `put`; the old text is freed. */
static char *
edited(char *text, const struct edit *edit, const char *what)
{
	char *at, *out;

	if (edit->find == NULL)
		return text;
	at = strstr(text, edit->find);
	if (at == NULL)
		fail_msg("%s: nothing to edit", what);
	assert_true(asprintf(&out, "%.*s%s%s", (int)(at - text), text,
			edit->put, at + strlen(edit->find)) >= 0);
	free(text);
	return out;
}

static char *
message_of(const struct verdict_case *row)
{
	char *text =
	    row->raw != NULL ? strdup(row->raw) : signer_sign(&row->sign);
	char *out;
	size_t len = 0;

	for (size_t i = 0; i < COUNT(row->edit); i++)
		text = edited(text, &row->edit[i], row->what);
	if (row->lf) {
		for (char *p = text; *p != '\0'; p++)
			if (p[0] != '\r' || p[1] != '\n')
				text[len++] = *p;
		text[len] = '\0';
	}
	assert_true(asprintf(&out, "%s%s", row->front != NULL ? row->front : "",
			text) >= 0);
	free(text);
	return out;
}

static char *
zone_of(const struct verdict_case *row)
{
	enum signer_key key = row->other ? row->publish : row->sign.key;
	const char *form = row->record != NULL ? row->record
	    : key < SIGNER_ED25519	       ? "v=DKIM1; k=rsa; p={p}"
					       : "v=DKIM1; k=ed25519; p={p}";
	const char *at = strstr(form, "{p}");
	char *text, *line, *out;

	if (at != NULL)
		assert_true(asprintf(&text, "%.*s%s%s", (int)(at - form), form,
				signer_public(key), at + 3) >= 0);
	else
		text = strdup(form);
	line = form[0] != '\0' ? verdict_record("test", text) : strdup("");
	assert_true(asprintf(&out, "@ A 192.0.2.1\n%s%s", line,
			row->zone != NULL ? row->zone : "") >= 0);
	free(text);
	free(line);
	return out;
}

static void
compare(const struct verdict_case *row, const struct dkim_verdict *verdict)
{
	bool said = row->autopsy == NULL;

	if (verdict->result != row->result)
		fail_msg("%s: %s (%s), wanted %s", row->what,
		    dkim_word(verdict->result), verdict->reason,
		    dkim_word(row->result));
	if (row->reason != NULL && strstr(verdict->reason, row->reason) == NULL)
		fail_msg("%s: \"%s\" does not say \"%s\"", row->what,
		    verdict->reason, row->reason);
	if (row->autopsy != NULL && row->autopsy[0] == '\0')
		said = verdict->nautopsy == 0;
	for (size_t i = 0; i < verdict->nautopsy && !said; i++)
		said = strstr(verdict->autopsy[i], row->autopsy) != NULL;
	for (size_t i = 0; i < verdict->nautopsy && !said; i++)
		print_error("- %s\n", verdict->autopsy[i]);
	if (!said)
		fail_msg("%s: the autopsy does not say \"%s\"", row->what,
		    row->autopsy);
}

static void
check_one(const struct verdict_case *row)
{
	struct fixture f;
	struct message message;
	struct dkim_verdicts verdicts;
	char *text = message_of(row), *zone = zone_of(row);

	fixture_begin(&f, zone);
	f.run.now = 1600000000;
	verdict_message(f.run.arena, text, strlen(text), &message);
	assert_int_equal(dkim_verify(&f.run, &message, &verdicts), OK);
	if (verdicts.n == 0)
		fail_msg("%s: no signature", row->what);
	compare(row, &verdicts.list[0]);
	message_close(&message);
	fixture_end(&f);
	free(text);
	free(zone);
}

void
verdict_check(const struct verdict_case *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		check_one(&rows[i]);
}
