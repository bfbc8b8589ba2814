#!/bin/sh
# The record is shown on a line of its own (F3), and a triple click takes it
# octet for octet: a real xterm under Xvfb, with a mouse.  By night, since it
# waits for the screen by the clock.

program=${MAILWIZARD:-./mailwizard}
for tool in Xvfb xterm xdotool xclip; do
	command -v $tool > /dev/null || {
		echo "1..0 # SKIP $tool is not there; apt install xvfb xterm xdotool xclip"
		exit 0
	}
done
work=$(mktemp -d) || exit 1
xvfb=
xterm=
# Ends what was started here, the window first.
tidy() {
	for pid in $xterm $xvfb; do
		kill "$pid" 2> /dev/null
	done
	rm -rf "$work"
}
trap tidy EXIT
trap 'exit 1' INT TERM

record="v=spf1 mx ip4:192.0.2.25 ip4:198.51.100.0/24 ip4:203.0.113.0/24"
record="$record ip6:2001:db8:1:2::25 ip6:2001:db8:3:4::/64 ~all"
cat > "$work/zone" <<END
\$ORIGIN example.org.
@ MX 10 mail
mail A 192.0.2.25
25.2.0.192.in-addr.arpa. PTR mail.example.org.
@ TXT "$record"
END

Xvfb -displayfd 3 -screen 0 800x600x24 3> "$work/display" 2> /dev/null &
xvfb=$!
for i in 1 2 3 4 5 6 7 8 9 10; do
	[ -s "$work/display" ] && break
	sleep 1
done
DISPLAY=:$(cat "$work/display")
export DISPLAY
echo "# Xvfb on $DISPLAY"
XDG_STATE_HOME=$work LC_ALL=C.UTF-8 xterm -geometry 80x24+0+0 -fn fixed \
    -e "$program" --zone "$work/zone" --offline example.org &
xterm=$!
sleep 3
xdotool mousemove 100 100	# without a window manager that is the focus
xdotool key ctrl+n
sleep 2
xdotool key F3
sleep 2

# The same in each row, until one is the record: 13 pixels a row.
echo 1..2
row=0
taken=
while [ $row -lt 24 ]; do
	xdotool mousemove 60 $((2 + row * 13 + 6)) click --repeat 3 --delay 50 1
	sleep 1
	taken=$(xclip -o -selection primary 2> /dev/null; echo .)
	taken=${taken%.}
	echo "# row $row: $taken"
	case $taken in "v=spf1 "*) break ;; esac
	row=$((row + 1))
done
line=$(printf '%s\n.' "$record")	# a line of xterm ends with a line feed
[ "$taken" = "$record" ] || [ "$taken" = "${line%.}" ]
first=$?
if [ $first = 0 ]; then
	echo "ok 1 - a triple click takes the record, ${#record} octets"
else
	echo "not ok 1 - a triple click takes the record, ${#record} octets"
fi
xdotool key Return
sleep 1
xdotool key ctrl+x
sleep 1
xdotool key y
sleep 1
kill -0 $xterm 2> /dev/null
second=$?
if [ $second = 1 ]; then
	echo "ok 2 - the program comes back from there, and ends"
	xterm=
else
	echo "not ok 2 - the program comes back from there, and ends"
fi
[ $first = 0 ] && [ $second = 1 ]
