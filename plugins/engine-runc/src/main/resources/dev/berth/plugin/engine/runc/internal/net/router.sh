# Guards the router: a network namespace with one way out that the containers' bridges hang on. It goes away by itself
# soon after the last container has gone, whatever became of Berth.
# $1: the folder of this router; it holds "settings", shell assignments written by Berth.
set -u
cd "$1" || exit 97
exec 2>>router.log </dev/null >&2
. ./settings
# All processes of the router carry its name, so that they can be found when this script was killed.
export NETWORK PATH BERTH_ROUTER="$1"
trap : HUP INT TERM USR1

holder='' uplink='' nap=''

mark() { printf '%s\n' "$2" >"$1.part" && mv -f "$1.part" "$1"; }

end() {
    rm -f router router.closing
    [ -z "$uplink" ] || kill "$uplink"
    [ -z "$holder" ] || kill "$holder"
    [ -z "$nap" ] || kill "$nap"
    wait
    exit "$1"
}

give_up() {
    echo "$1"
    mark failure "$1"
    end 98
}

start_time() { # PID: in $ticks, empty if there is no such process
    ticks=''
    [ -r "/proc/$1/stat" ] && IFS= read -r stat <"/proc/$1/stat" || return 0
    set -- ${stat##*) }
    ticks=${20}
}

anyone() {
    for member in members/*; do
        case $member in *.part) continue ;; esac
        [ -e "$member" ] || continue
        read -r pid started <"$member" || continue
        start_time "$pid"
        [ "$ticks" = "$started" ] && return 0
        rm -f "$member"
    done
    return 1
}

pause() { # SECONDS, less when a signal comes
    sleep "$1" &
    nap=$!
    wait $nap
    kill $nap 2>/dev/null
    nap=''
}

rm -f failure ready uplink.ready
if [ -n "$USER_NAMESPACE" ]; then
    unshare --user --mount --net --propagation slave sh -c '
        : >unshared
        while [ ! -e mapped ]; do sleep 0.01; done
        exec sh ./holder.sh' &
    holder=$!
    tries=0
    while [ ! -e unshared ]; do
        tries=$((tries + 1))
        [ $tries -lt 500 ] && kill -0 $holder || give_up "A user namespace cannot be made."
        sleep 0.01
    done
    newuidmap $holder $UID_MAP && newgidmap $holder $GID_MAP || give_up "The subordinate ids cannot be mapped."
    : >mapped
else
    unshare --net sh ./holder.sh &
    holder=$!
fi

tries=0
while [ ! -e ready ]; do
    tries=$((tries + 1))
    [ $tries -lt 1000 ] && kill -0 $holder || give_up "The router's namespace cannot be set up."
    sleep 0.01
done

if [ -n "$UPLINK" ]; then
    slirp4netns --configure --mtu="$MTU" --cidr="$UPLINK" --disable-host-loopback --enable-sandbox --enable-seccomp \
        --api-socket uplink.sock --ready-fd 3 $holder tap0 3>uplink.ready &
    uplink=$!
    tries=0
    while [ ! -s uplink.ready ]; do
        tries=$((tries + 1))
        [ $tries -lt 1000 ] && kill -0 $uplink || give_up "The way out of the router cannot be made."
        sleep 0.01
    done
fi

start_time $$
mark router "$$ $ticks $holder $BOOT"

# Idle for one whole round before it goes: a build starts one container after the other.
idle=0
while kill -0 $holder; do
    pause "$LINGER"
    if anyone; then
        idle=0
        continue
    fi
    idle=$((idle + 1))
    if [ $idle -ge 2 ] || [ -e close ]; then
        mv -f router router.closing
        if anyone; then
            mv -f router.closing router
            idle=0
            continue
        fi
        break
    fi
done
end 0
