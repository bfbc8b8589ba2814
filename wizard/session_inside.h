/*
 * wizard/session_inside.h - what the files of the session share.
 *
 *	session.c         making, the main loop, messages, saving
 *	session_answer.c  fields
 *	session_move.c    steps, and which domain it is about
 *	session_spf.c     changing the SPF record, undo
 *	session_dmarc.c   the DMARC record of the plan
 *	session_view.c    what the SPF screen shows
 *	session_watch.c   whether the published records are there yet
 *	session_list.c    findings, remedies, the checklist
 *	session_dkim.c    the DKIM key: made, read, replaced, watched
 *	services.c        mail services to pick from
 *	try_address.c     what one address gets
 *	session_publish.c what is entered at the provider; the demo
 *	session_ports.c   the ports mail programs use
 *	session_login.c   a login at them
 */
#ifndef SESSION_INSIDE_H
#define SESSION_INSIDE_H

#include "session.h"

#define UNDO_MAX    16 /* changes that can be taken back */
#define TYPING_MS   300 /* quiet time after a key before DNS is asked */
#define COUNTING_MS 150 /* the same after a change of the SPF record */
#define RECHECK_MS  30000 /* between looks while DNS shows the old record */
#define LIST_TEXT   2048 /* octets of a list as one text, NUL included */

#define SERVICE_COSTS 64 /* includes of mail services, looked up */

struct service_cost {
	char domain[PLAN_NAME]; /* of the include */
	unsigned int lookups;
	enum spf_trouble trouble;
};

/* A record that is said to be published. */
struct watched {
	enum published seen; /* by the last look of the watch... */
	enum witness_has resolver; /* ...and what the resolver had */
	char told[PLAN_TERM]; /* what was announced last */
};

/* A text with a problem: kept, so that nothing typed is lost. */
struct draft {
	bool set;
	char text[LIST_TEXT];
	char problem[PLAN_TEXT];
};

struct undo {
	struct plan plan; /* as it was */
	char what[PLAN_TEXT]; /* was done then, for the message line */
};

/* Scratch paper: the checklist, made when somebody asks, and texts. */
struct list_cache {
	struct arena *arena; /* NULL: not made */
	struct checklist list;
	struct checklist_source source;
	char field_text[LIST_TEXT]; /* what session_field() gave for a list */
	char report[STORE_PATH]; /* where the checklist was saved; "" */
};

struct session {
	struct plan plan;
	struct live *live;
	struct store *store;
	int64_t now; /* the time it is; 0: ask the clock */
	bool offline; /* no name server is asked */
	bool opened; /* plan.domain is settled, its file open, looks begun */

	/* the first screen, before and after */
	char domain[PLAN_NAME]; /* as answered there; "" */
	char world_domain[PLAN_NAME]; /* zone files were read for this one */
	struct guess guess[FIELD_COUNT];
	bool touched[FIELD_COUNT]; /* answered by the person: no guesses */
	bool given[FIELD_COUNT]; /* on the command line */
	struct plan parked; /* of the domain before, were it not on disk */
	struct saved_plan saved[STORE_SAVED];
	size_t nsaved;

	struct draft draft[FIELD_COUNT];
	char told[PLAN_TEXT];
	char problem[PLAN_TERM]; /* what session_answer() and others return */
	struct message message;
	char save_problem[PLAN_TERM]; /* the last one announced */

	struct undo undo[UNDO_MAX]; /* a ring... */
	size_t undo_first;
	size_t nundo; /* ...with so many in it */

	unsigned int followed; /* bits 1 << step: the record there was taken
				  over from DNS, and that is not told yet */

	struct arena *spf_arena; /* of `spf` */
	struct spf_view spf;
	int64_t recheck_ms; /* monotonic_ms() of the next look by itself; 0 */
	char key_selector[PLAN_NAME]; /* of the key that is being made... */
	char key_path[PLAN_TEXT]; /* ...and where it goes */
	struct published_view published[PLANNED_COUNT]; /* made with `spf` */
	bool watch_stopped; /* by the person */
	const char *look_key; /* see session_set_look_key() */
	struct watched watched[PLANNED_COUNT];
	struct service_cost service_costs[SERVICE_COSTS];
	size_t nservice_costs;
	char service_asked[PLAN_NAME]; /* by the last LOOK_SERVICE */
	struct demo *demo; /* NULL: the world is the real one */
	unsigned int demo_stage; /* enum demo_stage, as it was told */
	bool demo_mended; /* the demo's mail server, as it was told */
	struct list_cache *list; /* not a part of what is const */
};

/* Seconds since 1970, for dates in the plan. */
int64_t session_now(const struct session *);

/* Says it in the message line. */
void session_say(struct session *, enum message_level, const char *text);

/* After every change of the plan: saves, and draws the views anew. */
void session_changed(struct session *);

/* The plan's SPF record is to be counted and tried again. */
void session_recount(struct session *, int64_t delay_ms);

/* Starts every look that belongs to a step, after `delay_ms`. */
void session_look_again(struct session *, int64_t delay_ms);

/* The look of the first screen. */
void session_look_start(struct session *, int64_t delay_ms);

/* Lets go of the domain: another one was typed on the first screen. */
void session_close(struct session *);

/* Settles the domain: its saved plan, if there is one, and all looks. */
bool session_open(struct session *, const char *domain);

/* The ports of a protocol are looked at, if it is used. */
void session_look_at_ports(
    struct session *, enum mail_protocol, int64_t delay_ms);

/* The mark of a step whose look is this; of the step of a protocol. */
enum mark session_mark_of_look(const struct session *, enum look_kind);
enum mark session_ports_mark(const struct session *, enum wizard_step);

/* Notes the plan as it is, before a change that is described by `what`. */
void session_mark_undo(struct session *, const char *what);
void session_drop_undo(struct session *); /* the change was none */

/* The same for a plan that was noted elsewhere. */
void session_note_undo(struct session *, const struct plan *, const char *what);

/*
 * Begins the plan's record with what a look at DNS found, if it has none; one
 * that nobody changed here follows what was published meanwhile.
 */
void session_take_published(struct session *);

/* The same for DMARC; and how far it has come is noted. */
void session_take_dmarc(struct session *);

/* The plan's DMARC record is to be judged again. */
void session_recount_dmarc(struct session *, int64_t delay_ms);

/* Makes session->spf anew. */
void session_refresh_spf(struct session *);

/* Makes session->published anew; a part of the former. */
void session_refresh_published(struct session *);

/* A look at who has the records ended; the time for the next one has come. */
void session_watch_result(struct session *);
bool session_watch_poll(struct session *); /* true: a view changes */

/* Publish was said of a record; a saved plan, in which it was, is opened. */
void session_watch_begin(struct session *, enum planned);
void session_watch_resume(struct session *);

/* Ends that for each record that is another one now; for session_changed(). */
void session_watch_changed(struct session *);

/*
 * The demo: made with its first answers; its domain opened, with the key its
 * server signs with; records entered there; what came of it, true when a view
 * must be drawn again.  Where it is no demo these do nothing.
 */
void session_demo_begin(struct session *);
void session_demo_open(struct session *);
void session_demo_enter(struct session *, const struct record *, size_t n);
bool session_demo_poll(struct session *);
int session_demo_wait_ms(const struct session *); /* -1: nothing comes */

/* A look at the keys is done, or a key pair is made. */
void session_take_keys(struct session *);
void session_take_key_pair(struct session *);

/* There is a key of the plan, and DNS does not have it yet. */
bool session_dkim_waits(const struct session *);

/* A look at the include of a mail service is done: keeps what it costs. */
void session_take_service(struct session *);

/* Throws the checklist away. */
void session_forget_list(struct session *);

/* The SPF records a look found at the domain; NULL look: none. */
size_t session_published_spf(const struct look *, struct str *first);

/* The look at SPF could not see whether there is a record. */
bool session_spf_unseen(const struct look *);

#endif
