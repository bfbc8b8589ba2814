#!/bin/sh
# tests/layers.sh finds what it is for: one rule broken at a time, in a house
# of a few files.

here=$(cd "$(dirname "$0")/.." && pwd)
house=$(mktemp -d) || exit 1
trap 'rm -rf "$house"' EXIT
n=0 failures=0

build() {
	rm -rf "$house"/*
	mkdir -p "$house/ui" "$house/wizard" "$house/checks/base" \
	    "$house/assets"
	echo '#include "../wizard/plan.h"' > "$house/ui/main.c"
	echo '#include "../checks/run.h"' > "$house/wizard/plan.c"
	printf '#include "base/str.h"\n/* poll() is in run.c */\n' \
	    > "$house/checks/spf_parse.c"
	echo '#include <ares.h>' > "$house/checks/dns_ares.c"
	echo 'int x = poll(NULL, 0, 1);' > "$house/checks/run.c"
	echo 'const char *say = "printf(x)"; /* getaddrinfo() */' \
	    > "$house/checks/text.c"
	echo '#include "str.h"' > "$house/checks/base/str.c"
}

result() {	# result 0|1 DESCRIPTION
	n=$((n + 1))
	if [ "$1" = 0 ]; then
		echo "ok $n - $2"
	else
		failures=1
		echo "not ok $n - $2"
	fi
}

catches() {	# catches FILE LINE PHRASE
	build
	mkdir -p "$(dirname "$house/$1")"
	printf '/* one */\n%s\n' "$2" > "$house/$1"
	out=$(sh "$here/layers.sh" "$house")
	status=$?
	case $out in
	*"$1:2:$2"*"$3"*) found=0 ;;
	*) found=1; echo "# said: $out" ;;
	esac
	[ $status = 1 ] || found=1
	result $found "$1: $2"
}

build
out=$(sh "$here/layers.sh" "$house")
result $? "a house in order"
[ -z "$out" ]
result $? "nothing is said about it"

catches checks/a.c '#include "../wizard/plan.h"' 'may not include'
catches checks/a.c '#include "../ui/term.h"' 'may not include'
catches wizard/a.c '#  include "../ui/term.h"' 'may not include'
catches checks/base/a.c '#include "../run.h"' 'may not include'
catches assets/a.c '#include "../checks/run.h"' 'may not include'
catches ui/a.c '#include <ares.h>' 'the door is'
catches checks/spf_check.c '#include <ldns/ldns.h>' 'the door is'
catches checks/net.c '#include <openssl/ssl.h>' 'the door is'
catches checks/a.c '#include <jansson.h>' 'the door is'
catches ui/options.c '#include <idn2.h>' 'the door is'
catches wizard/a.c '#include <curses.h>' 'the door is'
catches checks/run.c '#include <pthread.h>' 'the door is'
catches checks/dns_ares.h '#include <ares.h>' 'no header of ours'
catches checks/spf_parse.c '#include "dns.h"' 'asks nobody'
catches checks/spf_print.c '#include "net.h"' 'asks nobody'
catches checks/dkim_canon.c '#include "dns_ares.h"' 'asks nobody'
catches wizard/a.c '	puts(x);' 'never print'
catches wizard/a.c '	fputs(x, stderr);' 'never print'
catches checks/a.c '	fprintf(stderr, x);' 'never print'
catches ui/a.c '	getaddrinfo(a, b, c, d);' 'through dns.h'
catches checks/net.c '	n = poll(fds, 1, -1);' 'only place that waits'
catches wizard/a.c '	select(1, a, b, c, d);' 'only place that waits'
catches ui/a.c '	pthread_create(a, b, c, d);' "threads are"
catches ui/a.c '	n = sprintf(a, b);' 'no limit'

build
yes 'int x;' | head -n 601 > "$house/ui/long.c"
sh "$here/layers.sh" "$house" | grep -q 'ui/long.c:601:.*over 600'
result $? "a file of 601 lines"
{ echo 'const int x[] = {'; yes '	1,' | head -n 700; echo '};'; } \
    > "$house/ui/long.c"
sh "$here/layers.sh" "$house"
result $? "but not a table of 700"

echo "1..$n"
exit $failures
