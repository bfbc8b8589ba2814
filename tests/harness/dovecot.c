/* Dovecot for the tests: its configuration, and its ports. */
#include "dovecot.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "mail_server_inside.h"

/* "2.3.19.1 (9b53102964)" */
static void
ask_version(char *out, size_t size)
{
	char minus[] = "--version";
	struct server *asked = server_new("dovecot", MAIL_ADDRESS, 0);
	char *const argv[] = { asked->program, minus, NULL };
	char path[512];
	FILE *in;

	server_spawn(asked, argv, mail_server_elsewhere);
	waitpid(asked->pid, NULL, 0);
	asked->pid = 0;
	snprintf(path, sizeof(path), "%s/log", asked->folder);
	in = fopen(path, "r");
	if (in == NULL || fgets(out, (int)size, in) == NULL)
		server_die("Dovecot does not know its version");
	fclose(in);
	server_stop(asked);
}

const char *
dovecot_version(void)
{
	static char version[4];

	if (version[0] == '\0')
		ask_version(version, sizeof(version));
	return version;
}

static bool
is_2_4(void)
{
	return strcmp(dovecot_version(), "2.4") >= 0;
}

/* Its mailboxes, and who has one, as the version wants them written. */
static void
write_place_2_3(const char *folder, FILE *out)
{
	fprintf(out,
	    "protocols = imap pop3\n"
	    "mail_location = maildir:%s/mail\n"
	    "passdb {\n  driver = passwd-file\n  args = %s/users\n}\n"
	    "userdb {\n  driver = static\n"
	    "  args = uid=vmail gid=vmail home=%s/mail\n}\n",
	    folder, folder, folder);
}

static void
write_place_2_4(const char *folder, FILE *out)
{
	fprintf(out,
	    "protocols {\n  imap = yes\n  pop3 = yes\n}\n"
	    "mail_driver = maildir\nmail_path = %s/mail\n"
	    "passdb passwd-file {\n  passwd_file_path = %s/users\n}\n"
	    "userdb static {\n  fields {\n"
	    "    uid = vmail\n    gid = vmail\n    home = %s/mail\n"
	    "  }\n}\n",
	    folder, folder, folder);
}

static void
write_place(const struct server *server, FILE *out)
{
	const char *folder = server->folder;

	if (is_2_4())
		fputs("dovecot_config_version = 2.4.0\n"
		      "dovecot_storage_version = 2.4.0\n",
		    out);
	fprintf(out,
	    "listen = %s\nbase_dir = %s/run\nstate_dir = %s/state\n"
	    "log_path = %s/log\nlibexec_dir = /usr/lib/dovecot\n"
	    "default_vsz_limit = 0\nauth_failure_delay = 0\n",
	    server->address, folder, folder, folder);
	if (is_2_4())
		write_place_2_4(folder, out);
	else
		write_place_2_3(folder, out);
	fputs(
	    "service anvil {\n  chroot =\n"
	    "  unix_listener anvil-auth-penalty {\n    mode = 0\n  }\n}\n"
	    "service stats {\n  chroot =\n}\n"
	    "service auth {\n  unix_listener sasl {\n    mode = 0666\n  }\n}\n",
	    out);
}

static void
write_tls(const struct mail_options *o, FILE *out)
{
	static const char *const words[] = { [MAIL_TLS_REQUIRED] = "required",
		[MAIL_TLS_OPTIONAL] = "yes",
		[MAIL_TLS_OFF] = "no",
		[MAIL_TLS_IMPLICIT] = "required" };
	const char *plain = o->plain_login ? "yes" : "no";

	fprintf(out, "ssl = %s\n", words[o->tls]);
	if (is_2_4())
		fprintf(out, "auth_allow_cleartext = %s\n", plain);
	else
		fprintf(out, "disable_plaintext_auth = %s\n",
		    o->plain_login ? "no" : "yes");
	if (o->tls == MAIL_TLS_OFF)
		return;
	fprintf(out, "ssl_min_protocol = %s\n", o->oldest);
	if (strcmp(o->oldest, "TLSv1.2") < 0)
		fputs("ssl_cipher_list = ALL:@SECLEVEL=0\n", out);
	fprintf(out,
	    is_2_4() ? "ssl_server_cert_file = %s\nssl_server_key_file = %s\n"
		     : "ssl_cert = <%s\nssl_key = <%s\n",
	    o->chain, o->key);
}

static void
write_service(FILE *out, const char *name, uint16_t plain, uint16_t tls)
{
	fprintf(out,
	    "service %s-login {\n  chroot =\n"
	    "  inet_listener %s {\n    port = %u\n  }\n"
	    "  inet_listener %ss {\n    port = %u\n    ssl = yes\n  }\n}\n",
	    name, name, plain, name, tls);
}

static void
write_conf(const struct dovecot *d, const struct mail_options *o)
{
	bool tls = o->tls != MAIL_TLS_OFF;
	bool plain = o->tls != MAIL_TLS_IMPLICIT;
	FILE *out = server_file(d->server, "conf");

	write_place(d->server, out);
	write_tls(o, out);
	write_service(out, "imap", plain ? d->imap : 0, tls ? d->imaps : 0);
	write_service(out, "pop3", plain ? d->pop3 : 0, tls ? d->pop3s : 0);
	if (o->more != NULL)
		fputs(o->more, out);
	fclose(out);
	out = server_file(d->server, "users");
	fprintf(out, "%s:{PLAIN}%s\n", o->user, o->password);
	fclose(out);
}

struct dovecot *
dovecot_start(const struct mail_options *given)
{
	struct mail_options o = mail_options(given);
	struct dovecot *d = calloc(1, sizeof(*d));
	char foreground[] = "-F", file[] = "-c", conf[512];
	bool plain = o.tls != MAIL_TLS_IMPLICIT, tls = o.tls != MAIL_TLS_OFF;

	if (d == NULL)
		server_die("out of memory");
	d->server = server_new("dovecot", o.address, 0);
	d->address = d->server->address;
	d->imap = d->server->port;
	d->imaps = server_free_port(o.address);
	d->pop3 = server_free_port(o.address);
	d->pop3s = server_free_port(o.address);
	snprintf(d->log, sizeof(d->log), "%s/log", d->server->folder);
	snprintf(d->sasl, sizeof(d->sasl), "%s/run/sasl", d->server->folder);
	snprintf(d->user, sizeof(d->user), "%s", o.user);
	snprintf(d->password, sizeof(d->password), "%s", o.password);
	write_conf(d, &o);
	snprintf(conf, sizeof(conf), "%s/conf", d->server->folder);
	mail_server_begin(d->server,
	    (char *const[]){ d->server->program, foreground, file, conf, NULL },
	    (const uint16_t[]){ plain ? d->imap : 0, plain ? d->pop3 : 0,
		tls ? d->imaps : 0, tls ? d->pop3s : 0 },
	    4);
	return d;
}

void
dovecot_stop(struct dovecot *d)
{
	if (d == NULL)
		return;
	server_stop(d->server);
	free(d);
}
