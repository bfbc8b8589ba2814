/*
 * ui/plain_inside.h - what the files of plain mode share.
 *
 *	plain.c           from the first line to the last
 *	plain_ask.c       a line asked for, while checks go on
 *	plain_tell.c      ...and tell what they found
 *	plain_question.c  questions: fields, lists of numbers
 *	plain_start.c     the steps...
 *	plain_dkim.c      the DKIM key
 *	plain_dmarc.c     the DMARC record
 *	plain_spf.c       ...the record and its terms
 *	plain_term.c      one term
 *	plain_check.c     the steps Domain, DKIM and DMARC
 *	plain_ports.c     the ports mail programs use
 *	plain_try.c       what receivers would say
 *	plain_publish.c   publish
 *	plain_list.c      the checklist
 *	plain_finding.c   findings, read out
 *	plain_help.c      help on each item; another step
 *	plain_service.c   mail services to pick from
 *	plain_secret.c    a passphrase
 *	plain_text.c      lines
 */
#ifndef PLAIN_INSIDE_H
#define PLAIN_INSIDE_H

#include "../wizard/session.h"
#include "plain_text.h"
#include "secret.h"

/* At the end of the steps that are left with Enter. */
#define PLAIN_PROMPT                                                           \
	N_("Numbers to switch, Enter to go on, ? help (?1 on number 1), < "    \
	   "back, # steps, ! check now, q quit:")

#define PLAIN_INPUT    16384 /* octets of typed text that wait to be read */
#define PLAIN_HEADLINE 512 /* octets */
#define PLAIN_LINE     4096 /* octets of one line that is taken */

struct plain {
	struct session *session;
	struct arena *arena; /* until the next question */
	int ended; /* exit status; -1: goes on */
	bool hung_up; /* nobody reads what we print */

	char input[PLAIN_INPUT];
	size_t ninput;
	bool skipping; /* the rest of a line that was too long */
	bool input_ended;
	bool echo; /* no terminal shows what was typed */
	char line[PLAIN_LINE]; /* the last one */

	unsigned int waits_for; /* bits 1 << look_kind, beside the steps' */
	int jump; /* "#3": to this step; 0: which is asked; -1: none */
	bool asked_dns; /* it was said that DNS is being asked */

	/* where each record was, when it was told */
	char headline[PLANNED_COUNT][PLAIN_HEADLINE];
	unsigned int message_seen; /* number of the session's last one */
	unsigned int look_seen[LOOK_COUNT]; /* numbers of results told */
	uint64_t look_told[LOOK_COUNT]; /* what the last one told was... */
	uint64_t look_read[LOOK_COUNT]; /* ...and the one read out whole */
	bool step_shown[WIZ_COUNT]; /* its purpose was read out once */
};

/* --- plain_ask.c --------------------------------------------------------- */

/* Signals, from now until plain_io_end(), end the questions. */
void plain_io_begin(struct plain *);
void plain_io_end(void);

enum reply {
	REPLY_TEXT, /* plain->line holds it, trimmed, not empty */
	REPLY_EMPTY, /* Enter alone */
	REPLY_BACK, /* "<" */
	REPLY_CHECK, /* "!" */
	REPLY_JUMP, /* "#", "#3": plain->jump is set; leave the question */
	REPLY_END, /* plain->ended is set */
};

/*
 * Prints the prompt and waits for a line.  Meanwhile it tells results that
 * arrive.  "?" prints the help, "q" ends.
 */
enum reply plain_ask(struct plain *, const char *prompt, const char *help);

/* What the numbers of a question stand for: "?3" explains number 3. */
struct topics {
	const char *(*text)(struct plain *, const void *about, size_t number);
	const void *about;
	size_t most; /* numbers are 1 to this */
};
enum reply plain_ask_about(struct plain *, const char *prompt, const char *help,
    const struct topics *);

/* Until something happens, at most `wait_ms` (-1: no limit); takes in what was
 * typed if it is wanted. */
void plain_wait_once(struct plain *, bool read_input, int wait_ms);

/*
 * Waits until the checks are done, telling each as it ends, and every half
 * minute what it still waits for.  On a terminal Enter goes on at once.
 */
void plain_wait(struct plain *);

/* The same for one kind that belongs to no step. */
void plain_wait_for(struct plain *, enum look_kind);

/* --- plain_secret.c ------------------------------------------------------ */

/*
 * Asks for a secret: what is typed is shown nowhere, and kept in `out` alone,
 * which the caller wipes.  False: nothing was typed, it is too long, or the
 * input ended.
 */
bool plain_ask_secret(struct plain *, const char *prompt, char out[SECRET_MAX]);

/* --- plain_tell.c -------------------------------------------------------- */

/* Prints what the session has to say, once. */
void plain_tell(struct plain *);

/* Is there a result, or a message, that differs from what was told? */
bool plain_any_news(struct plain *);
void plain_tell_news(struct plain *);

/* "still waiting: Domain" */
void plain_tell_waiting(struct plain *);

/* --- plain_question.c ---------------------------------------------------- */

/* "Mail domain [example.org]:", until the answer is one, or back or end. */
enum reply plain_ask_field(struct plain *, enum field_id);

/* What the field holds, for reading; "-" when it is empty. */
const char *plain_field_text(struct plain *, enum field_id);
/* The next field asked in this step, from `id` on; FIELD_COUNT: none. */
enum field_id plain_next_field(enum wizard_step, enum field_id id);

/*
 * Takes the next number off a list such as "1 3,4".  False at its end, and
 * after saying what is wrong with it: no number, or above `most`.
 */
bool plain_number(struct str *rest, size_t most, size_t *out);

/* One number of 1 to `most`; 0: Enter, back or end, see *reply. */
size_t plain_choose(struct plain *, const char *prompt, const char *help,
    size_t most, enum reply *reply);
size_t plain_choose_about(struct plain *, const char *prompt, const char *help,
    const struct topics *, enum reply *reply);

/* yes or no; an empty line is no. */
bool plain_confirm(struct plain *, const char *question);

/* What a field asks for, and its long help. */
const char *plain_field_help(struct plain *, enum field_id);

/* What a reply means that no step treats in its own way. */
void plain_common(struct plain *, enum reply);

/* "Step 2 of 5: SPF", and what it is for, once. */
void plain_heading(struct plain *, enum wizard_step);

/* --- plain_help.c -------------------------------------------------------- */

/*
 * A text of wizard/help.h in lines, its keys in the words of plain mode;
 * NULL: "".
 */
const char *plain_help(struct plain *, const char *text);

/* The same of a finding, what it says in short before it. */
const char *plain_finding_help(struct plain *, enum look_kind, size_t number);

/* Prints what "?" and "?3" ask for; `number` is 0 for "?". */
void plain_explain(
    struct plain *, size_t number, const char *help, const struct topics *);

/* The steps and their marks; goes to the one that is chosen. */
void plain_jump(struct plain *);

/* --- plain_finding.c ----------------------------------------------------- */

/* The findings of a look, worst first; how many. */
size_t plain_findings(
    struct plain *, enum look_kind, const struct finding ***out);

/* "  4  FAIL  what. why. do.", numbers from `number` on; how many. */
size_t plain_put_findings(struct plain *, enum look_kind, size_t number);

/* "In DNS now:" and the records that a check found. */
void plain_put_records(struct plain *, const struct look *);

/* A number that changes when other things were found; 0: nothing yet. */
uint64_t plain_found(struct plain *, enum look_kind);

/* The best that can be done about the worst finding; false: nothing. */
bool plain_best_remedy(struct plain *, enum look_kind, struct remedy *out);
void plain_apply(struct plain *, enum look_kind, const struct remedy *);

/* Reads one out, and offers what can be done about it. */
void plain_open_finding(struct plain *, enum look_kind, const struct finding *);

/* "2 FAIL, 1 WARN"; "nothing is wrong". */
const char *plain_summary(struct plain *, const struct look *);

/* --- steps --------------------------------------------------------------- */

void plain_start(struct plain *);
void plain_domain(struct plain *);
void plain_spf(struct plain *);
void plain_dkim(struct plain *);
void plain_dmarc(struct plain *);
void plain_ports(struct plain *); /* the three steps of ports */
void plain_list(struct plain *);

void plain_open_term(struct plain *, size_t i); /* plain_term.c */
void plain_add_term(struct plain *);
void plain_choose_ending(struct plain *);
void plain_add_service(struct plain *); /* plain_service.c */

/* plain_dkim.c: the key of the plan, what DNS has, and what can be done. */
void plain_dkim_show(struct plain *);
bool plain_dkim_act(struct plain *, const char *line); /* false: nothing */

/* plain_dmarc.c: the record of the plan, and what can be done. */
void plain_dmarc_show(struct plain *);
bool plain_dmarc_act(struct plain *, const char *line); /* false: nothing */
/* "relaxed, not written" of a tag that is left out; NULL: it is none. */
const char *plain_dmarc_default(struct plain *, enum field_id);
/* Explains a tag value by value, and asks; false: the field is no tag. */
bool plain_dmarc_tag(struct plain *, enum field_id);

/* plain_ports.c: what was found at each port, and what can be done. */
void plain_ports_show(struct plain *);
bool plain_ports_act(struct plain *, const char *line); /* false: nothing */

void plain_try(struct plain *); /* plain_try.c: own addresses */
void plain_try_address(struct plain *, const char *typed); /* "IP [SENDER]" */

/* plain_publish.c: where the record is by now; nothing while it was not said
 * to be published. */
void plain_put_published(struct plain *, enum planned);
/* Shows a record of the plan in all forms, and asks whether it is entered. */
void plain_publish(struct plain *, enum planned);
/* "stop": looks no more by itself; false: the line is something else. */
bool plain_stop(struct plain *, const char *line);
void plain_publish_suggested(struct plain *, enum look_kind);

#endif
