#!/bin/sh
# The manual and --help name the same options, and the manual can be read.

program=${MAILWIZARD:-./mailwizard}
manual=assets/mailwizard.1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failures=0

result() {	# result NUMBER STATUS DESCRIPTION
	if [ "$2" = 0 ]; then
		echo "ok $1 - $3"
	else
		failures=1
		echo "not ok $1 - $3"
	fi
}

echo 1..4
commands=$("$program" --help | sed -n 's/^  mailwizard \([a-z]*\) .*/\1/p')
for command in "" $commands; do
	"$program" $command --help
done | sed -n 's/^ *\(-[a-zA-Z], \)\{0,1\}--\([a-z-]*\).*/\2/p' |
    sort -u > "$work/help"
sed -n 's/^\.It .*Fl -\([a-z-]*\).*/\1/p' "$manual" | sort -u > "$work/manual"

[ "$(wc -l < "$work/help")" -gt 15 ]
result 1 $? "--help lists options"
diff "$work/help" "$work/manual" | sed 's/^/# /'
cmp -s "$work/help" "$work/manual"
result 2 $? "the same options in both"
for command in $commands; do
	grep -q "^\.Cm $command\$" "$manual" || echo "$command"
done > "$work/lacking"
[ -n "$commands" ] && [ ! -s "$work/lacking" ]
result 4 $? "every command is in the manual"
if command -v groff > /dev/null; then
	groff -mdoc -Tascii -ww "$manual" 2> "$work/errors" > /dev/null
	[ ! -s "$work/errors" ]
	result 3 $? "groff has nothing to say"
else
	result 3 0 "no groff here to ask"
fi
exit $failures
