/* A session as the command line asks for one. */
#include "begin.h"

struct session *
begin_session(const struct options *options, const char *domain, bool guess,
    char problem[PLAN_TEXT])
{
	struct session_options s = {
		.domain = domain,
		.resolver = options->dns,
		.host = options->host,
		.helo = options->helo,
		.sending = options->sending_texts,
		.nsending = options->nsending,
		.guess = guess,
		.demo = options->demo,
		.live = {
			.zones = options->zones,
			.nzones = options->nzones,
			.ca_file = options->ca_file,
			.offline = options->offline,
			.authoritative = options->authoritative,
			.authoritative_port = options->authoritative_port,
			.timeout_ms = options->timeout_ms,
		},
	};

	return session_new(&s, problem);
}
