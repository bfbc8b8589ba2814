/* The DKIM key in lines: made, read, published, and what the signer needs. */
#include <string.h>

#include "../checks/base/i18n.h"
#include "../checks/base/printable.h"
#include "../checks/crypto.h"
#include "../wizard/dkim_signer.h"
#include "../wizard/key_file.h"
#include "plain_inside.h"

#define KEY_MS 1000 /* a key is made in about that */

/* --- what is ------------------------------------------------------------- */

static const char *
now_text(const struct dkim_known *known)
{
	static const char *const texts[] = {
		[DKIM_NOW_LOOKING] = N_("not known yet"),
		[DKIM_NOW_NONE] = N_("not in DNS yet"),
		[DKIM_NOW_SAME] = N_("OK, this is your key"),
		[DKIM_NOW_OTHER] =
		    N_("FAIL, another key than yours: signatures fail"),
		[DKIM_NOW_SOUND] = N_("OK, a sound key"),
		[DKIM_NOW_REVOKED] = N_("revoked"),
		[DKIM_NOW_BROKEN] = N_("FAIL, broken"),
		[DKIM_NOW_UNKNOWN] = N_("could not look"),
	};

	return _(texts[known->now]);
}

/* Lines to be copied: none is cut. */
static void
put_lines(struct plain *p, const char *text)
{
	struct str rest = str_of(text);

	while (rest.len > 0)
		plain_line(str_dup(p->arena, str_word(&rest, '\n')));
}

static void
put_turn(struct plain *p)
{
	static const char *const texts[DKIM_ROTATION_STAGES] = {
		[DKIM_ROTATION_PUBLISH] = N_("publish the new record"),
		[DKIM_ROTATION_SWITCH] = N_("let the server sign with it"),
		[DKIM_ROTATION_REVOKE] =
		    N_("revoke the old key: its value becomes v=DKIM1; p="),
		[DKIM_ROTATION_REMOVE] = N_("delete the old record"),
	};
	const struct plan *plan = session_plan(p->session);
	const struct dkim_rotation turn = session_dkim_rotation(p->session);
	time_t now = time(NULL);

	if (plan->old_selector[0] == '\0')
		return;
	plain_print("", _("From %s to %s without a gap:"), plan->old_selector,
	    plan->key_selector);
	for (int i = 0; i < DKIM_ROTATION_STAGES; i++)
		plain_print("    ", "%s  %s",
		    clock_print(p->arena, turn.at[i], now), _(texts[i]));
}

void
plain_dkim_show(struct plain *p)
{
	const struct plan *plan = session_plan(p->session);
	struct record record;
	struct dkim_known *known;
	size_t n = session_dkim_known(p->session, p->arena, &known);

	for (size_t i = 0; i < n; i++)
		plain_print(
		    "    ", "%s: %s", known[i].selector, now_text(&known[i]));
	if (dkim_plan_record(p->arena, plan, &record)) {
		plain_put("", _("The record of your key, a TXT record:"));
		put_lines(
		    p, output_text(p->arena, plan, &record, OUTPUT_PANEL));
	}
	plain_put_published(p, PLANNED_KEY);
	plain_put_published(p, PLANNED_OLD_KEY);
	put_turn(p);
	plain_put("",
	    session_is_demo(p->session)
		? _("Or: k make a new key, f read the key in a file, p the "
		    "record in other forms, w enter the record in the demo's DNS, g what the signer needs, y "
		    "the signer is switched.")
		: _("Or: k make a new key, f read the key in a file, p the "
		    "record in other forms, w it is published, g what the signer needs, y the signer is "
		    "switched."));
}

/* --- what can be done ---------------------------------------------------- */

/* The answer, or what stands in brackets; NULL: back, or the end. */
static const char *
ask(struct plain *p, const char *question, const char *otherwise)
{
	const char *prompt =
	    arena_printf(p->arena, "%s [%s]:", question, otherwise);
	enum reply reply = plain_ask(p, prompt, "");

	if (reply == REPLY_TEXT)
		return arena_strdup(p->arena, p->line);
	return reply == REPLY_EMPTY ? otherwise : NULL;
}

static void
tell(const char *problem)
{
	if (problem != NULL)
		plain_put("", problem);
}

static void
make_key(struct plain *p)
{
	struct arena *arena = arena_new();
	const struct plan *plan = session_plan(p->session);
	enum key_kind kind = (enum key_kind)plan->key_type;
	const char *selector =
	    session_dkim_fresh_selector(p->session, arena, kind);
	const char *path = ask(p, _("A new file for the private key"),
	    key_file_name(arena, plan->domain, selector));

	if (path != NULL) {
		tell(session_dkim_make(p->session, selector, kind, path));
		while (session_dkim_making(p->session))
			session_wait(p->session, KEY_MS);
		plain_wait(p);
		plain_tell(p);
	}
	arena_free(arena);
}

#define PASSPHRASES 3 /* until another try is another "f" */

static void
unlock_key(struct plain *p, const char *selector, const char *path)
{
	char passphrase[SECRET_MAX];
	bool locked = true;

	for (int i = 0; i < PASSPHRASES && locked; i++) {
		if (!plain_ask_secret(p,
			_("Its passphrase, which is shown "
			  "nowhere; Enter to go back:"),
			passphrase))
			break;
		tell(session_dkim_read(
		    p->session, selector, path, passphrase, &locked));
		secret_wipe(passphrase, sizeof(passphrase));
	}
}

static void
read_key(struct plain *p)
{
	struct arena *arena = arena_new();
	const char *selector =
	    arena_strdup(arena, session_dkim_selector(p->session, arena));
	const char *path = ask(p, _("The file with the private key"), "");
	bool locked = false;

	if (path != NULL && *path != '\0')
		tell(session_dkim_read(
		    p->session, selector, path, NULL, &locked));
	if (locked)
		unlock_key(p, selector, path);
	plain_tell(p);
	arena_free(arena);
}

static void
put_signer(struct plain *p)
{
	const struct plan *plan = session_plan(p->session);
	const struct dkim_signer_key key = {
		.domain = plan->domain,
		.selector = session_dkim_selector(p->session, p->arena),
		.file = plan->key_file[0] != '\0' ? plan->key_file : NULL,
		.ed25519 = dkim_plan_is_ed25519(p->arena, plan),
	};
	enum dkim_signer first = dkim_signer_of((enum mail_server)plan->server);

	put_lines(p, dkim_signer_text(p->arena, first, &key));
	if (first == DKIM_SIGNER_OPENDKIM) {
		plain_put("", _("Or, with rspamd:"));
		put_lines(
		    p, dkim_signer_text(p->arena, DKIM_SIGNER_RSPAMD, &key));
	}
}

bool
plain_dkim_act(struct plain *p, const char *line)
{
	if (session_plan(p->session)->sends_nothing || line[0] == '\0' ||
	    line[1] != '\0')
		return false;
	switch (line[0]) {
	case 'k':
		make_key(p);
		return true;
	case 'f':
		read_key(p);
		return true;
	case 'g':
		put_signer(p);
		return true;
	case 'w':
		session_publish_record(p->session, PLANNED_KEY);
		plain_wait_for(p, LOOK_PUBLISHED);
		return true;
	case 'y':
		session_dkim_switched(p->session);
		plain_tell(p);
		return true;
	default:
		return false;
	}
}
