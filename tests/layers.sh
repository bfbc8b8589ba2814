#!/bin/sh
# tests/layers.sh - who may include whom, and who may do what.
#
#	tests/layers.sh [FOLDER]
#
# Prints each line that looks up the stairs, opens a library through the wrong
# door, or does what its floor leaves to another; nothing when all is well.

cd "${1:-.}" || exit 2
status=0
tab=$(printf '\t')

bad() {		# bad HITS RULE: grep's "file:line:text", one a line
	[ -n "$1" ] || return 0
	echo "$1" | while IFS= read -r line; do
		echo "$line   <- $2"
	done
	status=1
}

folders() {
	for folder; do
		[ -d "$folder" ] && echo "$folder"
	done
}

# An include of ours is written "../floor/..." outside of its own floor.
deny() {	# deny FLOOR OTHER...
	floor=$1; shift
	[ -d "$floor" ] || return 0
	for other; do
		bad "$(grep -rnE "#[ $tab]*include \"([^\"]*/)?$other/" \
		    --include='*.[ch]' --include='*.inc' "$floor")" \
		    "$floor/ may not include $other/"
	done
}
deny assets ui wizard checks
deny checks/base ui wizard checks '\.\.'
deny checks ui wizard '\.\./\.\.'
deny wizard ui
for floor in $(folders assets checks wizard ui); do
	bad "$(grep -rnE "#[ $tab]*include \"([^\"]*/)?tests/" \
	    --include='*.[ch]' "$floor")" "the program does not include tests"
done

# One door for each library.
door() {	# door PATTERN FILE...
	pattern=$1; shift
	for file in $(grep -rlE "#[ $tab]*include [<\"]($pattern)" \
	    --include='*.[ch]' --include='*.inc' \
	    $(folders ui wizard checks assets)); do
		for door; do
			case $file in
			$door)	continue 2 ;;
			esac
		done
		bad "$(grep -nHE "#[ $tab]*include [<\"]($pattern)" "$file")" \
		    "the door is $*"
	done
}
door 'ares'			checks/dns_ares.c
door 'ldns/'			checks/dns_message.c checks/zone.c
door 'openssl/'			checks/tls_probe.c checks/crypto.c checks/crypto_private.c \
    checks/certificate.c checks/cert_trust.c checks/cert_chain.c
door 'jansson'			ui/json.c ui/json_saved.c
door 'idn2'			checks/domain.c
door 'n?curses|panel\.h|term\.h>'	'ui/*'
door 'pthread'			checks/pool.c

# A header of ours can be read alone: only the C library, POSIX and our own.
for file in $(find $(folders ui wizard checks assets) -name '*.h'); do
	bad "$(grep -nHE "#[ $tab]*include <(ares|ldns|openssl|jansson|idn2)" \
	    "$file")" "no header of ours includes a foreign one"
done

# What computes does not ask.
for file in $(find $(folders checks) -name '*_parse.c' -o -name '*_print.c' \
    -o -name '*_canon.c' -o -name 'cert_check.c'); do
	bad "$(grep -nHE \
	    '#[ 	]*include "([^"]*/)?(dns[a-z_]*|net|tls_probe|pool|resolver)\.h"' \
	    "$file")" "a parser or printer asks nobody"
done

# Code without its comments and strings, as grep -n would show it.
code=$(mktemp) || exit 2
trap 'rm -f "$code"' EXIT
find $(folders checks wizard ui) -name '*.[ch]' | sort | xargs awk '
	FNR == 1 { inside = 0 }
	{
		line = $0
		gsub(/"([^"\\]|\\.)*"/, "\"\"", line)
		out = ""
		while (line != "") {
			at = index(line, inside ? "*/" : "/*")
			if (!inside)
				out = out (at ? substr(line, 1, at - 1) : line)
			if (!at)
				break
			line = substr(line, at + 2)
			inside = !inside
		}
		sub(/\/\/.*/, "", out)
		if (out ~ /[^ \t]/)
			print FILENAME ":" FNR ":" out
	}' > "$code"

# Calls that a floor leaves to another.
calls() {	# calls PATTERN RULE FLOORS [FILE...]
	pattern=$1 rule=$2 floors=$3
	shift 3
	hits=$(grep -E "^($floors)/[^:]*:.*(^|[^A-Za-z0-9_.>])($pattern) *\(" \
	    "$code")
	for except; do
		hits=$(echo "$hits" | grep -v "^$except:")
	done
	bad "$hits" "$rule"
}
calls 'v?printf|puts|putchar|perror|psignal|vwarnx?|warnx?|errx?' \
    'checks/ and wizard/ never print' 'checks|wizard'
calls 'v?fprintf|fputs|fputc' 'checks/ never print' checks checks/base/arena.c
bad "$(grep -E '^(checks|wizard)/[^:]*:.*[^A-Za-z0-9_](stdout|stderr)[^A-Za-z0-9_]' \
    "$code" | grep -v '^checks/base/arena.c:')" \
    'checks/ and wizard/ never print'
calls 'getaddrinfo|gethostbyname2?|getnameinfo|res_n?query|res_n?search' \
    'names are asked through dns.h only' 'checks|wizard|ui'
calls 'p?poll|p?select|epoll_wait' 'run_poll() is the only place that waits' \
    'checks|wizard' checks/run.c checks/pool.c wizard/session.c
calls 'pthread_[a-z_]+' "threads are pool.c's" 'checks|wizard|ui' checks/pool.c
calls 'strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol' \
    'no limit, or no error' 'checks|wizard|ui'
calls 'system|popen' 'no shell' 'checks|wizard|ui'

# One file, one subject; the rows of a table do not count.
find $(folders ui wizard checks assets tests) -name '*.[ch]' | xargs awk '
	FNR == 1	{ table = 0 }
	/^}.*;$/	{ table = 0 }
	!table		{ lines[FILENAME]++ }
	/^[^ \t].*= \{$/ || /^} [a-z_]+\[.*= \{$/ { table = 1 }
	END {
		for (file in lines)
			if (lines[file] > 600)
				print file ":" lines[file] ": lines"
	}' > "$code"
bad "$(cat "$code")" "over 600 lines"

exit $status
