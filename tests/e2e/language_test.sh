#!/bin/sh
# --lang speaks another language, and changes nothing that programs read.

program=${MAILWIZARD:-./mailwizard}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failures=0
MAILWIZARD_LOCALE=$PWD/${B:-build}/locale
export MAILWIZARD_LOCALE

result() {	# result NUMBER STATUS DESCRIPTION
	if [ "$2" = 0 ]; then
		echo "ok $1 - $3"
	else
		failures=1
		echo "not ok $1 - $3"
	fi
}

cat > "$work/zone" <<'END'
$ORIGIN example.org.
@ MX 10 mail
mail A 198.51.100.25
@ TXT "v=spf1 mx +all"
END
check() {	# check LOCALE OPTION...
	locale=$1
	shift
	LC_ALL=$locale "$program" check example.org --only spf --offline \
	    --zone "$work/zone" "$@"
}

echo 1..6
check C > "$work/en"
check C --lang pl > "$work/pl"
grep -q 'FAIL .*dowolnemu\|FAIL .*każd\|FAIL .*wszystk' "$work/pl"
result 1 $? "Polish, also where the locale is C"
cut -d' ' -f1 "$work/en" | grep -E '^(OK|NOTE|WARN|FAIL)$' > "$work/en.levels"
cut -d' ' -f1 "$work/pl" | grep -E '^(OK|NOTE|WARN|FAIL)$' |
    cmp -s - "$work/en.levels"
result 2 $? "the levels stay"
check C --lang xx | tail -n +2 > "$work/xx"
tail -n +2 "$work/en" | cmp -s - "$work/xx"
result 3 $? "a language that is not there is English"
keys='s/"\(title\|text\|fix\|checked_at\)": "[^"]*\(\\"[^"]*\)*"//g'
check C --json | sed "$keys" > "$work/en.json"
check C.UTF-8 --lang pl --json | sed "$keys" | cmp -s - "$work/en.json"
result 4 $? "ids, severities, records and places stay in JSON"
for help in "" check spf verify records; do
	"$program" $help --help --lang pl > "$work/help" || echo "$help"
	grep -q '^ *--lang' "$work/help" || echo "$help"
done > "$work/lacking"
[ ! -s "$work/lacking" ]
result 5 $? "--help in Polish names the options"
untranslated=0 total=0
for po in assets/po/*.po; do
	total=$(grep -c '^msgid ' "$po")
	untranslated=$(msgattrib --untranslated "$po" | grep -c '^msgid ')
done
[ "$total" -gt 1000 ] && [ $((untranslated * 4)) -lt "$total" ]
result 6 $? "most texts are translated"
exit $failures
