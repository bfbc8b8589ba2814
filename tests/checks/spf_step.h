/*
 * tests/checks/spf_step.h - the world in which the step "spf" is tested.
 */
#ifndef SPF_STEP_H
#define SPF_STEP_H

/* A world around the record: one MX that sends, and policies to include. */
#define WORLD                                                                  \
	"@ MX 10 mail\n@ A 5.9.8.1\nmail A 5.9.8.7\n"                          \
	"_spf.example.net. TXT \"v=spf1 ip4:5.10.0.0/20 -all\"\n"              \
	"two.example.net. TXT \"v=spf1 a\"\ntwo.example.net. TXT "             \
	"\"v=spf1 mx\"\n"                                                      \
	"bad.example.net. TXT \"v=spf1 ip4:5.11.0.1 ipp4:1 -all\"\n"           \
	"none.example.net. TXT \"hello\"\n"                                    \
	"back.example.net. TXT \"v=spf1 include:example.org ip4:5.12.0.1 "     \
	"-all\"\n"                                                             \
	"ring1.example.net. TXT \"v=spf1 include:ring2.example.net ~all\"\n"   \
	"ring2.example.net. TXT \"v=spf1 include:ring1.example.net ~all\"\n"   \
	"open.example.net. TXT \"v=spf1 ip4:5.16.0.0/24 +all\"\n"              \
	"not.example.net. TXT \"v=spf1 -ip4:5.17.0.1 ip4:5.17.0.0/24 -all\"\n" \
	"dead.example.net. TXT \"v=spf1 include:gone.example.net "             \
	"ip4:5.13.0.1 ~all\"\n"                                                \
	"other.example.net. TXT \"hello\"\n"                                   \
	"c4.example.net. TXT \"v=spf1 include:c1.example.net "                 \
	"include:c2.example.net include:c3.example.net ~all\"\n"               \
	"c1.example.net. TXT \"v=spf1 ip4:5.20.0.0/20 ~all\"\n"                \
	"c2.example.net. TXT \"v=spf1 ip4:5.21.0.0/20 ~all\"\n"                \
	"c3.example.net. TXT \"v=spf1 ip6:2a01:1::/32 ~all\"\n"                \
	"v.example.net. TXT \"v=spf1 a:x1.example.net a:x2.example.net "       \
	"a:x3.example.net ip4:5.14.0.1 ~all\"\n"                               \
	"big.example.net. MX 1 b1.example.net.\n"                              \
	"big.example.net. MX 1 b2.example.net.\n"                              \
	"big.example.net. MX 1 b3.example.net.\n"                              \
	"big.example.net. MX 1 b4.example.net.\n"                              \
	"big.example.net. MX 1 b5.example.net.\n"                              \
	"big.example.net. MX 1 b6.example.net.\n"                              \
	"big.example.net. MX 1 b7.example.net.\n"                              \
	"big.example.net. MX 1 b8.example.net.\n"                              \
	"big.example.net. MX 1 b9.example.net.\n"                              \
	"big.example.net. MX 1 b10.example.net.\n"                             \
	"big.example.net. MX 1 b11.example.net.\n"                             \
	"b1.example.net. A 5.15.0.1\nb2.example.net. A 5.15.0.2\n"

/* That world with a record at the domain. */
#define RECORD(text) WORLD "@ TXT \"" text "\"\n"

#endif
