# Runs one container to its end and writes down how it ended. Berth starts it in mount and network namespaces of its
# own; it outlives Berth, and everything that it mounts goes away with it.
# $1: the folder of this start; it holds "settings", shell assignments written by Berth.
set -u
RUN=$1
cd "$RUN" || exit 97
exec 2>>setup.log </dev/null
export PATH=/usr/sbin:/usr/bin:/sbin:/bin

# Handlers, not "ignore": an ignored signal would stay ignored in the container.
trap : HUP INT TERM USR1

mark() { # FILE TEXT: a reader sees the whole text or no file
    printf '%s\n' "$2" >"$1.part" && mv -f "$1.part" "$1"
}

give_up() {
    echo "$1" >&2
    mark failure "$1"
    exit 98
}

IFS= read -r stat <"/proc/$$/stat"
set -- ${stat##*) }
IFS= read -r boot </proc/sys/kernel/random/boot_id
mark supervisor "$$ ${20} $boot"
# Only now: when the Berth that asked for this start was killed meanwhile, the next one takes the settings away unless it
# sees the mark.
. ./settings || exit 97
[ -z "$MEMBER" ] || mark "$MEMBER" "$$ ${20}"

# crun refuses a host that mixes both versions of control groups; here nobody else sees the second one go.
if [ -n "$HIDE_UNIFIED" ]; then
    umount /sys/fs/cgroup/unified 2>/dev/null || mount -t tmpfs none /sys/fs/cgroup/unified ||
        give_up "The second control group hierarchy cannot be hidden from $RUNTIME."
fi

(cd "$LINKS" && mount -t overlay overlay -o "$OVERLAY" "$ROOTFS") || give_up "The root file system cannot be mounted."

if [ -n "$ROUTER" ]; then
    : >"$BUNDLE/network" && mount --bind "/proc/$$/ns/net" "$BUNDLE/network" ||
        give_up "The network namespace cannot be kept."
    echo "0 $HIGHEST_GROUP" >/proc/sys/net/ipv4/ping_group_range
    ip link add eth0 mtu "$MTU" type veth peer name "$PORT" netns "$ROUTER" &&
        nsenter --net="/proc/$ROUTER/ns/net" ip link set "$PORT" mtu "$MTU" master "$BRIDGE" up &&
        ip -batch - <<END || give_up "The network cannot be set up."
link set lo up
addr add $ADDRESS dev eth0
link set eth0 up
route add default via $GATEWAY
END
fi

# A log that grows past its bound keeps its newest part. The first process appends, so that emptying the file is safe.
bound_log() {
    trap 'kill $nap 2>/dev/null; exit 0' TERM
    while kill -0 $$ 2>/dev/null; do
        sleep 20 >/dev/null 2>&1 &
        nap=$!
        wait $nap
        size=$(wc -c <"$LOG") || continue
        if [ "$size" -gt "$LOG_BYTES" ]; then
            tail -c "$LOG_BYTES" "$LOG" >"$LOG.1.part" && mv -f "$LOG.1.part" "$LOG.1" && : >"$LOG"
        fi
    done
}
bound_log &
bound=$!

"$RUNTIME" --root "$STATE" --log "$RUN/runtime.log" $RUNTIME_OPTIONS run --bundle "$BUNDLE" --pid-file "$RUN/init.pid" "$ID" \
    >>"$LOG" 2>&1 &
child=$!
wait $child
code=$?
while kill -0 $child 2>/dev/null; do # a signal to this shell ended the wait early
    wait $child
    code=$?
done

if [ ! -e init.pid ]; then
    mark failure "The container could not be started."
fi
mark exit "$code"
kill $bound
"$RUNTIME" --root "$STATE" delete --force "$ID" >/dev/null 2>&1
[ -z "$MEMBER" ] || rm -f "$MEMBER"
[ -z "$ROUTER_GUARD" ] || kill -USR1 "$ROUTER_GUARD" 2>/dev/null
wait
exit 0
