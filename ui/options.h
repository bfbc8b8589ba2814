/*
 * ui/options.h - the command line, read and judged.
 *
 * GNU conventions: --long, --long=value, unique abbreviations, bundled short
 * options, "--" ends options, options before or after operands.  One table
 * (options_table.c) holds every option: its name, its argument, the commands
 * it belongs to, its line of help.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "../checks/check.h"
#include "../checks/crypto.h"
#include "../checks/dns.h"
#include "../checks/mailport.h"
#include "../wizard/copy_form.h"

#define MAILWIZARD_VERSION "0.1.0"

#define OPTIONS_SERVERS_MAX  16 /* name servers after --dns */
#define OPTIONS_SERVICES_MAX 32 /* of --service */
#define OPTIONS_JOBS_MAX     1024
#define OPTIONS_TIMEOUT_MAX  86400 /* seconds */
#define OPTIONS_WATCH_MAX    86400 /* seconds */

enum command {
	COMMAND_WIZARD, /* no word: the wizard itself */
	COMMAND_CHECK,
	COMMAND_SPF,
	COMMAND_DKIM,
	COMMAND_DMARC,
	COMMAND_SERVER,
	COMMAND_VERIFY,
	COMMAND_KEYGEN,
	COMMAND_RECORDS,
	COMMAND_COUNT
};

enum when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

/* Texts are the command line's own, or live in the arena of options_read(). */
#define KEYGEN_MAX 2 /* keys made at once: RSA, and Ed25519 beside it */

struct options {
	enum command command;
	const char **operands; /* as typed, without the command's word */
	size_t noperands;

	/* looking */
	const char *dns; /* as typed; NULL: the system's servers */
	struct dns_server servers[OPTIONS_SERVERS_MAX];
	size_t nservers;
	bool authoritative;
	uint16_t authoritative_port; /* 0: 53 */
	const char **zones; /* paths */
	size_t nzones;
	struct zone *shared; /* the same, read for many domains; or NULL */
	bool offline;
	int64_t timeout_ms; /* of a whole run, per domain */
	const char *ca_file; /* or NULL */

	/* what is looked at */
	bool step[STEP_COUNT];
	const char **selectors;
	size_t nselectors;
	const char *host; /* NULL: find out */
	const char **sending_texts; /* as typed */
	struct ip sending[TARGET_IPS_MAX]; /* the same, read */
	size_t nsending;

	/* the SMTP client */
	const char *helo; /* NULL: not given */
	const char *sender; /* NULL: not given; "": the null sender */
	struct ip client; /* IP_NONE: not given */
	bool trust_received; /* verify: as the message's header says */

	/* the wizard */
	bool demo; /* on a made-up domain */
	const char *answers; /* -a; "-" is stdin; NULL: ask */

	/* dkim */
	const char *key_file; /* of the signer; NULL: not given */
	struct expected_key expected; /* read from it, by cli_dkim.c */

	/* server: without addresses; none: the usual ones */
	struct port services[OPTIONS_SERVICES_MAX];
	size_t nservices;
	bool no_injection_test;
	const char *login; /* the user; NULL: nobody is logged in */
	const char *password_file; /* or NULL */
	int password_fd; /* or -1 */

	/* keygen */
	enum key_kind key_kinds[KEYGEN_MAX]; /* of the keys to be made... */
	size_t nkey_kinds; /* ...this many; 0: one, rsa2048 */
	const char **out_files; /* one for each key; none: names are proposed */
	size_t nout_files;

	/* records */
	enum copy_form format;

	/* check */
	const char *file; /* -f; "-" is stdin; NULL: none */
	size_t jobs; /* domains at once */
	bool watch;
	int watch_seconds; /* from one look to the next */
	const char *since; /* a saved JSON, or NULL */

	/* how it is shown */
	bool json;
	bool ascii;
	bool plain;
	bool verbose;
	bool mouse;
	enum when color;
	const char *lang; /* or NULL */
};

enum options_end {
	OPTIONS_RUN, /* *out is filled; go on */
	OPTIONS_SAY, /* *text for stdout, exit 0: --help, --version */
	OPTIONS_WRONG, /* *text, a sentence, for stderr; exit 2 */
};

/*
 * Reads the command line.  argv is left as it is and must live as long as
 * *out.  No file is opened and nobody is asked.
 */
enum options_end options_read(struct arena *, int argc, char *const argv[],
    struct options *out, const char **text);

#endif
