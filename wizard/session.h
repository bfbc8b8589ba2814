/*
 * wizard/session.h - one person at the wizard: plan, step and progress.
 *
 *	keys -> session_answer(), session_spf_...()    the plan changes
 *	                |                              and is saved
 *	                v
 *	        live looks, on worker threads
 *	                |
 *	        session_poll() <- main loop, session_fd()
 *	                v
 *	views <- session_spf(), session_checklist(), session_look()
 *
 * No screen, no key, no colour.  Everything here runs on the main thread and
 * returns at once; only session_wait() waits.  What a view is given stays
 * valid until the next call that changes the session.
 */
#ifndef SESSION_H
#define SESSION_H

#include "checklist.h"
#include "dkim_plan.h"
#include "dkim_rotation.h"
#include "dmarc_path.h"
#include "field.h"
#include "guess.h"
#include "live.h"
#include "output.h"
#include "plan.h"
#include "ports_seen.h"
#include "published.h"
#include "remedy.h"
#include "spf_help.h"
#include "step.h"
#include "store.h"

struct session;

struct session_options {
	const char *domain; /* as typed on the command line; NULL: ask */
	const char *resolver; /* --dns; NULL: the system's */
	const char *host; /* --host; NULL: find out */
	const char *helo; /* --helo */
	const char *const *sending; /* --sending-ip */
	size_t nsending;
	struct live_options live; /* --zone, --offline, --timeout... */
	bool guess; /* look at this machine for first answers */
	bool demo; /* a made-up world: asks nobody, keeps nothing */
	int64_t now; /* seconds since 1970, for dates in the plan; 0: the
			clock */
	const char *state_dir; /* NULL: as the environment says */
};

/*
 * A new session: on the first screen, or with a domain given in the step
 * where its saved plan was left.  NULL with one sentence in problem[] when an
 * option cannot be used (exit status 2).
 */
struct session *session_new(
    const struct session_options *, char problem[PLAN_TEXT]);
void session_free(struct session *); /* NULL is fine */

/* --- the main loop ------------------------------------------------------- */

/* Takes in what workers found.  True when a view must be drawn again. */
bool session_poll(struct session *);
int session_fd(const struct session *); /* readable: call session_poll() */
int session_wait_ms(const struct session *); /* until then at latest; -1 */

/* Polls until nothing runs or `limit_ms` passed; for tests and -a. */
bool session_wait(struct session *, int limit_ms);

/* --- what is ------------------------------------------------------------- */

const struct plan *session_plan(const struct session *);
enum wizard_step session_at(const struct session *);
enum mark session_mark(const struct session *, enum wizard_step);

/* The newest result of a kind, NULL: none yet; and whether one is coming. */
const struct look *session_look(const struct session *, enum look_kind);
bool session_busy(const struct session *, enum look_kind);
bool session_any_busy(const struct session *); /* of the looks with a step */
int64_t session_busy_ms(const struct session *, enum look_kind);

enum message_level {
	MESSAGE_OK,
	MESSAGE_NOTE,
	MESSAGE_WARN,
	MESSAGE_FAIL,
	MESSAGE_WAIT,
};
struct message {
	enum message_level level;
	char text[PLAN_TERM]; /* "" : nothing to say */
	unsigned int number; /* grows with every new message */
};

/* The last thing to be announced; and why answers are not kept, or NULL. */
const struct message *session_message(const struct session *);
const char *session_save_problem(const struct session *);
/* What was the matter with the saved plan that was opened; or NULL. */
const char *session_saved_told(const struct session *);
/*
 * What looks again, in the words of whoever shows the session: "F5", which it
 * is at first, or "!".  The text is not copied.
 */
void session_set_look_key(struct session *, const char *key);
bool session_read_only(const struct session *);
bool session_is_demo(const struct session *);
bool session_demo_waits(const struct session *); /* for what was entered */

/* Where the plan is saved; NULL: nowhere. */
const char *session_path(const struct session *);

/* --- answers ------------------------------------------------------------- */

/* Cleans and judges a text while it is typed; changes nothing. */
void session_judge(const struct session *, enum field_id, const char *text,
    struct judged *out);

/*
 * The answer to a question: a text; for a choice its word or label; for
 * yes/no "yes" or "no"; for a list all entries with blanks or commas between.
 * NULL, or one sentence that says what is wrong; the text is kept as a draft
 * then and the plan stays.  session_told() says what was cleaned up.
 */
const char *session_answer(struct session *, enum field_id, const char *text);
const char *session_told(const struct session *); /* "" when nothing was */

/* One entry of a list; the same for NULL and sentences. */
const char *session_list_add(struct session *, enum field_id, const char *text);
const char *session_list_set(
    struct session *, enum field_id, size_t i, const char *text);
const char *session_list_remove(struct session *, enum field_id, size_t i);

/* The text to show in a field: the draft when there is one, else the answer. */
const char *session_field(const struct session *, enum field_id);
/* What is wrong with the draft; NULL: nothing. */
const char *session_field_problem(const struct session *, enum field_id);
/* Where a first answer came from, "from /etc/mailname"; "" once changed. */
const char *session_origin(const struct session *, enum field_id);

/* --- moving -------------------------------------------------------------- */

enum move { MOVE_DONE, MOVE_BLOCKED, MOVE_QUIT };

/*
 * To the next step.  Blocked only by a field of this step that has a problem:
 * then *bad says which, and session_message() why.  From the first screen it
 * opens the saved plan of the domain, if there is one, and starts looking.
 */
enum move session_next(struct session *, enum field_id *bad);

/* To the step before; never blocked.  MOVE_QUIT on the first screen. */
enum move session_back(struct session *);

/* To any step; blocked only while there is no domain. */
enum move session_jump(struct session *, enum wizard_step);

/* Leaves a step out on purpose, or takes it in again. */
void session_skip(struct session *, enum wizard_step, bool skip);

/* The saved plans for the first screen; and going on with one of them. */
const struct saved_plan *session_saved(const struct session *, size_t *n);
enum move session_resume(struct session *, size_t i);

/* Asks everything afresh, past all caches. */
void session_check_now(struct session *);

/* Ends the looks that run, keeping what was found.  True if any ran. */
bool session_stop(struct session *);

/* --- SPF ----------------------------------------------------------------- */

/* One term of the planned record, as a row of the list. */
struct spf_line {
	const char *text; /* printable */
	struct spf_term term; /* parsed */
	const struct spf_help *help; /* of its kind */
	const char *problem; /* it is broken: a phrase; else NULL */
	bool counted; /* the numbers below are known */
	unsigned int lookups; /* this term and all below it */
	unsigned int voids;
	const char *trouble; /* its target does not work: a phrase; or NULL */
	const struct spf_node *node; /* of the newest look; or NULL */
};

enum spf_now { /* DNS now, against the plan */
	SPF_NOW_LOOKING, /* nothing known yet */
	SPF_NOW_SAME,
	SPF_NOW_DIFFERENT,
	SPF_NOW_NONE, /* no record there */
	SPF_NOW_SEVERAL,
	SPF_NOW_FAILED, /* could not look */
};

/* Everything the SPF screen shows. */
struct spf_view {
	const struct spf_line *lines;
	size_t nlines;
	enum spf_ending ending;
	const char *redirect; /* SPF_END_REDIRECT: its domain; else NULL */
	const char *record; /* the planned record, raw; "" when empty */
	const char *shown; /* the same, printable */
	size_t octets; /* of the record */
	bool counting; /* the numbers below are being computed... */
	bool counted; /* ...and these are of the plan as it is now... */
	bool at_least; /* ...a minimum, since DNS failed somewhere */
	unsigned int lookups, voids;
	const struct sender_verdict *senders; /* own addresses, tried */
	size_t nsenders;
	size_t npassing; /* of them */
	const char *problem; /* of the record as a whole; or NULL */
	enum spf_now now;
	const char *published; /* what DNS has now, printable; or NULL */
	bool waiting; /* publish was said; DNS does not show it yet */
	int64_t old_until; /* caches may know the old one until; 0: none */
};
const struct spf_view *session_spf(const struct session *);

/*
 * Changing the list.  Each parses what it is given, keeps what is broken with
 * its problem, saves, and counts again.  NULL, or one sentence that says why
 * nothing was changed.  session_undo() takes the last change back.
 *
 * `at` is a place in the list; session_spf_add() puts the new terms before
 * it, or with SPF_AT_END in front of "all" and the modifiers.  The text may
 * hold several terms, or a whole record.
 */
#define SPF_AT_END SIZE_MAX
const char *session_spf_add(struct session *, size_t at, const char *text);
const char *session_spf_set(struct session *, size_t i, const char *text);
const char *session_spf_remove(struct session *, size_t i);
const char *session_spf_move(struct session *, size_t i, int by);
const char *session_spf_qualify(
    struct session *, size_t i, enum spf_result qualifier);

/* Takes a mechanism without a value (a, mx, ptr) in or all of a kind out. */
const char *session_spf_toggle(struct session *, enum spf_kind);

/* What happens to all other senders; `domain` for SPF_END_REDIRECT only. */
const char *session_spf_end(
    struct session *, enum spf_ending, const char *domain);

/* Begins again from the record that DNS has now. */
const char *session_spf_reload(struct session *);

/* --- publishing ----------------------------------------------------------- */

/*
 * "I have published it": notes until when caches keep the old one, looks.  In
 * the demo it is entered by this.  With the SPF record of a domain that sends
 * no mail goes all that belongs to it.
 */
void session_publish_record(struct session *, enum planned);

/* Where a planned record is by now; .said: publish was said. */
const struct published_view *session_published(
    const struct session *, enum planned);

/* Is any of them said to be published, and not everywhere yet? */
bool session_watches(const struct session *);

/*
 * While one is not everywhere, all are looked for again by themselves, twice a
 * minute.  Milliseconds until then; -1: they are not, or they are looked for
 * right now.
 */
int64_t session_next_look_ms(const struct session *);
bool session_watch_stopped(const struct session *);

/* Ends that, until F5 or another "published".  False: it had ended. */
bool session_watch_stop(struct session *);

/* How far DMARC has come, and what is advised next. */
struct dmarc_path session_dmarc_path(const struct session *);

/* Takes over what the judge makes of the planned record.  NULL or a sentence.
 */
const char *session_dmarc_repair(struct session *);

/*
 * Puts a stage of the path into the planned record, and says what to do then,
 * or what the jump risks.
 */
void session_dmarc_take(struct session *, enum dmarc_stage);

/* Takes a letter of fo in or out: 0, 1, d or s. */
void session_dmarc_toggle_fo(struct session *, char kind);

/* Takes back the last change of the plan; a sentence for the message line. */
const char *session_undo(struct session *);
bool session_can_undo(const struct session *);

/*
 * "I have entered what this look suggests": asks everything afresh.  In the
 * demo it is entered by this, and seen some seconds later.
 */
void session_publish(struct session *, enum look_kind);

/* --- DKIM ----------------------------------------------------------------- */

/*
 * The selector that the key of the plan has or would have: the answer, else
 * that of a key in DNS, else a proposal.  In the arena.
 */
const char *session_dkim_selector(const struct session *, struct arena *);

/* A selector for another key: one that nothing has yet. */
const char *session_dkim_fresh_selector(
    const struct session *, struct arena *, enum key_kind);

/* What DNS has under each known selector; how many.  In the arena. */
size_t session_dkim_known(
    const struct session *, struct arena *, struct dkim_known **out);

/*
 * Makes a key pair on a worker, then writes the private key to a new file and
 * takes the public one into the plan under that selector; session_message()
 * says when.  A key that was there before becomes the old one.  NULL; or a
 * sentence, and nothing was begun.
 */
const char *session_dkim_make(
    struct session *, const char *selector, enum key_kind, const char *path);
bool session_dkim_making(const struct session *);

/* Takes a public key that was pasted, in any shape.  NULL or a sentence. */
const char *session_dkim_take(
    struct session *, const char *selector, const char *text);

/*
 * Takes the public part of the private key in a file; `passphrase` NULL: none.
 * NULL or a sentence; *locked when it is the passphrase that is missing.
 */
const char *session_dkim_read(struct session *, const char *selector,
    const char *path, const char *passphrase, bool *locked);

/* The dates of the change from the old key to the new one. */
struct dkim_rotation session_dkim_rotation(const struct session *);

/* What the person says of it: done. */
void session_dkim_switched(struct session *); /* the signer */
void session_dkim_revoke(struct session *); /* revoke the old key */
void session_dkim_removed(struct session *); /* the old record is gone */

/* --- POP3, IMAP4 and submission ------------------------------------------- */

enum ports_state session_ports_state(
    const struct session *, enum mail_protocol);

/* A port, in the order of the plan, with all addresses of the host. */
struct port_line {
	struct port port; /* `at.port`, how TLS begins */
	bool seen; /* what follows is known */
	enum severity worst;
	const struct finding *finding; /* the worst; NULL: all is well... */
	const char *text; /* ...what was found, in a few words */
};

/* How many there are; in the arena. */
size_t session_port_lines(const struct session *, struct arena *,
    enum mail_protocol, struct port_line **out);

/* The host that is looked at: the answer, or the one found; NULL: unknown. */
const char *session_ports_host(const struct session *);

/*
 * Is there a server to log in to?  Then tries name and password once at each
 * port of the protocol; what came of it are the findings of LOOK_LOGIN.  Both
 * are copied, kept until the answer is there, and wiped.  NULL; or one
 * sentence, and nothing is tried.
 */
bool session_can_log_in(const struct session *, enum mail_protocol);
const char *session_log_in(struct session *, enum mail_protocol,
    const char *user, const char *password);
void session_forget_login(struct session *); /* ends it, too */

/* "I have done it" on the server: looks again. */
void session_server_done(struct session *);

/* --- findings and the checklist ------------------------------------------ */

/* What can be done about a finding of a look.  Gives how many. */
size_t session_remedies(const struct session *, enum look_kind,
    const struct finding *, struct remedy out[REMEDY_MAX]);

/* Does it, with undo; goes to remedy.step.  NULL or a sentence. */
const char *session_apply(
    struct session *, enum look_kind, const struct remedy *);

const struct checklist *session_checklist(const struct session *);

/* Ticks an item by hand, or takes the tick back; not a verified one. */
const char *session_tick(struct session *, size_t item);

/*
 * The checklist for stdout after leaving, its sentences wrapped at `width`
 * columns; lives in the session.
 */
const char *session_report(const struct session *, size_t width);

/* Saves it beside the plan.  The path, or NULL: see session_save_problem(). */
const char *session_save_report(struct session *);

/* It was saved there by other means; "": nowhere. */
void session_report_saved(struct session *, const char *path);

/* CONTRACT, exit status: 0, 1 or 3; with open questions never 0. */
int session_exit_status(const struct session *);

#endif
