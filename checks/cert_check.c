/* Everything that is wrong with a certificate, not the first of it. */
#include "cert_check.h"

#include "base/i18n.h"

#define DAY	     ((time_t)24 * 60 * 60)
#define RSA_BITS_MIN 2048 /* RFC 9325 section 4.5 */
#define EC_BITS_MIN  256 /* P-256, the least that clients take */
#define NAMES_SHOWN  8

/* --- the name -------------------------------------------------------------- */

/*
 * "*.example.org" stands for one label; "*.org" is nobody's to have.  RFC 9525
 * section 6.3.
 */
static bool
wildcard_matches(struct str pattern, struct str host)
{
	struct str rest = str_slice(pattern, 2, pattern.len);
	struct str label = str_word(&host, '.');

	return str_find(rest, '.') < rest.len && label.len > 0 &&
	    host.len == rest.len && str_starts_nocase(host, pattern.p + 2);
}

static bool
is_for_address(const struct certificate *certificate, struct ip ip)
{
	for (size_t i = 0; i < certificate->naddresses; i++)
		if (ip_equal(certificate->addresses[i], ip))
			return true;
	return false;
}

bool
cert_is_for(const struct certificate *certificate, const char *host)
{
	struct str name = str_of(host);
	struct ip ip;

	if (ip_parse(name, &ip))
		return is_for_address(certificate, ip);
	if (name.len > 0 && name.p[name.len - 1] == '.')
		name.len--;
	if (name.len == 0)
		return false;
	for (size_t i = 0; i < certificate->ndns_names; i++) {
		struct str one = str_of(certificate->dns_names[i]);

		if (str_equal_nocase(name, certificate->dns_names[i]))
			return true;
		if (one.len > 2 && one.p[0] == '*' && one.p[1] == '.' &&
		    wildcard_matches(one, name))
			return true;
	}
	return false;
}

const char *
cert_names(struct arena *arena, const struct certificate *certificate)
{
	size_t n = certificate->ndns_names + certificate->naddresses;
	const char *text = "";

	for (size_t i = 0; i < n && i < NAMES_SHOWN; i++) {
		const char *name = i < certificate->ndns_names
		    ? certificate->dns_names[i]
		    : ip_print(arena,
			  certificate->addresses[i - certificate->ndns_names]);

		text = arena_printf(
		    arena, "%s%s%s", text, i == 0 ? "" : ", ", name);
	}
	return n > NAMES_SHOWN ? arena_printf(arena, "%s...", text) : text;
}

static void
check_name(struct run *run, const struct cert_question *asked)
{
	const struct certificate *own = &asked->chain->sent[0];
	enum finding_code code = F_CERT_NAME_MISMATCH;

	if (own->ndns_names + own->naddresses == 0) {
		report(run, F_CERT_NO_SAN, .subject = asked->where,
		    .detail = { asked->host, own->subject_name });
		return;
	}
	if (cert_is_for(own, asked->host))
		return;
	if (ip_parse(str_of(asked->host), &(struct ip){ 0 }))
		code = F_CERT_NAME_ADDRESS;
	report(run, code, .subject = asked->where,
	    .detail = { asked->host, cert_names(run->arena, own) });
}

/* --- dates ----------------------------------------------------------------- */

const char *
cert_date(struct arena *arena, time_t when)
{
	char text[64] = "?";
	struct tm tm;

	if (gmtime_r(&when, &tm) != NULL)
		strftime(text, sizeof(text), "%Y-%m-%d %H:%M UTC", &tm);
	return arena_strdup(arena, text);
}

/* "3 days", "less than a day" */
static const char *
days(struct arena *arena, time_t seconds)
{
	unsigned long n = (unsigned long)(seconds / DAY);

	if (n == 0)
		return _("less than a day");
	return arena_printf(arena, PLURAL("%lu day", "%lu days", n), n);
}

static void
check_own_dates(struct run *run, const struct cert_question *asked)
{
	const struct certificate *own = &asked->chain->sent[0];
	time_t left = own->not_after - run->now;
	const char *end = cert_date(run->arena, own->not_after);

	if (!own->dated)
		return; /* which is a fault of the chain */
	if (own->not_before > run->now)
		report(run, F_CERT_NOT_YET_VALID, .subject = asked->where,
		    .detail = { cert_date(run->arena, own->not_before),
			days(run->arena, own->not_before - run->now) });
	if (left < 0)
		report(run, F_CERT_EXPIRED, .subject = asked->where,
		    .detail = { end, days(run->arena, -left) });
	else if (left <= CERT_SOON_DAYS * DAY)
		report(run, F_CERT_EXPIRES_SOON, .subject = asked->where,
		    .detail = { end, days(run->arena, left) });
}

static void
check_upper_dates(struct run *run, const struct cert_question *asked)
{
	const struct chain *chain = asked->chain;

	for (size_t i = 1; i < chain->npath; i++) {
		const struct certificate *one = chain->path[i].certificate;

		if (!one->dated)
			continue;
		if (one->not_after < run->now)
			report(run, F_CERT_INTERMEDIATE_EXPIRED,
			    .subject = asked->where,
			    .detail = { one->subject_name,
				cert_date(run->arena, one->not_after) });
		if (one->not_before > run->now)
			report(run, F_CERT_CHAIN_INVALID,
			    .subject = asked->where,
			    .detail = { one->subject_name,
				arena_printf(run->arena,
				    _("it is valid only from %s on"),
				    cert_date(run->arena, one->not_before)) });
	}
}

/* --- the chain ------------------------------------------------------------- */

/* Where the certificate of the issuer is, RFC 5280 section 4.2.2.1. */
static const char *
where_from(struct arena *arena, const struct certificate *one)
{
	if (one->issuer_url == NULL)
		return _("Where it is to be had is not written in the "
			 "certificate: look at the site of the authority.");
	return arena_printf(arena,
	    _("It is to be had at %s (\"openssl x509 -inform der\" turns that "
	      "into PEM)."),
	    one->issuer_url);
}

static void
check_end(struct run *run, const struct cert_question *asked)
{
	const struct chain *chain = asked->chain;
	const struct certificate *last =
	    chain->path[chain->npath - 1].certificate;

	if (chain->end == CHAIN_SELF_SIGNED) {
		report(run, F_CERT_SELF_SIGNED, .subject = asked->where);
	} else if (chain->end == CHAIN_ISSUER_MISSING && chain->npath == 1) {
		report(run, F_CERT_CHAIN_INCOMPLETE, .subject = asked->where,
		    .detail = {
			last->issuer_name, where_from(run->arena, last) });
	} else if (chain->end != CHAIN_TRUSTED && chain->no_roots) {
		report(run, F_CERT_NO_ROOTS, .subject = asked->where,
		    .detail = { last->self_issued ? last->subject_name
						  : last->issuer_name });
	} else if (chain->end == CHAIN_ISSUER_MISSING) {
		report(run, F_CERT_UNTRUSTED_ABOVE, .subject = asked->where,
		    .detail = {
			last->issuer_name, where_from(run->arena, last) });
	} else if (chain->end == CHAIN_PRIVATE_ROOT) {
		report(run, F_CERT_UNTRUSTED, .subject = asked->where,
		    .detail = { last->subject_name });
	}
}

static void
check_faults(struct run *run, const struct cert_question *asked)
{
	const struct chain *chain = asked->chain;

	for (size_t i = 0; i < chain->nfaults; i++)
		report(run, F_CERT_CHAIN_INVALID, .subject = asked->where,
		    .detail = { chain->faults[i].who, chain->faults[i].why });
}

/* "mail.example.org, Example Intermediate": what should be sent. */
static const char *
right_order(struct arena *arena, const struct chain *chain)
{
	const char *text = "";

	for (size_t i = 0; i < chain->npath && !chain->path[i].trusted; i++)
		text =
		    arena_printf(arena, "%s%s\"%s\"", text, i == 0 ? "" : ", ",
			chain->path[i].certificate->subject_name);
	return text;
}

/* Each certifies the one before it; RFC 5246 section 7.4.2. */
static void
check_order(struct run *run, const struct cert_question *asked)
{
	const struct chain *chain = asked->chain;

	for (size_t i = 1; i < chain->nsent; i++) {
		const struct certificate *one = &chain->sent[i];

		if (chain->in_order[i])
			continue;
		report(run, F_CERT_CHAIN_ORDER, .subject = asked->where,
		    .detail = {
			arena_printf(run->arena, _("number %zu (%s)"), i + 1,
			    one->readable ? one->subject_name
					  : _("not readable")),
			right_order(run->arena, chain) });
		return;
	}
}

/* --- strength and purpose -------------------------------------------------- */

static bool
key_is_weak(const struct certificate *one)
{
	switch (one->key) {
	case CERT_KEY_RSA:
		return one->bits < RSA_BITS_MIN;
	case CERT_KEY_EC:
		return one->bits < EC_BITS_MIN;
	case CERT_KEY_EDWARDS:
		return false;
	case CERT_KEY_OTHER:
		break;
	}
	return true;
}

static void
check_strength(struct run *run, const struct cert_question *asked)
{
	const struct chain *chain = asked->chain;

	for (size_t i = 0; i < chain->npath && !chain->path[i].trusted; i++) {
		const struct certificate *one = chain->path[i].certificate;

		if (key_is_weak(one))
			report(run, F_CERT_KEY_WEAK, .subject = asked->where,
			    .detail = { one->subject_name,
				arena_printf(run->arena, _("%s, %u bits"),
				    one->key_word, one->bits) });
		if (one->weak_hash && !one->self_signed)
			report(run, F_CERT_SIGNATURE_WEAK,
			    .subject = asked->where,
			    .detail = { one->subject_name, one->hash });
		if (one->key == CERT_KEY_EDWARDS)
			report(run, F_CERT_ED25519, .subject = asked->where,
			    .detail = { one->subject_name, one->key_word });
	}
}

static void
check_purpose(struct run *run, const struct cert_question *asked)
{
	const struct chain *chain = asked->chain;
	const struct certificate *own = &chain->sent[0];

	if (chain->wrong_purpose)
		report(run, F_CERT_WRONG_PURPOSE, .subject = asked->where);
	/* One that signed itself is to be replaced, whatever it says. */
	if (own->ca && chain->end != CHAIN_SELF_SIGNED)
		report(run, F_CERT_IS_CA, .subject = asked->where);
	if (own->must_staple && !asked->stapled)
		report(run, F_CERT_MUST_STAPLE, .subject = asked->where);
}

void
cert_check(struct run *run, const struct cert_question *asked)
{
	const struct chain *chain = asked->chain;
	const struct finding *last = run->report.last;

	if (chain->end == CHAIN_NONE) {
		report(run, F_CERT_UNREADABLE, .subject = asked->where,
		    .detail = { chain->nsent == 0
			    ? _("none was sent")
			    : _("what was sent is no certificate") });
		return;
	}
	check_end(run, asked);
	check_name(run, asked);
	check_own_dates(run, asked);
	check_upper_dates(run, asked);
	check_faults(run, asked);
	check_strength(run, asked);
	check_purpose(run, asked);
	check_order(run, asked);
	if (run->report.last == last)
		report(run, F_CERT_OK, .subject = asked->where,
		    .detail = { asked->host,
			cert_date(run->arena, chain->sent[0].not_after) });
}

bool
cert_trusted(struct run *run, const struct tls_facts *tls, const char *host,
    const struct trust *trust)
{
	struct chain chain;
	struct run aside = *run; /* whose report is thrown away */
	const struct cert_question asked = { .where = host,
		.host = host,
		.stapled = tls->stapled,
		.chain = &chain };

	chain_read(run->arena, tls->der, tls->nder, trust, run->now, &chain);
	aside.report = (struct report){ 0 };
	cert_check(&aside, &asked);
	return chain.end == CHAIN_TRUSTED && aside.report.count[SEV_FAIL] == 0;
}
