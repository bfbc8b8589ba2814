/* The DKIM key of the plan: made, read, published, replaced by another. */
#include "session_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/tagvalue.h"
#include "files.h"
#include "key_file.h"
#include "problem.h"

/* --- what is ------------------------------------------------------------- */

static const struct step_report *
report_of(const struct session *s)
{
	const struct look *look = session_look(s, LOOK_DKIM);

	return look == NULL ? NULL : &look->report;
}

const char *
session_dkim_fresh_selector(
    const struct session *s, struct arena *arena, enum key_kind kind)
{
	return dkim_plan_propose(
	    arena, &s->plan, report_of(s), kind, session_now(s));
}

const char *
session_dkim_selector(const struct session *s, struct arena *arena)
{
	const char *selector = s->plan.key_selector;

	if (selector[0] != '\0')
		return selector;
	selector = dkim_plan_published(arena, &s->plan, report_of(s));
	if (selector != NULL)
		return selector;
	return session_dkim_fresh_selector(
	    s, arena, (enum key_kind)s->plan.key_type);
}

size_t
session_dkim_known(
    const struct session *s, struct arena *arena, struct dkim_known **out)
{
	return dkim_plan_known(arena, &s->plan, report_of(s), out);
}

/* The key of the plan is the first that is known. */
static enum dkim_now
own_now(const struct session *s)
{
	struct arena *arena = arena_new();
	struct dkim_known *known;
	enum dkim_now now = DKIM_NOW_LOOKING;

	if (dkim_plan_has_key(&s->plan) &&
	    session_dkim_known(s, arena, &known) > 0)
		now = known[0].now;
	arena_free(arena);
	return now;
}

/* --- a key for the plan -------------------------------------------------- */

static const char *
problem_with(struct session *s, struct arena *arena, const char *selector)
{
	const char *problem;

	if (!s->opened)
		return _("Which domain is it about? Answer that first.");
	problem = dkim_plan_selector_problem(arena, &s->plan, selector);
	if (problem == NULL)
		return NULL;
	bounded_copy(s->problem, sizeof(s->problem), problem);
	return s->problem;
}

/*
 * The key that signs by now stays until the signer has been switched: when
 * the new one has a selector of its own, the other becomes the old one.
 */
static void
keep_old(struct session *s, struct arena *arena, const char *selector)
{
	const char *before = s->plan.key_selector[0] != '\0'
	    ? s->plan.key_selector
	    : dkim_plan_published(arena, &s->plan, report_of(s));

	if (before == NULL || str_equal_nocase(str_of(before), selector))
		return;
	bounded_copy(
	    s->plan.old_selector, sizeof(s->plan.old_selector), before);
	s->plan.key_revoke = false;
}

static void
take_key(struct session *s, struct arena *arena, const char *selector,
    const char *public_key, const char *path)
{
	session_mark_undo(s, _("The key is the one from before."));
	keep_old(s, arena, selector);
	if (strcmp(s->plan.key_public, public_key) != 0) {
		s->plan.key_seen = 0;
		s->plan.key_switched = 0;
	}
	bounded_copy(
	    s->plan.key_selector, sizeof(s->plan.key_selector), selector);
	bounded_copy(
	    s->plan.key_public, sizeof(s->plan.key_public), public_key);
	bounded_copy(s->plan.key_file, sizeof(s->plan.key_file), path);
	s->draft[FIELD_DKIM_KEY_SELECTOR] = (struct draft){ 0 };
	session_changed(s);
	session_look_again(s, 0);
}

static const char *
lower(struct arena *arena, const char *text)
{
	char *copy = arena_strdup(arena, text);

	for (char *p = copy; *p != '\0'; p++)
		*p = to_lower(*p);
	return copy;
}

/* The plan is read again elsewhere, from another folder. */
static const char *
whole_path(struct arena *arena, const char *path)
{
	char folder[PLAN_TEXT];
	const char *whole;

	if (path[0] == '/' || getcwd(folder, sizeof(folder)) == NULL)
		return path;
	whole = arena_printf(arena, "%s/%s", folder, path);
	return strlen(whole) < PLAN_TEXT ? whole : path;
}

const char *
session_dkim_make(struct session *s, const char *selector, enum key_kind kind,
    const char *path)
{
	struct arena *arena = arena_new();
	const char *problem = problem_with(s, arena, selector);

	if (problem == NULL && strlen(path) >= PLAN_TEXT)
		problem = _("This path is too long. Name a shorter one.");
	if (problem == NULL)
		problem = key_file_problem(arena, path);
	if (problem != NULL) {
		if (problem != s->problem)
			bounded_copy(s->problem, sizeof(s->problem), problem);
		arena_free(arena);
		return s->problem;
	}
	bounded_copy(
	    s->key_selector, sizeof(s->key_selector), lower(arena, selector));
	bounded_copy(s->key_path, sizeof(s->key_path), whole_path(arena, path));
	s->plan.key_type = kind;
	live_ask(s->live, LOOK_KEY_PAIR, &s->plan,
	    &(struct look_question){ .key = kind }, 0);
	session_say(s, MESSAGE_WAIT, _("Making the key ..."));
	arena_free(arena);
	return NULL;
}

bool
session_dkim_making(const struct session *s)
{
	return session_busy(s, LOOK_KEY_PAIR);
}

/* NULL, and the key is in its file and the plan; or one sentence. */
static const char *
store_pair(struct session *s, struct arena *arena, const struct look *look)
{
	const struct key_pair *pair = &look->pair;
	const char *problem;

	if (!look->pair_made)
		return _("OpenSSL could not make a key; nothing was written. "
			 "Try again.");
	/* A demo leaves no file behind. */
	if (s->demo != NULL)
		s->key_path[0] = '\0';
	problem = s->demo != NULL
	    ? NULL
	    : key_file_write(
		  arena, s->key_path, (struct str){ pair->pem, pair->pem_len });
	if (problem != NULL)
		return problem;
	take_key(s, arena, s->key_selector,
	    base64_write(arena, pair->public_octets), s->key_path);
	return NULL;
}

void
session_take_key_pair(struct session *s)
{
	const struct look *look = session_look(s, LOOK_KEY_PAIR);
	struct arena *arena = arena_new();
	const char *problem;

	if (look != NULL) {
		problem = store_pair(s, arena, look);
		session_say(s, problem == NULL ? MESSAGE_OK : MESSAGE_FAIL,
		    problem != NULL ? problem
			: s->demo != NULL
			? _("The key is made; a demo writes no file. Now "
			    "publish the record.")
			: arena_printf(arena,
			      _("The key is made; its private part is in %s. "
				"Now publish the record."),
			      printable(arena, str_of(s->key_path))));
	}
	/* The private key lives in its file, and nowhere else. */
	live_forget(s->live, LOOK_KEY_PAIR);
	arena_free(arena);
}

const char *
session_dkim_take(struct session *s, const char *selector, const char *text)
{
	struct arena *arena = arena_new();
	const char *problem = problem_with(s, arena, selector);
	struct judged judged = { 0 };

	if (problem == NULL) {
		field_judge(FIELD_DKIM_PUBLIC, str_of(text), &judged);
		bounded_copy(s->problem, sizeof(s->problem), judged.problem);
		if (judged.problem[0] != '\0')
			problem = s->problem;
		else if (judged.value[0] == '\0')
			problem = _("Paste the public key, or the record "
				    "that holds it.");
	}
	if (problem == NULL) {
		take_key(s, arena, lower(arena, selector), judged.value, "");
		session_say(s, MESSAGE_OK,
		    _("The key is taken. Now publish the record, if it is "
		      "not in DNS yet."));
	}
	arena_free(arena);
	return problem;
}

/* Why no key came out of the file; one sentence. */
static const char *
no_private_key(enum private_key what)
{
	switch (what) {
	case PRIVATE_KEY_PUBLIC:
		return _("This file holds a public key only: name the file "
			 "with the private key, or paste this one.");
	case PRIVATE_KEY_LOCKED:
		return _("The key is locked by a passphrase: type it below.");
	case PRIVATE_KEY_WRONG_PASSPHRASE:
		return _("The passphrase does not open this key.");
	case PRIVATE_KEY_OTHER:
		return _("This private key is of a type DKIM does not know: "
			 "it has to be RSA or Ed25519.");
	default:
		return _("There is no private key in this file.");
	}
}

#define KEY_FILE_MAX 65536 /* octets */

/* The public part of the key in a file; the rest is wiped. */
static const char *
open_key(struct arena *arena, const char *path, const char *passphrase,
    struct public_key *out, bool *locked)
{
	enum private_key what;
	struct str text;

	*locked = false;
	if (!files_read(AT_FDCWD, path, KEY_FILE_MAX, arena, &text))
		return arena_printf(arena,
		    _("%s cannot be read: %s. Whoever signs may have to copy "
		      "the public key instead."),
		    printable(arena, str_of(path)),
		    errno == EINVAL	 ? _("it is not a plain file")
			: errno == EFBIG ? _("it is too long for a key")
					 : strerror(errno));
	what = private_key_open(arena, text, passphrase, out);
	secret_wipe((void *)(uintptr_t)text.p, text.len);
	*locked =
	    what == PRIVATE_KEY_LOCKED || what == PRIVATE_KEY_WRONG_PASSPHRASE;
	return what == PRIVATE_KEY_READ ? NULL : no_private_key(what);
}

const char *
session_dkim_read(struct session *s, const char *selector, const char *path,
    const char *passphrase, bool *locked)
{
	struct arena *arena = arena_new();
	const char *problem = problem_with(s, arena, selector);
	struct public_key key = { 0 };

	*locked = false;
	if (problem == NULL && strlen(path) >= PLAN_TEXT)
		problem = _("This path is too long. Name a shorter one.");
	if (problem == NULL)
		problem = open_key(arena, path, passphrase, &key, locked);
	if (problem != NULL) {
		if (problem != s->problem)
			bounded_copy(s->problem, sizeof(s->problem), problem);
		problem = s->problem;
	} else {
		take_key(s, arena, lower(arena, selector),
		    base64_write(arena, key.octets), whole_path(arena, path));
		session_say(s, MESSAGE_OK,
		    _("The public part of the key is taken; nothing else of "
		      "it is kept."));
	}
	arena_free(arena);
	return problem;
}

/* --- published ----------------------------------------------------------- */

bool
session_dkim_waits(const struct session *s)
{
	return own_now(s) == DKIM_NOW_NONE;
}

/*
 * Another key than the plan's is in DNS.  If the signer's file holds that one
 * by now, the key was replaced meanwhile, and the plan follows; where the file
 * cannot be read, only the person can tell.
 */
static bool
follow_file(struct session *s)
{
	struct arena *arena = arena_new();
	struct dkim_known *known;
	struct public_key key = { 0 };
	struct plan before = s->plan;
	bool locked, same;

	same = s->plan.key_file[0] != '\0' &&
	    session_dkim_known(s, arena, &known) > 0 &&
	    known[0].now == DKIM_NOW_OTHER &&
	    open_key(arena, s->plan.key_file, NULL, &key, &locked) == NULL &&
	    dkim_plan_holds(arena, known[0].record->text, &key);
	if (same) {
		session_note_undo(
		    s, &before, _("The key is the one from before."));
		bounded_copy(s->plan.key_public, sizeof(s->plan.key_public),
		    base64_write(arena, key.octets));
		s->plan.key_seen = session_now(s);
		s->plan.key_switched = 0;
		s->followed |= 1U << WIZ_DKIM;
	}
	arena_free(arena);
	return same;
}

void
session_take_keys(struct session *s)
{
	if (own_now(s) == DKIM_NOW_OTHER && follow_file(s)) {
		session_changed(s);
		live_start(s->live, LOOK_DKIM, &s->plan, 0);
		return;
	}
	if (own_now(s) != DKIM_NOW_SAME)
		return;
	if (s->plan.key_seen != 0)
		return;
	s->plan.key_seen = session_now(s);
	session_changed(s);
}

/* --- another key in its place -------------------------------------------- */

/* How long caches may deny the new name: RFC 2308 section 5. */
static uint32_t
denied_for(const struct session *s)
{
	const struct look *start = session_look(s, LOOK_START);
	const struct answer *soa = start == NULL ? NULL : start->start.domain;
	const struct record *r;

	if (soa == NULL || soa->nrecords == 0 || soa->records[0].type != RR_SOA)
		return 0;
	r = &soa->records[0];
	return r->soa.minimum < r->ttl ? r->soa.minimum : r->ttl;
}

struct dkim_rotation
session_dkim_rotation(const struct session *s)
{
	const struct dkim_rotation_source source = {
		.now = session_now(s),
		.published = s->plan.key_seen,
		.switched = s->plan.key_switched,
		.ttl = denied_for(s),
	};
	struct dkim_rotation rotation;

	dkim_rotation_plan(&source, &rotation);
	return rotation;
}

void
session_dkim_switched(struct session *s)
{
	s->plan.key_switched = session_now(s);
	session_say(s, MESSAGE_OK,
	    _("Noted. Send a mail to an outside mailbox and look for "
	      "dkim=pass in its headers."));
	session_changed(s);
}

void
session_dkim_revoke(struct session *s)
{
	session_mark_undo(s, _("The old key is not revoked."));
	s->plan.key_revoke = true;
	session_say(s, MESSAGE_NOTE,
	    _("The record with the empty p= is among those to publish now."));
	session_changed(s);
	session_look_again(s, 0);
}

void
session_dkim_removed(struct session *s)
{
	session_mark_undo(s, _("The old key is noted again."));
	for (size_t i = 0; i < s->plan.nselectors; i++)
		if (str_equal_nocase(
			str_of(s->plan.selector[i]), s->plan.old_selector))
			field_remove(&s->plan, FIELD_DKIM_SELECTOR, i--);
	s->plan.old_selector[0] = '\0';
	s->plan.key_revoke = false;
	session_changed(s);
	session_look_again(s, 0);
}
