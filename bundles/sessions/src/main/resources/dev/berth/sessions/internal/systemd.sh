#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The first process of a session whose recipe asks for systemd. Makes the desktop a service, and becomes systemd.
#
#   systemd COMMAND...    with what "start" needs in the environment
#
# /run is empty at each start. systemd closes what it inherits, so that what the service prints comes to the container's log
# through a pipe with a name.

own=/run/berth-session
for init in /lib/systemd/systemd /usr/lib/systemd/systemd; do
    [ -x "$init" ] && break
    init=
done
if [ -z "$init" ]; then
    echo 'berth: failed: The image has no systemd, which the recipe asks for.' >&2
    exit 1
fi

quote() {
    printf "'"
    printf %s "$1" | sed "s/'/'\\\\''/g"
    printf "' "
}

umask 022
mkdir -p "$own" /run/systemd/system/multi-user.target.wants
mkfifo -m 0600 "$own/log"
# Opened both ways it has no end, whoever comes and goes.
cat <> "$own/log" &

{
    export -p
    printf 'unset container\n'
    printf 'exec /bin/sh /run/berth/start '
    for word in "$@"; do quote "$word"; done
    echo
} > "$own/desktop"

cat > /run/systemd/system/berth-session.service <<UNIT
[Unit]
Description=Desktop of a Berth session
Wants=dbus.socket
After=dbus.socket systemd-user-sessions.service
SuccessAction=exit
FailureAction=exit

[Service]
ExecStart=/bin/sh $own/desktop
StandardInput=null
StandardOutput=file:$own/log
StandardError=inherit
TimeoutStopSec=10
UNIT
ln -s ../berth-session.service /run/systemd/system/multi-user.target.wants/berth-session.service

exec "$init"
