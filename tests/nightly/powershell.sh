#!/bin/sh
# Every PowerShell that is written is read by a real grammar of it, and hostile
# values do not change what it is made of.  By night, since the grammar comes
# by npm: packages tree-sitter and tree-sitter-powershell, compiled here.

scripts=${SCRIPTS:-build/tests/nightly/powershell_scripts}
for tool in npm cc; do
	command -v $tool > /dev/null || {
		echo "1..0 # SKIP $tool is not there"
		exit 0
	}
done
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

fetch() {	# fetch PACKAGE
	mkdir "$work/$1" && (cd "$work/$1" &&
	    npm pack --silent "$1" > /dev/null 2>&1 && tar xzf ./*.tgz)
}
if ! fetch tree-sitter || ! fetch tree-sitter-powershell; then
	echo "1..0 # SKIP npm does not give tree-sitter-powershell"
	exit 0
fi
core=$work/tree-sitter/package/vendor/tree-sitter/lib
grammar=$work/tree-sitter-powershell/package/src
cc -w -I "$core/include" -I "$core/src" -I "$grammar" -o "$work/parse" \
    tests/nightly/powershell/parse.c "$core/src/lib.c" "$grammar/parser.c" \
    "$grammar/scanner.c" || exit 1
mkdir "$work/scripts" && "$scripts" "$work/scripts" || exit 1

echo 1..3
status=0
verdict() {	# verdict NUMBER WHAT: ok when nothing was noted
	if [ -s "$work/bad" ]; then
		sed 's/^/# /; 20q' "$work/bad"
		echo "not ok $1 - $2"
		status=1
	else
		echo "ok $1 - $2"
	fi
}

# The grammar knows no digit in the name of a parameter, no list of bare words,
# and no script that is all comment.
parse() {
	{
		sed 's/ -X509CertificateName / -CertificateName /
		     s/ -Services POP,IMAP,SMTP/ -Services POP/' "$1"
		echo Get-Date
	} | "$work/parse"
}

n=0
: > "$work/bad"
for script in "$work"/scripts/*.ps1; do
	n=$((n + 1))
	parse "$script" > "$script.tree" 2> "$work/said" ||
	    { basename "$script"; cat "$work/said"; } >> "$work/bad"
done
verdict 1 "$n scripts are PowerShell"

n=0
: > "$work/bad"
for plain in "$work"/scripts/*.plain.ps1; do
	for other in "${plain%.plain.ps1}".[0-9]*.ps1; do
		[ -e "$other" ] || continue
		n=$((n + 1))
		cmp -s "$plain.tree" "$other.tree" ||
		    basename "$other" >> "$work/bad"
	done
done
[ $n -gt 0 ] || echo "nothing was compared" >> "$work/bad"
verdict 2 "$n scripts with hostile values are made of the same"

# The two above can fail.
: > "$work/bad"
echo "Set-X -Y 'it's'" | "$work/parse" > "$work/open.tree" 2> /dev/null &&
    echo "an open string was taken" >> "$work/bad"
echo "Set-X -Y 'its'" | "$work/parse" > "$work/a.tree"
echo "Set-X -Y ''; Stop-Computer; ''" | "$work/parse" > "$work/b.tree"
cmp -s "$work/a.tree" "$work/b.tree" &&
    echo "another command was not seen" >> "$work/bad"
verdict 3 "an open quote and another command are seen"
exit $status
