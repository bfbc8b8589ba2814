/* Postfix for the tests: its configuration, and its ports. */
#include "postfix.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <utime.h>

#include "mail_server_inside.h"

/* What smtpd wants beside it. */
static const char others[] = "pickup unix n - n 60 1 pickup\n"
			     "cleanup unix n - n - 0 cleanup\n"
			     "qmgr unix n - n 300 1 qmgr\n"
			     "tlsmgr unix - - n 1000? 1 tlsmgr\n"
			     "rewrite unix - - n - - trivial-rewrite\n"
			     "bounce unix - - n - 0 bounce\n"
			     "defer unix - - n - 0 bounce\n"
			     "trace unix - - n - 0 bounce\n"
			     "flush unix n - n 1000? 0 flush\n"
			     "proxymap unix - - n - - proxymap\n"
			     "retry unix - - n - - error\n"
			     "error unix - - n - - error\n"
			     "discard unix - - n - - discard\n"
			     "anvil unix - - n - 1 anvil\n";

static const char services[] = "submission inet n - n - - smtpd\n"
			       "  -o syslog_name=postfix/submission\n"
			       "submissions inet n - n - - smtpd\n"
			       "  -o syslog_name=postfix/submissions\n"
			       "  -o smtpd_tls_wrappermode=yes\n";

/* Postfix waits for as long as they are new. */
static void
make_old(const struct server *server, const char *name)
{
	const struct utimbuf then = { 1000000000, 1000000000 };
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", server->folder, name);
	if (utime(path, &then) == -1)
		server_die("%s: %s", path, strerror(errno));
}

static void
make_folders(const struct server *server)
{
	static const char *const names[] = { "conf", "data", "spool",
		"spool/active", "spool/bounce", "spool/corrupt", "spool/defer",
		"spool/deferred", "spool/flush", "spool/hold", "spool/incoming",
		"spool/maildrop", "spool/pid", "spool/private", "spool/public",
		"spool/saved", "spool/trace" };
	char path[512];

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		snprintf(path, sizeof(path), "%s/%s", server->folder, names[i]);
		if (mkdir(path, 0700) == -1)
			server_die("%s: %s", path, strerror(errno));
	}
}

static void
write_tls(const struct mail_options *o, FILE *out)
{
	static const char *const levels[] = { [MAIL_TLS_REQUIRED] = "encrypt",
		[MAIL_TLS_OPTIONAL] = "may",
		[MAIL_TLS_OFF] = "none",
		[MAIL_TLS_IMPLICIT] = "encrypt" };

	fprintf(out, "smtpd_tls_security_level = %s\n", levels[o->tls]);
	fprintf(
	    out, "smtpd_tls_auth_only = %s\n", o->plain_login ? "no" : "yes");
	if (o->tls == MAIL_TLS_OFF)
		return;
	fprintf(out, "smtpd_tls_chain_files = %s, %s\n", o->key, o->chain);
	fprintf(out,
	    "smtpd_tls_protocols = >=%s\n"
	    "smtpd_tls_mandatory_protocols = >=%s\n",
	    o->oldest, o->oldest);
	if (strcmp(o->oldest, "TLSv1.2") < 0)
		fputs("smtpd_tls_ciphers = medium\n"
		      "smtpd_tls_mandatory_ciphers = medium\n"
		      "tls_medium_cipherlist = ALL:@SECLEVEL=0\n",
		    out);
}

/*
 * No maillog_file: what it logs goes to the system's log, and from there to
 * ours.  A postlogd that has warnings of its own waits for itself for ever
 * once a few of them are queued.
 */
static void
write_main(const struct server *server, const struct mail_options *o,
    const struct dovecot *sasl)
{
	const char *folder = server->folder;
	FILE *out = server_file(server, "conf/main.cf");

	fprintf(out,
	    "compatibility_level = 3.6\n"
	    "queue_directory = %s/spool\ndata_directory = %s/data\n"
	    "meta_directory = %s/conf\nshlib_directory = no\n"
	    "daemon_directory = /usr/lib/postfix/sbin\n"
	    "command_directory = /usr/sbin\n",
	    folder, folder, folder);
	fprintf(out,
	    "myhostname = %s\nmydestination =\ninet_interfaces = loopback-only\n"
	    "inet_protocols = ipv4\nalias_maps =\n"
	    "default_transport = discard\nmynetworks =\n",
	    o->name);
	write_tls(o, out);
	fprintf(out, "smtpd_sasl_auth_enable = %s\nsmtpd_sasl_type = dovecot\n",
	    sasl != NULL ? "yes" : "no");
	fputs("smtpd_relay_restrictions = permit_sasl_authenticated, reject\n",
	    out);
	if (sasl != NULL)
		fprintf(out, "smtpd_sasl_path = %s\n", sasl->sasl);
	if (o->more != NULL)
		fputs(o->more, out);
	fclose(out);
	make_old(server, "conf/main.cf");
}

/* A service is a name in /etc/services; here it is an address and a port. */
static void
write_line(const struct postfix *p, const char *line, FILE *out)
{
	size_t len = strcspn(line, " \t\n");

	if (len == strlen("submission") &&
	    strncmp(line, "submission", len) == 0)
		fprintf(out, "%s:%u", p->address, p->submission);
	else if (len == strlen("submissions") &&
	    strncmp(line, "submissions", len) == 0)
		fprintf(out, "%s:%u", p->address, p->submissions);
	else
		len = 0;
	fprintf(out, "%s\n", line + len);
}

/* Does a line begin a service that is closed then? */
static bool
is_closed(const char *line, enum mail_tls tls)
{
	return (tls == MAIL_TLS_OFF &&
		   strncmp(line, "submissions ", 12) == 0) ||
	    (tls == MAIL_TLS_IMPLICIT && strncmp(line, "submission ", 11) == 0);
}

static void
write_master(const struct postfix *p, enum mail_tls tls, const char *text)
{
	FILE *out = server_file(p->server, "conf/master.cf");
	char *copy = strdup(text), *rest = copy, *line;
	bool skipped = false;

	if (copy == NULL)
		server_die("out of memory");
	while ((line = strsep(&rest, "\n")) != NULL) {
		if (*line != ' ' && *line != '\t')
			skipped = is_closed(line, tls);
		if (!skipped)
			write_line(p, line, out);
	}
	free(copy);
	fputs(others, out);
	fclose(out);
	make_old(p->server, "conf/master.cf");
}

struct postfix *
postfix_start_master(const struct mail_options *given,
    const struct dovecot *sasl, const char *master)
{
	struct mail_options o = mail_options(given);
	struct postfix *p = calloc(1, sizeof(*p));
	char foreground[] = "-d", folder[] = "-c", conf[512];

	if (p == NULL)
		server_die("out of memory");
	p->server = server_new("master", o.address, 0);
	p->address = p->server->address;
	p->submission = p->server->port;
	p->submissions = server_free_port(o.address);
	snprintf(p->log, sizeof(p->log), "%s/log", p->server->folder);
	make_folders(p->server);
	write_main(p->server, &o, sasl);
	write_master(p, o.tls, master);
	snprintf(conf, sizeof(conf), "%s/conf", p->server->folder);
	mail_server_begin(p->server,
	    (char *const[]){
		p->server->program, folder, conf, foreground, NULL },
	    (const uint16_t[]){ o.tls != MAIL_TLS_IMPLICIT ? p->submission : 0,
		o.tls != MAIL_TLS_OFF ? p->submissions : 0 },
	    2);
	return p;
}

struct postfix *
postfix_start(const struct mail_options *options, const struct dovecot *sasl)
{
	return postfix_start_master(options, sasl, services);
}

void
postfix_stop(struct postfix *p)
{
	if (p == NULL)
		return;
	server_stop(p->server);
	free(p);
}
