#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# The first process of a session, or a service of systemd (BERTH_INIT=systemd) that is the first process. Brings up the
# buses, sound and the display, runs the desktop as its user, reaps whatever is left without a parent, and ends everything
# in order when asked to.
#
#   start COMMAND...    with BERTH_INIT, BERTH_USER, BERTH_WIDTH, BERTH_HEIGHT, BERTH_TITLE, BERTH_DISPLAY_SERVER,
#                       BERTH_SOUND
#
# POSIX sh and what Debian calls essential; everything else is looked for before it is used. What goes wrong for good is
# printed as one line "berth: failed: SENTENCE", which the host looks for in the log.

run=/run/berth
runtime=/run/desktop
display=1
main=
ending=

say() { printf 'berth: %s\n' "$1" >&2; }
first() { [ "$BERTH_INIT" != systemd ]; }
have() { command -v "$1" >/dev/null 2>&1; }

fail() {
    printf 'berth: failed: %s\n' "$1" >&2
    # Under systemd the others end with this service.
    first && kill -TERM -1 2>/dev/null
    exit 1
}

# Waits until a test holds: tries, then the test. A try takes about 20 ms.
await() {
    tries=$1
    shift
    while [ "$tries" -gt 0 ]; do
        "$@" && return 0
        tries=$((tries - 1))
        sleep 0.02
    done
    return 1
}

finish() {
    [ -n "$ending" ] && return
    ending=yes
    say "ending"
    if [ -n "$main" ]; then
        kill -TERM "$main" 2>/dev/null
        await 100 gone "$main"
    fi
    first || exit 0
    kill -TERM -1 2>/dev/null
    await 50 alone
    exit 0
}

gone() { ! kill -0 "$1" 2>/dev/null || zombie "$1"; }
zombie() { grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null; }

# Whether no process but this one lives.
alone() {
    for p in /proc/[0-9]*; do
        p=${p#/proc/}
        [ "$p" = 1 ] || zombie "$p" || [ ! -d "/proc/$p" ] || return 1
    done
    return 0
}

trap finish TERM INT HUP
export PATH="${PATH:-/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin}"
umask 022
exec </dev/null

# --- who -------------------------------------------------------------------------------------------------------------
entry=$(grep "^$BERTH_USER:" /etc/passwd) || fail "The image has no user named $BERTH_USER."
uid=$(echo "$entry" | cut -d: -f3)
gid=$(echo "$entry" | cut -d: -f4)
home=$(echo "$entry" | cut -d: -f6)
shell=$(echo "$entry" | cut -d: -f7)

if have setpriv && setpriv --reuid="$uid" --regid="$gid" --init-groups true 2>/dev/null; then
    as_user() { exec setpriv --reuid="$uid" --regid="$gid" --init-groups "$@"; }
elif have runuser; then
    as_user() { exec runuser -u "$BERTH_USER" -- "$@"; }
else
    as_user() { exec su -s /bin/sh "$BERTH_USER" -c 'exec "$@"' -- sh "$@"; }
fi

# --- the machine -----------------------------------------------------------------------------------------------------
name=$(hostname 2>/dev/null || cat /proc/sys/kernel/hostname)
# Without it sudo complains that it cannot find its own host.
grep -qw "$name" /etc/hosts 2>/dev/null || printf '127.0.1.1\t%s\n' "$name" >> /etc/hosts 2>/dev/null
if [ -n "$TZ" ] && [ -e "/usr/share/zoneinfo/$TZ" ]; then
    ln -sfn "/usr/share/zoneinfo/$TZ" /etc/localtime
    printf '%s\n' "$TZ" > /etc/timezone
else
    unset TZ
fi
if [ ! -s /etc/machine-id ] || [ "$(cat /etc/machine-id)" = uninitialized ]; then
    # Each session is a machine of its own.
    od -An -N16 -tx1 /dev/urandom | tr -d ' \n' > /etc/machine-id
    echo >> /etc/machine-id
fi
mkdir -p /tmp/.X11-unix /tmp/.ICE-unix
chmod 1777 /tmp /tmp/.X11-unix /tmp/.ICE-unix
rm -f "/tmp/.X$display-lock" "/tmp/.X11-unix/X$display"

# The sockets are made by the desktop's user and then handed to root, which is whom the host is seen as in here. Nobody
# else on the host reaches this folder: the one above it is closed to others.
rm -rf "$runtime"
mkdir -p "$runtime"
chown "$uid:$gid" "$runtime"
chmod 0700 "$runtime"
rm -f "$run"/*.sock "$run/Xauthority"
chown "0:$gid" "$run"
chmod 1770 "$run"

# A MIT-MAGIC-COOKIE-1 for every address and display, in the format of Xau(3): family, address, number, name, data.
(
    umask 077
    printf '\377\377\0\0\0\0\0\022MIT-MAGIC-COOKIE-1\0\020'
    head -c 16 /dev/urandom
) > "$run/Xauthority"
chown "0:$gid" "$run/Xauthority"
chmod 0640 "$run/Xauthority"

export HOME="$home" USER="$BERTH_USER" LOGNAME="$BERTH_USER" SHELL="${shell:-/bin/sh}"
export LANG="${LANG:-C.UTF-8}"
export DISPLAY=":$display" XAUTHORITY="$run/Xauthority" XDG_RUNTIME_DIR="$runtime" XDG_SESSION_TYPE=x11
export DBUS_SESSION_BUS_ADDRESS="unix:path=$runtime/bus" PULSE_SERVER="unix:$run/pulse.sock"

# --- buses -----------------------------------------------------------------------------------------------------------
if have dbus-daemon; then
    if first; then
        mkdir -p /run/dbus
        rm -f /run/dbus/pid /run/dbus/system_bus_socket
        dbus-daemon --system --nofork --nopidfile &
    fi
    ( as_user dbus-daemon --session --nofork --nopidfile --address="$DBUS_SESSION_BUS_ADDRESS" ) &
else
    say "no dbus-daemon in the image: programs that need a bus will not work"
fi

# --- display ---------------------------------------------------------------------------------------------------------
case "$BERTH_DISPLAY_SERVER" in
    xvnc)
        have Xvnc || fail "The image has no Xvnc, which the recipe names as its display server."
        # Connections that look and leave are no break-in attempts here, hence the threshold.
        ( as_user Xvnc "$DISPLAY" -auth "$XAUTHORITY" -rfbunixpath "$run/display.sock" -rfbport -1 \
            -SecurityTypes None -geometry "${BERTH_WIDTH}x$BERTH_HEIGHT" -depth 24 -dpi 96 -s 0 -noreset \
            -AlwaysShared -AcceptSetDesktopSize -SendPrimary=0 -FrameRate 60 -BlacklistThreshold 1000000 \
            -Log '*:stderr:10' -desktop "$BERTH_TITLE" ) &
        server=$!
        ;;
    *) fail "Berth does not know the display server $BERTH_DISPLAY_SERVER." ;;
esac

# --- sound -----------------------------------------------------------------------------------------------------------
case "$BERTH_SOUND" in
    pulseaudio)
        if have pulseaudio; then
            # Whoever may open the socket may use it: its permissions are the check, and the host has another user id.
            # norewinds: else a null sink renders two seconds ahead, and what listens to it starts that late.
            cat > "$runtime/default.pa" <<PA
load-module module-native-protocol-unix socket=$run/pulse.sock auth-anonymous=1
load-module module-null-sink sink_name=berth rate=48000 channels=2 format=s16le norewinds=1 sink_properties=device.description=Berth
load-module module-null-sink sink_name=berth_mic rate=48000 channels=2 format=s16le norewinds=1 sink_properties=device.description=Microphone
load-module module-remap-source source_name=microphone master=berth_mic.monitor source_properties=device.description=Microphone
set-default-sink berth
set-default-source microphone
PA
            chmod 0644 "$runtime/default.pa"
            (
                while :; do
                    rm -f "$run/pulse.sock"
                    ( as_user pulseaudio -n -F "$runtime/default.pa" --daemonize=no --exit-idle-time=-1 \
                        --use-pid-file=no --disable-shm=yes --log-target=stderr --log-level=error ) &
                    server=$!
                    if await 500 test -S "$run/pulse.sock"; then
                        chown "0:$gid" "$run/pulse.sock"
                        chmod 0660 "$run/pulse.sock"
                    fi
                    wait "$server"
                    sleep 1
                done
            ) &
        else
            say "no pulseaudio in the image: the desktop has no sound"
        fi
        ;;
    none) ;;
    *) say "Berth does not know the sound server $BERTH_SOUND: the desktop has no sound" ;;
esac

# --- up --------------------------------------------------------------------------------------------------------------
up_or_dead() { [ -S "$run/display.sock" ] || gone "$server"; }
await 1500 up_or_dead || fail "The display server Xvnc did not come up within 30 seconds."
gone "$server" && fail "The display server Xvnc ended at once."
if have dbus-daemon; then
    await 250 test -S "$runtime/bus" || say "the session bus did not come up"
    await 250 test -S /run/dbus/system_bus_socket || say "the system bus did not come up"
fi
chown "0:$gid" "$run/display.sock"
chmod 0660 "$run/display.sock"

cd "$home" 2>/dev/null || cd /
( as_user "$@" ) &
main=$!
say "the desktop is up"

# Waiting for any child reaps the children of others that ended up here.
while ! gone "$main"; do
    wait "$main"
    status=$?
done
[ -n "$ending" ] && exit 0
if gone "$server"; then
    fail "The display server Xvnc ended while the desktop was in use."
fi
if [ "${status:-0}" -ne 0 ]; then
    say "the desktop ended with status $status"
fi
finish
