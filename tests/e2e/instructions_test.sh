#!/bin/sh
# One SPF evaluation of seven questions in a fresh process stays under three
# million instructions.  Counted, not timed: the same on a busy machine.

command -v valgrind > /dev/null || {
	echo "valgrind is not here"
	exit 77
}
exec tests/bench/run "${MAILWIZARD:-./mailwizard}" --instructions
