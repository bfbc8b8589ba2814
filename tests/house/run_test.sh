#!/bin/sh
# tests/run counts what its programs say, and what they do not say.

here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
n=0 failures=0

# says LINE STATUS SCRIPT...: the closing line and the exit status of a run.
says() {
	n=$((n + 1))
	want=$1 want_status=$2
	shift 2
	set_of=
	for script; do
		printf '#!/bin/sh\n%b\n' "$script" > "$work/t$n-$#.sh"
		chmod +x "$work/t$n-$#.sh"
		set_of="$set_of $work/t$n-$#.sh"
		shift
	done
	out=$("$here/run" "$work/results" $set_of)
	status=$?
	if [ "$(echo "$out" | tail -n 1)" = "$want" ] &&
	    [ $status = "$want_status" ]; then
		echo "ok $n - $want"
	else
		failures=1
		echo "$out" | sed 's/^/# /'
		echo "not ok $n - $want"
	fi
}

SKIP_IS_FAILURE=
says "2 passed, 0 failed, 0 skipped" 0 'echo 1..2; echo ok 1 - a; echo ok 2 - b'
says "1 passed, 1 failed, 0 skipped" 1 'echo 1..2; echo ok 1 - a; echo not ok 2 - b'
says "1 passed, 0 failed, 1 skipped" 0 \
    'echo 1..2; echo ok 1 - a; echo "not ok 2 # SKIP b"'
says "1 passed, 1 failed, 0 skipped" 1 'echo 1..3; echo ok 1 - a; kill -SEGV $$'
says "2 passed, 1 failed, 0 skipped" 1 \
    'echo 1..2; echo ok 1 - a; echo ok 2 - b; exit 23'
says "1 passed, 0 failed, 0 skipped" 0 'true'
says "0 passed, 1 failed, 0 skipped" 1 'false'
says "1 passed, 0 failed, 1 skipped" 0 'echo no server; exit 77' true
says "1 passed, 1 failed, 0 skipped" 1 'exit 1' 'exit 0'
says "0 passed, 0 failed, 1 skipped" 1 'exit 77'
SKIP_IS_FAILURE=1
export SKIP_IS_FAILURE
says "1 passed, 0 failed, 1 skipped" 1 'exit 77' true
TEST_LIMIT=1
export TEST_LIMIT
says "0 passed, 1 failed, 0 skipped" 1 'exec sleep 20'

echo "1..$n"
exit $failures
