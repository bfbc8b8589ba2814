#!/bin/sh
# tests/servers/fetch_opendkim.sh - OpenDKIM for the tests, not installed.
#
#	tests/servers/fetch_opendkim.sh [FOLDER]	(build/opendkim)
#
# Unpacks Debian's packages under FOLDER/root when opendkim is not on the
# machine; no service is started.  Ends with FOLDER/ready, or with a sentence
# on stderr and status 1.

set -u
PATH=$PATH:/usr/sbin
folder=${1:-build/opendkim}
[ -e "$folder/ready" ] && exit 0
mkdir -p "$folder/deb" || exit 1
folder=$(cd "$folder" && pwd)

# Two tests want it, at the same time.
exec 9> "$folder/lock"
flock 9 2> /dev/null
[ -e "$folder/ready" ] && exit 0

if command -v opendkim > /dev/null; then
	touch "$folder/ready"
	exit 0
fi
command -v apt-get > /dev/null && command -v dpkg-deb > /dev/null || {
	echo "no opendkim here, and no apt-get to fetch it with" >&2
	exit 1
}
# What an installation would bring, but for what would run.
names=$(apt-get -o Debug::NoLocking=1 --no-install-recommends -s install \
    opendkim 2> "$folder/log" | awk '$1 == "Inst" { print $2 }' |
    grep -vxE 'adduser|lsb-base|sysvinit-utils|openssl|dns-root-data')
[ -n "$names" ] || {
	echo "apt does not know opendkim" >&2
	exit 1
}
(cd "$folder/deb" && timeout 120 apt-get -o Debug::NoLocking=1 -qq download \
    $names) > "$folder/log" 2>&1 || {
	echo "could not download opendkim" >&2
	exit 1
}
for package in "$folder"/deb/*.deb; do
	dpkg-deb -x "$package" "$folder/root" || exit 1
done
rm -rf "$folder/deb"
touch "$folder/ready"
