/*
 * Which signed header field was changed: each usual change is undone, one at a
 * time, and the signature tried again.  What makes it right is what happened.
 */
#include <string.h>

#include "base/i18n.h"
#include "base/printable.h"
#include "dkim_autopsy.h"
#include "dkim_canon.h"

#define OCTETS_MAX   ((size_t)32 * 1024 * 1024) /* hashed for one signature */
#define TRIES_MAX    4096
#define WORDS_MAX    24 /* of a Subject taken off at either end */
#define SHOWN_MAX    120 /* octets of a field in a sentence */
#define ABSENT_SHOWN 8

/* One signature, tried again and again. */
struct trial {
	struct run *run;
	const struct message *message;
	const struct dkim_evidence *evidence;
	struct dkim_verdict *verdict;
	const struct header_field **fields; /* as h= selects them */
	struct str *texts; /* what is hashed for each; empty: nothing */
	size_t n;
	struct str own;
	struct hash *hash;
	enum dkim_canon how;
	bool lf;
	size_t octets; /* left to spend */
	unsigned int tries;
};

static void
add_with_lf(struct trial *t, struct str text)
{
	char *copy = arena_alloc(t->run->arena, text.len);
	size_t len = 0;

	for (size_t i = 0; i < text.len; i++)
		if (text.p[i] != '\r')
			copy[len++] = text.p[i];
	header_canon_last(t->hash, t->how, (struct str){ copy, len });
}

/* Is the signature right for the texts as they are now? */
static bool
is_right(struct trial *t)
{
	const struct dkim_key *key = &t->verdict->key;
	struct sha256 digest;
	size_t size = t->own.len;

	for (size_t i = 0; i < t->n; i++)
		size += t->texts[i].len;
	if (t->tries >= TRIES_MAX || size > t->octets)
		return false;
	t->tries++;
	t->octets -= size;
	for (size_t i = 0; i < t->n; i++) {
		if (t->texts[i].len == 0)
			continue;
		if (t->lf) {
			add_with_lf(
			    t, str_slice(t->texts[i], 0, t->texts[i].len - 2));
			hash_add(t->hash, "\n", 1);
		} else {
			header_canon_add(t->hash, t->how, t->texts[i]);
		}
	}
	if (t->lf)
		add_with_lf(t, t->own);
	else
		header_canon_last(t->hash, t->how, t->own);
	hash_end(t->hash, &digest);
	if (key->type == KEY_RSA)
		return memcmp(&digest, &t->evidence->wanted, sizeof(digest)) ==
		    0;
	return key_verify(
	    key->octets, key->type, &digest, t->verdict->signature.signature);
}

/* The same with one text in place of another. */
static bool
is_right_with(struct trial *t, size_t i, struct str text)
{
	struct str kept = t->texts[i];
	bool right;

	t->texts[i] = text;
	right = is_right(t);
	t->texts[i] = kept;
	return right;
}

static const char *
shown(struct trial *t, struct str text)
{
	struct str trimmed = tag_trim(text);
	const char *out =
	    printable(t->run->arena, str_slice(trimmed, 0, SHOWN_MAX));

	return trimmed.len > SHOWN_MAX
	    ? arena_printf(t->run->arena, "%s...", out)
	    : out;
}

/* "Name: value CRLF", spaced as the field is. */
static struct str
with_value(struct trial *t, const struct header_field *field, struct str value)
{
	size_t before = (size_t)(field->value.p - field->text.p);
	bool space = field->value.len > 0 && field->value.p[0] == ' ';
	char *text = arena_alloc(t->run->arena, before + value.len + 3);
	size_t len = before;

	memcpy(text, field->text.p, before);
	if (space)
		text[len++] = ' ';
	memcpy(text + len, value.p, value.len);
	len += value.len;
	memcpy(text + len, "\r\n", 2);
	return (struct str){ text, len + 2 };
}

/* --- the guesses: each says what it found, and true --------------------- */

static bool
guess_canonicalization(struct trial *t)
{
	bool relaxed = t->how == DKIM_RELAXED;
	bool right;

	t->how = relaxed ? DKIM_SIMPLE : DKIM_RELAXED;
	right = is_right(t);
	t->how = relaxed ? DKIM_RELAXED : DKIM_SIMPLE;
	if (right)
		autopsy_say(t->run, t->verdict,
		    _("The signature is right when the header is taken as "
		      "\"%s\", but its c= says \"%s\": the signer names "
		      "another canonicalization than it uses. Correct the "
		      "signer's settings."),
		    relaxed ? "simple" : "relaxed",
		    relaxed ? "relaxed" : "simple");
	return right;
}

static bool
guess_line_ends(struct trial *t)
{
	bool right;

	t->lf = true;
	right = is_right(t);
	t->lf = false;
	if (right)
		autopsy_say(t->run, t->verdict,
		    _("The signer hashed lines that end in LF, where CRLF is "
		      "the rule: it signs a file and not what goes over the "
		      "network. Convert line ends before signing."));
	return right;
}

static bool
guess_added(struct trial *t)
{
	for (size_t i = 0; i < t->n; i++) {
		if (t->fields[i] == NULL ||
		    !is_right_with(t, i, (struct str){ 0 }))
			continue;
		autopsy_say(t->run, t->verdict,
		    _("The field \"%s\" was added after the message was "
		      "signed: without it the signature is right. Let the "
		      "field be set before the signer runs, or take it out "
		      "of the list of signed fields."),
		    shown(t, t->fields[i]->text));
		return true;
	}
	return false;
}

static bool
is_taken(const struct trial *t, const struct header_field *field)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->fields[i] == field)
			return true;
	return false;
}

/* There are several of that name, and the signer meant another one. */
static bool
guess_other_instance(struct trial *t)
{
	for (size_t i = 0; i < t->n; i++) {
		for (size_t k = 0; k < t->message->nfields; k++) {
			const struct header_field *field =
			    &t->message->fields[k];

			if (t->fields[i] == NULL ||
			    field == t->verdict->signature.field ||
			    is_taken(t, field) ||
			    !header_same_name(
				field->name, t->fields[i]->name) ||
			    !is_right_with(t, i, field->text))
				continue;
			autopsy_say(t->run, t->verdict,
			    _("The message has several %s fields. The "
			      "signature is right for \"%s\": the other one "
			      "was added below it, or the signer counts from "
			      "the top."),
			    shown(t, field->name), shown(t, field->text));
			return true;
		}
	}
	return false;
}

/* What was put before or behind the subject, word by word. */
static bool
guess_subject_words(struct trial *t, size_t i, bool front)
{
	struct str value = tag_trim(t->fields[i]->value);
	size_t from = 0, to = value.len;

	for (int words = 0; words < WORDS_MAX && from < to; words++) {
		struct str rest, gone;

		if (front) {
			while (from < to && !is_tag_blank(value.p[from]))
				from++;
			while (from < to && is_tag_blank(value.p[from]))
				from++;
		} else {
			while (to > from && !is_tag_blank(value.p[to - 1]))
				to--;
			while (to > from && is_tag_blank(value.p[to - 1]))
				to--;
		}
		rest = str_slice(value, from, to);
		gone = front ? str_slice(value, 0, from)
			     : str_slice(value, to, value.len);
		if (!is_right_with(t, i, with_value(t, t->fields[i], rest)))
			continue;
		autopsy_say(t->run, t->verdict,
		    _("\"%s\" was added to the Subject after the message was "
		      "signed: without it the signature is right. Let what "
		      "marks the subject do so before the signer runs, or "
		      "not at all."),
		    shown(t, gone));
		return true;
	}
	return false;
}

static bool
guess_subject(struct trial *t)
{
	for (size_t i = 0; i < t->n; i++) {
		if (t->fields[i] == NULL ||
		    !str_equal_nocase(t->fields[i]->name, "Subject"))
			continue;
		return guess_subject_words(t, i, true) ||
		    guess_subject_words(t, i, false);
	}
	return false;
}

/* The lines of a field, joined; what goes between them is `glue`. */
static struct str
unfold(struct trial *t, struct str text, bool one_space)
{
	char *out = arena_alloc(t->run->arena, text.len);
	size_t len = 0, end = text.len - 2;

	for (size_t i = 0; i < end; i++) {
		if (text.p[i] == '\r' && text.p[i + 1] == '\n') {
			i++;
			while (one_space && i + 1 < end &&
			    is_tag_blank(text.p[i + 1]))
				i++;
			if (one_space)
				out[len++] = ' ';
			continue;
		}
		out[len++] = text.p[i];
	}
	while (len > 0 && is_tag_blank(out[len - 1]))
		len--;
	out[len++] = '\r';
	out[len++] = '\n';
	return (struct str){ out, len };
}

/* With "simple" every blank counts. */
static bool
guess_folding(struct trial *t)
{
	for (size_t i = 0; t->how == DKIM_SIMPLE && i < t->n; i++) {
		struct str text = t->texts[i];

		if (text.len == 0 ||
		    (!is_right_with(t, i, unfold(t, text, false)) &&
			!is_right_with(t, i, unfold(t, text, true))))
			continue;
		autopsy_say(t->run, t->verdict,
		    _("The field %s was broken into lines again, or blanks "
		      "at its end were added, after the message was signed. "
		      "Sign with c=relaxed/relaxed, which allows for that."),
		    shown(t, t->fields[i]->name));
		return true;
	}
	return false;
}

static bool
guess_encoding(struct trial *t)
{
	static const char *const words[] = { "7bit", "8bit", "quoted-printable",
		"base64", "binary" };

	for (size_t i = 0; i < t->n; i++) {
		if (t->fields[i] == NULL ||
		    !str_equal_nocase(
			t->fields[i]->name, "Content-Transfer-Encoding"))
			continue;
		for (size_t k = 0; k < COUNT(words); k++) {
			if (!is_right_with(t, i,
				with_value(t, t->fields[i], str_of(words[k]))))
				continue;
			autopsy_say(t->run, t->verdict,
			    _("The message was converted after it was signed: "
			      "Content-Transfer-Encoding was %s and is %s "
			      "now. Let the signer run last, or send messages "
			      "that need no conversion (7bit, "
			      "quoted-printable, base64)."),
			    words[k], shown(t, t->fields[i]->value));
			return true;
		}
	}
	return false;
}

/* --- copies of the fields as they were: z=, section 3.5 ------------------ */

static bool
same_relaxed(struct str a, struct str b)
{
	size_t i = 0, k = 0;

	a = tag_trim(a);
	b = tag_trim(b);
	while (i < a.len && k < b.len) {
		bool blank = is_tag_blank(a.p[i]);

		if (blank != is_tag_blank(b.p[k]) ||
		    (!blank && a.p[i] != b.p[k]))
			return false;
		for (i++; blank && i < a.len && is_tag_blank(a.p[i]);)
			i++;
		for (k++; blank && k < b.len && is_tag_blank(b.p[k]);)
			k++;
	}
	return i == a.len && k == b.len;
}

/* One "Name:value" of z=, held against the signed field of that name. */
static bool
compare_copy(struct trial *t, struct str copy)
{
	size_t colon = str_find(copy, ':');
	struct str name = tag_trim(str_slice(copy, 0, colon));
	struct str value =
	    tag_unquote(t->run->arena, str_slice(copy, colon + 1, copy.len));

	for (size_t i = 0; i < t->n; i++) {
		if (t->fields[i] == NULL ||
		    !header_same_name(t->fields[i]->name, name))
			continue;
		if (same_relaxed(t->fields[i]->value, value))
			return false;
		t->texts[i] = with_value(t, t->fields[i], tag_trim(value));
		autopsy_say(t->run, t->verdict,
		    _("The field %s was \"%s\" when the message was signed "
		      "(the signature holds a copy, z=), and is \"%s\" now."),
		    shown(t, t->fields[i]->name), shown(t, value),
		    shown(t, t->fields[i]->value));
		return true;
	}
	return false;
}

static bool
guess_copies(struct trial *t)
{
	const struct tag *z = tag_find(&t->verdict->signature.tags, "z");
	bool more = true, found = false;
	struct str rest, copy;

	if (z == NULL)
		return false;
	rest = z->value;
	while (tag_next(&rest, '|', &more, &copy))
		found = compare_copy(t, copy) || found;
	if (found && is_right(t))
		autopsy_say(t->run, t->verdict,
		    _("With the fields as they were the signature is right: "
		      "that is the whole reason."));
	for (size_t i = 0; i < t->n; i++)
		if (t->fields[i] != NULL)
			t->texts[i] = t->fields[i]->text;
	return found;
}

/* --- when no guess is right ---------------------------------------------- */

static bool
is_first_mention(const struct dkim_signature *signature, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (header_same_name(signature->names[k], signature->names[i]))
			return false;
	return true;
}

/* Fields that are signed and not here: gone, or never there. */
static void
list_absent(struct trial *t)
{
	const struct dkim_signature *signature = &t->verdict->signature;
	const char *list = NULL;
	unsigned int n = 0;

	for (size_t i = 0; i < t->n && n < ABSENT_SHOWN; i++) {
		if (t->fields[i] != NULL || !is_first_mention(signature, i))
			continue;
		list = list == NULL ? shown(t, signature->names[i])
				    : arena_printf(t->run->arena, "%s, %s",
					  list, shown(t, signature->names[i]));
		n++;
	}
	if (list != NULL)
		autopsy_say(t->run, t->verdict,
		    _("Signed, but not in this message: %s. If one of them "
		      "was there when it was signed, taking it out broke the "
		      "signature."),
		    list);
}

static void
give_up(struct trial *t)
{
	list_absent(t);
	autopsy_say(t->run, t->verdict,
	    _("None of the usual changes explains it (a mark in the Subject, a "
	      "field added, white space, line ends). Compare the signed fields "
	      "of this message with those of the copy that left the signer, "
	      "and let nothing change a message behind the signer."));
}

void
autopsy_header(struct run *run, const struct message *message,
    const struct dkim_evidence *evidence, struct dkim_verdict *verdict)
{
	static bool (*const guesses[])(struct trial *) = { guess_copies,
		guess_subject, guess_added, guess_other_instance,
		guess_encoding, guess_folding, guess_canonicalization,
		guess_line_ends };
	struct trial t = {
		.run = run,
		.message = message,
		.evidence = evidence,
		.verdict = verdict,
		.n = verdict->signature.nnames,
		.how = verdict->signature.header,
		.own = header_own_text(run->arena, &verdict->signature),
		.octets = OCTETS_MAX,
	};
	bool found = false;

	t.fields = arena_array(run->arena, t.n, sizeof(struct header_field *));
	t.texts = arena_array(run->arena, t.n, sizeof(*t.texts));
	header_select(message, &verdict->signature, run->arena, t.fields);
	for (size_t i = 0; i < t.n; i++)
		if (t.fields[i] != NULL)
			t.texts[i] = t.fields[i]->text;
	t.hash = hash_new();
	for (size_t i = 0; !found && i < COUNT(guesses); i++)
		found = guesses[i](&t);
	hash_free(t.hash);
	if (!found)
		give_up(&t);
}
