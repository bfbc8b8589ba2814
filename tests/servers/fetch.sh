#!/bin/sh
# tests/servers/fetch.sh - servers for the tests, without installing them.
#
#	tests/servers/fetch.sh [FOLDER]		(build/servers)
#
# Looks for NSD, unbound, ldns-signzone, Dovecot (with IMAP and POP3) and
# Postfix on the machine.  What is missing is taken from Debian's or Ubuntu's archive and unpacked under FOLDER/root; dpkg
# never hears of it, so no service is started and nothing is replaced.  Ends
# with FOLDER/ready, or FOLDER/missing with one sentence that says why not;
# tests that need what is not there then skip with it.  Quick when all is there.

set -u
PATH=$PATH:/usr/sbin:/usr/local/sbin
folder=${1:-build/servers}
root=$folder/root

[ "$folder/ready" -nt "$0" ] && exit 0
mkdir -p "$folder/deb" || exit 1
folder=$(cd "$folder" && pwd)
root=$folder/root
rm -f "$folder/missing"

missing() {
	echo "$*" > "$folder/missing"
	echo "tests/servers: $*" >&2
	exit 0
}

have() {
	command -v "$1" > /dev/null && return
	for place in sbin bin lib/dovecot lib/postfix/sbin; do
		[ -x "/usr/$place/$1" ] || [ -x "$root/usr/$place/$1" ] &&
		    return
	done
	return 1
}

wanted=
have nsd || wanted="$wanted nsd"
have unbound || wanted="$wanted unbound"
have ldns-signzone || wanted="$wanted ldnsutils"
have dovecot || wanted="$wanted dovecot-core"
have imap-login || wanted="$wanted dovecot-imapd"
have pop3-login || wanted="$wanted dovecot-pop3d"
have master || wanted="$wanted postfix"
if [ -z "$wanted" ]; then
	touch "$folder/ready"
	exit 0
fi

command -v apt-get > /dev/null && command -v dpkg-deb > /dev/null ||
	missing "not here, and no apt-get to fetch them with:$wanted"

# A cache of our own, since what lies in that of the machine is not printed
# below; and package lists of our own when the machine has none.
mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial"
apt="-o Debug::NoLocking=1 -o APT::Sandbox::User=$(id -un)"
apt="$apt -o Dir::Cache::archives=$folder/cache/archives"
if ! apt-cache show $wanted > /dev/null 2>&1; then
	apt="$apt -o Dir::State::lists=$folder/lists -o Dir::Cache=$folder/cache"
	apt-get $apt -qq update > "$folder/log" 2>&1 ||
		missing "apt-get update did not work; see build/servers/log"
fi

# What an installation would bring, without installing: the servers and those
# of their libraries that are not here.  The name is what stands before "_".
names=$(apt-get $apt -qq --no-install-recommends --print-uris -y install \
    $wanted 2> "$folder/log" | awk '{ sub(/_.*/, "", $2); print $2 }' |
    grep -vxE 'adduser|lsb-base|sysvinit-utils|openssl|dns-root-data|cpio|netbase|ssl-cert|ucf')
[ -n "$names" ] || missing "apt does not know$wanted; see build/servers/log"

(cd "$folder/deb" && apt-get $apt -qq download $names) \
    > "$folder/log" 2>&1 ||
	missing "could not download$wanted; see build/servers/log"
for package in "$folder"/deb/*.deb; do
	dpkg-deb -x "$package" "$root" ||
		missing "could not unpack ${package##*/}"
done
for program in nsd unbound ldns-signzone dovecot imap-login pop3-login master; do
	have $program || missing "$program is not in the packages fetched"
done
rm -rf "$folder/deb" "$folder/lists" "$folder/cache"
touch "$folder/ready"
