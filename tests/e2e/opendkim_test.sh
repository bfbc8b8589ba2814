#!/bin/sh
# OpenDKIM signs, and mailwizard verifies; then each of several changes is
# made, and both have to be of one mind about it.

program=${MAILWIZARD:-./mailwizard}
here=$(cd "$(dirname "$0")/../.." && pwd)
folder=$here/build/opendkim
"$here/tests/servers/fetch_opendkim.sh" "$folder" 2> /dev/null || {
	echo "OpenDKIM is not here, and cannot be fetched"
	exit 77
}
PATH=$PATH:/usr/sbin:$folder/root/usr/sbin
libraries=$folder/root/usr/lib
for part in "$folder"/root/usr/lib/*-linux-gnu; do
	libraries=$libraries:$part
done
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failures=0
number=0

result() {	# result STATUS DESCRIPTION
	number=$((number + 1))
	if [ "$1" = 0 ]; then
		printf 'ok %d - %s\n' "$number" "$2"
	else
		failures=1
		printf 'not ok %d - %s\n' "$number" "$2"
	fi
}

opendkim_() {	# opendkim_ CONFIGURATION MESSAGE
	LD_LIBRARY_PATH=$libraries timeout 20 opendkim -x "$1" -t "$2" -vvv 2>&1
}

openssl genrsa -out "$work/key.pem" 2048 2> /dev/null
chmod 600 "$work/key.pem"
public=$(openssl pkey -in "$work/key.pem" -pubout -outform DER |
    openssl base64 -A)
echo "od._domainkey.example.org v=DKIM1; p=$public" > "$work/keys"
printf 'od._domainkey.example.org. TXT "v=DKIM1; p=" "%s" "%s"\n' \
    "$(echo "$public" | cut -c -200)" "$(echo "$public" | cut -c 201-)" \
    > "$work/zone"

cat > "$work/v.conf" <<END
Mode v
Socket local:$work/socket
TestDNSData $work/keys
END
cat > "$work/message" <<'END'
Received: from a.example by b.example; Fri, 11 Jul 2003 21:00:36 -0700
From: Joe SixPack <joe@example.org>
To: Suzie Q <suzie@example.net>,
	 Bob  <bob@example.net>
Subject: Is   dinner ready? 
Date: Fri, 11 Jul 2003 21:00:37 -0700
MIME-Version: 1.0
Content-Type: text/plain;
 charset=utf-8

Hi.

 We lost	the  game. 

Joe.


END
sed -i 's/$/\r/' "$work/message"

# Changes, as sed takes them.
cat > "$work/changes" <<'END'

s/lost/won/
s/Is   dinner/Is dinner/
s/dinner/supper/
s/Hi\./Hi.   /
$a added\r
$a \\r
s/^Date:/DATE:/
/^MIME/d
s/^Subject:/Subject :/
1i X-New: yes\r
/^Date:/i Subject: another\r
s/^ charset/\tcharset/
s/h=\(.\)/h= \1/
s/s=od/s=xx/
END

configure() {	# configure HEADER/BODY
	cat > "$work/s.conf" <<-END
	Mode s
	Socket local:$work/socket
	Domain example.org
	Selector od
	KeyFile $work/key.pem
	Canonicalization $1
	InternalHosts 0.0.0.0/0
	RequireSafeKeys no
	END
}

# The field as opendkim says it would insert it, then the message.
sign() {
	printf 'DKIM-Signature: '
	opendkim_ "$work/s.conf" "$work/message" |
	    sed -n '/INSHEADER/,$p' | sed "/^opendkim:/d
		s/.*hvalue='//
		s/'\$//
		s/\$/\r/"
	cat "$work/message"
}

echo "1..$((4 * $(wc -l < "$work/changes")))"
for canon in simple/simple simple/relaxed relaxed/simple relaxed/relaxed; do
	configure $canon
	sign > "$work/signed"
	while IFS= read -r change; do
		sed "$change" "$work/signed" > "$work/changed"
		theirs=$(opendkim_ "$work/v.conf" "$work/changed" |
		    sed -n 's/.*dkim=\([a-z]*\).*header.d=.*/\1/p')
		ours=$("$program" verify --json --offline --zone "$work/zone" \
		    "$work/changed" |
		    sed 's/.*"dkim": \[{"result": "\([a-z]*\)".*/\1/')
		case $change in
		's/s=od/s=xx/')	# they say neutral where there is no key
			[ "$ours" = permerror ] && [ "$theirs" != pass ] ;;
		'')	[ "$ours" = pass ] && [ "$theirs" = pass ] ;;
		*)	[ "$ours" = "$theirs" ] ;;
		esac
		result $? "$canon, $change: $ours (OpenDKIM: $theirs)"
	done < "$work/changes"
done
exit $failures
