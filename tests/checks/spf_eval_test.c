/* check_host(), sentence by sentence: RFC 7208 sections 2 to 6. */
#include "../harness/spf_world.h"
#include "../harness/unit.h"

#define NONE	  .result = SPF_RESULT_NONE
#define NEUTRAL	  .result = SPF_RESULT_NEUTRAL
#define PASS	  .result = SPF_RESULT_PASS
#define FAIL	  .result = SPF_RESULT_FAIL
#define SOFTFAIL  .result = SPF_RESULT_SOFTFAIL
#define TEMPERROR .result = SPF_RESULT_TEMPERROR
#define PERMERROR .result = SPF_RESULT_PERMERROR

#define LABEL63                                                                \
	"a23456789012345678901234567890123456789012345678901234567890123"

/* 4.3, 4.4, 4.5: is there a domain, and does it have one record? */
static const struct spf_case selection[] = {
	{ NULL, .domain = "", NONE },
	{ NULL, .domain = ".", NONE },
	{ NULL, .domain = "localhost", .zone = "localhost. TXT \"v=spf1 a\"",
	    NONE },
	{ NULL, .domain = "localhost.", NONE },
	{ NULL, .domain = "[192.0.2.1]", NONE },
	{ NULL, .domain = "192.0.2.1", NONE },
	{ NULL, .domain = "a..example.com", NONE },
	{ NULL, .domain = ".example.com", NONE },
	{ NULL, .domain = "example.com..", NONE },
	{ NULL, .domain = LABEL63 "4.example.com", NONE },
	{ NULL,
	    .domain = "b\xc3\xbc"
		      "cher.example",
	    NONE },
	{ NULL, .domain = "a b.example", NONE },
	{ NULL, .domain = LABEL63 ".example.com",
	    .zone = LABEL63 " TXT \"v=spf1 -all\"", FAIL },
	{ "v=spf1 +all", .domain = "example.com.", PASS },
	{ "v=spf1 +all", .domain = "EXAMPLE.com", PASS },
	{ NULL, .domain = "nowhere.example.com", NONE },
	{ NULL, .zone = "@ A 192.0.2.1", NONE },
	{ NULL, .zone = "@ TXT \"hello\"", NONE },
	{ NULL, .zone = "@ TXT \"\"", NONE },
	{ NULL, .domain = "servfail.example.com", TEMPERROR },
	{ NULL, .domain = "silent.example.com", TEMPERROR },
	{ NULL, .zone = "@ SPF \"v=spf1 +all\"", NONE },
	{ "v=spf1", NEUTRAL },
	{ "v=spf1   ", NEUTRAL },
	{ "V=sPf1 ~aLL", SOFTFAIL, .term = "~aLL" },
	{ "v=spf10 -all", NONE },
	{ "v=spf1; -all", NONE },
	{ "v=spf1\t-all", NONE },
	{ " v=spf1 -all", NONE },
	{ "\"v=spf1 -all\"", NONE },
	{ "v=spf2.0/mfrom -all", NONE },
	{ "v=spf1 -all", .zone = "@ TXT \"v=spf10 +all\"", FAIL },
	{ "v=spf1 -all", .zone = "@ TXT \"\\255\\254 other\"", FAIL },
	{ "v=spf1 -all", .zone = "@ TXT \"v=spf1 +all\"", PERMERROR },
	{ "v=spf1 +all", .zone = "@ TXT \"v=spf1 +all\"", PERMERROR },
	{ "v=spf1 +all", .zone = "@ TXT \"v=spf1\" \" +all\"", PERMERROR },
	{ "v=spf1", .zone = "@ TXT \"V=SPF1\"", PERMERROR },
	{ "v=spf1 -all", .zone = "@ TXT \"v=spf1 +all x\"", PERMERROR },
	{ NULL, .zone = "@ TXT \"v=sp\" \"f1 ip4:192\" \".0.2.1 -all\"", PASS },
	{ NULL, .zone = "@ TXT \"v=spf1\" \"mx\"", NONE },
	{ NULL, .zone = "@ TXT \"v=spf1\" \" +all\"", PASS },
	{ NULL, .zone = "@ TXT \"v=spf1 ip4:192.0.2.2\" \"-all\"", PERMERROR },
	{ NULL, .domain = "www.example.com",
	    .zone = "www CNAME @\n@ TXT \"v=spf1 +all\"", PASS },
	{ NULL, .domain = "x.example.com", .zone = "* TXT \"v=spf1 ?all\"\n",
	    NEUTRAL, .term = "?all" },
};

/* 4.6: an error anywhere, 4.6.2: from left to right, 4.7: the default. */
static const struct spf_case evaluation[] = {
	{ "v=spf1 ip4:192.0.2.1 -all moo", PERMERROR, .term = "moo" },
	{ "v=spf1 +all moo", PERMERROR },
	{ "v=spf1 +all a:", PERMERROR },
	{ "v=spf1 +all x=%", PERMERROR },
	{ "v=spf1 +all exp=", PERMERROR },
	{ "v=spf1 +all\t", PERMERROR },
	{ "v=spf1 +all exp=x.example exp=x.example", PERMERROR },
	{ "v=spf1 +all redirect=x.example redirect=x.example", PERMERROR },
	{ "v=spf1 include:nowhere.example.com moo", PERMERROR, .term = "moo" },
	{ "v=spf1 a:servfail.example.com moo", PERMERROR },
	{ "v=spf1 redirect:x.example", PERMERROR },
	{ "v=spf1 +all a:b\xc3\xbc.example", PERMERROR },
	{ "v=spf1 +all ip4:192.0.2.1/33", PERMERROR },
	{ "v=spf1 ip4:192.0.2.1 -all", PASS, .term = "ip4:192.0.2.1" },
	{ "v=spf1 +ip4:192.0.2.1 -all", PASS },
	{ "v=spf1 -ip4:192.0.2.1 +all", FAIL },
	{ "v=spf1 ~ip4:192.0.2.1 +all", SOFTFAIL },
	{ "v=spf1 ?ip4:192.0.2.1 +all", NEUTRAL },
	{ "v=spf1 ip4:192.0.2.2", NEUTRAL, .term = "" },
	{ "v=spf1 -all +all", FAIL },
	{ "v=spf1 all -all", PASS },
	{ "v=spf1 -all a:servfail.example.com", FAIL },
	{ "v=spf1 ip4:192.0.2.1 a:servfail.example.com -all", PASS },
	{ "v=spf1 moo=cow ip4=192.0.2.1 x= -all", FAIL },
	{ "v=spf1 moo.cow-far_out=man:dog/cat ip4:192.0.2.1 -all", PASS },
	{ "v=spf1 default=pass", NEUTRAL },
	{ "v=spf1  ip4:192.0.2.1   -all ", PASS },
};

/* 5.1 and 5.6 */
static const struct spf_case addresses[] = {
	{ "v=spf1 ip4:192.0.2.0/24 -all", PASS },
	{ "v=spf1 ip4:192.0.2.77/24 -all", PASS },
	{ "v=spf1 ip4:192.0.3.0/24 -all", FAIL },
	{ "v=spf1 ip4:192.0.2.0/32 -all", FAIL },
	{ "v=spf1 ip4:192.0.2.0 -all", FAIL },
	{ "v=spf1 ip4:10.0.0.0/0 -all", PASS },
	{ "v=spf1 ip4:192.0.2.0/31 -all", PASS },
	{ "v=spf1 ip4:0.0.0.0/0 -all", .ip = "2001:db8::1", FAIL },
	{ "v=spf1 ip6:::/0 -all", FAIL },
	{ "v=spf1 ip6:::/0 -all", .ip = "2001:db8::1", PASS },
	{ "v=spf1 ip6:2001:db8::/32 -all", .ip = "2001:db8:1::1", PASS },
	{ "v=spf1 ip6:2001:db8::/33 -all", .ip = "2001:db8:8000::1", FAIL },
	{ "v=spf1 ip6:2001:db8::1 -all", .ip = "2001:db8::1", PASS },
	{ "v=spf1 ip6:2001:db8::1/127 -all", .ip = "2001:db8::", PASS },
	{ "v=spf1 ip6:2001:db8::1 -all", .ip = "2001:db8::2", FAIL },
	/* 5: an IPv4 client on an IPv4-mapped address is an IPv4 client */
	{ "v=spf1 ip4:192.0.2.1 -all", .ip = "::ffff:192.0.2.1", PASS },
	{ "v=spf1 ip6:::ffff:192.0.2.1 -all", .ip = "::ffff:192.0.2.1", FAIL },
	{ "v=spf1 ip6:::/0 -all", .ip = "::ffff:192.0.2.1", FAIL },
	{ "v=spf1 a -all", .ip = "::ffff:192.0.2.1", .zone = "@ A 192.0.2.1",
	    PASS },
};

#define HOSTS                                                                  \
	"@ A 192.0.2.10\n@ A 192.0.2.11\n"                                     \
	"v4 A 192.0.2.1\nv6 AAAA 2001:db8::1\n"                                \
	"both A 192.0.2.1\nboth AAAA 2001:db8::1\n"                            \
	"alias CNAME v4\nalias2 CNAME alias\ndangling CNAME nowhere\n"         \
	"loop1 CNAME loop2\nloop2 CNAME loop1\n"                               \
	"txt TXT \"x\"\n"

/* 5.3 */
static const struct spf_case mechanism_a[] = {
	{ "v=spf1 a -all", .zone = HOSTS, .ip = "192.0.2.10", PASS,
	    .lookups = 1 },
	{ "v=spf1 a -all", .zone = HOSTS, .ip = "192.0.2.11", PASS },
	{ "v=spf1 a -all", .zone = HOSTS, FAIL },
	{ "v=spf1 a/28 -all", .zone = HOSTS, PASS },
	{ "v=spf1 a/29 -all", .zone = HOSTS, FAIL },
	{ "v=spf1 a//0 -all", .zone = HOSTS, FAIL },
	{ "v=spf1 a/0 -all", .zone = HOSTS, .ip = "203.0.113.1", PASS },
	{ "v=spf1 a/0 -all", .zone = HOSTS, .ip = "2001:db8::1", FAIL,
	    .voids = 1 },
	{ "v=spf1 a:v6/0 -all", .zone = HOSTS, PERMERROR },
	{ "v=spf1 a:v6.example.com/0 -all", .zone = HOSTS, FAIL, .voids = 1 },
	{ "v=spf1 a:v6.example.com -all", .zone = HOSTS, .ip = "2001:db8::1",
	    PASS },
	{ "v=spf1 a:v6.example.com//32 -all", .zone = HOSTS,
	    .ip = "2001:db8:1::", PASS },
	{ "v=spf1 a:v6.example.com/0//128 -all", .zone = HOSTS,
	    .ip = "2001:db8:1::", FAIL },
	{ "v=spf1 a:both.example.com//0 -all", .zone = HOSTS, .ip = "::1",
	    PASS },
	{ "v=spf1 a:v4.example.com -all", .zone = HOSTS, PASS },
	{ "v=spf1 a:v4.example.com. -all", .zone = HOSTS, PASS },
	{ "v=spf1 a:V4.EXAMPLE.COM -all", .zone = HOSTS, PASS },
	{ "v=spf1 a:alias2.example.com -all", .zone = HOSTS, PASS },
	{ "v=spf1 a:dangling.example.com -all", .zone = HOSTS, FAIL,
	    .voids = 1 },
	{ "v=spf1 a:nowhere.example.com/0 -all", .zone = HOSTS, FAIL,
	    .voids = 1 },
	{ "v=spf1 a:txt.example.com -all", .zone = HOSTS, FAIL, .voids = 1 },
	{ "v=spf1 a:servfail.example.com -all", .zone = HOSTS, TEMPERROR,
	    .term = "a:servfail.example.com" },
	{ "v=spf1 a:silent.example.com -all", .zone = HOSTS, TEMPERROR },
	{ "v=spf1 ?a:foo:bar/baz.example.com ~all",
	    .zone = "foo:bar/baz A 192.0.2.1", NEUTRAL },
	/* 4.8: a name that cannot be one does not match, and is not asked */
	{ "v=spf1 a:x..example.com -all", FAIL, .lookups = 1 },
	{ "v=spf1 a:.example.com -all", FAIL },
	{ "v=spf1 a:" LABEL63 "4.example.com -all", FAIL },
	{ "v=spf1 a:%{h} -all", .helo = "", FAIL },
	{ "v=spf1 a:%{h} -all", .helo = ".", FAIL },
	{ "v=spf1 a:%{H} -all", .helo = "JUMPIN' JUPITER", FAIL },
	{ "v=spf1 a:%{h} -all", .helo = "[192.0.2.1]", FAIL },
	{ "v=spf1 a:%{h} -all", .helo = "OEMCOMPUTER", FAIL, .voids = 1 },
};

#define MAIL                                                                   \
	"@ MX 10 one\n@ MX 20 two\n@ A 192.0.2.1\n"                            \
	"one A 192.0.2.129\ntwo A 192.0.2.130\ntwo AAAA 2001:db8::2\n"         \
	"implicit A 192.0.2.1\nnull MX 0 .\n"                                  \
	"late MX 20 servfail\nlate MX 10 one\n"                                \
	"early MX 20 one\nearly MX 10 servfail\n"                              \
	"dangling MX 5 nowhere\ndangling MX 10 one\n"                          \
	"ten MX 1 h1\nten MX 2 h2\nten MX 3 h3\nten MX 4 h4\nten MX 5 h5\n"    \
	"ten MX 6 h6\nten MX 7 h7\nten MX 8 h8\nten MX 9 h9\nten MX 10 one\n"  \
	"elf MX 1 one\nelf MX 2 one\nelf MX 3 one\nelf MX 4 one\n"             \
	"elf MX 5 one\nelf MX 6 one\nelf MX 7 one\nelf MX 8 one\n"             \
	"elf MX 9 one\nelf MX 10 one\nelf MX 11 one\n"

/* 5.4 */
static const struct spf_case mechanism_mx[] = {
	{ "v=spf1 mx -all", .zone = MAIL, .ip = "192.0.2.129", PASS,
	    .lookups = 1 },
	{ "v=spf1 mx -all", .zone = MAIL, .ip = "192.0.2.130", PASS },
	{ "v=spf1 mx -all", .zone = MAIL, .ip = "192.0.2.131", FAIL },
	{ "v=spf1 mx/30 -all", .zone = MAIL, .ip = "192.0.2.131", PASS },
	{ "v=spf1 mx -all", .zone = MAIL, .ip = "2001:db8::2", PASS },
	{ "v=spf1 mx//0 -all", .zone = MAIL, .ip = "::5", PASS },
	{ "v=spf1 mx/0 -all", .zone = MAIL, .ip = "::5", FAIL },
	{ "v=spf1 mx -all", .zone = MAIL, FAIL },
	{ "v=spf1 mx:implicit.example.com -all", .zone = MAIL, FAIL,
	    .voids = 1 },
	{ "v=spf1 mx:nowhere.example.com -all", .zone = MAIL, FAIL,
	    .voids = 1 },
	{ "v=spf1 mx:null.example.com/0 -all", .zone = MAIL, FAIL },
	{ "v=spf1 mx:servfail.example.com -all", .zone = MAIL, TEMPERROR },
	{ "v=spf1 mx:late.example.com -all", .zone = MAIL, .ip = "192.0.2.129",
	    PASS },
	{ "v=spf1 mx:late.example.com -all", .zone = MAIL, TEMPERROR },
	{ "v=spf1 mx:early.example.com -all", .zone = MAIL, .ip = "192.0.2.129",
	    TEMPERROR },
	{ "v=spf1 mx:dangling.example.com -all", .zone = MAIL,
	    .ip = "192.0.2.129", PASS },
	{ "v=spf1 mx:ten.example.com -all", .zone = MAIL, .ip = "192.0.2.129",
	    PASS, .lookups = 1 },
	{ "v=spf1 mx:elf.example.com -all", .zone = MAIL, .ip = "192.0.2.129",
	    PERMERROR },
	{ "v=spf1 mx:x..example.com -all", .zone = MAIL, FAIL },
};

#define NAMES                                                                  \
	"1.2.0.192.in-addr.arpa. PTR amy.example.com.\n"                       \
	"amy A 192.0.2.1\n"                                                    \
	"2.2.0.192.in-addr.arpa. PTR rogue.example.com.\n"                     \
	"rogue A 192.0.2.99\n"                                                 \
	"3.2.0.192.in-addr.arpa. PTR Mail.BAD-Example.com.\n"                  \
	"mail.bad-example.com. A 192.0.2.3\n"                                  \
	"4.2.0.192.in-addr.arpa. PTR example.com.\n@ A 192.0.2.4\n"            \
	"5.2.0.192.in-addr.arpa. PTR servfail.example.com.\n"                  \
	"5.2.0.192.in-addr.arpa. PTR five.example.com.\nfive A 192.0.2.5\n"    \
	"7.2.0.192.in-addr.arpa. PTR loop.example.com.\nloop CNAME loop\n"     \
	"1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2"      \
	".ip6.arpa. PTR six.example.com.\nsix AAAA 2001:db8::1\n"              \
	"8.2.0.192.in-addr.arpa. CNAME 8.example.com.\n"                       \
	"8 PTR amy8.example.com.\namy8 A 192.0.2.8\n"

/* 5.5 */
static const struct spf_case mechanism_ptr[] = {
	{ "v=spf1 ptr -all", .zone = NAMES, PASS, .lookups = 1 },
	{ "v=spf1 ptr:example.com -all", .zone = NAMES, PASS },
	{ "v=spf1 ptr:amy.example.com -all", .zone = NAMES, PASS },
	{ "v=spf1 ptr:AMY.Example.com -all", .zone = NAMES, PASS },
	{ "v=spf1 ptr:x.amy.example.com -all", .zone = NAMES, FAIL },
	{ "v=spf1 ptr:example.org -all", .zone = NAMES, FAIL },
	{ "v=spf1 ptr -all", .zone = NAMES, .ip = "192.0.2.2", FAIL },
	{ "v=spf1 ptr -all", .zone = NAMES, .ip = "192.0.2.3", FAIL },
	{ "v=spf1 ptr:bad-example.com -all", .zone = NAMES, .ip = "192.0.2.3",
	    PASS },
	{ "v=spf1 ptr -all", .zone = NAMES, .ip = "192.0.2.4", PASS },
	{ "v=spf1 ptr -all", .zone = NAMES, .ip = "192.0.2.5", PASS },
	{ "v=spf1 ptr -all", .zone = NAMES, .ip = "192.0.2.7", FAIL },
	{ "v=spf1 ptr -all", .zone = NAMES, .ip = "192.0.2.8", PASS },
	{ "v=spf1 ptr -all", .zone = NAMES, .ip = "2001:db8::1", PASS },
	{ "v=spf1 ptr -all", .zone = NAMES, .ip = "2001:db8::2", FAIL,
	    .voids = 1 },
	{ "v=spf1 ptr -all", .zone = NAMES, .ip = "192.0.2.6", FAIL,
	    .voids = 1 },
};

/* 5.7 */
static const struct spf_case mechanism_exists[] = {
	{ "v=spf1 exists:v4.example.com -all", .zone = HOSTS,
	    .ip = "203.0.113.1", PASS, .lookups = 1 },
	{ "v=spf1 exists:v4.example.com -all", .zone = HOSTS, .ip = "::1",
	    PASS },
	{ "v=spf1 exists:v6.example.com -all", .zone = HOSTS,
	    .ip = "2001:db8::1", FAIL, .voids = 1 },
	{ "v=spf1 exists:alias.example.com -all", .zone = HOSTS, PASS },
	{ "v=spf1 exists:nowhere.example.com -all", .zone = HOSTS, FAIL,
	    .voids = 1 },
	{ "v=spf1 exists:servfail.example.com -all", .zone = HOSTS, TEMPERROR },
	{ "v=spf1 exists:silent.example.com -all", .zone = HOSTS, TEMPERROR },
};

#define OTHERS                                                                 \
	"pass TXT \"v=spf1 ip4:192.0.2.1 -all\"\n"                             \
	"fail TXT \"v=spf1 -all exp=why.example.com\"\n"                       \
	"softfail TXT \"v=spf1 ~all\"\nneutral TXT \"v=spf1 ?all\"\n"          \
	"nothing TXT \"v=spf1\"\n"                                             \
	"broken TXT \"v=spf1 ip4:192.0.2.1 moo\"\n"                            \
	"two TXT \"v=spf1 +all\"\ntwo TXT \"v=spf1 -all\"\n"                   \
	"none TXT \"hello\"\nnodata A 192.0.2.1\n"                             \
	"temp TXT \"v=spf1 a:servfail.example.com -all\"\n"                    \
	"a TXT \"v=spf1 a -all\"\na A 192.0.2.1\n"                             \
	"deep TXT \"v=spf1 include:a.example.com -all\"\n"                     \
	"on TXT \"v=spf1 redirect=a.example.com\"\n"                           \
	"why TXT \"because\"\n"                                                \
	"alias CNAME pass\n"

/* 5.2 */
static const struct spf_case mechanism_include[] = {
	{ "v=spf1 include:pass.example.com -all", .zone = OTHERS, PASS,
	    .term = "include:pass.example.com", .lookups = 1 },
	{ "v=spf1 -include:pass.example.com +all", .zone = OTHERS, FAIL },
	{ "v=spf1 ~include:pass.example.com +all", .zone = OTHERS, SOFTFAIL },
	{ "v=spf1 ?include:pass.example.com -all", .zone = OTHERS, NEUTRAL },
	{ "v=spf1 include:fail.example.com ~all", .zone = OTHERS, SOFTFAIL,
	    .term = "~all" },
	{ "v=spf1 include:softfail.example.com -all", .zone = OTHERS, FAIL },
	{ "v=spf1 include:neutral.example.com -all", .zone = OTHERS, FAIL },
	{ "v=spf1 include:nothing.example.com -all", .zone = OTHERS, FAIL },
	{ "v=spf1 include:temp.example.com +all", .zone = OTHERS, TEMPERROR,
	    .term = "a:servfail.example.com" },
	{ "v=spf1 include:servfail.example.com +all", .zone = OTHERS, TEMPERROR,
	    .term = "include:servfail.example.com" },
	{ "v=spf1 include:silent.example.com +all", .zone = OTHERS, TEMPERROR },
	{ "v=spf1 include:broken.example.com +all", .zone = OTHERS, PERMERROR,
	    .term = "moo" },
	{ "v=spf1 include:two.example.com +all", .zone = OTHERS, PERMERROR },
	{ "v=spf1 include:none.example.com +all", .zone = OTHERS, PERMERROR,
	    .term = "include:none.example.com" },
	{ "v=spf1 include:nodata.example.com +all", .zone = OTHERS, PERMERROR },
	{ "v=spf1 include:nowhere.example.com +all", .zone = OTHERS,
	    PERMERROR },
	{ "v=spf1 include:x..example.com +all", .zone = OTHERS, PERMERROR },
	{ "v=spf1 include:%{h} +all", .helo = "single", PERMERROR },
	{ "v=spf1 include:%{h} +all", .helo = "[192.0.2.1]", PERMERROR },
	{ "v=spf1 include:alias.example.com -all", .zone = OTHERS, PASS },
	{ "v=spf1 include:a.example.com -all", .zone = OTHERS, PASS,
	    .lookups = 2 },
	{ "v=spf1 include:deep.example.com -all", .zone = OTHERS, PASS,
	    .lookups = 3 },
	{ "v=spf1 include:on.example.com -all", .zone = OTHERS, PASS,
	    .lookups = 3 },
	{ "v=spf1 include:fail.example.com include:pass.example.com -all",
	    .zone = OTHERS, PASS, .lookups = 2 },
};

/* 6.1 */
static const struct spf_case modifier_redirect[] = {
	{ "v=spf1 redirect=pass.example.com", .zone = OTHERS, PASS,
	    .term = "ip4:192.0.2.1", .lookups = 1 },
	{ "v=spf1 redirect=softfail.example.com", .zone = OTHERS, SOFTFAIL },
	{ "v=spf1 redirect=neutral.example.com", .zone = OTHERS, NEUTRAL },
	{ "v=spf1 redirect=nothing.example.com", .zone = OTHERS, NEUTRAL },
	{ "v=spf1 redirect=temp.example.com", .zone = OTHERS, TEMPERROR },
	{ "v=spf1 redirect=servfail.example.com", .zone = OTHERS, TEMPERROR },
	{ "v=spf1 redirect=broken.example.com", .zone = OTHERS, PERMERROR },
	{ "v=spf1 redirect=two.example.com", .zone = OTHERS, PERMERROR },
	{ "v=spf1 redirect=none.example.com", .zone = OTHERS, PERMERROR,
	    .term = "redirect=none.example.com" },
	{ "v=spf1 redirect=nowhere.example.com", .zone = OTHERS, PERMERROR },
	{ "v=spf1 redirect=x..example.com", .zone = OTHERS, PERMERROR },
	{ "v=spf1 redirect=%{h}", .helo = "single", PERMERROR },
	{ "v=spf1 redirect=a.example.com", .zone = OTHERS, PASS, .lookups = 2 },
	{ "v=spf1 redirect=on.example.com", .zone = OTHERS, PASS,
	    .lookups = 3 },
	{ "v=spf1 redirect=pass.example.com ip4:192.0.2.1", .zone = OTHERS,
	    PASS, .term = "ip4:192.0.2.1" },
	{ "v=spf1 redirect=softfail.example.com ?ip4:192.0.2.1", .zone = OTHERS,
	    NEUTRAL },
	{ "v=spf1 redirect=pass.example.com -all", .zone = OTHERS, FAIL },
	{ "v=spf1 -all redirect=broken.example.com", .zone = OTHERS, FAIL },
	{ "v=spf1 ~ip4:192.0.2.2 redirect=pass.example.com.", .zone = OTHERS,
	    PASS },
};

#define WHYS                                                                   \
	"why TXT \"because\"\nwhy2 TXT \"be\" \"cause\" \" so\"\n"             \
	"whys TXT \"one\"\nwhys TXT \"two\"\nempty TXT \"\"\n"                 \
	"bad TXT \"100%\"\nbad2 TXT \"%{x}\"\nutf TXT \"b\\195\\188\"\n"       \
	"tab TXT \"a\\009b\"\nalias CNAME why\nl TXT \"%{l} %{d} %%%_%-.\"\n"  \
	"crt TXT \"%{c} %{r} %{t} %{C}\"\n"                                    \
	"fail TXT \"v=spf1 -all exp=why2.example.com\"\n"                      \
	"plain TXT \"v=spf1 -all\"\n"                                          \
	"in TXT \"v=spf1 ip4:192.0.2.1 exp=why2.example.com\"\n"

/* 6.2 */
static const struct spf_case modifier_exp[] = {
	{ "v=spf1 -all exp=why.example.com", .zone = WHYS, FAIL,
	    .explanation = "because" },
	{ "v=spf1 exp=why2.example.com. -all", .zone = WHYS, FAIL,
	    .explanation = "because so" },
	{ "v=spf1 exp=alias.example.com -all", .zone = WHYS, FAIL,
	    .explanation = "because" },
	{ "v=spf1 -ip4:192.0.2.1 exp=why.example.com", .zone = WHYS, FAIL,
	    .explanation = "because" },
	{ "v=spf1 +all exp=why.example.com", .zone = WHYS, PASS },
	{ "v=spf1 ~all exp=why.example.com", .zone = WHYS, SOFTFAIL },
	{ "v=spf1 ?all exp=why.example.com", .zone = WHYS, NEUTRAL },
	{ "v=spf1 exp=why.example.com", .zone = WHYS, NEUTRAL },
	{ "v=spf1 -all exp=whys.example.com", .zone = WHYS, FAIL },
	{ "v=spf1 -all exp=nowhere.example.com", .zone = WHYS, FAIL },
	{ "v=spf1 -all exp=x..example.com", .zone = WHYS, FAIL },
	{ "v=spf1 -all exp=servfail.example.com", .zone = WHYS, FAIL },
	{ "v=spf1 -all exp=silent.example.com", .zone = WHYS, FAIL },
	{ "v=spf1 -all exp=bad.example.com", .zone = WHYS, FAIL },
	{ "v=spf1 -all exp=bad2.example.com", .zone = WHYS, FAIL },
	{ "v=spf1 -all exp=utf.example.com", .zone = WHYS, FAIL },
	{ "v=spf1 -all exp=tab.example.com", .zone = WHYS, FAIL },
	{ "v=spf1 -all exp=empty.example.com", .zone = WHYS, FAIL,
	    .explanation = "" },
	{ "v=spf1 -all exp=l.%{d}", .zone = WHYS, .sender = "@example.net",
	    FAIL, .explanation = "postmaster example.com % %20." },
	{ "v=spf1 -all exp=l.%{d}", .zone = WHYS, .sender = "b\xc3\xbc@x.org",
	    FAIL },
	{ "v=spf1 -all exp=crt.%{d}", .zone = WHYS, FAIL,
	    .explanation = "192.0.2.1 unknown 1700000000 192.0.2.1" },
	{ "v=spf1 -all exp=crt.%{d}", .zone = WHYS, .ip = "2001:DB8:0::1", FAIL,
	    .explanation = "2001:db8::1 unknown 1700000000 2001%3Adb8%3A%3A1" },
	{ "v=spf1 include:fail.example.com -all", .zone = WHYS, FAIL },
	{ "v=spf1 -include:in.example.com exp=why.example.com", .zone = WHYS,
	    FAIL, .explanation = "because" },
	{ "v=spf1 -include:in.example.com", .zone = WHYS, FAIL },
	{ "v=spf1 redirect=fail.example.com exp=why.example.com", .zone = WHYS,
	    FAIL, .explanation = "because so" },
	{ "v=spf1 redirect=plain.example.com exp=why.example.com", .zone = WHYS,
	    FAIL },
	{ "v=spf1 include:fail.example.com redirect=fail.example.com",
	    .zone = WHYS, FAIL, .explanation = "because so" },
};

#define TRY(name)                                                              \
	static void test_##name(void **state)                                  \
	{                                                                      \
		(void)state;                                                   \
		spf_world_try(name, COUNT(name));                              \
	}
TRY(selection)
TRY(evaluation)
TRY(addresses)
TRY(mechanism_a)
TRY(mechanism_mx)
TRY(mechanism_ptr)
TRY(mechanism_exists)
TRY(mechanism_include)
TRY(modifier_redirect)
TRY(modifier_exp)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_selection),
		cmocka_unit_test(test_evaluation),
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_mechanism_a),
		cmocka_unit_test(test_mechanism_mx),
		cmocka_unit_test(test_mechanism_ptr),
		cmocka_unit_test(test_mechanism_exists),
		cmocka_unit_test(test_mechanism_include),
		cmocka_unit_test(test_modifier_redirect),
		cmocka_unit_test(test_modifier_exp),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
