/*
 * ui/view.h - what is on the screen, and what keys do there.
 *
 * A view is a table of functions.  It says which rows there are (build) and
 * acts on the session; it keeps nothing that the session knows.  Some views
 * are steps of the wizard; the others lie over them and are closed with Esc.
 *
 *	key -> action -> ui_act() -> form_act() -> view->press(), changed()...
 *	                                                   v
 *	picture <- form_draw() <- view->build() <- const struct session *
 */
#ifndef VIEW_H
#define VIEW_H

#include "../wizard/dkim_signer.h"
#include "../wizard/dmarc_help.h"
#include "../wizard/session.h"
#include "../wizard/try_address.h"
#include "form.h"
#include "input.h"

#define UI_IDLE_MS  300 /* typing has paused: now say what is wrong */
#define UI_OVERLAYS 6
#define UI_TEXT	    512

struct advice;
struct ui;

struct view {
	/* For the title row of a step, the frame of an overlay. */
	const char *(*title)(struct ui *);
	void (*open)(struct ui *); /* it comes on the screen; or NULL */
	void (*build)(struct ui *, struct form *);
	bool (*press)(struct ui *, int id); /* Enter; false: go on to the
					       next field */
	void (*changed)(struct ui *, int id); /* text, choice or tick */
	void (*left)(struct ui *, int id); /* the focus went elsewhere */
	bool (*act)(struct ui *, enum action, int id); /* any other key */
	const char *(*hint)(struct ui *, int id); /* one line */
	const char *(*help)(struct ui *, int id); /* paragraphs */
	const char *(*topic)(struct ui *, int id); /* a text of
				wizard/help.h, in place of `help` */
	bool always_fresh; /* each time it opens, the focus is at its start */
};

/* What the main loop has to do with the terminal. */
enum wish {
	WISH_NOTHING,
	WISH_REDRAW,
	WISH_SUSPEND,
	WISH_PLAIN, /* show ui->plain on the normal screen */
	WISH_SAVE, /* ask for a path, and save the checklist */
	WISH_LINES, /* go on as lines of text */
	WISH_LEAVE, /* the end, by the person's wish */
	WISH_INTERRUPTED, /* the end, by Ctrl-C twice */
};

struct start_fields {
	struct text_field domain, host, resolver;
	struct radio server;
	const char *labels[SERVER_COUNT];
};

struct domain_fields {
	struct text_field sending, helo, subdomains;
	bool sends_nothing, receives_nothing;
};

struct dkim_fields {
	struct text_field selector;
	bool selector_typed; /* it is no proposal any more */
	struct text_field selectors; /* other ones in use */
	struct radio signer;
	const char *signers[DKIM_SIGNER_COUNT];
};

/* Where a DKIM key comes from. */
enum dkim_key_how {
	DKIM_KEY_MAKE,
	DKIM_KEY_READ,
	DKIM_KEY_PASTE,
	DKIM_KEY_HOWS
};

struct dkim_key_fields {
	struct radio how, kind;
	const char *hows[DKIM_KEY_HOWS];
	const char *kinds[KEY_KIND_COUNT];
	struct text_field selector, file, passphrase, text;
	bool locked; /* a passphrase is needed */
};

#define DMARC_RADIOS 7 /* p, sp, np, adkim, aspf, t, psd */

/* The tags of the DMARC record, by enum dmarc_tag_id. */
struct dmarc_fields {
	struct radio radio[DMARC_RADIOS];
	const char *labels[DMARC_RADIOS][DMARC_VALUES];
	struct text_field text[DMARC_TAGS];
	bool fo[DMARC_FO_KINDS]; /* which failures are reported */
};

/* Names whose alignment is tried. */
struct align_fields {
	struct text_field field[ALIGN_NAMES];
};

/* Of the protocol whose step is open. */
struct ports_fields {
	struct radio used;
	const char *labels[2]; /* yes, no */
	struct text_field host, ports;
};

/* A login that is tried; the password only until it is given away. */
struct login_fields {
	struct text_field user, password;
};

#define SERVER_KINDS  4 /* whose commands there are */
#define SERVER_VALUES 3 /* in fields, at most */

/* The commands for the mail server. */
struct server_fields {
	struct radio kind;
	const char *kinds[SERVER_KINDS];
	struct text_field values[SERVER_VALUES];
	bool wildcard;
	size_t block; /* the one that is open */
};

/* One term of the SPF record in the editor. */
struct term_fields {
	bool fresh; /* is added, not changed */
	size_t at; /* which one */
	enum spf_kind kind;
	struct text_field value;
	struct radio qualifier;
	const char *labels[4];
	char label_text[4][96]; /* "~  probably may not send" */
};

/* The choice of what happens to all other senders. */
struct ending_fields {
	struct radio radio;
	const char *labels[SPF_END_COUNT];
	enum spf_ending endings[SPF_END_COUNT];
};

/* What a receiver would say to one address. */
struct try_fields {
	struct text_field ip, sender;
	struct radio radio; /* addresses worth a try */
	const char *labels[TRY_SUGGESTIONS];
	char label_text[TRY_SUGGESTIONS][96];
	char address[TRY_SUGGESTIONS][PLAN_IP];
};

/* The list of mail services. */
struct service_fields {
	struct text_field search;
	int warned; /* id of the one that was said not to be needed; or 0 */
};

struct ui {
	struct session *session;
	struct arena *arena; /* until the next picture or key */
	int rows, cols;
	bool function_keys;
	int64_t now_ms;
	int64_t typed_ms; /* when a text was changed last; 0: judged since */
	enum wizard_step at; /* the step whose view is open */
	enum wish wish;
	struct place mouse; /* of K_CLICK */
	bool told_unsaved; /* that answers are not kept */
	bool told_damage; /* that those saved were damaged */
	int quitting; /* how often Ctrl-C came in a row */

	struct {
		enum message_level level;
		char text[UI_TEXT];
	} note; /* on the message line until the next key */
	unsigned int message_seen; /* number of the session's last one */
	const struct advice *advised; /* the last one told; or NULL */

	const struct view *overlay[UI_OVERLAYS];
	size_t noverlays;
	struct form_state state[WIZ_COUNT];
	struct form_state overlay_state[UI_OVERLAYS];

	struct start_fields start;
	struct domain_fields domain;
	struct dkim_fields dkim;
	struct dkim_key_fields dkim_key;
	struct dmarc_fields dmarc;
	struct align_fields align;
	struct ports_fields ports;
	struct login_fields login;
	struct server_fields server;
	struct term_fields term;
	struct ending_fields ending;
	struct try_fields tried;
	struct service_fields services;
	enum look_kind finding_look; /* the finding that is open: its look... */
	size_t finding_index; /* ...and its place there */
	enum look_kind mend_look; /* whose suggested records are shown */
	enum planned record; /* what is published, or looked for one by one */
	enum look_kind records_look; /* whose published records are shown */
	struct remedy remedies[REMEDY_MAX];
	size_t nremedies;
	size_t item; /* of the checklist that is open */
	const struct view *helped; /* whose help is open, and of what */
	int helped_id;
	enum output_format format; /* of the record in the plain view */
};

extern const struct view view_start, view_domain, view_spf, view_dkim,
    view_dmarc, view_ports, view_list;
extern const struct view view_help, view_steps, view_quit, view_saving,
    view_finding, view_findings, view_records, view_compare, view_add_term,
    view_term, view_services, view_address, view_publish, view_try, view_item,
    view_mend, view_dmarc_path, view_align, view_login;

/* --- what the main loop calls -------------------------------------------- */

void ui_begin(struct ui *, struct session *, bool function_keys);
void ui_end(struct ui *);

/* One key; `paste` belongs to K_PASTE. */
void ui_key(struct ui *, uint32_t key, const struct paste *paste);

/* Time went by, or the session learnt something: before each picture. */
void ui_tick(struct ui *, int64_t now_ms);

/* Milliseconds until ui_tick() has something to do; -1: nothing. */
int ui_wait_ms(const struct ui *);

void ui_draw(struct ui *, const struct canvas *screen);

/* --- what views call ----------------------------------------------------- */

void ui_open(struct ui *, const struct view *); /* over the others */
void ui_close(struct ui *); /* the uppermost */
void ui_close_all(struct ui *);

const struct view *ui_step_view(enum wizard_step);
const struct view *ui_view(const struct ui *); /* the uppermost */
struct form_state *ui_state(struct ui *); /* its focus */

/* Says it on the message line, until the next key. */
void ui_note(struct ui *, enum message_level, const char *text);
/* The same when a session function gave a sentence; false when it did. */
bool ui_said(struct ui *, const char *problem);

/* Text of the picture, freed with it. */
const char *ui_format(struct ui *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Asks for a path, and saves the checklist there. */
void ui_save(struct ui *);

/* Goes to the next step, or says which field keeps it. */
void ui_next_step(struct ui *);

/* Is the person in the middle of typing? */
bool ui_typing(const struct ui *);

/* Takes over what was typed; the cleaned text goes back into the field. */
void ui_answer(struct ui *, enum field_id, struct text_field *);

/* The verdict on a text that is being typed, for the row of its field. */
void ui_judge(struct ui *, struct row *, enum field_id, bool focused);

/* What a field is for, with an example. */
const char *ui_field_help(struct ui *, enum field_id);

/* Above the command of a proof; in the demo it shows nothing. */
const char *ui_proof_heading(struct ui *);

/* The colour of a level. */
enum role role_of_severity(enum severity);
enum role role_of_level(enum message_level);
enum role role_of_item(enum item_level);
enum role role_of_result(enum spf_result);
const char *level_word(enum message_level);
const char *severity_badge(enum severity); /* "WARN" */

/* The day, "2026-12-08". */
const char *ui_day(struct ui *, int64_t at);

/* "14:48" today, else with its date. */
const char *ui_clock(struct ui *, int64_t at);

#endif
