# Sets up the namespaces of the router from inside, then holds them.
[ -n "$NETWORK" ] || { : >ready; exec sleep 2147483647; }
ip link set lo up || exit 1
echo 1 >/proc/sys/net/ipv4/ip_forward || exit 1
# Each bridge has its way out, and none to another bridge; nothing may speak to the router but for an echo.
nft -f - <<END || exit 1
table ip berth {
    chain source {
        type nat hook postrouting priority srcnat;
        oifname "tap0" masquerade
    }
    chain across {
        type filter hook forward priority filter; policy drop;
        ct state established,related accept
        oifname "tap0" accept
        iifname "tap0" ct status dnat accept
    }
    chain here {
        type filter hook input priority filter; policy drop;
        iifname "lo" accept
        ct state established,related accept
        ip protocol icmp accept
    }
    chain target {
        type nat hook prerouting priority dstnat;
    }
}
END
: >ready
exec sleep 2147483647
