#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Joins standard input and output with a server inside the container, by what the guest has for that.
#
#   relay unix PATH
#   relay tcp PORT        on the guest's loopback
#
# Says "berth-relay ok" on standard error when it is connected, before the first byte.

kind=$1
address=$2
ok="berth-relay ok"

have() { command -v "$1" >/dev/null 2>&1; }

if have perl && perl -MSocket -e 1 2>/dev/null; then
    exec perl -MSocket -e '
        my ($kind, $address) = @ARGV;
        my $unix = $kind eq "unix";
        socket(my $s, $unix ? AF_UNIX : AF_INET, SOCK_STREAM, 0) or die "$!\n";
        connect($s, $unix ? pack_sockaddr_un($address) : pack_sockaddr_in($address, INADDR_LOOPBACK)) or die "$!\n";
        sub pour {
            my ($from, $to) = @_;
            while (my $n = sysread($from, my $bytes, 65536)) {
                for (my $at = 0; $at < $n;) {
                    my $m = syswrite($to, $bytes, $n - $at, $at);
                    return unless defined $m;
                    $at += $m;
                }
            }
        }
        $SIG{PIPE} = "IGNORE";
        my $child = fork();
        die "$!\n" unless defined $child;
        if ($child == 0) {
            close(STDOUT);
            close(STDERR);
            pour(\*STDIN, $s);
            shutdown($s, 1);
            exit 0;
        }
        close(STDIN);
        syswrite(STDERR, "berth-relay ok\n");
        pour($s, \*STDOUT);
        kill("TERM", $child);
        exit 0;
    ' "$kind" "$address"
fi

if have python3; then
    exec python3 -c '
import os, socket, sys, threading
unix = sys.argv[1] == "unix"
s = socket.socket(socket.AF_UNIX if unix else socket.AF_INET)
try:
    s.connect(sys.argv[2] if unix else ("127.0.0.1", int(sys.argv[2])))
except OSError as e:
    sys.exit(str(e))
def up():
    try:
        while True:
            b = os.read(0, 65536)
            if not b:
                break
            s.sendall(b)
        s.shutdown(socket.SHUT_WR)
    except OSError:
        pass
threading.Thread(target=up, daemon=True).start()
os.write(2, b"berth-relay ok\n")
try:
    while True:
        b = s.recv(65536)
        if not b:
            break
        while b:
            b = b[os.write(1, b):]
except OSError:
    pass
os._exit(0)
' "$kind" "$address"
fi

# What follows does not tell whether it is connected, so it is looked for beforehand.
if [ "$kind" = unix ]; then
    [ -S "$address" ] || { echo "there is no socket $address" >&2; exit 1; }
    if have socat; then
        echo "$ok" >&2
        exec socat - "UNIX-CONNECT:$address"
    fi
    if have nc && nc -h 2>&1 | grep -q -e '-[A-Za-z]*U'; then
        echo "$ok" >&2
        exec nc -U "$address"
    fi
    echo "the image has none of perl, python3, socat and nc -U, one of which is needed to reach it from outside" >&2
    exit 1
fi
# Listening sockets are in state 0A.
grep -qi ":$(printf '%04X' "$address") [0-9A-F]*:0000 0A" /proc/net/tcp /proc/net/tcp6 2>/dev/null ||
    { echo "nothing listens on port $address" >&2; exit 1; }
if have socat; then
    echo "$ok" >&2
    exec socat - "TCP:127.0.0.1:$address"
fi
if have nc; then
    echo "$ok" >&2
    exec nc 127.0.0.1 "$address"
fi
echo "the image has none of perl, python3, socat and nc, one of which is needed to reach it from outside" >&2
exit 1
